"""The ladder: readiness at each rung. What the rungs ask is drawn in `careers.charts`."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.charts.shapes import of_tenths, percent


@dataclass(frozen=True, slots=True)
class LadderBar:
    """Readiness at one rung: a mark, the range behind it, held points after it."""

    you: str
    held_end: str
    low: str
    high: str
    cut: str


def ladder_bar(
    readiness_tenths: int | None,
    *,
    held_tenths: int = 0,
    low: int | None = None,
    high: int | None = None,
    ready_cut: int | None = None,
) -> LadderBar:
    """Draw one rung; None for a rung that cannot be scored leaves only its axis."""
    measured = readiness_tenths is not None
    return LadderBar(
        you=of_tenths(readiness_tenths) if readiness_tenths is not None else "",
        held_end=of_tenths(readiness_tenths + held_tenths)
        if readiness_tenths is not None and held_tenths
        else "",
        low=percent(low) if measured and low is not None else "",
        high=percent(high) if measured and high is not None else "",
        cut="" if ready_cut is None else percent(ready_cut),
    )
