"""Hypothesis strategies for people and targets.

Numbers are drawn as small whole ones and turned into quarters of a level: that is
quick, and it shrinks to cases that can be checked by hand.
"""

from dataclasses import replace
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from assessment.scoring import Confidence, Evidence, SkillInput

QUARTERS = 4

# Few and always the same examples: the scoring tests take seconds, and never flake.
few = settings(max_examples=30, deadline=None, database=None, derandomize=True)

_answer = st.tuples(
    st.integers(0, 5),
    st.integers(1, 5),
    st.booleans(),
    st.integers(0, 5 * QUARTERS),
    st.sampled_from(Confidence),
    st.sampled_from(Evidence),
    st.sampled_from(["technical", "soft"]),
)
_answers = st.lists(_answer, min_size=1, max_size=6)


def _skill(number, answer):
    required, weight, must_have, quarters, confidence, evidence, domain = answer
    return SkillInput(
        f"s{number}",
        # The first skill is always required, so that there is something to score.
        max(required, 1) if number == 0 else required,
        weight,
        must_have=must_have and (required > 0 or number == 0),
        rating=Fraction(quarters, QUARTERS),
        confidence=confidence,
        evidence=evidence,
        domain=domain,
    )


def _skills(answers):
    return tuple(_skill(number, answer) for number, answer in enumerate(answers))


def _with_one_open(skills, required, parts):
    """Add an unanswered skill of at most a fifth of the whole weight."""
    answered = sum(skill.weight for skill in skills if skill.required)
    weight = Fraction(answered * parts, 16)
    return (*skills, SkillInput("open", required, weight, domain="soft"))


complete = _answers.map(_skills)
provisional = st.builds(_with_one_open, complete, st.integers(1, 5), st.integers(1, 4))
scored = st.one_of(complete, provisional)
level_below = st.one_of(st.none(), st.integers(0, 100))


def raised(skills, position, quarters):
    """Return the skills with one rating raised, as far as the scale goes."""
    position %= len(skills)
    skill = skills[position]
    if skill.rating is None:
        return skills
    rating = min(skill.rating + Fraction(quarters, QUARTERS), 5)
    return (
        *skills[:position],
        replace(skill, rating=rating),
        *skills[position + 1 :],
    )


def headline(result):
    """Return what a score and a quick readiness have in common."""
    return result.coverage, result.ceiling, result.readiness, result.band
