"""Small targets for the scoring tests, and the public vectors."""

import json
from fractions import Fraction
from pathlib import Path

from assessment.scoring import SkillInput

VECTORS_PATH = Path(__file__).with_name("vectors.json")


def load_vectors():
    return json.loads(VECTORS_PATH.read_text("utf-8"))


def exact(expected):
    """Return the rational number of a vector's {"exact": ..., "approx": ...}."""
    return Fraction(expected["exact"])


def make_skills(*, must_haves=(), required=4, **ratings):
    """Return skills of equal weight, e.g. make_skills(planning=3, risk=None)."""
    return [
        SkillInput(key, required, 1, must_have=key in must_haves, rating=rating)
        for key, rating in ratings.items()
    ]


def make_covered(points):
    """Return a complete assessment whose coverage is `points`, 0..100."""
    return [
        SkillInput("met", 1, points or 1, rating=1 if points else 0),
        *([SkillInput("open", 1, 100 - points, rating=0)] if 0 < points < 100 else []),
    ]


def make_ladder_levels():
    """Return the levels of the vectors' illustrative ladder, lowest first."""
    return [
        [
            SkillInput(
                skill["id"],
                skill["required"],
                skill["weight"],
                must_have=skill["must_have"],
                domain=skill["domain"],
            )
            for skill in level
        ]
        for level in load_vectors()["ladder"]["levels"]
    ]


def make_vector(name="v", **skill):
    """Return a vector of one skill, which requires level 4, as a score file has it."""
    return {
        "name": name,
        "input": {"skills": [{"id": "s", "required": 4, "weight": 1} | skill]},
    }


def make_ladder_file(*levels, ratings):
    """Return a score file with one level vector, "p"; skills weigh 1 if not said."""
    return {
        "ladder": {
            "levels": [[{"weight": 1} | skill for skill in level] for level in levels]
        },
        "level_vectors": [{"name": "p", "ratings": ratings}],
    }
