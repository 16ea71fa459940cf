"""Public text is plain English: short sentences, few long words."""

import re
from statistics import median

import pytest

from tests.factories import make_shipped_framework
from tests.guides import make_shipped_guide
from tests.reading import texts
from tests.site import walk

# LIX (Björnsson 1968): words in a sentence, plus percent of words of seven letters and
# more. 30 to 40 is easy, 40 to 50 a newspaper; readers of level B1 manage about 45. The
# hardest page lists one dense sentence for each level; most are far below.
HARDEST_PAGE, MEDIAN_PAGE = 52, 38
SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FEWEST = 60  # words, below which a figure says nothing


def lix(sentences):
    """The reading level of sentences."""
    words = [WORD.findall(sentence) for sentence in sentences]
    every = [word for sentence in words for word in sentence]
    long = sum(len(word) > 6 for word in every)
    return len(every) / len(words) + 100 * long / len(every)


def prose(page):
    """The whole sentences of a page: what stands in paragraphs and ends with a stop."""
    found = [text for tag in ("p", "dd", "li") for text in texts(page, tag)]
    whole = [text for text in dict.fromkeys(found) if text.endswith((".", "?", "!"))]
    parts = [part for text in whole for part in SENTENCE.split(text)]
    return [part for part in parts if len(WORD.findall(part)) > 2]


@pytest.fixture
def public(db):
    make_shipped_framework()
    make_shipped_guide()
    return walk().public()


@pytest.mark.slow
def test_public_text_is_plain(public):
    levels = {
        path: lix(said)
        for path, page in public.items()
        if len(" ".join(said := prose(page)).split()) >= FEWEST
    }

    assert len(levels) > 50
    assert {path: level for path, level in levels.items() if level > HARDEST_PAGE} == {}
    assert median(levels.values()) <= MEDIAN_PAGE


def test_a_hard_text_is_caught():
    hard = [
        "The organizational implementation of interdepartmental communication "
        "strategies necessitates comprehensive stakeholder identification"
    ]

    assert lix(hard) > HARDEST_PAGE
    assert lix(["The cat sat on the mat and saw a dog run by"]) < 20
