"""Skills, their groups and their levels."""

from django.db import models
from django.db.models import F, Q

from careers import shape
from careers.models.columns import KEY_LENGTH, between, lines, unique_key


class SkillGroup(models.Model):
    framework = models.ForeignKey(
        "careers.Framework", models.CASCADE, related_name="groups"
    )
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    name = models.CharField(max_length=60)
    kind = models.CharField(
        max_length=40,
        blank=True,
        default="",
        help_text="In your own words. 'technical' and 'soft' are told apart on the ladder.",
    )
    description = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["framework", "order"]
        constraints = [unique_key("skill_group_key_once")]

    def __str__(self):
        return self.name


class Skill(models.Model):
    framework = models.ForeignKey(
        "careers.Framework", models.CASCADE, related_name="skills"
    )
    group = models.ForeignKey(SkillGroup, models.CASCADE, related_name="skills")
    order = models.PositiveSmallIntegerField(
        default=1, help_text="Its place in its group."
    )
    key = models.SlugField(
        max_length=KEY_LENGTH, help_text="Stays the same in every version."
    )
    name = models.CharField(max_length=60)
    description = models.TextField()
    why_it_matters = models.TextField()
    example = models.TextField(
        blank=True,
        default="",
        help_text="One thing that would count, and the level that it shows: it must fit "
        "that level's statement. People read it while they rate themselves.",
    )
    evidence_prompts = lines(
        help_text="Questions that help to recall proof, one a line."
    )
    basis = models.TextField(blank=True, default="")
    replaces = lines(
        help_text="Keys of the skills of the version before that this one stands for."
    )

    class Meta:
        ordering = ["framework", "group__order", "order"]
        constraints = [unique_key("skill_key_once")]

    def __str__(self):
        return self.name


class SkillLevel(models.Model):
    """One skill at one level: its statement, and the hours from the level below."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField()
    statement = models.TextField()
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    counts = models.TextField(
        blank=True, default="", help_text="A case that shows the statement: 'You …'"
    )
    does_not_count = models.TextField(
        blank=True, default="", help_text="A case that comes near it and is not enough."
    )

    class Meta:
        ordering = ["skill", "value"]
        constraints = [
            unique_key("skill_level_once", "skill", "value"),
            between("value", 1, shape.HIGHEST, "skill_level_on_scale"),
            between("hours", 1, 2000, "skill_level_hours", nullable=True),
        ]

    def __str__(self):
        return f"{self.skill} at {self.value}"


class SkillPrerequisite(models.Model):
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="prerequisites")
    needs = models.ForeignKey(Skill, models.CASCADE, related_name="needed_by")
    min_value = models.PositiveSmallIntegerField()
    applies_from = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["skill", "needs"]
        constraints = [
            unique_key("skill_prerequisite_once", "skill", "needs"),
            models.CheckConstraint(
                condition=~Q(skill=F("needs")),
                name="skill_prerequisite_not_itself",
                violation_error_message="A skill cannot need itself.",
            ),
            between("min_value", 1, shape.HIGHEST, "skill_prerequisite_min_on_scale"),
            between(
                "applies_from", 1, shape.HIGHEST, "skill_prerequisite_from_on_scale"
            ),
        ]

    def __str__(self):
        return f"{self.skill} from {self.applies_from} needs {self.needs}"
