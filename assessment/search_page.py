"""What the search finds: the framework's pages, and those that explain the tool."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from careers.pages import framework_documents, framework_starts, guide_documents
from careers.search import Document, Hit, Index
from careers.shape import FrameworkSpec, GuideSpec
from careers.words import counted

MOST_HITS = 200
MOST_OF_GROUP = 6
SUGGESTIONS = 4
INDEXES_KEPT = 2  # a new version may be published while old requests run

PAGES = (  # address, title, text, what leads to it besides
    (
        "assessment:start",
        "Rate yourself",
        "Choose a target level, rate each skill, and read your report.",
        "self-assessment start begin test score readiness",
    ),
    (
        "assessment:find_level",
        "Which level fits you?",
        "Three questions suggest a level. Nothing is stored.",
        "find choose target",
    ),
    (
        "assessment:example",
        "Example report",
        "A whole report of made-up answers.",
        "sample demo",
    ),
    (
        "assessment:how_it_works",
        "How the score is made",
        "The sum step by step, must-haves, verdicts, the likely range, the limits, and "
        "the sources of the ladder.",
        "scoring readiness formula method how works licence open source code",
    ),
    (
        "assessment:privacy",
        "Privacy",
        "What is stored, why, who can see it, and how to delete it.",
        "cookies data delete account personal gdpr",
    ),
    (
        "assessment:dashboard",
        "Your reports",
        "Your reports, and the assessments that you have begun.",
        "my dashboard history progress",
    ),
)


FOR_ONE = ("start", "find_level", "dashboard")  # made for one visitor


@dataclass(frozen=True, slots=True)
class HitGroup:
    key: str
    title: str
    note: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`status` is empty where nothing was asked."""

    status: str
    groups: tuple[HitGroup, ...]
    suggestions_title: str
    suggestions: tuple[Document, ...]


def search_page(
    spec: FrameworkSpec | None, guide: GuideSpec | None, question: str
) -> SearchPage:
    """What answers a question; without one, or an answer, where else to look."""
    index = index_of(spec, guide)
    hits = index.find(question, most=MOST_HITS)
    groups = _groups(hits)
    if groups:
        return SearchPage(_status(hits, question), groups, "", ())
    near = tuple(index.nearest_titles(question, most=SUGGESTIONS))
    return SearchPage(
        status=f"Nothing found for “{question}”." if question else "",
        groups=(),
        suggestions_title="Did you mean one of these?" if near else "Where to begin",
        suggestions=near or index.documents[:SUGGESTIONS],
    )


def _status(hits: list[Hit], question: str) -> str:
    count = f"at least {MOST_HITS}" if len(hits) == MOST_HITS else len(hits)
    return f"{count} {'place' if count == 1 else 'places'} found for “{question}”."


def _groups(hits: list[Hit]) -> tuple[HitGroup, ...]:
    """Hits by what they are; the group of the best hit first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.group, []).append(hit)
    return tuple(
        HitGroup(
            key=f"group-{place}",
            title=title,
            note=_note(len(found)),
            hits=tuple(found[:MOST_OF_GROUP]),
        )
        for place, (title, found) in enumerate(groups.items(), start=1)
    )


def _note(count: int) -> str:
    if count <= MOST_OF_GROUP:
        return counted(count, "place", "places").capitalize()
    return f"The first {MOST_OF_GROUP} of {count}. A second word narrows it down."


@lru_cache(maxsize=INDEXES_KEPT)
def index_of(spec: FrameworkSpec | None, guide: GuideSpec | None) -> Index:
    """The index over everything. Both are the same objects until what they hold changes."""
    starts = framework_starts() if spec else ()
    pages = [
        Document("Pages", title, reverse(name), text, also)
        for name, title, text, also in PAGES
    ]
    framework = framework_documents(spec) if spec else ()
    return Index(
        [*starts, *pages, *framework, *(guide_documents(guide) if guide else ())]
    )


def public_paths(spec: FrameworkSpec | None, guide: GuideSpec | None) -> list[str]:
    """The pages of everything that can be found, each once, without what is for one."""
    for_one = {reverse(f"assessment:{name}") for name in FOR_ONE}
    paths = (each.url for each in index_of(spec, guide).documents)
    whole = [path for path in paths if "#" not in path and "?" not in path]
    guides = [reverse("careers:guide")] if guide else []
    every = dict.fromkeys([reverse("assessment:home"), *guides, *whole])
    return [path for path in every if path not in for_one]
