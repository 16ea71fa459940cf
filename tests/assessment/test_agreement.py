"""Report, page and files agree with the engine, for random people.

`make agree` looks at ten thousand of them, at a thousand pages and at a hundred PDFs;
`make test` at a hundredth. A failure names its seed in brackets: `make agree SEEDS=17`
draws the same people again.
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
from assessment.report import load_report
from careers.store import spec_of
from tests.assessment.agreement import (
    check_json,
    check_report,
    check_table,
    gains,
    near_answer,
    printed,
    random_case,
    submitted,
)
from tests.factories import make_shipped_framework

PEOPLE = 50  # of one seed
PAGE_EVERY = 10  # people, of whom the page is read; the second of two is near a rung
PDF_EVERY = 2  # seeds, of whose first person the PDF is read
SEEDS = os.environ.get("SEEDS", "0-1")

pytestmark = pytest.mark.django_db


def seeds(text):
    """ "0-3" and "7" as numbers."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(SEEDS))
def test_report_page_and_files_agree_with_the_engine(seed, alice, alice_client):
    framework = make_shipped_framework()
    spec, source = spec_of(framework), random.Random(seed)
    for number in range(PEOPLE):
        has_page, is_near = number % PAGE_EVERY == 0, number % (2 * PAGE_EVERY) > 0
        answer = near_answer if has_page and is_near else None
        level, answers, result = random_case(spec, source, answer)

        done = submitted(alice, framework, level, answers)

        check_report(done, result)
        check_json(done, answers, result)
        check_table(done, answers, result)
        if has_page:
            again = gains(spec, level, answers, result)
            check_page(alice_client, done, spec, result, again)
            if is_near:
                assert all(step > 0 for step, _ in again.values())
        if number == 0 and seed % PDF_EVERY == 0:
            check_pdf(alice_client, done, result)
        done.delete()


def check_page(client, assessment, spec, result, again):
    """The page says the number, and beside each skill what closing its gap brings.

    So do the cards of the first gaps. `again`: {skill: (step, close)} by re-scoring.
    """
    page = client.get(reverse("assessment:report", args=[assessment.uid]))
    html = page.content.decode()
    text = text_of(html)
    assert f" {result.score} {verdict_in(assessment, result)} " in text
    for each in result.rated:
        name, short, gain = re.escape(spec.skills_by_key[each.key].name), "", "0"
        if not each.is_met:
            short = f", {each.item.required - each.rating} short"
            gain = re.escape(wording.gain(again[each.key][1]))
        row = (
            rf" {name} (must-have .{{0,40}})?{each.rating} of {each.item.required}{short} "
            rf"(must-have(: met)? )?(– none|note|link) {gain} "
        )
        assert re.search(row, text), row
    assert {
        gap.key: (gap.gain_step_tenths, gap.gain_close_tenths) for gap in result.gaps
    } == again
    report = load_report(assessment)
    if not report.is_far:
        cards = re.findall(r" (\S+|less than 0\.1) points for closing it", text)
        shown = [wording.gain(again[line.key][1]) for line in report.first_gaps]
        assert cards == shown


def check_pdf(client, assessment, result):
    """So does the PDF: the number in its title, the verdict and how the number is made."""
    address = reverse("assessment:report_pdf", args=[assessment.uid])
    file = client.get(address, {"signs": "lacking"})  # whatever fonts are installed
    with pypdfium2.PdfDocument(file.content) as pages:
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
        title = pages.get_metadata_value("Title")
    text = re.sub(r"\s+", " ", text)
    assert title.startswith(f"{assessment.target.short_title}: {result.score} of 100 ")
    assert f" {verdict_in(assessment, result)} " in text
    assert f" never rounded up {printed(result.readiness_tenths)} " in text


def verdict_in(assessment, result):
    provisional = ", provisional" if result.is_provisional else ""
    target = assessment.target.short_title
    return f"{wording.verdict(result.band)}{provisional} of 100 for {target}"


def text_of(html):
    """What a reader sees, with one space wherever there is any."""
    return re.sub(r"\s+", " ", unescape(strip_tags(re.sub(r"(?=<)", " ", html))))


def test_seeds_are_read():
    assert list(seeds("0-3")) == [0, 1, 2, 3]
    assert list(seeds("17")) == [17]
