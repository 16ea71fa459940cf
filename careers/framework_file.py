"""Framework files to a spec and back. Pure: no database, no disk.

A framework is one document, or the same document cut into several files: each holds some
of its sections, and lists with the same name are joined. `docs/framework-format.md`
describes every section; the fields are those of the dataclasses in `careers.spec`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from careers.problems import ERROR, MOST_PROBLEMS, Problem, quoted
from careers.spec import FrameworkSpec
from careers.spec_reader import SpecReader, TooMany
from careers.spec_rules import problems_of, problems_of_fields
from careers.spec_tree import PARTS_WITHIN
from careers.yaml_tree import MAX_BYTES, Node, bytes_of, plain_value, read_yaml


class Parsed(NamedTuple):
    """What the files say. `spec` is None where nothing could be read at all."""

    spec: FrameworkSpec | None
    problems: list[Problem]


# Reading
# --------------------------------------------------------------------------------------


def parse_framework(files: Mapping[str, str]) -> Parsed:
    """Reads files, as {name: text}, to a spec in order, with all problems at once.

    The files are read in the order of their names. Every problem names file, line and
    path where these are known. A spec is usable only if none of the problems is an error.
    Never raises, whatever the texts hold.
    """
    problems: list[Problem] = []
    sections, complete = _joined(files, problems)
    reader = SpecReader(problems, complete=complete)
    try:
        spec = reader.framework(sections)
    except TooMany:
        spec = None
    if spec is not None:
        rules = problems_of if reader.complete else problems_of_fields
        problems += [
            reader.located(problem)
            for problem in rules(spec)
            if tuple(problem.path.split("/")) not in reader.unreadable
        ]
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    if len(problems) > MOST_PROBLEMS:
        sentence = f"More than {MOST_PROBLEMS} problems. Mend these first."
        problems[MOST_PROBLEMS:] = [Problem("", ERROR, sentence)]
    return Parsed(spec, problems)


def _joined(
    files: Mapping[str, str], problems: list[Problem]
) -> tuple[dict[str, Node], bool]:
    """The sections of all files in one mapping, and whether every file could be read.

    Lists of the same name are joined.
    """
    if sum(bytes_of(text) for text in files.values()) > MAX_BYTES:
        largest = max(files, key=lambda name: len(files[name]))
        sentence = (
            f"The framework is larger than {MAX_BYTES // 2**20} MB. Shorten its texts."
        )
        problems.append(Problem("", ERROR, sentence, largest))
        return {}, False
    sections: dict[str, Node] = {}
    complete = True
    for name, text in sorted(files.items()):
        tree = read_yaml(text, name, problems)
        if tree is None or not isinstance(tree.value, dict):
            complete = False
            if tree is not None:
                sentence = "A framework file has sections. Begin with one: 'skills:'."
                problems.append(Problem("", ERROR, sentence, name, tree.line))
            continue
        for key, node in tree.value.items():
            before = sections.setdefault(key, node)
            if before is node:
                continue
            if isinstance(before.value, list) and isinstance(node.value, list):
                before.value.extend(node.value)
            else:
                sentence = (
                    f"{quoted(key)} stands in {before.file} already. Keep one of them."
                )
                problems.append(Problem(key, ERROR, sentence, node.file, node.line))
    return sections, complete


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
    """SHA-256 of the canonical export, as 64 hexadecimal digits.

    Two specs in order have the same digest if, and only if, they are equal: how the files
    are cut, laid out and commented does not count.
    """
    canonical = json.dumps(document_of(spec), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def text_of(spec: FrameworkSpec) -> str:
    """The whole framework as one file."""
    return _yaml(document_of(spec))


def files_of(spec: FrameworkSpec) -> dict[str, str]:
    """The framework as several files by subject, as {relative name: text}.

    One file a skill, one a rung, and one a specialization or related career.
    """
    document = document_of(spec)
    files: dict[str, dict[str, Any]] = {
        "framework.yaml": document,
        "groups.yaml": {"groups": document.pop("groups", [])},
        "certifications.yaml": {"certifications": document.pop("certifications", [])},
    }
    for skill in document.pop("skills", []):
        _put(files, f"skills/{_file_name(skill['key'])}", "skills", skill)
    folder_of = {}
    for career in document.pop("careers", []):
        folder = _FOLDERS.get(career["kind"], "related")
        folder_of[career["key"]] = folder
        name = "career" if folder == "ladder" else _file_name(career["key"])
        _put(files, f"{folder}/{name}", "careers", career)
    for level in document.pop("levels", []):
        folder = folder_of.get(level["career"], "related")
        name = _file_name(level["key"])
        if folder == "ladder":
            name = f"{level['order']}-{name}"
        _put(files, f"{folder}/{name}", "levels", level)
    return {name: _yaml(content) for name, content in files.items()}


_FOLDERS = {"ladder": "ladder", "specialization": "specializations"}


def _put(files: dict[str, dict[str, Any]], name: str, section: str, part: Any) -> None:
    files.setdefault(f"{name}.yaml", {}).setdefault(section, []).append(part)


def _file_name(key: str) -> str:
    """A key as the name of a file, even where it is not a good key."""
    return re.sub(r"[^a-z0-9-]+", "-", key.lower()) or "-"


class _Dumper(yaml.SafeDumper):
    """Writes every text so that `careers.yaml_tree` reads it as a text."""

    def text(self, text: str) -> yaml.ScalarNode:
        style = None
        if plain_value(text) != text:
            style = "'"
        elif "\n" in text:
            style = "|"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.text)


def _yaml(document: Mapping[str, Any]) -> str:
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=88
    )
