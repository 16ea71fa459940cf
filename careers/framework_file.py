"""Framework files to a spec and back. Pure: no database, no disk.

`docs/framework-format.md` describes every section; the fields are those of the dataclasses
in `careers.spec`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from careers.problems import Problem
from careers.spec import FrameworkSpec
from careers.spec_file import document_of, parse_files, yaml_of
from careers.spec_rules import problems_of, problems_of_fields
from careers.spec_tree import in_order


class Parsed(NamedTuple):
    """What the files say. `spec` is None where nothing could be read at all."""

    spec: FrameworkSpec | None
    problems: list[Problem]


def parse_framework(files: Mapping[str, str]) -> Parsed:
    """The framework of these files, as {name: text}; see `spec_file.parse_files`."""
    return Parsed(
        *parse_files(
            FrameworkSpec,
            files,
            in_order=in_order,
            rules=problems_of,
            rules_of_fields=problems_of_fields,
        )
    )


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
    return {name: yaml_of(content) for name, content in files.items()}


_FOLDERS = {"ladder": "ladder", "specialization": "specializations"}


def _put(files: dict[str, dict[str, Any]], name: str, section: str, part: Any) -> None:
    files.setdefault(f"{name}.yaml", {}).setdefault(section, []).append(part)


def _file_name(key: str) -> str:
    """A key as the name of a file, even where it is not a good key."""
    return re.sub(r"[^a-z0-9-]+", "-", key.lower()) or "-"
