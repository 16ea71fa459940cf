"""Careers, their levels, and what each asks of each skill."""

from django.db import models
from django.db.models import Q

from careers import shape
from careers.models.columns import KEY_LENGTH, between, choices, lines, unique_key
from careers.models.skill import Skill


class Career(models.Model):
    """The ladder itself, a specialization of it, or a related career."""

    framework = models.ForeignKey(
        "careers.Framework", models.CASCADE, related_name="careers"
    )
    key = models.SlugField(max_length=KEY_LENGTH)
    order = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=choices(shape.KINDS_OF_CAREER))
    summary = models.TextField()
    differs = models.TextField(blank=True, default="")
    topics = lines()
    # A key and not a row: careers are written before the levels that belong to them.
    base_level = models.SlugField(
        max_length=KEY_LENGTH,
        blank=True,
        default="",
        help_text="Key of the career level that it is compared with.",
    )
    evidence_grade = models.CharField(
        max_length=20, choices=choices(shape.EVIDENCE_GRADES), default="inferred"
    )
    basis = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["framework", "kind", "order"]
        constraints = [
            unique_key("career_key_once"),
            models.UniqueConstraint(
                fields=["framework"],
                condition=Q(kind="ladder"),
                name="career_one_ladder_per_framework",
                violation_error_message="This framework has a ladder already. Choose another kind.",
            ),
        ]

    def __str__(self):
        return self.title


class CareerLevel(models.Model):
    """A rung of the ladder, or the single level of another career."""

    framework = models.ForeignKey(
        "careers.Framework", models.CASCADE, related_name="levels"
    )
    career = models.ForeignKey(Career, models.CASCADE, related_name="levels")
    key = models.SlugField(max_length=KEY_LENGTH)
    order = models.PositiveSmallIntegerField(
        default=1, help_text="Its place in its career, the lowest first."
    )
    title = models.CharField(max_length=80)
    short_title = models.CharField(max_length=40)
    summary = models.TextField()
    scope = models.CharField(max_length=120, blank=True, default="")
    autonomy = models.CharField(max_length=120, blank=True, default="")
    people_impact = models.CharField(max_length=120, blank=True, default="")
    years_min = models.PositiveSmallIntegerField(null=True, blank=True)
    years_max = models.PositiveSmallIntegerField(null=True, blank=True)
    years_note = models.CharField(max_length=120, blank=True, default="")
    responsibilities = lines()
    focus_areas = lines()
    pay_median = models.PositiveIntegerField(null=True, blank=True)
    pay_average = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    ready_line = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="A panel's line, 90 to 100. Empty: the model's own rule.",
    )

    class Meta:
        ordering = ["framework", "career__kind", "career__order", "order"]
        verbose_name = "career level"
        constraints = [
            unique_key("career_level_key_once"),
            unique_key("career_level_order_once", "career", "order"),
            between("ready_line", 90, 100, "career_level_ready_line", nullable=True),
        ]

    def __str__(self):
        return self.title


class Requirement(models.Model):
    """What one career level asks of one skill; required 0 means: not asked."""

    career_level = models.ForeignKey(
        CareerLevel, models.CASCADE, related_name="requirements"
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="requirements")
    required = models.PositiveSmallIntegerField()
    importance = models.PositiveSmallIntegerField(default=shape.USUAL_IMPORTANCE)
    must_have = models.BooleanField(default=False)
    evidence_grade = models.CharField(
        max_length=20, choices=choices(shape.EVIDENCE_GRADES), default="inferred"
    )
    basis = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["career_level", "skill__group__order", "skill__order"]
        verbose_name = "required skill"
        constraints = [
            unique_key("requirement_once", "career_level", "skill"),
            between("required", 0, shape.HIGHEST, "requirement_required_on_scale"),
            between("importance", 1, 5, "requirement_importance"),
            models.CheckConstraint(
                condition=Q(must_have=False) | Q(required__gte=1),
                name="requirement_must_have_is_required",
                violation_error_message="A must-have needs a required level of at least 1.",
            ),
        ]

    def __str__(self):
        return f"{self.career_level}: {self.skill} {self.required}"
