"""The scoring in plain words: the engine's own numbers, and one sum that it works out.

No number of the model is written here; all come from its parameters or its result.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from statistics import NormalDist

from assessment import scoring, sentences
from assessment.scoring import (
    Band,
    Confidence,
    Evidence,
    Parameters,
    Scored,
    SkillInput,
)
from assessment.sentences import decimal, printed
from careers.words import counted, in_words, listed

# Example 2 of docs/scoring.md.
WORKED = (
    SkillInput("Planning", 4, 5, must_have=True, rating=2),
    SkillInput("Risk", 4, 4, rating=5),
    SkillInput("Architecture", 3, 3, rating=5),
    SkillInput("Metrics", 2, 2, rating=4),
    SkillInput("Communication", 4, 5, must_have=True, rating=2),
    SkillInput("Negotiation", 3, 1, rating=3),
)


@dataclass(frozen=True, slots=True)
class WorkedRow:
    """One skill of the example: what is asked, answered and earned."""

    name: str
    must_have: bool
    asked: int
    importance: int
    rating: int
    reached: str
    earned: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A whole sum, from ratings to readiness."""

    rows: tuple[WorkedRow, ...]
    coverage: str
    short: str
    ceiling: str
    readiness: str
    score: int
    held: str
    band: str
    binding: str
    alone: str
    together: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class BandRow:
    """One verdict, and what it needs on both rails."""

    step: int
    title: str
    coverage: str
    must_haves: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One answer about an answer, and what it does to the range."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class HowPage:
    top: int
    lowest_importance: int
    highest_importance: int
    points_per_level: int
    most_with_one_short: int
    answered_share: str
    left_out_share: str
    provisional_cap: int
    cut_ready: int
    step_share: str
    bands: tuple[BandRow, ...]
    range_share: str
    spread: tuple[Weight, ...]
    evidence: tuple[Weight, ...]
    shift: str
    must_have_factor: str
    version: str
    worked: Worked


@cache
def how_page() -> HowPage:
    """Everything that the page says in numbers; the same for every visitor."""
    use = scoring.PARAMETERS[scoring.SCORING_VERSION]
    per_level = use.ceiling_span // use.scale_top
    return HowPage(
        top=use.scale_top,
        lowest_importance=use.weight_scale[0],
        highest_importance=use.weight_scale[1],
        points_per_level=per_level,
        most_with_one_short=100 - per_level,
        answered_share=_per_cent(use.min_answered_share),
        left_out_share=_per_cent(use.max_not_applicable_share),
        provisional_cap=use.provisional_cap,
        cut_ready=use.cut_ready,
        step_share=_share(use.step_share_ready),
        bands=_bands(use),
        range_share=_per_cent(2 * NormalDist().cdf(float(use.range_z)) - 1),
        spread=_spread(use),
        evidence=_evidence(use),
        shift=decimal(use.what_if_shift),
        must_have_factor=in_words(1 + use.must_have_bonus),
        version=use.version,
        worked=_worked(),
    )


# The parameters in words
# --------------------------------------------------------------------------------------


def _per_cent(share: Fraction | float) -> str:
    return f"{round(100 * share)} %"


def _share(share: Fraction) -> str:
    return "half" if share == Fraction(1, 2) else _per_cent(share)


def _bands(use: Parameters) -> tuple[BandRow, ...]:
    """The highest first; the last one is for everything else."""
    cuts = (use.cut_ready, use.cut_nearly, use.cut_developing, use.cut_foundation)
    rails = zip(cuts, use.must_have_rail, strict=True)
    rows = [(f"{cut} or more", _short(gap)) for cut, gap in rails]
    rows.append((f"below {cuts[-1]}", "whatever the must-haves"))
    bands = reversed(scoring.BANDS)
    return tuple(
        BandRow(sentences.band_step(band), sentences.BAND_TITLES[band], *row)
        for band, row in zip(bands, rows, strict=True)
    )


def _short(levels: scoring.Number) -> str:
    if not levels:
        return "every must-have met"
    return f"must-haves at most {counted(int(levels), 'level', 'levels')} short"


def _spread(use: Parameters) -> tuple[Weight, ...]:
    words = {
        Confidence.HIGH: "Very sure",
        Confidence.MEDIUM: "Fairly sure",
        Confidence.LOW: "Not very sure",
    }
    return tuple(
        Weight(label, f"{decimal(use.confidence_spread[word])} of a level")
        for word, label in words.items()
    )


def _evidence(use: Parameters) -> tuple[Weight, ...]:
    words = {
        Evidence.NONE: "Nothing",
        Evidence.DESCRIBED: "A note",
        Evidence.LINKED: "A link",
    }
    return tuple(
        Weight(label, f"{_per_cent(use.evidence_factor[word])} of that")
        for word, label in words.items()
    )


# The worked example
# --------------------------------------------------------------------------------------


def _worked() -> Worked:
    result = scoring.score(WORKED)
    low, high = result.likely_range
    tenths = math.floor(10 * result.ceiling)
    return Worked(
        rows=tuple(_row(skill, result) for skill in WORKED),
        coverage=printed(result.display.coverage_tenths),
        short=counted(int(result.worst_must_have_gap), "level", "levels"),
        ceiling=printed(tenths),
        readiness=printed(result.display.readiness_tenths),
        score=result.display.score,
        held=printed(result.display.held_tenths),
        band=sentences.BAND_TITLES[Band(result.band)],
        binding=listed([name.lower() for name in result.binding]),
        alone=_gain(max(g.step_gain for g in result.gaps if g.pinned)),
        together=_gain(result.bundle_gain),
        low=math.floor(low),
        high=math.ceil(high),
    )


def _row(skill: SkillInput, result: Scored) -> WorkedRow:
    whole = sum(each.weight for each in WORKED)
    most = math.floor(Fraction(1000 * skill.weight, whole))
    return WorkedRow(
        name=skill.key,
        must_have=skill.must_have,
        asked=skill.required,
        importance=skill.weight,
        rating=skill.rating,
        reached=_per_cent(result.attainment[skill.key]),
        earned=f"{printed(result.display.earned_tenths[skill.key])} of {printed(most)}",
    )


def _gain(points: Fraction) -> str:
    return f"+{printed(round(10 * points))}"
