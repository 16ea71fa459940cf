"""JSON text -> vectors. What has the wrong shape is found here, the rest by the scoring.

A key that is not known is a fault, since a misspelt `rating` would otherwise be an
unanswered skill.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assessment.json_keys import doubled_key
from scoring.inputs import Answer, Requirement, ScoringError, Target
from scoring.ladder import must_have_levels
from scoring.parameters import CURRENT, PARAMETERS

REPORT = "tpmguide-report"
"""The `schema` of an exported report."""


class ScoreFileError(ValueError):
    """The first fault of a score file: where it is, what it is, and the cure."""

    def __init__(self, problem: str, cure: str, *place: str) -> None:
        where = f"{', '.join(place)}: " if place else ""
        super().__init__(f"{where}{problem}; {cure}.")


# The shape of a file
# --------------------------------------------------------------------------------------


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Row(Shape):
    key: str
    required: int
    importance: int
    group: str | None = None
    hours: Annotated[tuple[int, ...], Field(strict=False)] | None = CURRENT.hours

    def requirement(self, must_have_level: int) -> Requirement:
        return Requirement(
            self.key,
            self.required,
            self.importance,
            must_have_level,
            self.group,
            self.hours,
        )


class LadderRow(Row):
    """What a rung asks of one skill."""

    must_have: bool = False


class SkillRow(Row):
    """What a target asks of one skill, and the answer."""

    must_have_level: int = 0
    rating: int | None = None
    not_applicable: bool = False
    confidence: str = "medium"
    evidence: str = "none"


class Input(Shape):
    skills: list[SkillRow]
    ready_line: int | None = None
    lowest: int = 0
    top: int = 5
    scoring_version: str = CURRENT.version

    @property
    def target(self) -> Target:
        if self.scoring_version not in PARAMETERS:
            raise ScoringError(
                f"scoring_version is {quoted(self.scoring_version)}",
                f"use {', '.join(PARAMETERS)}, or leave it out",
            )
        return Target(
            tuple(row.requirement(row.must_have_level) for row in self.skills),
            self.ready_line,
            self.lowest,
            self.top,
            PARAMETERS[self.scoring_version],
        )

    @property
    def answers(self) -> dict[str, SkillRow]:
        return {row.key: row for row in self.skills}


class Vector(Shape):
    """One person against one target."""

    name: str = "vector"
    why: str = ""
    input: Input
    expected: Any = None


class Ladder(Shape):
    levels: list[list[LadderRow]]
    ready_lines: list[int | None] | None = None
    note: str = ""

    @property
    def track(self) -> list[Target]:
        """The rungs as targets, with the must-haves that they take over."""
        count = len(self.levels)
        lines = [None] * count if self.ready_lines is None else self.ready_lines
        if len(lines) != count:
            raise ScoringError(
                f"ready_lines are {len(lines)}",
                f"give one, or null, for each of the {count} levels",
            )
        marks: list[dict[str, int]] = []
        track = []
        for number, (level, line) in enumerate(zip(self.levels, lines, strict=True), 1):
            marks.append({row.key: row.required for row in level if row.must_have})
            levels = must_have_levels({row.key: row.required for row in level}, marks)
            with naming("ladder", f"level {number}"):
                rows = tuple(row.requirement(levels[row.key]) for row in level)
                track.append(Target(rows, line))
        return track


class LevelVector(Shape):
    """One person against the file's ladder."""

    name: str
    why: str = ""
    ratings: dict[str, int | None]
    expected: Any = None

    @property
    def answers(self) -> dict[str, Answer]:
        return {key: Answer(rating) for key, rating in self.ratings.items()}


class ScoreFile(Shape):
    """Everything that a file asks to have scored; the rest is for its readers."""

    vectors: list[Vector] = []
    ladder: Ladder | None = None
    level_vectors: list[LevelVector] = []
    schema_: Any = Field(None, alias="schema")
    notes: Any = None
    params: Any = None
    errors: Any = None
    aux: Any = None


# Reading
# --------------------------------------------------------------------------------------


