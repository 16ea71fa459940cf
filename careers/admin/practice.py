"""What helps with a skill: actions, interview questions, certifications."""

from django.contrib import admin

from careers.admin.base import PartInline, RowAdmin
from careers.models import (
    Certification,
    CertificationSupport,
    DevelopmentAction,
    InterviewQuestion,
)


@admin.register(DevelopmentAction)
class DevelopmentActionAdmin(RowAdmin):
    list_display = ("title", "skill", "from_value", "to_value", "kind", "hours")
    list_select_related = ("framework", "skill")
    search_fields = ("key", "title", "description", "skill__name")


@admin.register(InterviewQuestion)
class InterviewQuestionAdmin(RowAdmin):
    list_display = ("question", "skill", "career_level", "probes_value")
    list_select_related = ("framework", "skill", "career_level")
    search_fields = ("key", "question", "skill__name")


class CertificationSupportInline(PartInline):
    model = CertificationSupport
    links = ("certification", "skill")
    verbose_name_plural = "supported skills"


@admin.register(Certification)
class CertificationAdmin(RowAdmin):
    list_display = ("name", "issuer", "verification", "named_in_guide", "order")
    search_fields = ("key", "name", "issuer")
    inlines = (CertificationSupportInline,)
    parts = ("supports",)
