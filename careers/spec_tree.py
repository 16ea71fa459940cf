"""Walking the parts of a framework or a guide, and ordering a framework's. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from careers.guide_spec import (
    Fact,
    GuideEntry,
    GuidePage,
    GuideQuestion,
    GuideSection,
    GuideSource,
    GuideSpec,
    PayRange,
)
from careers.spec import (
    KINDS_OF_CAREER,
    Career,
    CareerLevel,
    Certification,
    CertificationSupport,
    DevelopmentAction,
    FrameworkSpec,
    InterviewQuestion,
    LeftOut,
    ProficiencyLevel,
    Requirement,
    Skill,
    SkillGroup,
    SkillLevel,
    SkillPrerequisite,
    Source,
)

PARTS_WITHIN: dict[type, dict[str, type]] = {
    FrameworkSpec: {
        "scale": ProficiencyLevel,
        "sources": Source,
        "leaves_out": LeftOut,
        "groups": SkillGroup,
        "skills": Skill,
        "careers": Career,
        "levels": CareerLevel,
        "certifications": Certification,
    },
    Skill: {
        "levels": SkillLevel,
        "prerequisites": SkillPrerequisite,
        "actions": DevelopmentAction,
        "questions": InterviewQuestion,
    },
    CareerLevel: {"requirements": Requirement},
    Certification: {"supports": CertificationSupport},
    GuideSpec: {
        "sources": GuideSource,
        "pages": GuidePage,
        "pay_ranges": PayRange,
        "questions": GuideQuestion,
    },
    GuidePage: {"sections": GuideSection},
    GuideSection: {"facts": Fact, "entries": GuideEntry},
}
"""Which part holds which parts: the tree that files, rows and differences walk."""


def name_of(part: Any) -> str:
    """What tells a part from its siblings: its key, value or skill, as text."""
    for attribute in ("key", "value", "skill"):
        if hasattr(part, attribute):
            return str(getattr(part, attribute))
    raise TypeError(f"{type(part).__name__} has no name among its siblings")


def own_fields(kind: type) -> list[str]:
    """The names of a part's own fields, without the parts within it."""
    within = PARTS_WITHIN.get(kind, {})
    return [
        field.name for field in dataclasses.fields(kind) if field.name not in within
    ]


def items(
    whole: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every part within a spec with its path, such as ("skills", "sdlc", "levels", "3").

    Parents come before their parts; `whole` itself is not among them, and has the `path`.
    """
    for section in PARTS_WITHIN.get(type(whole), {}):
        for part in getattr(whole, section):
            here = (*path, section, name_of(part))
            yield here, part
            yield from items(part, here)


def in_order(spec: FrameworkSpec) -> FrameworkSpec:
    """The same framework with every part in its one order, unknown keys last.

    Groups, sources, topics left out, actions, questions and certifications keep the order
    in which their owner wrote them.
    """
    group_place = _places(group.key for group in spec.groups)
    kind_place = _places(KINDS_OF_CAREER)
    skills = sorted(spec.skills, key=lambda s: (group_place(s.group), s.order, s.key))
    careers = sorted(spec.careers, key=lambda c: (kind_place(c.kind), c.order, c.key))
    skill_place = _places(skill.key for skill in skills)
    career_place = _places(career.key for career in careers)
    levels = sorted(spec.levels, key=lambda v: (career_place(v.career), v.order, v.key))
    level_place = _places(level.key for level in levels)

    def by_skill(parts: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(sorted(parts, key=lambda part: skill_place(part.skill)))

    return dataclasses.replace(
        spec,
        scale=_by_value(spec.scale),
        skills=tuple(
            dataclasses.replace(
                skill,
                levels=_by_value(skill.levels),
                prerequisites=by_skill(skill.prerequisites),
            )
            for skill in skills
        ),
        careers=tuple(careers),
        levels=tuple(
            dataclasses.replace(level, requirements=by_skill(level.requirements))
            for level in levels
        ),
        certifications=tuple(
            dataclasses.replace(
                item,
                suits=tuple(sorted(item.suits, key=level_place)),
                supports=by_skill(item.supports),
            )
            for item in spec.certifications
        ),
    )


def _by_value(parts: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(parts, key=lambda part: part.value))


def _places(keys: Iterable[str]) -> Callable[[str], tuple[int, str]]:
    """A sort key: the place of a key among `keys`, unknown ones after them by name."""
    places = {key: place for place, key in enumerate(keys)}
    return lambda key: (places.get(key, len(places)), key)
