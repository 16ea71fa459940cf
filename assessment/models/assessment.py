"""A person's ratings against one framework version, and the file of a report."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessment.models.people import LABEL_LENGTH, Guest
from careers.models import CareerLevel, Framework
from scoring.inputs import HIGHEST_TOP

NOTE_LENGTH = 4000
REASON_LENGTH = 200
READ_FOR_REPORT = (
    "uid",
    "label",
    "owner",
    "status",
    "submitted_at",
    "first_submitted_at",
    "counts_at",
    "readiness_tenths",
    "is_provisional",
    "band",
    "scoring_version",
    "range_low",
    "range_high",
    "corrects",
    "framework__key",
    "framework__version",
    "framework__status",
    "framework__digest",
    "target__key",
    "target__title",
    "target__short_title",
)
READ_WITH_ANSWERS = (  # what lists tell of a report is not among it
    "uid",
    "owner",
    "status",
    "submitted_at",
    "counts_at",
    "scoring_version",
    "range_low",
    "range_high",
    "framework",
    "framework__key",
    "framework__version",
    "framework__status",
    "framework__digest",
    "target",
    "target__key",
    "target__short_title",
)
READ_FOR_PAGES = (
    *READ_FOR_REPORT,
    "framework__language",
    "guest",
    "started_at",
    "changed_at",
    "is_quick_look",
    "based_on__uid",
    "based_on__based_on",
    "based_on__status",
    "based_on__counts_at",
    "based_on__target",
    "based_on__framework__key",
    "based_on__framework__version",
    "based_on__framework__status",
    "based_on__framework__digest",
)
READ_FOR_SAVING = (
    "uid",
    "owner",
    "status",
    "changed_at",
    "based_on",
    "framework__key",
    "framework__version",
    "framework__status",
    "framework__digest",
    "target__key",
    "target__short_title",
)


def live_digest(key):
    """The digest of the live version of the ladder whose key is in this column, or None."""
    live = Framework.objects.published().for_key(OuterRef(key))
    return Subquery(live.values("digest")[:1])


def corrected():
    """Whether a later report stands in the place of a row."""
    corrects_it = Q(corrects=OuterRef("pk"))
    is_later = Q(corrects=OuterRef("corrects"), pk__gt=OuterRef("pk"))
    instead = Assessment.objects.filter(
        corrects_it | is_later, status=Assessment.Status.SUBMITTED
    )
    return Exists(instead)


class AssessmentQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=Assessment.Status.DRAFT)

    def submitted(self):
        return self.filter(status=Assessment.Status.SUBMITTED)

    def earlier_than(self, assessment):
        """What counts before it, of its framework key: of its target first, then newest."""
        before = Q(counts_at__lt=assessment.counts_at) | Q(
            counts_at=assessment.counts_at, pk__lt=assessment.pk
        )
        submitted = self.submitted().filter(
            before, framework__key=assessment.framework.key
        )
        return submitted.of_target_first(assessment.target.key)

    def shown(self):
        """All but those that were carried over, which only stand behind others."""
        return self.exclude(status=Assessment.Status.CARRIED_OVER)

    def for_target(self, framework, level):
        """Of a career level, by the keys of it and of its framework, in any version."""
        return self.filter(framework__key=framework, target__key=level)

    def standing(self):
        """Submitted, without the reports in whose place a later one stands."""
        return self.submitted().filter(~corrected())

    def in_place_of(self, report):
        """Those that make one of its reports `corrected`, the last one first."""
        begins = [pk for pk in (report.pk, report.corrects_id) if pk is not None]
        return (
            self.submitted()
            .filter(corrects__in=begins, pk__gt=report.pk)
            .order_by("-pk")
        )

    def newest_first(self):
        """Submitted ones by the moment at which they count."""
        return self.order_by("-counts_at", "-pk")

    def of_target_first(self, level):
        """The same, but those of a career level, by its key, before all others."""
        is_other = models.Case(models.When(target__key=level, then=0), default=1)
        return self.order_by(is_other, "-counts_at", "-pk")

    def with_live(self):
        """With the `live_digest` of each, for a list: one asks for itself."""
        return self.annotate(live_digest=live_digest("framework__key"))

    def for_progress(self):
        """The newest first, with what `assessment.progress` reads of each."""
        read = self.for_report().with_live()
        read = read.only(*READ_FOR_REPORT, "framework__published_at")
        return read.newest_first()

    def latest_of_each(self, key):
        """The last submitted of each person and guest, of a framework key."""
        submitted = Assessment.objects.submitted().filter(framework__key=key)
        later = submitted.filter(
            Q(counts_at__gt=OuterRef("counts_at"))
            | Q(counts_at=OuterRef("counts_at"), pk__gt=OuterRef("pk"))
        )
        return self.submitted().filter(
            ~Exists(later.filter(owner=OuterRef("owner"))),
            ~Exists(later.filter(guest=OuterRef("guest"))),
            Q(owner__isnull=False) | Q(guest__isnull=False),
            framework__key=key,
        )

    def with_answer_count(self):
        """Annotated with how many skills are rated or left out.

        Counted for the rows that are read alone, and not before a page of them is cut.
        """
        answered = Q(value__isnull=False) | Q(not_applicable=True)
        ratings = Rating.objects.filter(answered, assessment=OuterRef("pk"))
        count = ratings.order_by().values("assessment").values(n=models.Count("pk"))
        return self.annotate(answer_count=Coalesce(Subquery(count), 0))

    def for_report(self):
        """Joined with what is read of the rows; all else is in the spec."""
        return self.select_related("framework", "target").only(*READ_FOR_REPORT)

    def for_saving(self):
        """Locked until the transaction ends, with what a save of answers reads."""
        locked = self.select_for_update(of=("self",))
        return locked.select_related("framework", "target").only(*READ_FOR_SAVING)

    def with_framework(self):
        """Joined with what every page of an assessment needs."""
        joined = self.select_related("framework", "target", "based_on__framework")
        return joined.only(*READ_FOR_PAGES)


class Assessment(models.Model):
    """One person's ratings, with the framework version and target they began with."""

    JUST_NOW = timedelta(seconds=10)  # in which a button is pressed twice by mistake

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")  # may be rated; has no score
        SUBMITTED = "submitted", _("Submitted")  # frozen for good; has a score
        # Frozen without a score: it stands behind the draft of a newer version that it
        # became, holds what that one suggests, and is not shown by itself.
        CARRIED_OVER = "carried", _("Carried over")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="assessments",
        db_index=False,
    )
    guest = models.ForeignKey(
        Guest, models.CASCADE, null=True, related_name="assessments"
    )
    framework = models.ForeignKey(
        "careers.Framework", models.PROTECT, verbose_name=_("framework")
    )
    target = models.ForeignKey("careers.CareerLevel", models.PROTECT)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT
    )
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    corrects = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    # Begun with the must-haves alone: it goes on there until anything else is answered.
    is_quick_look = models.BooleanField(default=False)
    started_at = models.DateTimeField(_("started at"))
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    # Of what it corrects, and of what that corrects; null where it corrects nothing.
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    # The one moment by which reports are put in order: a correction stands in the place
    # of what it corrects, whenever it was made.
    counts_at = models.GeneratedField(
        expression=Coalesce("first_submitted_at", "submitted_at"),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    # For lists and trends; the report computes them anew with the same engine.
    readiness_tenths = models.PositiveSmallIntegerField(null=True, blank=True)
    is_provisional = models.BooleanField(default=False)
    band = models.CharField(max_length=20, blank=True, default="")
    scoring_version = models.CharField(max_length=10, blank=True, default="")
    # Whole points. Computed once, at submission: a thousand re-ratings are not repeated.
    range_low = models.PositiveSmallIntegerField(null=True, blank=True)
    range_high = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [models.Index(fields=["owner", "-id"], name="assessment_of_owner")]
        constraints = [
            # Neither: what nobody can open, such as a guest's of an older release.
            models.CheckConstraint(
                condition=Q(owner=None) | Q(guest=None),
                name="assessment_not_of_owner_and_guest",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "carried"],
                    submitted_at__isnull=True,
                    readiness_tenths__isnull=True,
                    range_low__isnull=True,
                    range_high__isnull=True,
                    band="",
                    scoring_version="",
                )
                | (
                    Q(
                        status="submitted",
                        submitted_at__isnull=False,
                        readiness_tenths__gte=0,
                        readiness_tenths__lte=1000,
                        range_low__isnull=False,
                        range_high__isnull=False,
                        range_low__lte=models.F("range_high"),
                        range_high__lte=100,
                    )
                    & ~Q(band="")
                    & ~Q(scoring_version="")
                ),
                name="assessment_score_iff_submitted",
            ),
        ]

    def __str__(self):
        return f"{self.target} ({self.get_status_display()})"

    def get_absolute_url(self):
        page = "report" if self.is_submitted else "resume"
        return reverse(f"assessment:{page}", args=[self.uid])

    @property
    def name(self):
        """The owner's name for it before the target's title."""
        return " · ".join(filter(None, [self.label, self.target.title]))

    @property
    def is_submitted(self):
        return self.status == self.Status.SUBMITTED

    @property
    def is_carried_over(self):
        return self.status == self.Status.CARRIED_OVER

    @cached_property
    def live_digest(self):
        """Of the version of its ladder that is live, or None; a query where it is another."""
        if self.framework.status == Framework.Status.PUBLISHED:
            return self.framework.digest
        live = Framework.objects.published().for_key(self.framework.key)
        return live.values_list("digest", flat=True).first()

    @property
    def has_newer(self):
        """Whether a newer version of its ladder is live."""
        return self.live_digest not in (None, self.framework.digest)

    @property
    def likely_range(self):
        """(lowest, highest) whole points in which the score likely lies; None for a draft."""
        if self.range_low is None:
            return None
        return self.range_low, self.range_high

    @property
    def is_just_begun(self):
        return timezone.now() - self.started_at < self.JUST_NOW

    @property
    def score(self):
        """The whole number that the report shows; None for a draft."""
        return None if self.readiness_tenths is None else self.readiness_tenths // 10


