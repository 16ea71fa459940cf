"""Results as drawings: the geometry of the gap mark, the trend and the curve, as attribute texts.

Pure, no rounding and no judgement. Points come in as printed tenths (684 is 68.4 points),
so that what is drawn is what is written beside it. All x are per cent of the width, all y
are pixels: drawings slide with the page, text does not shrink on a phone. A part that is
not there is None or "", never zero wide.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, zip_longest

from careers.charts import percent

# One skill: you against what is required of it
# ------------------------------------------------------------------------------------

FIRST, WIDTH = Fraction(6), Fraction(88)  # per cent; a mark needs room at both ends


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the points of the scale stand. `length`, in dashes, makes each one level long."""

    start: str
    end: str
    ticks_end: str
    length: str


@dataclass(frozen=True, slots=True)
class GapMark:
    """One line of the skill table. `state`: short, met, above, unrated or unasked."""

    state: str
    axis: Axis
    you: str
    required: str


def _state(rating: int | Fraction | None, required: int | Fraction) -> str:
    if rating is None:
        return "unrated"
    if not required:
        return "unasked"
    if rating < required:
        return "short"
    return "met" if rating == required else "above"


def gap_mark(
    rating: int | Fraction | None, required: int | Fraction, lowest: int, top: int
) -> GapMark:
    """Draw one rating against one requirement, on a scale from `lowest` to `top`.

    No rating leaves the filled mark out; a requirement of 0 leaves the hollow one out.
    """
    step = WIDTH / (top - lowest)

    def place(value: int | Fraction) -> str:
        return percent(FIRST + (Fraction(value) - lowest) * step)

    return GapMark(
        state=_state(rating, required),
        axis=Axis(
            start=place(lowest),
            end=place(top),
            # The dotted line runs a tenth of a level further, or its last dot would be cut.
            ticks_end=place(top + Fraction(1, 10)),
            length=f"{top - lowest}.1",
        ),
        you="" if rating is None else place(rating),
        required=place(required) if required else "",
    )


# Scores over time: a dot for each day, on the whole scale of a score
# ------------------------------------------------------------------------------------

LOWEST, HIGHEST = 0, 100
LEFT, RIGHT = 16, 90  # where the first and the last day stand, in per cent of the width
TOP = 42  # the y of the highest score; above it a label, and the row of the ready line
ABOVE, BELOW = -12, 23  # from a dot to the foot of its label
ROOM = 16  # per cent of the width that two labels side by side need
BEYOND = 4  # per cent of the width from the last day to a change after it
NEAR = 8  # per cent of the width that a label covers to one side
POINT = Fraction(3, 2)  # pixels
CROWD = 20  # more dots than this are drawn smaller, or they would clot on a phone

TrendDay = tuple[datetime.date, int, bool]
"""A day, its score in tenths, and whether that is provisional."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A day's score. `label_y` is the foot of its label, or "" where there is none."""

    x: str
    y: str
    tenths: int
    is_provisional: bool
    label_y: str


