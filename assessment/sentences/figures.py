"""What stands beside each number of the first screen, and how the score is made. Pure."""

LIKELY_RANGE = "likely range, given how sure you were of each answer"
BANKED = "points of coverage that you have banked"
READY_CUT = "ready to make the case, with every must-have met"
ANSWERED = "skills answered that count"
COVERAGE = (
    "coverage: for each skill the part of the required level that you reach, never more "
    "than all of it, weighted by importance"
)
OPEN_ANSWERS = "what it can become once the open answers are given"


def readiness_of(level: str) -> str:
    return f"of 100, readiness for {level}"


def level_below(level: str) -> str:
    return f"someone who just meets {level}, the level below"


def ceiling(points_per_level: int) -> str:
    points = "point" if points_per_level == 1 else "points"
    return (
        f"ceiling: 100, less {points_per_level} {points} for each level that the weakest "
        "must-have is short"
    )


def shown_as(score: int) -> str:
    return f"readiness: the lower of the two, shown as {score}"
