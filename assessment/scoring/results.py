"""What comes out of the engine. Every number is exact unless it is a float."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .bands import Cuts
from .parameters import Number
from .words import Band, Lane, Reason, Status


@dataclass(frozen=True, slots=True)
class Insufficient:
    """No score. `reasons` says why, `unanswered` what to answer next.

    The shares are None if the target asks for nothing that applies.
    """

    status: Status
    reasons: tuple[Reason, ...]
    answered_share: Fraction | None
    not_applicable_share: Fraction | None
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """The numbers as they are printed; tenths of a point, so that they add up.

    `sum(earned_tenths) - held_tenths == readiness_tenths`, and
    `sum(lost_tenths) == 1000 - readiness_tenths`.
    """

    score: int
    banked: int
    readiness_tenths: int
    coverage_tenths: int
    held_tenths: int
    earned_tenths: Mapping[str, int]
    lost_tenths: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DomainScore:
    """One domain: its share of the answered weight, and the coverage inside it."""

    share: Fraction
    coverage: Fraction


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The headline if every answered rating were a little lower or higher."""

    readiness: Fraction
    band: Band


@dataclass(frozen=True, slots=True)
class Gap:
    """One answered skill below its requirement, and what raising it would bring.

    `gap` and `step` are levels, `need` and the gains are points. A gain is what the
    readiness would show; a banked gain is what the coverage would, which another open
    must-have may hold back.
    """

    rank: int
    key: str
    must_have: bool
    gap: Fraction
    need: Fraction
    step: Fraction
    step_hours: Fraction
    step_gain: Fraction
    step_gain_banked: Fraction
    step_gain_per_10h: Fraction
    step_banked_per_10h: Fraction
    close_hours: Fraction
    close_gain: Fraction
    priority_raw: float
    priority: float
    pinned: bool
    lane: Lane


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with its reasons (docs/scoring.md has the meaning of every field).

    Mappings are keyed by skill, in input order, and hold answered skills only.
    `bundle_gain` is None unless must-haves hold points back.
    """

    scoring_version: str
    status: Status
    reasons: tuple[Reason, ...]
    answered_share: Fraction
    not_applicable_share: Fraction
    unanswered: tuple[str, ...]

    coverage: Fraction
    ceiling: Fraction
    readiness: Fraction
    held: Fraction
    worst_must_have_gap: Fraction
    binding: tuple[str, ...]
    open_must_haves: tuple[str, ...]

    cuts: Cuts
    coverage_rail: Band
    must_have_rail: Band
    band: Band

    meets_all: bool
    requirements_met: int
    requirements_total: int
    lower_bound: Fraction
    upper_bound: Fraction
    likely_range: tuple[float, float]

    attainment: Mapping[str, Fraction]
    earned: Mapping[str, Fraction]
    lost: Mapping[str, Fraction]
    display: Display
    domains: Mapping[str, DomainScore]
    gaps: tuple[Gap, ...]
    bundle_gain: Fraction | None
    what_if_lower: WhatIf
    what_if_higher: WhatIf


Result = Scored | Insufficient


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the ladder for one person.

    All of coverage, readiness and band are None if the level could not be measured;
    then `reasons` and `unanswered` say what is missing.
    """

    level: int
    status: Status
    reasons: tuple[Reason, ...]
    unanswered: tuple[str, ...]
    coverage: Fraction | None
    readiness: Fraction | None
    band: Band | None
    cut_ready: int
    level_below_coverage: Fraction

    @property
    def is_measured(self) -> bool:
        return self.status is not Status.INSUFFICIENT

    @property
    def is_held(self) -> bool:
        return self.band is Band.READY


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a person stands on the ladder; levels count from 1.

    `level` 0 is "before level 1"; level, step progress and index are None if no level
    could be measured. `stopped_at` is the lowest measured level that is not held, and
    `blocked_by` its open must-haves if they alone keep it from being held.
    """

    level: int | None
    step_progress: Fraction | None
    index: Fraction | None
    stopped_at: int | None
    blocked_by: tuple[str, ...]
    also_qualifies: tuple[int, ...]
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one changed number of the target does to the readiness.

    `change` is +1 or -1; `difference` is the new readiness less the old one.
    """

    key: str
    change: int
    readiness: Fraction
    difference: Fraction


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The effects of every single change, the largest first."""

    required: tuple[Effect, ...]
    weight: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The movement of one skill between two assessments, in levels.

    `noise` is the smallest movement that is clear; a smaller one may be chance.
    """

    difference: Number
    noise: float
    is_clear: bool
