"""The shape of a guide: all that a reader wants to know of the career besides the framework.

As `careers.shape` is for a framework: files parse to it, rows load to it, export writes it
and pages read it. `guide.pages_by_key["pay"]` is a page with title, lead and sections; what
a section is shown as says its `kind`. A `doubt` is what speaks against a figure: it is shown
wherever the figure is.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, get_args

from careers.fields import (
    LONGEST_KEY,
    Line,
    Part,
    field,
    key_of_part,
    line,
    places,
    prose,
    reference,
    whole,
)
from careers.shape import FrameworkSpec

Page = Literal["role", "start", "apply", "pay", "market", "questions"]
KindOfSection = Literal["points", "steps", "routes", "examples", "letter"]
Topic = Literal["career", "tool"]
PAGES: tuple[str, ...] = get_args(Page)
"""The pages that the site has; a guide has each of them exactly once."""
KINDS_OF_SECTION: tuple[str, ...] = get_args(KindOfSection)
TOPICS: tuple[str, ...] = get_args(Topic)
DOLLARS = "USD"
ORIGINS = ("start", "coming-from")
"""Page and section of the guide on the jobs that one may come from."""
MOST_PAY = 2_000_000_000
LONGEST_ADDRESS = 120


class GuideSource(Part):
    """Where figures come from, and what they may be used for."""

    key: str = key_of_part()
    title: str = line(200)
    where: str = prose(200, "A public address or name that a reader can use")
    use: str = prose(200, "What may be done with it, and what it was used for")


class Fact(Part):
    """A figure with its year and source."""

    key: str = key_of_part()
    label: str = line(120, "Such as `Open jobs a year`")
    value: str = line(120, "The figure with its unit, as it is shown")
    year: str = line(20, "The year or years that it is about")
    source: str = reference("source", "Where it comes from")
    doubt: str = prose(400, "What speaks against the figure. It is shown with it", "")


class GuideEntry(Part):
    """One item of a section."""

    key: str = key_of_part()
    title: str = line(120)
    text: str = prose(600, "", "")
    points: tuple[Line, ...] = ()
    time: str = line(
        120, "Needed in a section of the kind `routes`, and shown only there", ""
    )
    cost: str = line(120, "The same", "")
    basis: str = prose(300, "What it was built from", "")
    doubt: str = prose(400, "What speaks against it", "")
    link: str = line(
        LONGEST_ADDRESS,
        "An address of this site, such as `/pay/` or `/start/#education`",
        "",
    )
    link_text: str = line(60, "What is written on the link. Both or neither", "")
    level: str = line(
        LONGEST_KEY,
        "Key of a career level of the site's ladder. In the section `coming-from` "
        "of the page `start` it is what somebody from there is led to",
        "",
    )


class GuideSection(Part):
    """A titled part of a page: a text, then facts, then entries; any of them may lack."""

    key: str = key_of_part(
        "In `good-sides` and `hard-sides` a reader may tick each entry, for nobody else"
    )
    title: str = line(120)
    kind: KindOfSection = field(
        "How its entries are shown: beside each other, numbered, as routes with "
        "time and cost, as examples, in which nothing is real, or as a letter of "
        "which each of the `points` is a paragraph, as invented as an example",
        "points",
    )
    text: str = prose(1200, "A blank line begins a new paragraph", "")
    facts: tuple[Fact, ...] = ()
    entries: tuple[GuideEntry, ...] = ()


class GuidePage(Part):
    """One page."""

    key: Page = field("It is also the address, such as `/pay/`")
    title: str = line(80)
    description: str = line(160, "For search engines and lists of pages")
    lead: str = prose(300, "What stands under the title")
    sections: tuple[GuideSection, ...] = ()


class PayRange(Part):
    """Pay for a year in one region, in its currency and, where given, in US dollars."""

    key: str = key_of_part()
    region: str = line(120)
    currency: str = line(3, "Three capital letters, such as `EUR`")
    low: int = whole(1, MOST_PAY, "In the currency")
    high: int = whole(1, MOST_PAY, "In the currency")
    year: str = line(20)
    source: str = reference("source", "Where it comes from")
    low_usd: int | None = whole(
        1, MOST_PAY, "In US dollars, as the source gives it", None
    )
    high_usd: int | None = whole(1, MOST_PAY, "Both or neither", None)
    note: str = prose(240, "", "")
    doubt: str = prose(400, "What speaks against the figures", "")

    @property
    def in_dollars(self) -> tuple[int, int] | None:
        """Low and high in US dollars; None where the source does not give them."""
        if self.currency == DOLLARS:
            return self.low, self.high
        if self.low_usd is None or self.high_usd is None:
            return None
        return self.low_usd, self.high_usd


class GuideQuestion(Part):
    """A question and its answer."""

    key: str = key_of_part()
    topic: Topic = field("Whether it is about the work or about this app")
    question: str = line(200)
    answer: str = prose(
        1200,
        "Never empty. A blank line begins a new paragraph",
        needed=True,
    )
    basis: str = prose(300, "What the answer was built from", "")
    link: str = line(LONGEST_ADDRESS, "As in an entry", "")
    link_text: str = line(60, "As in an entry", "")


class GuideSpec(Part):
    """The whole guide of one framework, in whichever version."""

    framework: str = key_of_part("Of the framework that it is about")
    sources: tuple[GuideSource, ...] = ()
    pages: tuple[GuidePage, ...] = field("Needed with each page that the site has", ())
    pay_ranges: tuple[PayRange, ...] = field("One a region", ())
    questions: tuple[GuideQuestion, ...] = ()

    @cached_property
    def sources_by_key(self) -> dict[str, GuideSource]:
        return {source.key: source for source in self.sources}

    @cached_property
    def pages_by_key(self) -> dict[str, GuidePage]:
        return {page.key: page for page in self.pages}

    def sources_of(self, page: GuidePage) -> tuple[GuideSource, ...]:
        """Those that the figures of a page name, in the order of the guide."""
        named = {fact.source for section in page.sections for fact in section.facts}
        if page.key == "pay":
            named |= {pay.source for pay in self.pay_ranges}
        return tuple(source for source in self.sources if source.key in named)

    def origins(self, spec: FrameworkSpec) -> tuple[GuideEntry, ...]:
        """Jobs that one may come from, each with a level of the framework to start with."""
        return tuple(
            entry
            for page in self.pages
            for section in page.sections
            if (page.key, section.key) == ORIGINS
            for entry in section.entries
            if entry.level in spec.levels_by_key
        )

    @property
    def questions_by_topic(self) -> tuple[tuple[str, tuple[GuideQuestion, ...]], ...]:
        """Topics without a question are left out."""
        asked = {each.topic for each in self.questions}
        return tuple(
            (topic, tuple(each for each in self.questions if each.topic == topic))
            for topic in TOPICS
            if topic in asked
        )

    def in_order(self) -> GuideSpec:
        """The same guide with its pages in their one order, unknown ones last.

        Everything else stands as its owner wrote it.
        """
        place = places(PAGES)
        pages = sorted(self.pages, key=lambda page: place(page.key))
        return self.replaced(pages=tuple(pages))
