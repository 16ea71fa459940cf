"""JSON text -> vectors. What JSON can get wrong is found here, the rest by the engine.

Numbers are read as the text that they are, never through a binary float: `4.0`, `0.1`
and `"15850/207"` are exact. A key that is not known is a fault, since a misspelt
`rating` would otherwise be an unanswered skill.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from json import JSONDecodeError, loads
from typing import Any

from assessment.scoring import CURRENT, PARAMETERS, Parameters, SkillInput

from .errors import ScoreFileError, quoted

Place = tuple[str, ...]
Skills = tuple[SkillInput, ...]

REPORT = "tpmguide-report"  # what a report taken along says that it is

FILE_KEYS = ("vectors", "ladder", "level_vectors", "schema", "notes", "params", "aux")
VECTOR_KEYS = ("name", "why", "input", "expected")
INPUT_KEYS = ("skills", "level_below_coverage", "angoff_cut", "scoring_version")
LADDER_KEYS = ("levels", "note")
LEVEL_VECTOR_KEYS = ("name", "why", "ratings", "expected")
REQUIREMENT_KEYS = ("id", "required", "weight", "must_have", "hours", "domain")
ANSWER_KEYS = ("rating", "not_applicable", "confidence", "evidence")

# Long enough for any real number, short enough that none is dear to compute with.
NUMBER_TEXT = re.compile(
    r"-?[0-9]{1,40}(/[0-9]{1,40}|(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?)"
)


@dataclass(frozen=True, slots=True)
class Vector:
    """One person against one target."""

    name: str
    skills: Skills
    level_below_coverage: Fraction | None
    angoff_cut: Fraction | None
    parameters: Parameters = CURRENT


@dataclass(frozen=True, slots=True)
class LevelVector:
    """One person against the file's ladder."""

    name: str
    ratings: Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """Everything that a file asks to have scored."""

    vectors: tuple[Vector, ...]
    ladder: tuple[Skills, ...]
    level_vectors: tuple[LevelVector, ...]


class _Object(dict[str, Any]):
    """A JSON object that remembers a key written twice."""

    repeated: str | None = None


def parse_score_file(text: str) -> ScoreFile:
    """Return what a score file says.

    A file may also be one bare vector: an object with `input`, or with `skills`; or a
    report that was taken along, of which only `input` is read.
    Raises `ScoreFileError` for the first fault.
    """
    content = _parse_json(text)
    if isinstance(content, dict) and content.get("schema") == REPORT:
        return ScoreFile((_vector_of_report(content),), (), ())
    if isinstance(content, dict) and "skills" in content:
        return ScoreFile((_input("vector", content, ('vector "vector"',)),), (), ())
    if isinstance(content, dict) and "input" in content:
        return ScoreFile((_vector(content, 1),), (), ())
    return _score_file(content)


def _parse_json(text: str) -> Any:
    try:
        return loads(text, parse_float=Decimal, object_pairs_hook=_object_of)
    except JSONDecodeError as error:
        raise ScoreFileError(
            f"the file is not JSON: {error.msg} in line {error.lineno}",
            "mend that line",
        ) from error
    except (ValueError, RecursionError) as error:
        raise ScoreFileError(
            "the file holds a number too long or lists too deep to read",
            "write it shorter",
        ) from error


def _object_of(pairs: Iterable[tuple[str, Any]]) -> _Object:
    content = _Object()
    for key, value in pairs:
        if key in content:
            content.repeated = key
        content[key] = value
    return content


def _score_file(content: Any) -> ScoreFile:
    _check_object(content, (), FILE_KEYS)
    if "vectors" not in content and "level_vectors" not in content:
        raise ScoreFileError(
            "the file has no vectors", 'put a list under "vectors"', ()
        )
    vectors = [
        _vector(item, number)
        for number, item in enumerate(_list(content, "vectors", ()), start=1)
    ]
    ladder = _ladder(content["ladder"]) if "ladder" in content else ()
    level_vectors = [
        _level_vector(item, number, ladder)
        for number, item in enumerate(_list(content, "level_vectors", ()), start=1)
    ]
    _check_names("vector", [vector.name for vector in vectors])
    _check_names("level vector", [vector.name for vector in level_vectors])
    return ScoreFile(tuple(vectors), ladder, tuple(level_vectors))


def _vector(content: Any, number: int) -> Vector:
    name, place = _named(content, "vector", number)
    _check_object(content, place, VECTOR_KEYS, needed=("input",))
    return _input(name, content["input"], place)


def _vector_of_report(content: Mapping[str, Any]) -> Vector:
    if "input" not in content:
        raise ScoreFileError("input is missing", "take the report along again")
    return _input("report", content["input"], ('vector "report"',))


def _input(name: str, content: Any, place: Place) -> Vector:
    _check_object(content, place, INPUT_KEYS, needed=("skills",))
    return Vector(
        name=name,
        skills=_skills(content, "skills", place, REQUIREMENT_KEYS + ANSWER_KEYS),
        level_below_coverage=_number_or_none(content, "level_below_coverage", place),
        angoff_cut=_number_or_none(content, "angoff_cut", place),
        parameters=_parameters(content.get("scoring_version"), place),
    )


