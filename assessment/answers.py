"""Rows to answers, and answers to the scoring: ratings and a framework in, a result out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any

from assessment.models import Assessment, Rating
from assessment.planner import Prerequisite
from careers.shape import CareerLevel, FrameworkSpec
from careers.store import spec_of
from scoring.inputs import Confidence, Evidence, Requirement, Target
from scoring.ladder import (
    Placement,
    level_below_readiness,
    must_have_levels,
)
from scoring.ladder import place as place_on_track
from scoring.number import Insufficient, Readiness, readiness_of
from scoring.parameters import CURRENT, PARAMETERS
from scoring.result import Range, Result, score


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer to one skill. Its fields are named here and nowhere else.

    `value` is a point of the scale, or None. `not_applicable` comes with a reason and
    without a value. Neither of them: the skill is not answered, though a note or a link
    may be kept. `revision` counts the changes; 0 is what was never stored.
    """

    value: int | None = None
    not_applicable: bool = False
    reason: str = ""
    confidence: str = Confidence.MEDIUM
    note: str = ""
    url: str = ""
    rated_at: datetime.datetime | None = None
    revision: int = 0

    @property
    def rating(self) -> int | None:
        """The value, as the scoring reads it (`scoring.inputs.AnswerLike`)."""
        return self.value

    @property
    def is_answered(self) -> bool:
        return self.value is not None or self.not_applicable

    @property
    def kind(self) -> str:
        """`rated`, a 0 too; `not_relevant`; or `not_answered`. As files say it."""
        if self.not_applicable:
            return "not_relevant"
        return "not_answered" if self.value is None else "rated"

    @property
    def evidence(self) -> Evidence:
        """What stands behind the rating, derived and never asked."""
        if self.url:
            return Evidence.LINKED
        return Evidence.DESCRIBED if self.note.strip() else Evidence.NONE

    @property
    def columns(self) -> dict[str, Any]:
        """{name: value}, as a `Rating` keeps it."""
        return {name: getattr(self, name) for name in FIELDS}

    def is_same_as(self, other: Answer) -> bool:
        """Whether the person chose and wrote the same, whenever that was."""
        return self == replace(other, rated_at=self.rated_at, revision=self.revision)

    def after(self, before: Answer, now: datetime.datetime) -> Answer:
        """As it is stored in the place of `before`; a note makes no rating younger."""
        same_choice = (self.value, self.not_applicable) == (
            before.value,
            before.not_applicable,
        )
        return replace(
            self,
            rated_at=before.rated_at if same_choice and before.rated_at else now,
            revision=before.revision + 1,
        )


NO_ANSWER = Answer()
FIELDS = tuple(field.name for field in fields(Answer))
"""The columns of a `Rating` that keep an answer."""


def joined(note: str, *lines: str) -> str:
    """A note with more lines, each that is not in it yet."""
    for line in lines:
        if line not in note:
            note = f"{note}\n{line}" if note else line
    return note


def longest_run(ratings: Iterable[int | None]) -> int:
    """How often the same rating stands in a row, at most: a sign of answering unread.

    An unanswered skill ends a run and is not part of one; without answers it is 0.

    >>> longest_run([3, 3, None, 3, 3, 3, 1])
    3
    """
    return max(
        (len(list(run)) for rating, run in groupby(ratings) if rating is not None),
        default=0,
    )


# Rows
# ------------------------------------------------------------------------------------


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    """{skill key: Answer} of an assessment; one query."""
    rows = assessment.ratings.values_list("skill__key", *FIELDS)
    return {key: Answer(*columns) for key, *columns in rows}


def answers_in(ratings: Iterable[Any]) -> dict[str, Answer]:
    """{skill key: Answer} of ratings that know their skill's key."""
    return {row.skill_key: answer_of(row) for row in ratings}


def answers_by_assessment(ratings) -> dict[Assessment, dict[str, Answer]]:
    """{assessment: {skill key: Answer}} of a queryset of ratings; one query."""
    found: dict[Assessment, dict[str, Answer]] = {}
    for assessment, key, columns in ratings.with_assessments(*FIELDS):
        found.setdefault(assessment, {})[key] = Answer(*columns)
    return found


