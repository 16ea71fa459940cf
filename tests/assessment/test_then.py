"""A report beside an earlier assessment, and the trend of many."""

import datetime
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessment import sentences
from assessment.answers import Answer
from assessment.measuring import measure_assessment
from assessment.models import Assessment
from assessment.then_page import then_page
from assessment.trend import trends
from tests.factories import SKILLS, make_assessment, make_framework

pytestmark = pytest.mark.django_db

SURE = {"confidence": "high", "url": "https://example.org/proof"}


def rated(digits, **more):
    """{skill: Answer} from digits; "-" is not answered, "x" is left out."""
    said = {}
    for key, digit in zip(SKILLS, digits, strict=True):
        if digit == "x":
            said[key] = Answer(not_applicable=True, reason="Another team.")
        elif digit != "-":
            said[key] = Answer(value=int(digit), **more)
    return said


@pytest.fixture
def made(framework, alice):
    """Makes a report of Alice's, so many days ago."""

    def made(digits, days=0, owner=alice, target="tpm", **more):
        done = make_assessment(
            owner=owner, ratings=rated(digits, **more), target=target, submit=True
        )
        done.submitted_at = timezone.now() - timedelta(days=days)
        done.save(update_fields=["submitted_at"])
        return done

    return made


def address(now, then):
    return reverse("assessment:then", args=[now.uid, then.uid])


# What the page shows


def test_numbers_are_those_of_both_reports(made):
    then, now = made("13222", days=90), made("33222")

    page = then_page(now, then)

    both = [measure_assessment(each).display for each in (then, now)]
    scores = [str(display.score) for display in both]
    assert [page.facts[0].first, page.facts[0].second] == scores
    for side, display in zip(("first", "second"), both, strict=True):
        notes = [getattr(row, side).note for row in page.rows]
        lost = [int(note.split()[0].replace(".", "")) for note in notes if note]
        assert sum(lost) == 1000 - display.readiness_tenths


def test_a_clear_change_and_noise_are_told_apart(made):
    then, now = made("13222", days=90), made("33322")

    page = then_page(now, then)

    asides = {row.name: row.aside for row in page.rows}
    assert asides["Planning"] == "2 levels up: a clear change."
    assert asides["Testing"] == "1 level up: within the noise."
    assert asides["Tooling"] == "No change."
    assert [row.name for row in page.rows][:2] == ["Planning", "Testing"]
    assert page.skills_note == (
        "One skill changed clearly; one skill moved within the noise; three skills "
        "stayed as before."
    )


def test_one_step_with_a_link_and_sure_is_clear(made):
    then, now = made("23222", days=90, **SURE), made("33222", **SURE)

    page = then_page(now, then)

    assert page.rows[0].aside == "1 level up: a clear change."


def test_what_is_not_answered_both_times_is_named_and_never_zero(made):
    then, now = made("33-3x", days=90), made("33332")

    page = then_page(now, then)

    cells = {row.name: (row.aside, row.first.text) for row in page.rows}
    assert cells["Testing"] == ("Not answered then: not compared.", "not answered")
    assert cells["Leadership"] == (
        "Left out as not relevant then: not compared.",
        "left out as not relevant",
    )
    assert page.skills_note.endswith(
        "two skills cannot be compared: not answered both times."
    )


def test_another_target_is_measured_against_this_one_and_says_so(made):
    then, now = made("33222", days=90, target="junior-tpm"), made("33222")

    page = then_page(now, then)

    assert page.facts[0].first == page.facts[0].second != str(then.score)
    assert page.measured == (
        "Both are measured against TPM, framework 1.0, scoring 1.0. The earlier one was "
        "for Junior TPM, so its own report may show another number."
    )
    assert page.score_note.startswith("The score is the same as then.")


def test_too_few_earlier_answers_give_no_score_but_are_compared(made):
    then, now = made("33-3-", days=90, target="junior-tpm"), made("33332")

    page = then_page(now, then)

    assert page.score_note == (
        "The earlier answers give no score for this target. Answer Testing and "
        "Leadership to measure it."
    )
    assert (page.facts[0].first, page.groups[0].first) == ("not measured",) * 2
    assert (
        next(row for row in page.rows if row.name == "Planning").aside == "No change."
    )


def test_groups_have_their_coverage_and_no_label(made):
    then, now = made("13222", days=90), made("33222")

    page = then_page(now, then)

    delivery, people = page.groups
    assert (delivery.first, delivery.second) == ("69.6", "100.0")
    assert (people.first, people.second) == ("77.7", "77.7")


# The sentences


@pytest.mark.parametrize(
    ("before", "after", "is_clear", "said"),
    [
        (
            600,
            700,
            True,
            "The score rose by 10.0 points, from 60.0 to 70.0. That is a clear change.",
        ),
        (
            700,
            690,
            False,
            "The score fell by 1.0 point, from 70.0 to 69.0. That is within the noise: "
            "for these answers a change is clear above about 9 points.",
        ),
        (
            700,
            700,
            False,
            "The score is the same as then. A change is clear above about 9 points.",
        ),
    ],
)
def test_score_change(before, after, is_clear, said):
    text = sentences.score_change(
        before=before, after=after, noise=8.2, is_clear=is_clear
    )

    assert text == said


