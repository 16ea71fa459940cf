"""Interview questions and certifications, as levels and skills show them."""

from collections.abc import Iterable

from careers.addresses import level_url, skill_url
from careers.pages.parts import CertificationEntry, Entry, Question
from careers.pages.words import scale_text
from careers.shape import (
    CareerLevel,
    Certification,
    FrameworkSpec,
    InterviewQuestion,
    Skill,
)
from careers.words import listed

SURE = {
    "looked-up": "Looked up in a public source",
    "guide": "As the career guide has it",
    "general": "From general knowledge",
}


def questions_at(spec: FrameworkSpec, level: CareerLevel) -> tuple[Question, ...]:
    """Those that this level is most likely to be asked, each with its skill."""
    return tuple(
        _question(spec, skill, each, Entry(skill.name, skill_url(spec, skill.key), ""))
        for skill in spec.skills
        for each in skill.questions
        if each.career_level == level.key
    )


def questions_about(spec: FrameworkSpec, skill: Skill) -> tuple[Question, ...]:
    """Those about one skill, each with the level that it is asked of."""
    questions = []
    for each in skill.questions:
        level = spec.levels_by_key[each.career_level]
        entry = Entry(level.short_title, level_url(spec, level.key), "")
        questions.append(_question(spec, skill, each, entry))
    return tuple(questions)


def _question(
    spec: FrameworkSpec, skill: Skill, each: InterviewQuestion, asked_of: Entry
) -> Question:
    return Question(
        question=each.question,
        asked_of=asked_of,
        shows=good_answer(spec, skill, each),
    )


def good_answer(spec: FrameworkSpec, skill: Skill, each: InterviewQuestion) -> str:
    """What a good answer to a question shows: the statement that it probes."""
    value = each.probes_value
    return f"{scale_text(spec, value)}: {skill.statement(value)}"


def certifications_for(
    spec: FrameworkSpec, level: CareerLevel
) -> tuple[CertificationEntry, ...]:
    """Those that suit a level, each with the skills it helps."""
    return _entries(
        (each, _helps(spec, each))
        for each in spec.certifications
        if level.key in each.suits
    )


def certifications_about(
    spec: FrameworkSpec, skill: Skill
) -> tuple[CertificationEntry, ...]:
    """Those that help with a skill, each with how far it leads."""
    return _entries(
        (each, f"Helps up to {scale_text(spec, support.up_to)}.")
        for each in spec.certifications
        for support in each.supports
        if support.skill == skill.key
    )


def certifications_beyond(
    spec: FrameworkSpec, level: CareerLevel, base: CareerLevel
) -> tuple[CertificationEntry, ...]:
    """Those that lead further in a skill than `base` asks, where `level` asks more."""
    asked_at_base = {item.skill: item.required for item in base.requirements}
    wanted = {
        item.skill
        for item in level.requirements
        if item.required > asked_at_base[item.skill]
    }
    helps = [
        (
            each,
            [
                f"{spec.skills_by_key[support.skill].name} up to {support.up_to}"
                for support in each.supports
                if support.skill in wanted
                and support.up_to > asked_at_base[support.skill]
            ],
        )
        for each in spec.certifications
    ]
    return _entries(
        (each, f"Helps with {listed(names)}.") for each, names in helps if names
    )


def _helps(spec: FrameworkSpec, each: Certification) -> str:
    names = [spec.skills_by_key[support.skill].name for support in each.supports]
    return f"Helps with {listed(names)}." if names else ""


def _entries(
    pairs: Iterable[tuple[Certification, str]],
) -> tuple[CertificationEntry, ...]:
    return tuple(
        CertificationEntry(
            name=each.name,
            issuer=each.issuer,
            entry=entry_rule(each),
            helps=helps,
            check=f"{SURE[each.verification]}: check with the issuer.",
        )
        for each, helps in pairs
    )


def entry_rule(each: Certification) -> str:
    """What is asked before one may take it, as a sentence."""
    return f"{each.entry.rstrip('.')}."
