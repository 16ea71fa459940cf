"""Framework files to a spec and back. Pure: no database, no disk.

A framework is one document, or the same document cut into several files: each holds some
of its sections, and lists with the same name are joined. `docs/framework-format.md`
describes every section; the fields are those of the dataclasses in `careers.spec`.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
import typing
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from careers.problems import ERROR, Problem
from careers.spec import FrameworkSpec
from careers.spec_rules import problems_of
from careers.spec_tree import PARTS_WITHIN, in_order
from careers.yaml_tree import Node, read_yaml

Path = tuple[str, ...]


class Parsed(NamedTuple):
    """What the files say. `spec` is None where nothing could be read at all."""

    spec: FrameworkSpec | None
    problems: list[Problem]


def parse_framework(files: Mapping[str, str]) -> Parsed:
    """Reads files, as {name: text}, to a spec in order, with all problems at once.

    Every problem names file, line and path where these are known. A spec is usable only
    if none of the problems is an error.
    """
    problems: list[Problem] = []
    sections = _joined(files, problems)
    if not sections:
        return Parsed(None, problems)
    reader = _Reader(problems)
    first = next(iter(sections.values()))
    root = Node(sections, first.file, 1)
    spec = in_order(reader.part(FrameworkSpec, root, ()))
    for problem in problems_of(spec):
        if tuple(problem.path.split("/")) not in reader.unreadable:
            problems.append(reader.located(problem))
    return Parsed(spec, problems)


def _joined(files: Mapping[str, str], problems: list[Problem]) -> dict[str, Node]:
    """The sections of all files in one mapping; lists of the same name are joined."""
    sections: dict[str, Node] = {}
    for name, text in files.items():
        tree = read_yaml(text, name, problems)
        if tree is None:
            continue
        if not isinstance(tree.value, dict):
            sentence = "A framework file is a mapping of sections, such as 'skills:'."
            problems.append(Problem("", ERROR, sentence, name, tree.line))
            continue
        for key, node in tree.value.items():
            before = sections.get(key)
            if before is None:
                sections[key] = node
            elif isinstance(before.value, list) and isinstance(node.value, list):
                both = [*before.value, *node.value]
                sections[key] = dataclasses.replace(before, value=both)
            else:
                sentence = f"'{key}' stands in {before.file} already. Keep one of them."
                problems.append(Problem(key, ERROR, sentence, node.file, node.line))
    return sections


class _Reader:
    """Reads nodes into the dataclasses of the spec, guided by their fields.

    A field that cannot be read gets a harmless value, its path goes to `unreadable`, and
    reading goes on: the owner hears of everything at once.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.unreadable: set[Path] = set()
        self.places: dict[Path, Node] = {}

    def part(self, kind: type, node: Node, path: Path, **known: Any) -> Any:
        """One part of the framework; `known` holds what stood before it as its name."""
        self.places[path] = node
        entries = node.value
        if not isinstance(entries, dict):
            self.complain(
                path, node, f"{_words(kind)} is a mapping of names to values."
            )
            entries = {}
        fields = {field.name: field for field in dataclasses.fields(kind)}
        for key in entries:
            if key not in fields or key in known:
                self.complain((*path, key), entries[key], _unknown(key, fields))
        values = dict(known)
        for name, field in fields.items():
            if name not in known:
                values[name] = self.field(kind, field, entries.get(name), node, path)
        return kind(**values)

    def field(
        self, kind: type, field: Any, node: Node | None, parent: Node, path: Path
    ) -> Any:
        here = (*path, field.name)
        parts = PARTS_WITHIN.get(kind, {})
        hint = _hints(kind)[field.name]
        if node is None or (node.value is None and field.default is None):
            if field.default is not dataclasses.MISSING:
                return field.default
            self.complain(here, parent, f"'{field.name}' is missing. Add it.")
            return _harmless(hint, field)
        self.places[here] = node
        if field.name in parts:
            return self.parts(
                parts[field.name],
                field.metadata.get("keyed_by"),
                node,
                path,
                field.name,
            )
        if hint == tuple[str, ...]:
            return self.texts(node, here)
        return self.value(hint, field, node, here)

    def parts(
        self, kind: type, keyed_by: str | None, node: Node, path: Path, section: str
    ) -> tuple[Any, ...]:
        here = (*path, section)
        if keyed_by:
            if not isinstance(node.value, dict):
                self.complain(here, node, f"This is a mapping from each {keyed_by}.")
                return ()
            return tuple(
                self.part(
                    kind,
                    each,
                    (*here, name),
                    **{keyed_by: self.name(kind, keyed_by, name, each, here)},
                )
                for name, each in node.value.items()
            )
        if not isinstance(node.value, list):
            self.complain(here, node, "This is a list. Begin each entry with '- '.")
            return ()
        return tuple(
            self.part(kind, each, (*here, _name_in(each, place)))
            for place, each in enumerate(node.value, start=1)
        )

    def name(self, kind: type, keyed_by: str, name: str, node: Node, path: Path) -> Any:
        if _hints(kind)[keyed_by] is str:
            return name
        if name.isdecimal() and len(name) < 4:
            return int(name)
        self.complain((*path, name), node, f"'{name}' is not a whole number.")
        return 1

    def texts(self, node: Node, path: Path) -> tuple[str, ...]:
        if not isinstance(node.value, list):
            self.complain(path, node, "This is a list of texts, each after '- '.")
            return ()
        texts = []
        for place, each in enumerate(node.value, start=1):
            if isinstance(each.value, str):
                texts.append(each.value)
            else:
                self.complain((*path, str(place)), each, _not_text(each))
        return tuple(texts)

    def value(self, hint: Any, field: Any, node: Node, path: Path) -> Any:
        value = node.value
        if hint is str and isinstance(value, str):
            return value.strip()
        if hint is bool and isinstance(value, bool):
            return value
        if hint in (int, int | None) and type(value) is int:
            return value
        if hint is str:
            self.complain(path, node, _not_text(node))
        elif hint is bool:
            self.complain(path, node, "This is true or false.")
        else:
            self.complain(path, node, "This is a whole number, without quotes.")
        return _harmless(hint, field)

    def complain(self, path: Path, node: Node, sentence: str) -> None:
        self.unreadable.add(path)
        where = "/".join(path)
        self.problems.append(Problem(where, ERROR, sentence, node.file, node.line))

    def located(self, problem: Problem) -> Problem:
        """The problem with file and line of the nearest place that was read."""
        path: Path = tuple(problem.path.split("/"))
        while path and path not in self.places:
            path = path[:-1]
        place = self.places.get(path)
        if place is None:
            return problem
        return dataclasses.replace(problem, file=place.file, line=place.line)