@pytest.mark.parametrize(
    ("difference", "is_clear", "said"),
    [
        (0, False, "No change."),
        (-1, False, "1 level down: within the noise."),
        (2, True, "2 levels up: a clear change."),
    ],
)
def test_level_change(difference, is_clear, said):
    assert sentences.level_change(difference, is_clear) == said


def test_an_older_scoring_is_named():
    text = sentences.measured_against(
        target="TPM",
        then_target="TPM",
        version="1.0",
        scoring="2.0",
        then_scoring="1.0",
    )

    assert text == (
        "Both are measured against TPM, framework 1.0, scoring 2.0. The earlier one was "
        "scored by version 1.0, so its own report may show another number."
    )


# The way there


def test_the_report_leads_to_what_is_earlier_the_same_target_first(made, alice_client):
    oldest = made("33222", days=200)
    same = made("33222", days=100)
    other = made("33222", days=50, target="junior-tpm")
    now = made("33222")
    way = reverse("assessment:earlier", args=[now.uid])

    report = alice_client.get(reverse("assessment:report", args=[now.uid]))
    listed = alice_client.get(way)

    assert f'href="{way}"' in report.content.decode()
    offered = [each.url for each in listed.context["earlier"]]
    assert offered == [address(now, each) for each in (same, oldest, other)]


def test_a_strangers_assessment_is_not_listed(made, bob, alice_client):
    made("33222", days=50, owner=bob)
    now = made("33222")

    listed = alice_client.get(reverse("assessment:earlier", args=[now.uid]))

    assert "Nothing earlier yet" in listed.content.decode()


def test_a_strangers_earlier_assessment_is_not_there(made, bob, alice_client):
    theirs, now = made("33222", days=50, owner=bob), made("33222")

    assert alice_client.get(address(now, theirs)).status_code == 404


def test_the_later_one_is_always_now(made, alice_client):
    then, now = made("33222", days=50), made("33222")

    response = alice_client.get(address(then, now))

    assert response.url == address(now, then)


def test_another_version_is_refused_in_a_friendly_sentence(made, alice_client):
    then = made("33222", days=50)
    make_framework(version="2.0")
    now = made("33222")

    response = alice_client.get(address(now, then))

    assert response.status_code == 422
    assert response.context["problem"] == (
        "This assessment is of framework 1.0, and the report is of framework 2.0. They "
        "do not ask the same, so a change would not be yours. Rate again on one version "
        "to compare."
    )
    assert response.context["earlier"] == []


def test_itself_and_a_draft_are_refused(made, alice, alice_client):
    now = made("33222")
    draft = make_assessment(owner=alice, ratings=rated("33---"))

    problems = [
        alice_client.get(address(now, each)).context["problem"] for each in (now, draft)
    ]

    assert problems == [
        "This is the report itself. Choose an earlier assessment.",
        "This assessment is not submitted yet. Submit it first, or choose another.",
    ]


# Trend


def test_a_trend_keeps_the_last_of_a_day_and_like_beside_like(made, alice, bob):
    made("13222", days=90)
    made("33222", days=30)
    last = made("33333", days=30)
    other = made("33222", target="junior-tpm")
    made("33222", days=10, owner=bob)
    make_assessment(owner=alice, ratings=rated("33---"))

    found = trends(Assessment.objects.filter(owner=alice).for_trend(), datetime.UTC)

    assert [(trend.target, len(trend.points)) for trend in found] == [
        ("TPM", 2),
        ("Junior TPM", 1),
    ]
    assert [trend.points[-1].uid for trend in found] == [str(last.uid), str(other.uid)]
    assert found[0].points[-1].readiness_tenths == last.readiness_tenths == 1000


def test_versions_are_trends_of_their_own(made, alice):
    made("33222", days=30)
    make_framework(version="2.0")
    made("33222")

    found = trends(alice.assessments.for_trend(), datetime.UTC)

    assert [trend.framework_version for trend in found] == ["1.0", "2.0"]


def test_a_trend_takes_one_query(made, alice, django_assert_num_queries):
    for days in (30, 20, 10):
        made("33222", days=days)

    with django_assert_num_queries(1):
        trends(alice.assessments.for_trend(), datetime.UTC)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 1000)), max_size=30))
def test_a_trend_has_one_point_a_day_in_order(submissions):
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    zone = datetime.timezone(timedelta(hours=10))
    ordered = sorted(submissions, key=lambda each: each[0])
    rows = [
        SimpleNamespace(
            submitted_at=start + timedelta(hours=hours),
            readiness_tenths=tenths,
            band="nearly",
            is_provisional=False,
            uid="uid",
            framework=SimpleNamespace(key="f", version="1"),
            target=SimpleNamespace(key="tpm", short_title="TPM"),
            scoring_version="1.0",
        )
        for hours, tenths in ordered
    ]

    points = [point for trend in trends(rows, zone) for point in trend.points]

    last = {(start + timedelta(hours=h)).astimezone(zone).date(): t for h, t in ordered}
    assert {point.day: point.readiness_tenths for point in points} == last
    assert [point.day for point in points] == sorted(last)
