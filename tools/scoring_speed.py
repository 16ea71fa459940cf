"""What the scoring costs for twenty skills; ends with 1 where a promise is broken.

python -m tools.scoring_speed
"""

import sys
from time import process_time

from scoring.inputs import Answer, Requirement, Target
from scoring.likely_range import _offsets, likely_range_of
from scoring.number import readiness_of
from scoring.result import score

REASONS = (
    *("coverage", "readiness", "band", "answered_share", "not_applicable_share"),
    *("unanswered", "open_must_haves", "lower_bound", "upper_bound", "meets_all"),
    *("earned", "lost", "display", "groups", "gaps", "turning_up", "turning_down"),
    "what_if_lower",
)
PROMISES = {
    "readiness_of": 0.03,
    "score without the range": 2,
    "range": 15,
    "range of keys never seen": 15,
}


def main():
    kept = True
    for name, milliseconds in measure().items():
        kept = kept and milliseconds <= PROMISES[name]
        sys.stdout.write(f"{name}: {milliseconds:.4f} ms (at most {PROMISES[name]})\n")
    sys.exit(not kept)


def measure():
    """{what: milliseconds of processor time}, the best of several rounds."""
    target, answers = twenty_skills()
    number = readiness_of(target, answers)

    def headline():
        found = readiness_of(target, answers)
        return found.coverage, found.missing_levels, found.readiness, found.band

    def reasons():
        result = score(target, answers)
        return [getattr(result, name) for name in REASONS]

    def new_keys():
        _offsets.cache_clear()
        likely_range_of(number)

    return {
        "readiness_of": best(headline, 500),
        "score without the range": best(reasons, 50),
        "range": best(lambda: likely_range_of(number), 20),
        "range of keys never seen": best(new_keys, 3),
    }


def twenty_skills():
    """A target with everything in it, and answers of somebody half way."""
    requirements = tuple(
        Requirement(
            f"skill-{n}", 2 + n % 4, 1 + n % 5, (2 + n % 4) * (n % 3 == 0), "ab"[n % 2]
        )
        for n in range(20)
    )
    return Target(requirements), {
        item.key: Answer(max(0, item.required - n % 4 % 3))
        for n, item in enumerate(requirements)
    }


def best(function, times):
    function()
    rounds = []
    for _ in range(7):
        before = process_time()
        for _ in range(times):
            function()
        rounds.append((process_time() - before) / times)
    return 1000 * min(rounds)


if __name__ == "__main__":
    main()