@dataclass(frozen=True)
class TrendChart:
    """Two or more days, the oldest first: x by the days that passed, y by the score.

    `changes` are the days on which what is measured against changed, with a name each.
    """

    days: Sequence[TrendDay]
    ready_line: int
    changes: Sequence[tuple[datetime.date, str]] = ()

    @property
    def height(self) -> int:
        return self.days_y + 6

    @property
    def days_y(self) -> int:
        """The foot of the names of the first and the last day."""
        return int(self._y(LOWEST)) + 44

    @property
    def ready_y(self) -> str:
        return _pixels(self._y(self.ready_line))

    @property
    def rules(self) -> list[tuple[int, str, str]]:
        """(points, y, foot of their label) of the ends of the scale and its middle."""
        points = (LOWEST, (LOWEST + HIGHEST) // 2, HIGHEST)
        return [
            (each, _pixels(self._y(each)), _pixels(self._y(each) + 4))
            for each in points
        ]

    @property
    def radius(self) -> str:
        return "3" if len(self.days) > CROWD else "5.5"

    @property
    def strokes(self) -> Iterator[tuple[Dot, Dot]]:
        """From each day to the next."""
        return pairwise(self.dots)

    @cached_property
    def dots(self) -> list[Dot]:
        labels = self._labels()
        dots = []
        for index, (_, tenths, is_provisional) in enumerate(self.days):
            y, label = self._y(Fraction(tenths, 10)), labels.get(index)
            dots.append(
                Dot(
                    percent(self._along[index]),
                    _pixels(y),
                    tenths,
                    is_provisional,
                    "" if label is None else _pixels(y + label),
                )
            )
        return dots

    @cached_property
    def _along(self) -> list[Fraction]:
        """Where each day stands, in per cent of the width."""
        return [self._place(day) for day, *_ in self.days]

    def _place(self, day: datetime.date) -> Fraction:
        first, last = self.days[0][0], self.days[-1][0]
        width = Fraction(RIGHT - LEFT, (last - first).days)
        return LEFT + width * (day - first).days

    @property
    def changes_drawn(self) -> Iterator[tuple[str, str]]:
        """(x, name) of each change; a name that would meet the one after it is "".

        What lies before the first day or after the last is drawn at the edge.
        """
        edge = Fraction(BEYOND)
        along = [
            min(max(self._place(day), LEFT - edge), RIGHT + edge)
            for day, _ in self.changes
        ]
        for (_, name), x, following in zip_longest(self.changes, along, along[1:]):
            has_room = following is None or following - x >= ROOM
            yield percent(x), name if has_room else ""

    @property
    def foot_y(self) -> str:
        """Of the lowest line."""
        return _pixels(self._y(LOWEST))

    @property
    def changes_y(self) -> str:
        """The foot of the names of the changes: on the lowest line."""
        return _pixels(self._y(LOWEST) - 6)

    def _labels(self) -> dict[int, int]:
        """{index: from its dot to its label}: the ends and, where it has room, the best.

        Each on the side without the line.
        """
        scores = [tenths for _, tenths, _ in self.days]
        last, best = len(scores) - 1, scores.index(max(scores))
        labels = {}
        for end, beside in ((0, 1), (last, last - 1)):
            near = (
                score
                for score, x in zip(scores, self._along, strict=True)
                if abs(x - self._along[end]) <= NEAR
            )
            is_higher = max(scores[beside], *near) > scores[end]
            labels[end] = BELOW if is_higher else ABOVE
        if LEFT + ROOM <= self._along[best] <= RIGHT - ROOM:
            labels[best] = ABOVE
        return labels

    def _y(self, points: int | Fraction) -> Fraction:
        return TOP + (HIGHEST - points) * POINT


# Readiness over hours: the best set of steps at some numbers of hours
# ------------------------------------------------------------------------------------

CURVE_TOP, CURVE_FOOT = 20, 196  # the y of 100 points, and of the lowest that is drawn


@dataclass(frozen=True)
class CurveChart:
    """Some (hours, tenths), the fewest hours first; `lowest` points are at the foot."""

    points: Sequence[tuple[int, int]]
    ready_line: int

    @cached_property
    def lowest(self) -> int:
        """Whole tens, so that the lines of the ground bear round numbers."""
        return min(self.points[0][1] // 100 * 10, 90)

    @property
    def rules(self) -> list[tuple[int, str]]:
        """(points, y) of each line of the ground."""
        step = 10 if self.lowest >= 50 else 20
        return [
            (each, self.y(10 * each)) for each in range(100, self.lowest - 1, -step)
        ]

    @property
    def ready_y(self) -> str:
        return self.y(10 * self.ready_line)

    @property
    def is_ready_early(self) -> bool:
        """In the first half of the hours, so that the label of the line goes to its end."""
        half = Fraction(self.points[-1][0], 2)
        for (hours, before), (more, after) in pairwise(self.points):
            if more >= half:
                share = (half - hours) / (more - hours)
                return before + (after - before) * share >= 10 * self.ready_line
        return False

    @property
    def dots(self) -> list[tuple[str, str]]:
        return [(self.x(hours), self.y(tenths)) for hours, tenths in self.points]

    @property
    def strokes(self) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        return pairwise(self.dots)

    def x(self, hours: int) -> str:
        last = self.points[-1][0]
        return percent(Fraction(100 * min(hours, last), last or 1))

    def y(self, tenths: int) -> str:
        height = Fraction(1000 - tenths, 1000 - 10 * self.lowest)
        return _pixels(CURVE_TOP + height * (CURVE_FOOT - CURVE_TOP))


def _pixels(value: Fraction) -> str:
    return f"{float(value):.1f}"
