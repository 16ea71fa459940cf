"""What the rating pages show: the cards of one skill group, the steps, the progress."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone

from assessment import charts, wording
from assessment.answers import NO_ANSWER
from assessment.forms import RatingForm
from assessment.measuring import target_of, targets
from assessment.models import Rating
from assessment.start_page import minutes_to_rate
from careers.shape import SkillLevel
from careers.store import spec_of

# The page of the quick look stands beside those of the groups.
MUST_HAVES = "must-haves"

CONFIDENCE_WORDS = {
    Rating.Confidence.LOW: "not very sure",
    Rating.Confidence.MEDIUM: "fairly sure",
    Rating.Confidence.HIGH: "very sure",
}


@dataclass(frozen=True)
class Choice:
    """A point of the scale for one skill; `told` says what counts as it, if the skill does."""

    value: int
    name: str
    statement: str
    checked: bool
    told: SkillLevel | None


@dataclass(frozen=True)
class Suggestion:
    """An earlier answer with the statement that was chosen then, shown and not stored.

    `now` is today's statement where the framework says something else by now.
    """

    text: str
    statement: str
    now: str
    rated_at: datetime | None
    keep_url: str


@dataclass(frozen=True)
class Card:
    """One skill as it is rated. `folded` cards were answered on an earlier visit.

    `part` is the place of its group in the line of the progress.
    """

    skill: object
    form: RatingForm
    levels: list[Choice]
    prompt: str
    summary: str
    left_out: bool
    folded: bool
    answered: bool
    part: int
    save_url: str
    suggestion: Suggestion | None


@dataclass(frozen=True)
class SkillStep:
    key: str
    name: str
    answered: bool


@dataclass(frozen=True)
class GroupStep:
    """One page of the rating, in the list of all."""

    key: str
    name: str
    url: str
    count: str
    done: bool
    current: bool
    skills: list[SkillStep]


def skills_of(spec, level, page):
    """The skills of a rating page: a group's, or the must-haves of the target."""
    if page != MUST_HAVES:
        return spec.skills_in(page)
    asked = targets(spec)[level.key].by_key
    return tuple(
        skill
        for skill in spec.skills
        if skill.key in asked and asked[skill.key].is_must_have
    )


def heading(assessment, spec, page):
    """(title, kicker) of a rating page."""
    target = assessment.target.short_title
    if page == MUST_HAVES:
        _, level = target_of(assessment)
        minutes = minutes_to_rate(spec, skills_of(spec, level, page))
        return f"The must-haves of {target}", f"A quick look, about {minutes} minutes"
    keys = [group.key for group in spec.groups]
    place = keys.index(page)
    kicker = f"Page {place + 1} of {len(keys)}, for {target}"
    return spec.groups[place].name, kicker


def rating_forms(spec, level, page, answers, data=None):
    """The forms of a page's skills, in framework order."""
    return [
        RatingForm(
            data,
            skill=skill,
            scale=spec.scale,
            stored=answers.get(skill.key, NO_ANSWER),
        )
        for skill in skills_of(spec, level, page)
    ]


def cards(assessment, spec, forms, earlier):
    """The cards of a page; `earlier` are the answers that may be suggested."""
    return [
        _card(assessment, spec, form, earlier.get(form.skill.key, NO_ANSWER))
        for form in forms
    ]


def _card(assessment, spec, form, earlier):
    skill, stored = form.skill, form.stored
    suggested = earlier.is_answered and not stored.is_answered
    return Card(
        skill=skill,
        form=form,
        levels=_choices(spec, form),
        prompt=" ".join(skill.evidence_prompts[:1]),
        summary=dated_text(spec, stored),
        left_out=stored.not_applicable,
        folded=stored.is_answered and not form.is_bound,
        answered=stored.is_answered,
        part=[group.key for group in spec.groups].index(skill.group),
        save_url=reverse("assessment:save", args=[assessment.uid, skill.key]),
        suggestion=_suggestion(assessment, spec, skill, earlier) if suggested else None,
    )


def _choices(spec, form):
    chosen = form["value"].value()
    told = {level.value: level for level in form.skill.levels_with_cases}
    return [
        Choice(
            value=point.value,
            name=point.name,
            statement=form.skill.statement(point.value) or point.definition,
            checked=str(chosen) == str(point.value),
            told=told.get(point.value),
        )
        for point in spec.scale
    ]