def _parameters(version: Any, place: Place) -> Parameters:
    if version is None:
        return CURRENT
    if not isinstance(version, str) or version not in PARAMETERS:
        raise ScoreFileError(
            f"scoring_version {quoted(version)} is not known",
            f"use {', '.join(PARAMETERS)}, or leave it out",
            place,
        )
    return PARAMETERS[version]


def _ladder(content: Any) -> tuple[Skills, ...]:
    place = ("ladder",)
    _check_object(content, place, LADDER_KEYS, needed=("levels",))
    levels = _list(content, "levels", place)
    return tuple(
        _skills({"skills": level}, "skills", ladder_place(number), REQUIREMENT_KEYS)
        for number, level in enumerate(levels, start=1)
    )


def ladder_place(number: int) -> Place:
    """Return how a fault in a level of the ladder names its place."""
    return ("ladder", f"level {number}")


def _level_vector(content: Any, number: int, ladder: tuple[Skills, ...]) -> LevelVector:
    name, place = _named(content, "level vector", number)
    _check_object(content, place, LEVEL_VECTOR_KEYS, needed=("ratings",))
    if not ladder:
        raise ScoreFileError(
            "there is no ladder to stand on", 'add "ladder" with its "levels"', place
        )
    ratings = content["ratings"]
    known = [skill.key for skill in ladder[0]]
    _check_object(ratings, (*place, "ratings"), ratings)
    for key in ratings:
        if key not in known:
            raise ScoreFileError(
                "the ladder does not know this skill",
                f"use {', '.join(known)}",
                (*place, f"skill {quoted(key)}"),
            )
    return LevelVector(
        name=name,
        ratings={
            key: _number_or_none(ratings, key, (*place, f"skill {quoted(key)}"))
            for key in ratings
        },
    )


def _skills(
    content: Mapping[str, Any], key: str, place: Place, keys: Collection[str]
) -> Skills:
    return tuple(
        _skill(item, number, place, keys)
        for number, item in enumerate(_list(content, key, place), start=1)
    )


def _skill(
    content: Any, number: int, place: Place, keys: Collection[str]
) -> SkillInput:
    has_id = isinstance(content, dict) and "id" in content
    name = quoted(content["id"]) if has_id else str(number)
    place = (*place, f"skill {name}")
    _check_object(content, place, keys, needed=("id", "required", "weight"))
    return SkillInput(
        key=content["id"],
        required=_number(content["required"], "required", place),
        weight=_number(content["weight"], "weight", place),
        must_have=content.get("must_have", False),
        rating=_number_or_none(content, "rating", place),
        not_applicable=content.get("not_applicable", False),
        confidence=content.get("confidence", "medium"),
        evidence=content.get("evidence", "none"),
        hours=_hours(content.get("hours"), place),
        domain=content.get("domain", ""),
    )


def _hours(value: Any, place: Place) -> tuple[Fraction, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise ScoreFileError(
            "hours is not a list", "give one number for each level", place
        )
    return tuple(_number(hours, "hours", place) for hours in value)


def _number_or_none(
    content: Mapping[str, Any], key: str, place: Place
) -> Fraction | None:
    value = content.get(key)
    return None if value is None else _number(value, key, place)


def _number(value: Any, name: str, place: Place) -> Fraction:
    is_text = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    if not is_text or not NUMBER_TEXT.fullmatch(str(value)):
        raise ScoreFileError(
            f"{name} is {_shown(value)}, not a number",
            "write a number such as 3, 3.5 or 7/2",
            place,
        )
    try:
        return Fraction(str(value))
    except ZeroDivisionError as error:
        raise ScoreFileError(
            f"{name} is {value}", "divide by a number other than 0", place
        ) from error


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else quoted(value)


def _list(content: Mapping[str, Any], key: str, place: Place) -> list[Any]:
    value = content.get(key, [])
    if not isinstance(value, list):
        raise ScoreFileError(f"{key} is not a list", "write it as [...]", place)
    return value


def _named(content: Any, kind: str, number: int) -> tuple[str, Place]:
    """Return a vector's name and its place; one without a name has its number."""
    name = content.get("name", str(number)) if isinstance(content, dict) else number
    place = (f"{kind} {quoted(name)}",)
    if isinstance(content, dict) and (not isinstance(name, str) or not name):
        raise ScoreFileError("the name is not a text", "name the vector", place)
    return str(name), place


def _check_object(
    content: Any, place: Place, keys: Collection[str], needed: Collection[str] = ()
) -> None:
    """Raise for anything but an object with known keys, each once."""
    if not isinstance(content, dict):
        raise ScoreFileError(
            f"this is {_shown(content)[:40]}, not an object", "write it as {...}", place
        )
    repeated = content.repeated if isinstance(content, _Object) else None
    if repeated is not None:
        raise ScoreFileError(
            f"key {quoted(repeated)} is written twice", "keep one of them", place
        )
    for key in content:
        if key not in keys:
            raise ScoreFileError(
                f"key {quoted(key)} is not known", f"use {', '.join(keys)}", place
            )
    for key in needed:
        if key not in content:
            raise ScoreFileError(f"{key} is missing", "add it", place)


def _check_names(kind: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ScoreFileError(
                "the name is used twice", "rename one", (f"{kind} {quoted(name)}",)
            )
        seen.add(name)