class RatingQuerySet(models.QuerySet):
    def with_skill_keys(self):
        """Each with its `skill_key`, without loading the skill."""
        return self.annotate(skill_key=models.F("skill__key"))

    def with_assessments(self, *fields):
        """(assessment, skill key, fields) of each, the fields as a list; one query.

        An assessment is made of the first of its rows. `select_related` makes it, its
        framework and its target anew for each: with it, a plan costs a tenth more
        (`make cost`).
        """
        joined = [f"assessment__{name}" for name in ("pk", *READ_WITH_ANSWERS)]
        made = {}
        for pk, *row in self.values_list(*joined, "skill__key", *fields):
            if pk not in made:
                columns = dict(zip(READ_WITH_ANSWERS, row, strict=False))
                made[pk] = _assessment_of({"id": pk} | columns)
            yield (
                made[pk],
                row[len(READ_WITH_ANSWERS)],
                row[len(READ_WITH_ANSWERS) + 1 :],
            )


def _assessment_of(columns):
    """From {name: value}; what is not there is read when it is asked for."""
    parts = {"framework": {"id": columns.pop("framework")}}
    parts["target"] = {"id": columns.pop("target")}
    for name in [name for name in columns if "__" in name]:
        part, _, column = name.partition("__")
        parts[part][column] = columns.pop(name)
    columns["owner_id"] = columns.pop("owner")
    assessment = _row_of(Assessment, columns)
    assessment.framework = _row_of(Framework, parts["framework"])
    assessment.target = _row_of(CareerLevel, parts["target"])
    return assessment


