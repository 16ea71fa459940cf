"""Small targets and answers for the scoring tests, and the public vectors."""

import json
from fractions import Fraction
from pathlib import Path

from scoring.inputs import Answer, Requirement, Target

VECTORS_PATH = Path(__file__).with_name("vectors.json")
VECTORS = json.loads(VECTORS_PATH.read_text("utf-8"))


def exact(expected):
    """The rational number of a vector's {"exact": ..., "approx": ...}."""
    return Fraction(expected["exact"])


def make_target(*rows, **settings):
    """A target of (key, required, importance, must-have level) rows; the last is 0."""
    return Target(tuple(Requirement(*row) for row in rows), **settings)


def make_answers(**ratings):
    """Answers by skill, e.g. make_answers(planning=3, risk=None)."""
    return {key: Answer(rating) for key, rating in ratings.items()}


def make_covered(points, **settings):
    """A target and complete answers that cover `points` of it, 0..100, without must-haves."""
    met, unmet = ("met", 1, points), ("unmet", 1, 100 - points)
    rows = [row for row in (met, unmet) if row[2]]
    return make_target(*rows, **settings), make_answers(met=1, unmet=0)


def vector(name):
    """The target, the answers and what is expected, of a vector."""
    found = next(each for each in VECTORS["vectors"] if each["name"] == name)
    skills = found["input"]["skills"]
    target = Target(
        tuple(
            Requirement(
                row["key"],
                row["required"],
                row["importance"],
                row["must_have_level"],
                row.get("group"),
            )
            for row in skills
        ),
        found["input"]["ready_line"],
    )
    answers = {
        row["key"]: Answer(
            row["rating"], row["not_applicable"], row["confidence"], row["evidence"]
        )
        for row in skills
    }
    return target, answers, found["expected"]


def make_vector(name="v", **skill):
    """A vector of one skill, which requires level 4, as a score file has it."""
    return {
        "name": name,
        "input": {"skills": [{"key": "s", "required": 4, "importance": 1} | skill]},
    }


def make_ladder_file(*levels, ratings):
    """A score file with one level vector, "p"; importance is 1 if not said."""
    return {
        "ladder": {
            "levels": [[{"importance": 1} | row for row in level] for level in levels]
        },
        "level_vectors": [{"name": "p", "ratings": ratings}],
    }
