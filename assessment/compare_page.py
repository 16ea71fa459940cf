"""Two targets side by side, for the same answers."""

import math
from dataclasses import dataclass

from assessment import charts, sentences
from assessment.answers import NO_ANSWER
from assessment.measuring import measure
from assessment.pairs import NOT_KNOWN, PairCell, PairFact, PairRow, headlines
from assessment.report.case import Case
from assessment.scoring import Result, Scored
from assessment.sentences import printed, printed_gain
from careers.addresses import level_url, skill_url
from careers.pages.words import scale_text
from careers.shape import CareerLevel, Skill
from careers.words import listed

MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two targets, and what the answers amount to there."""

    level: CareerLevel
    result: Result
    url: str

    @property
    def name(self) -> str:
        return self.level.short_title

    def asks(self, key: str) -> int:
        return self.level.requirement(key).required


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one skill that brings points to both targets."""

    name: str
    text: str
    statement: str
    first: str
    second: str
    hours: str


@dataclass(frozen=True, slots=True)
class Only:
    """What one target asks for and the other does not."""

    title: str
    skills: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    title: str
    first: Side
    second: Side
    missing: tuple[str, ...]
    facts: tuple[PairFact, ...]
    rows: tuple[PairRow, ...]
    only_note: str
    only: tuple[Only, ...]
    steps_note: str
    steps: tuple[Step, ...]


def compare_page(case: Case, first: CareerLevel, second: CareerLevel) -> ComparePage:
    """The answers of a case against two career levels of its framework."""
    one, other = _side(case, first), _side(case, second)
    asked = [_asked(case, each) for each in (one, other)]
    only = _only(case, one, other)
    apart = len(asked[0] ^ asked[1])
    steps = _steps(case, one, other)
    return ComparePage(
        title=f"{one.name} or {other.name}",
        first=one,
        second=other,
        missing=tuple(
            f"{side.name} is not measured. {sentences.not_measured(side.result, case.names)}"
            for side in (one, other)
            if not isinstance(side.result, Scored)
        ),
        facts=tuple(_facts(one, other)),
        rows=tuple(
            _row(case, skill, one, other)
            for skill in _by_loss(case, one, other)
            if skill.key in asked[0] | asked[1]
        ),
        only_note=sentences.asked_by_one(
            one.name, other.name, apart, len(asked[0] & asked[1])
        ),
        only=only,
        steps_note=sentences.steps_note(len(steps), min(len(steps), MOST_STEPS)),
        steps=tuple(steps[:MOST_STEPS]),
    )


def _side(case: Case, level: CareerLevel) -> Side:
    result = measure(case.spec, level, case.answers, case.parameters)
    return Side(level, result, level_url(case.spec, level.key))


def _facts(one: Side, other: Side) -> list[PairFact]:
    facts = headlines((one.level, one.result), (other.level, other.result))
    cuts = [
        str(side.result.cuts.ready) if isinstance(side.result, Scored) else NOT_KNOWN
        for side in (one, other)
    ]
    return [*facts, PairFact("Ready from", *cuts)]


def _asked(case: Case, side: Side) -> set[str]:
    return {skill.key for skill in case.spec.skills if side.asks(skill.key)}


# Skill by skill
# ------------------------------------------------------------------------------------


def _by_loss(case: Case, one: Side, other: Side) -> list[Skill]:
    """The skills that lose most for both targets together first."""

    def lost(skill):
        return _lost(one, skill) + _lost(other, skill)

    return sorted(case.spec.skills, key=lost, reverse=True)


def _lost(side: Side, skill: Skill) -> int:
    """Lost tenths of a point; 0 where nothing is measured."""
    if not isinstance(side.result, Scored):
        return 0
    return side.result.display.lost_tenths.get(skill.key, 0)


def _row(case: Case, skill: Skill, one: Side, other: Side) -> PairRow:
    answer = case.answers.get(skill.key, NO_ANSWER)
    if answer.not_applicable:
        you = "Left out as not relevant"
    elif answer.value is None:
        you = "Not answered"
    else:
        you = f"You: {scale_text(case.spec, answer.value)}"
    return PairRow(
        name=skill.name,
        url=skill_url(case.spec, skill.key),
        tag="",
        aside=you,
        first=_cell(one, skill, answer.value),
        second=_cell(other, skill, answer.value),
    )


def _cell(side: Side, skill: Skill, rating: int | None) -> PairCell:
    requirement = side.level.requirement(skill.key)
    lost = _lost(side, skill)
    return PairCell(
        mark=charts.gap_mark(rating, requirement.required),
        text=f"asked {requirement.required}" if requirement.required else "not asked",
        tag="Must-have" if requirement.must_have else "",
        note=f"{printed(lost)} lost" if lost else "",
    )


def _only(case: Case, one: Side, other: Side) -> tuple[Only, ...]:
    pairs = ((one, _asked(case, one) - _asked(case, other)),)
    pairs += ((other, _asked(case, other) - _asked(case, one)),)
    return tuple(
        Only(
            f"Asked by {side.name} only",
            listed([skill.name for skill in case.spec.skills if skill.key in keys]),
        )
        for side, keys in pairs
        if keys
    )


# Steps that help both
# ------------------------------------------------------------------------------------


def _steps(case: Case, one: Side, other: Side) -> list[Step]:
    """The gaps that both have, by the coverage that one step brings to them together."""
    if not (isinstance(one.result, Scored) and isinstance(other.result, Scored)):
        return []
    here = {gap.key: gap for gap in one.result.gaps}
    there = {gap.key: gap for gap in other.result.gaps}
    both = [skill for skill in case.spec.skills if skill.key in here.keys() & there]

    def together(skill):
        return here[skill.key].step_gain_banked + there[skill.key].step_gain_banked

    both.sort(key=lambda skill: -together(skill))
    return [_step(case, skill, here[skill.key], there[skill.key]) for skill in both]


def _step(case, skill, here, there) -> Step:
    rating = case.answers[skill.key].value
    return Step(
        name=skill.name,
        text=f"{rating} to {rating + 1}",
        statement=skill.statement(rating + 1),
        first=printed_gain(here.step_gain_banked),
        second=printed_gain(there.step_gain_banked),
        hours=str(math.ceil(here.step_hours)),
    )
