"""The skill groups at a glance."""

import math

from assessment import charts
from assessment.report.case import Case
from assessment.report.parts import GroupRow


def groups(case: Case) -> list[GroupRow]:
    """The groups of which something is answered, in framework order."""
    scores = case.result.domains
    shown = [group for group in case.spec.groups if group.key in scores]
    bars = charts.group_bars(
        (scores[group.key].share, scores[group.key].coverage) for group in shown
    )
    return [
        GroupRow(
            name=group.name,
            bar=bar,
            covered=math.floor(scores[group.key].coverage),
            worth=round(100 * scores[group.key].share),
            met=_met(case, group.key),
        )
        for group, bar in zip(shown, bars, strict=True)
    ]


def _met(case: Case, group: str) -> str:
    rated = [
        item
        for item in case.asked
        if case.skill(item).group == group and case.rating_or_none(item) is not None
    ]
    met = sum(case.is_met(item) for item in rated)
    return f"{met} of {len(rated)}"
