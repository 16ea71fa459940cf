"""A result told step by step, for a person who wants to check it by hand.

Plain text, one line per thought. The report page has its own words; this is for the
command line and for whoever debugs a score.
"""

from collections.abc import Iterable
from fractions import Fraction

from assessment.scoring.ladder import Placement, place
from assessment.scoring.number import Insufficient, Readiness
from assessment.scoring.result import Result, Scored

from .reading import ScoreFile, ScoreFileError, quoted
from .writing import result_of, track_of

KEY_WIDTH = 20


def explain_vectors(file: ScoreFile, name: str | None = None) -> str:
    """How a result comes about: of one vector, or of all.

    Raises `ScoreFileError` if no vector has that name.
    """
    track = track_of(file)
    texts = [
        _lines(vector.name, result_of(vector))
        for vector in file.vectors
        if name in (None, vector.name)
    ] + [
        _lines_of_placement(vector.name, place(track, vector.answers))
        for vector in file.level_vectors
        if name in (None, vector.name)
    ]
    if not texts:
        names = [each.name for each in file.vectors]
        names += [each.name for each in file.level_vectors]
        raise ScoreFileError(
            f"there is no vector {quoted(name)}", f"choose one of {', '.join(names)}"
        )
    return "\n\n".join("\n".join(lines) for lines in texts)


def _lines(name: str, result: Result) -> Iterable[str]:
    if isinstance(result, Insufficient):
        return [
            f"{name}: no score ({', '.join(result.reasons)})",
            *_lines_of_status(result),
        ]
    steps = (
        [f"Status: {result.status}.", *_lines_of_status(result)],
        _lines_of_coverage(result),
        _lines_of_readiness(result),
        _lines_of_verdict(result),
        _lines_of_lost(result),
        _lines_of_gaps(result),
        [
            "Likely range (80 %): {} to {}.".format(*result.likely_range),
            f"every rating a little lower: {_number(result.what_if_lower)}",
        ],
    )
    lines = [f"{name}: {result.score}, {result.band}"]
    for number, (first, *rest) in enumerate(steps, 1):
        lines += ["", f"{number}. {first}", *(f"   {line}" for line in rest)]
    return lines


def _lines_of_status(result: Result) -> Iterable[str]:
    if result.applicable:
        yield (
            f"answered: {_percent(result.answered_share)} of the importance that applies; "
            f"not applicable: {_percent(result.not_applicable_share)} of all"
        )
    if result.unanswered:
        yield f"not answered: {', '.join(result.unanswered)}"


def _lines_of_coverage(result: Scored) -> Iterable[str]:
    yield "Coverage: the part of each requirement that is reached, by importance."
    heads = ("required", "must-have", "rating", "importance", "earned")
    yield " " * KEY_WIDTH + "".join(f"{head:>12}" for head in heads)
    for each in result.rated:
        item, earned = each.item, result.display.earned_tenths[each.key]
        numbers = (
            item.required,
            item.must_have_level or "",
            each.rating,
            item.importance,
            _tenths(earned),
        )
        yield f"{each.key:<{KEY_WIDTH}}" + "".join(f"{each:>12}" for each in numbers)
    yield f"coverage = {_number(result.coverage)}"


def _lines_of_readiness(result: Scored) -> Iterable[str]:
    cut = result.target.parameters.must_have_cut
    yield f"Readiness: each missing must-have level takes away {cut} of what is left."
    missing = ", ".join(result.open_must_haves) or "none"
    yield f"open must-haves: {missing}; missing levels: {result.missing_levels}"
    yield (
        f"readiness = {_number(result.coverage)} x ({1 - cut}) ^ {result.missing_levels} "
        f"= {_number(result.readiness)}, shown as {result.score}"
    )
    if result.is_provisional:
        yield (
            f"with the unanswered at {result.target.lowest} it is "
            f"{_number(result.lower_bound)}, as required {_number(result.upper_bound)}"
        )


def _lines_of_verdict(result: Scored) -> Iterable[str]:
    numbers = result.target.parameters
    yield f"Verdict: {result.band}."
    yield (
        f"ready from {result.ready_line}, nearly from {numbers.nearly_line}, developing "
        f"from {numbers.developing_line}, foundation from {numbers.foundation_line}"
    )
    for words, keys in (
        ("one level higher raises it", result.turning_up),
        ("one level lower lowers it", result.turning_down),
    ):
        if keys:
            yield f"{words}: {', '.join(keys)}"


def _lines_of_lost(result: Scored) -> Iterable[str]:
    yield f"Where the missing {_tenths(1000 - result.readiness_tenths)} points are:"
    lost = result.display.lost_tenths | {
        "(not answered)": result.display.unanswered_tenths
    }
    for key, tenths in lost.items():
        if tenths:
            yield f"{key:<{KEY_WIDTH}}{_tenths(tenths):>6}"


def _lines_of_gaps(result: Scored) -> Iterable[str]:
    yield "Gaps, what gains the most first."
    for gap in result.gaps:
        hours = ""
        if gap.step_hours is not None:
            hours = f" (hours: {gap.step_hours}, {gap.close_hours})"
        yield (
            f"{gap.rank}. {gap.key} {gap.rating} of {gap.required}: next level "
            f"+{_tenths(gap.gain_step_tenths)}, closed +{_tenths(gap.gain_close_tenths)}"
            f"{hours}"
        )


def _lines_of_placement(name: str, placement: Placement) -> Iterable[str]:
    held = {None: "not measured", 0: "before level 1"}
    yield f"{name}: {held.get(placement.level, f'level {placement.level}')}"
    for number, rung in reversed(list(enumerate(placement.rungs, 1))):
        if isinstance(rung, Readiness):
            yield (
                f"level {number}: coverage {_number(rung.coverage)}, missing levels "
                f"{rung.missing_levels}, readiness {_number(rung.readiness)}, {rung.band} "
                f"(ready from {rung.ready_line})"
            )
        else:
            yield f"level {number}: not measured ({', '.join(rung.reasons)})"


def _number(value: Fraction) -> str:
    """A number for reading: whole as it is, others to two decimals.

    >>> _number(Fraction(2775, 38)), _number(Fraction(85))
    ('73.03', '85')
    """
    return str(value) if value.denominator == 1 else f"{float(value):.2f}"


def _tenths(tenths: int) -> str:
    """Tenths of a point as printed.

    >>> _tenths(150), _tenths(5)
    ('15.0', '0.5')
    """
    return f"{tenths // 10}.{tenths % 10}"


def _percent(share: Fraction) -> str:
    return f"{int(100 * share)} %"
