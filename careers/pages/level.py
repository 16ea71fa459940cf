"""One rung: what it asks, what changes from the level below, what comes next."""

from collections.abc import Iterator

from careers.addresses import (
    certifications_url,
    interview_url,
    job_description_url,
    level_url,
    skill_url,
)
from careers.pages.ladder import PAY_NOTE
from careers.pages.parts import Change, Entry, Fact, LevelPage, TextList
from careers.pages.practice import certifications_for, questions_at
from careers.pages.requirements import (
    basis_rows,
    figures,
    key_note,
    requirement_groups,
)
from careers.pages.words import kicker, scale_text, sentence
from careers.shape import CareerLevel, FrameworkSpec, Requirement
from careers.words import counted

AFTER = 10  # above every level of the scale: what falls stands after what rises


def level_page(spec: FrameworkSpec, level: CareerLevel) -> LevelPage:
    """Everything that the page of one rung shows."""
    below = spec.level_below(level)
    return LevelPage(
        key=level.key,
        framework_key=spec.key,
        title=level.title,
        short_title=level.short_title,
        kicker=kicker(spec, level),
        summary=level.summary,
        figures=figures(spec, level),
        pay_note=PAY_NOTE if level.pay_median else "",
        job_description_url=job_description_url(spec, level.key),
        lists=_lists(level),
        facts=_facts(level),
        below=_entry(spec, below) if below else None,
        changes_title=f"What changes from {below.short_title}" if below else "",
        changes_note=changes_note(level, below) if below else "",
        changes=_changes(spec, level, below) if below else (),
        groups=requirement_groups(spec, level, below),
        key_note=key_note(below),
        next=_next(spec, level),
        questions=questions_at(spec, level),
        questions_url=interview_url(spec, level=level.key),
        certifications=certifications_for(spec, level),
        certifications_url=certifications_url(spec, level=level.key),
        basis=basis_rows(spec, level),
    )


def _entry(spec: FrameworkSpec, level: CareerLevel) -> Entry:
    return Entry(level.title, level_url(spec, level.key), level.summary)


def _facts(level: CareerLevel) -> tuple[Fact, ...]:
    facts = [
        Fact("Scope", sentence(level.scope)),
        Fact("Autonomy", sentence(level.autonomy)),
        Fact("People", sentence(level.people_impact)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _lists(level: CareerLevel) -> tuple[TextList, ...]:
    lists = (
        TextList("What you answer for", level.responsibilities),
        TextList("What it is about", level.focus_areas),
    )
    return tuple(each for each in lists if each.texts)


# The level below and the level above
# --------------------------------------------------------------------------------------


def changes_note(level: CareerLevel, below: CareerLevel) -> str:
    """How many skills rise and fall from one level to another, in a sentence."""
    rises = falls = 0
    for item in level.requirements:
        before = below.requirement(item.skill).required
        rises += item.required > before
        falls += item.required < before
    note = f"{counted(rises, 'skill rises', 'skills rise')}"
    if falls:
        note += f", {counted(falls, 'falls', 'fall')}"
    stay = len(level.requirements) - rises - falls
    return sentence(f"{note}. The others stay as they are." if stay else f"{note}.")


def _changes(
    spec: FrameworkSpec, level: CareerLevel, below: CareerLevel
) -> tuple[Change, ...]:
    """The same change of several skills in one line, the lowest step first."""
    must_haves = spec.must_have_keys(level), spec.must_have_keys(below)
    skills: dict[tuple[int, str], list[Entry]] = {}
    for item in level.requirements:
        skill = spec.skills_by_key[item.skill]
        entry = Entry(skill.name, skill_url(spec, skill.key), "")
        for change in _changed(spec, item, below.requirement(item.skill), *must_haves):
            skills.setdefault(change, []).append(entry)
    return tuple(
        Change(text, tuple(skills[place, text])) for place, text in sorted(skills)
    )


def _changed(
    spec: FrameworkSpec,
    now: Requirement,
    before: Requirement,
    must_haves_now: set[str],
    must_haves_before: set[str],
) -> Iterator[tuple[int, str]]:
    """Each change as (its place among the lines, its text)."""
    low, high = scale_text(spec, before.required), scale_text(spec, now.required)
    if now.required > before.required:
        yield now.required, f"From {low} to {high}"
    if now.required < before.required:
        yield AFTER + now.required, f"Less: from {low} to {high}"
    if now.skill in must_haves_now - must_haves_before:
        yield 2 * AFTER, "Now a must-have"
    if now.skill in must_haves_before - must_haves_now:
        yield 3 * AFTER, "No longer a must-have"


def _next(spec: FrameworkSpec, level: CareerLevel) -> tuple[Entry, ...]:
    """The rung above, and the specializations that build on this one."""
    place = spec.ladder.index(level)
    above = [_above(spec, rung, level) for rung in spec.ladder[place + 1 : place + 2]]
    return (*above, *_built_on(spec, level))


def _above(spec: FrameworkSpec, above: CareerLevel, level: CareerLevel) -> Entry:
    note = changes_note(above, level).partition(".")[0]
    text = f"{above.summary} {note} on the way there."
    return Entry(above.title, level_url(spec, above.key), text)


def _built_on(spec: FrameworkSpec, level: CareerLevel) -> list[Entry]:
    return [
        _entry(spec, other)
        for other in spec.levels
        if spec.careers_by_key[other.career].kind == "specialization"
        and spec.careers_by_key[other.career].base_level == level.key
    ]
