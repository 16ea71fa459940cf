"""The score on its scale of 0 to 100, with four rows of labels that never meet."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.charts.shapes import Label, of_tenths, percent, points


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """0 to 100 with the score, what is held, the likely range and two markers."""

    title: str
    provisional: bool
    you: str
    held_end: str
    low: str
    high: str
    below: Label | None
    ready: Label | None
    you_label: Label
    held_label: Label | None
    range_label: Label
    shows_zero: bool
    shows_hundred: bool


def _you_labels(tenths: int, held_tenths: int, text: str) -> tuple[Label, Label | None]:
    """Both on one row: either side of the mark, or both on the side with room.

    Where the two share a side the second has no place of its own (x is "") and
    follows the first.
    """
    held = f"{points(held_tenths)} held"
    x = of_tenths(tenths)
    if tenths < 250:
        you = Label(text, x, "start")
        return you, (Label(held, "", "", 8) if held_tenths else None)
    if not held_tenths:
        return Label(text, x, "end" if tenths > 750 else "middle"), None
    if tenths > 700:
        return Label(text, x, "end"), Label(held, "", "", 8)
    return Label(text, x, "end", -2), Label(held, x, "start", 14)


def _range_label(low: int, high: int, text: str) -> Label:
    middle = Fraction(low + high, 2)
    if middle < 30:
        return Label(text, percent(low), "start")
    if middle > 70:
        return Label(text, percent(high), "end")
    return Label(text, percent(middle), "middle")


def _marker(at: int | None, text: str) -> Label | None:
    """An upright at `at`, whose label stands on the side with more room."""
    if at is None:
        return None
    if at > 45:
        return Label(text, percent(at), "end", -6)
    return Label(text, percent(at), "start", 6)


def score_scale(
    readiness_tenths: int,
    low: int,
    high: int,
    *,
    held_tenths: int = 0,
    ready_cut: int | None = None,
    level_below: int | None = None,
    level_below_name: str = "",
    provisional: bool = False,
) -> ScoreScale:
    """Place a score of 0 to 1000 tenths, its range and its markers on 0 to 100.

    `low` and `high` are the printed whole points: the likely range or, provisional,
    the lowest and highest that the open answers allow.
    """
    score = readiness_tenths // 10
    you_text = f"{min(score, 99)} so far" if provisional else f"You {score}"
    span = str(low) if low == high else f"{low} to {high}"
    range_text = f"{span} when complete" if provisional else f"likely {span}"
    you_label, held_label = _you_labels(readiness_tenths, held_tenths, you_text)
    below = _marker(level_below, f"just meets {level_below_name}: {level_below}")
    ready = _marker(ready_cut, f"ready from {ready_cut}")
    return ScoreScale(
        title=_title(
            you_text,
            range_text,
            f"{points(held_tenths)} points held" if held_tenths else "",
            f"someone who {below.text}" if below else "",
            ready.text if ready else "",
        ),
        provisional=provisional,
        you=of_tenths(readiness_tenths),
        held_end=of_tenths(readiness_tenths + held_tenths) if held_tenths else "",
        low=percent(low),
        high=percent(high),
        below=below,
        ready=ready,
        you_label=you_label,
        held_label=held_label,
        range_label=_range_label(low, high, range_text),
        shows_zero=level_below is None or level_below >= 70,
        shows_hundred=ready_cut is None or ready_cut <= 90,
    )


def _title(*facts: str) -> str:
    return f"Scale from 0 to 100. {'; '.join(fact for fact in facts if fact)}."
