"""The skills: all of them by group, and one with its statements, steps and demands."""

from careers import charts
from careers.addresses import certifications_url, interview_url, level_url, skill_url
from careers.pages.parts import (
    ActionEntry,
    AskedRow,
    Entry,
    Fact,
    Prerequisite,
    SkillGroupEntry,
    SkillPage,
    SkillsPage,
    Statement,
)
from careers.pages.practice import certifications_about, questions_about
from careers.pages.words import scale_text, sentence
from careers.shape import CareerLevel, DevelopmentAction, FrameworkSpec, Skill
from careers.words import counted

KINDS = {
    "course-topic": "Course",
    "reading": "Reading",
    "on-the-job-practice": "Practice at work",
    "mentoring": "Mentoring",
    "certification": "Certification",
}


def skills_page(spec: FrameworkSpec) -> SkillsPage:
    """Everything that the list of skills shows."""
    skills = counted(len(spec.skills), "skill", "skills")
    groups = counted(len(spec.groups), "group", "groups")
    return SkillsPage(
        title=sentence(f"{skills} in {groups}"),
        lede="Every level of the ladder is measured by the same skills. A skill has five statements of what a person does, from aware to "
        "shaping.",
        groups=tuple(
            SkillGroupEntry(
                key=group.key,
                name=group.name,
                description=group.description,
                skills=tuple(
                    Entry(skill.name, skill_url(spec, skill.key), skill.description)
                    for skill in spec.skills_in(group.key)
                ),
            )
            for group in spec.groups
        ),
        scale=tuple(
            Fact(f"{point.value} {point.name}", point.definition)
            for point in spec.scale
        ),
    )


def skill_page(spec: FrameworkSpec, skill: Skill) -> SkillPage:
    """Everything that the page of one skill shows."""
    asked = [
        (rung.short_title, rung.requirement(skill.key).required) for rung in spec.ladder
    ]
    rungs = tuple(_asked_row(spec, level, skill) for level in spec.ladder)
    return SkillPage(
        key=skill.key,
        name=skill.name,
        group=next(group.name for group in spec.groups if group.key == skill.group),
        description=skill.description,
        why_it_matters=skill.why_it_matters,
        statements=statements(spec, skill),
        steps_note=_steps_note(skill),
        stair=charts.skill_levels(asked),
        asked_note=_asked_note(asked),
        rungs=rungs,
        others=tuple(
            _asked_row(spec, level, skill)
            for level in spec.levels
            if level not in spec.ladder
        ),
        needs=_needs(spec, skill),
        opens=_opens(spec, skill),
        evidence_prompts=skill.evidence_prompts,
        example=skill.example,
        questions=questions_about(spec, skill),
        questions_url=interview_url(spec, skill=skill.key),
        certifications=certifications_about(spec, skill),
        certifications_url=certifications_url(spec, skill=skill.key),
        basis=skill.basis,
    )


def statements(spec: FrameworkSpec, skill: Skill) -> tuple[Statement, ...]:
    """The card 0 from the scale, then those of the skill, lowest first."""
    hours = {level.value: level.hours for level in skill.levels if level.hours}
    cases = {level.value: level for level in skill.levels_with_cases}
    return tuple(
        Statement(
            value=point.value,
            name=point.name,
            statement=skill.statement(point.value) if point.value else point.definition,
            cases=cases.get(point.value),
            hours=f"About {hours[point.value]} hours from {point.value - 1} to {point.value}"
            if point.value in hours
            else "",
            actions=tuple(
                _action(action) for action in skill.actions_of_step(point.value - 1)
            ),
        )
        for point in spec.scale
    )


def _action(action: DevelopmentAction) -> ActionEntry:
    hours = f", about {action.hours} of the hours" if action.hours else ""
    return ActionEntry(
        title=action.title,
        text=action.what_to_do,
        note=f"{KINDS[action.kind]}{hours}",
    )


def _steps_note(skill: Skill) -> str:
    if not skill.hours:
        return ""
    return (
        f"About {sum(skill.hours)} hours from 0 to {len(skill.hours)}. Hours are rough "
        "estimates of ours, with practice at work in them."
    )


def _asked_note(asked: list[tuple[str, int]]) -> str:
    """Where the demand is highest first reached: the higher rungs ask no more."""
    if not any(level for _, level in asked):
        return "No rung of the ladder asks for it."
    most = max(level for _, level in asked)
    first = next(title for title, level in asked if level == most)
    if asked[-1][0] == first:
        return f"It rises up to {first}, which asks for {most}."
    return f"From {first} on, it stays at {most}."


def _asked_row(spec: FrameworkSpec, level: CareerLevel, skill: Skill) -> AskedRow:
    item = level.requirement(skill.key)
    return AskedRow(
        title=level.short_title,
        url=level_url(spec, level.key),
        asked=scale_text(spec, item.required) if item.required else "Not asked for",
        pips=charts.pips(item.required),
        must_have=skill.key in spec.must_have_keys(level),
        importance=f"{item.importance} of 5" if item.required else "",
    )


def _needs(spec: FrameworkSpec, skill: Skill) -> tuple[Prerequisite, ...]:
    return tuple(
        Prerequisite(
            name=spec.skills_by_key[each.skill].name,
            url=skill_url(spec, each.skill),
            text=f"at {scale_text(spec, each.min_value)}, before you go for "
            f"{scale_text(spec, each.applies_from)} here",
        )
        for each in skill.prerequisites
    )


def _opens(spec: FrameworkSpec, skill: Skill) -> tuple[Prerequisite, ...]:
    return tuple(
        Prerequisite(
            name=other.name,
            url=skill_url(spec, other.key),
            text=f"at {scale_text(spec, each.applies_from)} builds on "
            f"{scale_text(spec, each.min_value)} here",
        )
        for other in spec.skills
        for each in other.prerequisites
        if each.skill == skill.key
    )
