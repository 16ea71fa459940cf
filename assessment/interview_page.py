"""Interview practice: questions about one's gaps and strengths, at the level to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from assessment.report import Report, SkillStanding
from careers.addresses import skill_url
from careers.pages.words import scale_text
from careers.shape import InterviewQuestion

MOST_GAPS, MOST_STRENGTHS = 6, 4
NEAR = 1  # levels that a question may lie off the next one


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
    strong_answer: str
    weak_answer: str
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


def interview_page(report: Report) -> InterviewPage:
    """One question a skill: gaps by the report's ranking, then what is met."""
    return InterviewPage(
        target=report.level.title,
        gaps=_first(report.gaps, MOST_GAPS),
        strengths=_first(report.met, MOST_STRENGTHS),
    )


def _first(lines: Iterable[SkillStanding], most: int) -> tuple[PracticeQuestion, ...]:
    """One question per skill, at most `most`; skills without one near enough are skipped."""
    pairs = ((line, _nearest(line)) for line in lines)
    found = (_question(line, each) for line, each in pairs if each)
    return tuple(islice(found, most))


def _nearest(line: SkillStanding) -> InterviewQuestion | None:
    """What probes the next level of a gap, or the level shown of a strength."""
    rating = line.rating or 0
    wanted = rating if line.is_met else rating + 1
    near = [
        each for each in line.skill.questions if abs(each.probes_value - wanted) <= NEAR
    ]
    # Of two that are equally near, the harder one: it shows more.
    return min(
        near,
        key=lambda each: (abs(each.probes_value - wanted), -each.probes_value),
        default=None,
    )


def _question(line: SkillStanding, each: InterviewQuestion) -> PracticeQuestion:
    skill, spec = line.skill, line.report.spec
    return PracticeQuestion(
        key=each.key,
        question=each.question,
        skill=skill.name,
        skill_url=skill_url(spec, skill.key),
        state="met" if line.is_met else "short",
        standing=f"You {line.rating}, required {line.required}",
        shows_level=scale_text(spec, each.probes_value),
        shows=skill.statement(each.probes_value),
        strong_answer=each.strong_answer,
        weak_answer=each.weak_answer,
        note=line.note,
        prompt=next(iter(skill.evidence_prompts), ""),
    )
