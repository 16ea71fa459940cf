"""A plan as it is worked off: what is in focus, what is late, what is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.access import latest_answered
from assessment.answers import NO_ANSWER, Answer
from assessment.models import Assessment, JournalEntry, Plan, PlanItem
from assessment.report import Report, load_report
from careers.shape import FrameworkSpec, Skill
from careers.store import key_once, load, skill_once
from scoring.number import Readiness, readiness_of

State = PlanItem.State


@dataclass(frozen=True, eq=False)
class Agenda:
    """A plan with its items in order, against the latest report of its target.

    `assessment` and its `report` are None where there is none any more; `spec` is what is
    live, and where keys of older versions are looked up, by `replaces`.
    """

    plan: Plan
    items: list[PlanItem]
    today: date
    assessment: Assessment | None = None
    report: Report | None = None
    spec: FrameworkSpec | None = None

    def _in(self, state: str) -> list[PlanItem]:
        """Those of a state; what is reached and not done stands apart."""
        return [
            each
            for each in self.items
            if each.state == state and each not in self.reached
        ]

    @cached_property
    def reached(self) -> list[PlanItem]:
        """What is not done, though the last report has the skill where it leads."""
        return self.report.reached(self.items) if self.report else []

    @cached_property
    def focus(self) -> list[PlanItem]:
        return self._in(State.FOCUS)

    @cached_property
    def waiting(self) -> list[PlanItem]:
        return self._in(State.WAITING)

    @cached_property
    def done(self) -> list[PlanItem]:
        """The last one first."""
        done = [(each.done_at, each.pk, each) for each in self._in(State.DONE)]
        return [each for *_, each in sorted(done, reverse=True)]

    @property
    def is_all_done(self) -> bool:
        """There are steps, and none is open or to be closed."""
        return bool(self.done) and len(self.done) == len(self.items)

    @cached_property
    def late(self) -> list[PlanItem]:
        return [each for each in self.focus if each.is_late(self.today)]

    @cached_property
    def next_due(self) -> PlanItem | None:
        """The item in focus with the nearest day that is not over."""
        ahead = [
            (each.due, each.order, each.pk, each)
            for each in self.focus
            if each.due and each.due >= self.today
        ]
        return min(ahead)[-1] if ahead else None

    @property
    def next_item(self) -> PlanItem | None:
        """What to do next: what is late, what is due, the first in focus."""
        return (
            next(iter(self.late), None) or self.next_due or next(iter(self.focus), None)
        )

    @cached_property
    def focus_by_skill(self) -> dict[str, list[PlanItem]]:
        """{skill key: its items in focus}."""
        found: dict[str, list[PlanItem]] = {}
        for each in self.focus:
            found.setdefault(key_once(self.spec, each.skill_key), []).append(each)
        return found

    @property
    def is_target_gone(self) -> bool:
        """Whether what is live has no such career level any more."""
        live = self.spec
        return live is not None and self.plan.target_key not in live.levels_by_key

    @property
    def hours_done(self) -> int:
        return sum(each.hours or 0 for each in self.done)

    def skill(self, item: PlanItem) -> Skill | None:
        """The skill of an item in the version that is live; None if it is gone."""
        return skill_once(self.spec, item.skill_key) if self.spec else None

    @cached_property
    def number_if_all_true(self) -> Readiness | None:
        """What the report would say if every step of the plan were true."""
        if self.report is None:
            return None
        answers = dict(self.report.answers)
        for item in self.items:
            skill = skill_once(self.report.spec, item.skill_key)
            if skill is None:
                continue
            rating = answers.get(skill.key, NO_ANSWER).rating
            if rating is not None:
                reached = min(max(item.value, rating), self.report.top)
                answers[skill.key] = Answer(value=reached)
        number = readiness_of(self.report.result.target, answers)
        return number if isinstance(number, Readiness) else None


def live_spec_of(each):
    """What is live of the ladder of an item or entry that was read `with_live`, or None.

    No query after the first of a process.
    """
    return load(each.live) if each.live else None


def latest_for(plan, assessments):
    """The last of these assessments for a plan and its report, or (None, None); one query.

    Of another target of the framework where none is of the plan's; then the report is what
    the same answers are against the plan's.
    """
    found = latest_answered(assessments, plan.framework_key, plan.target_key)
    if found is None:
        return None, None
    assessment, answers = found
    report = load_report(assessment, answers)
    if assessment.target.key == plan.target_key:
        return assessment, report
    report = report.at_key(plan.target_key)
    return (assessment, report) if report else (None, None)


def reached_in(items, assessments) -> list[PlanItem]:
    """Of items of any plans, those that a report has reached; a query for each plan."""
    items = [each for each in items if each.is_unfinished]
    reached = []
    for plan in {each.plan_id: each.plan for each in items}.values():
        _assessment, report = latest_for(plan, assessments)
        if report:
            reached += report.reached(x for x in items if x.plan_id == plan.pk)
    return reached


def entries_by_skill(
    spec: FrameworkSpec, entries: Iterable[JournalEntry]
) -> dict[str, list[JournalEntry]]:
    """{skill key of this version: its entries}; those of other skills are left out."""
    found: dict[str, list[JournalEntry]] = {}
    for entry in entries:
        skill = skill_once(spec, entry.skill_key)
        if skill:
            found.setdefault(skill.key, []).append(entry)
    return found
