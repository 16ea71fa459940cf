"""Two results side by side: two times, two targets, or answers that are only tried.

Nothing is stored. docs/scoring.md says which changes are clear.
"""

# What is read of a result is there where the caller has asked `is_measured`.
# mypy: no-strict-optional, disable-error-code="union-attr,return-value"

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assessment.answers import (
    NO_ANSWER,
    answers_of_each,
    fits,
    target_of,
)
from assessment.report import Report, SkillStanding, any_report_of
from assessment.transfer import Transfer
from careers.shape import CareerLevel, Skill
from careers.store import two_versions
from scoring.inputs import Evidence
from scoring.likely_range import score_change_is_clear, skill_change_is_clear
from scoring.number import Band

MOST_STEPS = 5


@dataclass(frozen=True)
class Row:
    """One skill on both sides; None on a side that asks nothing of it."""

    skill: Skill
    first: SkillStanding | None
    second: SkillStanding | None
    absent: str = ""  # why the first side cannot be compared: see `Transfer.absent`
    sources: tuple[Skill, ...] = ()  # what the skill came from, on an earlier version
    is_tried: bool = False

    @property
    def sides(self) -> tuple[SkillStanding | None, SkillStanding | None]:
        return self.first, self.second

    @property
    def is_replaced(self) -> bool:
        """Whether the skill had another key on the first side."""
        return (
            bool(self.sources)
            and not self.absent
            and self.sources[0].key != self.skill.key
        )

    @property
    def you(self) -> SkillStanding:
        """Of two targets, the side that asks for it."""
        return self.first or self.second

    @property
    def difference(self) -> int | None:
        """Levels up; None unless it is rated on both sides."""
        if None in (self.first.rating, self.second.rating):
            return None
        return self.second.rating - self.first.rating

    @property
    def size(self) -> int:
        return abs(self.difference)

    @property
    def is_clear(self) -> bool:
        both_verified = self.first.evidence == self.second.evidence == Evidence.VERIFIED
        return skill_change_is_clear(
            self.first.rating, self.second.rating, both_verified
        )

    @property
    def lost_tenths(self) -> int:
        """On both sides together."""
        return sum(side.lost_tenths for side in self.sides if side)

    @property
    def lost_if_tenths(self) -> int:
        """What it would lose: nobody touched the others, so theirs stays as it is."""
        return (self.second if self.is_tried else self.first).lost_tenths

    @property
    def has_moved_loss(self) -> bool:
        """Whether what it loses is another, though the rating is the same."""
        if self.difference != 0:
            return False
        return (
            all(side.report.is_measured for side in self.sides)
            and self.first.lost_tenths != self.second.lost_tenths
        )


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two reports of the same skills. A side without a score is not `is_measured`."""

    first: Report
    second: Report
    tried: Mapping[str, int] | None = None
    # Where the first side was made on an earlier version: its answers, and what became
    # of its number there.
    transfer: Transfer | None = None
    ladder: "Comparison | None" = None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The skills that either side asks for, in framework order."""
        first, second = self.first.by_key, self.second.by_key
        return tuple(
            Row(
                skill,
                first.get(skill.key),
                second.get(skill.key),
                absent=self.transfer.absent.get(skill.key, "") if self.transfer else "",
                sources=self.transfer.sources(skill.key) if self.transfer else (),
                is_tried=skill.key in (self.tried or {}),
            )
            for skill in self.second.spec.skills
            if skill.key in first or skill.key in second
        )

    @property
    def sides(self) -> tuple[Report, Report]:
        return self.first, self.second

    @property
    def is_measured(self) -> bool:
        return self.first.is_measured and self.second.is_measured

    # Two scores of one target

    @property
    def gain_tenths(self) -> int:
        """The difference of the two printed scores."""
        before, after = self.first.result, self.second.result
        return after.readiness_tenths - before.readiness_tenths

    @property
    def loss_tenths(self) -> int:
        return -self.gain_tenths

    @property
    def is_clear(self) -> bool:
        """Whether the second score is more than rating again would explain."""
        return score_change_is_clear(
            self.first.result.likely_range, self.second.result.score
        )

    @property
    def why_losses_move(self) -> str:
        """Why a skill loses more or less with the same rating.

        "counted": other skills count; "must-haves": missing ones multiply; else
        "rounding", to whole tenths.
        """
        first, second = self.first.result, self.second.result
        if [each.key for each in first.rated] != [each.key for each in second.rated]:
            return "counted"
        if first.missing_levels or second.missing_levels:
            return "must-haves"
        return "rounding"

    # Then and now

    @cached_property
    def moved(self) -> list[Row]:
        """The largest change first; what is not known before what stayed."""
        return sorted(self.rows, key=_by_change)

    @cached_property
    def up(self) -> list[Row]:
        return [row for row in self.rows if (row.difference or 0) > 0]

    @cached_property
    def down(self) -> list[Row]:
        return [row for row in self.rows if (row.difference or 0) < 0]

    # What if

    @property
    def by_lost_if(self) -> list[Row]:
        """What loses or lost points: what was tried first, then the most."""
        rows = [row for row in self.rows if row.is_tried or row.lost_if_tenths]
        return sorted(rows, key=lambda row: (not row.is_tried, -row.lost_if_tenths))

    @property
    def missing_tenths(self) -> tuple[int, int]:
        """To 100, of both sides."""
        return tuple(1000 - side.result.readiness_tenths for side in self.sides)

    @cached_property
    def unanswered_tenths(self) -> tuple[int, int]:
        """What the cap of a provisional score keeps back, of both sides."""
        return tuple(side.result.display.unanswered_tenths for side in self.sides)

    @property
    def shared_tenths(self) -> int:
        """What the second side misses beside `lost_if_tenths`; below 0, what it spares."""
        alone = sum(row.lost_if_tenths for row in self.rows)
        return self.missing_tenths[1] - self.unanswered_tenths[1] - alone

    # Two targets

    @property
    def by_lost(self) -> list[Row]:
        """What loses most on both sides together first."""
        return sorted(self.rows, key=lambda row: -row.lost_tenths)

    @property
    def only_first(self) -> list[SkillStanding]:
        return [row.first for row in self.rows if row.second is None]

    @property
    def only_second(self) -> list[SkillStanding]:
        return [row.second for row in self.rows if row.first is None]

    @cached_property
    def steps(self) -> list[Row]:
        """Gaps on both sides; what one step brings to both together, the most first."""
        rows = [row for row in self.rows if all(s and s.gap for s in row.sides)]
        return sorted(
            rows, key=lambda row: -sum(s.gap.gain_step_tenths for s in row.sides)
        )

    @property
    def first_steps(self) -> list[Row]:
        return self.steps[:MOST_STEPS]


