"""The cut that a panel of judges sets for a level (modified Angoff).

Source: docs/scoring.md, "A panel's cut".
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .errors import ScoringError
from .inputs import SkillInput, check_rating, check_skills
from .parameters import CURRENT, Number, Parameters


def panel_cut(
    skills: Sequence[SkillInput],
    judges: Sequence[Mapping[str, Number]],
    parameters: Parameters = CURRENT,
) -> Fraction:
    """Return the coverage, in points, of the person whom the judges call just ready.

    Each judge maps every required skill to the level expected of that person. The
    cut is the mean over the judges of that coverage; `score` rounds it up. Raises
    `ScoringError` without judges or requirements, and for a judge who left out a
    skill or is off the scale.
    """
    check_skills(skills, parameters)
    required_skills = [skill for skill in skills if skill.is_required]
    if not judges or not required_skills:
        raise ScoringError("there is no judge or no required skill", "give both")
    expected = sum(
        skill.weight * _expected_attainment(skill, judge, parameters)
        for skill in required_skills
        for judge in judges
    )
    total_weight = sum(skill.weight for skill in required_skills)
    return 100 * Fraction(expected) / (len(judges) * total_weight)


def _expected_attainment(
    skill: SkillInput, judge: Mapping[str, Number], parameters: Parameters
) -> Fraction:
    level = judge.get(skill.key)
    check_rating(skill.key, level, parameters)
    assert level is not None
    return Fraction(min(level, skill.required)) / skill.required
