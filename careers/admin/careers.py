"""Careers, their levels, and what each level asks of each skill."""

from django.contrib import admin

from careers.admin.base import NARROW_TEXT, PartInline, RowAdmin
from careers.admin.forms import PartFormSet
from careers.models import Career, CareerLevel, Requirement, Skill


@admin.register(Career)
class CareerAdmin(RowAdmin):
    list_display = ("title", "kind", "order", "base_level", "summary")
    search_fields = ("key", "title", "summary")


class RequirementFormSet(PartFormSet):
    def missing(self, instance):
        skills = Skill.objects.filter(framework=self.framework)
        if instance.pk:
            skills = skills.exclude(requirements__career_level=instance)
        return [{"skill": pk} for pk in skills.values_list("pk", flat=True)]


class RequirementInline(PartInline):
    model = Requirement
    formset = RequirementFormSet
    links = ("career_level", "skill")
    formfield_overrides = NARROW_TEXT


@admin.register(CareerLevel)
class CareerLevelAdmin(RowAdmin):
    list_display = ("title", "career", "order", "key", "ready_line")
    list_select_related = ("framework", "career")
    search_fields = ("key", "title", "short_title", "summary")
    inlines = (RequirementInline,)
    parts = ("requirements",)
