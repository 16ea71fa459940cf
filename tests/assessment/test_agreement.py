"""Report, page and files agree with the engine, for random people.

`make agree` looks at ten thousand of them, `make test` at a hundred. A failure names
its seed in brackets: `make agree SEEDS=17` draws the same people again.
"""

import os
import random
import re
from html import unescape

import pypdfium2
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from assessment import wording
from careers.store import spec_of
from tests.assessment.agreement import (
    check_json,
    check_report,
    check_table,
    printed,
    random_case,
    submitted,
)
from tests.factories import make_shipped_framework

PEOPLE = 50  # of one seed
PDF_EVERY = 10  # seeds, of whose first person the PDF is read
SEEDS = os.environ.get("SEEDS", "0-1")

pytestmark = pytest.mark.django_db


def seeds(text):
    """ "0-3" and "7" as numbers."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("seed", seeds(SEEDS))
def test_report_page_and_files_agree_with_the_engine(seed, alice, alice_client):
    framework = make_shipped_framework()
    spec, source = spec_of(framework), random.Random(seed)
    for number in range(PEOPLE):
        level, answers, result = random_case(spec, source)

        done = submitted(alice, framework, level, answers)

        check_report(done, result)
        check_json(done, answers, result)
        check_table(done, answers, result)
        if number == 0:
            check_page(alice_client, done, spec, result)
            if seed % PDF_EVERY == 0:
                check_pdf(alice_client, done, result)
        done.delete()


def check_page(client, assessment, spec, result):
    """The page's text says the number, and beside each skill what it loses."""
    page = client.get(reverse("assessment:report", args=[assessment.uid]))
    text = text_of(page.content.decode())
    assert f" {result.score} {verdict_in(assessment, result)} " in text
    for each in result.rated:
        name, short = re.escape(spec.skills_by_key[each.key].name), ""
        if not each.is_met:
            short = f", {each.item.required - each.rating} short"
        lost = result.display.lost_tenths[each.key]
        row = (
            rf" {name} (must-have .{{0,40}})?{each.rating} of {each.item.required}{short} "
            rf"(must-have )?(– none|note|link) {printed(lost) if lost else 0} "
        )
        assert re.search(row, text), row
    assert missing_in(result) in text


def check_pdf(client, assessment, result):
    """So does the PDF: the number in its title, the verdict and what is missing."""
    file = client.get(reverse("assessment:report_pdf", args=[assessment.uid]))
    with pypdfium2.PdfDocument(file.content) as pages:
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
        title = pages.get_metadata_value("Title")
    text = re.sub(r"\s+", " ", text)
    assert title.startswith(f"{assessment.target.short_title}: {result.score} of 100 ")
    assert f" {verdict_in(assessment, result)} " in text
    assert missing_in(result) in text


def verdict_in(assessment, result):
    provisional = ", provisional" if result.is_provisional else ""
    target = assessment.target.short_title
    return f"{wording.verdict(result.band)} of 100 for {target}{provisional}"


def missing_in(result):
    return f" Missing to 100 {printed(1000 - result.readiness_tenths)} "


def text_of(html):
    """What a reader sees, with one space wherever there is any."""
    return re.sub(r"\s+", " ", unescape(strip_tags(re.sub(r"(?=<)", " ", html))))


def test_seeds_are_read():
    assert list(seeds("0-3")) == [0, 1, 2, 3]
    assert list(seeds("17")) == [17]
