"""Finds texts by words: their beginnings count, and typing mistakes are forgiven. Pure.

An index is built once and asked often. It lives in memory and is the same whatever the
database. Knows nothing of what the texts are about.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

WORD = re.compile(r"[^\W_]+")
SENTENCE_END = re.compile(r"[.?!:]\s+")
MOST_WORDS = 8  # of a question; what comes after narrows nothing down
SHORTEST_BEGINNING = 2
SHORTEST_WITH_MISTAKE = 4
ALIKE = 78  # percent: one letter wrong in five, two changed places in eight
SNIPPET = 170

# How much a word counts: as it is, as a beginning, as a mistake; in a title, in a text.
EXACT, BEGINNING, MISTAKE = 1.0, 0.7, 0.5
IN_TITLE, ALSO, IN_TEXT, MOST_OF_TEXT = 12.0, 4.0, 1.0, 3

EMPTY_WORDS = frozenset(
    word
    for line in (
        "a an and are as at be by can do does for from how i if in is it me my of on",
        "or should that the this to was what when where which who why will with you your",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found. `also` are words that lead to it and are not shown."""

    group: str
    title: str
    url: str
    text: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet; `found` where it is what was asked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    group: str
    title: str
    url: str
    snippet: tuple[Piece, ...]


def words_of(text: str) -> list[str]:
    """The words of a text in their order: small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return WORD.findall(kept)


def question_of(text: str) -> list[str]:
    """The words that a question looks for: each once, empty ones only if alone."""
    words = list(dict.fromkeys(words_of(text)))
    telling = [word for word in words if word not in EMPTY_WORDS]
    return (telling or words)[:MOST_WORDS]


class Index:
    """All documents by their words."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)
        for place, document in enumerate(self.documents):
            for word, weight in _weights(document).items():
                self._weights[word][place] = weight
        self._words = sorted(self._weights)
        self._titles = [" ".join(words_of(each.title)) for each in self.documents]

    def find(self, text: str, *, most: int) -> list[Hit]:
        """At most so many documents that answer the question, the best first.

        Documents that hold all of its words come alone; where none does, those that hold
        the most of them.
        """
        question = [self._alike(word) for word in question_of(text)]
        scores: dict[int, float] = defaultdict(float)
        held: Counter[int] = Counter()
        for alike in question:
            best = self._best(alike)
            held.update(best.keys())
            for place, score in best.items():
                scores[place] += score
        all_words = max(held.values(), default=0)
        found = [place for place, count in held.items() if count == all_words]
        found.sort(key=lambda place: (-scores[place], place))
        shown = {word for alike in question for word in alike}
        return [self._hit(place, shown) for place in found[:most]]

    def nearest_titles(self, text: str, *, most: int) -> list[Document]:
        """Documents whose titles are the least unlike a question that found nothing."""
        asked = " ".join(question_of(text))
        if not asked:
            return []
        alike = process.extract(
            asked, self._titles, scorer=fuzz.WRatio, score_cutoff=60, limit=most
        )
        return [self.documents[place] for _, _, place in alike]

    def _alike(self, word: str) -> dict[str, float]:
        """{word of the index that is meant: how surely}."""
        alike = self._beginning_with(word)
        if word in self._weights:
            alike[word] = EXACT
        if alike or len(word) < SHORTEST_WITH_MISTAKE:
            return alike
        near = process.extract(
            word, self._words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5
        )
        return {known: MISTAKE * score / 100 for known, score, _ in near}

    def _beginning_with(self, word: str) -> dict[str, float]:
        if len(word) < SHORTEST_BEGINNING:
            return {}
        alike = {}
        for known in self._words[bisect_left(self._words, word) :]:
            if not known.startswith(word):
                break
            alike[known] = BEGINNING
        return alike

    def _best(self, alike: dict[str, float]) -> dict[int, float]:
        """{place of a document: what it scores for one word of the question}."""
        best: dict[int, float] = {}
        for word, sureness in alike.items():
            holding = self._weights[word]
            rare = math.log(1 + len(self.documents) / len(holding))
            for place, weight in holding.items():
                score = sureness * rare * weight
                best[place] = max(score, best.get(place, 0))
        return best

    def _hit(self, place: int, words: set[str]) -> Hit:
        document = self.documents[place]
        snippet = _snippet(document.text, words)
        return Hit(document.group, document.title, document.url, snippet)


def _weights(document: Document) -> dict[str, float]:
    """{word: how much the document is about it}."""
    counts = Counter(words_of(document.text))
    weights = {
        word: IN_TEXT * min(count, MOST_OF_TEXT) for word, count in counts.items()
    }
    for word in words_of(document.also):
        weights[word] = weights.get(word, 0) + ALSO
    title = words_of(document.title)
    for word in title:  # the fewer words, the more each says
        weights[word] = weights.get(word, 0) + IN_TITLE / math.sqrt(len(title))
    return weights


def _snippet(text: str, words: set[str]) -> tuple[Piece, ...]:
    """The part of a text around the first word found, with all that was found marked."""
    spots = [
        spot.span() for spot in WORD.finditer(text) if words & set(words_of(spot[0]))
    ]
    start = _start_of_snippet(text, spots[0][0] if spots else 0)
    end = len(text)
    if end - start > SNIPPET:
        end = text.rfind(" ", start, start + SNIPPET)
        end = end if end > start else start + SNIPPET
    inside = [spot for spot in spots if start <= spot[0] and spot[1] <= end]
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return tuple(_pieces(before, text[start:end], after, inside, start))


def _start_of_snippet(text: str, first: int) -> int:
    """The beginning of the sentence that holds the place `first`, or of a word near it."""
    sentence = max(
        (end.end() for end in SENTENCE_END.finditer(text, 0, first)), default=0
    )
    if first - sentence < SNIPPET // 2:
        return sentence
    return text.rfind(" ", 0, first - SNIPPET // 4) + 1


def _pieces(
    before: str, text: str, after: str, spots: Sequence[tuple[int, int]], shift: int
) -> Iterable[Piece]:
    done = 0
    lead = before
    for begin, end in spots:
        if plain := lead + text[done : begin - shift]:
            yield Piece(plain, found=False)
        lead = ""
        yield Piece(text[begin - shift : end - shift], found=True)
        done = end - shift
    if rest := lead + text[done:] + after:
        yield Piece(rest, found=False)
