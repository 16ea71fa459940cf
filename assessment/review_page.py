"""What the review page shows before answers are submitted."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from assessment import rating_page, sentences
from assessment.answers import NO_ANSWER
from assessment.forms import TargetForm
from assessment.measuring import answers_of, measure, target_of
from assessment.scoring import Scored, Status, longest_run

SECONDS_TO_READ = timedelta(seconds=3)
ENOUGH_TO_TIME = 10
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class MustHave:
    """One must-have in the quick look: met or not, and not by how much."""

    name: str
    you: str
    state: str


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
        "missing_text": sentences.missing_text(len(needed)),
        "next_url": rating_page.next_page(assessment, spec, answers=answers),
        "reasons": []
        if scored
        else [sentences.REASON_SENTENCES[reason] for reason in result.reasons],
        "thoughts": second_thoughts(assessment, spec, answers),
        "left_out": sentences.left_out_sentence(result.not_applicable_share),
        "insists": _insists(spec, level, answers),
        "form": form or TargetForm(spec=spec, initial={"target": level.key}),
        "nav": "reports",
    }


def _insists(spec, level, answers):
    """What to say of must-haves for which "not relevant" was chosen; else empty."""
    names = [
        spec.skills_by_key[item.skill].name
        for item in level.must_haves
        if answers.get(item.skill, NO_ANSWER).not_applicable
    ]
    return sentences.insists(level.short_title, names) if names else ""


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
        answer=rating_page.dated_text(spec, answer) or "Not answered",
        reason=answer.reason,
        has_note=bool(answer.note.strip()),
        has_link=bool(answer.url),
        answered=answer.is_answered,
    )


def second_thoughts(assessment, spec, answers):
    """Gentle questions before submitting; none of them stops anybody."""
    values = [
        answers[skill.key].value if skill.key in answers else None
        for skill in spec.skills
    ]
    rated = [answer.rated_at for answer in answers.values() if answer.value is not None]
    thoughts = []
    if longest_run(values) == len(spec.skills):
        thoughts.append(sentences.all_alike(len(values), values[0]))
    if not assessment.based_on_id and _too_quick(rated):
        thoughts.append(sentences.TOO_QUICK)
    old = [
        spec.skills_by_key[key].name for key, said in answers.items() if _is_old(said)
    ]
    if old:
        thoughts.append(sentences.rated_long_ago(old))
    return thoughts


def _too_quick(moments):
    """Whether many answers were given within seconds of each other."""
    if len(moments) < ENOUGH_TO_TIME:
        return False
    return max(moments) - min(moments) < SECONDS_TO_READ * len(moments)


def _is_old(answer):
    return answer.is_answered and timezone.now() - answer.rated_at > A_YEAR


def quick_look(assessment):
    """The must-haves with what is asked; there is no score, and the page says why."""
    spec, level = target_of(assessment)
    answers = answers_of(assessment)
    rows = [
        _must_have(spec, item, answers.get(item.skill, NO_ANSWER))
        for item in level.must_haves
    ]
    weight = sum(item.importance for item in level.requirements if item.required)
    asked = sum(item.importance for item in level.must_haves)
    open_rows = [row for row in rows if row.state != "met"]
    return {
        "assessment": assessment,
        "rows": rows,
        "verdict": sentences.must_haves_met(len(rows), len(open_rows)),
        "why": sentences.why_no_score(
            must_haves=len(rows),
            percent_of_weight=round(100 * asked / weight),
            level=level.short_title,
        ),
        "progress": rating_page.progress(spec, answers),
        "nav": "reports",
    }


def _must_have(spec, item, answer):
    short = None if answer.value is None else max(0, item.required - answer.value)
    state = "unrated" if short is None else "short" if short else "met"
    return MustHave(
        name=spec.skills_by_key[item.skill].name,
        you="not rated" if answer.value is None else str(answer.value),
        state=state,
    )
