"""What a page of a framework may say about its reader. Pure.

Plain values, filled in by whoever knows people: see `reader` in `tpmguide/urls.py`. The
guide itself knows nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """How one person's answers do at one career level."""

    score: int  # 0 to 100, as the report prints it
    band: str  # the verdict in words
    step: int  # the band as 1 (the lowest) to 5


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reader stands by the latest report. Levels are given by their keys."""

    now: str | None  # the highest rung held with every rung below it
    target: str  # what the report was made for; not always a rung
    report_url: str
    fit: Mapping[str, Fit]  # by career level; absent where too little is answered


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside a level, and how its tag is drawn."""

    text: str
    kind: str


def marks_at(standing: Standing | None, level: str) -> tuple[Mark, ...]:
    """ "You" and "Your target", where they apply to a career level."""
    if standing is None:
        return ()
    marks = {"now": Mark("You", "here"), "target": Mark("Your target", "target")}
    return tuple(
        mark for place, mark in marks.items() if getattr(standing, place) == level
    )
