"""The rules for single values and for keys: what each field's own metadata says. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from careers.problems import Problem, advice, error, quoted, warning
from careers.spec_tree import items

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NOT_STORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)


def value_problems(spec: Any) -> Iterator[Problem]:
    """Each value of a spec and of its parts against the limits that its field declares."""
    yield from part_problems(spec, ())
    for path, part in items(spec):
        yield from part_problems(part, path)


def part_problems(part: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    """The values of one part, without those of the parts within it."""
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        where = "/".join((*path, field.name))
        if isinstance(value, str):
            optional = field.default == ""
            yield from _text(where, value, field.metadata, optional)
        elif isinstance(value, tuple):
            texts = (text for text in value if isinstance(text, str))
            for place, text in enumerate(texts, start=1):
                yield from _text(f"{where}/{place}", text, field.metadata, False)
        elif value is not None and "at_least" in field.metadata:
            low, high = field.metadata["at_least"], field.metadata["at_most"]
            if not low <= value <= high:
                sentence = f"Write a whole number from {low} to {high}, not {value}."
                yield error(where, sentence)


def _text(
    where: str, text: str, limits: Mapping[str, Any], optional: bool
) -> Iterator[Problem]:
    if not text.strip():
        if limits.get("needed"):
            yield error(where, "This is empty. Fill it in.")
        elif not optional:
            yield warning(where, "This is empty. Readers will see a blank.")
        return
    if _NOT_STORABLE.search(text):
        yield error(where, "This holds an invisible control character. Type it anew.")
    if limits.get("line") and len(text.splitlines()) > 1:
        yield error(where, "This must be one line. Remove the line break.")
    if limits.get("key") and not _KEY.match(text):
        yield error(
            where,
            f"{quoted(text)} cannot be a key. Use small letters, digits and single "
            "hyphens, such as 'risk-management'.",
        )
    choices = limits.get("choices", ())
    if choices and text not in choices:
        advised = advice(text, choices, f"Choose from: {', '.join(choices)}.")
        yield error(where, f"There is no {quoted(text)} here. {advised}")
    most, advised_most = limits.get("limit"), limits.get("advised")
    if most and len(text) > most:
        yield error(where, f"{len(text)} characters are too many. Use at most {most}.")
    elif advised_most and len(text) > advised_most:
        yield warning(
            where,
            f"{len(text)} characters are hard to read. Shorten it to {advised_most}.",
        )


def sibling_problems(spec: Any) -> Iterator[Problem]:
    """No two parts of a kind may have the same name."""
    times = Counter(path for path, _ in items(spec))
    for path, count in times.items():
        parents = (path[:end] for end in range(2, len(path), 2))
        if count > 1 and all(times[parent] == 1 for parent in parents):
            sentence = (
                f"{quoted(path[-1])} stands here {count} times. Keep one of them."
            )
            yield error("/".join(path), sentence)


def reference_problems(
    spec: Any, known: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Every key that one part uses of another must exist.

    `known` holds the keys by the kind of part that a field refers to.
    """
    for path, part in items(spec):
        for field in dataclasses.fields(part):
            kind = field.metadata.get("refers_to")
            if not kind:
                continue
            value = getattr(part, field.name)
            for key in (value,) if isinstance(value, str) else value:
                if key and key not in known[kind]:
                    advised = advice(key, known[kind], "Correct it, or add one.")
                    where = "/".join((*path, field.name))
                    yield error(where, f"There is no {kind} {quoted(key)}. {advised}")
