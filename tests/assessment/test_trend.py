"""The trend as it is shown: what it says, and on which pages."""

import datetime

import pytest
from django.urls import reverse

from assessment import sentences
from assessment.measuring import measure_assessment, ready_cut_of
from assessment.models import Assessment
from assessment.trend import MOST_READ, latest_trend, trend_until
from tests.factories import SKILLS, make_assessment, make_framework

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)


@pytest.fixture
def made(framework, alice):
    """Makes a report of Alice's from a digit for each skill, so many days before NOON."""

    def made(digits, days=0, owner=alice, target="tpm"):
        answers = zip(SKILLS, digits, strict=True)
        done = make_assessment(
            owner=owner,
            ratings={key: int(digit) for key, digit in answers if digit != "-"},
            target=target,
            submit=True,
        )
        done.submitted_at = NOON - datetime.timedelta(days=days)
        done.save(update_fields=["submitted_at"])
        return done

    return made


# What it says


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (680, "the score rose by 8.0 points, from 60.0 to 68.0."),
        (590, "the score fell by 1.0 point, from 60.0 to 59.0."),
        (600, "the score is the same, 60.0."),
    ],
)
def test_trend_note(after, said):
    text = sentences.trend_note(
        before=600, after=after, since="1 May 2026", until="3 June 2026"
    )

    assert text == f"From 1 May 2026 to 3 June 2026 {said}"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, ""),
        (1, "One hollow mark is provisional: not everything was answered then."),
        (2, "Two hollow marks are provisional: not everything was answered then."),
    ],
)
def test_hollow_note(days, said):
    assert sentences.hollow_note(days) == said


def test_the_table_beside_it_says_what_is_drawn(made):
    first, last = made("1322-", days=30), made("33333")

    shown = trend_until(last, [first])

    assert first.is_provisional
    assert [(row.label, row.note, row.points) for row in shown.rows] == [
        (
            "31 May 2026",
            f"{sentences.BAND_TITLES[first.band]}, provisional",
            sentences.printed(first.readiness_tenths),
        ),
        ("30 June 2026", "Ready to make the case", "100.0"),
    ]
    assert [dot.text for dot in shown.chart.dots] == [row.points for row in shown.rows]
    assert [dot.hollow for dot in shown.chart.dots] == [True, False]
    assert shown.note.startswith("From 31 May 2026 to 30 June 2026 the score rose by ")
    assert shown.hollow_note.startswith("One hollow mark")


def test_one_day_says_what_is_missing(made):
    before, last = made("13222"), made("33333")

    shown = trend_until(last, [before])

    assert (shown.chart, shown.note) == (None, sentences.ONE_DAY)
    assert [row.points for row in shown.rows] == ["100.0"]


def test_the_ready_cut_is_that_of_the_report(made):
    for target in ("tpm", "junior-tpm"):
        report = made("33333", target=target)

        assert ready_cut_of(report) == measure_assessment(report).cuts.ready


# Where it is shown


def test_then_and_now_end_with_the_way_between(made, alice_client):
    then, now = made("13222", days=90), made("33222", days=10)
    made("33333")

    for address in (
        reverse("assessment:then", args=[now.uid, then.uid]),
        reverse("assessment:earlier", args=[now.uid]),
    ):
        page = alice_client.get(address)
        days = [row.label for row in page.context["trend"].rows]
        assert days == ["1 April 2026", "20 June 2026"]
        assert page.context["trend"].chart.description in page.content.decode()


def test_another_target_is_no_part_of_it(made, alice_client):
    made("13222", days=90, target="junior-tpm")
    now = made("33222")

    page = alice_client.get(reverse("assessment:earlier", args=[now.uid]))

    assert sentences.ONE_DAY in page.content.decode()
    assert page.context["trend"].target == "TPM"


def test_the_dashboard_draws_what_was_added_to_last(made, bob, alice_client):
    made("13222", days=90, target="junior-tpm")
    made("13222", days=80)
    made("33222", days=60, target="junior-tpm")
    made("33222", days=50)
    made("33222", days=40, owner=bob, target="junior-tpm")

    page = alice_client.get(reverse("assessment:dashboard"))

    assert page.context["trend"].target == "TPM"
    assert len(page.context["trend"].rows) == 2
    assert page.context["trend"].chart.description in page.content.decode()


def test_the_dashboard_draws_nothing_of_one_day(made, alice_client):
    made("13222"), made("33222")
    make_framework(version="2.0")
    made("33222", days=30)

    page = alice_client.get(reverse("assessment:dashboard"))

    assert page.context["trend"] is None
    assert "Over time" not in page.content.decode()


def test_the_dashboard_reads_the_newest_in_one_query(
    made, alice, django_assert_num_queries
):
    report = made("33222")
    for days in range(1, MOST_READ + 5):
        report.pk = None
        report.uid = Assessment._meta.get_field("uid").get_default()
        report.submitted_at = NOON - datetime.timedelta(days=days)
        report.save(force_insert=True)
    ready_cut_of(report)

    with django_assert_num_queries(1):
        shown = latest_trend(alice.assessments.all())

    assert len(shown.rows) == MOST_READ
    assert shown.rows[-1].label == "30 June 2026"
