"""The report as a PDF: what is in it, how long it takes, and where none can be made."""

import io
import resource
import sys
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from assessment.answers import Answer
from assessment.exports import pdf_file, pdf_process
from assessment.exports.pdf_file import make_pdf
from assessment.models import REASON_LENGTH
from assessment.plans import start_plan
from careers.store import spec_of
from tests.factories import make_assessment, make_plan, make_shipped_framework

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST_SECONDS = 3  # of the processor, on a machine that does nothing else
PATIENCE = 3  # a busy one takes longer even for its own share of the work
MOST_BYTES = 400 * 1024
ADDRESS = "https://guide.example/reports/1/"


@pytest.fixture(autouse=True)
def looked_up_anew():
    """What is installed is looked up once a process; here it changes."""
    yield
    pdf_file.can_make_pdf.cache_clear()


def uninstall(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    pdf_file.can_make_pdf.cache_clear()


@pytest.fixture
def done(alice):
    """A report that has everything, with the longest texts: one skill left out, one open."""
    framework = make_shipped_framework()
    level = spec_of(framework).levels_by_key["senior-tpm"]
    needed = spec_of(framework).must_have_keys(level)
    optional = [i.skill for i in level.requirements if i.skill not in needed]
    answers = {
        item.skill: Answer(
            value=max(item.required - 2, 0), note="words" + " word" * 799
        )
        for item in level.requirements
    }
    answers[optional[0]] = Answer(not_applicable=True, reason="w" * REASON_LENGTH)
    del answers[optional[1]]
    return make_assessment(
        owner=alice, target=level.key, ratings=answers, framework=framework, submit=True
    )


def pdf_of(client, assessment, name="report_pdf"):
    return client.get(reverse(f"assessment:{name}", args=[assessment.uid]))


def texts_of(content):
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_pdf_is_tagged_titled_and_numbered(done, alice_client):
    response = pdf_of(alice_client, done)

    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata.title == f"Senior TPM: {done.score} of 100 · tpmguide"
    pages = [page.extract_text() for page in reader.pages]
    last = len(pages)
    numbered = [f"{number} of {last}" in text for number, text in enumerate(pages, 1)]
    assert numbered == [True] * last


def test_pdf_has_no_buttons_and_no_links_that_change_something(done, alice_client):
    text = " ".join(texts_of(pdf_of(alice_client, done).content))

    assert "What you bring" in text
    screen = ["Sign out", "Skip to content", "Share, save, more", "Correct an answer"]
    assert [word for word in screen if word in text] == []


def test_pdf_repeats_the_head_of_a_table_on_each_of_its_pages():
    rows = "".join(f"<tr><td>row {number}</td></tr>" for number in range(120))
    table = (
        f'<table class="table"><thead><tr><th>The head</th></tr></thead>{rows}</table>'
    )

    pages = texts_of(make_pdf(f'<html lang="en"><title>x</title>{table}', ADDRESS))

    assert len(pages) > 1
    assert ["The head" in text for text in pages] == [True] * len(pages)


def test_no_head_ends_a_page_of_a_pdf():
    """Of a fold with its note, and of the skills of a group."""
    folds = "".join(
        f'<details class="fold"><summary class="fold__summary"><span>Title-{n}.</span>'
        f'<span class="fold__note">Note-{n}.</span></summary><div class="fold__body">'
        f"<p>First-{n}.</p>{'<p>More.</p>' * (n % 3)}</div></details>"
        for n in range(60)
    )
    groups = "".join(
        f'<tbody><tr class="skills__group"><th>Title-{n}.</th></tr>'
        f"<tr><td>Note-{n}. First-{n}.</td></tr>{'<tr><td>More.</td></tr>' * (n % 4)}</tbody>"
        for n in range(60)
    )

    for parts in (folds, f'<table class="table skills">{groups}</table>'):
        pages = texts_of(make_pdf(f'<html lang="en"><title>x</title>{parts}', ADDRESS))

        assert len(pages) > 5
        for n in range(60):
            words = (f"Title-{n}.", f"Note-{n}.", f"First-{n}.")
            places = {
                i for i, page in enumerate(pages) for word in words if word in page
            }
            assert len(places) == 1, n


def test_the_first_group_of_skills_ends_no_page_of_a_pdf():
    """However far down a page the table begins, below its head."""
    heights = range(760, 920, 5)  # some before, most where the group has no room
    sections = "".join(
        f'<div style="break-before: page; block-size: {height}px"></div><section>'
        f'<div class="section__head"><h2>Head-{height}.</h2></div>'
        '<table class="table skills"><thead><tr><th>Skill</th></tr></thead><tbody>'
        f'<tr class="skills__group"><th>Group-{height}.</th></tr>'
        f'<tr class="skills__row"><th>First-{height}.</th></tr>'
        '<tr class="skills__row"><th>Second.</th></tr></tbody></table></section>'
        for height in heights
    )

    pages = texts_of(make_pdf(f'<html lang="en"><title>x</title>{sections}', ADDRESS))

    places = [
        {
            i
            for i, page in enumerate(pages)
            for word in ("Head", "Group", "First")
            if f"{word}-{height}." in page
        }
        for height in heights
    ]
    assert {len(each) for each in places} == {1}
    assert len(heights) < len(pages) < 2 * len(heights)


def test_a_drawing_of_a_pdf_has_the_colours_of_the_page():
    drawing = (
        '<svg width="99" height="99"><rect class="must__n" width="99" height="99"/>'
    )

    content = make_pdf(f'<html lang="en"><title>x</title>{drawing}</svg>', ADDRESS)

    page = PdfDocument(content)[0].render().to_pil().convert("RGB")
    assert (168, 67, 15) in {colour for _, colour in page.getcolors(page.width**2)}


@pytest.mark.parametrize("name", ["report_pdf", "case_pdf"])
def test_pdf_is_quick_and_small(done, alice_client, name):
    start = processor_seconds()

    content = pdf_of(alice_client, done, name).content

    assert processor_seconds() - start <= MOST_SECONDS * PATIENCE
    assert len(content) <= MOST_BYTES


def processor_seconds():
    """Of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_first_page_of_the_longest_case_holds_all_that_a_talk_needs(
    alice, alice_client
):
    """The most must-haves, every requirement short, five skills planned, long texts."""
    framework = make_shipped_framework()
    spec = spec_of(framework)
    level = max(spec.levels, key=lambda each: len(spec.must_have_keys(each)))
    short = {item.skill: max(item.required - 1, 0) for item in level.requirements}
    report = make_assessment(
        owner=alice, target=level.key, ratings=short, framework=framework, submit=True
    )
    planned = [(item.skill, item.required) for item in level.requirements[:5]]
    plan = make_plan(
        alice,
        *(
            (*step, f"Step {n}. " + "ordinary words " * 12)
            for n, step in enumerate(planned)
        ),
        framework=framework,
        target=level.key,
    )
    asks, agreed = ("The words of it. " * 24)[:390] + "asked", "Word and word. " * 26
    start_plan(
        owner=alice,
        spec=spec,
        level=level,
        asks=asks,
        agreed=agreed,
        agreed_until=date(2026, 12, 31),
    )

    content = alice_client.get(
        reverse("assessment:case_pdf", args=[report.uid])
    ).content
    first, second, *_ = (" ".join(text.split()) for text in texts_of(content))

    said = [
        f"Readiness {report.score} of 100",
        *(spec.skills_by_key[item.skill].name for item in level.requirements),
        *(f"Step {n}." for n in range(3)),
        "asked",
        "The manager’s view",
        "Until 31 December 2026.",
        "Date, manager",
        "it is not a promotion decision.",
    ]
    assert len(spec.must_have_keys(level)) == 12
    assert [each for each in said if each not in first] == []
    assert [n for n in (3, 4) if f"Step {n}." in first] == []
    assert second.startswith("Every requirement, by group")
    assert plan.items.count() == 5


def test_links_of_a_pdf_lead_to_the_site():
    content = make_pdf('<html lang="en"><title>x</title><a href="/a/">x</a>', ADDRESS)

    link = PdfReader(io.BytesIO(content)).pages[0]["/Annots"][0].get_object()
    assert link["/A"]["/URI"] == "https://guide.example/a/"


def test_a_pdf_loads_nothing_but_static_files(caplog):
    addresses = [
        "http://127.0.0.1:9/a.png",
        "/a.png",
        "file:///etc/passwd",
        "data:image/png,a",
        "https://static.invalid/../manage.py",
    ]
    images = "".join(f'<img alt="x" src="{address}">' for address in addresses)

    make_pdf(f'<html lang="en"><title>x</title>{images}', ADDRESS)

    assert caplog.text.count("Failed to load image") == len(addresses)
    assert caplog.text.count("A PDF loads nothing but our own files") == 4
    assert caplog.text.count("SuspiciousFileOperation") == 1


def test_where_no_pdf_can_be_made_the_page_says_how_to_print(
    done, alice_client, monkeypatch
):
    uninstall(monkeypatch)

    response = pdf_of(alice_client, done)

    assert response.status_code == 501
    assert "choose Print" in response.content.decode()
    assert "Retry-After" not in response


def test_without_the_systems_library_the_menu_says_print(
    done, alice_client, monkeypatch
):
    monkeypatch.setattr(pdf_file, "find_library", lambda name: None)
    pdf_file.can_make_pdf.cache_clear()

    menu = alice_client.get(done.get_absolute_url()).content.decode()

    assert "PDF with your notes" not in menu
    assert "print dialog can save this page as a PDF" in menu
    assert pdf_of(alice_client, done).status_code == 501


def test_a_missing_library_is_told_from_a_failure(done, alice_client, monkeypatch):
    script = f"""
import runpy, sys
sys.modules["weasyprint"] = None
runpy.run_module({pdf_process.__name__!r}, run_name="__main__")
"""
    monkeypatch.setattr(pdf_file, "COMMAND", [sys.executable, "-c", script])

    assert pdf_of(alice_client, done).status_code == 501


def test_the_report_offers_a_pdf_where_one_can_be_made(done, alice_client, monkeypatch):
    # Without `download`, with which a browser hides the page that says "try again".
    address = reverse("assessment:report_pdf", args=[done.uid])
    links = [f'href="{address}{query}">' for query in ("", "?notes=no")]

    page = alice_client.get(done.get_absolute_url()).content.decode()
    uninstall(monkeypatch)
    without = alice_client.get(done.get_absolute_url()).content.decode()

    assert [link in page for link in links] == [True, True]
    assert address not in without
