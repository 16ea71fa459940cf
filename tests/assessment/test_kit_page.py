"""The application kit: a person's own words, and nothing else."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer
from assessment.report import report_of
from tests.factories import SKILLS, make_assessment, small_spec
from tests.reading import elements, links, section

MET = 3  # of every skill at the rung TPM
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def in_one_line(note):
    spec = small_spec()
    answers = {"testing": Answer(value=MET, note=note)}
    answers = dict.fromkeys(SKILLS, Answer(value=MET)) | answers
    report = report_of(spec, spec.levels_by_key["tpm"], answers)
    return report.by_key["testing"].note_in_one_line


@given(TEXTS)
def test_a_note_keeps_its_words_in_one_line(note):
    line = in_one_line(note)

    assert re.findall(r"\w+", line) == re.findall(r"\w+", note)
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("Kept\r\n\tthree teams\u2028on one date.", "Kept three teams on one date."),
        ("Kept three teams\x00on one\x85date.", "Kept three teams on one date."),
        (" \n\x07 ", ""),
        ("क्‍ष 👩‍💻", "क्‍ष 👩‍💻"),  # signs that make up a word stay together
    ],
)
def test_a_note_makes_one_line_or_none(note, line):
    assert in_one_line(note) == line


# The page
# ------------------------------------------------------------------------------------


def page(name, assessment):
    return reverse(f"assessment:{name}", args=[assessment.uid])


@pytest.fixture
def kit(framework, alice, alice_client):
    """The page of a report with these notes by skill key, every skill rated alike."""

    def kit(notes, value=MET):
        said = {key: Answer(value=value, note=notes.get(key, "")) for key in SKILLS}
        said |= {key: note for key, note in notes.items() if isinstance(note, Answer)}
        done = make_assessment(owner=alice, ratings=said, submit=True)
        return alice_client.get(page("kit", done))

    return kit


def written(response):
    """{id: text} of what can be changed, line by line."""
    found = re.findall(
        r'<textarea[^>]* id="([\w-]+)"[^>]*>\n(.*?)</textarea>',
        response.content.decode(),
        re.DOTALL,
    )
    return {key: text.split("\n") for key, text in found}


def test_lines_begin_with_must_haves_and_what_counts_most(kit):
    response = kit({key: f"Did {key}." for key in SKILLS})

    assert written(response)["kit-lines"] == [
        "- Planning: Did planning.",
        "- Communication: Did communication.",
        "- Tooling: Did tooling.",
        "- Testing: Did testing.",
        "- Leadership: Did leadership.",
    ]
    assert section(response, "unwritten") is None


def test_only_strengths_are_in_the_kit(kit):
    notes = dict.fromkeys(SKILLS, "Did it.")

    response = kit(notes | {"tooling": Answer(value=1, note="Did it.")})

    assert "Tooling" not in section(response, "resume")
    assert len(written(response)["kit-lines"]) == len(SKILLS) - 1
    assert section(response, "unwritten") is None


def test_letter_has_the_first_lines_and_leaves_the_rest_to_the_person(kit):
    response = kit(dict.fromkeys(SKILLS, "Did it."))

    assert written(response)["kit-letter"] == [
        "Dear [name],",
        "",
        "I am applying for the role of TPM at [company]. [What draws you to it.]",
        "",
        "What I bring:",
        "",
        "- Planning: Did it.",
        "- Communication: Did it.",
        "- Tooling: Did it.",
        "",
        "[One thing that you want to learn in this role.]",
        "",
        "I would like to tell you more.",
        "",
        "Kind regards,",
        "[your name]",
    ]


@pytest.mark.parametrize(
    ("value", "said", "without_note"),
    [
        (MET, "No strength has a note yet.", len(SKILLS)),
        (0, "By your own rating no requirement of this target is met yet.", 0),
    ],
)
def test_without_a_line_the_kit_says_what_a_line_needs(kit, value, said, without_note):
    response = kit({}, value)

    assert said in section(response, "resume")
    assert len(elements(response, "a", "quiet-link")) == without_note
    assert list(written(response)) == ["kit-letter"]
    assert (
        "- [Something that you did, and what came of it.]"
        in (written(response)["kit-letter"])
    )


def test_page_escapes_notes_and_points_to_what_is_missing(kit):
    response = kit({"planning": "Kept <b>three</b> teams\non one date."})

    assert written(response)["kit-lines"] == [
        "- Planning: Kept &lt;b&gt;three&lt;/b&gt; teams on one date."
    ]
    assert "Tooling When did tooling help?" in section(response, "unwritten")
    assert "is not stored" in section(response, "resume")


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, submit=True)


def test_nothing_in_the_kit_can_be_sent(done, alice_client):
    response = alice_client.get(page("kit", done))

    named = [a for a, _ in elements(response, "textarea") if "name" in a]
    assert named == []
    assert alice_client.post(page("kit", done), {"text": "x"}).status_code == 405


def test_report_leads_to_the_kit(done, alice_client):
    found = links(alice_client.get(page("report", done)))

    (to_kit,) = [
        url for text, url in found.items() if text.startswith("Write your app")
    ]
    assert to_kit == page("kit", done)
