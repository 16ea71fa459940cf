"""How firm the number is: what a stricter eye or another target would make of it."""

import math

from assessment import sentences
from assessment.measuring import what_matters_most
from assessment.report.case import Case
from assessment.scoring import Effect, Status


def sensitivity(case: Case) -> tuple[str, ...]:
    """A sentence each: every rating a little lower, one requirement, one importance."""
    found = what_matters_most(case.spec, case.level, case.answers, case.parameters)
    return (
        _seen_lower(case),
        _requirement(case, _largest(found.required)),
        _importance(case, _largest(found.weight)),
    )


def _seen_lower(case: Case) -> str:
    result, parameters = case.result, case.parameters
    lower = math.floor(result.what_if_lower.readiness)
    if result.status is Status.PROVISIONAL:
        lower = min(lower, parameters.provisional_cap)
    return sentences.seen_lower(
        shift=sentences.decimal(parameters.what_if_shift),
        score=result.display.score,
        lower=lower,
        band=result.band,
        then=result.what_if_lower.band,
    )


def _largest(effects: tuple[Effect, ...]) -> Effect | None:
    """The first of ordered effects, if it is one."""
    return effects[0] if effects and effects[0].difference else None


def _requirement(case: Case, effect: Effect | None) -> str:
    if effect is None:
        return sentences.no_requirement_matters()
    required = case.level.requirement(effect.key).required
    return sentences.requirement_matters(
        level=case.level.short_title,
        skill=case.names[effect.key],
        asked=case.level_text(required),
        instead=case.level_text(required + effect.change),
        before=case.result.display.readiness_tenths,
        after=math.floor(10 * effect.readiness),
    )


def _importance(case: Case, effect: Effect | None) -> str:
    if effect is None:
        return sentences.no_importance_matters(
            meets_all=case.result.meets_all,
            held_by=[case.names[key] for key in case.result.binding],
        )
    importance = case.level.requirement(effect.key).importance
    return sentences.importance_matters(
        skill=case.names[effect.key],
        importance=importance,
        instead=importance + effect.change,
        most=case.parameters.weight_scale[1],
        before=case.result.display.readiness_tenths,
        after=math.floor(10 * effect.readiness),
    )
