"""What two results have in common when they stand side by side."""

import math
from dataclasses import dataclass

from assessment import charts, sentences
from assessment.scoring import Result, Scored, Status
from careers.shape import CareerLevel
from careers.words import counted

NOT_MEASURED, NOT_KNOWN = "not measured", "not known"
_LABELS = ("Readiness", "Verdict", "Likely range", "Must-haves", "Requirements")


@dataclass(frozen=True, slots=True)
class PairFact:
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class PairCell:
    """One skill on one side: a mark, a text, and what it costs."""

    mark: charts.GapMark
    text: str
    tag: str
    note: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """One skill on both sides; `tag` and `aside` are about the skill itself."""

    name: str
    url: str
    tag: str
    aside: str
    first: PairCell
    second: PairCell


def headlines(
    first: tuple[CareerLevel, Result], second: tuple[CareerLevel, Result]
) -> list[PairFact]:
    """The headline of two results, each with the career level that it is for."""
    pair = zip(_LABELS, _headline(*first), _headline(*second), strict=True)
    return [PairFact(label, one, other) for label, one, other in pair]


def _headline(level: CareerLevel, result: Result) -> list[str]:
    total = len(level.must_haves)
    if not isinstance(result, Scored):
        asked = f"{counted(total, 'must-have', 'must-haves')} asked"
        return [NOT_MEASURED, NOT_MEASURED, NOT_KNOWN, asked, NOT_KNOWN]
    low, high = result.likely_range
    title = sentences.BAND_TITLES[result.band]
    provisional = result.status is Status.PROVISIONAL
    met = total - len(result.open_must_haves)
    return [
        str(result.display.score),
        f"{title}, provisional" if provisional else title,
        sentences.span(math.floor(low), math.ceil(high)),
        f"{met} of {total} met" if total else "none asked",
        f"{result.requirements_met} of {result.requirements_total} met",
    ]
