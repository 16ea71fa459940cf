"""A career level or a skill beside others: the rung below, what builds on it. Pure."""

from __future__ import annotations

from careers.shape import (
    CareerLevel,
    Certification,
    CertificationSupport,
    FrameworkSpec,
    Requirement,
    Skill,
    SkillPrerequisite,
)
from scoring.inputs import HIGHEST_TOP


def moves(
    spec: FrameworkSpec, level: CareerLevel, base: CareerLevel
) -> list[tuple[int, int, list[Skill]]]:
    """(level of a skill at `base`, at `level`, the skills): what rises, then what falls.

    Both from the lowest level upwards.
    """
    skills: dict[tuple[bool, int, int], list[Skill]] = {}
    for item in level.requirements:
        before, now = base.requirement(item.skill).required, item.required
        if now != before:
            place = now < before, now, before
            skills.setdefault(place, []).append(spec.skills_by_key[item.skill])
    return [(before, now, skills[_, now, before]) for _, now, before in sorted(skills)]


def shifts(
    spec: FrameworkSpec, level: CareerLevel, base: CareerLevel
) -> list[tuple[Skill, Requirement, Requirement]]:
    """Skills required at another level than at `base`: what rises most comes first.

    Each with its requirement at `base` and at `level`.
    """
    pairs = [(base.requirement(item.skill), item) for item in level.requirements]
    changed = [pair for pair in pairs if pair[0].required != pair[1].required]
    changed.sort(key=lambda pair: pair[0].required - pair[1].required)
    return [(spec.skills_by_key[now.skill], before, now) for before, now in changed]


def new_must_haves(
    spec: FrameworkSpec, level: CareerLevel, base: CareerLevel
) -> list[Skill]:
    """The skills that are must-haves at a level, and not at another."""
    new = spec.must_have_keys(level) - spec.must_have_keys(base)
    return [skill for skill in spec.skills if skill.key in new]


def certifications_beyond(
    spec: FrameworkSpec, level: CareerLevel, base: CareerLevel
) -> list[tuple[Certification, list[CertificationSupport]]]:
    """Those that lead further than `base` in a skill of which `level` requires more.

    Each with that part of what it supports.
    """
    known = {
        item.skill: base.requirement(item.skill).required
        for item in level.more_than(base)
    }
    found = (
        (
            each,
            [
                support
                for support in each.supports
                if support.up_to > known.get(support.skill, HIGHEST_TOP)
            ],
        )
        for each in spec.certifications
    )
    return [(each, supports) for each, supports in found if supports]


def peak_rung(spec: FrameworkSpec, skill: Skill) -> CareerLevel | None:
    """The lowest rung that requires the most of a skill; None where none requires any."""
    required = {
        rung.requirement(skill.key).required: rung for rung in spec.ladder[::-1]
    }
    return required[max(required)] if any(required) else None


def built_on(
    spec: FrameworkSpec, skill: Skill
) -> list[tuple[Skill, SkillPrerequisite]]:
    """The skills that name another as what they build on."""
    return [
        (other, each)
        for other in spec.skills
        for each in other.prerequisites
        if each.skill == skill.key
    ]
