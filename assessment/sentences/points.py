"""Where the hundred points are. Pure."""

from collections.abc import Sequence

from assessment.sentences.words import printed
from careers.words import listed

WITH_HELD = "with held points"
STRIP = "The strip below the bar divides what is missing by skill, as the table does."


def points_note(*, missing: int, holders: Sequence[str]) -> str:
    """What is missing to 100, in tenths, and which must-haves hold earned points back."""
    if not missing:
        return "All 100 points are yours: nothing is missing."
    if not holders:
        return f"Every missing point stands beside its skill. {STRIP}"
    return f"Held points are yours already. They come back when {_they_rise(holders)}. {STRIP}"


def held_until(holders: Sequence[str]) -> str:
    """The line of the account that takes held points off."""
    return f"Held until {_they_rise(holders)}"


def missing_head(tenths: int) -> str:
    """The head of what is missing to 100."""
    return f"The missing {printed(tenths)}"


def _they_rise(holders: Sequence[str]) -> str:
    return f"{listed(holders)} {'rises' if len(holders) == 1 else 'rise'}"
