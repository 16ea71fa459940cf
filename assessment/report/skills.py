"""Strengths, must-haves and the table of all skills."""

import math
from collections.abc import Sequence

from assessment import charts, sentences
from assessment.report.case import Case
from assessment.report.parts import Column, LeftOutSkill, SkillRow, Strength
from assessment.sentences import printed
from careers.addresses import skill_url
from careers.shape import Requirement

MOST_STRENGTHS = 4

# How the table of all skills can be sorted: the key of a row, and the direction that the
# sorted column announces.
_SORT_KEYS = {
    "lost": lambda row: -row.lost_tenths,
    "priority": lambda row: row.priority_rank or math.inf,
    "gap": lambda row: -row.gap,
    "name": lambda row: row.name.casefold(),
}
_COLUMNS = [
    ("name", "Skill", "ascending"),
    ("gap", "You, asked", "descending"),
    ("lost", "Points lost", "descending"),
    ("priority", "Priority", "descending"),
]
SORTS = tuple(_SORT_KEYS)


def met(case: Case) -> list[Requirement]:
    """Met requirements, must-haves and the most important first."""
    met = [item for item in case.asked if case.is_met(item)]
    return sorted(met, key=lambda item: (not item.must_have, -item.importance))


def strengths(case: Case) -> list[Strength]:
    """The first of what is met."""
    return [
        Strength(
            name=case.names[item.skill],
            level=case.level_text(case.rating(item)),
            must_have=item.must_have,
            statement=case.skill(item).statement(case.rating(item)),
        )
        for item in met(case)[:MOST_STRENGTHS]
    ]


def row(case: Case, item: Requirement) -> SkillRow:
    skill, answer = case.skill(item), case.answer(item)
    rating = None if answer.not_applicable else answer.value
    lost = case.result.display.lost_tenths.get(item.skill, 0)
    gap = case.gaps.get(item.skill)
    short = 0 if rating is None else max(0, item.required - rating)
    said = "not answered" if rating is None else str(rating)
    return SkillRow(
        key=skill.key,
        name=skill.name,
        url=skill_url(case.spec, skill.key),
        must_have=item.must_have,
        mark=charts.gap_mark(rating, item.required),
        text=f"{said}, asked {item.required}",
        state="unrated" if rating is None else "short" if short else "met",
        short=sentences.short_by(short) if short else "",
        rating=rating,
        required=item.required,
        gap=short,
        lost_tenths=lost,
        lost="" if rating is None else printed(lost),
        priority=str(round(gap.priority)) if gap else "",
        priority_rank=gap.rank if gap else None,
    )


def left_out(case: Case) -> list[LeftOutSkill]:
    return [
        LeftOutSkill(case.names[item.skill], case.answer(item).reason)
        for item in case.asked
        if not case.counts(item)
    ]


def must_have_note(case: Case) -> str:
    return sentences.ceiling_note(case.result, case.points_per_level)


def sorted_rows(rows: Sequence[SkillRow], sort: str) -> tuple[SkillRow, ...]:
    """The table's rows by one of SORTS; ties stay in framework order."""
    return tuple(sorted(rows, key=_SORT_KEYS[sort]))


def columns(sort: str) -> tuple[Column, ...]:
    """The heads of the table, each a link that sorts by it."""
    return tuple(
        Column(text, f"?sort={key}#skills", direction if key == sort else "")
        for key, text, direction in _COLUMNS
    )


def left_out_note(case: Case) -> str:
    """What leaving skills out did to the weight that counts."""
    return sentences.left_out_note(
        case.result.not_applicable_share, case.parameters.max_not_applicable_share
    )


def scale_note(case: Case) -> str:
    return sentences.scale_note(case.scale_names)
