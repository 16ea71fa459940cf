"""The rules that a framework must keep, and those that its owner should know of. Pure.

Errors stop an import and a publication; warnings are shown. The list is that of
`docs/framework-format.md`, "Errors and warnings".
"""

from __future__ import annotations

import graphlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, islice, pairwise

from careers.field_rules import reference_problems, sibling_problems, value_problems
from careers.problems import MOST_PROBLEMS, Problem, error, quoted, warning
from careers.spec import TOP_LEVEL, CareerLevel, FrameworkSpec

MOST_MUST_HAVES = 5
LARGEST_SKILL_SHARE = Fraction(15, 100)
SMALLEST_GROUP_SHARE = Fraction(10, 100)
TOO_CLOSE = 97  # coverage from which neighbouring rungs can hardly be told apart


def problems_of(spec: FrameworkSpec) -> list[Problem]:
    """Everything wrong with a framework, errors and warnings, in the order of the rules.

    After MOST_PROBLEMS the rest is left out.
    """
    rules: tuple[Callable[[FrameworkSpec], Iterator[Problem]], ...] = (
        value_problems,
        sibling_problems,
        _keys_of_practice,
        _references,
        _scale_and_groups,
        _skills,
        _prerequisite_circles,
        _careers,
        _levels,
        _rungs,
    )
    found = chain.from_iterable(rule(spec) for rule in rules)
    return list(islice(found, MOST_PROBLEMS))


def problems_of_fields(spec: FrameworkSpec) -> list[Problem]:
    """What is wrong with single values, whatever else the framework holds."""
    return list(islice(value_problems(spec), MOST_PROBLEMS))


# Keys
# --------------------------------------------------------------------------------------


def _keys_of_practice(spec: FrameworkSpec) -> Iterator[Problem]:
    """Actions and questions have keys that no other skill uses."""
    for section in ("actions", "questions"):
        owner: dict[str, str] = {}
        for skill in spec.skills:
            for part in getattr(skill, section):
                other = owner.setdefault(part.key, skill.key)
                if other != skill.key:
                    yield error(
                        f"skills/{skill.key}/{section}/{part.key}",
                        f"{quoted(part.key)} is a key in {quoted(other)} already. Give "
                        "it a key of its own.",
                    )


def known_keys(spec: FrameworkSpec) -> dict[str, set[str]]:
    """What a reference may name, by the kind that its field declares."""
    skills = {skill.key for skill in spec.skills}
    careers = {career.key for career in spec.careers}
    return {
        "skill": skills,
        "skill group": {group.key for group in spec.groups},
        "career": careers,
        "career level": {level.key for level in spec.levels},
        "rung of the ladder": {level.key for level in spec.ladder},
        "certification": {item.key for item in spec.certifications},
        "skill or career": skills | careers,
    }


def _references(spec: FrameworkSpec) -> Iterator[Problem]:
    return reference_problems(spec, known_keys(spec))


# Skills
# --------------------------------------------------------------------------------------


def _scale_and_groups(spec: FrameworkSpec) -> Iterator[Problem]:
    present = {point.value for point in spec.scale}
    for value in range(TOP_LEVEL + 1):
        if value not in present:
            yield error("scale", f"The scale has no {value}. Add it.")
    if not spec.skills:
        yield error("skills", "There is no skill. Add at least one.")
    used = {skill.group for skill in spec.skills}
    for group in spec.groups:
        if group.key not in used:
            sentence = "No skill belongs to this group. Add one, or remove the group."
            yield error(f"groups/{group.key}", sentence)


def _skills(spec: FrameworkSpec) -> Iterator[Problem]:
    for skill in spec.skills:
        where = f"skills/{skill.key}"
        present = {level.value for level in skill.levels}
        for value in range(1, TOP_LEVEL + 1):
            if value not in present:
                sentence = f"The statement for level {value} is missing. Add it."
                yield error(f"{where}/levels", sentence)
        for before, after in pairwise(skill.levels):
            if after.hours < before.hours:
                yield warning(
                    f"{where}/levels/{after.value}/hours",
                    f"{after.hours} hours are fewer than the {before.hours} of the "
                    "step before. Check both.",
                )
        for action in skill.actions:
            if action.to_value != action.from_value + 1:
                yield error(
                    f"{where}/actions/{action.key}/to_value",
                    f"An action is for one step. Write {action.from_value + 1} here, "
                    "or change from_value.",
                )


def _prerequisite_circles(spec: FrameworkSpec) -> Iterator[Problem]:
    """Each circle once, named from the skill of it that stands first."""
    order = {skill.key: place for place, skill in enumerate(spec.skills)}
    needs = {
        skill.key: {need.skill: None for need in skill.prerequisites}
        for skill in spec.skills
    }
    while circle := _circle_in(needs):
        first = min(range(len(circle)), key=lambda place: order[circle[place]])
        round_trip = [*circle[first:], *circle[:first], circle[first]]
        del needs[circle[first - 1]][circle[first]]
        yield error(
            f"skills/{round_trip[0]}/prerequisites",
            f"These skills need each other: {' needs '.join(round_trip)}. Remove one "
            "of these prerequisites.",
        )


