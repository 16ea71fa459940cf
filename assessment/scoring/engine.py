"""`score`: everything the model has to say about one person and one target."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from .bands import coverage_rail, must_have_rail
from .inputs import SkillInput
from .likely_range import likely_range
from .parameters import CURRENT, Number, Parameters
from .points import attainments, display_of, domain_scores, points_earned, points_lost
from .priority import bundle_gain, ranked_gaps
from .readiness import (
    Answers,
    Tally,
    answers_in,
    reasons_against,
    status_of,
    tally_answers,
    unanswered_in,
    verdict,
)
from .results import Display, Insufficient, Result, Scored, WhatIf
from .standing import Standing, standing_of
from .target import Target, prepare
from .words import Reason, Status


def score(
    skills: Sequence[SkillInput],
    *,
    level_below_coverage: Number | None = None,
    angoff_cut: Number | None = None,
    parameters: Parameters = CURRENT,
) -> Result:
    """Return the score of one person against one target, with all its reasons.

    `skills` is the whole target in framework order, with the person's answers;
    `level_below_coverage` is `coverage_of_level_below`, None where nothing lies
    below; `angoff_cut` is a panel's cut for ready. The same input gives the same
    result, whatever the order of the skills, except that ties follow it.

    Returns `Insufficient` where no score may be shown. Raises `ScoringError`, naming
    the skill and the cure, for input that is not a possible answer. At most 3 ms for
    20 skills.
    """
    target = prepare(
        skills,
        level_below_coverage=level_below_coverage,
        angoff_cut=angoff_cut,
        parameters=parameters,
    )
    answers = answers_in(skills)
    tally = tally_answers(target, answers)
    unanswered = unanswered_in(target, answers)
    reasons = reasons_against(tally)
    if reasons:
        return _insufficient(tally, reasons, unanswered)
    return _scored(skills, answers, tally, unanswered)


def what_if_shifted(target: Target, answers: Answers, shift: Number) -> WhatIf:
    """Return the headline if every answered rating moved by `shift` levels.

    Ratings stay on the scale, and the cuts stay as they are.
    """
    top = target.parameters.scale_top
    # There are few different ratings, and moving one makes a fraction: once each.
    moved: dict[Number | None, Number | None] = {
        rating: None if rating is None else _clipped(rating + shift, top)
        for rating in set(answers.ratings.values())
    }
    ratings = {key: moved[rating] for key, rating in answers.ratings.items()}
    tally = tally_answers(target, Answers(ratings, answers.not_applicable))
    return WhatIf(readiness=tally.readiness, band=verdict(tally))


def _clipped(level: Number, top: int) -> Number:
    return 0 if level < 0 else min(level, top)


def _insufficient(
    tally: Tally, reasons: tuple[Reason, ...], unanswered: tuple[str, ...]
) -> Insufficient:
    has_skills = tally.applicable > 0
    return Insufficient(
        status=Status.INSUFFICIENT,
        reasons=reasons,
        answered_share=tally.answered_share if has_skills else None,
        not_applicable_share=tally.not_applicable_share if has_skills else None,
        unanswered=unanswered,
    )


def _scored(
    skills: Sequence[SkillInput],
    answers: Answers,
    tally: Tally,
    unanswered: tuple[str, ...],
) -> Scored:
    target, parameters = tally.target, tally.target.parameters
    standing = standing_of(skills, tally)
    earned, lost = points_earned(standing), points_lost(standing)
    lower_bound, upper_bound = tally.lower_bound, tally.upper_bound
    return Scored(
        scoring_version=parameters.version,
        status=status_of(tally),
        reasons=(),
        answered_share=tally.answered_share,
        not_applicable_share=tally.not_applicable_share,
        unanswered=unanswered,
        coverage=standing.coverage,
        ceiling=standing.ceiling,
        readiness=standing.readiness,
        held=standing.held,
        worst_must_have_gap=tally.worst_must_have_gap,
        binding=tuple(rated.key for rated in standing.binding),
        open_must_haves=tuple(rated.key for rated in standing.open_must_haves),
        cuts=target.cuts,
        coverage_rail=coverage_rail(floor(standing.coverage), target.cuts),
        must_have_rail=must_have_rail(tally.worst_must_have_gap, parameters),
        band=verdict(tally),
        meets_all=status_of(tally) is Status.COMPLETE and standing.readiness == 100,
        requirements_met=sum(not rated.gap for rated in standing.rated),
        requirements_total=sum(skill.is_applicable for skill in skills),
        lower_bound=lower_bound,
        upper_bound=upper_bound,
        likely_range=likely_range(standing, lower_bound, upper_bound),
        attainment=attainments(standing),
        earned=earned,
        lost=lost,
        display=_display(standing, tally, earned, lost),
        domains=domain_scores(standing),
        gaps=ranked_gaps(standing),
        bundle_gain=bundle_gain(standing),
        what_if_lower=what_if_shifted(target, answers, -parameters.what_if_shift),
        what_if_higher=what_if_shifted(target, answers, parameters.what_if_shift),
    )


def _display(
    standing: Standing,
    tally: Tally,
    earned: Mapping[str, Fraction],
    lost: Mapping[str, Fraction],
) -> Display:
    is_complete = status_of(tally) is Status.COMPLETE
    cap = 100 if is_complete else tally.target.parameters.provisional_cap
    return display_of(standing, earned, lost, cap=cap)
