"""Sample data for the parts of the style guide that set things side by side."""

import datetime
from types import SimpleNamespace as Sample

from django.template.defaultfilters import date

from assessment import charts


def comparisons():
    return {
        "fits": _fits(),
        "pair_facts": [
            Sample(label="Readiness", first="68", second="61"),
            Sample(label="Verdict", first="On the way", second="On the way"),
            Sample(label="Must-haves", first="2 of 5 met", second="none asked"),
        ],
        "pair_rows": _pair_rows(),
        "trends": _trends(),
    }


def _trends():
    year = ((0, 412, True), (180, 603, False), (240, 741, False), (330, 680, False))
    many = [(9 * nth, 300 + 37 * nth % 190 + 9 * nth, False) for nth in range(40)]
    return [_trend(year), _trend(many), _trend(year[1:], compact=True)]


def _trend(days, **more):
    start = datetime.date(2025, 12, 9)
    placed = [(start + datetime.timedelta(days=day), *rest) for day, *rest in days]
    return charts.trend_chart(
        placed,
        ready_cut=90,
        first_day=date(placed[0][0], "j F Y"),
        last_day=date(placed[-1][0], "j F Y"),
        **more,
    )


def _fits():
    most = [
        Sample(name="Stakeholder management", lost="16.0", holds=True),
        Sample(name="Technical communication", lost="1.7", holds=False),
    ]
    rows = (
        ("TPM", "Rung 2 of 7", 1000, 0, "Ready to make the case", (), ""),
        ("Senior TPM", "Rung 3 of 7", 680, 126, "On the way", most, ""),
        (
            "Cloud-native transformation",
            "Specialization",
            None,
            0,
            "Not measured",
            (),
            "Answer Cloud platform foundations to measure it.",
        ),
    )
    return [
        Sample(
            key="sample",
            name=name,
            url="#",
            kind=kind,
            target=name == "Senior TPM",
            bar=charts.ladder_bar(tenths, held_tenths=held, ready_cut=90),
            score=None if tenths is None else tenths // 10,
            ready=band.startswith("Ready"),
            band=band,
            deciding=deciding,
            missing=missing,
        )
        for name, kind, tenths, held, band, deciding, missing in rows
    ]


def _pair_rows():
    def cell(rating, required, note="", tag=""):
        text = f"asked {required}" if required else "not asked"
        mark = charts.gap_mark(rating, required)
        return Sample(mark=mark, text=text, note=note, tag=tag)

    return [
        Sample(
            name="Stakeholder management",
            url="#",
            tag="",
            aside="You: 2 Guided",
            first=cell(2, 4, "16.0 lost", "Must-have"),
            second=cell(2, 3, "3.1 lost"),
        ),
        Sample(
            name="Cloud platform foundations",
            url="#",
            tag="Must-have",
            aside="Not answered",
            first=cell(None, 2),
            second=cell(None, 0),
        ),
    ]