def _circle_in(needs: Mapping[str, Mapping[str, None]]) -> list[str]:
    """Skills of which each needs the next and the last the first; none, if all is well."""
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as error:
        return list(reversed(error.args[1][1:]))
    return []


# Careers and their levels
# --------------------------------------------------------------------------------------


def _careers(spec: FrameworkSpec) -> Iterator[Problem]:
    ladders = sum(career.kind == "ladder" for career in spec.careers)
    if ladders != 1:
        sentence = (
            f"One career must have the kind 'ladder', not {ladders}. Change a kind."
        )
        yield error("careers", sentence)
    levels_of = defaultdict(list)
    for level in spec.levels:
        levels_of[level.career].append(level)
    for career in spec.careers:
        where = f"careers/{career.key}"
        own = levels_of[career.key]
        if not own:
            yield error(where, "This career has no career level. Add one.")
        for order, times in Counter(level.order for level in own).items():
            if times > 1:
                yield error(
                    where,
                    f"{times} of its levels have the order {order}. Give each its own.",
                )
        if career.kind == "ladder":
            continue
        if len(own) > 1:
            yield error(where, "Only the ladder has several career levels. Keep one.")
        if own and own[0].key != career.key:
            sentence = f"Its key must be that of its career, {quoted(career.key)}."
            yield error(f"levels/{own[0].key}", sentence)
        if not career.base_level:
            sentence = "Name the rung to compare with, as 'base_level'."
            yield error(f"{where}/base_level", sentence)


def _levels(spec: FrameworkSpec) -> Iterator[Problem]:
    groups = {group.key: group.name for group in spec.groups}
    group_of = {skill.key: skill.group for skill in spec.skills}
    for level in spec.levels:
        where = f"levels/{level.key}"
        present = {item.skill for item in level.requirements}
        for skill in spec.skills:
            if skill.key not in present:
                sentence = (
                    f"The requirement for {quoted(skill.key)} is missing. Add it."
                )
                yield error(f"{where}/requirements", sentence)
        for item in level.requirements:
            if item.must_have and item.required == 0:
                yield error(
                    f"{where}/requirements/{item.skill}/required",
                    "A must-have cannot require 0. Require at least 1, or remove "
                    "must_have.",
                )
        least, most = level.years_min, level.years_max
        if least is not None and most is not None and most < least:
            yield error(f"{where}/years_max", "This is below years_min. Correct one.")
        if len(level.must_haves) > MOST_MUST_HAVES:
            yield warning(
                f"{where}/requirements",
                f"{len(level.must_haves)} must-haves are many. Keep the "
                f"{MOST_MUST_HAVES} that matter most.",
            )
        yield from _shares(level, where, groups, group_of)


def _shares(
    level: CareerLevel,
    where: str,
    groups: Mapping[str, str],
    group_of: Mapping[str, str],
) -> Iterator[Problem]:
    """Warns of a skill that weighs too much and of a group that weighs too little."""
    asked = {
        item.skill: item.importance for item in level.requirements if item.required > 0
    }
    whole = sum(asked.values())
    if whole <= 0:
        return
    weights = dict.fromkeys(groups, 0)
    for key, weight in asked.items():
        group = group_of.get(key, "")
        weights[group] = weights.get(group, 0) + weight
        if Fraction(weight, whole) > LARGEST_SKILL_SHARE:
            yield warning(
                f"{where}/requirements/{key}/importance",
                f"This skill is {_percent(weight, whole)} of the weight. Lower its "
                f"importance, so that it stays within {_percent(LARGEST_SKILL_SHARE)}.",
            )
    for key, name in groups.items():
        if Fraction(weights[key], whole) < SMALLEST_GROUP_SHARE:
            yield warning(
                f"{where}/requirements",
                f"The group {quoted(name)} is only {_percent(weights[key], whole)} of "
                f"the weight. Raise it to {_percent(SMALLEST_GROUP_SHARE)}.",
            )


def _percent(part: int | Fraction, whole: int = 1) -> str:
    return f"{float(Fraction(100 * part, whole)):.1f} %".replace(".0 %", " %")


def _rungs(spec: FrameworkSpec) -> Iterator[Problem]:
    """What should hold between a rung and the one below it."""
    for below, level in pairwise(spec.ladder):
        where = f"levels/{level.key}"
        before = {item.skill: item.required for item in below.requirements}
        for item in level.requirements:
            if item.required < before.get(item.skill, 0):
                yield warning(
                    f"{where}/requirements/{item.skill}/required",
                    f"{item.required} is less than the {before[item.skill]} that "
                    f"{below.short_title} requires. Check both.",
                )
        coverage = level_below_coverage(below, level)
        same_must_haves = _must_haves(below) == _must_haves(level)
        if coverage >= TOO_CLOSE and same_must_haves:
            yield warning(
                where,
                f"{below.short_title} covers {math.floor(coverage)} of 100 and has the "
                "same must-haves. Raise what this rung requires, or join the two.",
            )
        if level.ready_cut is not None and level.ready_cut <= coverage:
            yield warning(
                f"{where}/ready_cut",
                f"Someone who just meets {below.short_title} covers "
                f"{math.floor(coverage)} of 100 already. Raise the cut, or leave it out.",
            )


def _must_haves(level: CareerLevel) -> set[str]:
    return {item.skill for item in level.must_haves}


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
