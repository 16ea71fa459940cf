"""The shipped framework with one thing changed, and what is then said about it."""

from careers.files import parse_framework
from careers.problems import errors
from careers.rules import problems_of
from tests.factories import shipped_files

SHIPPED = parse_framework(shipped_files()).spec


def with_part(spec, section, key, **changes):
    """The spec with one part of a section changed."""
    parts = tuple(
        part.replaced(**changes) if part.key == key else part
        for part in getattr(spec, section)
    )
    return spec.replaced(**{section: parts})


def with_requirement(spec, level, skill, **changes):
    requirements = tuple(
        item.replaced(**changes) if item.skill == skill else item
        for item in spec.levels_by_key[level].requirements
    )
    return with_part(spec, "levels", level, requirements=requirements)


def with_skill_level(spec, skill, value, **changes):
    levels = tuple(
        level.replaced(**changes) if level.value == value else level
        for level in spec.skills_by_key[skill].levels
    )
    return with_part(spec, "skills", skill, levels=levels)


def with_all_requirements(spec, level, **changes):
    asked = spec.levels_by_key[level].requirements
    requirements = tuple(item.replaced(**changes) for item in asked)
    return with_part(spec, "levels", level, requirements=requirements)


def told(spec, of=errors):
    return [str(problem) for problem in of(problems_of(spec))]
