"""Results -> JSON, with exactly the keys that vectors expect.

A fraction is written twice: `exact` as text, to compare, and `approx`, to read.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from fractions import Fraction
from typing import Any

from scoring.inputs import Answer, Answers, Target, check_answers
from scoring.ladder import Placement, level_below_readiness, place
from scoring.number import Insufficient, Reason
from scoring.parameters import Parameters
from scoring.result import Result, score

from .reading import LevelVector, ScoreFile, Vector, naming, quoted

Json = dict[str, Any]

DECIMALS = 6
WHY_NOT = ("status", "reasons")
ANSWERED = ("answered_share", "not_applicable_share", "unanswered")
NUMBERS = ("coverage", "missing_levels", "readiness", "band")
ANSWER = ("rating", "not_applicable", "confidence", "evidence")
SCORED = (
    *("coverage", "missing_levels", "readiness", "ready_line", "band"),
    *("meets_all", "requirements_met", "requirements_total", "open_must_haves"),
    *("lower_bound", "upper_bound", "earned", "lost", "display", "groups"),
    *("likely_range", "close_to_ready", "gaps", "turning_up", "turning_down"),
    "what_if_lower",
)


def score_vectors(file: ScoreFile) -> Json:
    """The results by name. Raises `ScoreFileError` for the first that has none."""
    track = track_of(file)
    return {
        "vectors": {
            each.name: json_of_result(result_of(each)) for each in file.vectors
        },
        "level_vectors": {
            each.name: json_of_placement(placement_of(each, track))
            for each in file.level_vectors
        },
    }


def result_of(vector: Vector) -> Result:
    with naming(f"vector {quoted(vector.name)}"):
        return score(vector.input.target, vector.input.answers)


def track_of(file: ScoreFile) -> list[Target]:
    with naming("ladder"):
        return file.ladder.track if file.ladder else []


def placement_of(vector: LevelVector, track: list[Target]) -> Placement:
    with naming(f"level vector {quoted(vector.name)}"):
        for target in track:
            check_answers(target, vector.answers)
        return place(track, vector.answers)


def json_of_result(result: Result) -> Json:
    shown = _named(result, WHY_NOT)
    if result.reasons != (Reason.NO_REQUIRED_SKILLS,):
        shown |= _named(result, ANSWERED)
    return shown if isinstance(result, Insufficient) else shown | _named(result, SCORED)


def json_of_placement(placement: Placement) -> Json:
    rungs, below = [], None
    for rung in placement.rungs:
        rungs.append(
            {
                **_named(rung, WHY_NOT),
                "ready_line": rung.target.ready_line,
                "level_below_readiness": _json(
                    level_below_readiness(rung.target, below)
                ),
                "open_must_haves": list(rung.open_must_haves),
                **dict.fromkeys(NUMBERS),
                **(_named(rung, NUMBERS) if rung.is_measured else {}),
            }
        )
        below = rung.target
    return {**_named(placement, ("level", "next_level")), "rungs": rungs}


def json_of_input(target: Target, answers: Answers) -> Json:
    """What `score` is given as the `input` of a vector, with nothing left out."""
    return {
        "scoring_version": target.parameters.version,
        "ready_line": target.own_ready_line,
        "lowest": target.lowest,
        "top": target.top,
        "skills": [
            asdict(item) | _named(answers.get(item.key, Answer()), ANSWER)
            for item in target.requirements
        ],
    }


def json_of_parameters(parameters: Parameters) -> Json:
    """Every number of a version that could be chosen otherwise, by its name."""
    values = {each.name: getattr(parameters, each.name) for each in fields(parameters)}
    return {
        name: str(value) if isinstance(value, Fraction) else _json(value)
        for name, value in values.items()
    }


def _named(thing: Any, names: tuple[str, ...]) -> Json:
    return {name: _json(getattr(thing, name)) for name in names}


def _json(value: Any) -> Any:
    """A value as JSON has it, e.g. {"exact": "2775/38", "approx": 73.026316}."""
    if isinstance(value, Fraction):
        return {"exact": str(value), "approx": round(float(value), DECIMALS)}
    if isinstance(value, Mapping):
        return {key: _json(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    if is_dataclass(value):
        names = tuple(each.name for each in fields(value))
        return _named(value, (*names, "gap") if hasattr(value, "gap") else names)
    return value
