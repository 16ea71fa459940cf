"""What an import would do, part by part, before anything is written. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from careers.problems import Problem, errors
from careers.spec_tree import items, own_fields

CREATE, CHANGE, REMOVE, UNCHANGED = "create", "change", "remove", "unchanged"


class ImportRefused(Exception):
    """What may not be imported; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Change:
    """What an import does to one part; `fields` names what is different.

    `values` holds, for each of these fields, what it was and what it becomes.
    """

    action: str
    path: str
    fields: tuple[str, ...] = ()
    values: tuple[tuple[Any, Any], ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Nothing has been written.

    `spec` is None where nothing could be read. `against` says what the file was compared
    with: "the draft 1.1", or nothing.
    """

    spec: Any
    problems: list[Problem]
    changes: list[Change]
    against: str = ""

    @property
    def errors(self) -> list[Problem]:
        return errors(self.problems)

    @property
    def counts(self) -> dict[str, int]:
        """How many parts are created, changed, removed and unchanged."""
        counts = Counter(change.action for change in self.changes)
        return {
            action: counts[action] for action in (CREATE, CHANGE, REMOVE, UNCHANGED)
        }

    @property
    def changes_nothing(self) -> bool:
        return all(change.action == UNCHANGED for change in self.changes)


def differences(before: Any, after: Any) -> list[Change]:
    """What turns one spec into the other, part by part; `before` may be None."""
    old = _parts(before) if before else {}
    new = _parts(after)
    changes = []
    for path, values in new.items():
        if path not in old:
            changes.append(Change(CREATE, path))
        elif values == old[path]:
            changes.append(Change(UNCHANGED, path))
        else:
            changes.append(_changed(path, old[path], values))
    return changes + [Change(REMOVE, path) for path in old if path not in new]


def _changed(path: str, old: dict[str, Any], new: dict[str, Any]) -> Change:
    fields = tuple(name for name in new if new[name] != old[name])
    return Change(CHANGE, path, fields, tuple((old[f], new[f]) for f in fields))


def _parts(spec: Any) -> dict[str, dict[str, Any]]:
    """{path: {field: value}} of every part, a framework's own fields under its key."""
    parts = {}
    if own := own_fields(type(spec)):
        parts[f"framework/{spec.key}"] = {name: getattr(spec, name) for name in own}
    for path, part in items(spec):
        names = own_fields(type(part))
        parts["/".join(path)] = {name: getattr(part, name) for name in names}
    return parts
