"""What a person does about a report. All is named by key, so that it outlives versions."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessment.models.assessment import NOTE_LENGTH, live_digest
from assessment.models.people import LABEL_LENGTH, OWNER_XOR_GUEST, Guest
from careers.fields import LONGEST_KEY

LINE_LENGTH = 280  # of what is written in one line
PIECE_LENGTH = 400
TITLE_LENGTH = 200
ASKS_LENGTH = 400
EARLIEST = date(1970, 1, 1)  # of any day that a person writes


class PracticeNote(models.Model):
    """What a person noted for one interview question. Nobody else ever sees it.

    Framework and question are named by key, so that a note outlives their versions.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="practice_notes",
        db_index=False,
    )
    guest = models.ForeignKey(
        Guest,
        models.CASCADE,
        null=True,
        related_name="practice_notes",
        db_index=False,
    )
    framework_key = models.SlugField(max_length=LONGEST_KEY, db_index=False)
    question_key = models.SlugField(max_length=LONGEST_KEY, db_index=False)
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


class PlanQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-pk")

    def with_open_steps(self):
        """A row for each step that is not done, in order; one where a plan has none.

        Dictionaries, with what a promotion case tells of plan and step; one query.
        """
        is_open = Q(items__state__in=[PlanItem.State.FOCUS, PlanItem.State.WAITING])
        joined = self.annotate(step=FilteredRelation("items", condition=is_open))
        return joined.order_by("pk", "step__order", "step__pk").values(
            "asks",
            "agreed",
            "agreed_until",
            skill_key=models.F("step__skill_key"),
            skill_name=models.F("step__skill_name"),
            value=models.F("step__value"),
            value_name=models.F("step__value_name"),
            title=models.F("step__title"),
            state=models.F("step__state"),
            due=models.F("step__due"),
        )


class Plan(models.Model):
    """What a person decided to do to reach one career level.

    Framework and target are named by key, and the target's title is copied, so that a plan
    outlives every version. There is one for each target.
    """

    MOST_HOURS_A_WEEK = 60

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="plans", db_index=False
    )
    framework_key = models.SlugField(max_length=LONGEST_KEY, db_index=False)
    target_key = models.SlugField(max_length=LONGEST_KEY, db_index=False)
    target_title = models.CharField(max_length=TITLE_LENGTH)
    # Without them the plan is "as soon as possible".
    hours_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    # Of the talk with a manager: what the person asks for, what was agreed, until when.
    asks = models.TextField(max_length=ASKS_LENGTH, blank=True, default="")
    agreed = models.TextField(max_length=ASKS_LENGTH, blank=True, default="")
    agreed_until = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "framework_key", "target_key"],
                name="plan_once_per_target",
            ),
            models.CheckConstraint(
                condition=Q(hours_a_week=None) | Q(hours_a_week__range=(1, 60)),
                name="plan_hours_a_week_of_a_week",
            ),
        ]

    def __str__(self):
        """Without the target: Django's own pages may show it to staff."""
        return f"Plan {self.pk}"

    def get_absolute_url(self):
        return reverse("assessment:plan", query={"plan": self.uid})


class PlanItemQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=[PlanItem.State.FOCUS, PlanItem.State.WAITING])

    def in_order(self):
        return self.order_by("order", "pk")

    def with_line(self):
        """Annotated with the last line of the journal about each, and its day."""
        entries = JournalEntry.objects.filter(item=OuterRef("pk")).newest_first()
        return self.annotate(
            line=Subquery(entries.values("text")[:1]),
            line_day=Subquery(entries.values("day")[:1]),
        )

    def with_live(self):
        """Annotated with the digest of the version that is live, None where none is."""
        return self.annotate(live=live_digest("plan__framework_key"))


class PlanItem(models.Model):
    """One thing to do for one step of one skill: an action of the framework, or own words.

    Skill and action are named by key, and every text is copied.
    """

    class State(models.TextChoices):
        FOCUS = "focus", _("In focus")  # of at most MOST_IN_FOCUS skills at once
        WAITING = "waiting", _("Waiting")  # its turn comes later; all of it is kept
        DONE = "done", _("Done")  # has a day; changes no rating
        DROPPED = "dropped", _("Let go")  # shown no more

    MOST_IN_FOCUS = 3  # skills of a plan; `assessment.plans` sees to it under a lock
    MOST_HOURS = 2000

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items", db_index=False)
    skill_key = models.SlugField(max_length=LONGEST_KEY, db_index=False)
    skill_name = models.CharField(max_length=TITLE_LENGTH)
    # The point of the scale that the step leads to, with its name.
    value = models.PositiveSmallIntegerField()
    value_name = models.CharField(max_length=LABEL_LENGTH, blank=True, default="")
    action_key = models.SlugField(
        max_length=LONGEST_KEY, blank=True, default="", db_index=False
    )
    title = models.CharField(max_length=TITLE_LENGTH)
    first_piece = models.CharField(max_length=PIECE_LENGTH, blank=True, default="")
    when_then = models.CharField(max_length=LINE_LENGTH, blank=True, default="")
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    order = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "order"], name="plan_item_of_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["focus", "waiting", "done", "dropped"]),
                name="plan_item_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at=None)),
                name="plan_item_done_at_iff_done",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(skill_key=""),
                name="plan_item_says_what_and_for_which_skill",
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__range=(1, 2000)),
                name="plan_item_hours_of_a_step",
            ),
            models.UniqueConstraint(
                fields=["plan", "action_key"],
                condition=~Q(action_key="") & Q(state__in=["focus", "waiting"]),
                name="plan_item_once_per_open_action",
            ),
        ]

    def __str__(self):
        """Without the text: Django's own pages may show it to staff."""
        return f"Plan item {self.pk}"

    def get_absolute_url(self):
        return reverse("assessment:plan_item", args=[self.uid])

    @property
    def is_unfinished(self):
        return self.state in (self.State.FOCUS, self.State.WAITING)

    @property
    def piece(self):
        """What to do first: the first small piece, else the whole."""
        return self.first_piece or self.title

    def is_late(self, today):
        return self.due is not None and self.due < today


class JournalEntryQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-day", "-pk")

    def with_live(self):
        """Annotated as the items of a plan are."""
        return self.annotate(live=live_digest("framework_key"))


class JournalEntry(models.Model):
    """One line of what a person did on a day. It may become evidence; it rates nothing.

    The skill is named by its key and its name is copied; `item` is what it came from.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="journal",
        db_index=False,
    )
    day = models.DateField()
    text = models.CharField(max_length=LINE_LENGTH)
    url = models.URLField(max_length=500, blank=True, default="")
    framework_key = models.SlugField(
        max_length=LONGEST_KEY, blank=True, default="", db_index=False
    )
    skill_key = models.SlugField(
        max_length=LONGEST_KEY, blank=True, default="", db_index=False
    )
    skill_name = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    item = models.ForeignKey(
        PlanItem, models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    written_at = models.DateTimeField()

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "-day"], name="journal_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(text__contains="\n"),
                name="journal_entry_is_one_line",
            ),
            models.CheckConstraint(
                condition=Q(skill_key="") | ~Q(framework_key=""),
                name="journal_entry_skill_of_a_framework",
            ),
        ]

    def __str__(self):
        """Without the text: Django's own pages may show it to staff."""
        return f"Journal entry {self.pk}"

    @property
    def as_evidence(self):
        """As a line of the note on an answer."""
        return f"{self.text} ({date_format(self.day)})"
