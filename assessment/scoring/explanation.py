"""A result told step by step, for a person who wants to check it by hand.

Plain text, one line per thought. The report page has its own words; this is for the
command line and for whoever debugs a score.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from .inputs import SkillInput
from .parameters import PARAMETERS, Number
from .results import Gap, Insufficient, Placement, Result, Rung, Scored
from .words import Status

KEY_WIDTH = 20


def explain(name: str, skills: Sequence[SkillInput], result: Result) -> str:
    """Return how the result for these skills comes about; `name` heads the text."""
    if isinstance(result, Insufficient):
        return "\n".join(_explain_insufficient(name, result))
    steps = (
        _explain_status(result),
        _explain_coverage(skills, result),
        _explain_ceiling(result),
        _explain_readiness(result),
        _explain_verdict(result),
        _explain_lost(result),
        _explain_range(result),
        _explain_gaps(result),
    )
    lines = [f"{name}: {result.display.score}, {result.band}"]
    for number, (first, *rest) in enumerate(steps, start=1):
        lines += ["", f"{number}. {first}", *(f"   {line}" for line in rest)]
    return "\n".join(lines)


def explain_placement(name: str, placement: Placement) -> str:
    """Return where somebody stands on the ladder, rung by rung, highest first."""
    lines = [f"{name}: {_place(placement)}"]
    lines += [_explain_rung(rung) for rung in reversed(placement.rungs)]
    if placement.blocked_by:
        lines.append(f"held at this level by {_listed(placement.blocked_by)}")
    if placement.also_qualifies:
        levels = _listed(str(level) for level in placement.also_qualifies)
        lines.append(f"also qualifies for level {levels}")
    return "\n".join(lines)


def format_number(value: Number) -> str:
    """Return a number for reading: whole as it is, others to two decimals.

    >>> format_number(Fraction(3275, 38)), format_number(Fraction(68))
    ('86.18', '68')
    """
    return str(value) if value.denominator == 1 else f"{float(value):.2f}"


def _explain_insufficient(name: str, result: Insufficient) -> Iterable[str]:
    yield f"{name}: no score ({_listed(result.reasons)})"
    if result.answered_share is not None and result.not_applicable_share is not None:
        yield f"answered: {_percent(result.answered_share)} of the weight that applies"
        yield f"not applicable: {_percent(result.not_applicable_share)} of all weight"
    if result.unanswered:
        yield f"answer next: {_listed(result.unanswered)}"


def _explain_status(result: Scored) -> list[str]:
    lines = [
        f"Status: {result.status}.",
        f"answered: {_percent(result.answered_share)} of the weight that applies; "
        f"not applicable: {_percent(result.not_applicable_share)} of all weight",
    ]
    if result.unanswered:
        lines.append(f"not answered: {_listed(result.unanswered)}")
    return lines


def _explain_coverage(skills: Sequence[SkillInput], result: Scored) -> list[str]:
    header = ("required", "rating", "reached", "weight", "earned")
    lines = [
        "Coverage: the part of each requirement that is reached, by weight.",
        " " * KEY_WIDTH + "".join(f"{word:>10}" for word in header),
    ]
    for skill in skills:
        if skill.key in result.earned and skill.rating is not None:
            numbers = (
                skill.required,
                skill.rating,
                result.attainment[skill.key],
                skill.weight,
                result.earned[skill.key],
            )
            lines.append(_row(skill.key, numbers))
    lines.append(f"coverage = {format_number(result.coverage)}")
    return lines


def _explain_ceiling(result: Scored) -> list[str]:
    parameters = PARAMETERS[result.scoring_version]
    per_level = Fraction(parameters.ceiling_span, parameters.scale_top)
    gap = result.worst_must_have_gap
    return [
        "Ceiling: each level missing in the worst must-have costs "
        f"{format_number(per_level)} points.",
        f"open must-haves: {_listed(result.open_must_haves) or 'none'}",
        f"ceiling = 100 - {format_number(per_level)} x {format_number(gap)}"
        f" = {format_number(result.ceiling)}",
    ]


def _explain_readiness(result: Scored) -> list[str]:
    lines = [
        "Readiness: the lower of coverage and ceiling.",
        f"readiness = {format_number(result.readiness)}, shown as {result.display.score}",
    ]
    if result.binding:
        lines.append(
            f"{format_number(result.held)} points are held by {_listed(result.binding)}"
        )
    return lines


def _explain_verdict(result: Scored) -> list[str]:
    cuts = result.cuts
    lines = [
        f"Verdict: {result.band}.",
        f"ready from {cuts.ready}, nearly from {cuts.nearly}, "
        f"developing from {cuts.developing}, foundation from {cuts.foundation}",
        f"coverage allows {result.coverage_rail}, "
        f"must-haves allow {result.must_have_rail}",
    ]
    if result.status is Status.PROVISIONAL:
        lines.append(
            f"readiness would be {format_number(result.lower_bound)} if all that is "
            f"not answered were 0, {format_number(result.upper_bound)} if it were met"
        )
    return lines


def _explain_lost(result: Scored) -> list[str]:
    missing = format_number(100 - result.readiness)
    lost = {key: points for key, points in result.lost.items() if points}
    return [
        f"Where the missing {missing} points are:",
        *(_row(key, (points,)) for key, points in lost.items()),
    ]


def _explain_range(result: Scored) -> list[str]:
    low, high = result.likely_range
    lower, higher = result.what_if_lower, result.what_if_higher
    return [
        f"Likely range (80 %): {low:.1f} to {high:.1f}.",
        f"every rating a little lower: {format_number(lower.readiness)}, {lower.band}",
        f"every rating a little higher: {format_number(higher.readiness)}, {higher.band}",
    ]


def _explain_gaps(result: Scored) -> list[str]:
    if not result.gaps:
        return ["Gaps: none."]
    lines = ["Gaps, the one to work on first on top."]
    lines += [_explain_gap(gap) for gap in result.gaps]
    if result.bundle_gain is not None:
        lines.append(
            f"{_listed(result.binding)} one step up together: "
            f"+{format_number(result.bundle_gain)}"
        )
    return lines


def _explain_gap(gap: Gap) -> str:
    return (
        f"{gap.rank}. {gap.key} ({gap.lane}): next step "
        f"+{format_number(gap.step_gain)} points shown, "
        f"+{format_number(gap.step_gain_banked)} banked, "
        f"in {format_number(gap.step_hours)} hours; priority {gap.priority:.0f}"
    )


def _place(placement: Placement) -> str:
    if placement.level is None or placement.step_progress is None:
        return "no level could be measured"
    progress = _percent(placement.step_progress)
    if placement.level == 0:
        return f"before level 1, {progress} of the step to it"
    return f"level {placement.level}, {progress} of the step to the next"


def _explain_rung(rung: Rung) -> str:
    if rung.coverage is None or rung.readiness is None or rung.band is None:
        return f"level {rung.level}: not measured ({_listed(rung.unanswered)})"
    return (
        f"level {rung.level}: coverage {format_number(rung.coverage)}, "
        f"readiness {format_number(rung.readiness)}, {rung.band} "
        f"(ready from {rung.cut_ready})"
    )


def _row(key: str, numbers: Iterable[Number]) -> str:
    return f"{key:<{KEY_WIDTH}}" + "".join(
        f"{format_number(number):>10}" for number in numbers
    )


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.0f} %"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
