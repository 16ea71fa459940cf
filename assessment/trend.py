"""How scores moved over time: the last submission of each day, like beside like."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.template.defaultfilters import date
from django.utils import timezone

from assessment import charts
from assessment.measuring import ready_line_of

MOST_READ = 60
"""How many assessments a trend is drawn from: as many as can be told apart."""


@dataclass(frozen=True)
class Trend:
    """Assessments whose scores may be compared, the last of each day, the oldest first."""

    days: tuple
    is_compact: bool = False

    @property
    def first(self):
        return self.days[0]

    @property
    def last(self):
        return self.days[-1]

    @property
    def rise_tenths(self) -> int:
        return self.last.readiness_tenths - self.first.readiness_tenths

    @property
    def fall_tenths(self) -> int:
        return -self.rise_tenths

    @property
    def provisional(self) -> list:
        return [each for each in self.days if each.is_provisional]

    @cached_property
    def chart(self) -> charts.TrendChart | None:
        """None where there is only one day."""
        return charts.trend_chart(
            [
                (_day(each), each.readiness_tenths, each.is_provisional)
                for each in self.days
            ],
            ready_line=ready_line_of(self.last),
            first_day=date(_day(self.first), "j F Y"),
            last_day=date(_day(self.last), "j F Y"),
            compact=self.is_compact,
        )


def trends(assessments: Iterable) -> list[Trend]:
    """Submitted assessments, the oldest first, as trends; the latest begun trend last.

    One target, framework version and scoring version each.
    """
    alike: dict[tuple, dict] = {}
    for each in assessments:
        kind = each.framework_id, each.target_id, each.scoring_version
        alike.setdefault(kind, {})[_day(each)] = each
    return [Trend(tuple(days.values())) for days in alike.values()]


def trend_until(assessment, earlier: Iterable) -> Trend:
    """The trend that ends with `assessment`; `earlier` ones are the visitor's own."""
    ordered = sorted(earlier, key=lambda each: (each.submitted_at, each.pk))
    found = trends([*ordered[1 - MOST_READ :], assessment])
    return next(trend for trend in found if trend.last == assessment)


def latest_trend(mine) -> Trend | None:
    """The trend of two days or more that was added to last; one query."""
    ordered = list(mine.for_trend().reverse()[:MOST_READ])[::-1]
    several = [trend for trend in trends(ordered) if len(trend.days) > 1]
    if not several:
        return None
    latest = max(several, key=lambda trend: ordered.index(trend.last))
    return Trend(latest.days, is_compact=True)


def _day(assessment):
    return timezone.localtime(assessment.submitted_at).date()
