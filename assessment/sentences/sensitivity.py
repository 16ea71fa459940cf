"""How firm a score is: what would change it, and by how much. Pure.

Source: docs/scoring.md, "How sensitive the score is".
"""

from __future__ import annotations

from collections.abc import Sequence

from assessment.scoring import Band
from assessment.sentences.words import BAND_TITLES, printed
from careers.words import listed


def seen_lower(*, shift: str, score: int, lower: int, band: Band, then: Band) -> str:
    """The score and the verdict if every rating were `shift` of a level lower."""
    still = "still be" if lower == score else "be"
    number = f"the score would {still} {lower}"
    if then is band:
        verdict = f"and the verdict would stay: {BAND_TITLES[band]}"
    else:
        verdict = f"and the verdict {BAND_TITLES[then]} instead of {BAND_TITLES[band]}"
    return f"If a reviewer saw you {shift} of a level lower everywhere, {number}, {verdict}."


def requirement_matters(
    *, level: str, skill: str, asked: str, instead: str, before: int, after: int
) -> str:
    """The requirement that moves the score most; `before` and `after` are tenths."""
    return (
        f"The requirement that matters most is {skill}: if {level} asked for {instead} "
        f"instead of {asked}, {_moved(before, after)}."
    )


def no_requirement_matters() -> str:
    return "No single requirement, one level higher or lower, would change the score."


def importance_matters(
    *, skill: str, importance: int, instead: int, most: int, before: int, after: int
) -> str:
    """The importance that moves the score most; `most` is the top of its scale."""
    return (
        f"The importance that matters most is that of {skill}: at {instead} instead of "
        f"{importance} out of {most}, {_moved(before, after)}."
    )


def no_importance_matters(*, meets_all: bool, held_by: Sequence[str]) -> str:
    """`held_by` names the must-haves that hold points back; empty where none do."""
    if held_by:
        sets = "sets" if len(held_by) == 1 else "set"
        return (
            f"No single importance would change the score: {listed(held_by)} {sets} its "
            "limit, however the skills are weighed."
        )
    if meets_all:
        return "No importance would change the score: everything asked for is met."
    return "No single importance, one step higher or lower, would change the score."


def _moved(before: int, after: int) -> str:
    change = after - before
    if not change:
        return "the score would change by less than a tenth of a point"
    verb = "rise" if change > 0 else "fall"
    by = f"{printed(abs(change))} {'point' if abs(change) == 10 else 'points'}"
    return f"the score would {verb} by {by}, to {printed(after)}"