def answers_of_each(assessments: Iterable[Assessment]) -> dict[int, dict[str, Answer]]:
    """{pk: {skill key: Answer}} of several assessments; one query."""
    answers: dict[int, dict[str, Answer]] = {
        assessment.pk: {} for assessment in assessments
    }
    for row in Rating.objects.filter(assessment__in=answers).with_skill_keys():
        answers[row.assessment_id][row.skill_key] = answer_of(row)
    return answers


def answer_of(rating: Rating) -> Answer:
    return Answer(*(getattr(rating, name) for name in FIELDS))


def target_of(assessment: Assessment) -> tuple[FrameworkSpec, CareerLevel]:
    """The spec and the career level of an assessment, as (spec, level); no query."""
    spec = spec_of(assessment.framework)
    return spec, spec.levels_by_key[assessment.target.key]


def statement_of(spec: FrameworkSpec, key: str, answer: Answer) -> str:
    """The words that an answer stands for; its own reason for a skill left out."""
    if answer.not_applicable:
        return answer.reason
    skill = spec.skills_by_key.get(key)
    if skill is None or answer.value is None:
        return ""
    return skill.statement(answer.value) or spec.scale[0].definition


# What a career level asks for, as the scoring reads it
# ------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def targets(spec: FrameworkSpec, version: str = CURRENT.version) -> dict[str, Target]:
    """{level key: target} of a framework, made once; a target scores many people."""
    return {level.key: _target(spec, level, version) for level in spec.levels}


def _target(spec: FrameworkSpec, level: CareerLevel, version: str) -> Target:
    parameters = PARAMETERS[version]
    requirements = {item.skill: item for item in level.requirements}
    levels = must_have_levels(
        {key: item.required for key, item in requirements.items()},
        (
            {item.skill: item.required for item in lower.must_haves}
            for lower in spec.levels_that_count(level)
        ),
    )
    line = level.ready_line
    return Target(
        tuple(
            Requirement(
                key=skill.key,
                required=requirements[skill.key].required,
                importance=requirements[skill.key].importance,
                must_have_level=levels[skill.key],
                group=skill.group,
                hours=spec.hours_of(skill),
            )
            for skill in spec.skills
        ),
        # Lines of before were laxer: an owner may make a target stricter, never laxer.
        None if line is None else max(line, parameters.ready_line),
        lowest=spec.scale[0].value,
        top=spec.scale[-1].value,
        parameters=parameters,
    )


@lru_cache(maxsize=32)
def prerequisites_of(spec: FrameworkSpec) -> tuple[Prerequisite, ...]:
    """What a framework asks for before some steps, as the planner reads it."""
    return tuple(
        Prerequisite(skill.key, each.skill, each.min_value, each.applies_from)
        for skill in spec.skills
        for each in skill.prerequisites
    )


@lru_cache(maxsize=256)
def readiness_below(spec: FrameworkSpec, level: CareerLevel) -> Fraction | None:
    """Readiness of who exactly meets what lies below: the marker drawn, or None."""
    below, of = spec.level_below(level), targets(spec)
    return level_below_readiness(of[level.key], of[below.key] if below else None)


# Results
# ------------------------------------------------------------------------------------


def measure(
    spec: FrameworkSpec,
    level: CareerLevel,
    answers: Mapping[str, Answer],
    version: str = CURRENT.version,
    *,
    likely_range: Range | None = None,
) -> Result:
    """The result of these answers against one career level."""
    target = targets(spec, version)[level.key]
    return score(target, answers, likely_range=likely_range)


def measure_assessment(
    assessment: Assessment, answers: Mapping[str, Answer] | None = None
) -> Result:
    """The result of an assessment, by the version that it was submitted with."""
    spec, level = target_of(assessment)
    answers = answers_of(assessment) if answers is None else answers
    return measure(spec, level, answers, assessment.scoring_version or CURRENT.version)


def fits(
    spec: FrameworkSpec, answers: Mapping[str, Answer], version: str = CURRENT.version
) -> dict[str, Readiness | Insufficient]:
    """What these answers amount to at every career level: {level key: readiness}.

    A fifth of a millisecond for eighteen levels, once they are made.
    """
    return {
        key: readiness_of(target, answers)
        for key, target in targets(spec, version).items()
    }


def place(
    spec: FrameworkSpec,
    level: CareerLevel,
    answers: Mapping[str, Answer],
    version: str = CURRENT.version,
) -> Placement:
    """Where these answers stand on the track of a career level."""
    of = targets(spec, version)
    return place_on_track([of[rung.key] for rung in spec.track_of(level)], answers)
