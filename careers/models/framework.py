"""A framework as rows: one class for each part of `careers.shape`, and the version itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers import shape
from careers.fields import LONGEST_KEY
from careers.models.columns import (
    between,
    choices,
    lines,
    optional_line,
    optional_text,
    part_of,
    unique_key,
)
from careers.wording import isolated
from scoring.inputs import HIGHEST_TOP


class FrameworkQuerySet(models.QuerySet):
    def published(self):
        """The live versions: at most one for each key."""
        return self.filter(status=Framework.Status.PUBLISHED)

    def drafts(self):
        """The versions that can be edited: at most one for each key."""
        return self.filter(status=Framework.Status.DRAFT)

    def for_key(self, key):
        return self.filter(key=key)


class Framework(models.Model):
    """One version of everything a career asks for."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")  # may be edited; no assessment may start on it
        PUBLISHED = "published", _("Published")  # frozen; assessments start on it
        RETIRED = "retired", _("Retired")  # frozen; those that run go on, none starts

    key = models.SlugField(max_length=LONGEST_KEY)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    status = models.CharField(
        max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    language = models.CharField(max_length=10, default="en-US")
    attribution = optional_text()
    person = optional_line(
        80, _("What the ladder calls a person, such as 'project manager'.")
    )
    certification_rule = optional_text(
        _("By what was set how far a certification helps.")
    )
    notes = optional_text(_("What changed, for the owners of the ladder."))
    based_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False
    )
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="framework_version_once_per_key"
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(status="draft"),
                name="framework_one_draft_per_key",
                violation_error_message=_(
                    "A draft of this framework is open already. Edit that one."
                ),
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(status="published"),
                name="framework_one_published_per_key",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", digest="", published_at__isnull=True)
                | (~Q(status="draft") & ~Q(digest="") & Q(published_at__isnull=False)),
                name="framework_digest_iff_published",
            ),
        ]

    def __str__(self):
        state = {
            self.Status.DRAFT: gettext("draft"),
            self.Status.PUBLISHED: gettext("published"),
            self.Status.RETIRED: gettext("retired"),
        }[self.status]
        return f"{isolated(self.title)} {self.version} ({state})"

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT


class ProficiencyLevel(models.Model):
    """A point of the scale."""

    framework = part_of(Framework, "scale")
    value = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    definition = optional_text()
    scope = optional_line(120)
    autonomy = optional_line(120)
    complexity = optional_line(120)

    class Meta:
        ordering = ["framework", "value"]
        constraints = [
            unique_key("proficiency_level_once", key="value"),
            between("value", 0, HIGHEST_TOP, "proficiency_level_on_scale"),
        ]

    def __str__(self):
        return f"{self.value} {self.name}"


class Source(models.Model):
    """Where a part of the framework comes from, and what may be done with it."""

    framework = part_of(Framework, "sources")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    title = models.CharField(max_length=200)
    where = models.TextField()
    licence = models.TextField()
    use = models.TextField()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [unique_key("source_key_once")]

    def __str__(self):
        return self.title


class LeftOut(models.Model):
    """A topic without a skill of its own, and where it is covered instead."""

    framework = part_of(Framework, "leaves_out")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    topic = models.CharField(max_length=120)
    folded_into = lines(_("Keys of the skills that cover it, one a line."))
    why = models.TextField()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [unique_key("left_out_key_once")]

    def __str__(self):
        return self.topic


class SkillGroup(models.Model):
    framework = part_of(Framework, "groups")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    name = models.CharField(max_length=60)
    kind = optional_line(
        40, _("In your own words. 'technical' and 'soft' are told apart on the ladder.")
    )
    description = optional_text()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [unique_key("skill_group_key_once")]

    def __str__(self):
        return self.name


class Skill(models.Model):
    framework = part_of(Framework, "skills")
    group = part_of(SkillGroup, "skills")
    order = models.PositiveSmallIntegerField(
        default=1, help_text=_("Its place in its group.")
    )
    key = models.SlugField(
        max_length=LONGEST_KEY, help_text=_("Stays the same in every version.")
    )
    name = models.CharField(max_length=60)
    description = optional_text()
    why_it_matters = optional_text()
    example = optional_text(
        _(
            "One thing that would count, and the level that it shows: it must fit "
            "that level's statement. People read it while they rate themselves."
        )
    )
    evidence_prompts = lines(_("Questions that help to recall proof, one a line."))
    basis = optional_text()
    replaces = lines(
        _("Keys of the skills of the version before that this one stands for.")
    )

    class Meta:
        ordering = ["framework", "group__order", "order"]
        constraints = [unique_key("skill_key_once")]

    def __str__(self):
        return self.name


