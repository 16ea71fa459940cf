"""The guide's pages: its spec in, finished texts and lists out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from careers import shape
from careers.pages.parts import Entry, Fact
from careers.pages.places import framework_starts
from careers.shape import FrameworkSpec, GuideSpec

# Sections whose entries a reader holds against themselves: what may be ticked.
REFLECTIONS = {
    ("market", "good-sides"): "I look forward to it",
    ("market", "hard-sides"): "I can live with it",
}

# Page and section of the jobs that one may come from; the start page offers them, too.
ORIGINS = ("start", "coming-from")


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure with where it comes from, and what speaks against it."""

    label: str
    value: str
    origin: str
    doubt: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """`start_with` is the level that somebody from there is led to."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    facts: tuple[Fact, ...]
    basis: str
    doubt: str
    link: str
    link_text: str
    start_with: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """`tick` is what a reader may tick beside each entry, for themselves alone."""

    key: str
    title: str
    kind: str
    tick: str
    paragraphs: tuple[str, ...]
    figures: tuple[FigureView, ...]
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class ContentsItem:
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class GuidePageView:
    title: str
    description: str
    lead: str
    contents: tuple[ContentsItem, ...]
    sections: tuple[SectionView, ...]
    sources: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question and its answer."""

    key: str
    question: str
    paragraphs: tuple[str, ...]
    basis: str
    link: str
    link_text: str


@dataclass(frozen=True, slots=True)
class TopicView:
    key: str
    title: str
    note: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    title: str
    description: str
    lead: str
    contents: tuple[ContentsItem, ...]
    topics: tuple[TopicView, ...]


@dataclass(frozen=True, slots=True)
class GuideIndex:
    guide: tuple[Entry, ...]
    framework: tuple[Entry, ...]


TOPICS = {
    "career": ("The work", "From the source guide, in our words."),
    "tool": ("This tool", ""),
}


def guide_index(guide: GuideSpec) -> GuideIndex:
    """All pages of the guide, and those of the framework that go with them."""
    return GuideIndex(
        guide=tuple(
            Entry(page.title, reverse(f"careers:{page.key}"), page.description)
            for page in guide.pages
        ),
        framework=tuple(
            Entry(each.title, each.url, each.text) for each in framework_starts()
        ),
    )


def guide_page(
    guide: GuideSpec, key: str, spec: FrameworkSpec | None = None
) -> GuidePageView:
    """Everything that one page of the guide shows. Raises KeyError for a missing page.

    With the ladder of the site, jobs that one may come from lead to a start with it.
    """
    page = guide.page(key)
    return GuidePageView(
        title=page.title,
        description=page.description,
        lead=page.lead,
        contents=tuple(ContentsItem(each.key, each.title) for each in page.sections),
        sections=tuple(_section(guide, key, each, spec) for each in page.sections),
        sources=sources(guide, _sources_of(page)),
    )


def questions_page(guide: GuideSpec) -> QuestionsPage:
    """All questions by what they are about."""
    page = guide.page("questions")
    topics = [
        TopicView(key, title, note, tuple(map(_answer, guide.questions_on(key))))
        for key, (title, note) in TOPICS.items()
    ]
    topics = [topic for topic in topics if topic.answers]
    return QuestionsPage(
        title=page.title,
        description=page.description,
        lead=page.lead,
        contents=tuple(ContentsItem(each.key, each.title) for each in topics),
        topics=tuple(topics),
    )


def sources(guide: GuideSpec, keys: Iterable[str]) -> tuple[Fact, ...]:
    """Where the figures of a page come from, in the order of the guide."""
    named = set(keys)
    return tuple(
        Fact(source.title, f"{source.where}. {source.use}")
        for source in guide.sources
        if source.key in named
    )


def origin(guide: GuideSpec, source: str, year: str) -> str:
    """Year and source of a figure: "2023, the bureau"."""
    return f"{year}, {guide.source(source).title}"


def paragraphs(text: str) -> tuple[str, ...]:
    """A text in its parts; a blank line begins a new one."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _sources_of(page: shape.GuidePage) -> Iterator[str]:
    for section in page.sections:
        yield from (fact.source for fact in section.facts)


def _section(
    guide: GuideSpec,
    page: str,
    section: shape.GuideSection,
    spec: FrameworkSpec | None,
) -> SectionView:
    levels = {}
    if spec and (page, section.key) == ORIGINS:
        levels = spec.levels_by_key
    return SectionView(
        key=section.key,
        title=section.title,
        kind=section.kind,
        tick=REFLECTIONS.get((page, section.key), ""),
        paragraphs=paragraphs(section.text),
        figures=tuple(
            FigureView(
                fact.label,
                fact.value,
                origin(guide, fact.source, fact.year),
                fact.doubt,
            )
            for fact in section.facts
        ),
        entries=tuple(
            _entry(each, section.kind, levels.get(each.level))
            for each in section.entries
        ),
    )


def _entry(
    entry: shape.GuideEntry, kind: str, level: shape.CareerLevel | None
) -> EntryView:
    """An entry as its section shows it; the points of a letter are its paragraphs."""
    letter = entry.points if kind == "letter" else ()
    facts = [Fact("Time", entry.time), Fact("Cost", entry.cost)]
    return EntryView(
        key=entry.key,
        title=entry.title,
        paragraphs=(*paragraphs(entry.text), *letter),
        points=() if letter else entry.points,
        facts=tuple(fact for fact in facts if fact.value),
        basis=entry.basis,
        doubt=entry.doubt,
        link=entry.link,
        link_text=entry.link_text,
        start_with=level.short_title if level else "",
    )


def _answer(each: shape.GuideQuestion) -> AnswerView:
    return AnswerView(
        key=each.key,
        question=each.question,
        paragraphs=paragraphs(each.answer),
        basis=each.basis,
        link=each.link,
        link_text=each.link_text,
    )
