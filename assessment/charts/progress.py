"""How far the answers have come, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.charts.shapes import percent


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """One group: where its part of the line begins, how long it is, and how far done."""

    x: str
    width: str
    done: str


@dataclass(frozen=True, slots=True)
class Progress:
    """`step` is the length that one more answer adds, in per cent."""

    answered: int
    total: int
    step: str
    parts: tuple[ProgressPart, ...]


_GAP = Fraction(1)


def progress(groups: Sequence[tuple[int, int]]) -> Progress:
    """Part a line by groups, each (answered, total), a point of width between them."""
    total = sum(size for _, size in groups)
    room = 100 - _GAP * max(len(groups) - 1, 0)
    parts = []
    x = Fraction(0)
    for answered, size in groups:
        width = room * size / total if total else Fraction(0)
        parts.append(
            ProgressPart(
                percent(x),
                percent(width),
                percent(width * answered / size if size else Fraction(0)),
            )
        )
        x += width + _GAP
    return Progress(
        answered=sum(answered for answered, _ in groups),
        total=total,
        step=f"{float(room / total):.4f}" if total else "0",
        parts=tuple(parts),
    )
