"""What is wrong with a framework, said so that its owner can mend it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

ERROR = "error"  # stops an import and a publication
WARNING = "warning"  # is shown, and stops nothing


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
        place = f"{self.file}:{self.line}: " if self.file and self.line else ""
        if self.file and not self.line:
            place = f"{self.file}: "
        path = f"{self.path}: " if self.path else ""
        return f"{place}{path}{self.sentence}"


def errors(problems: list[Problem]) -> list[Problem]:
    """Those of the problems that stop an import."""
    return [problem for problem in problems if problem.severity == ERROR]


def warnings(problems: list[Problem]) -> list[Problem]:
    """Those of the problems that are only shown."""
    return [problem for problem in problems if problem.severity == WARNING]
