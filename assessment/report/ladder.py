"""The same answers at every rung of the ladder."""

import math

from assessment import charts, scoring, sentences
from assessment.measuring import rung_ranges
from assessment.report.case import Case
from assessment.report.parts import LadderRow
from assessment.report.summary import printed_range
from assessment.scoring import Status
from careers.addresses import level_url
from careers.shape import CareerLevel


def ladder_note(case: Case) -> str:
    placement = case.placement
    rungs = [rung.short_title for rung in case.spec.ladder]
    level = placement.level
    next_is_stop = level is not None and placement.stopped_at == level + 1
    step = None
    if next_is_stop and placement.step_progress is not None:
        step = math.floor(100 * placement.step_progress)
    return sentences.current_level(
        level=level,
        step=step or None,
        names=rungs,
        blocked=[case.names[key] for key in placement.blocked_by]
        if next_is_stop
        else [],
        also=[rungs[held - 1] for held in placement.also_qualifies],
    )


def ladder(case: Case) -> list[LadderRow]:
    """The rungs, the highest first."""
    ranges = rung_ranges(case.spec, case.answers, case.parameters)
    rungs = zip(case.spec.ladder, case.placement.rungs, ranges, strict=True)
    return [ladder_row(case, *rung) for rung in reversed(list(rungs))]


def ladder_row(
    case: Case,
    level: CareerLevel,
    rung: scoring.Rung,
    likely: tuple[float, float] | None,
) -> LadderRow:
    readiness = coverage = None
    low, high = printed_range(likely) if likely else (None, None)
    if rung.readiness is not None and rung.coverage is not None:
        readiness = math.floor(10 * rung.readiness)
        coverage = math.floor(10 * rung.coverage)
    return LadderRow(
        name=level.short_title,
        url=level_url(case.spec, level.key),
        bar=charts.ladder_bar(
            readiness,
            held_tenths=(coverage or 0) - (readiness or 0),
            low=low,
            high=high,
            ready_cut=rung.cut_ready,
        ),
        score=None if rung.readiness is None else whole(case, rung),
        ready_cut=rung.cut_ready,
        range="" if low is None or high is None else sentences.span(low, high),
        band=_verdict(case, rung),
        ready=rung.is_held,
        target=level.key == case.level.key,
        held=rung.level == case.placement.level,
    )


def _verdict(case: Case, rung: scoring.Rung) -> str:
    """The band in words; why there is none; and what is open in a provisional one."""
    if rung.band is None:
        return sentences.rung_not_measured([case.names[key] for key in rung.unanswered])
    provisional = rung.status is Status.PROVISIONAL
    return sentences.band_at(rung.band, provisional=provisional)


def whole(case: Case, rung: scoring.Rung) -> int:
    score = math.floor(rung.readiness or 0)
    return (
        score
        if rung.status is Status.COMPLETE
        else min(score, case.parameters.provisional_cap)
    )
