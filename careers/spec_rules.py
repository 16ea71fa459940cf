"""The rules that a framework must keep, and those that its owner should know of. Pure.

Errors stop an import and a publication; warnings are shown. The list is that of
`docs/framework-format.md`, "Errors and warnings".
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from careers.problems import ERROR, WARNING, Problem
from careers.spec import TOP_LEVEL, CareerLevel, FrameworkSpec
from careers.spec_tree import items

MOST_MUST_HAVES = 5
LARGEST_SKILL_SHARE = Fraction(15, 100)
SMALLEST_GROUP_SHARE = Fraction(10, 100)
TOO_CLOSE = 97  # coverage from which neighbouring rungs can hardly be told apart

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def problems_of(spec: FrameworkSpec) -> list[Problem]:
    """Everything wrong with a framework, errors and warnings, in the order of its parts."""
    return [
        *_fields(spec),
        *_siblings(spec),
        *_references(spec),
        *_scale(spec),
        *_skills(spec),
        *_prerequisite_circles(spec),
        *_careers(spec),
        *_levels(spec),
        *_rungs(spec),
    ]


def _error(path: str, sentence: str) -> Problem:
    return Problem(path, ERROR, sentence)


def _warning(path: str, sentence: str) -> Problem:
    return Problem(path, WARNING, sentence)


def _fields(spec: FrameworkSpec) -> Iterator[Problem]:
    """Each value against the limits that its field declares."""
    for path, part in [((), spec), *items(spec)]:
        for field in dataclasses.fields(part):
            value = getattr(part, field.name)
            where = "/".join((*path, field.name))
            yield from _value(where, value, field.metadata, field)


def _value(where: str, value: Any, limits: Any, field: Any) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from _text(where, value, limits, required=field.default != "")
    elif isinstance(value, tuple):
        for place, text in enumerate(value, start=1):
            if isinstance(text, str):
                yield from _text(
                    f"{where}/{place}", text, {**limits, "line": True}, True
                )
    elif "at_least" in limits and value is not None:
        low, high = limits["at_least"], limits["at_most"]
        if not low <= value <= high:
            yield _error(where, f"{value} is outside {low} to {high}.")


def _text(where: str, text: str, limits: Any, required: bool) -> Iterator[Problem]:
    if not text.strip():
        if required and ("choices" in limits or limits.get("key")):
            yield _error(where, "This is empty. Fill it in.")
        elif required:
            yield _warning(where, "This is empty. Readers will see a blank.")
        return
    if "\x00" in text:
        yield _error(where, "This holds a NUL character. Remove it.")
    if "choices" in limits and text not in limits["choices"]:
        choices = ", ".join(limits["choices"])
        yield _error(where, f"'{text}' is not one of: {choices}.")
    if limits.get("key") and not _KEY.match(text):
        yield _error(
            where, f"'{text}' is not a key: small letters, digits and single hyphens."
        )
    if len(text) > limits.get("limit", math.inf):
        yield _error(where, f"{len(text)} characters, at most {limits['limit']} fit.")
    elif len(text) > limits.get("advised", math.inf):
        yield _warning(
            where, f"{len(text)} characters, over {limits['advised']}: shorten it."
        )
    if limits.get("line") and "\n" in text:
        yield _error(where, "This is one line. Remove the line break.")


def _siblings(spec: FrameworkSpec) -> Iterator[Problem]:
    """No two parts of a kind may have the same name."""
    seen = Counter(path for path, _ in items(spec))
    for path, times in seen.items():
        if times > 1:
            yield _error(
                "/".join(path), f"'{path[-1]}' stands {times} times. Keep one."
            )
    inner = Counter(
        (path[2], path[3])
        for path, _ in items(spec)
        if path[2:3] in (("actions",), ("questions",))
    )
    for (section, key), times in inner.items():
        if times > 1 and not any(
            seen[path] > 1 for path in seen if path[2:] == (section, key)
        ):
            yield _error(
                f"{section}/{key}",
                f"'{key}' is used by {times} skills. Give each its own key.",
            )


def _references(spec: FrameworkSpec) -> Iterator[Problem]:
    """Every key that one part uses of another must exist."""
    skills = {skill.key for skill in spec.skills}
    levels = {level.key for level in spec.levels}
    careers = {career.key for career in spec.careers}
    groups = {group.key for group in spec.groups}
    certificates = {item.key for item in spec.certifications}
    rungs = {level.key for level in spec.ladder}

    for path, part in items(spec):
        where = "/".join(path)
        uses: list[tuple[str, str, set[str]]] = []
        for attribute, kind, known in (
            ("skill", "skill", skills),
            ("group", "skill group", groups),
            ("career", "career", careers),
            ("career_level", "career level", levels),
            ("base_level", "rung of the ladder", rungs),
        ):
            if value := getattr(part, attribute, ""):
                uses.append((value, kind, known))
        uses += [
            (key, "certification", certificates)
            for key in getattr(part, "certifications", ())
        ]
        uses += [(key, "career level", levels) for key in getattr(part, "suits", ())]
        for value, kind, known in uses:
            if value not in known:
                yield _error(
                    where, f"There is no {kind} '{value}'. Check its spelling."
                )


def _scale(spec: FrameworkSpec) -> Iterator[Problem]:
    values = [point.value for point in spec.scale]
    if values != list(range(TOP_LEVEL + 1)):
        yield _error("scale", f"The scale has the values 0 to {TOP_LEVEL}, each once.")
    if not spec.skills:
        yield _error("skills", "A framework has at least one skill.")
    for group in spec.groups:
        if not spec.skills_in(group.key):
            yield _error(f"groups/{group.key}", "No skill is in this group. Remove it.")


def _skills(spec: FrameworkSpec) -> Iterator[Problem]:
    for skill in spec.skills:
        where = f"skills/{skill.key}"
        present = {level.value for level in skill.levels}
        for value in range(1, TOP_LEVEL + 1):
            if value not in present:
                yield _error(
                    f"{where}/levels", f"The statement for {value} is missing."
                )
        for level in skill.levels:
            if not level.statement.strip():
                yield _error(
                    f"{where}/levels/{level.value}/statement", "Write a statement."
                )
        for before, after in pairwise(skill.levels):
            if after.hours < before.hours:
                yield _warning(
                    f"{where}/levels/{after.value}/hours",
                    f"{after.hours} hours are fewer than for the step before ({before.hours}).",
                )
        for action in skill.actions:
            if action.to_value != action.from_value + 1:
                yield _error(
                    f"{where}/actions/{action.key}",
                    "An action is for one step: to_value is from_value plus 1.",
                )


def _prerequisite_circles(spec: FrameworkSpec) -> Iterator[Problem]:
    """Each circle once, named from the skill of it that stands first."""
    needs = {
        skill.key: [item.skill for item in skill.prerequisites] for skill in spec.skills
    }
    done: set[str] = set()

    def walk(key: str, trail: list[str]) -> Iterator[Problem]:
        if key in trail:
            circle = " needs ".join([*trail[trail.index(key) :], key])
            yield _error(
                f"skills/{trail[-1]}/prerequisites", f"A circle: {circle}. Remove one."
            )
        elif key not in done:
            for needed in needs.get(key, []):
                yield from walk(needed, [*trail, key])
            done.add(key)

    for skill in spec.skills:
        yield from walk(skill.key, [])


def _careers(spec: FrameworkSpec) -> Iterator[Problem]:
    ladders = [career for career in spec.careers if career.kind == "ladder"]
    if len(ladders) != 1:
        yield _error(
            "careers", f"A framework has one ladder, this one has {len(ladders)}."
        )
    for career in spec.careers:
        where = f"careers/{career.key}"
        own = [level for level in spec.levels if level.career == career.key]
        if not own:
            yield _error(where, "No career level belongs to this career. Add one.")
        if career.kind != "ladder":
            if len(own) > 1:
                yield _error(where, "Only the ladder has more than one career level.")
            if own and own[0].key != career.key:
                yield _error(
                    f"levels/{own[0].key}",
                    f"Its key must be the career's: '{career.key}'.",
                )
            if not career.base_level:
                yield _error(where, "'base_level' is missing: a rung to compare with.")
        orders = Counter(level.order for level in own)
        for order, times in orders.items():
            if times > 1:
                yield _error(where, f"{times} of its levels have the order {order}.")


def _levels(spec: FrameworkSpec) -> Iterator[Problem]:
    for level in spec.levels:
        where = f"levels/{level.key}"
        present = {item.skill for item in level.requirements}
        for skill in spec.skills:
            if skill.key not in present:
                yield _error(where, f"The requirement for '{skill.key}' is missing.")
        for item in level.requirements:
            if item.must_have and item.required == 0:
                yield _error(
                    f"{where}/requirements/{item.skill}",
                    "A must-have needs a required level of at least 1.",
                )
        if (level.years_max or level.years_min or 0) < (level.years_min or 0):
            yield _error(where, "years_max is below years_min.")
        if len(level.must_haves) > MOST_MUST_HAVES:
            yield _warning(
                where,
                f"{len(level.must_haves)} must-haves; {MOST_MUST_HAVES} are enough.",
            )
        yield from _shares(spec, level, where)


def _shares(spec: FrameworkSpec, level: CareerLevel, where: str) -> Iterator[Problem]:
    """Warns of one skill, or one group, that weighs too much or too little."""
    asked = {
        item.skill: item.importance for item in level.requirements if item.required > 0
    }
    whole = sum(asked.values())
    if whole <= 0:
        return
    for key, weight in asked.items():
        if Fraction(weight, whole) > LARGEST_SKILL_SHARE:
            share = round(100 * weight / whole)
            yield _warning(
                f"{where}/requirements/{key}",
                f"It is {share} % of the weight; 15 % is much.",
            )
    for group in spec.groups:
        weight = sum(asked.get(skill.key, 0) for skill in spec.skills_in(group.key))
        if Fraction(weight, whole) < SMALLEST_GROUP_SHARE:
            share = round(100 * weight / whole)
            yield _warning(
                where, f"The group '{group.name}' is only {share} % of the weight."
            )


def _rungs(spec: FrameworkSpec) -> Iterator[Problem]:
    """What should hold between a rung and the one below it."""
    for below, level in pairwise(spec.ladder):
        where = f"levels/{level.key}"
        asked_below = {item.skill: item for item in below.requirements}
        for item in level.requirements:
            before = asked_below.get(item.skill)
            if before and item.required < before.required:
                yield _warning(
                    f"{where}/requirements/{item.skill}",
                    f"It asks for {item.required}, less than {below.short_title} "
                    f"({before.required}).",
                )
        coverage = level_below_coverage(below, level)
        same = {i.skill for i in below.must_haves} == {
            i.skill for i in level.must_haves
        }
        if coverage >= TOO_CLOSE and same:
            yield _warning(
                where, f"It can hardly be told apart from {below.short_title}."
            )
        if level.ready_cut is not None and level.ready_cut <= coverage:
            yield _warning(
                f"{where}/ready_cut",
                f"Someone who just meets {below.short_title} already covers "
                f"{math.floor(coverage)}.",
            )


def level_below_coverage(below: CareerLevel, level: CareerLevel) -> Fraction:
    """Coverage, 0..100, of `level` by someone who just meets `below`.

    The formula is that of docs/scoring.md, "Coverage"; it stands here again because the
    framework must not know of the scoring of a person.
    """
    reached = {item.skill: item.required for item in below.requirements}
    asked = [item for item in level.requirements if item.required > 0]
    whole = sum(item.importance for item in asked)
    if not whole:
        return Fraction(0)
    earned = sum(
        Fraction(
            item.importance * min(reached.get(item.skill, 0), item.required),
            item.required,
        )
        for item in asked
    )
    return Fraction(100 * earned, whole)
