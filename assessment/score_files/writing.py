"""Results -> JSON, with exactly the keys that vectors expect.

A fraction is written twice: `exact` as text, to compare, and `approx`, to read.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from fractions import Fraction
from typing import Any

from assessment.scoring.inputs import Answer, Answers, Target, check_answers
from assessment.scoring.ladder import Placement, level_below_readiness, place
from assessment.scoring.number import Insufficient, Readiness, Reason
from assessment.scoring.parameters import Parameters
from assessment.scoring.result import Result, Scored, score

from .reading import LevelVector, ScoreFile, Vector, naming, quoted

Json = dict[str, Any]

DECIMALS = 6
NUMBERS = ("coverage", "missing_levels", "readiness", "band")


def score_vectors(file: ScoreFile) -> Json:
    """The results by name. Raises `ScoreFileError` for the first that has none."""
    track = track_of(file)
    return {
        "vectors": {
            each.name: json_of_result(result_of(each)) for each in file.vectors
        },
        "level_vectors": {
            each.name: json_of_level_vector(each, track) for each in file.level_vectors
        },
    }


def result_of(vector: Vector) -> Result:
    with naming(f"vector {quoted(vector.name)}"):
        return score(vector.input.target, vector.input.answers)


def track_of(file: ScoreFile) -> list[Target]:
    with naming("ladder"):
        return file.ladder.track if file.ladder else []


def json_of_result(result: Result) -> Json:
    shown: Json = {"status": result.status, "reasons": list(result.reasons)}
    if result.reasons == (Reason.NO_REQUIRED_SKILLS,):
        return shown
    shown |= {
        "answered_share": json_of_number(result.answered_share),
        "not_applicable_share": json_of_number(result.not_applicable_share),
        "unanswered": list(result.unanswered),
    }
    return (
        shown if isinstance(result, Insufficient) else shown | _json_of_scored(result)
    )


def json_of_level_vector(vector: LevelVector, track: list[Target]) -> Json:
    answers = vector.answers
    with naming(f"level vector {quoted(vector.name)}"):
        for target in track:
            check_answers(target, answers)
    return json_of_placement(place(track, answers))


def json_of_placement(placement: Placement) -> Json:
    track = [rung.target for rung in placement.rungs]
    below = [None, *track]
    return {
        "level": placement.level,
        "next_level": placement.next_level,
        "rungs": [
            _json_of_rung(rung, level_below_readiness(target, lower))
            for rung, target, lower in zip(placement.rungs, track, below, strict=False)
        ],
    }


def json_of_input(target: Target, answers: Answers) -> Json:
    """What `score` is given as the `input` of a vector, with nothing left out."""
    return {
        "scoring_version": target.parameters.version,
        "ready_line": target.own_ready_line,
        "lowest": target.lowest,
        "top": target.top,
        "skills": [
            asdict(item)
            | {
                name: getattr(answers.get(item.key, Answer()), name)
                for name in ("rating", "not_applicable", "confidence", "evidence")
            }
            for item in target.requirements
        ],
    }


def json_of_parameters(parameters: Parameters) -> Json:
    """Every number of a version that could be chosen otherwise, by its name."""
    values = {each.name: getattr(parameters, each.name) for each in fields(parameters)}
    return {name: _plain(value) for name, value in values.items()}


def json_of_number(value: Fraction) -> Json:
    """An exact number, e.g. {"exact": "2775/38", "approx": 73.026316}."""
    return {"exact": str(value), "approx": round(float(value), DECIMALS)}


def _json_of_scored(result: Scored) -> Json:
    return {
        "coverage": json_of_number(result.coverage),
        "missing_levels": result.missing_levels,
        "readiness": json_of_number(result.readiness),
        "ready_line": result.ready_line,
        "band": result.band,
        "meets_all": result.meets_all,
        "requirements_met": result.requirements_met,
        "requirements_total": result.requirements_total,
        "open_must_haves": list(result.open_must_haves),
        "lower_bound": json_of_number(result.lower_bound),
        "upper_bound": json_of_number(result.upper_bound),
        "earned": _json_of_numbers(result.earned),
        "lost": _json_of_numbers(result.lost),
        "display": asdict(result.display),
        "groups": {
            name: {
                "share": json_of_number(group.share),
                "coverage": json_of_number(group.coverage),
            }
            for name, group in result.groups.items()
        },
        "likely_range": list(result.likely_range),
        "close_to_ready": result.close_to_ready,
        "gaps": [asdict(gap) | {"gap": gap.gap} for gap in result.gaps],
        "turning_up": list(result.turning_up),
        "turning_down": list(result.turning_down),
        "what_if_lower": json_of_number(result.what_if_lower),
    }


def _json_of_rung(rung: Readiness | Insufficient, level_below: Fraction | None) -> Json:
    shown: Json = {
        "status": rung.status,
        "reasons": list(rung.reasons),
        "ready_line": rung.target.ready_line,
        "level_below_readiness": (
            None if level_below is None else json_of_number(level_below)
        ),
        "open_must_haves": list(rung.open_must_haves),
    }
    if isinstance(rung, Insufficient):
        return shown | dict.fromkeys(NUMBERS)
    return shown | {
        "coverage": json_of_number(rung.coverage),
        "missing_levels": rung.missing_levels,
        "readiness": json_of_number(rung.readiness),
        "band": rung.band,
    }


def _json_of_numbers(values: Mapping[str, Fraction]) -> Json:
    return {key: json_of_number(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
