"""The first screen of a report, and how its number is made."""

import math
from datetime import datetime
from fractions import Fraction

from assessment import charts, sentences
from assessment.measuring import readiness_below
from assessment.report.case import Case
from assessment.report.parts import Figure, Summary
from assessment.scoring import Band, Scored, Status
from assessment.sentences import printed
from careers.shape import CareerLevel, FrameworkSpec


def summary(case: Case, submitted_at: datetime | None) -> Summary:
    result, display = case.result, case.result.display
    below = readiness_below(case.spec, case.level)
    provisional = result.status is Status.PROVISIONAL
    return Summary(
        target=case.level.title,
        target_short=case.level.short_title,
        framework_version=case.spec.version,
        scoring_version=result.scoring_version,
        submitted_at=submitted_at,
        score=display.score,
        readiness_tenths=display.readiness_tenths,
        provisional=provisional,
        band=result.band,
        band_title=sentences.BAND_TITLES[result.band],
        band_step=sentences.band_step(result.band),
        figure=str(display.score),
        of=sentences.readiness_of(case.level.short_title),
        verdict=verdict(case),
        next_step=next_step(case),
        scale=score_scale(case.spec, case.level, result),
        figures=tuple(figures(case, below)),
    )


def verdict(case: Case) -> str:
    gaps = case.result.gaps
    return sentences.verdict(
        case.result,
        level=case.level.short_title,
        below=case.below_name() if case.holds_below() else None,
        nearer=nearer_target(case),
        names=case.names,
        gain=sentences.printed_gain(gaps[0].close_gain)
        if gaps and gaps[0].close_gain
        else "",
        cut=high_cut(case),
    )


def high_cut(case: Case) -> str:
    """Said of a score that would be ready elsewhere, and is not here for its cut alone."""
    result = case.result
    is_high = result.display.score >= case.parameters.cut_ready
    if not is_high or result.coverage_rail is Band.READY:
        return ""
    return sentences.high_cut(cut=result.cuts.ready, below=case.below_name())


def next_step(case: Case) -> str:
    """The one thing to do next: raise the first gap, answer what is open, or go ahead."""
    if case.result.gaps:
        first = case.result.gaps[0]
        rating = case.rating(case.level.requirement(first.key))
        return sentences.raise_next(
            skill=case.names[first.key],
            to=case.level_text(rating + 1),
            hours=math.ceil(first.step_hours),
        )
    if case.result.unanswered:
        return sentences.answer_next(
            [case.names[key] for key in case.result.unanswered]
        )
    return sentences.nothing_next(case.level.short_title)


def nearer_target(case: Case) -> str | None:
    """The rung above the current level, unless that is the target itself."""
    level = case.placement.level
    rungs = case.spec.ladder
    if level is None or level >= len(rungs) or rungs[level] == case.level:
        return None
    return rungs[level].short_title


def score_scale(
    spec: FrameworkSpec, level: CareerLevel, result: Scored
) -> charts.ScoreScale:
    """The scale from 0 to 100 with the score, its range, and the two marks."""
    low, high = shown_range(result)
    marker, below = readiness_below(spec, level), spec.level_below(level)
    return charts.score_scale(
        result.display.readiness_tenths,
        low,
        high,
        held_tenths=result.display.held_tenths,
        ready_cut=result.cuts.ready,
        level_below=None if marker is None else math.floor(marker),
        level_below_name=below.short_title if below else "",
        provisional=result.status is Status.PROVISIONAL,
    )


def shown_range(result: Scored) -> tuple[int, int]:
    """The range beside a score: the likely one, or what open answers still allow."""
    is_open = result.status is Status.PROVISIONAL
    return open_bounds(result) if is_open else bounds(result)


def bounds(result: Scored) -> tuple[int, int]:
    """The printed ends of the likely range, whole points that hold the score."""
    return printed_range(result.likely_range)


def printed_range(likely: tuple[float, float]) -> tuple[int, int]:
    """A range in whole points that holds it."""
    low, high = likely
    return math.floor(low), math.ceil(high)


def open_bounds(result: Scored) -> tuple[int, int]:
    """The lowest and highest score that the open answers still allow, as printed."""
    return math.floor(result.lower_bound), math.floor(result.upper_bound)


def figures(case: Case, below: Fraction | None) -> list[Figure]:
    display, cuts = case.result.display, case.result.cuts
    figures = [
        Figure(sentences.span(*bounds(case.result)), sentences.LIKELY_RANGE),
        Figure(printed(display.coverage_tenths), sentences.BANKED),
    ]
    if below is not None:
        marker = sentences.level_below(case.below_name())
        figures.append(Figure(str(math.floor(below)), marker))
    return [*figures, Figure(str(cuts.ready), sentences.READY_CUT)]


def made_of(case: Case) -> list[Figure]:
    result, display = case.result, case.result.display
    answered = sum(case.rating_or_none(item) is not None for item in case.asked)
    figures = [
        Figure(f"{answered} of {result.requirements_total}", sentences.ANSWERED),
        Figure(printed(display.coverage_tenths), sentences.COVERAGE),
        Figure(
            printed(math.floor(10 * result.ceiling)),
            sentences.ceiling(case.points_per_level),
        ),
        Figure(printed(display.readiness_tenths), sentences.shown_as(display.score)),
    ]
    if result.status is Status.PROVISIONAL:
        reach = sentences.span(*open_bounds(result))
        figures.append(Figure(reach, sentences.OPEN_ANSWERS))
    return figures
