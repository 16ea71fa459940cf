"""How a score is made: the example of docs/scoring.md, worked out by the engine.

No number of the model is written here; the page reads them from this result.
"""

from functools import cache

from assessment.scoring.inputs import Answer, Requirement, Target
from assessment.scoring.number import Band
from assessment.scoring.result import Scored, score

TARGET = Target(
    (
        Requirement("planning", required=4, importance=5, must_have_level=4),
        Requirement("risk", 3, 4),
        Requirement("vendors", 2, 3),
        Requirement("cloud", 3, 3),
        Requirement("metrics", 3, 3),
        Requirement("communication", 4, 5, must_have_level=4),
        Requirement("coaching", 2, 2),
    )
)
ANSWERS = {
    "planning": Answer(3, confidence="high", evidence="linked"),
    "risk": Answer(2, evidence="described"),
    "vendors": Answer(not_applicable=True),
    "metrics": Answer(3, confidence="low"),
    "communication": Answer(4, confidence="high", evidence="verified"),
    "coaching": Answer(1),
}


@cache
def worked_example() -> Scored:
    """The example's result; the same for every visitor."""
    return score(TARGET, ANSWERS)


def verdict_lines() -> list[tuple[Band, int]]:
    """From how many points each verdict is said, the highest first; the last from 0."""
    numbers = TARGET.parameters
    return [
        (Band.READY, numbers.ready_line),
        (Band.NEARLY, numbers.nearly_line),
        (Band.DEVELOPING, numbers.developing_line),
        (Band.FOUNDATION, numbers.foundation_line),
        (Band.EXPLORING, 0),
    ]
