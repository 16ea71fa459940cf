"""Sample data for the drawing of scores over time."""

import datetime

from django.template.defaultfilters import date

from assessment import charts


def trends():
    """Four days, many days, and the small drawing."""
    year = ((0, 412, True), (180, 603, False), (240, 741, False), (330, 680, False))
    many = [(9 * nth, 300 + 37 * nth % 190 + 9 * nth, False) for nth in range(40)]
    return [_trend(year), _trend(many), _trend(year[1:], compact=True)]


def _trend(days, **more):
    start = datetime.date(2025, 12, 9)
    placed = [(start + datetime.timedelta(days=day), *rest) for day, *rest in days]
    return charts.trend_chart(
        placed,
        ready_line=90,
        first_day=date(placed[0][0], "j F Y"),
        last_day=date(placed[-1][0], "j F Y"),
        **more,
    )
