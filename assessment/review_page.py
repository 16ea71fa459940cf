"""What the review page shows before answers are submitted."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from django.utils import timezone

from assessment import rating_page, wording
from assessment.answers import NO_ANSWER, longest_run
from assessment.forms import TargetForm
from assessment.measuring import answers_of, measure, target_of, targets
from assessment.scoring.parameters import CURRENT
from assessment.scoring.result import Scored

SECONDS_TO_READ = timedelta(seconds=3)
ENOUGH_TO_TIME = 10
MOST_ALIKE = 12  # equal answers in a row; from here on, a look again is asked for
A_YEAR = timedelta(days=365)


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
        "provisional": scored and result.is_provisional,
        "missing": needed,
        "missing_text": wording.not_answered(len(needed)),
        "next_url": rating_page.next_page(assessment, spec, answers=answers),
        "reasons": [] if scored else wording.why_no_score(result),
        "thoughts": second_thoughts(assessment, spec, answers),
        "left_out": wording.left_out(result.not_applicable_share),
        "insists": _insists(spec, level, answers),
        "form": form or TargetForm(spec=spec, initial={"target": level.key}),
        "nav": "reports",
    }


def _insists(spec, level, answers):
    """What to say of must-haves for which "not relevant" was chosen; else empty."""
    names = [
        spec.skills_by_key[item.key].name
        for item in targets(spec)[level.key].by_key.values()
        if item.is_must_have and answers.get(item.key, NO_ANSWER).not_applicable
    ]
    return wording.insists(level.short_title, names) if names else ""


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
    alike = longest_run(values)
    if alike >= MOST_ALIKE:
        thoughts.append(wording.all_alike(alike))
    if not assessment.based_on_id and _too_quick(rated):
        thoughts.append(wording.TOO_QUICK)
    old = [
        spec.skills_by_key[key].name for key, said in answers.items() if _is_old(said)
    ]
    if old:
        thoughts.append(wording.rated_long_ago(old))
    return thoughts


def _too_quick(moments):
    """Whether many answers were given within seconds of each other."""
    if len(moments) < ENOUGH_TO_TIME:
        return False
    return max(moments) - min(moments) < SECONDS_TO_READ * len(moments)


def _is_old(answer):
    return answer.is_answered and timezone.now() - answer.rated_at > A_YEAR


def quick_look(assessment):
    """The must-haves, met or not; there is no score, and the page says why."""
    spec, level = target_of(assessment)
    answers = answers_of(assessment)
    target = targets(spec)[level.key]
    must_haves = [item for item in target.by_key.values() if item.is_must_have]
    rows = [
        (
            spec.skills_by_key[item.key],
            rating := target.rating_of(item.key, answers),
            "unrated"
            if rating is None
            else "met"
            if rating >= item.must_have_level
            else "short",
        )
        for item in must_haves
    ]
    share = Fraction(sum(item.importance for item in must_haves), target.importance)
    return {
        "assessment": assessment,
        "rows": rows,
        "still_open": sum(state != "met" for _, _, state in rows),
        "share": wording.per_cent(share),
        "least": wording.per_cent(CURRENT.min_answered_share),
        "progress": rating_page.progress(spec, answers),
        "nav": "reports",
    }
