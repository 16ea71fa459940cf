"""The one bridge from rows to the scoring: ratings and a framework in, a result out."""

import math
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import NamedTuple

from assessment import scoring
from assessment.answers import NO_ANSWER, Answer
from assessment.models import Rating
from assessment.scoring import SkillInput
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


def skill_inputs(spec, level, answers: Mapping[str, Answer]) -> tuple[SkillInput, ...]:
    """Every skill of the framework as the scoring reads it, in framework order."""
    required = {item.skill: item for item in level.requirements}
    return tuple(
        _input(skill, required[skill.key], answers.get(skill.key, NO_ANSWER))
        for skill in spec.skills
    )


def _input(skill, requirement, answer):
    return SkillInput(
        key=skill.key,
        required=requirement.required,
        weight=requirement.importance,
        must_have=requirement.must_have,
        rating=answer.value,
        not_applicable=answer.not_applicable,
        confidence=answer.confidence,
        evidence=answer.evidence,
        hours=skill.hours,
        domain=skill.group,
    )


def measure(spec, level, answers: Mapping[str, Answer], parameters=scoring.CURRENT):
    """The result of these answers against one career level."""
    return scoring.score(
        skill_inputs(spec, level, answers),
        level_below_coverage=coverage_below(spec, level),
        angoff_cut=level.ready_line,
        parameters=parameters,
    )


def measure_assessment(assessment, answers=None):
    """The result of an assessment, by the engine that it was submitted with."""
    spec, level = target_of(assessment)
    version = assessment.scoring_version or scoring.SCORING_VERSION
    answers = answers_of(assessment) if answers is None else answers
    return measure(spec, level, answers, scoring.PARAMETERS[version])


def headline_of(assessment, ratings):
    """(readiness in tenths, band) of ratings that know their skill's key.

    Much quicker than `measure`, for many assessments; (None, "") without a score.
    """
    framework, target = assessment.framework, assessment.target
    prepared = _prepared(framework.digest, target.key, assessment.scoring_version)
    headline = scoring.readiness_of(
        prepared,
        {rating.skill_key: rating.value for rating in ratings},
        not_applicable={r.skill_key for r in ratings if r.not_applicable},
    )
    if headline.readiness is None:
        return None, ""
    return math.floor(10 * headline.readiness), headline.band


def _prepared(digest, level_key, version):
    """A career level of a frozen framework, ready to score many people against."""
    return _targets(load(digest), version)[level_key]


def ready_cut_of(assessment):
    """The score from which its target is ready; no query."""
    framework, target = assessment.framework, assessment.target
    return _prepared(
        framework.digest, target.key, assessment.scoring_version
    ).cuts.ready


class Fit(NamedTuple):
    """The headline at one career level, and the score from which that level is ready."""

    headline: scoring.Readiness
    ready_cut: int


def fits(spec, answers: Mapping[str, Answer], parameters=scoring.CURRENT):
    """What these answers amount to at every career level: {level key: Fit}.

    A third of a millisecond for eighteen levels, once they are prepared.
    """
    said = _said(answers)
    return {
        key: Fit(
            scoring.readiness_of(target, said.ratings, not_applicable=said.set_aside),
            target.cuts.ready,
        )
        for key, target in _targets(spec, parameters.version).items()
    }


def losses(spec, level, answers: Mapping[str, Answer], parameters=scoring.CURRENT):
    """The points that these answers lose at a career level, what decides it first."""
    target = _targets(spec, parameters.version)[level.key]
    said = _said(answers)
    return scoring.losses_of(target, said.ratings, not_applicable=said.set_aside)


def what_matters_most(
    spec, level, answers: Mapping[str, Answer], parameters=scoring.CURRENT
):
    """What one other requirement or importance of a career level would do to the score."""
    return scoring.what_matters_most(
        skill_inputs(spec, level, answers),
        parameters,
        target=_targets(spec, parameters.version)[level.key],
    )


class _Said(NamedTuple):
    """Answers as the engine takes them for a prepared target."""

    ratings: dict[str, int | None]
    set_aside: set[str]


def _said(answers):
    return _Said(
        {key: answer.value for key, answer in answers.items()},
        {key for key, answer in answers.items() if answer.not_applicable},
    )


@lru_cache(maxsize=32)
def _targets(spec, version):
    """All career levels of a framework, ready to score many people against."""
    return {
        level.key: scoring.prepare(
            skill_inputs(spec, level, {}),
            level_below_coverage=coverage_below(spec, level),
            angoff_cut=level.ready_line,
            parameters=scoring.PARAMETERS[version],
        )
        for level in spec.levels
    }


def coverage_below(spec, level):
    """Coverage of `level` by someone who just meets what lies below it, or None."""
    return _below(spec, level.key)[0]


def readiness_below(spec, level):
    """Readiness of someone who just meets what lies below: the marker drawn, or None."""
    return _below(spec, level.key)[1]


@lru_cache(maxsize=256)
def _below(spec, level_key):
    """(coverage, readiness) of someone who just meets what lies below a level."""
    level = spec.levels_by_key[level_key]
    below = spec.level_below(level)
    if below is None:
        return None, None
    pair = skill_inputs(spec, level, {}), skill_inputs(spec, below, {})
    return scoring.coverage_of_level_below(*pair), scoring.level_below_readiness(*pair)


def place(spec, answers: Mapping[str, Answer], parameters=scoring.CURRENT):
    """Where these answers stand on the framework's ladder."""
    said = _said(answers)
    return scoring.place_on_ladder(
        _ladder(spec, parameters.version),
        said.ratings,
        not_applicable=said.set_aside,
    )


def rung_ranges(spec, answers: Mapping[str, Answer], parameters=scoring.CURRENT):
    """The likely range at each rung, the lowest first; None where there is no score."""
    said = _said(answers)
    widths = _half_widths(answers, parameters)
    return [
        scoring.likely_range_of(
            rung, said.ratings, widths, not_applicable=said.set_aside
        )
        for rung in _ladder(spec, parameters.version)
    ]


def _half_widths(answers, parameters):
    """{skill key: levels by which its rating may be off}."""
    kinds = {key: (each.confidence, each.evidence) for key, each in answers.items()}
    widths = {
        kind: float(scoring.half_width(*kind, parameters))
        for kind in set(kinds.values())
    }
    return {key: widths[kind] for key, kind in kinds.items()}


@lru_cache(maxsize=32)
def _ladder(spec, version):
    """The rungs of a framework, ready to place many people on them."""
    return scoring.prepare_ladder(
        [skill_inputs(spec, rung, {}) for rung in spec.ladder],
        angoff_cuts=[rung.ready_line for rung in spec.ladder],
        parameters=scoring.PARAMETERS[version],
    )
