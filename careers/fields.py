"""What a field of a spec may hold, as metadata that `careers.field_rules` checks. Pure.

`more` is handed to `dataclasses.field`: a field with a default may be left out of a file.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any


def key_field() -> Any:
    """The name of a part in files and addresses."""
    return field(metadata={"key": True, "needed": True, "limit": 60})


def reference_field(to: str, **more: Any) -> Any:
    """The key of another part; `to` is the kind of part that is meant."""
    limits = {"refers_to": to, "limit": 60, "needed": "default" not in more}
    return field(metadata=limits, **more)


def texts_field(limit: int, refers_to: str = "", **more: Any) -> Any:
    """Several texts of one line each, in the owner's order; keys with `refers_to`."""
    limits = {"limit": limit, "line": True, "needed": True, "refers_to": refers_to}
    return field(metadata=limits, **more)


def line_field(limit: int = 120, **more: Any) -> Any:
    """A short text of one line, at most `limit` characters."""
    return field(metadata={"limit": limit, "line": True}, **more)


def prose_field(limit: int, needed: bool = False, **more: Any) -> Any:
    """A text; past `limit` characters the owner is warned, not refused."""
    limits = {"advised": limit, "limit": 4000, "needed": needed}
    return field(metadata=limits, **more)


def whole_field(at_least: int, at_most: int, **more: Any) -> Any:
    """A whole number within limits that count as allowed."""
    return field(metadata={"at_least": at_least, "at_most": at_most}, **more)


def choice_field(choices: tuple[str, ...], **more: Any) -> Any:
    """One of a few words."""
    return field(metadata={"choices": choices, "needed": True}, **more)


def keyed_parts(by: str) -> Any:
    """Parts that a file writes as a mapping from their `by` to the rest of them."""
    return field(default=(), metadata={"keyed_by": by})
