"""A framework version and what belongs to the whole of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from careers import shape
from careers.models.columns import KEY_LENGTH, between, lines, unique_key


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
        DRAFT = "draft"  # may be edited; no assessment may start on it
        PUBLISHED = "published"  # may not be edited; assessments start on it
        RETIRED = "retired"  # may not be edited; running assessments go on, none starts

    key = models.SlugField(max_length=KEY_LENGTH)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    status = models.CharField(
        max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    language = models.CharField(max_length=10, default="en-US")
    attribution = models.TextField(blank=True, default="")
    person = models.CharField(
        max_length=80,
        blank=True,
        default="",
        help_text="What the ladder calls a person, such as 'project manager'.",
    )
    certification_rule = models.TextField(
        blank=True,
        default="",
        help_text="By what was set how far a certification helps.",
    )
    notes = models.TextField(
        blank=True, default="", help_text="What changed, for the owners of the ladder."
    )
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
                violation_error_message="A draft of this framework is open already. Edit that one.",
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
        return f"{self.title} {self.version} ({self.status})"

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT


class ProficiencyLevel(models.Model):
    """A point of the scale."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="scale")
    value = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    definition = models.TextField(blank=True, default="")
    scope = models.CharField(max_length=120, blank=True, default="")
    autonomy = models.CharField(max_length=120, blank=True, default="")
    complexity = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ["framework", "value"]
        constraints = [
            unique_key("proficiency_level_once", key="value"),
            between("value", 0, shape.HIGHEST, "proficiency_level_on_scale"),
        ]

    def __str__(self):
        return f"{self.value} {self.name}"


class Source(models.Model):
    """Where a part of the framework comes from, and what may be done with it."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="sources")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
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

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="leaves_out")
    order = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(max_length=KEY_LENGTH)
    topic = models.CharField(max_length=120)
    folded_into = lines(help_text="Keys of the skills that cover it, one a line.")
    why = models.TextField()

    class Meta:
        ordering = ["framework", "order"]
        verbose_name = "topic left out"
        verbose_name_plural = "topics left out"
        constraints = [unique_key("left_out_key_once")]

    def __str__(self):
        return self.topic