class SkillLevel(models.Model):
    """One skill at one level: its statement, and the hours from the level below."""

    skill = part_of(Skill, "levels")
    value = models.PositiveSmallIntegerField()
    statement = models.TextField()
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    counts = optional_text(_("A case that shows the statement: 'You …'"))
    does_not_count = optional_text(_("A case that comes near it and is not enough."))

    class Meta:
        ordering = ["skill", "value"]
        constraints = [
            unique_key("skill_level_once", "skill", "value"),
            between("value", 1, HIGHEST_TOP, "skill_level_on_scale"),
            between("hours", 1, 2000, "skill_level_hours", nullable=True),
        ]

    def __str__(self):
        said = {"skill": isolated(str(self.skill)), "value": self.value}
        return gettext("%(skill)s at %(value)d") % said


class SkillPrerequisite(models.Model):
    skill = part_of(Skill, "prerequisites")
    needs = part_of(Skill, "needed_by")
    min_value = models.PositiveSmallIntegerField()
    applies_from = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["skill", "needs"]
        constraints = [
            unique_key("skill_prerequisite_once", "skill", "needs"),
            models.CheckConstraint(
                condition=~Q(skill=F("needs")),
                name="skill_prerequisite_not_itself",
                violation_error_message=_("A skill cannot need itself."),
            ),
            between("min_value", 1, HIGHEST_TOP, "skill_prerequisite_min_on_scale"),
            between("applies_from", 1, HIGHEST_TOP, "skill_prerequisite_from_on_scale"),
        ]

    def __str__(self):
        said = {
            "skill": isolated(str(self.skill)),
            "from": self.applies_from,
            "other": isolated(str(self.needs)),
        }
        return gettext("%(skill)s from %(from)d needs %(other)s") % said


class Career(models.Model):
    """The ladder itself, a specialization of it, or a related career."""

    framework = part_of(Framework, "careers")
    key = models.SlugField(max_length=LONGEST_KEY)
    order = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=choices(shape.KINDS_OF_CAREER))
    summary = optional_text()
    differs = optional_text()
    topics = lines()
    # A key and not a row: careers are written before the levels that belong to them.
    base_level = models.SlugField(
        max_length=LONGEST_KEY,
        blank=True,
        default="",
        help_text=_("Key of the career level that it is compared with."),
    )
    evidence_grade = models.CharField(
        max_length=20, choices=choices(shape.EVIDENCE_GRADES), default="inferred"
    )
    basis = optional_text()

    class Meta:
        ordering = ["framework", "kind", "order"]
        constraints = [
            unique_key("career_key_once"),
        ]

    def __str__(self):
        return self.title


class CareerLevel(models.Model):
    """A rung of the ladder, or the single level of another career."""

    framework = part_of(Framework, "levels")
    career = part_of(Career, "levels")
    key = models.SlugField(max_length=LONGEST_KEY)
    order = models.PositiveSmallIntegerField(
        default=1, help_text=_("Its place in its career, the lowest first.")
    )
    # A key and not a row, as for the base level of a career.
    after = models.SlugField(
        max_length=LONGEST_KEY,
        blank=True,
        default="",
        help_text=_(
            "Key of the rung that it comes after, if not the one before it in its ladder."
        ),
    )
    title = models.CharField(max_length=80)
    short_title = models.CharField(max_length=40)
    summary = optional_text()
    scope = optional_line(120)
    autonomy = optional_line(120)
    people_impact = optional_line(120)
    years_min = models.PositiveSmallIntegerField(null=True, blank=True)
    years_max = models.PositiveSmallIntegerField(null=True, blank=True)
    years_note = optional_line(120)
    responsibilities = lines()
    focus_areas = lines()
    pay_median = models.PositiveIntegerField(null=True, blank=True)
    pay_average = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    ready_line = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=_("A panel's line, 90 to 100. Empty: the model's own rule."),
    )

    class Meta:
        ordering = ["framework", "career__kind", "career__order", "order"]
        constraints = [
            unique_key("career_level_key_once"),
            unique_key("career_level_order_once", "career", "order"),
            between("ready_line", 90, 100, "career_level_ready_line", nullable=True),
        ]

    def __str__(self):
        return self.title