def parse_score_file(text: str) -> ScoreFile:
    """What a score file says.

    A file may also be one bare vector, an object with `input` or with `skills`, or a
    report that was taken along, of which only `input` is read. Raises `ScoreFileError`
    for the first fault.
    """
    content, doubled = _load(text)
    around: list[str | int] = []
    if isinstance(content, dict):
        if content.get("schema") == REPORT:
            own = {key: content[key] for key in content if key == "input"}
            content, around = {"vectors": [{"name": "report", **own}]}, ["vectors", 0]
        elif "skills" in content:
            content = {"vectors": [{"input": content}]}
            around = ["vectors", 0, "input"]
        elif "input" in content:
            content, around = {"vectors": [content]}, ["vectors", 0]
        elif not {"vectors", "level_vectors"} & content.keys():
            raise ScoreFileError(
                "the file has no vectors", 'put a list under "vectors"'
            )
    if doubled:
        raise ScoreFileError(
            f"key {quoted(doubled[-1])} is written twice",
            "keep one of them",
            *_place([*around, *doubled[:-1]], content),
        )
    try:
        file = ScoreFile.model_validate(content)
    except ValidationError as error:
        raise _fault(error.errors()[0], content) from error
    _check_names("vector", file.vectors)
    _check_names("level vector", file.level_vectors)
    _check_ladder(file)
    return file


def quoted(text: object) -> str:
    """A text in quotes and on one line, as it stands in the file."""
    return json.dumps(text, ensure_ascii=False, default=str)


@contextmanager
def naming(*place: str) -> Iterator[None]:
    """Gives a fault that the scoring finds the place where it stands in the file."""
    try:
        yield
    except ScoringError as error:
        skill = () if error.skill is None else (f"skill {quoted(error.skill)}",)
        raise ScoreFileError(error.problem, error.cure, *place, *skill) from error


def _load(text: str) -> tuple[Any, list[str | int] | None]:
    try:
        return json.loads(text), doubled_key(text)
    except json.JSONDecodeError as error:
        raise ScoreFileError(
            f"the file is not JSON: {error.msg} in line {error.lineno}",
            "mend that line",
        ) from error
    except (ValueError, RecursionError) as error:
        raise ScoreFileError(
            "the file holds a number too long or lists too deep to read",
            "write it shorter",
        ) from error


_CURES = {
    "int": "write a whole number",
    "bool": "write true or false",
    "string": "write a text in quotes",
    "list": "write it as [...]",
    "tuple": "write it as [...]",
    "dict": "write it as {...}",
    "model": "write it as {...}",
}


def _fault(error: Any, content: Any) -> ScoreFileError:
    loc, kind = error["loc"], error["type"]
    field = next((step for step in reversed(loc) if isinstance(step, str)), "the file")
    problem = f"{field} is {quoted(error['input'])[:40]}"
    cure = _CURES.get(kind.partition("_")[0], error["msg"])
    if kind == "missing":
        problem, cure = f"{field} is missing", "add it"
    elif kind == "extra_forbidden":
        problem = f"key {quoted(field)} is not known"
        cure = "correct its name, or leave it out"
    return ScoreFileError(problem, cure, *_place(loc, content))


_LISTS = {
    "vectors": "vector",
    "level_vectors": "level vector",
    "skills": "skill",
    "levels": "level",
}


def _place(loc: Iterable[Any], content: Any) -> list[str]:
    """Where in the file it is: the names of what stands around it."""
    found: list[str] = []
    node, kind = content, ""
    for step in loc:
        if step == "ladder":
            found.append("ladder")
        kind = _LISTS.get(step, kind)
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and isinstance(node, dict | list):
            named = node if isinstance(node, dict) else {}
            name = named.get("name", named.get("key"))
            found.append(f"{kind} {step + 1 if name is None else quoted(name)}")
            kind = "skill" if kind == "level" else kind
    return found


def _check_names(kind: str, vectors: Iterable[Vector | LevelVector]) -> None:
    seen: set[str] = set()
    for vector in vectors:
        if vector.name in seen:
            place = f"{kind} {quoted(vector.name)}"
            raise ScoreFileError("the name is used twice", "rename one", place)
        seen.add(vector.name)


def _check_ladder(file: ScoreFile) -> None:
    levels = file.ladder.levels if file.ladder else []
    known = {row.key for level in levels for row in level}
    for vector in file.level_vectors:
        place = f"level vector {quoted(vector.name)}"
        if not known:
            cure = 'add "ladder" with its "levels"'
            raise ScoreFileError("there is no ladder to stand on", cure, place)
        for key in vector.ratings:
            if key not in known:
                raise ScoreFileError(
                    "the ladder does not know this skill",
                    "correct its key, or leave it out",
                    place,
                    f"skill {quoted(key)}",
                )
