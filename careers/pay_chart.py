"""Pay as bars on one scale of money. Pure: standard library only.

All x are percent of the width, as attribute texts: see `careers/charts.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from careers.charts import percent

STEP = 50_000
"""What lies between two lines of the grid."""


@dataclass(frozen=True, slots=True)
class PayBar:
    """Two marks on a scale, and the line that leads to them or lies between them."""

    low: str
    high: str
    line_start: str
    line_end: str
    grid: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayTick:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class PayScale:
    """From 0 to the first step that holds all amounts."""

    top: int

    def between(self, low: int, high: int) -> PayBar:
        """A range: the line lies between its ends."""
        return self._bar(low, high, (low, high))

    def up_to(self, amount: int, other: int) -> PayBar:
        """An amount from 0 on, and another mark beside it."""
        return self._bar(amount, other, (0, amount))

    @property
    def ticks(self) -> tuple[PayTick, ...]:
        return tuple(
            PayTick(self._at(amount), f"{amount // 1000}k" if amount else "0")
            for amount in range(0, self.top + 1, STEP)
        )

    def _bar(self, low: int, high: int, line: tuple[int, int]) -> PayBar:
        return PayBar(
            low=self._at(low),
            high=self._at(high),
            line_start=self._at(line[0]),
            line_end=self._at(line[1]),
            grid=tuple(tick.x for tick in self.ticks),
        )

    def _at(self, amount: int) -> str:
        return percent(Fraction(100 * amount, self.top))


def pay_scale(amounts: Sequence[int]) -> PayScale:
    """The scale on which all these amounts can be drawn."""
    most = max(amounts, default=0)
    return PayScale(top=STEP * max(1, -(-most // STEP)))
