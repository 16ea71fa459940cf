"""How numbers become attribute texts, and the label that all charts share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Number = int | float | Fraction

TOP_LEVEL = 5


def percent(value: Number) -> str:
    return f"{float(value):.2f}%"


def points(tenths: int) -> str:
    """Tenths of a point, or of a level, as they are printed: 684 is 68.4."""
    return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a chart. `anchor` is start, middle or end; `shift` in pixels."""

    text: str
    x: str
    anchor: str
    shift: int = 0
