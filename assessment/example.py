"""Made-up answers, and what the engine makes of them. No result is made up."""

from functools import cache, lru_cache
from itertools import cycle

from assessment.answers import Answer
from assessment.report import Report, report_of
from careers import store
from careers.shape import CareerLevel, FrameworkSpec
from scoring import inputs
from scoring.inputs import Confidence, Requirement, Target
from scoring.result import Result, score

# Levels above or below what the target requires, one skill after the other.
OF_MUST_HAVES = (-1, 0, 0)
OF_OTHERS = (0, -1, 1)


@lru_cache(maxsize=8)
def example_report(digest: str) -> Report | None:
    """A whole report of a published framework, for a rung in the lower half of its ladder.

    None where that rung requires nothing. The spec comes from memory: no query once the
    framework is loaded.
    """
    spec = store.load(digest)
    rungs = next(iter(spec.tracks), spec.levels)
    level = rungs[len(rungs) // 3]
    if not any(item.required for item in level.requirements):
        return None
    return report_of(spec, level, example_answers(spec, level))


def example_answers(spec: FrameworkSpec, level: CareerLevel) -> dict[str, Answer]:
    """Every skill rated near its requirement, on a point that it has.

    Who is above it is sure, and has noted what shows it.
    """
    of_must_haves, of_others = cycle(OF_MUST_HAVES), cycle(OF_OTHERS)
    answers = {}
    for item in level.requirements:
        skill = spec.skills_by_key[item.skill]
        difference = next(of_must_haves if item.must_have else of_others)
        lowest = spec.scale[0].value
        points = [lowest, *(each.value for each in skill.levels)]
        wanted = max(lowest, item.required + difference)
        value = max(point for point in points if point <= wanted)
        is_above = value > item.required
        answers[item.skill] = Answer(
            value=value,
            confidence=Confidence.HIGH if is_above else Confidence.MEDIUM,
            note=skill.statement(value) if is_above else "",
        )
    return answers


# The example of docs/scoring.md
# ------------------------------------------------------------------------------------

WORKED_TARGET = Target(
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
WORKED_ANSWERS = {
    "planning": inputs.Answer(3, confidence="high", evidence="linked"),
    "risk": inputs.Answer(2, evidence="described"),
    "vendors": inputs.Answer(not_applicable=True),
    "metrics": inputs.Answer(3, confidence="low"),
    "communication": inputs.Answer(4, confidence="high", evidence="verified"),
    "coaching": inputs.Answer(1),
}


@cache
def worked_example() -> Result:
    """Its result; no number of the model is written on the page that shows it."""
    return score(WORKED_TARGET, WORKED_ANSWERS)
