"""The skill groups at a glance: what each is worth, and how much of it is covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.charts.shapes import Number, percent


@dataclass(frozen=True, slots=True)
class GroupBar:
    """`worth` is the length of the outline, `covered` that of the bar inside it."""

    worth: str
    covered: str


def group_bars(groups: Iterable[tuple[Number, Number]]) -> list[GroupBar]:
    """Draw groups from (share of the points 0..1, coverage 0..100), to one scale.

    The group that is worth most takes the whole width. Nothing is drawn of no groups.
    """
    found = list(groups)
    most = max((share for share, _ in found), default=1)
    return [
        GroupBar(percent(100 * share / most), percent(share / most * coverage))
        for share, coverage in found
    ]
