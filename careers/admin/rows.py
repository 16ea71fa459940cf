"""Rows of a framework with pages of their own: scale, skills, careers, what helps with them."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careers.admin.base import NARROW_TEXT, SHORT_TEXT, PartInline, RowAdmin
from careers.admin.forms import PartFormSet
from careers.admin.points import NAMED, with_names
from careers.models import (
    Career,
    CareerLevel,
    Certification,
    CertificationSupport,
    DevelopmentAction,
    InterviewQuestion,
    LeftOut,
    ProficiencyLevel,
    Requirement,
    Skill,
    SkillGroup,
    SkillLevel,
    SkillPrerequisite,
    Source,
    UnclearStatement,
)
from scoring.inputs import HIGHEST_TOP

# What belongs to the whole
# --------------------------------------------------------------------------------------


@admin.register(ProficiencyLevel)
class ProficiencyLevelAdmin(RowAdmin):
    identity = "value"
    list_display = ("value", "name", "definition")
    list_display_links = ("value", "name")
    search_fields = ("name", "definition")


@admin.register(Source)
class SourceAdmin(RowAdmin):
    list_display = ("title", "where", "licence", "use")
    search_fields = ("key", "title", "where", "use")


@admin.register(LeftOut)
class LeftOutAdmin(RowAdmin):
    list_display = ("topic", "folded_into", "why")
    search_fields = ("key", "topic", "why")


# Skills
# --------------------------------------------------------------------------------------


@admin.register(SkillGroup)
class SkillGroupAdmin(RowAdmin):
    list_display = ("name", "kind", "order", "description")
    search_fields = ("key", "name", "description")


class SkillLevelFormSet(PartFormSet):
    def missing(self, instance):
        held = instance.levels.values_list("value", flat=True) if instance.pk else []
        points = self.framework.scale.filter(value__gte=1)
        values = points.values_list("value", flat=True)
        return [{"value": value} for value in sorted({*values} - {*held})]


class SkillLevelInline(PartInline):
    model = SkillLevel
    formset = SkillLevelFormSet
    max_num = HIGHEST_TOP
    links = ("skill",)
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 22})}
    }
    verbose_name = _("statement")
    verbose_name_plural = _("statements and hours, level by level")


class PrerequisiteInline(PartInline):
    model = SkillPrerequisite
    fk_name = "skill"
    links = ("skill", "needs")
    verbose_name = _("skill that should come first")
    verbose_name_plural = _("skills that should come first")


class QuestionInline(PartInline):
    model = InterviewQuestion
    template = admin.StackedInline.template  # its texts are long
    links = ("skill", "career_level")
    fields = (
        "question",
        "career_level",
        "probes_value",
        "strong_answer",
        "weak_answer",
        "key",
        "order",
    )
    formfield_overrides = SHORT_TEXT


@admin.register(Skill)
class SkillAdmin(RowAdmin):
    list_display = ("name", "group", "order", "key")
    list_select_related = ("framework", "group")
    search_fields = ("key", "name", "description", "levels__statement")
    inlines = (SkillLevelInline, PrerequisiteInline, QuestionInline)
    parts = ("levels", "prerequisites", "questions")
    change_form_template = "admin/careers/skill.html"

    def render_change_form(self, request, context, *args, obj=None, **options):
        """With what each career level asks of it, which is edited in the matrix."""
        if obj:
            rows = Requirement.objects.filter(skill=obj).select_related("career_level")
            order = (f"career_level__{each}" for each in CareerLevel._meta.ordering)
            rows = rows.annotate(kind=F("career_level__career__kind"))
            context["requirements"] = [
                (each, NAMED["required"](each))
                for each in with_names(rows.order_by(*order))
            ]
        return super().render_change_form(request, context, *args, obj=obj, **options)


@admin.register(UnclearStatement)
class UnclearStatementAdmin(admin.ModelAdmin):
    """Sentences that readers found unclear, to be deleted once they are mended."""

    list_display = ("framework", "skill", "level", "text", "last_day", "count")
    list_display_links = None
    list_select_related = ("statement__skill__framework",)
    search_fields = ("statement__statement", "statement__skill__name")

    def get_queryset(self, request):
        names = ProficiencyLevel.objects.filter(
            framework=OuterRef("statement__skill__framework"),
            value=OuterRef("statement__value"),
        )
        rows = super().get_queryset(request)
        return rows.annotate(point=Subquery(names.values("name")[:1]))

    @admin.display(description=_("framework"), ordering="statement__skill__framework")
    def framework(self, row):
        return row.statement.skill.framework

    @admin.display(description=_("skill"), ordering="statement__skill__name")
    def skill(self, row):
        """With its page, where the statement can be edited in a draft."""
        skill = row.statement.skill
        url = reverse("admin:careers_skill_change", args=[skill.pk])
        return format_html('<a href="{}">{}</a>', url, skill)

    @admin.display(description=_("level"), ordering="statement__value")
    def level(self, row):
        return f"{row.statement.value} {row.point or ''}".strip()

    @admin.display(description=_("text"))
    def text(self, row):
        return row.statement.statement

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


# Careers and their levels
# --------------------------------------------------------------------------------------


@admin.register(Career)
class CareerAdmin(RowAdmin):
    list_display = ("title", "kind", "order", "base_level", "summary")
    search_fields = ("key", "title", "summary")

    def delete_model(self, request, obj):
        keys = set(obj.levels.values_list("key", flat=True))
        super().delete_model(request, obj)
        self.drop_keys(request, obj.framework.certifications.all(), "suits", keys)


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

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.drop_keys(request, obj.framework.certifications.all(), "suits", {obj.key})


# What helps with a skill
# --------------------------------------------------------------------------------------


@admin.register(DevelopmentAction)
class DevelopmentActionAdmin(RowAdmin):
    list_display = (
        "title",
        "skill",
        NAMED["from_value"],
        NAMED["to_value"],
        "kind",
        "hours",
    )
    list_select_related = ("framework", "skill")
    search_fields = ("key", "title", "description", "skill__name")


@admin.register(InterviewQuestion)
class InterviewQuestionAdmin(RowAdmin):
    list_display = ("question", "skill", "career_level", NAMED["probes_value"])
    list_select_related = ("framework", "skill", "career_level")
    search_fields = ("key", "question", "skill__name")


class CertificationSupportInline(PartInline):
    model = CertificationSupport
    links = ("certification", "skill")


@admin.register(Certification)
class CertificationAdmin(RowAdmin):
    list_display = ("name", "issuer", "verification", "named_in_guide", "order")
    search_fields = ("key", "name", "issuer")
    inlines = (CertificationSupportInline,)
    parts = ("supports",)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        actions = obj.framework.actions.all()
        self.drop_keys(request, actions, "certifications", {obj.key})
