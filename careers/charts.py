"""What a framework requires, as drawings: where their lines stand, as attribute texts.

Pure: standard library only; draws no person. All in per cent, so that drawings slide with
the page while text does not shrink on a phone; what is a pixel stands in the templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


def percent(value: float | Fraction) -> str:
    return f"{float(value):.2f}%"


def height(value: int | Decimal, lowest: int, top: int) -> str:
    """How far below the end of a scale a value stands: 0% is `top`, 100% is `lowest`."""
    return percent(100 * (top - Fraction(value)) / (top - lowest))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a stair; `before` is the y of the step before it, if there is one."""

    value: int | Decimal
    x: str
    width: str
    y: str
    before: str | None


def stair(values: Sequence[int | Decimal], lowest: int, top: int) -> list[Step]:
    """A step for each value, side by side, on a scale that ends at `lowest` and `top`."""
    heights = [height(value, lowest, top) for value in values]
    width = Fraction(100, max(len(values), 1))
    return [
        Step(value, percent(place * width), percent(width), y, before)
        for place, (value, y, before) in enumerate(
            zip(values, heights, [None, *heights[:-1]], strict=True)
        )
    ]
