"""A job description for one rung: what it asks, for those who hire. Not one of a person."""

from careers.addresses import job_description_text_url, level_url
from careers.pages.parts import Entry, Fact, JobDescription, JobDescriptionSkill
from careers.pages.words import sentence, years
from careers.shape import CareerLevel, FrameworkSpec, Requirement

COUNTS_MUCH = 4
"""Importance, 1 to 5, from which a skill that is no must-have is named."""


def job_description(spec: FrameworkSpec, level: CareerLevel) -> JobDescription:
    """Everything that the job description of a rung says."""
    keys = spec.must_have_keys(level)
    must_haves = [item for item in level.requirements if item.skill in keys]
    also = [
        item
        for item in level.requirements
        if item.required and item.skill not in keys and item.importance >= COUNTS_MUCH
    ]
    facts = [
        Fact("Experience", years(level)),
        Fact("Scope", sentence(level.scope)),
        Fact("Autonomy", sentence(level.autonomy)),
        Fact("People", sentence(level.people_impact)),
    ]
    return JobDescription(
        title=level.title,
        summary=level.summary,
        responsibilities=level.responsibilities,
        focus_areas=level.focus_areas,
        facts=tuple(fact for fact in facts if fact.value),
        must_haves=tuple(_skill(spec, item) for item in must_haves),
        also=tuple(_skill(spec, item) for item in also),
        level=Entry(level.title, level_url(spec, level.key), level.summary),
        text_url=job_description_text_url(spec, level.key),
    )


def _skill(spec: FrameworkSpec, item: Requirement) -> JobDescriptionSkill:
    skill = spec.skills_by_key[item.skill]
    return JobDescriptionSkill(
        name=skill.name,
        statement=skill.statement(item.required),
    )


def job_description_text(page: JobDescription) -> str:
    """The same as plain text, a blank line between its parts."""
    skills = [
        ("You can say of yourself", page.must_haves),
        ("You also bring", page.also),
    ]
    parts = [
        [page.title.upper()],
        [page.summary],
        _listed("What you answer for", page.responsibilities),
        _listed("What the work is about", page.focus_areas),
        _listed("How you work", [f"{each.label}: {each.value}" for each in page.facts]),
        *(
            _listed(title, [f"{each.name}: “{each.statement}”" for each in named])
            for title, named in skills
        ),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _listed(title, texts):
    return [title, *(f"- {text}" for text in texts)] if texts else []
