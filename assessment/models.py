"""A person's ratings against one framework version, and the links that show them.

Written by `assessment.actions`, `sharing`, `practice` and `guests` only.
"""

import hashlib
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from assessment.scoring.parameters import CURRENT
from careers.models import Skill
from careers.models.columns import KEY_LENGTH

HIGHEST_TOP = 10  # of any scale; a form allows what its framework has
PROVISIONAL_CAP = CURRENT.provisional_cap  # nobody is told 100 with answers open
LABEL_LENGTH = 80
NOTE_LENGTH = 4000
REASON_LENGTH = 200
READ_FOR_REPORT = (
    "uid",
    "label",
    "owner",
    "status",
    "submitted_at",
    "readiness_tenths",
    "is_provisional",
    "band",
    "scoring_version",
    "range_low",
    "range_high",
    "framework__key",
    "framework__version",
    "framework__status",
    "framework__digest",
    "target__key",
    "target__title",
    "target__short_title",
)


# A person, or a guest, and never both.
OWNER_XOR_GUEST = Q(owner=None, guest__isnull=False) | Q(
    owner__isnull=False, guest=None
)


def digest_of(token):
    """SHA-256 of a token, in hexadecimal; enough for a token of 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


class GuestQuerySet(models.QuerySet):
    def of_token(self, token):
        return self.filter(token_digest=digest_of(token))


class Guest(models.Model):
    """Whoever rates without an account: a browser that holds the token of this row.

    Only the digest is stored. What a guest owns are rows that point here; they go with
    this row KEPT_FOR after the last use, or move to an account at sign-in.
    """

    KEPT_FOR = timedelta(days=30)

    token_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    last_seen = models.DateTimeField(db_index=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_digest"], name="guest_token_once")
        ]

    def __str__(self):
        return f"Guest {self.pk}"


class AssessmentQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=Assessment.Status.DRAFT)

    def submitted(self):
        return self.filter(status=Assessment.Status.SUBMITTED)

    def earlier_than(self, assessment):
        """Submitted before it, of its framework key: of its target first, then newest."""
        before = Q(submitted_at__lt=assessment.submitted_at) | Q(
            submitted_at=assessment.submitted_at, pk__lt=assessment.pk
        )
        is_other = models.Case(
            models.When(target__key=assessment.target.key, then=0), default=1
        )
        return (
            self.submitted()
            .filter(before, framework__key=assessment.framework.key)
            .order_by(is_other, "-submitted_at", "-pk")
        )

    def for_trend(self):
        """Submitted, the oldest first, with what `assessment.trend` needs of each."""
        return (
            self.submitted()
            .select_related("framework", "target")
            .order_by("submitted_at", "pk")
        )

    def with_answer_count(self):
        """Annotated with how many skills are rated or left out."""
        answered = Q(ratings__value__isnull=False) | Q(ratings__not_applicable=True)
        return self.annotate(answer_count=models.Count("ratings", filter=answered))

    def for_saving(self, skill_key):
        """Locked drafts with the skill's pk and the stored answer, in one query.

        `skill_pk` is None for a skill that the framework does not have, `stored` for one
        without a rating.
        """
        skill = Skill.objects.filter(framework=OuterRef("framework"), key=skill_key)
        rating = Rating.objects.filter(assessment=OuterRef("pk"), skill__key=skill_key)
        said = JSONObject(**{name: name for name in Rating.SAID})
        return (
            self.select_for_update(of=("self",))
            .with_framework()
            .annotate(
                skill_pk=Subquery(skill.values("pk")),
                stored=Subquery(rating.values(said=said)),
            )
        )

    def for_report(self):
        """Joined with what is read of the rows; all else is in the spec."""
        return self.select_related("framework", "target").only(*READ_FOR_REPORT)

    def with_framework(self):
        """Joined with what every page of an assessment needs."""
        return self.select_related("framework", "target", "based_on__framework")


class Assessment(models.Model):
    """One person's ratings, with the framework version and target they began with."""

    JUST_NOW = timedelta(seconds=10)  # in which a button is pressed twice by mistake

    class Status(models.TextChoices):
        DRAFT = "draft"  # may be rated; has no score
        SUBMITTED = "submitted"  # frozen for good; has a score

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="assessments"
    )
    guest = models.ForeignKey(
        Guest, models.CASCADE, null=True, related_name="assessments"
    )
    framework = models.ForeignKey("careers.Framework", models.PROTECT)
    target = models.ForeignKey("careers.CareerLevel", models.PROTECT)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
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
        indexes = [models.Index(fields=["owner", "-id"], name="assessment_of_owner")]
        constraints = [
            # Neither: what nobody can open, such as a guest's of an older release.
            models.CheckConstraint(
                condition=Q(owner=None) | Q(guest=None),
                name="assessment_not_of_owner_and_guest",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="draft",
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
        return f"{self.target} ({self.status})"

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
    def likely_range(self):
        """(lowest, highest) whole points in which the score likely lies; None for a draft."""
        if self.range_low is None:
            return None
        return self.range_low, self.range_high

    @property
    def is_just_begun(self):
        """Begun a moment ago, and still without an answer. One query in that moment."""
        since = timezone.now() - self.started_at
        return since < self.JUST_NOW and not self.ratings.exists()

    @property
    def score(self):
        """The whole number that the report shows; None for a draft."""
        if self.readiness_tenths is None:
            return None
        whole = self.readiness_tenths // 10
        return min(whole, PROVISIONAL_CAP) if self.is_provisional else whole


class RatingQuerySet(models.QuerySet):
    def with_skill_keys(self):
        """Each with its `skill_key`, without loading the skill."""
        return self.annotate(skill_key=models.F("skill__key"))

    def for_report(self):
        """Each with its `skill_key`, and what a report reads of its assessment."""
        return self.with_skill_keys().select_related(
            "assessment__framework", "assessment__target"
        )


class Rating(models.Model):
    """One person's answer for one skill.

    A row without value and without `not_applicable` is not an answer: it keeps a note or
    a link that was written before a level was chosen.
    """

    class Confidence(models.TextChoices):
        LOW = "low", "Not very"
        MEDIUM = "medium", "Fairly"
        HIGH = "high", "Very"

    # What the person says, and what counts the changes of it.
    SAID = (
        "value",
        "not_applicable",
        "reason",
        "confidence",
        "note",
        "url",
        "revision",
    )

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="ratings")
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


class ShareLinkQuerySet(models.QuerySet):
    def live(self):
        """Those that open the report at this moment."""
        return self.filter(self._is_live())

    def of_token(self, token):
        return self.filter(token_digest=digest_of(token))

    def live_first(self):
        """The live ones before those that ended, and the newest first."""
        ended = models.Case(models.When(self._is_live(), then=0), default=1)
        return self.order_by(ended, "-pk")

    def with_report(self):
        """Joined with what the page of the shared report needs."""
        return self.select_related("assessment__framework", "assessment__target")

    def _is_live(self):
        return Q(revoked_at=None, expires_at__gt=timezone.now())


class ShareLink(models.Model):
    """A revocable, expiring, unguessable address of one report.

    The token of the address is told once, to its maker; only its digest is stored. The
    uid names the link in addresses that open nothing by themselves.
    """

    class State(models.TextChoices):
        LIVE = "live", "Live"
        EXPIRED = "expired", "Expired"
        REVOKED = "revoked", "Revoked"

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="share_links"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64)
    label = models.CharField(max_length=LABEL_LENGTH)
    # What readers see as the person's name; nothing unless the person typed it.
    shown_name = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    includes_notes = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"], name="share_link_token_once"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="share_link_expires_after_creation",
            ),
        ]

    def __str__(self):
        """Without label and name: they may be somebody's."""
        return f"Share link of {self.assessment}"

    def get_absolute_url(self):
        return reverse("assessment:shared_report", args=[self.uid])

    @property
    def state(self):
        """What the link is at this moment."""
        if self.revoked_at:
            return self.State.REVOKED
        if self.expires_at <= timezone.now():
            return self.State.EXPIRED
        return self.State.LIVE


