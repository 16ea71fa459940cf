"""How scores moved over time: the last submission of each day, like beside like."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The score that stood at the end of a day, in tenths of a point."""

    day: datetime.date
    readiness_tenths: int
    band: str
    provisional: bool
    uid: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Scores that may be compared: one target, framework version and scoring version."""

    framework_key: str
    framework_version: str
    target_key: str
    target: str
    scoring_version: str
    points: tuple[TrendPoint, ...]


def trends(assessments: Iterable, zone: datetime.tzinfo) -> list[Trend]:
    """Submitted assessments, the oldest first, as trends; the latest begun trend last.

    `zone` says where a day ends. Reads no more than `AssessmentQuerySet.for_trend` loads.
    """
    alike: dict[tuple, dict[datetime.date, TrendPoint]] = {}
    for assessment in assessments:
        days = alike.setdefault(_kind(assessment), {})
        day = assessment.submitted_at.astimezone(zone).date()
        days[day] = TrendPoint(
            day=day,
            readiness_tenths=assessment.readiness_tenths,
            band=assessment.band,
            provisional=assessment.is_provisional,
            uid=str(assessment.uid),
        )
    return [Trend(*kind, points=tuple(days.values())) for kind, days in alike.items()]


def _kind(assessment) -> tuple[str, str, str, str, str]:
    framework, target = assessment.framework, assessment.target
    return (
        framework.key,
        framework.version,
        target.key,
        target.short_title,
        assessment.scoring_version,
    )
