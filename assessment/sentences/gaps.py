"""The gaps that matter most, and what closing them is worth. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assessment.sentences.words import points_of, printed
from careers.words import in_words, listed

ONE_STEP = "points for one step up"


def gaps_title(shown: int) -> str:
    """The heading above so many gaps; "" without any, where there is no list."""
    if not shown:
        return ""
    if shown == 1:
        return "The one gap"
    return f"The {in_words(shown)} gaps that matter most"


def gaps_note(*, gaps: int, binding: Sequence[str], together: str) -> str:
    """How to read the list of gaps.

    `gaps` are all that are open, `binding` names the must-haves that hold points back, and
    `together` is the printed gain of raising them all by one level.
    """
    if not gaps:
        return ""
    if gaps == 1:
        return "Close it, and every skill that you answered is met."
    if not binding:
        return "The order weighs points, must-haves and hours."
    if len(binding) == 1:
        return (
            "The first one comes before the others: until it is raised, their "
            "points are banked but do not show."
        )
    return f"Raise {listed(binding)} together by one level: {together}."


def holds_back(tenths: int) -> str:
    """What a single must-have holds back; empty without any."""
    return f"Holds {points_of(tenths)} back" if tenths else ""


def gain_shown_later(others: Sequence[str]) -> str:
    """What a gain counts that shows only once the other must-haves are raised too."""
    verb = "is" if len(others) == 1 else "are"
    return f"{ONE_STEP}, shown once {listed(others)} {verb} raised too"


def action_with_hours(description: str, hours: int | None) -> str:
    """What to do, and a rough guide to how long it takes where there is one."""
    if hours is None:
        return description
    unit = "hour" if hours == 1 else "hours"
    return f"{description} About {hours} {unit}."


def printed_gain(points: Fraction | None) -> str:
    """A gain as it is printed, to the nearest tenth: "+14.3"; "under 0.1" if less."""
    gain = points or Fraction(0)
    tenths = round(10 * gain)
    return "under 0.1" if gain and not tenths else f"+{printed(tenths)}"