class ReportPdf(models.Model):
    """The PDF of a submitted report, kept because it is costly to make.

    `digest` says of what it was made; where that differs now, it is made anew. There is one
    for each report: a choice of language, zone or notes becomes a column and a part of the
    constraint when there is one.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="pdfs")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], name="report_pdf_once_per_report"
            )
        ]

    def __str__(self):
        return f"PDF of {self.assessment}"


class ShareGrant(models.Model):
    """The right of a reader, signed in or not, to open a share link without its token."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="grants")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="share_grants",
    )
    guest = models.ForeignKey(
        Guest, models.CASCADE, null=True, related_name="share_grants"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=OWNER_XOR_GUEST, name="share_grant_of_owner_or_guest"
            ),
            models.UniqueConstraint(
                fields=["owner", "link"], name="share_grant_once_per_owner"
            ),
            models.UniqueConstraint(
                fields=["guest", "link"], name="share_grant_once_per_guest"
            ),
        ]

    def __str__(self):
        """Without whose it is: Django's own pages may show it to staff."""
        return f"Right to read by share link {self.link_id}"


class PracticeNote(models.Model):
    """What a person noted for one interview question. Nobody else ever sees it.

    Framework and question are named by key, so that a note outlives their versions.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="practice_notes",
    )
    guest = models.ForeignKey(
        Guest, models.CASCADE, null=True, related_name="practice_notes"
    )
    framework_key = models.SlugField(max_length=KEY_LENGTH, db_index=False)
    question_key = models.SlugField(max_length=KEY_LENGTH, db_index=False)
    text = models.TextField(max_length=NOTE_LENGTH)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "framework_key", "question_key"],
                name="practice_note_once_per_question",
            ),
            models.UniqueConstraint(
                fields=["guest", "framework_key", "question_key"],
                name="practice_note_once_per_question_of_guest",
            ),
            models.CheckConstraint(
                condition=OWNER_XOR_GUEST, name="practice_note_of_owner_or_guest"
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="practice_note_is_not_empty"
            ),
        ]

    def __str__(self):
        """Without the text: Django's own pages may show it to staff."""
        return f"Practice note on {self.question_key}"
