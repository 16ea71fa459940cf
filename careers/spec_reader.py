"""A tree of YAML nodes to a spec, guided by the fields of its dataclasses. Pure.

Knows no rule beyond the kind of each value: `careers.spec_rules` judges the rest.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from typing import Any

from careers.problems import ERROR, MOST_PROBLEMS, Problem, advice, quoted
from careers.spec_tree import PARTS_WITHIN
from careers.yaml_tree import Node, plain_value

Path = tuple[str, ...]


class TooMany(Exception):
    """There are more problems than anybody reads."""


class SpecReader:
    """Reads nodes into the dataclasses of the spec, guided by their fields.

    A field that cannot be read gets a harmless value, its path goes to `unreadable`, and
    reading goes on: the owner hears of everything at once. Where a part is lost, the spec
    is not `complete`, and what one part needs of another cannot be judged.
    """

    def __init__(self, problems: list[Problem], *, complete: bool) -> None:
        self.problems = problems
        self.complete = complete
        self.unreadable: set[Path] = set()
        self.places: dict[Path, Node] = {}

    def whole(self, kind: type, sections: dict[str, Node]) -> Any:
        """The spec of a kind that has these sections, or None where there are none."""
        if not sections:
            if not self.problems:
                first = dataclasses.fields(kind)[0].name
                noun = _words(kind).partition(" ")[2]
                sentence = f"There is no {noun} here. Begin with its '{first}:'."
                self.problems.append(Problem("", ERROR, sentence))
            return None
        texts = [node for node in sections.values() if isinstance(node.value, str)]
        main = next(iter(texts or sections.values()))
        return self.part(kind, Node(sections, main.file, 1), ())

    def part(self, kind: type, node: Node, path: Path, **known: Any) -> Any:
        """One part; `known` holds what stood before it as its name."""
        self.places[path] = node
        entries = node.value
        if not isinstance(entries, dict):
            self.complain(
                path,
                node,
                f"{_words(kind).capitalize()} has named fields. Write them as 'name: …'.",
            )
            self.complete = False
            return None
        fields = {
            field.name: field
            for field in dataclasses.fields(kind)
            if field.name not in known
        }
        for name, entry in entries.items():
            if name not in fields:
                advised = advice(name, fields, "Remove it.")
                sentence = (
                    f"{_words(kind).capitalize()} has no {quoted(name)}. {advised}"
                )
                self.complain((*path, name), entry, sentence)
        values = {
            name: self.field(kind, field, entries.get(name), node, path)
            for name, field in fields.items()
        }
        return kind(**known, **values)

    def field(
        self, kind: type, field: Any, node: Node | None, parent: Node, path: Path
    ) -> Any:
        here = (*path, field.name)
        if node is None or node.value is None:
            if field.default is not dataclasses.MISSING:
                return field.default
            why = "is missing. Add it." if node is None else "is empty. Fill it in."
            self.complain(here, node or parent, f"'{field.name}' {why}")
            return self.harmless(field)
        self.places[here] = node
        part = PARTS_WITHIN.get(kind, {}).get(field.name)
        hint = _hints(kind)[field.name]
        if part and "keyed_by" in field.metadata:
            return self.keyed_parts(part, field.metadata["keyed_by"], node, here)
        if part:
            return self.listed_parts(part, node, here)
        if hint == tuple[str, ...]:
            return self.texts(node, here)
        return self.value(hint, field, node, here)

    def listed_parts(self, kind: type, node: Node, path: Path) -> tuple[Any, ...]:
        if not isinstance(node.value, list):
            self.complain(path, node, "This is a list. Begin each entry with '- '.")
            self.complete = False
            return ()
        parts = [
            self.part(kind, each, (*path, _name_in(each, place)))
            for place, each in enumerate(node.value, start=1)
        ]
        return tuple(part for part in parts if part is not None)

    def keyed_parts(
        self, kind: type, keyed_by: str, node: Node, path: Path
    ) -> tuple[Any, ...]:
        if not isinstance(node.value, dict):
            example = "3: …" if keyed_by == "value" else "sdlc: …"
            sentence = (
                f"Write {_words(kind)} under its {keyed_by}, such as '{example}'."
            )
            self.complain(path, node, sentence)
            self.complete = False
            return ()
        parts = []
        for name, each in node.value.items():
            here = (*path, name)
            known: str | int = name.strip()
            if _hints(kind)[keyed_by] is int:
                number = plain_value(name)
                if type(number) is not int:
                    sentence = f"Write a whole number here, not {quoted(name)}."
                    self.complain(here, each, sentence)
                    self.complete = False
                    continue
                known = number
            parts.append(self.part(kind, each, here, **{keyed_by: known}))
        return tuple(part for part in parts if part is not None)

    def texts(self, node: Node, path: Path) -> tuple[str, ...]:
        if not isinstance(node.value, list):
            self.complain(path, node, "This is a list. Begin each text with '- '.")
            return ()
        texts = []
        for place, each in enumerate(node.value, start=1):
            here = (*path, str(place))
            self.places[here] = each
            if isinstance(each.value, str):
                texts.append(each.value.strip())
            else:
                texts.append("?")  # keeps the places of those after it
                self.complain(here, each, _not_text(each))
        return tuple(texts)

    def value(self, hint: Any, field: Any, node: Node, path: Path) -> Any:
        value = node.value
        if hint is str:
            if isinstance(value, str):
                return value.strip()
            sentence = _not_text(node)
        elif hint is bool:
            if isinstance(value, bool):
                return value
            sentence = "This is true or false. Write one of them, without quotes."
        else:
            if type(value) is int:
                return value
            sentence = "This is a whole number. Write it in digits, without quotes."
        self.complain(path, node, sentence)
        return self.harmless(field)

    def harmless(self, field: Any) -> Any:
        """A value that breaks no rule of its own, for a field that could not be read."""
        if field.default is not dataclasses.MISSING:
            return field.default
        if field.metadata.get("key"):
            self.complete = False
        return field.metadata.get("at_least", "")

    def complain(self, path: Path, node: Node, sentence: str) -> None:
        if len(self.problems) > MOST_PROBLEMS:
            raise TooMany
        self.unreadable.add(path)
        where = "/".join(path)
        self.problems.append(Problem(where, ERROR, sentence, node.file, node.line))

    def located(self, problem: Problem) -> Problem:
        """The problem with file and line of the nearest place that was read."""
        path: Path = tuple(problem.path.split("/"))
        while path and path not in self.places:
            path = path[:-1]
        place = self.places[path]
        return dataclasses.replace(problem, file=place.file, line=place.line)


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _words(kind: type) -> str:
    """The name of a part in words: "a skill level"."""
    name = kind.__name__.removesuffix("Spec")
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _not_text(node: Node) -> str:
    if isinstance(node.value, dict | list):
        return "This is one text. Put it in quotes, on one line."
    if node.value is None:
        return "This is empty. Fill it in."
    return "This is a text. Put it in quotes."


def _name_in(node: Node, place: int) -> str:
    """The name that an entry of a list gives itself, else its place in the list."""
    if isinstance(node.value, dict):
        for name in ("key", "value"):
            named = node.value.get(name)
            if named is not None and isinstance(named.value, str | int):
                return str(named.value).strip()
    return str(place)
