"""The files of a spec: reading them, writing them, and a digest. Pure: no disk.

A framework or a guide is one document, or the same document cut into several files: each
holds some of its sections, and lists with the same name are joined.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from careers.problems import ERROR, MOST_PROBLEMS, Problem, quoted
from careers.spec_reader import SpecReader, TooMany
from careers.spec_tree import PARTS_WITHIN
from careers.yaml_tree import MAX_BYTES, Node, bytes_of, plain_value, read_yaml

Rules = Callable[[Any], list[Problem]]

# Reading
# --------------------------------------------------------------------------------------


def parse_files(
    kind: type,
    files: Mapping[str, str],
    *,
    in_order: Callable[[Any], Any],
    rules: Rules,
    rules_of_fields: Rules,
) -> tuple[Any, list[Problem]]:
    """Reads files, as {name: text}, to a spec of a kind, with all problems at once.

    The files are read in the order of their names. Every problem names file, line and
    path where these are known. The spec is None where nothing could be read at all, and
    usable only if none of the problems is an error. Where a part was lost, only
    `rules_of_fields` are asked: the others would complain of what is there.
    Never raises, whatever the texts hold.
    """
    problems: list[Problem] = []
    sections, complete = _joined(files, problems)
    reader = SpecReader(problems, complete=complete)
    try:
        spec = reader.whole(kind, sections)
    except TooMany:
        spec = None
    if spec is not None:
        spec = in_order(spec)
        asked = rules if reader.complete else rules_of_fields
        problems += [
            reader.located(problem)
            for problem in asked(spec)
            if tuple(problem.path.split("/")) not in reader.unreadable
        ]
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    if len(problems) > MOST_PROBLEMS:
        sentence = f"More than {MOST_PROBLEMS} problems. Mend these first."
        problems[MOST_PROBLEMS:] = [Problem("", ERROR, sentence)]
    return spec, problems


def _joined(
    files: Mapping[str, str], problems: list[Problem]
) -> tuple[dict[str, Node], bool]:
    """The sections of all files in one mapping, and whether every file could be read.

    Lists of the same name are joined.
    """
    if sum(bytes_of(text) for text in files.values()) > MAX_BYTES:
        largest = max(files, key=lambda name: len(files[name]))
        sentence = (
            f"The files are larger than {MAX_BYTES // 2**20} MB. Shorten their texts."
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
                sentence = "A file has sections. Begin with one, such as 'sources:'."
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


def digest_of(spec: Any) -> str:
    """SHA-256 of the canonical export, as 64 hexadecimal digits.

    Two specs in order have the same digest if, and only if, they are equal: how the files
    are cut, laid out and commented does not count.
    """
    canonical = json.dumps(document_of(spec), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def text_of(spec: Any) -> str:
    """The whole spec as one file."""
    return yaml_of(document_of(spec))


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


def yaml_of(document: Mapping[str, Any]) -> str:
    """A plain document as the text of a file."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=88
    )
