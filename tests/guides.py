"""A small guide, made through the front door: every kind of part is in it once or twice."""

from functools import lru_cache

from django.conf import settings

from careers.files import SHIPPED_GUIDE, digest_of, load_files
from careers.guide_shape import (
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
from careers.models import Guide
from careers.publishing import apply_guide, plan_guide, plan_guide_spec
from careers.store import GUIDE_TABLES, guide_at
from tests.factories import write_parts


def make_guide(**changes):
    """The guide of `small_guide(**changes)`, live; one before it is written over."""
    spec = small_guide(**changes)
    said, guides = digest_of(spec), Guide.objects.filter(framework=spec.framework)
    if said in revisions and not guides.exists():
        guide = guides.create(framework=spec.framework, revision=revisions[said])
        write_parts(GUIDE_TABLES, guide, spec, said)
    else:
        guide = apply_guide(plan_guide_spec(spec))
        revisions[said] = guides.get().revision
    guide_at(revisions[said])  # kept from test to test, so before any changes the rows
    return guide


revisions = {}  # {digest of a guide that this run has made: its revision}


def make_shipped_guide():
    """The guide that comes with the app, live."""
    return apply_guide(plan_guide(load_files(SHIPPED_GUIDE)))


def small_guide(**changes):
    """A guide with all pages, and on each a section of each kind."""
    return _small(settings.FRAMEWORK_KEY).replaced(**changes)


@lru_cache
def _small(key):
    return GuideSpec(
        framework=key,
        sources=(
            GuideSource(
                key="guide", title="The guide", where="a shelf", use="Figures."
            ),
            GuideSource(
                key="bureau", title="The bureau", where="an office", use="A check."
            ),
        ),
        pages=tuple(_page(key) for key in PAGES),
        pay_ranges=(
            PayRange(
                key="us",
                region="United States",
                currency="USD",
                low=90_000,
                high=150_000,
                year="2025",
                source="guide",
            ),
            PayRange(
                key="india",
                region="India",
                currency="INR",
                low=1_500_000,
                high=3_000_000,
                year="2025",
                source="guide",
                low_usd=18_000,
                high_usd=36_000,
                note="Living costs less.",
                doubt="Who knows.",
            ),
        ),
        questions=(
            GuideQuestion(
                key="hours",
                topic="career",
                question="How long is a week?",
                answer="Forty hours.",
                basis="The guide.",
            ),
            GuideQuestion(
                key="score",
                topic="tool",
                question="How is it made?",
                answer="By sums.\n\nIn public.",
                link="/how-it-works/",
                link_text="How it works",
            ),
        ),
    )


def named(parts, key):
    """The one of these parts that has the key."""
    return next(part for part in parts if part.key == key)


def section_of(guide, page, key):
    return named(guide.pages_by_key[page].sections, key)


def with_origins():
    """The small guide's pages, where one may come from two jobs, a rung named for one."""
    come_from = GuideSection(
        key="coming-from",
        title="Coming from another job",
        entries=(
            GuideEntry(
                key="engineer",
                title="Software engineer",
                text="Nearest is TPM.",
                points=("Carries over: code.", "First step: lead one change."),
                level="tpm",
            ),
            GuideEntry(key="sailor", title="Sailor", text="Hard to say."),
            GuideEntry(key="pilot", title="Pilot", text="Far away.", level="captain"),
        ),
    )
    start = next(page for page in small_guide().pages if page.key == "start")
    return changed_page("start", sections=(*start.sections, come_from))


def changed_page(key, **changes):
    """The small guide's pages with one of them changed, for `small_guide(pages=...)`."""
    return tuple(
        page.replaced(**changes) if page.key == key else page
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
        facts=(
            Fact(
                key="growth",
                label="Growth",
                value="7 percent",
                year="2025",
                source="guide",
                doubt="Old.",
            ),
        ),
        entries=(
            GuideEntry(
                key="first", title="The first", text="It comes first.", **of_a_route
            ),
            GuideEntry(
                key="second",
                title="The second",
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
