"""A report beside an earlier assessment of the same person: what changed, and how surely."""

import math
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from assessment import charts, scoring, sentences
from assessment.answers import NO_ANSWER, Answer
from assessment.measuring import answers_of_each, measure, skill_inputs, target_of
from assessment.pairs import NOT_MEASURED, PairCell, PairFact, PairRow, headlines
from assessment.scoring import Change, Insufficient, Result, Scored
from assessment.sentences import printed
from assessment.trend import MOST_READ, TrendShown, trend_until
from careers.addresses import skill_url
from careers.pages.words import scale_text
from careers.shape import CareerLevel, FrameworkSpec, Requirement, Skill, SkillGroup

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier assessment to compare with."""

    name: str
    day: datetime
    score: int
    url: str


@dataclass(frozen=True, slots=True)
class ThenPage:
    target: str
    then_day: datetime
    now_day: datetime
    measured: str
    score_note: str
    facts: tuple[PairFact, ...]
    groups: tuple[PairFact, ...]
    skills_note: str
    rows: tuple[PairRow, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """One of the two: its answers, and what they amount to at the report's target."""

    answers: dict[str, Answer]
    inputs: dict[str, scoring.SkillInput]
    result: Result


@dataclass(frozen=True, slots=True)
class Moved:
    """One skill both times; `change` is None unless it was rated both times."""

    skill: Skill
    requirement: Requirement
    then: Answer
    now: Answer
    change: Change | None

    @property
    def place(self):
        """Clear changes first, then the larger; what is not known before what stayed."""
        if self.change is None:
            return (2, 0)
        size = abs(self.change.difference)
        return (0 if self.change.is_clear else 1 if size else 3, -size)


def earlier_and_trend(mine, assessment) -> tuple[list[Earlier], TrendShown]:
    """What a report can be compared with, and the way to it; one query on `mine`."""
    found = list(
        mine.earlier_than(assessment).select_related("framework", "target")[:MOST_READ]
    )
    listed = [_earlier(assessment, each) for each in found[:MOST_LISTED]]
    return listed, trend_until(assessment, found)


def _earlier(assessment, earlier) -> Earlier:
    names = [earlier.label, earlier.target.title]
    return Earlier(
        name=" · ".join(name for name in names if name),
        day=earlier.submitted_at,
        score=earlier.score,
        url=reverse("assessment:then", args=[assessment.uid, earlier.uid]),
    )


def why_not(now, then) -> str:
    """Why two assessments cannot be compared; empty if they can."""
    if then == now:
        return "This is the report itself. Choose an earlier assessment."
    if not then.is_submitted:
        return (
            "This assessment is not submitted yet. Submit it first, or choose another."
        )
    if then.framework_id != now.framework_id:
        return sentences.other_framework(then.framework.version, now.framework.version)
    return ""


def then_page(now, then) -> ThenPage:
    """Both assessments held against the target of `now`; one query for all ratings."""
    spec, level = target_of(now)
    parameters = scoring.PARAMETERS[now.scoring_version]
    answers = answers_of_each([now, then])
    before, after = (
        _time(spec, level, answers[each.pk], parameters) for each in (then, now)
    )
    moved = [
        _moved(skill, level, before, after, parameters)
        for skill in spec.skills
        if level.requirement(skill.key).required
    ]
    return ThenPage(
        target=level.short_title,
        then_day=then.submitted_at,
        now_day=now.submitted_at,
        measured=sentences.measured_against(
            target=level.short_title,
            then_target=then.target.short_title,
            version=spec.version,
            scoring=now.scoring_version,
            then_scoring=then.scoring_version,
        ),
        score_note=_score_note(spec, before.result, after.result),
        facts=tuple(headlines((level, before.result), (level, after.result))),
        groups=tuple(
            _group(group, before.result, after.result) for group in spec.groups
        ),
        skills_note=_skills_note(moved),
        rows=tuple(
            _row(spec, each, before, after)
            for each in sorted(moved, key=lambda each: each.place)
        ),
    )


def _time(spec, level: CareerLevel, answers, parameters) -> Time:
    return Time(
        answers=answers,
        inputs={each.key: each for each in skill_inputs(spec, level, answers)},
        result=measure(spec, level, answers, parameters),
    )


# The score and the groups
# ------------------------------------------------------------------------------------


def _score_note(spec: FrameworkSpec, before: Result, after: Scored) -> str:
    if isinstance(before, Insufficient):
        names = {skill.key: skill.name for skill in spec.skills}
        why = sentences.not_measured(before, names)
        return f"The earlier answers give no score for this target. {why}"
    return sentences.score_change(
        before=before.display.readiness_tenths,
        after=after.display.readiness_tenths,
        noise=scoring.score_noise(before, after),
        is_clear=scoring.is_clear_score_change(before, after),
    )


def _group(group: SkillGroup, before: Result, after: Result) -> PairFact:
    return PairFact(group.name, _coverage(group, before), _coverage(group, after))


def _coverage(group: SkillGroup, result: Result) -> str:
    """What is covered of the group's answered skills, in points of a hundred."""
    if not isinstance(result, Scored):
        return NOT_MEASURED
    domain = result.domains.get(group.key)
    return printed(math.floor(10 * domain.coverage)) if domain else "nothing answered"


# Skill by skill
# ------------------------------------------------------------------------------------


def _moved(skill: Skill, level: CareerLevel, before: Time, after: Time, parameters):
    then = before.answers.get(skill.key, NO_ANSWER)
    now = after.answers.get(skill.key, NO_ANSWER)
    change = None
    if then.value is not None and now.value is not None:
        pair = before.inputs[skill.key], after.inputs[skill.key]
        change = scoring.clear_change(*pair, parameters)
    return Moved(skill, level.requirement(skill.key), then, now, change)


def _skills_note(moved: list[Moved]) -> str:
    changes = [each.change for each in moved if each.change]
    clear = sum(change.is_clear for change in changes)
    same = sum(not change.difference for change in changes)
    return sentences.skills_change(
        clear=clear,
        noise=len(changes) - clear - same,
        same=same,
        apart=len(moved) - len(changes),
    )


def _row(spec: FrameworkSpec, moved: Moved, before: Time, after: Time) -> PairRow:
    change = moved.change
    return PairRow(
        name=moved.skill.name,
        url=skill_url(spec, moved.skill.key),
        tag="Must-have" if moved.requirement.must_have else "",
        aside=sentences.level_change(change.difference, change.is_clear)
        if change
        else _apart(moved),
        first=_cell(spec, moved, moved.then, before.result),
        second=_cell(spec, moved, moved.now, after.result),
    )


def _apart(moved: Moved) -> str:
    """Why a skill cannot be compared."""
    times = (("then", moved.then), ("now", moved.now))
    said = [
        f"{_nothing(answer)} {time}" for time, answer in times if answer.value is None
    ]
    return f"{', '.join(said)}: not compared.".capitalize()


def _nothing(answer: Answer) -> str:
    return "left out as not relevant" if answer.not_applicable else "not answered"


def _cell(spec, moved: Moved, answer: Answer, result: Result) -> PairCell:
    lost = 0
    if isinstance(result, Scored):
        lost = result.display.lost_tenths.get(moved.skill.key, 0)
    text = _nothing(answer)
    if answer.value is not None:
        text = scale_text(spec, answer.value)
    return PairCell(
        mark=charts.gap_mark(answer.value, moved.requirement.required),
        text=text,
        tag="",
        note=f"{printed(lost)} lost" if lost else "",
    )
