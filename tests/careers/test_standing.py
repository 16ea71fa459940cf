"""What the guide says to a reader whose standing it is handed; and to all others."""

import pytest
from django.template.loader import render_to_string

from careers.public import Standing
from tests.factories import small_spec


def said(template, **context):
    return " ".join(render_to_string(f"{template}.html", context).split())


def standing(now="junior-tpm", target="tpm"):
    return Standing(
        now=now,
        target=target,
        report_url="/reports/1/",
        results={target: "68 of 100, On the way"},
    )


YOU = '<span class="tag tag--here">You</span>'
TARGET = '<span class="tag tag--target">Your target</span>'


@pytest.mark.parametrize(
    ("standing", "marks"),
    [
        (standing("tpm", "tpm"), f"{YOU} {TARGET}"),
        (standing("tpm", "senior-tpm"), YOU),
        (standing("junior-tpm", "tpm"), TARGET),
        (standing(None, "senior-tpm"), ""),
    ],
)
def test_a_level_is_marked_where_the_reader_stands(standing, marks):
    tpm = small_spec().levels_by_key["tpm"]

    assert (
        said(
            "components/marks", now=standing.now, target=standing.target, level=tpm.key
        )
        == marks
    )


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("tpm", "By your own rating: 68 of 100, On the way."),
        ("senior-tpm", "Your latest report answers too little for a score here."),
    ],
)
def test_a_level_says_how_the_reader_does_there(level, text):
    spec = small_spec()
    level = spec.levels_by_key[level]

    assert text in said("careers/level", spec=spec, standing=standing(), level=level)
