"""The verdict, what blocks, and where the answers stand on the ladder, in sentences. Pure.

Source of the wording: docs/scoring.md, "The verdict".
"""

from __future__ import annotations

from collections.abc import Sequence

from assessment.scoring import Band, Scored, Status
from assessment.sentences.words import points_of
from careers.words import counted, listed


def verdict(
    result: Scored,
    *,
    level: str,
    below: str | None,
    nearer: str | None,
    names: dict[str, str],
    gain: str,
    cut: str = "",
) -> str:
    """The report's first sentence.

    `level` and `below` are short titles, `nearer` the rung to look at instead (None where
    it is the target itself), `names` the skills' names by key, and `gain` the printed
    points for closing the first gap.
    `cut` is `high_cut`, where it needs to be said.
    """
    sentence = _band_sentence(result, level, below, nearer, names, gain)
    blocks = held_sentence(result, names) or open_sentence(result, names)
    return " ".join(filter(None, [sentence, cut, blocks]))


def high_cut(*, cut: int, below: str | None) -> str:
    """Why a high score is not ready: where ready begins at this level."""
    why = f", because much of it is asked of {below} already" if below else ""
    return f"Here ready begins only at {cut}{why}."


def _band_sentence(
    result: Scored,
    level: str,
    below: str | None,
    nearer: str | None,
    names: dict[str, str],
    gain: str,
) -> str:
    if result.band is Band.READY:
        return _ready(result, level)
    if is_ready_but_provisional(result):
        skills = counted(len(result.unanswered), "more skill", "more skills")
        return f"Answer {skills} to be sure of {level}."
    if result.band is Band.NEARLY:
        return _nearly(result, level, names, gain)
    if result.band is Band.DEVELOPING:
        step = f" The step up from {below} is where the points are." if below else ""
        return f"You have a solid part of {level}.{step}"
    if result.band is Band.FOUNDATION:
        target = f" {nearer} may guide you better as a target." if nearer else ""
        return f"The base for {level} is begun. Pick one or two skills.{target}"
    compare = f" Compare with {nearer}." if nearer else ""
    return f"{level} is far off, which is fine for orientation.{compare}"


def _ready(result: Scored, level: str) -> str:
    if result.meets_all:
        return (
            f"By your own rating you meet everything {level} asks for. "
            "Next: collect evidence and ask for a review."
        )
    return (
        f"By your own rating you are ready to make the case for {level}: every "
        f"must-have is met, and {result.requirements_met} of "
        f"{result.requirements_total} requirements."
    )


def _nearly(result: Scored, level: str, names: dict[str, str], gain: str) -> str:
    count = len(result.gaps)
    sentence = f"Most of {level} is in place."
    if count:
        stand = "stands out" if count == 1 else "stand out"
        gaps = counted(count, "gap", "gaps").capitalize()
        sentence = f"{sentence} {gaps} {stand}"
        first = names[result.gaps[0].key]
        sentence += f"; closing {first} is worth {gain}." if gain else "."
    return sentence


def held_sentence(result: Scored, names: dict[str, str]) -> str:
    """Which must-haves hold how many points back; empty where none are held."""
    if not result.display.held_tenths or not result.binding:
        return ""
    skills = listed([names[key] for key in result.binding])
    many = len(result.binding)
    must_haves = counted(many, "must-have", "must-haves").capitalize()
    hold = "holds" if many == 1 else "hold"
    return (
        f"{must_haves}, {skills}, {hold} {points_of(result.display.held_tenths)} back."
    )


def open_sentence(result: Scored, names: dict[str, str]) -> str:
    """Which must-haves are open though they hold no points now; empty without any."""
    skills = [names[key] for key in result.open_must_haves]
    if not skills:
        return ""
    if len(skills) == 1:
        return f"The must-have {skills[0]} is still open."
    return f"The must-haves {listed(skills)} are still open."


def is_ready_but_provisional(result: Scored) -> bool:
    """Ready on both rails, and only the open answers keep the verdict back."""
    return (
        result.status is Status.PROVISIONAL
        and result.band is not Band.READY
        and result.coverage_rail is Band.READY
        and result.must_have_rail is Band.READY
    )


def ceiling_note(result: Scored, points_per_level: int) -> str:
    """What the weakest must-have allows."""
    rule = (
        "Each missing level in the weakest one lowers the most you can reach by "
        f"{points_per_level} points."
    )
    gap = result.worst_must_have_gap
    if not gap:
        return f"{rule} Every one that you answered is met."
    return f"{rule} {gap} short: at most {int(result.ceiling)}."


def strength_of_one(met: int, level: str) -> str:
    """The same where a single requirement counts."""
    if met:
        return f"You meet the one requirement that counts for {level}."
    return "The one requirement is not met yet. That is where you start."


def strengths_note(met: int, total: int, level: str) -> str:
    """How many requirements are met, and what the list below it shows."""
    if total == 1:
        return strength_of_one(met, level)
    if not met:
        return f"None of the {total} requirements is met yet. That is where you start."
    if met == total:
        return f"You meet all {total} requirements. These count most for {level}."
    return f"You meet {met} of {total} requirements. These count most for {level}."


def current_level(
    *,
    level: int | None,
    step: int | None,
    names: Sequence[str],
    blocked: Sequence[str],
    also: Sequence[str] = (),
) -> str:
    """Where the answers stand on the ladder; `step` is the per cent of the next step."""
    if level is None:
        return "Too little is answered to place you on the ladder."
    if level == 0:
        here = f"You stand before {names[0]}."
    else:
        here = f"You hold {names[level - 1]} by your own rating."
    if step is not None and level < len(names):
        here += f" {step} % of the way from there to {names[level]} is done."
    if blocked:
        here += f" What keeps you from {names[level]}: {listed(blocked)}."
    if also:
        here += f" Higher up, your answers would also do for {listed(also)}."
    return here
