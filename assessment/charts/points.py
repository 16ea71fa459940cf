"""Where the 100 points are: yours now, held, left to earn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.charts.shapes import Label, of_tenths, points

FULL = 1000
"""All points, in tenths."""

LABEL_FITS = 190
"""A part of the bar holds its own label from this many tenths on."""


@dataclass(frozen=True, slots=True)
class PointsPart:
    """`kind` is earned, held or lost; `inside` says where its label stands."""

    kind: str
    x: str
    end: str
    width: str
    inside: bool
    label: Label
    label_y: int


@dataclass(frozen=True, slots=True)
class PointsBar:
    """`missing` is where the strip begins that divides what is missing by skill, and its
    dashes: of a line that is `missing_length` long."""

    title: str
    height: int
    parts: tuple[PointsPart, ...]
    missing: str
    missing_length: int
    missing_dashes: str


_LABEL_INSIDE_Y, _LABEL_BELOW_Y, _LABEL_ROW, _STRIP = 21, 50, 18, 14
_APART = 4  # tenths between two skills of the strip


def points_bar(
    readiness_tenths: int, held_tenths: int = 0, missing: Sequence[int] = ()
) -> PointsBar:
    """Part 1000 tenths into yours now, held, and left to earn; empty parts are left out.

    `missing` are the tenths that each skill lacks; together they are what is missing.
    A label stands inside its part from 19 points on, else below, a row for each.
    """
    lost_tenths = FULL - readiness_tenths - held_tenths
    parts: list[PointsPart] = []
    begin, y = 0, _LABEL_BELOW_Y + (_STRIP if missing else 0)
    for kind, tenths, word in (
        ("earned", readiness_tenths, "now"),
        ("held", held_tenths, "held"),
        ("lost", lost_tenths, "left"),
    ):
        if not tenths:
            continue
        inside = tenths >= LABEL_FITS and kind != "held"
        parts.append(_points_part(kind, begin, tenths, word, inside, y))
        begin += tenths
        if not inside:
            y += _LABEL_ROW
    return PointsBar(
        title=(
            f"Of 100 points {points(readiness_tenths)} are yours now"
            + (f", {points(held_tenths)} are held" if held_tenths else "")
            + (f", {points(lost_tenths)} are left" if lost_tenths else "")
            + "."
        ),
        height=y - 12,
        parts=tuple(parts),
        missing=of_tenths(readiness_tenths) if missing else "",
        missing_length=sum(missing),
        missing_dashes=" ".join(
            f"{tenths - min(_APART, tenths / 2):g} {min(_APART, tenths / 2):g}"
            for tenths in missing
        ),
    )


def _points_part(
    kind: str, begin: int, tenths: int, word: str, inside: bool, y: int
) -> PointsPart:
    end = begin + tenths
    at_end = kind == "lost" or (not inside and end > 300)
    return PointsPart(
        kind=kind,
        x=of_tenths(begin),
        end=of_tenths(end),
        width=of_tenths(tenths),
        inside=inside,
        label=Label(
            f"{points(tenths)} {word}",
            of_tenths(end if at_end else begin),
            "end" if at_end else "start",
            (-8 if at_end else 12) if inside else 0,
        ),
        label_y=_LABEL_INSIDE_Y if inside else y,
    )
