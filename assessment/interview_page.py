"""Interview practice: questions about one's gaps and strengths, at the level to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from assessment.report.case import Case
from assessment.report.skills import met
from careers.addresses import skill_url
from careers.shape import InterviewQuestion, Requirement

MOST_GAPS, MOST_STRENGTHS = 6, 4
NEAR = 1  # levels that a question may lie outside of what is between you and the target


@dataclass(frozen=True, slots=True)
class PracticeQuestion:
    """A question, why it is here, what to show, and what the person wrote before."""

    key: str
    question: str
    skill: str
    skill_url: str
    state: str
    standing: str
    shows_level: str
    shows: str
    note: str
    prompt: str


@dataclass(frozen=True, slots=True)
class InterviewPage:
    target: str
    gaps: tuple[PracticeQuestion, ...]
    strengths: tuple[PracticeQuestion, ...]

    @property
    def questions(self) -> tuple[PracticeQuestion, ...]:
        return (*self.gaps, *self.strengths)


def interview_page(case: Case) -> InterviewPage:
    """One question a skill: gaps by the report's ranking, then what is met."""
    gaps = [case.level.requirement(gap.key) for gap in case.result.gaps]
    return InterviewPage(
        target=case.level.title,
        gaps=_first(case, gaps, MOST_GAPS),
        strengths=_first(case, met(case), MOST_STRENGTHS),
    )


def _first(
    case: Case, items: Iterable[Requirement], most: int
) -> tuple[PracticeQuestion, ...]:
    """Questions about the first skills that have one near enough."""
    pairs = ((item, _nearest(case, item)) for item in items)
    found = (_question(case, item, each) for item, each in pairs if each)
    return tuple(islice(found, most))


def _nearest(case: Case, item: Requirement) -> InterviewQuestion | None:
    """What a skill is asked between your level and the target's, nearest to the target."""
    low, high = sorted((case.rating(item), item.required))

    def outside(each):
        return max(low - each.probes_value, each.probes_value - high, 0)

    near = [each for each in case.skill(item).questions if outside(each) <= NEAR]
    return min(
        near,
        key=lambda each: (outside(each), abs(each.probes_value - item.required)),
        default=None,
    )


def _question(
    case: Case, item: Requirement, each: InterviewQuestion
) -> PracticeQuestion:
    skill = case.skill(item)
    return PracticeQuestion(
        key=each.key,
        question=each.question,
        skill=skill.name,
        skill_url=skill_url(case.spec, skill.key),
        state="met" if case.is_met(item) else "short",
        standing=f"You {case.rating(item)}, asked {item.required}",
        shows_level=case.level_text(each.probes_value),
        shows=skill.statement(each.probes_value),
        note=case.answer(item).note.strip(),
        prompt=next(iter(skill.evidence_prompts), ""),
    )
