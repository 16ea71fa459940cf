"""What the first page shows: a real report in small, a real question, the ladder."""

from dataclasses import dataclass

from assessment.start_page import minutes_to_rate
from careers import pages
from careers.addresses import ladder_url
from careers.shape import FrameworkSpec, Skill
from careers.words import in_words

QUESTION_SKILL = "risk-management"
QUESTION_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One card of the question."""

    value: int
    name: str
    statement: str
    checked: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    lede: str
    question: str
    question_note: str
    choices: tuple[Choice, ...]
    rungs_title: str
    ladder: pages.LadderView
    ladder_url: str


def home_page(spec: FrameworkSpec) -> HomePage:
    """What the first page shows of a framework."""
    skill = spec.skills_by_key.get(QUESTION_SKILL) or spec.skills[0]
    count = in_words(len(spec.skills))
    return HomePage(
        lede=f"Rate {len(spec.skills)} skills in about "
        f"{minutes_to_rate(spec, spec.skills)} minutes. See how ready you are for the "
        "next level, why, and what to do about it.",
        question=skill.name,
        question_note=f"Six sentences, from “{spec.scale[0].name.lower()}” to "
        f"“{spec.scale[-1].name.lower()}”. This is one of {count} skills: "
        f"{skill.name.lower()}. Try it: nothing is saved here.",
        choices=_choices(spec, skill),
        rungs_title=pages.rungs_title(spec),
        ladder=pages.ladder_view(spec),
        ladder_url=ladder_url(spec),
    )


def _choices(spec: FrameworkSpec, skill: Skill) -> tuple[Choice, ...]:
    return tuple(
        Choice(each.value, each.name, each.statement, each.value == QUESTION_LEVEL)
        for each in pages.statements(spec, skill)
    )
