"""Skills and their groups: statements, hours, prerequisites, questions."""

from django.contrib import admin

from careers.admin.base import NARROW_TEXT, PartInline, RowAdmin
from careers.admin.forms import PartFormSet
from careers.models import (
    InterviewQuestion,
    Skill,
    SkillGroup,
    SkillLevel,
    SkillPrerequisite,
)
from careers.shape import HIGHEST


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
    max_num = HIGHEST
    links = ("skill",)
    verbose_name = "statement"
    verbose_name_plural = "statements and hours, level by level"


class PrerequisiteInline(PartInline):
    model = SkillPrerequisite
    fk_name = "skill"
    links = ("skill", "needs")
    verbose_name = "skill that should come first"
    verbose_name_plural = "skills that should come first"


class QuestionInline(PartInline):
    model = InterviewQuestion
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
    formfield_overrides = NARROW_TEXT


@admin.register(Skill)
class SkillAdmin(RowAdmin):
    list_display = ("name", "group", "order", "key")
    list_select_related = ("framework", "group")
    search_fields = ("key", "name", "description", "levels__statement")
    inlines = (SkillLevelInline, PrerequisiteInline, QuestionInline)
    parts = ("levels", "prerequisites", "questions")
