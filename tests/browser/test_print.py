"""A report on paper, as the browser prints it: what is there, what is not, how many pages."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from assessment.actions import rename_assessment, save_profile
from assessment.answers import Answer
from assessment.models import ASKS_LENGTH, LABEL_LENGTH, TITLE_LENGTH
from assessment.plans import start_plan
from tests.factories import make_assessment, make_plan, optional_skills

pytestmark = pytest.mark.browser

MOST_PAGES = {"A4": 5, "Letter": 6}
PAPERS = tuple(MOST_PAGES)
FOR_THE_SCREEN = (
    "Take the first step",
    "Share, save, more",
    "Delete it",
    "Sign out",
    "Look for",
    "Without evidence",
)


def printed(page, paper):
    """The text of each page of what the browser prints from a dark screen."""
    page.emulate_media(color_scheme="dark")
    reader = PdfReader(io.BytesIO(page.pdf(format=paper)))
    return [each.extract_text() for each in reader.pages]


def longest(stage):
    """A report with the most must-haves, all of them short, and with two skills open."""
    spec = stage.spec
    level = min(spec.levels, key=lambda each: len(optional_skills(spec, each)))
    optional = optional_skills(spec, level)
    answers = {
        item.skill: Answer(value=item.required - (item.skill not in optional))
        for item in level.requirements
        if item.skill not in optional[:2]
    }
    done = make_assessment(
        owner=stage.alice, target=level.key, ratings=answers, submit=True
    )
    rename_assessment(assessment=done, label="A long name " * (LABEL_LENGTH // 12))
    title = ("Write one page. " * TITLE_LENGTH)[:TITLE_LENGTH]
    steps = [(item.skill, item.required, title) for item in level.requirements[:3]]
    make_plan(stage.alice, *steps, target=level.key)
    said = ("The lead of a programme. " * ASKS_LENGTH)[: ASKS_LENGTH - 5] + "asked"
    start_plan(
        owner=stage.alice,
        spec=spec,
        level=level,
        asks=said,
        agreed=said,
        agreed_until=date(2026, 12, 31),
    )
    save_profile(person=stage.alice, name="Alice Example")
    return done


@pytest.mark.parametrize("paper", PAPERS)
def test_the_summary_is_exactly_one_page(open_browser, stage, paper):
    page = open_browser(stage.alice)

    counts = {}
    for done in (stage.report, stage.provisional, stage.all_met, longest(stage)):
        page.goto(reverse("assessment:summary", args=[done.uid]) + "?name")
        pages = printed(page, paper)
        counts[done.uid] = len(pages)
        assert "Notes from" in pages[0]

    assert set(counts.values()) == {1}
    said = ("Alice Example", "asked", "Until 31 December 2026.", "What I work on")
    assert [words for words in said if words not in pages[0]] == []
    assert pages[0].count(", to ") == 3


@pytest.mark.parametrize("paper", PAPERS)
def test_the_report_prints_with_page_numbers_and_without_the_screens_parts(
    open_browser, stage, paper
):
    page = open_browser(stage.alice)
    page.goto(reverse("assessment:report", args=[stage.report.uid]))

    pages = printed(page, paper)

    count = len(pages)
    assert count <= MOST_PAGES[paper]
    numbered = [f"{n} of {count}" in text for n, text in enumerate(pages, 1)]
    assert numbered == [True] * count
    text = " ".join(pages)
    assert "What you bring" in text
    assert [words for words in FOR_THE_SCREEN if words in text] == []
    assert "http" not in text


def test_a_plan_prints_as_what_there_is_to_do(open_browser, stage):
    make_plan(stage.alice, ("risk-management", 4), target="senior-tpm")
    page = open_browser(stage.alice)
    page.goto(reverse("assessment:plan"))

    text = " ".join(printed(page, "A4"))

    assert "Read the risk logs" in text
    for_the_screen = ("What did you do", "Set a date", "More", "Let it go")
    assert [words for words in for_the_screen if words in text] == []


def test_folded_parts_are_open_on_paper_and_no_head_ends_a_page(open_browser, stage):
    page = open_browser(stage.alice)
    page.goto(reverse("assessment:report", args=[stage.report.uid]))

    pages = printed(page, "A4")

    text = " ".join(" ".join(pages).split())
    assert "rate themselves higher than managers do is known" in text
    assert "a rough guide." in text
    heads = {group.name for group in stage.spec.groups}
    heads |= {"Every skill", "The ladder", "How sure is this", "How it is made"}
    ends = [each.strip().splitlines()[-1] for each in pages]
    assert [end for end in ends if any(end.startswith(head) for head in heads)] == []
