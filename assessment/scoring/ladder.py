"""Where a person stands on a ladder of levels.

Source: docs/scoring.md, "The ladder".
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from .errors import ScoringError
from .inputs import SkillInput, check_skills
from .parameters import CURRENT, Number, Parameters
from .readiness import (
    Answers,
    Readiness,
    headline,
    open_must_haves_in,
    readiness_of,
    reasons_against,
    tally_answers,
    unanswered_in,
)
from .results import Placement, Rung
from .target import Target, prepare
from .words import Band


def coverage_of_level_below(
    skills: Sequence[SkillInput],
    below: Sequence[SkillInput],
    parameters: Parameters = CURRENT,
) -> Fraction:
    """Return what somebody who just meets `below` covers of `skills`, 0..100.

    This is a fact about the framework: nobody's answers and no "not applicable" are
    used. It sets the cuts and is never drawn; what is drawn is
    `level_below_readiness`. Raises `ScoringError` for a skill that cannot be scored,
    and if the two levels do not know the same skills.
    """
    return _just_meeting(skills, below, parameters).coverage or Fraction(0)


def level_below_readiness(
    skills: Sequence[SkillInput],
    below: Sequence[SkillInput],
    parameters: Parameters = CURRENT,
) -> Fraction:
    """Return the readiness of somebody who just meets `below`: the marker drawn.

    Raises as `coverage_of_level_below`.
    """
    return _just_meeting(skills, below, parameters).readiness or Fraction(0)


def prepare_ladder(
    levels: Sequence[Sequence[SkillInput]],
    *,
    angoff_cuts: Sequence[Number | None] | None = None,
    parameters: Parameters = CURRENT,
) -> tuple[Target, ...]:
    """Return the targets of a ladder, lowest first, each knowing the level below.

    `angoff_cuts` holds one panel's cut or None for each level. Raises `ScoringError`
    if the levels do not know the same skills.
    """
    steps = pairwise(levels)
    below = [
        None,
        *(coverage_of_level_below(up, down, parameters) for down, up in steps),
    ]
    cuts = angoff_cuts or [None] * len(levels)
    return tuple(
        prepare(
            skills,
            level_below_coverage=coverage,
            angoff_cut=cut,
            parameters=parameters,
        )
        for skills, coverage, cut in zip(
            levels, below[: len(levels)], cuts, strict=True
        )
    )


def place_on_ladder(
    ladder: Sequence[Target],
    ratings: Mapping[str, Number | None],
    *,
    not_applicable: Collection[str] = frozenset(),
) -> Placement:
    """Return the current level, the progress on the step above it, and every rung.

    The same answers are used for every rung. A rung that cannot be measured neither
    holds nor blocks. Raises `ScoringError` for a rating that is off the scale.
    """
    answers = Answers(ratings, not_applicable)
    rungs = tuple(
        _rung(level, target, answers) for level, target in enumerate(ladder, start=1)
    )
    measured = [rung for rung in rungs if rung.is_measured]
    if not measured:
        return Placement(None, None, None, None, (), (), rungs)
    stop = next((rung for rung in measured if not rung.is_held), None)
    level = _current_level(measured, stop)
    progress = _step_progress(level, stop, ladder)
    return Placement(
        level=level,
        step_progress=progress,
        index=level + progress,
        stopped_at=stop.level if stop else None,
        blocked_by=_blocking(stop, ladder, answers) if stop else (),
        also_qualifies=tuple(
            rung.level for rung in measured if rung.is_held and rung.level > level
        ),
        rungs=rungs,
    )


def _just_meeting(
    skills: Sequence[SkillInput], below: Sequence[SkillInput], parameters: Parameters
) -> Readiness:
    target = prepare(skills, parameters=parameters)
    check_skills(below, parameters)
    levels = {skill.key: skill.required for skill in below}
    _check_same_keys([skill.key for skill in skills], list(levels))
    return readiness_of(target, levels)


def _check_same_keys(keys: Sequence[str], keys_below: Sequence[str]) -> None:
    for key in (*keys, *keys_below):
        if key not in keys or key not in keys_below:
            raise ScoringError(
                "is known to one level and not to the one below it",
                "give every level the same skills, with required 0 where not asked for",
                skill=key,
            )


def _rung(level: int, target: Target, answers: Answers) -> Rung:
    tally = tally_answers(target, answers)
    result = headline(tally)
    return Rung(
        level=level,
        status=result.status,
        reasons=reasons_against(tally),
        unanswered=unanswered_in(target, answers),
        coverage=result.coverage,
        readiness=result.readiness,
        band=result.band,
        cut_ready=target.cuts.ready,
        level_below_coverage=target.level_below_coverage,
    )


def _current_level(measured: Sequence[Rung], stop: Rung | None) -> int:
    """Return the highest held level below which every measured level is held."""
    held = [rung.level for rung in measured if stop is None or rung.level < stop.level]
    return max(held, default=0)


def _step_progress(level: int, stop: Rung | None, ladder: Sequence[Target]) -> Fraction:
    """Return how much of the step to the next level is done, 0 to just under 1.

    0 at the top, and where the next level was not measured or asks for nothing more
    than the current one covers: there is no step to measure.
    """
    if stop is None or stop.level != level + 1 or stop.coverage is None:
        return Fraction(0)
    below = stop.level_below_coverage
    if below == 100:
        return Fraction(0)
    done = (stop.coverage - below) / (100 - below)
    cap = ladder[stop.level - 1].parameters.step_progress_cap
    return min(max(done, Fraction(0)), cap)


def _blocking(
    stop: Rung, ladder: Sequence[Target], answers: Answers
) -> tuple[str, ...]:
    """Return the open must-haves of a rung that would be held if they were met."""
    target = ladder[stop.level - 1]
    open_must_haves = open_must_haves_in(target, answers)
    met = {
        demand.key: Fraction(demand.required, target.unit)
        for demand in target.demands
        if demand.key in open_must_haves
    }
    if_met = answers._replace(ratings={**answers.ratings, **met})
    would_be_held = headline(tally_answers(target, if_met)).band is Band.READY
    return open_must_haves if would_be_held else ()
