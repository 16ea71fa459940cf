"""A small guide, made through the front door: every kind of part is in it once or twice."""

from dataclasses import replace

from careers.files import SHIPPED_GUIDE, load_files
from careers.publishing import apply_guide, plan_guide, plan_guide_spec
from careers.shape import (
    KINDS_OF_SECTION,
    PAGES,
    Fact,
    GuideEntry,
    GuidePage,
    GuideQuestion,
    GuideSection,
    GuideSource,
    GuideSpec,
    PayRange,
)


def make_guide(**changes):
    """The guide of `small_guide(**changes)`, live; one before it is written over."""
    return apply_guide(plan_guide_spec(small_guide(**changes)))


def make_shipped_guide():
    """The guide that comes with the app, live."""
    return apply_guide(plan_guide(load_files(SHIPPED_GUIDE)))


def small_guide(**changes):
    """A guide with all pages, and on each a section of each kind."""
    guide = GuideSpec(
        sources=(
            GuideSource("guide", "The guide", "a shelf", "Figures."),
            GuideSource("bureau", "The bureau", "an office", "A check."),
        ),
        pages=tuple(_page(key) for key in PAGES),
        pay_ranges=(
            PayRange("us", "United States", "USD", 90_000, 150_000, "2025", "guide"),
            PayRange(
                "india",
                "India",
                "INR",
                1_500_000,
                3_000_000,
                "2025",
                "guide",
                low_usd=18_000,
                high_usd=36_000,
                note="Living costs less.",
                doubt="Who knows.",
            ),
        ),
        questions=(
            GuideQuestion(
                "hours", "career", "How long is a week?", "Forty hours.", "The guide."
            ),
            GuideQuestion(
                "score",
                "tool",
                "How is it made?",
                "By sums.\n\nIn public.",
                link="/how-it-works/",
                link_text="How it works",
            ),
        ),
    )
    return replace(guide, **changes)


def with_origins():
    """The small guide's pages, where one may come from two jobs, a rung named for one."""
    come_from = GuideSection(
        "coming-from",
        "Coming from another job",
        entries=(
            GuideEntry(
                "engineer",
                "Software engineer",
                "Nearest is TPM.",
                points=("Carries over: code.", "First step: lead one change."),
                level="tpm",
            ),
            GuideEntry("sailor", "Sailor", "Hard to say."),
            GuideEntry("pilot", "Pilot", "Far away.", level="captain"),
        ),
    )
    start = next(page for page in small_guide().pages if page.key == "start")
    return changed_page("start", sections=(*start.sections, come_from))


def changed_page(key, **changes):
    """The small guide's pages with one of them changed, for `small_guide(pages=...)`."""
    return tuple(
        replace(page, **changes) if page.key == key else page
        for page in small_guide().pages
    )


def _page(key):
    title = key.capitalize()
    return GuidePage(
        key=key,
        title=f"{title} of the work",
        description=f"What to know about {key}.",
        lead=f"{title} in one sentence.",
        sections=tuple(_section(kind) for kind in KINDS_OF_SECTION),
    )


def _section(kind):
    of_a_route = {"time": "a year", "cost": "nothing"} if kind == "routes" else {}
    return GuideSection(
        key=f"all-{kind}",
        title=f"All {kind}",
        kind=kind,
        text=f"What the {kind} have in common.",
        facts=(Fact("growth", "Growth", "7 percent", "2025", "guide", "Old."),),
        entries=(
            GuideEntry("first", "The first", "It comes first.", **of_a_route),
            GuideEntry(
                "second",
                "The second",
                points=("one", "two"),
                basis="The guide.",
                doubt="Who knows.",
                link="/ladder/",
                link_text="The ladder",
                level="tpm",
                **of_a_route,
            ),
        ),
    )
