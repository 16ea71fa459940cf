"""The application kit: a person's own words, and nothing else."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer
from assessment.kit_page import MOST_IN_LETTER, in_one_line, kit_page
from assessment.report import report_of
from tests.factories import SKILLS, make_assessment, small_spec
from tests.reading import elements, links, section, texts

MET = 3  # of every skill at the rung TPM
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def case_with(notes, value=MET):
    """Every skill rated alike, with notes by skill key."""
    spec = small_spec()
    level = spec.levels_by_key["tpm"]
    answers = {
        key: Answer(value=value, note=notes.get(key, "")) for key in spec.skills_by_key
    }
    return report_of(spec, level, answers)


def words(text):
    return set(re.findall(r"\w+", text))


def page(name, assessment):
    return reverse(f"assessment:{name}", args=[assessment.uid])


@given(TEXTS)
def test_a_line_holds_no_word_that_the_person_did_not_write(note):
    lines = kit_page(case_with({"testing": note})).lines

    assert words(lines) <= words("Testing") | words(note)
    assert words(note) <= words(lines) or not note.strip()


@pytest.mark.parametrize(
    ("note", "lines"),
    [
        ("Kept\r\n\tthree teams\u2028on one date.", 1),
        ("Kept three teams\x00on one\x85date.", 1),
        (" \n\x07 ", 0),
    ],
)
def test_a_note_makes_one_line_or_none(note, lines):
    kit = kit_page(case_with({"testing": note}))

    assert kit.lines == "- Testing: Kept three teams on one date." * lines
    assert ("Testing" in [each.name for each in kit.unwritten]) == (not lines)


def test_signs_that_make_up_a_word_stay_together():
    assert in_one_line("क्‍ष 👩‍💻") == "क्‍ष 👩‍💻"


def test_lines_begin_with_must_haves_and_what_counts_most():
    kit = kit_page(case_with({key: f"Did {key}." for key in SKILLS}))

    assert kit.lines.splitlines() == [
        "- Planning: Did planning.",
        "- Communication: Did communication.",
        "- Tooling: Did tooling.",
        "- Testing: Did testing.",
        "- Leadership: Did leadership.",
    ]
    assert kit.unwritten == ()


def test_only_strengths_are_in_the_kit():
    case = case_with(dict.fromkeys(SKILLS, "Did it."))
    answers = case.answers | {"tooling": replace(case.answers["tooling"], value=1)}

    kit = kit_page(replace(case, answers=answers))

    assert "Tooling" not in kit.lines
    assert kit.unwritten == ()


def test_letter_has_the_first_lines_and_leaves_the_rest_to_the_person():
    kit = kit_page(case_with(dict.fromkeys(SKILLS, "Did it.")))

    first = kit.lines.splitlines()[:MOST_IN_LETTER]
    assert [line for line in kit.letter.splitlines() if line[:1] == "-"] == first
    assert "the role of TPM at [company]" in kit.letter


@pytest.mark.parametrize(
    ("value", "said", "unwritten"),
    [(MET, "No strength has a note", 5), (0, "is met", 0)],
)
def test_without_a_line_the_kit_says_what_a_line_needs(value, said, unwritten):
    kit = kit_page(case_with({}, value))

    assert kit.lines == ""
    assert said in kit.no_lines
    assert len(kit.unwritten) == unwritten
    assert "- [Something that you did" in kit.letter


# The page
# ------------------------------------------------------------------------------------


@pytest.fixture
def done(framework, alice):
    said = dict.fromkeys(SKILLS, Answer(value=MET))
    said["planning"] = Answer(value=MET, note="Kept <b>three</b> teams\non one date.")
    return make_assessment(owner=alice, ratings=said, submit=True)


def test_page_shows_texts_to_edit_and_points_to_what_is_missing(done, alice_client):
    response = alice_client.get(page("kit", done))

    texts_to_edit = texts(response, "textarea")
    assert texts_to_edit[0] == "- Planning: Kept <b>three</b> teams on one date."
    assert texts_to_edit[1].startswith("Dear [name],")
    assert "Tooling When did tooling help?" in section(response, "unwritten")
    assert "is not stored" in section(response, "resume")


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
