"""What the review page shows before answers are submitted."""

from dataclasses import dataclass

from assessment import rating_page, sentences
from assessment.answers import NO_ANSWER
from assessment.forms import TargetForm
from assessment.measuring import answers_of, measure, target_of
from assessment.scoring import Scored, Status


@dataclass(frozen=True)
class Line:
    """One skill: what was answered, and where to answer it."""

    key: str
    name: str
    url: str
    answer: str
    reason: str
    has_note: bool
    has_link: bool
    answered: bool


@dataclass(frozen=True)
class Group:
    name: str
    count: str
    url: str
    lines: list[Line]


def context(assessment, form=None):
    """The page's context; `form` is a refused change of target."""
    spec, level = target_of(assessment)
    answers = answers_of(assessment)
    result = measure(spec, level, answers)
    groups = _groups(assessment, spec, answers)
    lines = [line for group in groups for line in group.lines]
    needed = [line for line in lines if line.key in result.unanswered]
    scored = isinstance(result, Scored)
    return {
        "assessment": assessment,
        "groups": groups,
        "steps": rating_page.steps(assessment, spec, answers),
        "progress": rating_page.progress(spec, answers),
        "can_submit": scored,
        "provisional": scored and result.status is Status.PROVISIONAL,
        "missing": needed,
        "missing_text": _missing_text(len(needed)),
        "next_url": rating_page.next_page(assessment, spec, answers=answers),
        "reasons": []
        if scored
        else [sentences.REASON_SENTENCES[reason] for reason in result.reasons],
        "form": form or TargetForm(spec=spec, initial={"target": level.key}),
        "nav": "reports",
    }


def _groups(assessment, spec, answers):
    steps = rating_page.steps(assessment, spec, answers)
    return [
        Group(
            name=step.name,
            count=step.count,
            url=step.url,
            lines=[
                _line(spec, skill, step.url, answers.get(skill.key, NO_ANSWER))
                for skill in spec.skills_in(step.key)
            ],
        )
        for step in steps
    ]


def _line(spec, skill, url, answer):
    return Line(
        key=skill.key,
        name=skill.name,
        url=f"{url}#{skill.key}",
        answer=rating_page.answer_text(spec, answer) or "Not answered",
        reason=answer.reason,
        has_note=bool(answer.note.strip()),
        has_link=bool(answer.url),
        answered=answer.is_answered,
    )


def _missing_text(count):
    if not count:
        return ""
    said = sentences.counted(count, "skill is", "skills are").capitalize()
    return f"{said} not answered."


def retargeted(spec, target, reopened):
    """What changing the target did, in one or two sentences."""
    said = f"Your target is now {target.short_title}. All your answers are still here."
    if not reopened:
        return said
    names = sentences.listed([spec.skills_by_key[key].name for key in reopened])
    return f"{said} It insists on {names}: please rate what you had left out."
