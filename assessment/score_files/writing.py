"""Results -> JSON objects, with exactly the keys that vectors expect.

A rational number is written twice: `exact` as text, to compare, and `approx` as a
decimal, to read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from fractions import Fraction
from typing import Any

from assessment.scoring import (
    Gap,
    Insufficient,
    Number,
    Parameters,
    Placement,
    Result,
    Scored,
    SkillInput,
    WhatIf,
)

Json = dict[str, Any]

DECIMALS = 6


def json_of_result(result: Result) -> Json:
    """Return a result as a JSON object.

    An insufficient result has its status, its reasons and, if any requirement
    applies, the two shares. `bundle_gain` is there only if a must-have is binding.
    """
    shown: Json = {"status": result.status, "reasons": list(result.reasons)}
    if result.answered_share is None or result.not_applicable_share is None:
        return shown
    shown |= {
        "answered_share": json_of_number(result.answered_share),
        "not_applicable_share": json_of_number(result.not_applicable_share),
    }
    if isinstance(result, Insufficient):
        return shown
    return shown | _headline(result) | _points(result) | _outlook(result)


def json_of_input(
    skills: Sequence[SkillInput],
    *,
    level_below_coverage: Number | None,
    angoff_cut: Number | None,
    parameters: Parameters,
) -> Json:
    """Return what `score` is given as the `input` of a vector, with nothing left out."""
    return {
        "scoring_version": parameters.version,
        "level_below_coverage": _exact(level_below_coverage),
        "angoff_cut": _exact(angoff_cut),
        "skills": [
            {
                "id": skill.key,
                "domain": skill.domain,
                "required": _exact(skill.required),
                "weight": _exact(skill.weight),
                "must_have": skill.must_have,
                "hours": _exact(skill.hours),
                "rating": _exact(skill.rating),
                "not_applicable": skill.not_applicable,
                "confidence": skill.confidence,
                "evidence": skill.evidence,
            }
            for skill in skills
        ],
    }


def json_of_parameters(parameters: Parameters) -> Json:
    """Return every tunable number of a version by its name."""
    return {
        field.name: _exact(getattr(parameters, field.name))
        for field in fields(parameters)
    }


def json_of_placement(placement: Placement) -> Json:
    """Return a placement as a JSON object; what is not measured is null."""
    rungs = placement.rungs
    return {
        "level": placement.level,
        "step_progress": _number_or_null(placement.step_progress),
        "index": _number_or_null(placement.index),
        "also_qualifies": list(placement.also_qualifies),
        "below": [json_of_number(rung.level_below_coverage) for rung in rungs],
        "per_level": [
            {
                "coverage": _number_or_null(rung.coverage),
                "readiness": _number_or_null(rung.readiness),
                "band": rung.band,
                "cut_ready": rung.cut_ready,
            }
            for rung in rungs
        ],
    }


def json_of_number(value: Fraction) -> Json:
    """Return an exact number, e.g. {"exact": "3275/38", "approx": 86.184211}."""
    return {"exact": str(value), "approx": round(float(value), DECIMALS)}


def _headline(result: Scored) -> Json:
    return {
        "coverage": json_of_number(result.coverage),
        "ceiling": json_of_number(result.ceiling),
        "readiness": json_of_number(result.readiness),
        "held": json_of_number(result.held),
        "worst_must_have_gap": json_of_number(result.worst_must_have_gap),
        "binding": list(result.binding),
        "open_must_haves": list(result.open_must_haves),
        "cuts": asdict(result.cuts),
        "coverage_rail": result.coverage_rail,
        "must_have_rail": result.must_have_rail,
        "band": result.band,
        "meets_all": result.meets_all,
        "requirements_met": result.requirements_met,
        "requirements_total": result.requirements_total,
        "lower_bound": json_of_number(result.lower_bound),
        "upper_bound": json_of_number(result.upper_bound),
    }


def _points(result: Scored) -> Json:
    return {
        "earned": _numbers(result.earned),
        "lost": _numbers(result.lost),
        "display": asdict(result.display),
        "likely_range": [round(end, DECIMALS) for end in result.likely_range],
        "domains": {
            name: {
                "share": json_of_number(domain.share),
                "coverage": json_of_number(domain.coverage),
            }
            for name, domain in result.domains.items()
        },
    }


def _outlook(result: Scored) -> Json:
    shown: Json = {"gaps": [_gap(gap) for gap in result.gaps]}
    if result.bundle_gain is not None:
        shown["bundle_gain"] = json_of_number(result.bundle_gain)
    shown["what_if_lower"] = _what_if(result.what_if_lower)
    shown["what_if_higher"] = _what_if(result.what_if_higher)
    return shown


def _gap(gap: Gap) -> Json:
    return {
        "rank": gap.rank,
        "id": gap.key,
        "must_have": gap.must_have,
        "gap": json_of_number(gap.gap),
        "need": json_of_number(gap.need),
        "step": json_of_number(gap.step),
        "step_hours": json_of_number(gap.step_hours),
        "step_gain": json_of_number(gap.step_gain),
        "step_gain_banked": json_of_number(gap.step_gain_banked),
        "step_gain_per_10h": json_of_number(gap.step_gain_per_10h),
        "step_banked_per_10h": json_of_number(gap.step_banked_per_10h),
        "close_hours": json_of_number(gap.close_hours),
        "close_gain": json_of_number(gap.close_gain),
        "priority_raw": round(gap.priority_raw, DECIMALS),
        "priority": round(gap.priority, DECIMALS),
        "pinned": gap.pinned,
        "lane": gap.lane,
    }


def _what_if(what_if: WhatIf) -> Json:
    return {"readiness": json_of_number(what_if.readiness), "band": what_if.band}


def _numbers(values: Mapping[str, Fraction]) -> Json:
    return {key: json_of_number(value) for key, value in values.items()}


def _number_or_null(value: Fraction | None) -> Json | None:
    return None if value is None else json_of_number(value)


def _exact(value: Any) -> Any:
    """Return a value with its fractions as text such as "3/4", and the rest as it is."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _exact(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_exact(part) for part in value]
    return value
