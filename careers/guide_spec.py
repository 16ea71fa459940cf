"""The one shape of the guide: what its files parse to, rows load to and pages read. Pure.

The guide is all that a reader wants to know of the career besides the framework: the role,
the ways in, pay, market, questions. It has no versions, since no score depends on it.

How to read it: `guide_catalogue.load_guide()` returns a `GuideSpec`, or None before the
first import. Then `guide.page("pay")` is a page with title, lead and sections in order;
`page.section("education")` one of them, with text, entries and facts. What a section is
shown as says its `kind`. Pay by region is `guide.pay_ranges`, questions are
`guide.questions_on("career")`, and `guide.source(fact.source)` says where a figure comes
from. A `doubt` is what speaks against a figure: it is shown wherever the figure is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from careers.fields import (
    choice_field,
    key_field,
    line_field,
    prose_field,
    reference_field,
    texts_field,
    whole_field,
)

PAGES = ("role", "start", "apply", "pay", "market", "questions")
"""The pages that the site has; a guide has each of them exactly once."""

KINDS_OF_SECTION = (
    "points",  # entries beside each other
    "steps",  # entries one after the other, numbered
    "routes",  # entries to choose from, each with its time and cost
    "examples",  # entries that show how it could look; nothing in them is real
)
TOPICS = ("career", "tool")
"""What a question is about: the work, or this app."""

MOST_PAY = 2_000_000_000
LONGEST_ADDRESS = 120


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Part = TypeVar("_Part", bound=_Keyed)


def _named(parts: Iterable[_Part], key: str) -> _Part:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)


@dataclass(frozen=True, slots=True)
class GuideSource:
    """Where figures come from, and what they may be used for."""

    key: str = key_field()
    title: str = line_field(200)
    where: str = prose_field(200)
    use: str = prose_field(200)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its year and source; `doubt` is what speaks against it."""

    key: str = key_field()
    label: str = line_field()
    value: str = line_field()
    year: str = line_field(20)
    source: str = reference_field("source")
    doubt: str = prose_field(400, default="")


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """One item of a section. `basis` says what it was built from.

    `time` and `cost` belong to a route. `link` is an address of this site, such as
    "/pay/", and `link_text` what is written on it.
    """

    key: str = key_field()
    title: str = line_field()
    text: str = prose_field(600, default="")
    points: tuple[str, ...] = texts_field(300, default=())
    time: str = line_field(default="")
    cost: str = line_field(default="")
    basis: str = prose_field(300, default="")
    doubt: str = prose_field(400, default="")
    link: str = line_field(LONGEST_ADDRESS, default="")
    link_text: str = line_field(60, default="")


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A titled part of a page: a text, then facts, then entries; any of them may lack."""

    key: str = key_field()
    title: str = line_field()
    kind: str = choice_field(KINDS_OF_SECTION, default="points")
    text: str = prose_field(1200, default="")
    facts: tuple[Fact, ...] = ()
    entries: tuple[GuideEntry, ...] = ()

    def fact(self, key: str) -> Fact:
        """Raises KeyError."""
        return _named(self.facts, key)

    def entry(self, key: str) -> GuideEntry:
        """Raises KeyError."""
        return _named(self.entries, key)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page; `description` is for search engines and lists of pages."""

    key: str = choice_field(PAGES)
    title: str = line_field(80)
    description: str = line_field(160)
    lead: str = prose_field(300)
    sections: tuple[GuideSection, ...] = ()

    def section(self, key: str) -> GuideSection:
        """Raises KeyError: an editor may have removed the section."""
        return _named(self.sections, key)


@dataclass(frozen=True, slots=True)
class PayRange:
    """Pay for a year in one region, in its currency and, where given, in US dollars."""

    key: str = key_field()
    region: str = line_field()
    currency: str = line_field(3)
    low: int = whole_field(1, MOST_PAY)
    high: int = whole_field(1, MOST_PAY)
    year: str = line_field(20)
    source: str = reference_field("source")
    low_usd: int | None = whole_field(1, MOST_PAY, default=None)
    high_usd: int | None = whole_field(1, MOST_PAY, default=None)
    note: str = prose_field(240, default="")
    doubt: str = prose_field(400, default="")


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question and its answer; a blank line in the answer begins a new paragraph."""

    key: str = key_field()
    topic: str = choice_field(TOPICS)
    question: str = line_field(200)
    answer: str = prose_field(1200, needed=True)
    basis: str = prose_field(300, default="")
    link: str = line_field(LONGEST_ADDRESS, default="")
    link_text: str = line_field(60, default="")


@dataclass(frozen=True, slots=True)
class GuideSpec:
    """The whole guide. Pages stand in the order of PAGES: `in_order` sees to it."""

    sources: tuple[GuideSource, ...] = ()
    pages: tuple[GuidePage, ...] = ()
    pay_ranges: tuple[PayRange, ...] = ()
    questions: tuple[GuideQuestion, ...] = ()

    def page(self, key: str) -> GuidePage:
        """One of PAGES; raises KeyError where the guide is not whole."""
        return _named(self.pages, key)

    def source(self, key: str) -> GuideSource:
        """Raises KeyError."""
        return _named(self.sources, key)

    def questions_on(self, topic: str) -> tuple[GuideQuestion, ...]:
        return tuple(each for each in self.questions if each.topic == topic)


def in_order(guide: GuideSpec) -> GuideSpec:
    """The same guide with its pages in their one order, unknown ones last.

    Everything else stands as its owner wrote it.
    """
    place = {key: place for place, key in enumerate(PAGES)}
    pages = sorted(guide.pages, key=lambda page: place.get(page.key, len(PAGES)))
    return replace(guide, pages=tuple(pages))