def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _words(kind: type) -> str:
    return "A framework" if kind is FrameworkSpec else f"Each {kind.__name__}"


def _unknown(key: str, fields: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(key, fields, n=1)
    advice = f"Did you mean '{near[0]}'?" if near else "Remove it."
    return f"'{key}' is not known here. {advice}"


def _not_text(node: Node) -> str:
    if isinstance(node.value, dict | list):
        return "This is one text. Remove the list, or put the text in quotes."
    return "This is a text. Put it in quotes."


def _name_in(node: Node, place: int) -> str:
    """The key that an entry of a list gives itself, else its place in the list."""
    if isinstance(node.value, dict):
        for name in ("key", "value"):
            key = node.value.get(name)
            if key is not None and isinstance(key.value, str | int):
                return str(key.value)
    return str(place)


def _harmless(hint: Any, field: Any) -> Any:
    """A value that breaks no rule of its own, for a field that could not be read."""
    if field.default is not dataclasses.MISSING:
        return field.default
    if hint is int:
        return field.metadata.get("at_least", 1)
    return () if hint == tuple[str, ...] else ""


# Writing
# --------------------------------------------------------------------------------------


def document_of(part: Any) -> dict[str, Any]:
    """A part as the plain mapping that a file holds; what equals its default is left out."""
    document: dict[str, Any] = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if value == field.default:
            continue
        if field.name in PARTS_WITHIN.get(type(part), {}):
            document[field.name] = _documents(value, field.metadata.get("keyed_by"))
        else:
            document[field.name] = list(value) if isinstance(value, tuple) else value
    return document


def _documents(parts: tuple[Any, ...], keyed_by: str | None) -> Any:
    documents = [document_of(part) for part in parts]
    if not keyed_by:
        return documents
    return {document.pop(keyed_by): document for document in documents}


def digest_of(spec: FrameworkSpec) -> str:
    """SHA-256 of the canonical export, as 64 hexadecimal digits."""
    canonical = json.dumps(
        document_of(spec), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def text_of(spec: FrameworkSpec) -> str:
    """The whole framework as one file."""
    return _yaml(document_of(spec))


def files_of(spec: FrameworkSpec) -> dict[str, str]:
    """The framework as several files by subject, as {relative name: text}.

    One file a skill, one a career level, and the rest in the order in which a person
    would look for it.
    """
    document = document_of(spec)
    skills = document.pop("skills", [])
    levels = document.pop("levels", [])
    careers = document.pop("careers", [])
    certifications = document.pop("certifications", [])
    groups = document.pop("groups", [])
    files = {
        "framework.yaml": document,
        "groups.yaml": {"groups": groups},
        "certifications.yaml": {"certifications": certifications},
    }
    for skill in skills:
        files[f"skills/{skill['key']}.yaml"] = {"skills": [skill]}
    folders = {"ladder": "ladder", "specialization": "specializations"}
    for career in careers:
        folder = folders.get(career["kind"], "related")
        own = [level for level in levels if level["career"] == career["key"]]
        if career["kind"] != "ladder":
            name = f"{folder}/{career['key']}.yaml"
            files[name] = {"careers": [career], "levels": own}
            continue
        files[f"{folder}/career.yaml"] = {"careers": [career]}
        for level in own:
            name = f"{folder}/{level['order']}-{level['key']}.yaml"
            files[name] = {"levels": [level]}
    return {name: _yaml(content) for name, content in files.items()}


def _yaml(document: Mapping[str, Any]) -> str:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=88)
