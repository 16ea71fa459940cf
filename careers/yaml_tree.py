"""YAML text to a tree that remembers its lines, refusing what could do harm. Pure.

Only mappings, lists, texts, whole numbers, decimals, true, false and null are read.
Anchors, aliases and tags are refused: a few hundred bytes of them can fill a memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from careers.problems import ERROR, Problem, quoted

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 12
MAX_TEXT = 10_000
MAX_VALUES = 30_000  # the shipped framework has a fifth of that

_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was read; mappings and lists hold nodes.

    The line of a mapping's entry is that of its name.
    """

    value: dict[str, Node] | list[Node] | Scalar
    file: str
    line: int


class _Refused(Exception):
    """Carries the problem that ends the reading of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def read_yaml(text: str, file: str, problems: list[Problem]) -> Node | None:
    """The tree of one YAML document, or None; what is wrong is added to `problems`.

    A name that stands twice is a problem and the first one counts. Size, depth, syntax,
    anchors, aliases and tags end the reading of the file. Never raises.
    """
    try:
        if bytes_of(text) > MAX_BYTES:
            sentence = f"The file is larger than {MAX_BYTES // 2**20} MB. Split it or shorten it."
            raise _Refused(Problem("", ERROR, sentence, file))
        return _Builder(text.removeprefix("\ufeff"), file, problems).document()
    except _Refused as refused:
        problems.append(refused.problem)
    except (yaml.YAMLError, UnicodeError) as error:
        problems.append(_unreadable(error, file))
    return None


def bytes_of(text: str) -> int:
    """The size of a text in UTF-8; a text that is far too large is not encoded."""
    if len(text) > MAX_BYTES:
        return len(text)
    return len(text.encode(errors="surrogatepass"))


def plain_value(text: str) -> Scalar:
    """What a text without quotes means; 'yes', 'no', dates and the like stay texts."""
    if _WHOLE_NUMBER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    return _WORDS.get(text, text)


def _unreadable(error: Exception, file: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        begun = error.context_mark.line + 1 if error.context_mark else 0
        since = f" (begun in line {begun})" if begun else ""
        sentence = (
            f"This is not YAML: {error.problem}{since}. Check the indents, and put texts "
            "with ':' or '#' in quotes."
        )
        return Problem("", ERROR, sentence, file, error.problem_mark.line + 1)
    sentence = "The file holds a character that YAML cannot hold. Save it as UTF-8."
    return Problem("", ERROR, sentence, file)


class _Builder:
    """Walks the parser's events once and builds the tree from them."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.events = loader(text)
        self.file = file
        self.problems = problems
        self.values = 0

    def document(self) -> Node:
        self.events.get_event()  # the stream's start
        if isinstance(self.events.get_event(), yaml.StreamEndEvent):
            self.refuse("The file is empty. Fill it or remove it.", 1)
        event = self.events.get_event()
        tree = self.node(event, _line(event), depth=1)
        self.events.get_event()  # the document's end
        following = self.events.get_event()
        if not isinstance(following, yaml.StreamEndEvent):
            self.refuse("Only one document a file. Remove the '---'.", _line(following))
        return tree

    def node(self, event: Any, line: int, depth: int) -> Node:
        self.check(event, depth)
        self.values += 1
        if self.values > MAX_VALUES:
            self.refuse(
                f"There are more than {MAX_VALUES} values. Split the file.", line
            )
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style  # neither quoted nor a block
            value = plain_value(event.value) if plain else event.value
            return Node(value, self.file, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self.sequence(depth), self.file, line)
        return Node(self.mapping(depth), self.file, line)

    def check(self, event: Any, depth: int) -> None:
        """Refuses what is never read."""
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.refuse(
                "Anchors (&) and aliases (*) are not read. Write the text out, or put "
                "it in quotes.",
                line,
            )
        if event.tag:
            self.refuse("Tags (!) are not read. Put the text in quotes.", line)
        if depth > MAX_DEPTH:
            self.refuse(
                f"This is nested deeper than {MAX_DEPTH} levels. Check the indents "
                "and the brackets.",
                line,
            )
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > MAX_TEXT:
            self.refuse(
                f"This text has more than {MAX_TEXT} characters. Shorten it.", line
            )

    def sequence(self, depth: int) -> list[Node]:
        nodes = []
        while not isinstance(event := self.events.get_event(), yaml.SequenceEndEvent):
            nodes.append(self.node(event, _line(event), depth + 1))
        return nodes

    def mapping(self, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        while not isinstance(event := self.events.get_event(), yaml.MappingEndEvent):
            self.check(event, depth)
            name, line = event, _line(event)
            if not isinstance(name, yaml.ScalarEvent):
                self.refuse("A name is expected here, not a list or a mapping.", line)
            node = self.node(self.events.get_event(), line, depth + 1)
            if name.value in nodes:
                sentence = f"{quoted(name.value)} stands here twice. Keep one of them."
                self.problems.append(Problem("", ERROR, sentence, self.file, line))
            nodes.setdefault(name.value, node)
        return nodes

    def refuse(self, sentence: str, line: int) -> NoReturn:
        raise _Refused(Problem("", ERROR, sentence, self.file, line))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
