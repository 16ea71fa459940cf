"""Specializations and related careers: each against the rung that it is compared with."""

from collections.abc import Iterable

from careers import charts
from careers.addresses import level_url, skill_url
from careers.pages.level import changes_note
from careers.pages.parts import (
    CareerEntry,
    CareerPage,
    CareersPage,
    Entry,
    ShiftRow,
)
from careers.pages.practice import certifications_beyond
from careers.pages.requirements import (
    basis_rows,
    figures,
    key_note,
    requirement_groups,
)
from careers.pages.standing import fit_text
from careers.pages.words import GRADES, kicker, scale_text, sentence
from careers.shape import CareerLevel, FrameworkSpec, Requirement
from careers.standing import Standing, marks_at
from careers.words import counted

NAMES = {
    "specialization": ("specialization", "specializations"),
    "related": ("related career", "related careers"),
}
LEDES = {
    "specialization": "The same skills with another weight, for one kind of project. "
    "Each one starts from a rung of the ladder and asks more of some skills.",
    "related": "Neighbouring jobs, measured by the same skills. They are not a step up "
    "or down: each one asks more of some skills and less of others.",
}


# All of a kind
# --------------------------------------------------------------------------------------


def careers_page(
    spec: FrameworkSpec, kind: str, standing: Standing | None = None
) -> CareersPage:
    """Everything that the list of specializations or of related careers shows."""
    levels = levels_of_kind(spec, kind)
    return CareersPage(
        name=sentence(NAMES[kind][1]),
        title=sentence(counted(len(levels), *NAMES[kind])),
        lede=LEDES[kind],
        entries=tuple(_career_entry(spec, level, standing) for level in levels),
    )


def levels_of_kind(spec: FrameworkSpec, kind: str) -> list[CareerLevel]:
    """The single levels of all careers of a kind, in the order of the framework."""
    return [
        level for level in spec.levels if spec.careers_by_key[level.career].kind == kind
    ]


def _career_entry(
    spec: FrameworkSpec, level: CareerLevel, standing: Standing | None
) -> CareerEntry:
    career = spec.careers_by_key[level.career]
    base = spec.levels_by_key[career.base_level]
    return CareerEntry(
        title=level.title,
        url=level_url(spec, level.key),
        summary=level.summary,
        differs=career.differs,
        base=base.short_title,
        marks=marks_at(standing, level.key),
        fit=fit_text(standing, level),
        more=_names(spec, (item for item in level.requirements if _by(item, base) > 0)),
        less=_names(spec, (item for item in level.requirements if _by(item, base) < 0)),
    )


def _by(item: Requirement, base: CareerLevel) -> int:
    """By how many levels a requirement is above that of the base."""
    return item.required - base.requirement(item.skill).required


def _names(spec: FrameworkSpec, items: Iterable[Requirement]) -> str:
    """Several have an "and" in their names: the list has none."""
    return ", ".join(spec.skills_by_key[item.skill].name for item in items)


# One of them
# --------------------------------------------------------------------------------------


def career_page(spec: FrameworkSpec, level: CareerLevel) -> CareerPage:
    """Everything that the page of a specialization or a related career shows."""
    career = spec.careers_by_key[level.career]
    base = spec.levels_by_key[career.base_level]
    return CareerPage(
        key=level.key,
        framework_key=spec.key,
        title=level.title,
        kicker=kicker(spec, level),
        summary=level.summary,
        differs=career.differs,
        figures=figures(spec, level),
        base=Entry(base.title, level_url(spec, base.key), base.summary),
        base_name=base.short_title,
        shifts_title=f"Compared with {base.short_title}",
        shifts_note=changes_note(level, base),
        shifts=_shifts(spec, level, base),
        weights=_weights(spec, level, base),
        topics=career.topics,
        groups=requirement_groups(spec, level, base),
        key_note=key_note(base),
        certifications=certifications_beyond(spec, level, base),
        grade=f"{GRADES[career.evidence_grade]}.",
        ground=career.basis,
        basis=basis_rows(spec, level),
    )


def _shifts(
    spec: FrameworkSpec, level: CareerLevel, base: CareerLevel
) -> tuple[ShiftRow, ...]:
    """The skills of which another level is asked, what rises most first."""
    changed = [item for item in level.requirements if _by(item, base)]
    return tuple(
        _shift(spec, item, base)
        for item in sorted(changed, key=lambda item: -_by(item, base))
    )


def _shift(spec: FrameworkSpec, item: Requirement, base: CareerLevel) -> ShiftRow:
    before = base.requirement(item.skill).required
    return ShiftRow(
        name=spec.skills_by_key[item.skill].name,
        url=skill_url(spec, item.skill),
        mark=charts.level_shift(before, item.required),
        before=scale_text(spec, before),
        now=scale_text(spec, item.required),
        by=f"{_by(item, base):+}".replace("-", "\N{MINUS SIGN}"),
        must_have=item.must_have,
    )


def _weights(spec: FrameworkSpec, level: CareerLevel, base: CareerLevel) -> str:
    """Which skills count for more or less in the score than at the base."""

    def moved(sign: int) -> str:
        return _names(
            spec,
            (
                item
                for item in level.requirements
                if sign * (item.importance - base.requirement(item.skill).importance)
                > 0
            ),
        )

    more, less = moved(1), moved(-1)
    texts = [
        f"Counts for more than at {base.short_title}: {more}." if more else "",
        f"Counts for less: {less}." if less else "",
    ]
    return " ".join(text for text in texts if text)
