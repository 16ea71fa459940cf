"""How scores moved over several days, and why nothing is drawn for one. Pure."""

from __future__ import annotations

from assessment.sentences.change import score_move
from careers.words import counted

ONE_DAY = (
    "So far there is a score from one day only. Rate again in a few months, and the way "
    "from one to the other is drawn here."
)


def trend_note(*, before: int, after: int, since: str, until: str) -> str:
    """What happened from the first to the last day; scores in tenths."""
    return f"From {since} to {until} the score {score_move(before, after)}."


def hollow_note(days: int) -> str:
    """What the hollow marks mean; empty where there are none."""
    if not days:
        return ""
    return (
        f"{counted(days, 'hollow mark is', 'hollow marks are').capitalize()} "
        "provisional: not everything was answered then."
    )
