"""What must hold of a framework and of a guide: errors and warnings, as sentences. Pure.

Errors stop an import and a publication; warnings are shown. The lists are those of
`docs/framework-format.md` and `docs/guide-format.md`, "Errors and warnings". What a single
value may be, `careers.shape` says; here it becomes a sentence with a cure.
"""

from __future__ import annotations

import graphlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from careers.fields import (
    LONGEST_TEXT,
    Part,
    is_needed,
    items,
    limit,
    name_of,
    own_fields,
    plain_name,
    told,
    words_of,
)
from careers.guide_shape import (
    DOLLARS,
    PAGES,
    GuideEntry,
    GuideQuestion,
    GuideSpec,
    PayRange,
)
from careers.problems import (
    MOST_PROBLEMS,
    Problem,
    advice,
    error,
    first_few,
    quoted,
    warning,
)
from careers.shape import CareerLevel, FrameworkSpec
from scoring.inputs import credit
from scoring.number import coverage_of

Whole = FrameworkSpec | GuideSpec

MOST_POINTS = 10
MOST_MUST_HAVES = 5
LARGEST_SKILL_SHARE = Fraction(15, 100)
SMALLEST_GROUP_SHARE = Fraction(10, 100)
FEW = 3  # as many keys of a kind are named in one warning
TOO_CLOSE = 97  # coverage from which neighbouring rungs can hardly be told apart

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_ADDRESS = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:#[a-z0-9-]+)?\Z")


def problems_of(
    whole: Whole, *, values: bool = True, between: bool = True
) -> list[Problem]:
    """Everything wrong with a framework or a guide, in the order of the rules.

    After MOST_PROBLEMS the rest is left out. Without `values`, errors of single values are
    left out, which a reader of files told already; without `between`, what only a complete
    whole can be asked.
    """
    asked = problems_of_part if values else _advised
    parts = chain([((), whole)], items(whole))
    found: list[Iterator[Problem]] = [
        chain.from_iterable(asked(part, path) for path, part in parts)
    ]
    found.append(_off_scale(whole))
    if between:
        found += [rule(whole) for rule in RULES[type(whole)]]
    return list(islice(chain.from_iterable(found), MOST_PROBLEMS))


def problems_of_requirements(spec: FrameworkSpec) -> Iterator[Problem]:
    """What is wrong with the career levels, of a framework that has no more than these."""
    yield from _levels(spec)
    yield from _rungs(spec)


def problems_of_part(part: Part, path: tuple[str, ...] = ()) -> Iterator[Problem]:
    """What is wrong with one part by itself, without the parts within it."""
    values = {name: getattr(part, name) for name in own_fields(type(part))}
    for fault in faults_of(type(part), values):
        yield error("/".join((*path, *fault.place)), fault.sentence)
    yield from _advised(part, path)


# Single values
# --------------------------------------------------------------------------------------


class Fault(NamedTuple):
    """What is wrong with one value of a part.

    `place` is the field, and the place in it where it holds several texts. A value that is
    not `kept` is of another kind than its field.
    """

    place: tuple[str, ...]
    sentence: str
    kept: bool


OUT_OF_LIMITS = {"greater_than_equal", "less_than_equal"}
KEPT = {
    *OUT_OF_LIMITS,
    "string_too_long",
    "string_pattern_mismatch",
    "literal_error",
}


