"""What a framework asks, as drawings: the geometry of its charts, as attribute texts.

Pure: standard library only; draws no person. Averages come in as printed tenths of a
level, so that what is drawn is what is written beside it. All x are percent of the
width, all y are pixels: drawings slide with the page, text does not shrink on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

TOP_LEVEL = 5


def percent(value: int | Fraction) -> str:
    return f"{float(value):.2f}%"


def points(tenths: int) -> str:
    """Tenths of a level as they are printed: 36 is 3.6."""
    return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class Stair:
    """One step of a line: its height, its text, and the riser from the step before."""

    y: str
    text: str
    text_y: str
    from_y: str


@dataclass(frozen=True, slots=True)
class Rung:
    x: str
    end: str
    middle: str
    current: bool
    people: Stair
    technical: Stair


@dataclass(frozen=True, slots=True)
class LadderPicture:
    title: str
    height: int
    column: str
    rungs: tuple[Rung, ...]


_PICTURE_FLOOR, _PICTURE_LEVEL = 264, 46


def _height(tenths: int) -> float:
    """The y of an average; 50 tenths stand at 34 px, 0 on the floor."""
    return _PICTURE_FLOOR - tenths * _PICTURE_LEVEL / 10


def _stair(tenths: int, before: int | None, text_shift: int) -> Stair:
    y = _height(tenths)
    return Stair(
        y=f"{y:.1f}",
        text=points(tenths),
        text_y=f"{y + text_shift:.1f}",
        from_y="" if before is None else f"{_height(before):.1f}",
    )


def ladder_picture(
    averages: Sequence[tuple[int, int]], *, current: int | None = None
) -> LadderPicture:
    """Draw the average required level of each rung, lowest first.

    A pair is (people and judgment, technical) in tenths of a level; `current` is the
    index of the rung that is tinted. The higher line carries its text above it.
    """
    rungs = []
    before: tuple[int, int] | None = None
    for index, (people, technical) in enumerate(averages):
        over = people >= technical
        rungs.append(
            Rung(
                x=percent(Fraction(100 * index, len(averages))),
                end=percent(Fraction(100 * (index + 1), len(averages))),
                middle=percent(Fraction(50 * (2 * index + 1), len(averages))),
                current=index == current,
                people=_stair(people, before and before[0], -10 if over else 19),
                technical=_stair(technical, before and before[1], 19 if over else -10),
            )
        )
        before = (people, technical)
    return LadderPicture(
        title=(
            f"Average required level, 0 to 5, at {len(averages)} rungs from the lowest. "
            f"People and judgment: {', '.join(points(pair[0]) for pair in averages)}. "
            f"Technical: {', '.join(points(pair[1]) for pair in averages)}."
        ),
        height=_PICTURE_FLOOR + 8,
        column=percent(Fraction(100, max(len(averages), 1))),
        rungs=tuple(rungs),
    )


@dataclass(frozen=True, slots=True)
class SkillStep:
    x: str
    end: str
    middle: str
    y: int
    from_y: int | None
    text_y: int
    required: int
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class SkillLevels:
    title: str
    height: int
    floor: int
    column: str
    grid: tuple[int, ...]
    steps: tuple[SkillStep, ...]


_STAIR_FLOOR, _STAIR_LEVEL = 174, 28


def skill_levels(
    required: Sequence[tuple[str, int]], *, current: int | None = None
) -> SkillLevels:
    """Draw the level 0 to 5 that each rung, lowest first, asks of one skill.

    A pair is (short title of the rung, required level).
    """
    steps: list[SkillStep] = []
    for index, (name, level) in enumerate(required):
        y = _STAIR_FLOOR - level * _STAIR_LEVEL
        steps.append(
            SkillStep(
                x=percent(Fraction(100 * index, len(required))),
                end=percent(Fraction(100 * (index + 1), len(required))),
                middle=percent(Fraction(50 * (2 * index + 1), len(required))),
                y=y,
                from_y=steps[-1].y if steps else None,
                text_y=y - 10,
                required=level,
                name=name,
                current=index == current,
            )
        )
    return SkillLevels(
        title=(
            "Required level, 0 to 5: "
            + ", ".join(f"{name} {level}" for name, level in required)
            + "."
        ),
        height=_STAIR_FLOOR + 26,
        floor=_STAIR_FLOOR,
        column=percent(Fraction(100, max(len(required), 1))),
        grid=tuple(
            _STAIR_FLOOR - level * _STAIR_LEVEL for level in range(TOP_LEVEL + 1)
        ),
        steps=tuple(steps),
    )


@dataclass(frozen=True, slots=True)
class Pip:
    """One of five parts of a level; `state` is on, new or off."""

    x: str
    state: str


def pips(required: int, before: int | None = None) -> tuple[Pip, ...]:
    """Draw a level 1 to 5; parts above `before`, the rung below, are new."""
    known = required if before is None else before

    def state(level: int) -> str:
        if level > required:
            return "off"
        return "on" if level <= known else "new"

    return tuple(
        Pip(f"{1 + 15.5 * place:.1f}", state(place + 1)) for place in range(TOP_LEVEL)
    )


@dataclass(frozen=True, slots=True)
class LevelShift:
    """One skill at two levels on a line from 0 to 5. `state`: up, down or same."""

    state: str
    axis_start: str
    axis_end: str
    ticks_end: str
    before: str
    now: str


_FIRST, _STEP = Fraction(6), Fraction(176, 10)


def level_shift(before: int, now: int) -> LevelShift:
    """Draw how far one level, 0 to 5, lies from another.

    The dotted line runs a tenth of a level further, or its last dot would be cut.
    """
    return LevelShift(
        state="same" if now == before else "up" if now > before else "down",
        axis_start=percent(_FIRST),
        axis_end=percent(_FIRST + TOP_LEVEL * _STEP),
        ticks_end=percent(_FIRST + TOP_LEVEL * _STEP + _STEP / 10),
        before=percent(_FIRST + before * _STEP),
        now=percent(_FIRST + now * _STEP),
    )