def _row_of(model, columns):
    names = [each.attname for each in model._meta.concrete_fields]
    names = [name for name in names if name in columns]
    return model.from_db("default", names, [columns[name] for name in names])


class Rating(models.Model):
    """One person's answer for one skill.

    A row without value and without `not_applicable` is not an answer: it keeps a note or
    a link that was written before a level was chosen.
    """

    class Confidence(models.TextChoices):
        LOW = "low", _("Not very")
        MEDIUM = "medium", _("Fairly")
        HIGH = "high", _("Very")

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="ratings", db_index=False
    )
    skill = models.ForeignKey("careers.Skill", models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HIGHEST_TOP)],
    )
    not_applicable = models.BooleanField(default=False)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="")
    confidence = models.CharField(
        max_length=10, choices=Confidence, default=Confidence.MEDIUM
    )
    note = models.TextField(blank=True, default="", max_length=NOTE_LENGTH)
    url = models.URLField(max_length=500, blank=True, default="")
    rated_at = models.DateTimeField()
    # Counts the changes, so that a page can tell whether it shows the newest.
    revision = models.PositiveIntegerField(default=1)

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "skill"], name="rating_once_per_skill"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(value__gte=0, value__lte=HIGHEST_TOP),
                name="rating_value_on_scale",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(not_applicable=False),
                name="rating_value_or_not_applicable",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False, reason="")
                | (Q(not_applicable=True) & ~Q(reason="")),
                name="rating_reason_iff_not_applicable",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["low", "medium", "high"]),
                name="rating_confidence_known",
            ),
        ]

    def __str__(self):
        """Without the answer: Django's own pages may show it to staff."""
        return f"Rating of {self.skill}"


class ReportPdf(models.Model):
    """The PDF of a submitted report or of its case, kept because it is costly to make.

    `digest` says of what it was made; where that differs now, it is made anew. There is one
    of each for a report: a choice of language, zone or notes becomes a column and a part of
    the constraint when there is one.
    """

    class What(models.TextChoices):
        REPORT = "report"  # frozen as the report is
        CASE = "case"  # goes when the plan or the journal of its owner changes

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="pdfs", db_index=False
    )
    what = models.CharField(max_length=6, choices=What, default=What.REPORT)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "what"], name="report_pdf_once_of_each"
            )
        ]

    def __str__(self):
        return f"PDF of {self.assessment}"