def faults_of(kind: type[Part], values: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the values of a part's own fields; the parts within may lack.

    Whether a number is on the framework's scale, only the whole knows: `_off_scale`. Each
    fault is worded when it is asked for: a file made to harm holds thousands of them.
    """
    try:
        kind.model_validate(values)
    except ValidationError as found:
        for each in found.errors(include_url=False):
            if (
                each["type"] not in OUT_OF_LIMITS
                or told(kind.model_fields[str(each["loc"][0])], "below_end") is None
            ):
                yield _fault(kind, each)


def _fault(kind: type[Part], found: Any) -> Fault:
    name, *inner = found["loc"]
    place = (name, *(str(number + 1) for number in inner))
    value, what = found["input"], found["type"]
    kept = what in KEPT and isinstance(value, str | int)
    return Fault(place, _sentence(kind, name, what, value), kept)


ADDS_UP_POINTS = (
    "This ladder adds up points over any skills, which cannot be compared skill by skill. "
    "Write what each rung requires of each skill in place of the points."
)
SENTENCES = {
    "tuple_type": "This is a list. Begin each text with '- '.",
    "bool_type": "This is true or false. Write one of them, without quotes.",
    "int_type": "This is a whole number. Write it in digits, without quotes.",
}


def _sentence(kind: type[Part], name: str, what: str, value: Any) -> str:
    if what == "missing":
        return f"'{name}' is missing. Add it."
    if what == "extra_forbidden" and kind is CareerLevel and "points" in name.lower():
        return ADDS_UP_POINTS
    if what == "extra_forbidden":
        advised = advice(name, kind.model_fields, "Remove it.")
        return f"{words_of(kind).capitalize()} has no {quoted(name)}. {advised}"
    if what in SENTENCES:
        return SENTENCES[what]
    info = kind.model_fields[name]
    if what in OUT_OF_LIMITS:
        low, high = limit(info, "ge"), limit(info, "le")
        return f"Write a whole number from {low} to {high}, not {value}."
    if isinstance(value, dict | tuple):
        return "This is one text. Put it in quotes, on one line."
    if value is None or not str(value).strip():
        return "This is empty. Fill it in."
    if not isinstance(value, str):
        return "This is a text. Put it in quotes."
    if what == "literal_error":
        choices = get_args(info.annotation)
        advised = advice(value, choices, f"Choose from: {', '.join(choices)}.")
        return f"There is no {quoted(value)} here. {advised}"
    if what == "string_too_long":
        most = limit(info, "max_length")
        return f"{len(value)} characters are too many. Use at most {most}."
    if CONTROL.search(value):
        return "This holds an invisible control character. Type it anew."
    if len(value.splitlines()) > 1:
        return "This must be one line. Remove the line break."
    return (
        f"{quoted(value)} cannot be a key. Use small letters, digits and single "
        "hyphens, such as 'risk-management'."
    )


def _advised(part: Part, path: tuple[str, ...]) -> Iterator[Problem]:
    """Texts that are empty or hard to read, and values of a part that do not fit."""
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if not isinstance(value, str):
            continue
        where, most = "/".join((*path, name)), told(info, "advised")
        if not value.strip():
            if info.default != "" and not is_needed(info):
                yield warning(where, "This is empty. Readers will see a blank.")
        elif most and most < len(value) <= LONGEST_TEXT:
            sentence = (
                f"{len(value)} characters are hard to read. Shorten it to {most}."
            )
            yield warning(where, sentence)
    where = "".join(f"{name}/" for name in path)
    if isinstance(part, PayRange):
        yield from _pay(part, where)
    if isinstance(part, GuideEntry | GuideQuestion):
        yield from _link(part, where)


def _off_scale(whole: Whole) -> Iterator[Problem]:
    """Every number that means a point of the scale is one."""
    if isinstance(whole, GuideSpec) or len(whole.scale) < 2:
        return
    for path, part in items(whole):
        for name, info in type(part).model_fields.items():
            below = told(info, "below_end")
            if below is None:
                continue
            low, high = limit(info, "ge"), whole.top - below
            value = getattr(part, name)
            if not low <= value <= high:
                where = "/".join((*path, name))
                sentence = f"Write a whole number from {low} to {high}, not {value}."
                yield error(where, sentence)


def _siblings(whole: Whole) -> Iterator[Problem]:
    """No two parts of a kind may have the same name."""
    times = Counter(path for path, _ in items(whole))
    for path, count in times.items():
        parents = (path[:end] for end in range(2, len(path), 2))
        if count > 1 and all(times[parent] == 1 for parent in parents):
            sentence = (
                f"{quoted(path[-1])} stands here {count} times. Keep one of them."
            )
            yield error("/".join(path), sentence)


NAMED = {  # the parts that a reader tells apart by this name
    "scale": "name",
    "groups": "name",
    "skills": "name",
    "careers": "title",
    "levels": "short_title",
    "certifications": "name",
}


def _names(spec: FrameworkSpec) -> Iterator[Problem]:
    """No two parts of a kind should be called the same, whatever their keys."""
    for section, name in NAMED.items():
        seen: set[str] = set()
        for part in getattr(spec, section):
            called = getattr(part, name)
            same = plain_name(called)
            if same and same in seen:
                sentence = f"{quoted(called)} is the name of another one, too. Tell them apart."
                yield warning(f"{section}/{name_of(part)}/{name}", sentence)
            seen.add(same)


def _references(whole: Whole) -> Iterator[Problem]:
    """Every key that one part uses of another must exist."""
    known = known_keys(whole)
    for path, part in items(whole):
        for name, info in type(part).model_fields.items():
            meant = told(info, "refers_to")
            if not meant:
                continue
            value = getattr(part, name)
            for key in (value,) if isinstance(value, str) else value:
                if key and key not in known[meant]:
                    advised = advice(key, known[meant], "Correct it, or add one.")
                    where = "/".join((*path, name))
                    yield error(where, f"There is no {meant} {quoted(key)}. {advised}")


def known_keys(whole: Whole) -> dict[str, Collection[str]]:
    """What a reference may name, by the kind that its field declares."""
    if isinstance(whole, GuideSpec):
        return {"source": {source.key for source in whole.sources}}
    skills = {skill.key for skill in whole.skills}
    careers = {career.key for career in whole.careers}
    return {
        "skill": skills,
        "skill group": {group.key for group in whole.groups},
        "career": careers,
        "career level": {level.key for level in whole.levels},
        "rung of the ladder": {level.key for level in whole.ladder},
        "certification": {item.key for item in whole.certifications},
        "skill or career": skills | careers,
    }


# Skills
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


def _scale_and_groups(spec: FrameworkSpec) -> Iterator[Problem]:
    present = {point.value for point in spec.scale}
    first = min(present, default=0)
    if first > 1:
        yield error("scale", f"The scale begins at {first}. Begin it at 0 or 1.")
    for value in range(first, max(present, default=0)):
        if value not in present:
            yield error("scale", f"The scale has no {value}. Add it.")
    if not 2 <= len(present) <= MOST_POINTS:
        sentence = f"The scale has 2 to {MOST_POINTS} points, not {len(present)}."
        yield error("scale", f"{sentence} Add or remove some.")
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
        present = [level.value for level in skill.levels]
        if not present:
            sentence = "There is no statement. Add one for at least one level."
            yield error(f"{where}/levels", sentence)
        for value in range(min(present, default=0), max(present, default=0)):
            if value not in present:
                sentence = f"The statement for level {value} is missing. Add it."
                yield warning(f"{where}/levels", sentence)
        for before, after in pairwise(skill.levels):
            if after.hours and before.hours and after.hours < before.hours:
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
    if not ladders:
        sentence = "No career has the kind 'ladder'. Give one of them this kind."
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
    has = {skill.key: [level.value for level in skill.levels] for skill in spec.skills}
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
            points = has.get(item.skill)
            if points and 0 < item.required <= spec.top and item.required not in points:
                yield error(
                    f"{where}/requirements/{item.skill}/required",
                    f"The skill has no statement for {item.required}. Require one of "
                    f"{', '.join(map(str, points))}, or add the statement.",
                )
            if item.must_have and item.required == 0:
                yield error(
                    f"{where}/requirements/{item.skill}/required",
                    "A must-have cannot require 0. Require at least 1, or remove "
                    "must_have.",
                )
        least, most = level.years_min, level.years_max
        if least is not None and most is not None and most < least:
            yield error(f"{where}/years_max", "This is below years_min. Correct one.")
        if not level.requires:
            yield warning(
                f"{where}/requirements",
                "This level requires nothing. Require something, or remove it.",
            )
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
    """Warns of a skill that weighs too much and of a group that weighs too little.

    Nothing is said of a group of which the level requires nothing.
    """
    asked = {item.skill: item.importance for item in level.requires}
    whole = sum(asked.values())
    if whole <= 0:
        return
    # Nobody can obey the one with so few skills, nor the other with so many groups.
    skills_can = len(asked) * LARGEST_SKILL_SHARE >= 1
    groups_can = len(groups) * SMALLEST_GROUP_SHARE <= 1
    weights = dict.fromkeys(groups, 0)
    for key, weight in asked.items():
        group = group_of.get(key, "")
        weights[group] = weights.get(group, 0) + weight
        if skills_can and Fraction(weight, whole) > LARGEST_SKILL_SHARE:
            yield warning(
                f"{where}/requirements/{key}/importance",
                f"This skill is {_percent(weight, whole)} of the weight. Lower its "
                f"importance, so that it stays within {_percent(LARGEST_SKILL_SHARE)}.",
            )
    for key, name in groups.items():
        share = Fraction(weights[key], whole)
        if groups_can and 0 < share < SMALLEST_GROUP_SHARE:
            yield warning(
                f"{where}/requirements",
                f"The group {quoted(name)} is only {_percent(share)} of "
                f"the weight. Raise it to {_percent(SMALLEST_GROUP_SHARE)}.",
            )


def _percent(part: int | Fraction, whole: int = 1) -> str:
    return f"{float(Fraction(100 * part, whole)):.1f} %".replace(".0 %", " %")


def _tracks(spec: FrameworkSpec) -> Iterator[Problem]:
    """Only rungs come after another, and none after itself, on whatever way."""
    rungs = {rung.key for rung in spec.ladder}
    for level in spec.levels:
        if level.after and level.key not in rungs:
            sentence = "Only a rung comes after another. Remove 'after'."
            yield error(f"levels/{level.key}/after", sentence)
    below = {rung.key: spec.level_below(rung) for rung in spec.ladder}
    needs = {key: {each.key: None} if each else {} for key, each in below.items()}
    if circle := _circle_in(needs):
        yield error(
            f"levels/{circle[0]}/after",
            f"These rungs come after each other: {' after '.join([*circle, circle[0]])}. "
            "Change 'after' of one of them.",
        )


def _rungs(spec: FrameworkSpec) -> Iterator[Problem]:
    """What should hold between a rung and the one below it."""
    for level in spec.ladder:
        below = spec.level_below(level)
        if below is None:
            continue
        where = f"levels/{level.key}"
        before = {item.skill: item.required for item in below.requires}
        dropped = []
        for item in level.requirements:
            if item.required == 0 and item.skill in before:
                dropped.append(quoted(item.skill))
            elif item.required < before.get(item.skill, 0):
                yield warning(
                    f"{where}/requirements/{item.skill}/required",
                    f"{item.required} is less than the {before[item.skill]} that "
                    f"{below.short_title} requires. Check both.",
                )
        if dropped and level.requires:
            yield warning(
                f"{where}/requirements",
                f"Nothing is required of {first_few(dropped, FEW)}, of which "
                f"{below.short_title} requires something. Check both.",
            )
        coverage = level_below_coverage(below, level)
        same_must_haves = {item.skill for item in below.must_haves} == {
            item.skill for item in level.must_haves
        }
        if coverage >= TOO_CLOSE and same_must_haves:
            yield warning(
                where,
                f"{below.short_title} covers {math.floor(coverage)} of 100 and has the "
                "same must-haves. Raise what this rung requires, or join the two.",
            )
        if level.ready_line is not None and level.ready_line <= coverage:
            yield warning(
                f"{where}/ready_line",
                f"Someone who just meets {below.short_title} covers "
                f"{math.floor(coverage)} of 100 already. Raise the cut, or leave it out.",
            )


def level_below_coverage(below: CareerLevel, level: CareerLevel) -> Fraction:
    """Coverage, 0..100, of `level` by someone who just meets `below`."""
    reached = {item.skill: item.required for item in below.requirements}
    asked = [item for item in level.requirements if item.required > 0]
    earned = sum(credit(item, reached.get(item.skill, 0)) for item in asked)
    return coverage_of(earned, sum(item.importance for item in asked))


# A guide
# --------------------------------------------------------------------------------------


def _pay(pay: PayRange, where: str) -> Iterator[Problem]:
    if not _CURRENCY.match(pay.currency):
        sentence = "Write a currency as three capital letters, such as USD."
        yield error(f"{where}currency", sentence)
    if pay.high < pay.low:
        yield error(f"{where}high", "This is below 'low'. Correct one.")
    if (pay.low_usd is None) != (pay.high_usd is None):
        sentence = "Fill in both low_usd and high_usd, or neither."
        empty = "low_usd" if pay.low_usd is None else "high_usd"
        yield error(f"{where}{empty}", sentence)
    elif pay.low_usd is not None and pay.high_usd is not None:
        if pay.high_usd < pay.low_usd:
            yield error(f"{where}high_usd", "This is below 'low_usd'. Correct one.")
        if pay.currency == DOLLARS:
            sentence = "The range is in US dollars already. Leave this out."
            yield error(f"{where}low_usd", sentence)


def _link(part: GuideEntry | GuideQuestion, where: str) -> Iterator[Problem]:
    if bool(part.link) != bool(part.link_text):
        empty = "link_text" if part.link else "link"
        yield error(f"{where}{empty}", "Fill in both link and link_text, or neither.")
    if part.link and not _ADDRESS.match(part.link):
        sentence = "Write an address of this site, such as '/pay/' or '/start/#steps'."
        yield error(f"{where}link", sentence)


def _pages(guide: GuideSpec) -> Iterator[Problem]:
    present = {page.key for page in guide.pages}
    for key in PAGES:
        if key not in present:
            yield error("pages", f"The page '{key}' is missing. Add it.")
    for page in guide.pages:
        for section in page.sections:
            where = f"pages/{page.key}/sections/{section.key}"
            if not (section.text or section.facts or section.entries):
                sentence = "There is nothing in this section. Fill it or remove it."
                yield warning(where, sentence)
            for entry in section.entries:
                place = f"{where}/entries/{entry.key}/"
                yield from problems_in_section(entry, section.kind, place)


def problems_in_section(
    entry: GuideEntry, kind: str, where: str = ""
) -> Iterator[Problem]:
    """What an entry lacks, or has too much of, in a section of a kind."""
    for name in ("time", "cost"):
        given = bool(getattr(entry, name))
        if kind == "routes" and not given:
            yield error(f"{where}{name}", f"A route has a {name}. Fill it in.")
        elif kind != "routes" and given:
            sentence = "This is shown in a section of the kind 'routes' only."
            yield warning(f"{where}{name}", sentence)


RULES: dict[type[Part], tuple[Callable[[Any], Iterator[Problem]], ...]] = {
    FrameworkSpec: (
        _siblings,
        _names,
        _keys_of_practice,
        _references,
        _scale_and_groups,
        _skills,
        _prerequisite_circles,
        _careers,
        _levels,
        _tracks,
        _rungs,
    ),
    GuideSpec: (_siblings, _references, _pages),
}