class Requirement(models.Model):
    """What one career level asks of one skill; required 0 means: not asked."""

    career_level = part_of(CareerLevel, "requirements")
    skill = part_of(Skill, "requirements")
    required = models.PositiveSmallIntegerField()
    importance = models.PositiveSmallIntegerField(default=shape.USUAL_IMPORTANCE)
    must_have = models.BooleanField(default=False)
    evidence_grade = models.CharField(
        max_length=20, choices=choices(shape.EVIDENCE_GRADES), default="inferred"
    )
    basis = optional_text()

    class Meta:
        ordering = ["career_level", "skill__group__order", "skill__order"]
        constraints = [
            unique_key("requirement_once", "career_level", "skill"),
            between("required", 0, HIGHEST_TOP, "requirement_required_on_scale"),
            between("importance", 1, 5, "requirement_importance"),
            models.CheckConstraint(
                condition=Q(must_have=False) | Q(required__gte=1),
                name="requirement_must_have_is_required",
                violation_error_message=_(
                    "A must-have needs a required level of at least 1."
                ),
            ),
        ]

    def __str__(self):
        level, skill = isolated(str(self.career_level)), isolated(str(self.skill))
        return f"{level}: {skill} {self.required}"


class DevelopmentAction(models.Model):
    """Something to do on one step of one skill."""

    framework = part_of(Framework, "actions")
    skill = part_of(Skill, "actions")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    from_value = models.PositiveSmallIntegerField()
    to_value = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=choices(shape.KINDS_OF_ACTION))
    head = models.CharField(
        max_length=20, blank=True, default="", choices=choices(shape.HEADS)
    )
    title = models.CharField(max_length=80)
    first_piece = optional_text(_("What to do of it this week."))
    description = models.TextField(help_text=_("What follows the first piece."))
    hours = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=_("A part of the step's hours; never added to them."),
    )
    certifications = lines(_("Keys of certifications that fit, one a line."))

    class Meta:
        ordering = ["framework", "skill__group__order", "skill__order", "order"]
        constraints = [
            unique_key("development_action_key_once"),
            between("from_value", 0, HIGHEST_TOP - 1, "development_action_from"),
            models.CheckConstraint(
                condition=Q(to_value=F("from_value") + 1),
                name="development_action_one_step",
                violation_error_message=_(
                    "An action is for one step: 'to value' is 'from value' plus 1."
                ),
            ),
            between("hours", 1, 2000, "development_action_hours", nullable=True),
        ]

    def __str__(self):
        return self.title


class InterviewQuestion(models.Model):
    """A good answer shows the skill's statement at `probes_value`."""

    framework = part_of(Framework, "questions")
    skill = part_of(Skill, "questions")
    career_level = part_of(CareerLevel, "questions")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    probes_value = models.PositiveSmallIntegerField()
    question = models.TextField()
    strong_answer = optional_text(_("What to listen for."))
    weak_answer = optional_text()

    class Meta:
        ordering = ["framework", "skill__group__order", "skill__order", "order"]
        constraints = [
            unique_key("interview_question_key_once"),
            between("probes_value", 1, HIGHEST_TOP, "interview_question_on_scale"),
        ]

    def __str__(self):
        return self.question


class Certification(models.Model):
    framework = part_of(Framework, "certifications")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=LONGEST_KEY)
    name = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120)
    entry = models.TextField()
    verification = models.CharField(
        max_length=20, choices=choices(shape.VERIFICATIONS), default="general"
    )
    named_in_guide = models.BooleanField(default=False)
    suits = lines(_("Keys of the career levels that it suits, one a line."))
    checked = optional_line(
        20, _("When the entry rules were looked up, such as 2026-11.")
    )
    where = optional_text()
    sure = optional_text(_("How far that place is to be trusted."))

    class Meta:
        ordering = ["framework", "order"]
        constraints = [unique_key("certification_key_once")]

    def __str__(self):
        return self.name


class CertificationSupport(models.Model):
    certification = part_of(Certification, "supports")
    skill = part_of(Skill, "supported_by")
    up_to = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["certification", "skill"]
        constraints = [
            unique_key("certification_support_once", "certification", "skill"),
            between("up_to", 1, HIGHEST_TOP, "certification_support_on_scale"),
        ]

    def __str__(self):
        said = {
            "certification": isolated(str(self.certification)),
            "skill": isolated(str(self.skill)),
            "value": self.up_to,
        }
        return gettext("%(certification)s: %(skill)s up to %(value)d") % said
