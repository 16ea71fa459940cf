"""One person against one target, skill by skill.

The tally (`readiness`) knows the sums; a standing knows what each skill adds to them,
which is what the explanation, the priorities and the sensitivity are made from. Inside
it counts in whole credits and whole parts of a level, as the tally does; `points` and
`levels` turn them into the exact numbers that leave the engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from .inputs import SkillInput
from .parameters import Number, Parameters
from .readiness import Tally
from .target import ceiling_at, in_parts


class RatedSkill(NamedTuple):
    """One answered requirement. Levels are counted in parts, points in credits.

    `credit` is what one part earns, `possible` what the met requirement earns.
    """

    skill: SkillInput
    rating: Number
    required: int
    level: int
    credit: int
    possible: int

    @property
    def key(self) -> str:
        return self.skill.key

    @property
    def gap(self) -> int:
        return max(0, self.required - self.level)

    @property
    def earned(self) -> int:
        return self.credit * min(self.level, self.required)

    @property
    def is_open_must_have(self) -> bool:
        return self.skill.must_have and self.level < self.required


@dataclass(frozen=True, slots=True)
class Standing:
    """All answered requirements with the score that they add up to."""

    tally: Tally
    rated: tuple[RatedSkill, ...]
    coverage: Fraction
    ceiling: Fraction
    readiness: Fraction
    open_must_haves: tuple[RatedSkill, ...]

    @property
    def parameters(self) -> Parameters:
        return self.tally.target.parameters

    @property
    def held(self) -> Fraction:
        """The points that are earned, but held until the worst must-have is raised."""
        return self.coverage - self.readiness

    @property
    def binding(self) -> tuple[RatedSkill, ...]:
        """The must-haves that hold points back; empty if none are held."""
        if self.coverage <= self.ceiling:
            return ()
        worst = self.tally.worst_gap
        return tuple(rated for rated in self.open_must_haves if rated.gap == worst)

    def points(self, credit: int) -> Fraction:
        """Return the points of coverage that a credit amounts to."""
        return Fraction(100 * credit, self.tally.whole_credit)

    def levels(self, parts: int) -> Fraction:
        """Return the levels that parts of a level amount to."""
        return Fraction(parts, self.tally.unit)

    def readiness_if_raised(self, raised: Sequence[RatedSkill], parts: int) -> Fraction:
        """Return the readiness if these skills were raised, none beyond its gap."""
        credit = sum(rated.credit for rated in raised) * parts
        keys = {rated.key for rated in raised}
        gaps = (
            rated.gap - parts if rated.key in keys else rated.gap
            for rated in self.open_must_haves
        )
        ceiling = ceiling_at(self.levels(max(gaps, default=0)), self.parameters)
        return min(self.points(self.tally.credit + credit), ceiling)


def standing_of(skills: Sequence[SkillInput], tally: Tally) -> Standing:
    """Return the standing behind a tally of the same skills that may be scored."""
    rated = tuple(_rated_skills(skills, tally))
    return Standing(
        tally=tally,
        rated=rated,
        coverage=tally.coverage,
        ceiling=tally.ceiling,
        readiness=tally.readiness,
        open_must_haves=tuple(item for item in rated if item.is_open_must_have),
    )


def _rated_skills(skills: Sequence[SkillInput], tally: Tally) -> Sequence[RatedSkill]:
    stretch = tally.unit // tally.target.unit
    demands = {demand.key: demand for demand in tally.target.demands}
    rated = []
    for skill in skills:
        if not skill.is_answered or skill.rating is None:
            continue
        demand = demands[skill.key]
        rated.append(
            RatedSkill(
                skill=skill,
                rating=skill.rating,
                required=demand.required * stretch,
                level=in_parts(skill.rating, tally.unit),
                credit=demand.credit,
                possible=demand.weight * tally.full_credit,
            )
        )
    return rated