def _by_change(row: Row) -> tuple[int, int]:
    if row.difference is None:
        return (1, 0)
    return (0, -row.size) if row.difference else (2, 0)


# The three kinds
# ------------------------------------------------------------------------------------


def compare_tried(report: Report, tried: Mapping[str, int]) -> Comparison:
    """A report, and what it would be with these levels, {skill key: point of the scale}.

    ValueError without a score; to try levels takes no score away. Where none is tried,
    the range that was stored is the range: to draw it anew takes a fifth of the page
    (`make cost`).
    """
    if not tried:
        return Comparison(report, report, tried=tried)
    answers = dict(report.answers)
    for key, value in tried.items():
        answer = answers.get(key, NO_ANSWER)
        answers[key] = replace(answer, value=value, not_applicable=False, reason="")
    second = any_report_of(report.spec, report.level, answers, report.version)
    return Comparison(report, second, tried=tried)


def compare_targets(
    report: Report, first: CareerLevel, second: CareerLevel
) -> Comparison:
    """The answers of a report against two career levels of its framework."""
    return Comparison(_against(report, first), _against(report, second))


def compare_times(then, now) -> Comparison:
    """Two assessments of one framework key, both measured on the later one's version and
    target; one query for all ratings.

    `ladder` holds the earlier answers on both versions: what nobody did but the owners.
    """
    spec, level = target_of(now)
    version = now.scoring_version
    answers = answers_of_each([then, now])
    is_alike = (then.framework_id, then.target_id, then.scoring_version) == (
        now.framework_id,
        now.target_id,
        now.scoring_version,
    )
    second = any_report_of(
        spec, level, answers[now.pk], version, likely_range=now.likely_range
    )
    if then.framework_id == now.framework_id:
        stored = then.likely_range if is_alike else None
        return Comparison(
            any_report_of(spec, level, answers[then.pk], version, likely_range=stored),
            second,
        )
    versions = two_versions(then.framework.digest, now.framework.digest)
    transfer = Transfer(versions, level.key, answers[then.pk])
    ladder = by_ladder(transfer, version)
    first = (
        ladder.second if ladder else any_report_of(spec, level, transfer.found, version)
    )
    return Comparison(first, second, transfer=transfer, ladder=ladder)


def by_ladder(transfer: Transfer, version: str) -> Comparison | None:
    """The same answers on both versions; None where one of them has no such level."""
    earlier, later = transfer.versions.earlier, transfer.versions.later
    levels = earlier.levels_by_key, later.levels_by_key
    before, now = (each.get(transfer.level) for each in levels)
    if before is None or now is None:
        return None
    return Comparison(
        any_report_of(earlier, before, transfer.said, version),
        any_report_of(later, now, transfer.found, version),
        transfer=transfer,
    )


def _against(report: Report, level: CareerLevel) -> Report:
    if level == report.level:
        return report
    return any_report_of(report.spec, level, report.answers, report.version)


# All targets
# ------------------------------------------------------------------------------------


def fits_of(report: Report) -> tuple[list[Report], list[Report]]:
    """The answers against every career level: (what is shown, rungs passed long ago).

    Ready ones first, the most demanding on top; then by the way to their own line; what
    is not measured last. Each has its number and verdict alone.
    """
    numbers = fits(report.spec, report.answers, report.version)
    there = [
        Report(report.spec, level, report.answers, numbers[level.key])
        for level in report.spec.levels
    ]
    there.sort(key=_by_fit)
    passed = {rung.level.key for rung in report.rungs if rung.standing == "passed"}
    passed.discard(report.level.key)
    shown = [each for each in there if each.level.key not in passed]
    return shown, [each for each in there if each.level.key in passed]


def _by_fit(there: Report) -> tuple[int, int]:
    if not there.is_measured:
        return (2, 0)
    if there.result.band is Band.READY:
        return (0, -sum(item.required for item in there.level.requirements))
    return (1, there.tenths_to_ready)


def other_target(report: Report) -> CareerLevel | None:
    """What to compare a report's target with first: the rung above, or the nearest one."""
    ladder = report.track
    if report.level in ladder[:-1]:
        return ladder[ladder.index(report.level) + 1]
    others = [report.nearest, report.held, *reversed(ladder), *report.spec.levels]
    return next((each for each in others if each and each != report.level), None)
