"""Words to documents: beginnings, mistakes, order, snippets. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.search import (
    MOST_WORDS,
    Document,
    Group,
    Index,
    index_of,
    question_of,
    snippet,
    words_of,
)
from tests.factories import changed_skill, shipped_spec, small_spec
from tests.guides import small_guide

RISK = Document(
    Group.SKILLS, "Risk management", "/risk/", "Spot what could go wrong early."
)
TALK = Document(
    Group.SKILLS, "Communication", "/talk/", "Say what the risk is, plainly."
)
PAY = Document(Group.PAGES, "Pay", "/pay/", "Medians by level.", also="salary")
INDEX = Index([RISK, TALK, PAY])


def titles(text, index=INDEX):
    found, _ = index.find(text)
    return [document.title for document in found]


def marked(text, index=INDEX):
    """The snippet of the best hit, with what was found in brackets."""
    (best, *_), words = index.find(text)
    pieces = snippet(best.text, words)
    return "".join(f"[{text}]" if found else text for text, found in pieces)


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
        ("pa", ["Pay"]),
        ("p", []),
        ("wrng", ["Risk management"]),
        ("sot", []),  # too short to be a mistake of "spot"
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


def test_a_title_counts_for_more_than_a_hint_and_a_hint_for_more_than_a_text():
    index = Index(
        [
            Document(Group.PAGES, "Beacons", "/text/", "How to light a fire."),
            Document(Group.SKILLS, "Signals", "/also/", "By night.", also="fire"),
            Document(Group.ANSWERS, "Put out a fire with water", "/title/", "Run."),
        ]
    )

    found, _ = index.find("fire")

    assert [each.url for each in found] == ["/title/", "/also/", "/text/"]


def test_a_word_of_one_letter_is_found_as_it_is():
    index = Index([Document(Group.SKILLS, "C and R", "/c/", "Cobol.")])

    assert (titles("c", index), titles("d", index)) == (["C and R"], [])


def test_of_equals_the_kind_comes_first_and_then_the_title_most_like_the_question():
    index = Index(
        [
            Document(Group.ACTIONS, "Go through the log of a risk", "/3/", ""),
            Document(Group.ACTIONS, "Find a risk", "/2/", ""),
            Document(Group.SKILLS, "Management of every kind of risk", "/1/", ""),
        ]
    )

    assert [each.url for each in index.find("risk")[0]] == ["/1/", "/2/", "/3/"]


def test_snippet_marks_what_was_found():
    assert marked("risk plain") == "Say what the [risk] is, [plainly]."
    assert marked("salary") == "Medians by level."


def test_snippet_begins_with_the_sentence_of_the_word():
    text = f"{'Other words. ' * 20}Here is a beacon. {'More words follow. ' * 20}"
    index = Index([Document(Group.SKILLS, "A", "/a/", text)])

    snippet = marked("beacon", index)

    assert snippet.startswith("… Here is a [beacon]. More")
    assert snippet.endswith(" …")
    assert len(snippet) < 190


def test_snippet_of_an_endless_sentence_begins_near_the_word():
    text = f"{'words and ' * 40}a beacon {'and words ' * 40}"
    index = Index([Document(Group.SKILLS, "A", "/a/", text)])

    snippet = marked("beacon", index)

    assert "[beacon]" in snippet
    assert len(snippet) < 190


def test_snippet_of_one_endless_word_is_cut():
    index = Index([Document(Group.SKILLS, "A", "/a/", "x" * 5000)])

    assert len(marked("xxxx", index)) < 190


def test_nearest_titles_are_offered():
    assert INDEX.nearest_titles("risc managment")[0] == RISK
    assert INDEX.nearest_titles("") == []


def test_a_question_is_its_telling_words():
    assert question_of("What does a TPM do?") == ["tpm"]
    assert question_of("who is it") == ["who", "is", "it"]
    assert len(question_of(" ".join(f"w{n}" for n in range(99)))) == MOST_WORDS


@given(st.text(max_size=300))
def test_any_text_may_be_looked_for(text):
    found, words = INDEX.find(text)
    for document in found:
        shown = "".join(piece for piece, _ in snippet(document.text, words))
        assert shown == document.text


@pytest.mark.parametrize("skill", shipped_spec().skills, ids=lambda skill: skill.key)
def test_a_misspelt_skill_is_found(skill):
    index = Index(
        Document(Group.SKILLS, each.name, each.key, each.description)
        for each in shipped_spec().skills
    )
    longest = max(words_of(skill.name), key=len)
    misspelt = longest[:2] + longest[3:]  # a letter is missing

    assert skill.name in titles(misspelt, index)


# What can be found
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"example": "You drew a quokka."}, ["Planning"]),
        ({"evidence_prompts": ("Which quokka did you draw?",)}, ["Planning"]),
        ({"basis": "The book of the quokka."}, ["Planning"]),
        ({"replaces": ("quokka",)}, []),  # a key is no word of a reader
    ],
)
def test_a_skill_is_found_by_all_that_it_says(changes, found):
    spec = small_spec(skills=changed_skill("planning", **changes))

    assert titles("quokka", index_of(spec, None)) == found


def test_a_career_is_found_by_its_topics():
    spec = small_spec()
    careers = tuple(each.replaced(topics=("Quokkas",)) for each in spec.careers)

    index = index_of(spec.replaced(careers=careers), None)

    assert titles("quokka", index) == ["Cloud", "Coordinator"]


def test_a_section_is_found_by_its_facts():
    guide = small_guide()
    section = guide.pages_by_key["market"].sections[0]
    fact = section.facts[0].replaced(label="Quokkas", value="12")
    changed = section.replaced(facts=(fact,))
    market = guide.pages_by_key["market"].replaced(sections=(changed,))
    index = index_of(small_spec(), guide.replaced(pages=(market,)))

    (found,), words = index.find("quokkas")

    assert found.url == f"/market/#{section.key}"
    assert ("Quokkas", True) in snippet(found.text, words)
