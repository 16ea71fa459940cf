"""What is wrong with a framework, said so that its owner can mend it. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

ERROR = "error"  # stops an import and a publication
WARNING = "warning"  # is shown, and stops nothing

MOST_PROBLEMS = 300
"""Nobody reads more at once; a file made to harm could hold a million."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one place of a framework.

    `path` walks the parts, such as "skills/sdlc/levels/3/statement"; `file` and `line`
    say where it was read, and are empty for a framework that came from the database.
    """

    path: str
    severity: str
    sentence: str
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        place = f"{self.file}{line}: " if self.file else ""
        path = f"{self.path}: " if self.path else ""
        return f"{place}{path}{self.sentence}"


def error(path: str, sentence: str) -> Problem:
    return Problem(path, ERROR, sentence)


def warning(path: str, sentence: str) -> Problem:
    return Problem(path, WARNING, sentence)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those of the problems that stop an import."""
    return [problem for problem in problems if problem.severity == ERROR]


def warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Those of the problems that are only shown."""
    return [problem for problem in problems if problem.severity == WARNING]


def quoted(text: str) -> str:
    """A word of the owner's within a sentence of ours: short, and nothing invisible."""
    seen = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for sign in text[:61]
    )
    return f"'{seen}'" if len(seen) <= 60 else f"'{seen[:59]}…'"


def first_few(words: Sequence[str], most: int) -> str:
    """ "a, b", or the first of very many: "a, b and 3 more"."""
    named, more = ", ".join(words[:most]), len(words) - most
    return f"{named} and {more} more" if more > 0 else named


def advice(word: str, known: Collection[str], otherwise: str) -> str:
    """ "Did you mean …?" where one of the `known` words is near, else `otherwise`."""
    few_enough = len(known) <= 100 and len(word) <= 60
    near = difflib.get_close_matches(word, known, n=1) if few_enough else []
    return f"Did you mean '{near[0]}'?" if near else otherwise
