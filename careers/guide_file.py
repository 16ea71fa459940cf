"""Guide files to a spec and back. Pure: no database, no disk.

`docs/guide-format.md` describes every section; the fields are those of the dataclasses in
`careers.guide_spec`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from careers.guide_rules import problems_of, problems_of_fields
from careers.guide_spec import GuideSpec, in_order
from careers.problems import Problem
from careers.spec_file import document_of, parse_files, yaml_of


class ParsedGuide(NamedTuple):
    """What the files say. `guide` is None where nothing could be read at all."""

    guide: GuideSpec | None
    problems: list[Problem]


def parse_guide(files: Mapping[str, str]) -> ParsedGuide:
    """The guide of these files, as {name: text}; see `spec_file.parse_files`."""
    return ParsedGuide(
        *parse_files(
            GuideSpec,
            files,
            in_order=in_order,
            rules=problems_of,
            rules_of_fields=problems_of_fields,
        )
    )


def files_of(guide: GuideSpec) -> dict[str, str]:
    """The guide as several files by subject, as {relative name: text}: one a page."""
    document = document_of(guide)
    files = {
        f"pages/{page['key']}.yaml": {"pages": [page]}
        for page in document.pop("pages", [])
    }
    files |= {f"{section}.yaml": {section: document[section]} for section in document}
    return {name: yaml_of(content) for name, content in files.items()}
