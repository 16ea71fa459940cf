"""A key that stands twice in an object of JSON: parsers take the last and say nothing."""

import json
from typing import Any, NamedTuple


class _Found(NamedTuple):
    steps: list[str | int]


def doubled_key(text: str | bytes) -> list[str | int] | None:
    """The way to the first key that stands twice, itself the last step; None without one.

    Of a text that is JSON. Keeps nothing of it but the way.
    """
    read = json.loads(text, object_pairs_hook=_look, parse_int=str, parse_float=str)
    return _steps_in(read)


def _look(pairs: list[tuple[str, Any]]) -> _Found | None:
    """What stands for an object: the way from it, where a key stands twice in or below it."""
    seen = set()
    for key, _value in pairs:
        if key in seen:
            return _Found([key])
        seen.add(key)
    for key, value in pairs:
        if steps := _steps_in(value):
            return _Found([key, *steps])
    return None


def _steps_in(value: Any) -> list[str | int] | None:
    if isinstance(value, _Found):
        return value.steps
    if isinstance(value, list):
        for number, each in enumerate(value):
            if steps := _steps_in(each):
                return [number, *steps]
    return None
