"""One career level: what it asks, what changes from the level below, what comes next."""

from collections.abc import Iterator

from careers import charts
from careers.addresses import ladder_url, level_url, skill_url
from careers.pages.ladder import PAY_NOTE
from careers.pages.parts import (
    BasisRow,
    Change,
    Entry,
    Fact,
    LevelPage,
    RequirementGroup,
    RequirementRow,
    TextList,
)
from careers.pages.practice import certifications_for, questions_at
from careers.pages.words import GRADES, kicker, money, scale_text, sentence, years
from careers.spec import Career, CareerLevel, FrameworkSpec, Requirement, SkillGroup
from careers.words import counted

AFTER = 10  # above every level of the scale: what falls stands after what rises


def level_page(spec: FrameworkSpec, level: CareerLevel) -> LevelPage:
    """Everything that the page of one career level shows."""
    career = spec.careers_by_key[level.career]
    below = spec.level_below(level)
    return LevelPage(
        key=level.key,
        framework_key=spec.key,
        title=level.title,
        short_title=level.short_title,
        kicker=kicker(spec, level),
        summary=level.summary,
        figures=_figures(level),
        pay_note=PAY_NOTE if level.pay_median else "",
        work_title="The work" if level.responsibilities else "What sets it apart",
        lists=_lists(level, career),
        facts=_facts(level),
        differs=career.differs,
        below=_entry(spec, below) if below else None,
        changes_title=f"What changes from {below.short_title}" if below else "",
        changes_note=_changes_note(level, below) if below else "",
        changes=_changes(spec, level, below) if below else (),
        groups=_groups(spec, level, below),
        key_note=_key_note(below),
        next_title=_next_title(spec, level),
        next=_next(spec, level),
        questions=questions_at(spec, level),
        certifications=certifications_for(spec, level),
        basis=_basis(spec, level),
    )


def _entry(spec: FrameworkSpec, level: CareerLevel) -> Entry:
    return Entry(level.title, level_url(spec, level.key), level.summary)


def _asked(level: CareerLevel) -> list[Requirement]:
    return [item for item in level.requirements if item.required]


def _figures(level: CareerLevel) -> tuple[Fact, ...]:
    asked, must_haves = len(_asked(level)), len(level.must_haves)
    figures = [
        Fact("typical experience", years(level)),
        Fact("skills are asked for", str(asked)),
        Fact("must-have" if must_haves == 1 else "must-haves", str(must_haves)),
        Fact(
            "median pay, the guide's own figure, United States, a year",
            money(level.pay_median, level.currency),
        ),
    ]
    return tuple(figure for figure in figures if figure.value)


def _facts(level: CareerLevel) -> tuple[Fact, ...]:
    facts = [
        Fact("Scope", sentence(level.scope)),
        Fact("Autonomy", sentence(level.autonomy)),
        Fact("People", sentence(level.people_impact)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _lists(level: CareerLevel, career: Career) -> tuple[TextList, ...]:
    lists = (
        TextList("What you answer for", level.responsibilities),
        TextList("What it is about", level.focus_areas),
        TextList("Topics to know", career.topics),
    )
    return tuple(each for each in lists if each.texts)


# Requirements
# --------------------------------------------------------------------------------------


def _groups(
    spec: FrameworkSpec, level: CareerLevel, below: CareerLevel | None
) -> tuple[RequirementGroup, ...]:
    groups = (_group(spec, group, level, below) for group in spec.groups)
    return tuple(group for group in groups if group.rows)


def _group(
    spec: FrameworkSpec,
    group: SkillGroup,
    level: CareerLevel,
    below: CareerLevel | None,
) -> RequirementGroup:
    rows = [
        _row(spec, item, below)
        for item in _asked(level)
        if spec.skills_by_key[item.skill].group == group.key
    ]
    return RequirementGroup(group.key, group.name, group.description, tuple(rows))


def _row(
    spec: FrameworkSpec, item: Requirement, below: CareerLevel | None
) -> RequirementRow:
    skill = spec.skills_by_key[item.skill]
    was = below.requirement(item.skill).required if below else item.required
    return RequirementRow(
        name=skill.name,
        url=skill_url(spec, skill.key),
        pips=charts.pips(item.required, before=was),
        level=scale_text(spec, item.required),
        before=f"was {was} at {below.short_title}"
        if below and was != item.required
        else "",
        statement=skill.statement(item.required),
        must_have=item.must_have,
    )


def _key_note(below: CareerLevel | None) -> str:
    note = "Five marks are the levels 1 to 5; a filled mark is asked for."
    if below is None:
        return note
    return f"{note} A hollow mark with a strong edge is new since {below.short_title}."


def _basis(spec: FrameworkSpec, level: CareerLevel) -> tuple[BasisRow, ...]:
    return tuple(
        BasisRow(
            name=spec.skills_by_key[item.skill].name,
            asked=str(item.required),
            importance=str(item.importance),
            grade=GRADES[item.evidence_grade],
            basis=item.basis,
        )
        for item in _asked(level)
    )


# The level below and the level above
# --------------------------------------------------------------------------------------


def _changes_note(level: CareerLevel, below: CareerLevel) -> str:
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
    skills: dict[tuple[int, str], list[Entry]] = {}
    for item in level.requirements:
        skill = spec.skills_by_key[item.skill]
        entry = Entry(skill.name, skill_url(spec, skill.key), "")
        for change in _changed(spec, item, below.requirement(item.skill)):
            skills.setdefault(change, []).append(entry)
    return tuple(
        Change(text, tuple(skills[place, text])) for place, text in sorted(skills)
    )


def _changed(
    spec: FrameworkSpec, now: Requirement, before: Requirement
) -> Iterator[tuple[int, str]]:
    """Each change as (its place among the lines, its text)."""
    low, high = scale_text(spec, before.required), scale_text(spec, now.required)
    if now.required > before.required:
        yield now.required, f"From {low} to {high}"
    if now.required < before.required:
        yield AFTER + now.required, f"Less: from {low} to {high}"
    if now.must_have and not before.must_have:
        yield 2 * AFTER, "Now a must-have"
    if before.must_have and not now.must_have:
        yield 3 * AFTER, "No longer a must-have"


def _next_title(spec: FrameworkSpec, level: CareerLevel) -> str:
    kind = spec.careers_by_key[level.career].kind
    if kind == "ladder":
        return "What comes next"
    return "Where it starts from" if kind == "specialization" else "Back to the ladder"


def _next(spec: FrameworkSpec, level: CareerLevel) -> tuple[Entry, ...]:
    """The rung above and what builds on this one; else the rung to start from."""
    career = spec.careers_by_key[level.career]
    if career.kind == "ladder":
        place = spec.ladder.index(level)
        above = [
            _above(spec, rung, level) for rung in spec.ladder[place + 1 : place + 2]
        ]
        return (*above, *_built_on(spec, level))
    base = spec.levels_by_key.get(career.base_level)
    if base:
        return (_entry(spec, base),)
    return (Entry("The ladder", ladder_url(spec), "All rungs in one picture."),)


def _above(spec: FrameworkSpec, above: CareerLevel, level: CareerLevel) -> Entry:
    note = _changes_note(above, level).partition(".")[0]
    text = f"{above.summary} {note} on the way there."
    return Entry(above.title, level_url(spec, above.key), text)


def _built_on(spec: FrameworkSpec, level: CareerLevel) -> list[Entry]:
    """Specializations that start from this rung."""
    return [
        _entry(spec, other)
        for other in spec.levels
        if spec.careers_by_key[other.career].kind == "specialization"
        and spec.careers_by_key[other.career].base_level == level.key
    ]
