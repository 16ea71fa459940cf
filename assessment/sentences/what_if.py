"""What other answers would make of the score. Pure."""

from __future__ import annotations

from assessment.scoring import Band
from assessment.sentences.words import BAND_TITLES, points_of, printed
from careers.words import counted, in_words

AS_IT_STANDS = "Your answers as they stand. Move a skill to see what changes."


def what_if_sentence(*, changes: int, now: int, then: int) -> str:
    """How the printed readiness would move, in tenths, with so many answers changed."""
    if not changes:
        return AS_IT_STANDS
    these = "this change" if changes == 1 else f"these {in_words(changes)} changes"
    if now == then:
        return f"With {these} the score would stay at {printed(then)}."
    by = abs(then - now)
    way = "more" if then > now else "less"
    return (
        f"With {these} the score would be {printed(then)}: "
        f"{points_of(by)} {way} than now."
    )


def what_if_band(now: Band, then: Band) -> str:
    """Whether the verdict would be another."""
    if now is then:
        return f"The verdict stays “{BAND_TITLES[then]}”."
    return f"The verdict would be “{BAND_TITLES[then]}” and not “{BAND_TITLES[now]}”."


def what_if_held(held: int, names: str, count: int) -> str:
    """What would hold earned points back, in tenths; empty without any."""
    if not held:
        return ""
    verb = "holds" if count == 1 else "hold"
    return f"{names} {verb} {points_of(held)} back."


def closed_gaps(count: int) -> str:
    """The name of the answers with which the gaps of the report are closed."""
    if count == 1:
        return "My one gap closed"
    return f"My {counted(count, 'gap', 'gaps')} closed"
