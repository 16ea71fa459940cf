"""Vectors -> results, as JSON or as an explanation."""

from assessment.scoring import (
    Placement,
    Result,
    place_on_ladder,
    prepare,
    prepare_ladder,
    score,
)
from assessment.scoring.explanation import explain, explain_placement

from .errors import ScoreFileError, naming, quoted
from .reading import LevelVector, ScoreFile, Vector, ladder_place
from .writing import Json, json_of_placement, json_of_result


def score_vectors(score_file: ScoreFile) -> Json:
    """Return the results by name, with exactly the keys that vectors expect.

    Raises `ScoreFileError` for the first vector that cannot be scored.
    """
    return {
        "vectors": {
            vector.name: json_of_result(_result(vector))
            for vector in score_file.vectors
        },
        "level_vectors": {
            vector.name: json_of_placement(placement)
            for vector, placement in _placements(score_file)
        },
    }


def explain_vectors(score_file: ScoreFile, name: str | None = None) -> str:
    """Return how a result comes about, step by step: of one vector, or of all.

    Raises `ScoreFileError` if no vector has that name.
    """
    texts = [
        explain(vector.name, vector.skills, _result(vector))
        for vector in score_file.vectors
        if name in (None, vector.name)
    ]
    texts += [
        explain_placement(vector.name, placement)
        for vector, placement in _placements(score_file)
        if name in (None, vector.name)
    ]
    if not texts:
        raise ScoreFileError(
            f"there is no vector {quoted(name)}", f"choose one of {_names(score_file)}"
        )
    return "\n\n".join(texts)


def _result(vector: Vector) -> Result:
    with naming(f"vector {quoted(vector.name)}"):
        return score(
            vector.skills,
            level_below_coverage=vector.level_below_coverage,
            angoff_cut=vector.angoff_cut,
            parameters=vector.parameters,
        )


def _placements(score_file: ScoreFile) -> list[tuple[LevelVector, Placement]]:
    for number, skills in enumerate(score_file.ladder, start=1):
        with naming(*ladder_place(number)):
            prepare(skills)
    with naming("ladder"):
        ladder = prepare_ladder(score_file.ladder)
    placements = []
    for vector in score_file.level_vectors:
        with naming(f"level vector {quoted(vector.name)}"):
            placements.append((vector, place_on_ladder(ladder, vector.ratings)))
    return placements


def _names(score_file: ScoreFile) -> str:
    names = [vector.name for vector in score_file.vectors]
    names += [vector.name for vector in score_file.level_vectors]
    return ", ".join(names) or "none: the file is empty"
