"""The one bridge from rows to the scoring: ratings and a framework in, a result out."""

from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from functools import lru_cache

from assessment.answers import Answer
from assessment.models import Rating
from assessment.scoring.inputs import Requirement, Target
from assessment.scoring.ladder import (
    Placement,
    level_below_readiness,
    must_have_levels,
)
from assessment.scoring.ladder import place as place_on_track
from assessment.scoring.number import Insufficient, Readiness, readiness_of
from assessment.scoring.parameters import CURRENT, PARAMETERS
from assessment.scoring.result import Range, Result, score
from careers.shape import CareerLevel, FrameworkSpec
from careers.store import load, spec_of

ANSWER = tuple(field.name for field in fields(Answer))


def answers_of(assessment):
    """{skill key: Answer} of an assessment; one query."""
    rows = assessment.ratings.values_list("skill__key", *ANSWER)
    return {key: Answer(*said) for key, *said in rows}


def answers_in(ratings):
    """{skill key: Answer} of ratings that know their skill's key."""
    return {row.skill_key: answer_of(row) for row in ratings}


def answers_of_each(assessments):
    """{pk: {skill key: Answer}} of several assessments; one query."""
    answers = {assessment.pk: {} for assessment in assessments}
    for row in Rating.objects.filter(assessment__in=answers).with_skill_keys():
        answers[row.assessment_id][row.skill_key] = answer_of(row)
    return answers


def answer_of(rating) -> Answer:
    return Answer(
        value=rating.value,
        not_applicable=rating.not_applicable,
        reason=rating.reason,
        confidence=rating.confidence,
        note=rating.note,
        url=rating.url,
        rated_at=rating.rated_at,
        revision=rating.revision,
    )


def target_of(assessment):
    """The spec and the career level of an assessment, as (spec, level); no query."""
    spec = spec_of(assessment.framework)
    return spec, spec.levels_by_key[assessment.target.key]


# What a career level asks for, as the scoring reads it
# ------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def targets(spec: FrameworkSpec, version: str = CURRENT.version) -> dict[str, Target]:
    """{level key: target} of a framework, made once; a target scores many people."""
    return {level.key: _target(spec, level, version) for level in spec.levels}


def _target(spec: FrameworkSpec, level: CareerLevel, version: str) -> Target:
    parameters = PARAMETERS[version]
    asked = {item.skill: item for item in level.requirements}
    levels = must_have_levels(
        {key: item.required for key, item in asked.items()},
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
                required=asked[skill.key].required,
                importance=asked[skill.key].importance,
                must_have_level=levels[skill.key],
                group=skill.group,
                hours=skill.hours,
            )
            for skill in spec.skills
        ),
        # Lines of before were laxer: an owner may make a target stricter, never laxer.
        None if line is None else max(line, parameters.ready_line),
        lowest=spec.scale[0].value,
        top=spec.scale[-1].value,
        parameters=parameters,
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


def measure_assessment(assessment, answers=None) -> Result:
    """The result of an assessment, by the version that it was submitted with."""
    spec, level = target_of(assessment)
    answers = answers_of(assessment) if answers is None else answers
    return measure(spec, level, answers, assessment.scoring_version or CURRENT.version)


def ready_line_of(assessment) -> int:
    """The score from which its target is ready; no query."""
    return _target_of(assessment).ready_line


def _target_of(assessment) -> Target:
    version = assessment.scoring_version or CURRENT.version
    return targets(load(assessment.framework.digest), version)[assessment.target.key]


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
    spec: FrameworkSpec, answers: Mapping[str, Answer], version: str = CURRENT.version
) -> Placement:
    """Where these answers stand on the framework's ladder."""
    return place_on_track(_track(spec, version), answers)


def _track(spec: FrameworkSpec, version: str) -> list[Target]:
    of = targets(spec, version)
    return [of[rung.key] for rung in spec.ladder]
