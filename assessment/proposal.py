"""What some hours can bring, proposed: the planner's set of steps, told with the report."""

# What is read of a result is there: who has no score has no proposal.
# mypy: disable-error-code="union-attr"

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from assessment.answers import Answer, prerequisites_of, targets
from assessment.planner import Plan, Planner, Step
from assessment.plans import first_action
from assessment.report import Report, SkillStanding
from careers.shape import DevelopmentAction, FrameworkSpec

BUDGETS = 12  # at which the curve is computed
FEW_BUDGETS = 4  # where each takes long
MANY_SKILLS = 40  # from here on
MOST_TRIED = 6  # numbers of hours, to find what a little more would open
DAYS_OF_A_WEEK = 7


def hours_until(hours_a_week: int, today: date, until: date) -> int:
    """Whole hours from today to a day, at so many a week."""
    return max(0, (until - today).days) * hours_a_week // DAYS_OF_A_WEEK


@dataclass(frozen=True)
class ProposedStep:
    """One step of a proposal, with the printed score before and after it, in tenths."""

    line: SkillStanding
    step: Step
    action: DevelopmentAction | None
    before_tenths: int
    after_tenths: int

    @property
    def value(self) -> int:
        return self.step.value

    @property
    def gain_tenths(self) -> int:
        return self.after_tenths - self.before_tenths

    @property
    def statement(self) -> str:
        return self.line.skill.statement(self.value)


@dataclass(frozen=True)
class Proposal:
    """The best set of steps for `hours`; without them, the soonest that is ready.

    `held` are the keys of certificates of which no step is made.
    """

    report: Report
    hours: int | None
    held: Collection[str] = ()

    @cached_property
    def planner(self) -> Planner:
        """What every answer to a report of the same target and ratings shares."""
        report = self.report
        return Planner(
            report.result.target, report.answers, prerequisites_of(report.spec)
        )

    @cached_property
    def plan(self) -> Plan | None:
        """None where no hours bring the target to its ready line."""
        if self.hours is None:
            return self.planner.soonest()
        return self.planner.best(self.hours)

    @property
    def has_hours(self) -> bool:
        """Whether the framework tells how long a step of an open skill takes."""
        return any(
            each.requirement.hours is not None
            for each in self.report.skills
            if each.short
        )

    @cached_property
    def steps(self) -> list[ProposedStep]:
        """In an order in which each can be taken."""
        if self.plan is None:
            return []
        levels: dict[str, int] = {}
        found, before = [], self.report.result.readiness_tenths
        for step in self.planner.steps(self.plan):
            levels[step.skill] = step.value
            after = self.planner.after(levels).readiness_tenths
            line = self.report.by_key[step.skill]
            action = first_action(line.skill, step.value, self.held)
            found.append(ProposedStep(line, step, action, before, after))
            before = after
        return found

    @property
    def must_have_levels_raised(self) -> int:
        if self.plan is None:
            return 0
        return self.report.result.missing_levels - self.plan.after.missing_levels

    @cached_property
    def more(self) -> Plan | None:
        """What the least hours more would open: a better set; None if none is near.

        Looked for at the hours of each single step more, and at the least with which the
        target is ready.
        """
        if self.plan is None or self.hours is None:
            return None
        levels = self.planner.ratings | dict(self.plan.levels)
        longer = {
            self.plan.hours + self.planner.step_hours(key, levels[key] + 1)
            for key, cap in self.planner.caps.items()
            if levels[key] < cap
        }
        if soonest := self.planner.soonest():
            longer.add(soonest.hours)
        for hours in sorted(each for each in longer if each > self.hours)[:MOST_TRIED]:
            plan = self.planner.best(hours)
            if plan.after.readiness_tenths > self.plan.after.readiness_tenths:
                return plan
        return None

    @property
    def more_hours(self) -> int:
        """Beyond those that are given."""
        return self.more.hours - (self.hours or 0) if self.more else 0

    @property
    def closed(self):
        """[(SkillStanding, the prerequisite in its way)] of what can never be raised."""
        return [
            (self.report.by_key[key], waits[0])
            for key, waits in self.planner.closed.items()
        ]

    @property
    def curve(self) -> tuple[tuple[int, int], ...]:
        """(hours, printed tenths) of the best set at some numbers of hours, from 0 on."""
        report = self.report
        ratings = tuple(
            (key, answer.value, answer.not_applicable)
            for key, answer in sorted(report.answers.items())
        )
        return curve_of(report.spec, report.level.key, report.version, ratings)

    def weeks(self, hours_a_week: int) -> int:
        """Begun weeks that the set takes."""
        return -(-self.plan.hours // hours_a_week) if self.plan else 0

    def until(self, hours_a_week: int, today: date) -> date:
        return today + timedelta(weeks=self.weeks(hours_a_week))


@lru_cache(maxsize=256)
def curve_of(
    spec: FrameworkSpec,
    level_key: str,
    version: str,
    ratings: tuple[tuple[str, int | None, bool], ...],
) -> tuple[tuple[int, int], ...]:
    """`Proposal.curve`. Kept: a dozen searches take 50 to 700 ms (docs/planning.md)."""
    target = targets(spec, version)[level_key]
    answers = {
        key: Answer(value=value, not_applicable=left_out)
        for key, value, left_out in ratings
    }
    planner = Planner(target, answers, prerequisites_of(spec))
    points = [(0, planner.now.readiness_tenths)]
    budgets = FEW_BUDGETS if len(planner.caps) > MANY_SKILLS else BUDGETS
    for part in range(1, budgets + 1):
        hours = planner.all_hours * part // budgets
        if hours > points[-1][0]:
            points.append((hours, planner.best(hours).after.readiness_tenths))
    return tuple(points)
