"""How firm are score and verdict on a ladder? Prints the tables of docs/scoring.md.

    python -m tools.scoring_sensitivity [--people 1500] [LADDER_FOLDER]

The people are invented: for each rung a third around its levels, a third around the rung
below, a third a mix, each answer -1, 0 or +1 with 1:3:1; fixed seeds. The first five columns are exact.
"""

import argparse
import math
import random
import sys
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import yaml

from scoring.inputs import Answer, Requirement, Target
from scoring.ladder import level_below_readiness, must_have_levels
from scoring.likely_range import likely_range_of
from scoring.number import readiness_of
from scoring.result import score

SHIPPED = Path("careers/content/technical-project-manager/ladder")
PEOPLE, AGAIN, SEED = 1500, 4, 2026
SIGMA, SHARED = 0.6, 0.6  # of the error of a rating: levels; part shared by all skills
HEADS = (
    "rung",
    "must-haves",
    "rung below, exactly met",
    "one-level gaps: ready allows",
    "nearly allows",
    "one answer flips the verdict: people",
    "moves",
    "same verdict, rated again",
    "equal importance: other verdict",
    "mean change",
)
RANGE_HEADS = ("person", "inside the range", "mean width")


class Rung(NamedTuple):
    title: str
    target: Target

    @property
    def exactly(self):
        return {key: item.required for key, item in self.target.by_key.items()}

    @property
    def equal(self):
        """The same rung with every importance the same."""
        same = [replace(item, importance=1) for item in self.target.requirements]
        return replace(self.target, requirements=tuple(same))

    def number(self, ratings):
        return number(self.target, ratings)


def number(target, ratings):
    return readiness_of(target, {key: Answer(value) for key, value in ratings.items()})


def read_ladder(folder=SHIPPED):
    """The rungs of a folder of a framework, the lowest first."""
    rungs, marks = [], []
    for path in sorted(Path(folder).glob("[0-9]*.yaml")):
        level = yaml.safe_load(path.read_text("utf-8"))["levels"][0]
        asked = {k: row for k, row in level["requirements"].items() if row["required"]}
        marks.append(
            {k: row["required"] for k, row in asked.items() if row.get("must_have")}
        )
        levels = must_have_levels(
            {k: row["required"] for k, row in asked.items()}, marks
        )
        rows = (
            Requirement(key, row["required"], row.get("importance", 3), levels[key])
            for key, row in asked.items()
        )
        rungs.append(Rung(level["short_title"], Target(tuple(rows))))
    return rungs


# What is exact
# ------------------------------------------------------------------------------------


def exact_rows(rungs):
    below = [None, *(rung.target for rung in rungs)]
    for rung, lower in zip(rungs, below, strict=False):
        marker = level_below_readiness(rung.target, lower)
        numbers = rung.target.parameters
        yield (
            rung.title,
            str(sum(item.is_must_have for item in rung.target.requirements)),
            "none" if marker is None else f"{math.floor(10 * marker) / 10:.1f}",
            _allowed(rung, rung.target.ready_line),
            _allowed(rung, numbers.nearly_line),
        )


def _allowed(rung, line):
    """How many of the ordinary one-level gaps, dearest first and cheapest first."""
    costs = sorted(
        100 - rung.number(rung.exactly | {key: item.required - 1}).readiness
        for key, item in rung.target.by_key.items()
        if item.required > item.must_have_level
    )
    fewest, most = _count(costs[::-1], 100 - line), _count(costs, 100 - line)
    span = str(most) if fewest == most else f"{fewest} to {most}"
    return f"{span} of {len(costs)}"


def _count(costs, left):
    count = 0
    for cost in costs:
        left -= cost
        if left < 0:
            break
        count += 1
    return count


# The people
# ------------------------------------------------------------------------------------


def near(rung, below, source, kind):
    """Ratings of an invented person around a rung."""
    exactly = rung.exactly
    lower = {key: max(0, level - 1) for key, level in exactly.items()}
    if below:
        lower = {key: below.exactly.get(key, 0) for key in exactly}
    found = {}
    for key, level in exactly.items():
        mix = source.choice((level, lower[key]))
        rating = (level, lower[key], mix)[kind % 3] + source.choice((-1, 0, 0, 0, 1))
        found[key] = min(5, max(0, rating))
    return found


def again(ratings, source):
    """The same person, rating once more."""
    common = source.gauss(0, 1)
    own = math.sqrt(1 - SHARED**2)
    return {
        key: min(
            5,
            max(
                0,
                round(rating + SIGMA * (SHARED * common + own * source.gauss(0, 1))),
            ),
        )
        for key, rating in ratings.items()
    }


def sampled_rows(rungs, people):
    """Shares in whole percent and a mean change in points, for `people` of each rung."""
    source = random.Random(SEED)
    for place, rung in enumerate(rungs):
        below = rungs[place - 1] if place else None
        crowd = [near(rung, below, source, kind) for kind in range(people)]
        flipped = flips = moves = same = other = 0
        changes = []
        for ratings in crowd:
            now = rung.number(ratings)
            result = score(rung.target, now.answers)
            here = len(result.turning_up) + len(result.turning_down)
            flipped, flips = flipped + bool(here), flips + here
            moves += sum((value > 0) + (value < 5) for value in ratings.values())
            equally = number(rung.equal, ratings)
            other += equally.band != now.band
            changes.append(abs(equally.readiness - now.readiness))
            same += sum(
                rung.number(again(ratings, source)).band == now.band
                for _ in range(AGAIN)
            )
        yield (
            round(100 * flipped / people),
            round(100 * flips / moves),
            round(100 * same / (AGAIN * people)),
            round(100 * other / people),
            round(float(mean(changes)), 1),
        )


def held_ranges(rungs, people):
    """{kind of person: (percent of re-ratings inside the range, mean width)}."""
    source = random.Random(SEED)
    kinds = {
        "exactly meets a rung": [(rung, rung.exactly) for rung in rungs],
        "near a rung": [
            (rung, near(rung, rungs[place - 1] if place else None, source, kind))
            for place, rung in enumerate(rungs)
            for kind in range(3)
        ],
        "one short everywhere": [
            (rung, {key: max(0, level - 1) for key, level in rung.exactly.items()})
            for rung in rungs
        ],
        "all zero": [(rungs[0], dict.fromkeys(rungs[0].exactly, 0))],
    }
    found = {}
    for kind, members in kinds.items():
        inside, widths = 0, []
        for rung, ratings in members:
            low, high = likely_range_of(rung.number(ratings))
            widths.append(high - low)
            inside += sum(
                low <= rung.number(again(ratings, source)).score <= high
                for _ in range(people)
            )
        held = round(100 * inside / (people * len(members)))
        found[kind] = held, round(mean(widths))
    return found


def as_table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell) for cell in line) + " |" for line in lines
    )


def tables(rungs, people):
    """Both tables as text, for `people` invented people of each rung."""
    rows = [
        (*exact, *(f"{share} %" for share in shares), change)
        for exact, (*shares, change) in zip(
            exact_rows(rungs), sampled_rows(rungs, people), strict=True
        )
    ]
    ranges = [
        (kind, f"{share} %", width)
        for kind, (share, width) in held_ranges(rungs, people).items()
    ]
    return as_table(HEADS, rows) + "\n\n" + as_table(RANGE_HEADS, ranges) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", default=SHIPPED)
    parser.add_argument("--people", type=int, default=PEOPLE)
    options = parser.parse_args()
    sys.stdout.write(tables(read_ladder(options.folder), options.people))


if __name__ == "__main__":
    main()
