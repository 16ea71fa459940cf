"""A report as JSON: everything that the score rests on, what was said, and the result.

docs/report-format.md names every key, docs/report.schema.json is its JSON Schema.
"""

import json

from assessment import scoring
from assessment.answers import NO_ANSWER, Answer
from assessment.measuring import (
    answers_of,
    coverage_below,
    measure,
    skill_inputs,
    target_of,
)
from assessment.score_files import (
    REPORT,
    json_of_input,
    json_of_parameters,
    json_of_result,
)

SCHEMA_VERSION = 1


def report_as_json(assessment) -> str:
    """The report of a submitted assessment; one query for its ratings.

    `input` is the vector from which `score_file` makes the same result again.
    """
    spec, level = target_of(assessment)
    answers = answers_of(assessment)
    parameters = scoring.PARAMETERS[assessment.scoring_version]
    content = {
        "schema": REPORT,
        "schema_version": SCHEMA_VERSION,
        "assessment": _assessment(assessment),
        "framework": _framework(assessment.framework, spec),
        "target": _target(spec, level),
        "parameters": json_of_parameters(parameters),
        "input": json_of_input(
            skill_inputs(spec, level, answers),
            level_below_coverage=coverage_below(spec, level),
            angoff_cut=level.ready_line,
            parameters=parameters,
        ),
        "answers": [
            _answer(spec, skill, answers.get(skill.key, NO_ANSWER))
            for skill in spec.skills
        ],
        "result": json_of_result(measure(spec, level, answers, parameters)),
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def _assessment(assessment):
    return {
        "uid": str(assessment.uid),
        "label": assessment.label or None,
        "started_at": assessment.started_at.isoformat(),
        "submitted_at": assessment.submitted_at.isoformat(),
    }


def _framework(framework, spec):
    return {
        "key": spec.key,
        "version": spec.version,
        "title": spec.title,
        "digest": framework.digest,
        "scale": [{"value": point.value, "name": point.name} for point in spec.scale],
    }


def _target(spec, level):
    below = spec.level_below(level)
    return {
        "key": level.key,
        "title": level.title,
        "level_below": below and {"key": below.key, "title": below.title},
    }


def _answer(spec, skill, answer: Answer):
    """What was said of one skill, in words. What was not said is null."""
    rated = answer.value is not None
    return {
        "skill": skill.key,
        "name": skill.name,
        "answer": answer.kind,
        "rating": answer.value,
        "rating_name": spec.scale[answer.value].name if rated else None,
        "reason": answer.reason or None,
        "confidence": answer.confidence if rated else None,
        "note": answer.note or None,
        "url": answer.url or None,
        "rated_at": answer.rated_at.isoformat() if answer.rated_at else None,
    }
