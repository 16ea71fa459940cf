"""Where a person stands on a ladder, and what a rung takes over from those below it.

Source: docs/scoring.md, "The ladder". A track of rungs stands in a sequence, the lowest
first; of several tracks over the same skills, each is placed by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .inputs import Answer, Answers, Target
from .number import Band, Insufficient, Readiness, readiness_of


def must_have_levels(
    required: Mapping[str, int], marks: Iterable[Mapping[str, int]]
) -> dict[str, int]:
    """The must-have level of each skill that a rung asks for; 0: no must-have.

    `required` is the rung's own; `marks` are, of the rung and of each one that counts
    below it, {skill: required} of what is marked there as a must-have.
    """
    reached: dict[str, int] = {}
    for marked in marks:
        for key, level in marked.items():
            reached[key] = max(level, reached.get(key, 0))
    return {key: min(level, reached.get(key, 0)) for key, level in required.items()}


@dataclass(frozen=True, slots=True)
class Placement:
    """Rungs are counted from 1, the lowest first.

    `level` is the highest rung held: 0 before the first, None if nothing is measured.
    `next_level` is the lowest measured rung above it, None if there is none.
    """

    level: int | None
    next_level: int | None
    rungs: tuple[Readiness | Insufficient, ...]

    def is_passed(self, rung: int) -> bool:
        return self.level is not None and rung <= self.level


def place(track: Sequence[Target], answers: Answers) -> Placement:
    """Where these answers stand; a rung that is not measured neither holds nor blocks."""
    rungs = tuple(readiness_of(target, answers) for target in track)
    measured = {
        number: rung
        for number, rung in enumerate(rungs, 1)
        if isinstance(rung, Readiness)
    }
    if not measured:
        return Placement(None, None, rungs)
    held = [number for number, rung in measured.items() if rung.band is Band.READY]
    level = max(held, default=0)
    above = (number for number in measured if number > level)
    return Placement(level, min(above, default=None), rungs)


def level_below_readiness(target: Target, below: Target | None) -> Fraction | None:
    """Readiness of who exactly meets the rung below, all skills answered.

    A marker to draw; it moves no line. None without a rung below, or if the target asks
    for nothing.
    """
    if below is None:
        return None
    number = readiness_of(target, exactly_meets(below, target))
    return number.readiness if isinstance(number, Readiness) else None


def exactly_meets(below: Target, target: Target) -> dict[str, Answer]:
    """Answers to the skills of `target` of who has what `below` asks for, and no more."""
    return {
        key: Answer(
            max(target.lowest, below.by_key[key].required)
            if key in below.by_key
            else target.lowest
        )
        for key in target.by_key
    }
