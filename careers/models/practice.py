"""What helps with a skill: actions, interview questions, certifications."""

from django.db import models
from django.db.models import F, Q

from careers import shape
from careers.models.career import CareerLevel
from careers.models.columns import KEY_LENGTH, between, choices, lines, unique_key
from careers.models.skill import Skill


class DevelopmentAction(models.Model):
    """Something to do on one step of one skill."""

    framework = models.ForeignKey(
        "careers.Framework", models.CASCADE, related_name="actions"
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="actions")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    from_value = models.PositiveSmallIntegerField()
    to_value = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=choices(shape.KINDS_OF_ACTION))
    head = models.CharField(
        max_length=20, blank=True, default="", choices=choices(shape.HEADS)
    )
    title = models.CharField(max_length=80)
    first_piece = models.TextField(
        blank=True, default="", help_text="What to do of it this week."
    )
    description = models.TextField(help_text="What follows the first piece.")
    hours = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="A part of the step's hours; never added to them.",
    )
    certifications = lines(help_text="Keys of certifications that fit, one a line.")

    class Meta:
        ordering = ["framework", "skill__group__order", "skill__order", "order"]
        constraints = [
            unique_key("development_action_key_once"),
            between("from_value", 0, shape.HIGHEST - 1, "development_action_from"),
            models.CheckConstraint(
                condition=Q(to_value=F("from_value") + 1),
                name="development_action_one_step",
                violation_error_message="An action is for one step: 'to value' is 'from value' plus 1.",
            ),
            between("hours", 1, 2000, "development_action_hours", nullable=True),
        ]

    def __str__(self):
        return self.title


class InterviewQuestion(models.Model):
    """A good answer shows the skill's statement at `probes_value`."""

    framework = models.ForeignKey(
        "careers.Framework", models.CASCADE, related_name="questions"
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="questions")
    career_level = models.ForeignKey(
        CareerLevel, models.CASCADE, related_name="questions"
    )
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    probes_value = models.PositiveSmallIntegerField()
    question = models.TextField()
    strong_answer = models.TextField(
        blank=True, default="", help_text="What to listen for."
    )
    weak_answer = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["framework", "skill__group__order", "skill__order", "order"]
        constraints = [
            unique_key("interview_question_key_once"),
            between("probes_value", 1, shape.HIGHEST, "interview_question_on_scale"),
        ]

    def __str__(self):
        return self.question


class Certification(models.Model):
    framework = models.ForeignKey(
        "careers.Framework", models.CASCADE, related_name="certifications"
    )
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    name = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120)
    entry = models.TextField()
    verification = models.CharField(
        max_length=20, choices=choices(shape.VERIFICATIONS), default="general"
    )
    named_in_guide = models.BooleanField(default=False)
    suits = lines(help_text="Keys of the career levels that it suits, one a line.")
    checked = models.CharField(
        max_length=20,
        blank=True,
        default="",
        help_text="When the entry rules were looked up, such as 2026-11.",
    )
    where = models.TextField(blank=True, default="")
    sure = models.TextField(
        blank=True, default="", help_text="How far that place is to be trusted."
    )

    class Meta:
        ordering = ["framework", "order"]
        constraints = [unique_key("certification_key_once")]

    def __str__(self):
        return self.name


class CertificationSupport(models.Model):
    certification = models.ForeignKey(
        Certification, models.CASCADE, related_name="supports"
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="supported_by")
    up_to = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["certification", "skill"]
        verbose_name = "supported skill"
        constraints = [
            unique_key("certification_support_once", "certification", "skill"),
            between("up_to", 1, shape.HIGHEST, "certification_support_on_scale"),
        ]

    def __str__(self):
        return f"{self.certification}: {self.skill} up to {self.up_to}"
