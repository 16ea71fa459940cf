"""How scores moved over time: the last submission of each day, like beside like."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import date
from django.utils import timezone

from assessment import charts, sentences
from assessment.measuring import ready_cut_of
from assessment.scoring import Band

MOST_READ = 60
"""How many assessments a trend is drawn from: as many as can be told apart."""


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


# As it is shown
# ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A day as a line of the `ledger`."""

    label: str
    note: str
    points: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TrendShown:
    """A drawn trend with its words; `chart` is None where there is only one day."""

    target: str
    framework_version: str
    chart: charts.TrendChart | None
    note: str
    hollow_note: str
    rows: tuple[TrendRow, ...]


def trend_until(assessment, earlier: Iterable) -> TrendShown:
    """The trend that ends with `assessment`; `earlier` ones come the newest first."""
    ordered = [*reversed(list(earlier)), assessment]
    found = trends(ordered, timezone.get_current_timezone())
    ends = next(t for t in found if t.points[-1].uid == str(assessment.uid))
    return _shown(ends, ready_cut_of(assessment), compact=False)


def latest_trend(mine) -> TrendShown | None:
    """The trend of two days or more that was added to last; one query."""
    ordered = list(mine.for_trend().reverse()[:MOST_READ])[::-1]
    found = trends(ordered, timezone.get_current_timezone())
    several = {t.points[-1].uid: t for t in found if len(t.points) > 1}
    for assessment in reversed(ordered):
        if trend := several.get(str(assessment.uid)):
            return _shown(trend, ready_cut_of(assessment), compact=True)
    return None


def _shown(trend: Trend, ready_cut: int, *, compact: bool) -> TrendShown:
    first, last = trend.points[0], trend.points[-1]
    since, until = _day(first.day), _day(last.day)
    chart = charts.trend_chart(
        [(each.day, each.readiness_tenths, each.provisional) for each in trend.points],
        ready_cut=ready_cut,
        first_day=since,
        last_day=until,
        compact=compact,
    )
    note = sentences.ONE_DAY
    if chart:
        note = sentences.trend_note(
            before=first.readiness_tenths,
            after=last.readiness_tenths,
            since=since,
            until=until,
        )
    return TrendShown(
        target=trend.target,
        framework_version=trend.framework_version,
        chart=chart,
        note=note,
        hollow_note=sentences.hollow_note(sum(p.provisional for p in trend.points)),
        rows=tuple(_row(each) for each in trend.points),
    )


def _row(point: TrendPoint) -> TrendRow:
    band = sentences.BAND_TITLES[Band(point.band)]
    return TrendRow(
        label=_day(point.day),
        note=f"{band}, provisional" if point.provisional else band,
        points=sentences.printed(point.readiness_tenths),
    )


def _day(day: datetime.date) -> str:
    return date(day, "j F Y")
