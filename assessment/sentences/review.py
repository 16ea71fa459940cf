"""What is said of answers that are not submitted yet. Pure; none of it stops anybody."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.scoring import CURRENT
from assessment.sentences.words import percent
from careers.words import counted, in_words, listed

TOO_QUICK = (
    "These answers came quicker than the sentences can be read. A second look makes "
    "the report worth more."
)


def missing_text(count: int) -> str:
    """How many skills are still to be answered; "" without any."""
    if not count:
        return ""
    said = counted(count, "skill is", "skills are").capitalize()
    return f"{said} not answered."


def all_alike(count: int, value: int) -> str:
    """Said where every one of `count` skills has the same level."""
    return (
        f"All {count} answers are {value}. Few people stand at one level in "
        "everything: is there a skill that you use much less than another?"
    )


def rated_long_ago(skills: Sequence[str]) -> str:
    """Asks whether answers of more than a year ago still hold; `skills` is not empty."""
    still = "Is it" if len(skills) == 1 else "Are they"
    return f"Rated more than a year ago: {listed(skills)}. {still} still true?"


def must_haves_met(total: int, still_open: int) -> str:
    """How the must-haves of a level stand, without a score."""
    if still_open:
        said = counted(still_open, "must-have is", "must-haves are").capitalize()
        return f"{said} open."
    if total == 1:
        return "The one must-have is met by your own rating."
    return f"All {in_words(total)} must-haves are met by your own rating."


def why_no_score(*, must_haves: int, percent_of_weight: int, level: str) -> str:
    """Why a quick look at the must-haves has no number."""
    these = (
        "this skill is"
        if must_haves == 1
        else f"these {in_words(must_haves)} skills are"
    )
    return (
        f"There is no score: {these} {percent_of_weight} % of what {level} asks for, and "
        f"a score needs at least {percent(CURRENT.min_answered_share)}. A must-have that "
        "is short would hold any score down, so this is the place to begin."
    )


def retargeted(level: str) -> str:
    """What changing the target did."""
    return f"Your target is now {level}. All your answers are still here."


def insists(level: str, skills: Sequence[str]) -> str:
    """Asks for a level where must-haves are left out; `skills` is not empty."""
    those = "is a must-have" if len(skills) == 1 else "are must-haves"
    return (
        f"{listed(skills)} {those} of {level}, so no score can do without. Not a part of "
        "your work today? Think of the last time it was, and choose the highest sentence "
        "that was true."
    )
