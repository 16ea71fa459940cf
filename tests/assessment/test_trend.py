"""Scores over time: which stand in one line, what is said, and on which pages."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.measuring import measure_assessment, ready_line_of
from assessment.models import Assessment
from assessment.trend import MOST_READ, latest_trend, trend_until, trends
from tests.factories import SKILLS, make_assessment, make_framework
from tests.reading import texts

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


# Like beside like


def test_a_trend_keeps_the_last_of_a_day_and_like_beside_like(made, alice, bob):
    first = made("13222", days=90)
    made("33222", days=30)
    last = made("33333", days=30)
    other = made("33222", target="junior-tpm")
    made("33222", days=10, owner=bob)
    make_assessment(owner=alice, ratings={"planning": 3})

    found = trends(alice.assessments.for_trend())

    assert [trend.days for trend in found] == [(first, last), (other,)]


def test_versions_are_trends_of_their_own(made, alice):
    before = made("33222", days=30)
    make_framework(version="2.0")
    after = made("33222")

    assert [trend.days for trend in trends(alice.assessments.for_trend())] == [
        (before,),
        (after,),
    ]


def test_scorings_are_trends_of_their_own(made, alice):
    before, after = made("33222", days=30), made("33222")
    Assessment.objects.filter(pk=before.pk).update(scoring_version="1.0")

    found = trends(alice.assessments.for_trend())

    assert [trend.days for trend in found] == [(before,), (after,)]


@settings(deadline=None, database=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 1000)), max_size=30))
def test_a_trend_has_one_point_a_day_in_order(submissions):
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    zone = datetime.timezone(datetime.timedelta(hours=10))
    ordered = sorted(submissions, key=lambda each: each[0])
    rows = [
        SimpleNamespace(
            submitted_at=start + datetime.timedelta(hours=hours),
            readiness_tenths=tenths,
            framework_id=1,
            target_id=1,
            scoring_version="2.0",
        )
        for hours, tenths in ordered
    ]

    with timezone.override(zone):
        days = [each for trend in trends(rows) for each in trend.days]

    last = {
        (start + datetime.timedelta(hours=h)).astimezone(zone).date(): t
        for h, t in ordered
    }
    shown = {
        each.submitted_at.astimezone(zone).date(): each.readiness_tenths
        for each in days
    }
    assert shown == last
    assert list(shown) == sorted(last)


def test_a_trend_ends_with_its_report_and_has_its_ready_line(made):
    for target in ("tpm", "junior-tpm"):
        report, before = made("33333", target=target), made("13222", 9, target=target)

        trend = trend_until(report, [before])

        assert trend.days == (before, report)
        line = measure_assessment(report).ready_line
        assert ready_line_of(report) == line
        assert f"Ready from {line}." in trend.chart.description


# What it says


def trend_said(client, report):
    page = client.get(reverse("assessment:earlier", args=[report.uid]))
    return texts(page, "main")[0]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("33222", "33232", "the score rose by 17.1, from 82.9 to 100.0."),
        ("33232", "33222", "the score fell by 17.1, from 100.0 to 82.9."),
        ("33222", "34222", "the score is the same, 82.9."),
    ],
)
def test_the_movement_is_said(made, alice_client, before, after, said):
    made(before, days=30)

    page = trend_said(alice_client, made(after))

    assert f"From 31 May 2026 to 30 June 2026 {said}" in page
    assert "hollow" not in page


@pytest.mark.parametrize(
    ("hollow", "said"),
    [
        (1, "One hollow mark is provisional: not everything was answered then."),
        (2, "2 hollow marks are provisional: not everything was answered then."),
    ],
)
def test_hollow_marks_are_explained(made, alice_client, hollow, said):
    for days in range(hollow):
        made("3322-", days=30 + days)

    assert said in trend_said(alice_client, made("33222"))


def test_the_table_beside_it_says_what_is_drawn(made, alice_client):
    first, last = made("1322-", days=30), made("33333")
    assert first.is_provisional

    page = alice_client.get(reverse("assessment:earlier", args=[last.uid]))

    rows = [row for row in texts(page, "tr") if "2026" in row]
    assert rows == [
        f"31 May 2026 On the way provisional {first.readiness_tenths / 10}",
        "30 June 2026 Ready to make the case 100.0",
    ]
    chart = trend_until(last, [first]).chart
    assert [dot.text for dot in chart.dots] == [row.split()[-1] for row in rows]
    assert [dot.hollow for dot in chart.dots] == [True, False]
    assert chart.description in page.content.decode()


def test_one_day_says_what_is_missing(made, alice_client):
    made("13222")
    other = made("13222", days=90, target="junior-tpm")
    last = made("33333")

    said = trend_said(alice_client, last)

    assert trend_until(last, [other]).chart is None
    assert "So far there is a score from one day only." in said
    assert "Your score for TPM, framework 1.0" in said


# Where it is shown


def test_then_and_now_end_with_the_way_between(made, alice_client):
    then, now = made("13222", days=90), made("33222", days=10)
    made("33333")

    page = alice_client.get(reverse("assessment:then", args=[now.uid, then.uid]))

    assert "From 1 April 2026 to 20 June 2026" in texts(page, "main")[0]


def test_the_dashboard_draws_what_was_added_to_last(made, bob, alice_client):
    made("13222", days=90, target="junior-tpm")
    made("13222", days=80)
    made("33222", days=60, target="junior-tpm")
    made("33222", days=50)
    made("33222", days=40, owner=bob, target="junior-tpm")

    page = alice_client.get(reverse("assessment:dashboard"))

    trend = page.context["trend"]
    assert trend.last.target.key == "tpm"
    assert (len(trend.days), trend.is_compact) == (2, True)
    assert trend.chart.description in page.content.decode()


def test_the_dashboard_draws_nothing_of_one_day(made, alice_client):
    made("13222"), made("33222")
    make_framework(version="2.0")
    made("33222", days=30)

    page = alice_client.get(reverse("assessment:dashboard"))

    assert page.context["trend"] is None
    assert "Over time" not in page.content.decode()


def test_a_trend_is_of_the_last_sixty_in_one_query(
    made, alice, django_assert_num_queries
):
    report = made("33222")
    for days in range(1, MOST_READ + 5):
        report.pk = None
        report.uid = Assessment._meta.get_field("uid").get_default()
        report.submitted_at = NOON - datetime.timedelta(days=days)
        report.save(force_insert=True)
    ready_line_of(report)

    with django_assert_num_queries(1):
        latest = latest_trend(alice.assessments.all())
    newest, *earlier = alice.assessments.order_by("-submitted_at")
    until = trend_until(newest, earlier)

    for trend in (latest, until):
        assert len(trend.days) == MOST_READ
        assert trend.last == newest
