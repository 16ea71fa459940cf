"""What changed between two assessments, and whether it is more than noise. Pure.

Source: docs/scoring.md, "What changed".
"""

from __future__ import annotations

import math

from assessment.sentences.words import printed
from careers.words import counted

WITHIN = "within the noise"


def level_change(difference: int, is_clear: bool) -> str:
    """The movement of one skill: "1 level up: within the noise."."""
    if not difference:
        return "No change."
    levels = "level" if abs(difference) == 1 else "levels"
    way = "up" if difference > 0 else "down"
    label = "a clear change" if is_clear else WITHIN
    return f"{abs(difference)} {levels} {way}: {label}."


def score_change(*, before: int, after: int, noise: float, is_clear: bool) -> str:
    """How the score moved, in tenths; `noise` is the least clear movement in points."""
    change = after - before
    least = math.ceil(noise)
    about = f"about {least} {'point' if least == 1 else 'points'}"
    if not change:
        return f"The score is the same as then. A change is clear above {about}."
    moved = f"The score {score_move(before, after)}"
    if is_clear:
        return f"{moved}. That is a clear change."
    return (
        f"{moved}. That is {WITHIN}: for these answers a change is clear above {about}."
    )


def score_move(before: int, after: int) -> str:
    """ "rose by 8.0 points, from 60.0 to 68.0", in tenths; or that it is the same."""
    change = after - before
    if not change:
        return f"is the same, {printed(after)}"
    verb = "rose" if change > 0 else "fell"
    by = f"{printed(abs(change))} {'point' if abs(change) == 10 else 'points'}"
    return f"{verb} by {by}, from {printed(before)} to {printed(after)}"


def skills_change(*, clear: int, noise: int, same: int, apart: int) -> str:
    """How many skills changed clearly, within the noise, not at all, or are not known."""
    parts = [
        (clear, "changed clearly"),
        (noise, f"moved {WITHIN}"),
        (same, "stayed as before"),
        (apart, "cannot be compared: not answered both times"),
    ]
    said = [
        f"{counted(count, 'skill', 'skills')} {what}" for count, what in parts if count
    ]
    return (
        f"{'; '.join(said)}.".capitalize() if said else "There is no skill to compare."
    )


def measured_against(
    *, target: str, then_target: str, version: str, scoring: str, then_scoring: str
) -> str:
    """What both assessments are held against, and why the earlier number may differ."""
    both = (
        f"Both are measured against {target}, framework {version}, scoring {scoring}."
    )
    if then_target != target:
        return (
            f"{both} The earlier one was for {then_target}, so its own report may "
            "show another number."
        )
    if then_scoring != scoring:
        return (
            f"{both} The earlier one was scored by version {then_scoring}, so its own "
            "report may show another number."
        )
    return both


def other_framework(then: str, now: str) -> str:
    """Why two versions of a framework are not compared."""
    return (
        f"This assessment is of framework {then}, and the report is of framework {now}. "
        "They do not ask the same, so a change would not be yours. Rate again on one "
        "version to compare."
    )
