"""The rules that a guide must keep, and those that its editor should know of. Pure.

Errors stop an import and the saving of a form; warnings are shown. The list is that of
`docs/guide-format.md`, "Errors and warnings".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from careers import field_rules
from careers.guide_spec import (
    PAGES,
    GuideEntry,
    GuideQuestion,
    GuideSection,
    GuideSpec,
    PayRange,
)
from careers.problems import MOST_PROBLEMS, Problem, error, warning
from careers.spec_tree import items

_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_ADDRESS = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:#[a-z0-9-]+)?\Z")
_IN_DOLLARS = "USD"


def problems_of(guide: GuideSpec) -> list[Problem]:
    """Everything wrong with a guide, errors and warnings, in the order of the rules.

    After MOST_PROBLEMS the rest is left out.
    """
    sources = {"source": {source.key for source in guide.sources}}
    found = chain(
        _all_parts(guide),
        field_rules.sibling_problems(guide),
        field_rules.reference_problems(guide, sources),
        _pages(guide),
    )
    return list(islice(found, MOST_PROBLEMS))


def problems_of_fields(guide: GuideSpec) -> list[Problem]:
    """What is wrong with single parts, whatever else the guide holds."""
    return list(islice(_all_parts(guide), MOST_PROBLEMS))


def problems_of_part(part: Any, path: tuple[str, ...] = ()) -> Iterator[Problem]:
    """What is wrong with one part by itself, without the parts within it."""
    yield from field_rules.part_problems(part, path)
    where = "".join(f"{name}/" for name in path)
    if isinstance(part, PayRange):
        yield from _pay(part, where)
    if isinstance(part, GuideEntry | GuideQuestion):
        yield from _link(part, where)


def _all_parts(guide: GuideSpec) -> Iterator[Problem]:
    for path, part in items(guide):
        yield from problems_of_part(part, path)


def _pay(pay: PayRange, where: str) -> Iterator[Problem]:
    if not _CURRENCY.match(pay.currency):
        sentence = "Write a currency as three capital letters, such as USD."
        yield error(f"{where}currency", sentence)
    if pay.high < pay.low:
        yield error(f"{where}high", "This is below 'low'. Correct one.")
    if (pay.low_usd is None) != (pay.high_usd is None):
        sentence = "Fill in both low_usd and high_usd, or neither."
        empty = "low_usd" if pay.low_usd is None else "high_usd"
        yield error(f"{where}{empty}", sentence)
    elif pay.low_usd is not None and pay.high_usd is not None:
        if pay.high_usd < pay.low_usd:
            yield error(f"{where}high_usd", "This is below 'low_usd'. Correct one.")
        if pay.currency == _IN_DOLLARS:
            sentence = "The range is in US dollars already. Leave this out."
            yield error(f"{where}low_usd", sentence)


def _link(part: GuideEntry | GuideQuestion, where: str) -> Iterator[Problem]:
    if bool(part.link) != bool(part.link_text):
        empty = "link_text" if part.link else "link"
        yield error(f"{where}{empty}", "Fill in both link and link_text, or neither.")
    if part.link and not _ADDRESS.match(part.link):
        sentence = "Write an address of this site, such as '/pay/' or '/start/#steps'."
        yield error(f"{where}link", sentence)


def _pages(guide: GuideSpec) -> Iterator[Problem]:
    present = {page.key for page in guide.pages}
    for key in PAGES:
        if key not in present:
            yield error("pages", f"The page '{key}' is missing. Add it.")
    for page in guide.pages:
        for section in page.sections:
            yield from _section(section, f"pages/{page.key}/sections/{section.key}")


def _section(section: GuideSection, where: str) -> Iterator[Problem]:
    if not (section.text or section.facts or section.entries):
        yield warning(where, "There is nothing in this section. Fill it or remove it.")
    for entry in section.entries:
        yield from problems_in_section(
            entry, section.kind, f"{where}/entries/{entry.key}/"
        )


def problems_in_section(
    entry: GuideEntry, kind: str, where: str = ""
) -> Iterator[Problem]:
    """What an entry lacks, or has too much of, in a section of a kind."""
    for name in ("time", "cost"):
        given = bool(getattr(entry, name))
        if kind == "routes" and not given:
            yield error(f"{where}{name}", f"A route has a {name}. Fill it in.")
        elif kind != "routes" and given:
            sentence = "This is shown in a section of the kind 'routes' only."
            yield warning(f"{where}{name}", sentence)
