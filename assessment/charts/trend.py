"""How scores moved over time: a point for each day, on a fixed scale of 0 to 100."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from assessment.charts.shapes import Label, percent, points


@dataclass(frozen=True, slots=True)
class TrendDot:
    """A day's score; its label is "" where there is none."""

    x: str
    y: str
    hollow: bool
    text: str
    text_y: str


@dataclass(frozen=True, slots=True)
class TrendStroke:
    """The way from one day to the next."""

    x: str
    y: str
    end_x: str
    end_y: str


@dataclass(frozen=True, slots=True)
class TrendRule:
    """A level line of the scale, with its number at the left."""

    y: str
    text: str
    text_y: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    title: str
    description: str
    height: int
    rules: tuple[TrendRule, ...]
    strokes: tuple[TrendStroke, ...]
    dots: tuple[TrendDot, ...]
    radius: str
    ready_y: str
    ready: Label
    first_day: Label
    last_day: Label
    days_y: int


_LEFT, _RIGHT = 16, 90  # where the first and the last day stand, in percent
_EDGE_LEFT, _EDGE_RIGHT = 10, 99  # where the level lines and the days' names end
_TOP = 42  # the y of 100 points; above it a label, and the row of the ready line
_ABOVE, _BELOW = -12, 23  # from a dot to the foot of its label
_ROOM = 16  # percent of the width that two labels side by side need
_NEAR = 8  # percent of the width that a label covers to one side
_POINT = {
    False: Fraction(3, 2),
    True: Fraction(3, 4),
}  # pixels of one point, if compact

_CROWD = 20  # more dots than this are drawn smaller, or they would clot on a phone

TrendDay = tuple[datetime.date, int, bool]
"""A day, its score in tenths, and whether that is provisional."""


def trend_chart(
    days: Sequence[TrendDay],
    *,
    ready_line: int,
    first_day: str,
    last_day: str,
    compact: bool = False,
) -> TrendChart | None:
    """Place two or more days, the oldest first; None for fewer: one day is no trend.

    x goes by the days that passed, y by the score. `first_day` and `last_day` are the
    days' names. Only the first, the last and, where it has room, the best are labelled.
    """
    if len(days) < 2 or days[0][0] == days[-1][0]:
        return None
    scale = _POINT[compact]
    floor = _TOP + 100 * scale
    ready_y = floor - ready_line * scale
    dots = _dots(days, scale)
    return TrendChart(
        title="Scores over time, on a scale from 0 to 100.",
        description=_description(days, ready_line, first_day, last_day),
        height=int(floor) + 50,
        rules=tuple(_rule(number, floor - number * scale) for number in (0, 50, 100)),
        strokes=tuple(
            TrendStroke(one.x, one.y, other.x, other.y) for one, other in pairwise(dots)
        ),
        dots=dots,
        radius="3" if len(dots) > _CROWD else "5.5",
        ready_y=_pixels(ready_y),
        ready=Label(f"ready from {ready_line}", percent(_EDGE_RIGHT), "end", -6),
        first_day=Label(first_day, percent(_EDGE_LEFT), "start"),
        last_day=Label(last_day, percent(_EDGE_RIGHT), "end"),
        days_y=int(floor) + 44,
    )


def _dots(days: Sequence[TrendDay], scale: Fraction) -> tuple[TrendDot, ...]:
    floor = _TOP + 100 * scale
    along = _along([day for day, *_ in days])
    labels = _labels([tenths for _, tenths, _ in days], along)
    dots = []
    for index, (_, tenths, provisional) in enumerate(days):
        y = floor - tenths * scale / 10
        shift = labels.get(index)
        dots.append(
            TrendDot(
                x=percent(along[index]),
                y=_pixels(y),
                hollow=provisional,
                text="" if shift is None else points(tenths),
                text_y="" if shift is None else _pixels(y + shift),
            )
        )
    return tuple(dots)


def _along(days: Sequence[datetime.date]) -> list[Fraction]:
    """Where each day stands, in percent of the width."""
    span = (days[-1] - days[0]).days
    return [_LEFT + Fraction((_RIGHT - _LEFT) * (d - days[0]).days, span) for d in days]


def _labels(scores: Sequence[int], along: Sequence[Fraction]) -> dict[int, int]:
    """{index: how far its label stands below the dot}, on the side without the line."""
    last = len(scores) - 1
    best = scores.index(max(scores))
    labels = {}
    for end in (0, last):
        near = (
            score
            for score, x in zip(scores, along, strict=True)
            if abs(x - along[end]) <= _NEAR
        )
        beside = scores[1] if end == 0 else scores[last - 1]
        is_higher = max(beside, *near) > scores[end]
        labels[end] = _BELOW if is_higher else _ABOVE
    if along[best] - _LEFT >= _ROOM and _RIGHT - along[best] >= _ROOM:
        labels[best] = _ABOVE
    return labels


def _rule(number: int, y: Fraction) -> TrendRule:
    return TrendRule(y=_pixels(y), text=str(number), text_y=_pixels(y + 4))


def _pixels(value: Fraction) -> str:
    return f"{float(value):.1f}"


def _description(
    days: Sequence[TrendDay], ready_line: int, first_day: str, last_day: str
) -> str:
    first, last = days[0][1], days[-1][1]
    change = "the same"
    if last != first:
        way = "higher" if last > first else "lower"
        change = f"{points(abs(last - first))} {way}"
    return (
        f"{len(days)} days. First {points(first)} on {first_day}, last {points(last)} on "
        f"{last_day}: {change}. Ready from {ready_line}."
    )
