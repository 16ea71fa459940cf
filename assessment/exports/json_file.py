"""A report as JSON: everything that the score rests on, what was said, and the result.

docs/report-format.md names every key, docs/report.schema.json is its JSON Schema.
"""

import json

from assessment.answers import NO_ANSWER, Answer
from assessment.report import load_report
from assessment.score_files.reading import REPORT
from assessment.score_files.writing import (
    json_of_input,
    json_of_parameters,
    json_of_placement,
    json_of_result,
)

SCHEMA_VERSION = 2


def report_as_json(assessment) -> str:
    """The report of a submitted assessment; one query for its ratings.

    `input` is the vector from which `score_file` makes the same result again.
    """
    report = load_report(assessment)
    target = report.result.target
    content = {
        "schema": REPORT,
        "schema_version": SCHEMA_VERSION,
        "assessment": _assessment(assessment),
        "framework": _framework(assessment.framework, report.spec),
        "target": _target(report),
        "parameters": json_of_parameters(target.parameters),
        "input": json_of_input(target, report.answers),
        "answers": [
            _answer(report, skill, report.answers.get(skill.key, NO_ANSWER))
            for skill in report.spec.skills
        ],
        "result": json_of_result(report.result),  # type: ignore[arg-type]
        "ladder": _ladder(report),
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


def _target(report):
    below = report.level_below
    return {
        "key": report.level.key,
        "title": report.level.title,
        "level_below": below and {"key": below.key, "title": below.title},
        "must_have_since": {key: rung.key for key, rung in report.carried.items()},
    }


def _answer(report, skill, answer: Answer):
    """What was said of one skill, in words. What was not said is null."""
    rated = answer.value is not None
    names = {point.value: point.name for point in report.spec.scale}
    return {
        "skill": skill.key,
        "name": skill.name,
        "answer": answer.kind,
        "rating": answer.value,
        "rating_name": names[answer.value] if rated else None,
        "reason": answer.reason or None,
        "confidence": answer.confidence if rated else None,
        "note": answer.note or None,
        "url": answer.url or None,
        "rated_at": answer.rated_at.isoformat() if answer.rated_at else None,
    }


def _ladder(report):
    """Where the same answers stand; the rungs are those of the track of the target."""
    placed = json_of_placement(report.placement)
    rungs = zip(report.track, placed["rungs"], strict=True)
    return placed | {
        "rungs": [
            {"key": level.key, "title": level.title} | rung for level, rung in rungs
        ]
    }
