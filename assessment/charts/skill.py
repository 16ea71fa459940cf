"""One skill: you against what is asked of it, and its level as five pips."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.charts.shapes import TOP_LEVEL, Number, percent


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the levels 0 to 5 stand. `tick_length` makes one dash as long as a level."""

    start: str
    end: str
    ticks_end: str


@dataclass(frozen=True, slots=True)
class GapMark:
    """One line of the skill table. `state`: short, met, above, unrated or unasked."""

    state: str
    axis: Axis
    you: str
    asked: str


_FIRST, _STEP = Fraction(6), Fraction(176, 10)


def _axis(first: Fraction, step: Fraction) -> Axis:
    end = first + TOP_LEVEL * step
    # The dotted line runs a tenth of a level further, or its last dot would be cut.
    return Axis(percent(first), percent(end), percent(end + step / 10))


AXIS = _axis(_FIRST, _STEP)


def _state(rating: Number | None, required: Number) -> str:
    if rating is None:
        return "unrated"
    if not required:
        return "unasked"
    if rating < required:
        return "short"
    return "met" if rating == required else "above"


def gap_mark(rating: Number | None, required: Number) -> GapMark:
    """Draw one rating against one requirement, both 0 to 5.

    No rating leaves the filled mark out; a requirement of 0 leaves the hollow one out.
    """
    return GapMark(
        state=_state(rating, required),
        axis=AXIS,
        you="" if rating is None else percent(_FIRST + Fraction(rating) * _STEP),
        asked=percent(_FIRST + Fraction(required) * _STEP) if required else "",
    )
