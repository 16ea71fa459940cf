"""The same answers against the other career levels of the framework."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from assessment import charts, scoring, sentences
from assessment.measuring import Fit, fits, losses, measure
from assessment.report.case import Case
from assessment.scoring import Status
from assessment.sentences import printed
from careers.addresses import level_url
from careers.pages.words import kicker
from careers.shape import CareerLevel

MOST_DECIDING = 3
MOST_BEST = 3


@dataclass(frozen=True, slots=True)
class Deciding:
    """A skill that decides a score: the points that it lacks, and whether it holds others."""

    name: str
    lost: str
    holds: bool


@dataclass(frozen=True, slots=True)
class FitRow:
    """One career level. Without a score, `missing` says what to answer."""

    key: str
    name: str
    url: str
    kind: str
    target: bool
    bar: charts.LadderBar
    score: int | None
    ready_cut: int
    ready: bool
    band: str
    deciding: tuple[Deciding, ...]
    missing: str


def all_fits(case: Case) -> list[FitRow]:
    """Every career level, the most ready first; those that are not measured last."""
    return _rows(case, case.spec.levels)


def best_fits(case: Case) -> list[FitRow]:
    """The few other careers that the answers fit best: neither the ladder nor the target."""
    apart = {rung.key for rung in case.spec.ladder} | {case.level.key}
    others = [level for level in case.spec.levels if level.key not in apart]
    return _rows(case, others, most=MOST_BEST)


def _rows(case: Case, levels: Iterable[CareerLevel], most: int | None = None):
    found = fits(case.spec, case.answers, case.parameters)
    ranked = sorted(levels, key=lambda level: _rank(found[level.key]))
    return [_row(case, level, found[level.key]) for level in ranked[:most]]


def _rank(fit: Fit):
    readiness = fit.headline.readiness
    return (readiness is None, -(readiness or 0))


def _row(case: Case, level: CareerLevel, fit: Fit) -> FitRow:
    headline = fit.headline
    drawn, score, deciding, missing = _drawn(fit), None, (), ""
    if headline.readiness is None:
        missing = _missing(case, level)
    else:
        score, deciding = _whole(case, headline), _deciding(case, level)
    return FitRow(
        key=level.key,
        name=level.short_title,
        url=level_url(case.spec, level.key),
        kind=kicker(case.spec, level),
        target=level.key == case.level.key,
        bar=drawn,
        score=score,
        ready_cut=fit.ready_cut,
        ready=headline.band is scoring.Band.READY,
        band=_verdict(headline),
        deciding=deciding,
        missing=missing,
    )


def _drawn(fit: Fit) -> charts.LadderBar:
    readiness, coverage = fit.headline.readiness, fit.headline.coverage
    if readiness is None or coverage is None:
        return charts.ladder_bar(None, ready_cut=fit.ready_cut)
    tenths = math.floor(10 * readiness)
    held = math.floor(10 * coverage) - tenths
    return charts.ladder_bar(tenths, held_tenths=held, ready_cut=fit.ready_cut)


def _whole(case: Case, headline: scoring.Readiness) -> int:
    whole = math.floor(headline.readiness or 0)
    provisional = headline.status is Status.PROVISIONAL
    return min(whole, case.parameters.provisional_cap) if provisional else whole


def _verdict(headline: scoring.Readiness) -> str:
    if headline.band is None:
        return "Not measured"
    provisional = headline.status is Status.PROVISIONAL
    return sentences.band_at(headline.band, provisional=provisional)


def _deciding(case: Case, level: CareerLevel) -> tuple[Deciding, ...]:
    lost = losses(case.spec, level, case.answers, case.parameters)
    return tuple(
        Deciding(case.names[loss.key], printed(loss.tenths), loss.is_binding)
        for loss in lost[:MOST_DECIDING]
    )


def _missing(case: Case, level: CareerLevel) -> str:
    result = measure(case.spec, level, case.answers, case.parameters)
    return sentences.not_measured(result, case.names)
