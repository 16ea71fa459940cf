"""JSON text -> vectors. What has the wrong shape is found here, the rest by the scoring.

A key that is not known is a fault, since a misspelt `rating` would otherwise be an
unanswered skill.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assessment.scoring.inputs import Answer, Requirement, ScoringError, Target
from assessment.scoring.ladder import must_have_levels
from assessment.scoring.parameters import CURRENT, PARAMETERS, Parameters

REPORT = "tpmguide-report"  # what a report taken along says that it is

Place = tuple[str, ...]


class ScoreFileError(ValueError):
    """The first fault of a score file: where it is, what it is, and the cure."""

    def __init__(self, problem: str, cure: str, place: Place = ()) -> None:
        where = f"{', '.join(place)}: " if place else ""
        super().__init__(f"{where}{problem}; {cure}.")


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class LadderRow(Shape):
    """What a rung asks of one skill."""

    key: str
    required: int
    importance: int
    must_have: bool = False
    group: str | None = None
    hours: list[int] | None = list(CURRENT.hours)


class SkillRow(Shape):
    """What a target asks of one skill, and the answer."""

    key: str
    required: int
    importance: int
    must_have_level: int = 0
    group: str | None = None
    hours: list[int] | None = list(CURRENT.hours)
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
        return Target(
            tuple(_requirement(row, row.must_have_level) for row in self.skills),
            self.ready_line,
            self.lowest,
            self.top,
            self.parameters,
        )

    @property
    def parameters(self) -> Parameters:
        if self.scoring_version not in PARAMETERS:
            raise ScoringError(
                f"scoring_version is {quoted(self.scoring_version)}",
                f"use {', '.join(PARAMETERS)}, or leave it out",
            )
        return PARAMETERS[self.scoring_version]

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
        count, lines = len(self.levels), self.ready_lines
        if lines is None:
            lines = [None] * count
        if len(lines) != count:
            raise ScoringError(
                f"ready_lines are {len(lines)}",
                f"give one, or null, for each of the {count} levels",
            )
        marks = [
            {row.key: row.required for row in level if row.must_have}
            for level in self.levels
        ]
        track = []
        for number, (level, line) in enumerate(zip(self.levels, lines, strict=True), 1):
            required = {row.key: row.required for row in level}
            levels = must_have_levels(required, marks[:number])
            with naming("ladder", f"level {number}"):
                track.append(
                    Target(tuple(_requirement(r, levels[r.key]) for r in level), line)
                )
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


def parse_score_file(text: str) -> ScoreFile:
    """What a score file says.

    A file may also be one bare vector, an object with `input` or with `skills`, or a
    report that was taken along, of which only `input` is read. Raises `ScoreFileError`
    for the first fault.
    """
    content = _load(text)
    if isinstance(content, dict):
        if content.get("schema") == REPORT:
            vector = {"name": "report"} | {
                k: content[k] for k in content if k == "input"
            }
            content = {"vectors": [vector]}
        elif "skills" in content:
            content = {"vectors": [{"input": content}]}
        elif "input" in content:
            content = {"vectors": [content]}
        elif not {"vectors", "level_vectors"} & content.keys():
            raise ScoreFileError(
                "the file has no vectors", 'put a list under "vectors"'
            )
    _check_written_once(content, (), content)
    try:
        file = ScoreFile.model_validate(content)
    except ValidationError as error:
        raise _fault(error.errors()[0], content) from error
    _check_names("vector", [vector.name for vector in file.vectors])
    _check_names("level vector", [vector.name for vector in file.level_vectors])
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
        raise ScoreFileError(error.problem, error.cure, (*place, *skill)) from error


def _requirement(row: SkillRow | LadderRow, must_have_level: int) -> Requirement:
    return Requirement(
        row.key,
        row.required,
        row.importance,
        must_have_level,
        row.group,
        None if row.hours is None else tuple(row.hours),
    )


def _load(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_Object)
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


class _Object(dict[str, Any]):
    """A JSON object that remembers a key written twice."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.repeated = None
        for key, value in pairs:
            if key in self:
                self.repeated = key
            self[key] = value


def _check_written_once(node: Any, loc: tuple[Any, ...], content: Any) -> None:
    if isinstance(node, _Object) and node.repeated is not None:
        raise ScoreFileError(
            f"key {quoted(node.repeated)} is written twice",
            "keep one of them",
            _place(loc, content),
        )
    children: Iterable[tuple[Any, Any]] = ()
    if isinstance(node, dict):
        children = node.items()
    elif isinstance(node, list):
        children = enumerate(node)
    for step, child in children:
        _check_written_once(child, (*loc, step), content)


_CURES = {
    "int_type": "write a whole number",
    "int_from_float": "write a whole number",
    "bool_type": "write true or false",
    "string_type": "write a text in quotes",
    "list_type": "write it as [...]",
    "dict_type": "write it as {...}",
    "model_type": "write it as {...}",
}


def _fault(error: Any, content: Any) -> ScoreFileError:
    loc = error["loc"]
    field = next((step for step in reversed(loc) if isinstance(step, str)), "the file")
    if error["type"] == "missing":
        return ScoreFileError(f"{field} is missing", "add it", _place(loc, content))
    if error["type"] == "extra_forbidden":
        return ScoreFileError(
            f"key {quoted(field)} is not known",
            "correct its name, or leave it out",
            _place(loc, content),
        )
    return ScoreFileError(
        f"{field} is {quoted(error['input'])[:40]}",
        _CURES.get(error["type"], error["msg"]),
        _place(loc, content),
    )


_LISTS = {"vectors": "vector", "level_vectors": "level vector", "skills": "skill"}


def _place(loc: Iterable[Any], content: Any) -> Place:
    """Where in the file it is: the names of what stands around it."""
    found: list[str] = []
    node, kind = content, ""
    for step in loc:
        if step == "ladder":
            found.append("ladder")
        if isinstance(step, str):
            kind = "level" if step == "levels" else _LISTS.get(step, kind)
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and isinstance(node, dict | list):
            name = None
            if isinstance(node, dict):
                name = node.get("name", node.get("key"))
            found.append(f"{kind} {step + 1 if name is None else quoted(name)}")
            kind = "skill" if kind == "level" else kind
    return tuple(found)


def _check_names(kind: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ScoreFileError(
                "the name is used twice", "rename one", (f"{kind} {quoted(name)}",)
            )
        seen.add(name)


def _check_ladder(file: ScoreFile) -> None:
    rows = [
        row for level in (file.ladder.levels if file.ladder else ()) for row in level
    ]
    known = {row.key for row in rows}
    for vector in file.level_vectors:
        place = (f"level vector {quoted(vector.name)}",)
        if not known:
            raise ScoreFileError(
                "there is no ladder to stand on",
                'add "ladder" with its "levels"',
                place,
            )
        for key in vector.ratings:
            if key not in known:
                raise ScoreFileError(
                    "the ladder does not know this skill",
                    "correct its key, or leave it out",
                    (*place, f"skill {quoted(key)}"),
                )