def _suggestion(assessment, spec, skill, earlier):
    then = statement_then(assessment, skill.key, earlier)
    today = _statement(spec, skill.key, earlier)
    return Suggestion(
        text=answer_text(spec, earlier),
        statement=then,
        now=today if today != then else "",
        rated_at=earlier.rated_at,
        keep_url=reverse(
            "assessment:keep", args=[assessment.uid, skill.group, skill.key]
        ),
    )


def statement_then(assessment, skill_key, earlier):
    """What was chosen in the earlier assessment, in the words of its own version."""
    return _statement(spec_of(assessment.based_on.framework), skill_key, earlier)


def unchanged(assessment, spec, skill_keys, earlier):
    """Those of the skills whose earlier answer still has the same words."""
    return [
        key
        for key in skill_keys
        if key in earlier
        and statement_then(assessment, key, earlier[key])
        == _statement(spec, key, earlier[key])
    ]


def with_the_same_words(answers, then, now):
    """Those of the answers that say the same on both versions of a framework."""
    return {
        key: answer
        for key, answer in answers.items()
        if _statement(then, key, answer) == _statement(now, key, answer)
    }


def _statement(spec, skill_key, answer):
    """The words that an answer stands for; its own reason for a skill left out."""
    if answer.not_applicable:
        return answer.reason
    skill = spec.skills_by_key.get(skill_key)
    if skill is None or answer.value is None:
        return ""
    return skill.statement(answer.value) or spec.scale[0].definition


def answer_text(spec, answer):
    """ "3 Independent, fairly sure", "Left out of the score", or nothing."""
    if answer.not_applicable:
        return "Left out of the score"
    if answer.value is None:
        return ""
    name = next(point.name for point in spec.scale if point.value == answer.value)
    return f"{answer.value} {name}, {CONFIDENCE_WORDS[answer.confidence]}"


def whole_text(spec, answer):
    """All that an answer says, to set two of them side by side."""
    said = [answer_text(spec, answer) or "no answer"]
    said += [f"because “{answer.reason}”"] if answer.reason else []
    said += [f"note “{answer.note}”"] if answer.note else []
    said += [f"link {answer.url}"] if answer.url else []
    return ", ".join(said)


def dated_text(spec, answer):
    """What was answered and when: "3 Independent, fairly sure · 3 May 2026"."""
    text = answer_text(spec, answer)
    if not text or not answer.rated_at:
        return text
    return f"{text} · {date(timezone.localtime(answer.rated_at), 'j F Y')}"


def steps(assessment, spec, answers, current=None):
    """The pages of the rating with what is done on each."""
    return [
        _step(assessment, group, spec.skills_in(group.key), answers, current)
        for group in spec.groups
    ]


def _step(assessment, group, skills, answers, current):
    done = [skill for skill in skills if answers.get(skill.key, NO_ANSWER).is_answered]
    return GroupStep(
        key=group.key,
        name=group.name,
        url=reverse("assessment:rate", args=[assessment.uid, group.key]),
        count=f"{len(done)} of {len(skills)}",
        done=len(done) == len(skills),
        current=group.key == current,
        skills=[SkillStep(skill.key, skill.name, skill in done) for skill in skills],
    )


def left_out_warning(spec, level, keys):
    """What to know where so much is left out that there is no score; else empty.

    `keys` are the skills that are left out; nobody can leave out a must-have.
    """
    target = targets(spec)[level.key]
    weight = sum(
        item.importance
        for key, item in target.by_key.items()
        if key in keys and not item.is_must_have
    )
    share = Fraction(weight, target.importance or 1)
    too_much = share > target.parameters.max_not_applicable_share
    return wording.left_out(share) if too_much else ""


def progress(spec, answers):
    """How many of all skills are rated or left out, group by group."""
    groups = [spec.skills_in(group.key) for group in spec.groups]
    return charts.progress(
        [
            (
                sum(answers.get(skill.key, NO_ANSWER).is_answered for skill in skills),
                len(skills),
            )
            for skills in groups
        ]
    )


def next_page(assessment, spec, group_key=None, answers=None):
    """Where to go on: the group after this one, or the first with an open skill."""
    if group_key == MUST_HAVES:
        return reverse("assessment:quick_look", args=[assessment.uid])
    keys = [group.key for group in spec.groups]
    if answers is not None:
        open_groups = {
            skill.group
            for skill in spec.skills
            if not answers.get(skill.key, NO_ANSWER).is_answered
        }
        following = [key for key in keys if key in open_groups]
    else:
        following = keys[keys.index(group_key) + 1 :]
    if following:
        return reverse("assessment:rate", args=[assessment.uid, following[0]])
    return reverse("assessment:review", args=[assessment.uid])
