"""Example answers, and the report that the engine makes of them.

The answers are made up; no number of the report is.
"""

from functools import lru_cache

from assessment.answers import Answer
from assessment.report import Report, report_of
from assessment.scoring.inputs import Confidence
from careers import store
from careers.shape import CareerLevel, FrameworkSpec

TARGET = "senior-tpm"
DIFFERENCES = {  # skill: levels above or below what the target asks
    "stakeholder-management": -2,
    "technical-communication": -1,
    "adaptability-problem-solving": -1,
    "data-reporting": -1,
    "cloud-foundations": -1,
    "api-integration": -1,
    "leadership-motivation": -1,
    "strategic-thinking": -1,
    "pm-tooling": 1,
    "sdlc": 1,
    "version-control": 1,
}
SURE_OF = {"pm-tooling", "sdlc", "agile-delivery", "time-prioritization"}
WRITTEN_OF = {
    "risk-management": "Ran the risk review of two linked projects.",
    "agile-delivery": "Moved three teams to one planning rhythm.",
}


@lru_cache(maxsize=8)
def example_report(digest: str) -> Report | None:
    """The example against a published framework; None where its keys are others.

    The spec comes from memory: no query once the framework is loaded.
    """
    spec = store.load(digest)
    level = spec.levels_by_key.get(TARGET)
    if level is None or not spec.skills_by_key.keys() >= DIFFERENCES.keys():
        return None
    return report_of(spec, level, example_answers(spec, level))


def example_answers(spec: FrameworkSpec, level: CareerLevel) -> dict[str, Answer]:
    """Every skill rated, as its requirement and the difference from it say."""
    top = max(point.value for point in spec.scale)
    return {
        item.skill: Answer(
            value=min(max(item.required + DIFFERENCES.get(item.skill, 0), 0), top),
            confidence=Confidence.HIGH if item.skill in SURE_OF else Confidence.MEDIUM,
            note=WRITTEN_OF.get(item.skill, ""),
        )
        for item in level.requirements
    }
