"""What made-up people read: their number and verdict on the shipped ladder, as a table.

    python -m tools.personas

Ratings stand in framework order, group by group. Nobody is real; whether the verdicts make
sense is for people who know the job to say.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpmguide.settings")
os.environ.setdefault(
    "SECRET_KEY", "only for this table, and of some length, of a kind"
)
os.environ.setdefault("DEBUG", "true")
django.setup()

from assessment import wording  # noqa: E402 - Django has to be ready
from assessment.answers import Answer  # noqa: E402
from assessment.report import report_of  # noqa: E402
from careers.files import load_files, parse_framework, shipped_folder  # noqa: E402

PEOPLE = (
    # name, target, ratings
    ("junior engineer", "tpm", "223223 334333 1211 1212"),
    ("junior engineer", "junior-tpm", "223223 334333 1211 1212"),
    ("project manager without technology", "senior-tpm", "442442 000000 4344 4434"),
    ("VP who lost hands-on skills", "vp-tpm", "243342 121212 5555 5555"),
    ("bank program manager", "technical-program-manager", "334442 121212 5444 5445"),
    ("scrum master", "tpm", "353322 111112 3333 2312"),
    ("technical writer", "tpm", "222311 212211 2421 1212"),
    ("nurse who changes career", "junior-tpm", "100121 000000 3233 3313"),
    ("all threes", "lead-tpm", "333333 333333 3333 3333"),
    ("all fives, without evidence", "junior-tpm", "555555 555555 5555 5555"),
    ("all zeros", "junior-tpm", "000000 000000 0000 0000"),
)
HEADS = (
    "person",
    "target",
    "number",
    "verdict",
    "likely",
    "holds",
    "first gap, closed",
)


def lines():
    """The table, line by line."""
    rows = [HEADS, ("---",) * len(HEADS), *table()]
    return [f"| {' | '.join(row)} |" for row in rows]


def table():
    """One row for each of PEOPLE, as texts in the order of HEADS."""
    spec = parse_framework(load_files(shipped_folder("technical-project-manager"))).spec
    for name, target, ratings in PEOPLE:
        values = [int(sign) for sign in ratings if sign.isdigit()]
        answers = {
            skill.key: Answer(value=value)
            for skill, value in zip(spec.skills, values, strict=True)
        }
        report = report_of(spec, spec.levels_by_key[target], answers)
        low, high = report.result.likely_range
        first = next(iter(report.gaps), None)
        yield (
            name,
            report.level.short_title,
            str(report.result.score),
            str(wording.verdict(report.result.band)),
            f"{low} to {high}",
            report.held.short_title if report.held else "none yet",
            f"{first.skill.name} {wording.gain(first.gap.gain_close_tenths)}"
            if first
            else "none",
        )


if __name__ == "__main__":
    sys.stdout.write("\n".join([*lines(), ""]))
