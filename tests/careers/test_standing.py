"""What the guide says to a reader whose standing it is handed; and to all others."""

import pytest

from careers import pages
from careers.standing import Fit, Mark, Standing, marks_at
from tests.factories import small_spec

YOU, TARGET = Mark("You", "here"), Mark("Your target", "target")


def standing(now="junior-tpm", target="tpm", fit=None):
    fit = fit or {target: Fit(68, "On the way", 3)}
    return Standing(now=now, target=target, report_url="/reports/1/", fit=fit)


@pytest.mark.parametrize(
    ("now", "target", "marks"),
    [
        ("tpm", "tpm", (YOU, TARGET)),
        ("tpm", "senior-tpm", (YOU,)),
        ("junior-tpm", "tpm", (TARGET,)),
        (None, "senior-tpm", ()),
    ],
)
def test_a_level_is_marked_where_the_reader_stands(now, target, marks):
    assert marks_at(standing(now, target), "tpm") == marks


def test_nothing_is_marked_for_a_reader_who_is_not_known():
    page = pages.ladder_page(small_spec())

    assert marks_at(None, "tpm") == ()
    assert page.you is None
    assert [rung.marks for rung in page.ladder.rungs] == [(), (), ()]


def test_ladder_marks_its_rungs_and_says_where_the_reader_stands():
    page = pages.ladder_page(small_spec(), standing())

    assert [rung.marks for rung in page.ladder.rungs] == [(YOU,), (TARGET,), ()]
    assert page.you.text == (
        "You hold Junior TPM by your own rating. "
        "Your latest report, for TPM: 68 of 100, On the way."
    )


def test_ladder_names_a_target_that_is_no_rung_and_no_rung_that_is_not_held():
    you = pages.ladder_page(small_spec(), standing(None, "cloud")).you

    assert you.text == "Your latest report, for Cloud: 68 of 100, On the way."


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("tpm", "By your own rating: 68 of 100, On the way."),
        ("senior-tpm", "Your latest report answers too little for a score here."),
    ],
)
def test_a_level_says_how_the_reader_does_there(level, text):
    spec = small_spec()

    assert pages.standing_at(standing(), spec.levels_by_key[level]).text == text
    assert pages.standing_at(None, spec.levels_by_key[level]) is None
