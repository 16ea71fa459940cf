"""A PDF never says another sign than the one that was written, where no font has it."""

import json
import sys

import pytest
from django.urls import reverse

from assessment.answers import Answer
from assessment.exports import pdf_file
from assessment.exports.signs import STAND_IN, lacking
from tests.factories import make_assessment
from tests.reading import links, texts

pytestmark = pytest.mark.django_db

UNDRAWN = "\U0010fffd"  # for private use, at the end of all: no font has it


@pytest.fixture(autouse=True)
def looked_up_anew():
    """What is installed is looked up once a process; here it changes."""
    yield
    pdf_file.can_make_pdf.cache_clear()


@pytest.fixture
def undrawn(alice, framework):
    """A report with a note that holds a sign which no font draws."""
    note = Answer(value=3, note=f"An owl {UNDRAWN} and a ß")
    known = {"tooling": 3, "testing": 2, "communication": 3, "leadership": 2}
    return make_assessment(
        owner=alice, ratings={"planning": note, **known}, submit=True
    )


def pdf_of(client, assessment, name="report_pdf", **chosen):
    return client.get(reverse(f"assessment:{name}", args=[assessment.uid]), chosen)


@pytest.mark.parametrize("name", ["report_pdf", "case_pdf"])
def test_signs_without_a_font_are_named_before_there_is_a_pdf(
    undrawn, alice_client, name
):
    page = pdf_of(alice_client, undrawn, name)

    assert page.status_code == 409
    assert texts(page, "h1") == ["The PDF would lack one sign"]
    assert UNDRAWN in texts(page, "p", "prose")
    assert links(page)["Make it all the same"] == "?signs=lacking"


def test_a_pdf_without_notes_lacks_nothing_of_them(undrawn, alice_client, quick_pdf):
    file = pdf_of(alice_client, undrawn, notes="no")

    assert file["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("name", ["report_pdf", "case_pdf"])
def test_a_pdf_says_of_no_sign_what_it_is_not(undrawn, alice_client, monkeypatch, name):
    """The process that makes it is sent the note as it will be read."""
    script = "import sys; sys.stdout.write('%PDF-' + sys.stdin.read())"
    monkeypatch.setattr(pdf_file, "COMMAND", [sys.executable, "-c", script])

    content = pdf_of(alice_client, undrawn, name, signs="lacking").content

    html = json.loads(content.removeprefix(b"%PDF-"))["html"]
    assert f"An owl {STAND_IN} and a ß" in html
    assert UNDRAWN not in html


def test_what_no_font_need_draw_is_not_lacking():
    assert lacking(f"a\n\tb\u00a0\u200d\ufe0f{UNDRAWN}b{UNDRAWN}") == [UNDRAWN]


def test_without_the_list_of_fonts_there_is_no_pdf(undrawn, alice_client, monkeypatch):
    pdf_file.can_make_pdf.cache_clear()
    monkeypatch.setenv("PATH", "")

    assert pdf_of(alice_client, undrawn).status_code == 501
