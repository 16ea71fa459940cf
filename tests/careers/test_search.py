"""Words to documents: beginnings, mistakes, order, snippets. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.search import MOST_WORDS, Document, Index, question_of, words_of
from tests.factories import shipped_spec

RISK = Document(
    "Skills", "Risk management", "/risk/", "Spot what could go wrong early."
)
TALK = Document("Skills", "Communication", "/talk/", "Say what the risk is, plainly.")
PAY = Document("Pages", "Pay", "/pay/", "Medians by level.", also="salary")
INDEX = Index([RISK, TALK, PAY])


def titles(text, index=INDEX):
    return [hit.title for hit in index.find(text, most=10)]


def marked(text, index=INDEX):
    """The snippet of the best hit, with what was found in brackets."""
    pieces = index.find(text, most=1)[0].snippet
    return "".join(f"[{each.text}]" if each.found else each.text for each in pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("communication", ["Communication"]),
        ("COMMUNICATION", ["Communication"]),
        ("commun", ["Communication"]),
        ("comunication", ["Communication"]),
        ("commnuication", ["Communication"]),
        ("cömmunicatiön", ["Communication"]),
        ("risk", ["Risk management", "Communication"]),
        ("risk plainly", ["Communication"]),
        ("salary", ["Pay"]),
        ("what is the risk", ["Risk management", "Communication"]),
        ("risk zebra", ["Risk management", "Communication"]),
        ("zebra", []),
        ("r", []),
        ("", []),
        ("?!", []),
        ("\x00\x1f", []),
    ],
)
def test_words_find_documents_the_best_first(text, expected):
    assert titles(text) == expected


def test_no_more_is_found_than_asked_for():
    assert len(INDEX.find("risk", most=1)) == 1


def test_snippet_marks_what_was_found():
    assert marked("risk plain") == "Say what the [risk] is, [plainly]."
    assert marked("salary") == "Medians by level."


def test_snippet_begins_with_the_sentence_of_the_word():
    text = f"{'Other words. ' * 20}Here is a beacon. {'More words follow. ' * 20}"
    index = Index([Document("A", "A", "/a/", text)])

    snippet = marked("beacon", index)

    assert snippet.startswith("… Here is a [beacon]. More")
    assert snippet.endswith(" …")
    assert len(snippet) < 190


def test_snippet_of_one_endless_word_is_cut():
    index = Index([Document("A", "A", "/a/", "x" * 5000)])

    assert len(marked("xxxx", index)) < 190


def test_nearest_titles_are_offered():
    assert INDEX.nearest_titles("risc managment", most=2)[0] == RISK
    assert INDEX.nearest_titles("", most=2) == []


def test_a_question_is_its_telling_words():
    assert question_of("What does a TPM do?") == ["tpm"]
    assert question_of("who is it") == ["who", "is", "it"]
    assert len(question_of(" ".join(f"w{n}" for n in range(99)))) == MOST_WORDS


@given(st.text(max_size=300))
def test_any_text_may_be_looked_for(text):
    for hit in INDEX.find(text, most=3):
        assert "".join(piece.text for piece in hit.snippet).strip("… ")


@pytest.mark.parametrize("skill", shipped_spec().skills, ids=lambda skill: skill.key)
def test_a_misspelt_skill_is_found(skill):
    index = Index(
        Document("Skills", each.name, each.key, each.description)
        for each in shipped_spec().skills
    )
    longest = max(words_of(skill.name), key=len)
    misspelt = longest[:2] + longest[3:]  # a letter is missing

    assert skill.name in titles(misspelt, index)
