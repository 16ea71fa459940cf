"""What one career level asks for, prepared once so that many people can be scored.

A target holds whole numbers only. Preparing it costs as much as scoring several
people against it, so whoever scores many (the ladder, the fit with other careers, an
impact preview) prepares each target once and keeps it: a target never changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from .bands import Cuts, cuts_for
from .inputs import SkillInput, check_skills
from .parameters import CURRENT, Number, Parameters


class Demand(NamedTuple):
    """One required skill, in whole numbers.

    `required` counts parts of a level (`Target.unit` parts are one level), and
    `credit` is what each of these parts earns, chosen so that
    `required * credit == weight * Target.full_credit` for every skill.
    """

    key: str
    required: int
    credit: int
    weight: int
    must_have: bool


@dataclass(frozen=True, slots=True)
class Target:
    """The required skills of one career level with its cuts; made by `prepare`."""

    demands: tuple[Demand, ...]
    unit: int
    full_credit: int
    level_below_coverage: Fraction
    cuts: Cuts
    parameters: Parameters


def prepare(
    skills: Sequence[SkillInput],
    *,
    level_below_coverage: Number | None = None,
    angoff_cut: Number | None = None,
    parameters: Parameters = CURRENT,
) -> Target:
    """Return the target that these skills describe; their answers are not used.

    Raises `ScoringError`, naming the skill and the cure, if a skill cannot be scored.
    """
    check_skills(skills, parameters)
    cuts = cuts_for(level_below_coverage, angoff_cut, parameters)
    required_skills = [skill for skill in skills if skill.is_required]
    unit = lcm(*(skill.required.denominator for skill in required_skills))
    weight_unit = lcm(*(skill.weight.denominator for skill in required_skills))
    full_credit = lcm(*(in_parts(skill.required, unit) for skill in required_skills))
    return Target(
        demands=tuple(
            _demand(skill, unit, weight_unit, full_credit) for skill in required_skills
        ),
        unit=unit,
        full_credit=full_credit,
        level_below_coverage=Fraction(level_below_coverage or 0),
        cuts=cuts,
        parameters=parameters,
    )


def in_parts(value: Number, unit: int) -> int:
    """Return how many parts a number has, for a unit in which it is whole."""
    return value.numerator * (unit // value.denominator)


def ceiling_at(worst_must_have_gap: Number, parameters: Parameters) -> Fraction:
    """Return the highest score that a must-have gap, in levels, still allows."""
    parts, unit = worst_must_have_gap.numerator, worst_must_have_gap.denominator
    whole_scale = parameters.scale_top * unit
    lost = parameters.ceiling_span * parts
    return Fraction(max(0, 100 * whole_scale - lost), whole_scale)


def _demand(skill: SkillInput, unit: int, weight_unit: int, full_credit: int) -> Demand:
    required = in_parts(skill.required, unit)
    weight = in_parts(skill.weight, weight_unit)
    return Demand(
        key=skill.key,
        required=required,
        credit=weight * full_credit // required,
        weight=weight,
        must_have=skill.must_have,
    )
