"""YAML text to a tree that remembers its lines, refusing what could do harm. Pure.

Only mappings, lists, texts, whole numbers, decimals, true, false and null are read.
Anchors, aliases and tags are refused: a few hundred bytes of them can fill a memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from careers.problems import ERROR, Problem

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 12

_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was read; mappings and lists hold nodes."""

    value: dict[str, Node] | list[Node] | str | int | float | bool | None
    file: str
    line: int


class _Refused(Exception):
    """Carries the problem that ends the reading of a file."""


def read_yaml(text: str, file: str, problems: list[Problem]) -> Node | None:
    """The tree of one YAML document, or None; what is wrong is added to `problems`.

    A key that stands twice is a problem and the first one counts. Size, depth, syntax,
    aliases and tags end the reading of the file.
    """
    if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        megabytes = MAX_BYTES // (1024 * 1024)
        sentence = f"The file is larger than {megabytes} MB. Split it or shorten it."
        problems.append(Problem("", ERROR, sentence, file))
        return None
    try:
        return _Builder(text, file, problems).document()
    except _Refused as refused:
        problems.append(refused.args[0])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", "unreadable")
        sentence = f"This is not YAML: {why}. Check the indents and the quotes here."
        line = mark.line + 1 if mark else None
        problems.append(Problem("", ERROR, sentence, file, line))
    return None


class _Builder:
    """Walks the parser's events once and builds the tree from them."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.events = loader(text)
        self.file = file
        self.problems = problems

    def document(self) -> Node | None:
        self.events.get_event()  # the stream's start
        if isinstance(self.events.get_event(), yaml.StreamEndEvent):
            self.refuse("The file is empty.", 1)
        tree = self.node(self.events.get_event(), depth=1)
        self.events.get_event()  # the document's end
        following = self.events.get_event()
        if not isinstance(following, yaml.StreamEndEvent):
            self.refuse("Only one document a file. Remove the '---'.", _line(following))
        return tree

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.refuse(
                "Anchors (&) and aliases (*) are not read. Write the text out, or put "
                "it in quotes.",
                _line(event),
            )
        if event.tag:
            self.refuse("Tags (!) are not read. Put the text in quotes.", _line(event))
        if depth > MAX_DEPTH:
            self.refuse(f"Nested deeper than {MAX_DEPTH} levels.", _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return Node(_scalar(event), self.file, _line(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.sequence(depth), self.file, _line(event))
        return Node(self.mapping(depth), self.file, _line(event))

    def sequence(self, depth: int) -> list[Node]:
        nodes = []
        while not isinstance(event := self.events.get_event(), yaml.SequenceEndEvent):
            nodes.append(self.node(event, depth + 1))
        return nodes

    def mapping(self, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        while not isinstance(event := self.events.get_event(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("A name is expected here, not a list.", _line(event))
            key, line = event.value, _line(event)
            node = self.node(self.events.get_event(), depth + 1)
            if key in nodes:
                sentence = f"'{key}' stands here twice. Keep one of them."
                self.problems.append(Problem("", ERROR, sentence, self.file, line))
            nodes.setdefault(key, node)
        return nodes

    def refuse(self, sentence: str, line: int) -> None:
        raise _Refused(Problem("", ERROR, sentence, self.file, line))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar(event: Any) -> str | int | float | bool | None:
    """The value of a scalar; what is quoted, and 'yes' or 'no', stays text."""
    text: str = event.value
    if event.style:  # quoted, or a block; a plain one has none
        return text
    if _WHOLE_NUMBER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    return _WORDS.get(text.lower(), text)
