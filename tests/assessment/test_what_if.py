"""What other answers would make of the score: the sums, the address, the page."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer
from assessment.comparison import compare_tried
from assessment.models import Rating
from assessment.report import report_of
from tests.factories import (
    SKILLS,
    make_assessment,
    make_shipped_framework,
    shipped_spec,
    small_spec,
)
from tests.reading import elements, links, texts

PART = {"HTTP_HX_REQUEST": "true"}
NOW = "13222"  # of planning, tooling, testing, communication, leadership


def report_from(digits):
    """Answers for TPM from digits; "-" is not answered, "x" is left out."""
    spec, said = small_spec(), {}
    for key, digit in zip(SKILLS, digits, strict=True):
        if digit == "x":
            said[key] = Answer(not_applicable=True, reason="Another team.")
        elif digit != "-":
            said[key] = Answer(value=int(digit))
    return report_of(spec, spec.levels_by_key["tpm"], said)


def lost(comparison):
    """{skill: (lost now, what is shown as lost then)}"""
    return {
        row.skill.key: (row.first.lost_tenths, row.lost_if_tenths)
        for row in comparison.by_lost_if
    }


@pytest.fixture
def done(framework, alice):
    ratings = dict(zip(SKILLS, map(int, NOW), strict=True))
    return make_assessment(owner=alice, target="tpm", ratings=ratings, submit=True)


@pytest.fixture
def address(done):
    return reverse("assessment:what_if", args=[done.uid])


@pytest.fixture
def look(client, alice, address):
    """Opens the page with these levels."""
    client.force_login(alice)
    return lambda more=None, **levels: client.get(address, levels, **(more or {}))


# The sums


@settings(max_examples=60, deadline=None, database=None)
@given(
    now=st.lists(st.sampled_from("012345"), min_size=5, max_size=5),
    tried=st.dictionaries(st.sampled_from(list(SKILLS)), st.integers(0, 5)),
    left_out=st.booleans(),
)
def test_gain_is_the_difference_of_printed_scores_and_all_adds_up(now, tried, left_out):
    if left_out:
        now[2] = "x"
    report = report_from("".join(now))

    comparison = compare_tried(report, tried)

    answers = {**report.answers, **{key: Answer(value=v) for key, v in tried.items()}}
    then = report_of(report.spec, report.level, answers).result
    assert comparison.second.result.readiness_tenths == then.readiness_tenths
    assert comparison.second.result.likely_range == then.likely_range
    assert comparison.gain_tenths == (
        then.readiness_tenths - report.result.readiness_tenths
    )
    for row in comparison.rows:
        if not row.is_tried:
            assert row.lost_if_tenths == report.by_key[row.skill.key].lost_tenths
    for side, at in enumerate(comparison.missing_tenths):
        shown = sum(each[side] for each in lost(comparison).values())
        shown += comparison.unanswered_tenths[side] + side * comparison.shared_tenths
        assert shown == at


def test_where_nothing_is_tried_both_sides_are_the_report_with_its_stored_range():
    report = report_from("3313x")

    assert compare_tried(report, {}).sides == (report, report)


@pytest.mark.parametrize("seed", range(5))
def test_each_gain_of_the_report_is_what_trying_it_shows(seed):
    spec, source = shipped_spec(), random.Random(seed)
    level = source.choice(spec.levels)
    answers = {skill.key: Answer(value=source.randint(0, 5)) for skill in spec.skills}
    report = report_of(spec, level, answers)
    assert report.gaps

    for each in report.gaps:
        step = compare_tried(report, {each.key: each.rating + 1})
        closed = compare_tried(report, {each.key: each.required})

        assert step.gain_tenths == each.gap.gain_step_tenths
        assert closed.gain_tenths == each.gap.gain_close_tenths


def test_the_loss_of_what_nobody_touched_stands_still():
    report = report_from(NOW)
    real = compare_tried(report, {"planning": 3}).second.by_key["communication"]

    comparison = compare_tried(report, {"planning": 3})

    now = {each.key: each.lost_tenths for each in report.gaps}
    assert now["communication"] < real.lost_tenths  # must-haves multiply
    assert lost(comparison) == {
        "planning": (now["planning"], 0),
        "communication": (now["communication"], now["communication"]),
    }
    assert comparison.shared_tenths == real.lost_tenths - now["communication"]
    assert comparison.why_losses_move == "must-haves"


@pytest.mark.parametrize(
    ("now", "tried", "why"),
    [
        ("33222", {"tooling": 2}, "must-haves"),
        ("33222", {"communication": 3}, "must-haves"),
        ("33232", {"communication": 2}, "must-haves"),
        ("32130", {"tooling": 3}, "rounding"),
        ("3213x", {"leadership": 0}, "counted"),
        ("3213-", {"leadership": 2}, "counted"),
    ],
)
def test_why_the_losses_of_others_move(now, tried, why):
    assert compare_tried(report_from(now), tried).why_losses_move == why


def test_what_was_left_out_can_be_tried():
    comparison = compare_tried(report_from("3313x"), {"leadership": 1})

    assert comparison.rows[-1].first.is_left_out
    assert lost(comparison)["leadership"][0] == 0 < lost(comparison)["leadership"][1]


# The page


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({}, "Your answers as they stand. Move a skill to see what changes."),
        ({"tooling": "4"}, "The score would stay at 52.8."),
        ({"planning": "3"}, "The score would be 82.9: 30.1 more than now."),
        ({"tooling": "2"}, "The score would be 48.6: 4.2 less than now."),
    ],
)
def test_the_sentence_says_how_the_score_would_move(look, levels, said):
    assert texts(look(**levels), "p", "what-if__sentence") == [said]


@pytest.mark.parametrize(
    ("levels", "said", "not_said"),
    [
        ({"tooling": "4"}, "The verdict stays “On the way”.", "would be “"),
        (
            {"planning": "3", "communication": "3"},
            "would be “Ready to make the case” and not “On the way”. "
            "No must-have would be missing.",
            "must-have level",
        ),
        (
            {"planning": "3"},
            "One must-have level would still be missing (Communication); it takes 9.2 "
            "points.",
            "verdict stays",
        ),
        (
            {"planning": "2"},
            "2 must-have levels would still be missing (Planning and Communication); "
            "together they take ",
            "would be “Ready",
        ),
    ],
)
def test_the_verdict_and_the_must_haves_are_said(look, levels, said, not_said):
    page = " ".join(texts(look(**levels), "main"))

    assert said in page
    assert not_said not in page


def test_the_picks_raise_what_they_say(look):
    page = look()

    found = links(page)
    assert found["No must-have missing"] == "?planning=3&communication=3"
    assert found["My first 2 gaps closed"] == "?planning=3&communication=3"
    assert texts(look(planning=3, communication=3), "span", "what-if__figure") == [
        "100.0"
    ]


def test_a_must_have_is_raised_to_its_must_have_level(client, alice):
    """Senior TPM requires 3 of this one; the 2 of Junior TPM is the must-have."""
    framework = make_shipped_framework()
    senior = shipped_spec().levels_by_key["senior-tpm"]
    ratings = {item.skill: item.required for item in senior.requirements}
    done = make_assessment(
        owner=alice,
        framework=framework,
        target="senior-tpm",
        ratings=ratings | {"pm-tooling": 1},
        submit=True,
    )
    client.force_login(alice)

    found = links(client.get(reverse("assessment:what_if", args=[done.uid])))

    assert found["No must-have missing"] == "?pm-tooling=2"
    assert found["My first gap closed"] == "?pm-tooling=3"


def test_there_is_nothing_to_pick_where_nothing_is_missing(client, alice, framework):
    ratings = dict(zip(SKILLS, (3, 3, 2, 3, 2), strict=True))
    done = make_assessment(owner=alice, target="tpm", ratings=ratings, submit=True)
    client.force_login(alice)

    page = client.get(reverse("assessment:what_if", args=[done.uid]))

    assert [href for href in links(page).values() if href.startswith("?")] == []


def test_an_address_can_be_kept(look):
    page = look(planning=3, communication=3)

    assert texts(page, "span", "what-if__figure") == ["100.0"]
    assert "My answers as they stand" in links(page)
    chosen = [
        (attributes["name"], attributes["value"])
        for attributes, _ in elements(page, "input", "segment__input")
        if "checked" in attributes
    ]
    assert chosen == list(zip(SKILLS, "33232", strict=True))


def test_the_form_without_scripts_leads_to_the_short_address(look, client, address):
    sent = dict(zip(SKILLS, NOW, strict=True)) | {"tooling": "4", "utm": "x"}

    response = look(**sent)

    assert (response.status_code, response.url) == (302, f"{address}?tooling=4")
    assert client.get(response.url).status_code == 200


def test_one_change_takes_three_queries_and_stores_nothing(look, address):
    before = list(Rating.objects.order_by("pk").values())
    look(PART, tooling="4")

    with CaptureQueriesContext(connection) as queries:
        part = look(PART, tooling="4", planning="1")

    assert len(queries) == 3
    assert part["HX-Replace-Url"] == f"{address}?tooling=4"
    assert b"<html" not in part.content
    assert b'id="what-if-lost" hx-swap-oob="true"' in part.content
    assert list(Rating.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("value", ["6", "-1", "2.5", "many", "3 "])
def test_a_level_that_is_none_is_marked_and_the_rest_stays(look, value):
    page = look(tooling="4", planning=value)

    assert texts(page, "p", "what-if__error") == ["Choose a level from 0 to 5."]
    assert texts(page, "span", "what-if__figure") == []
    chosen = {
        attributes["name"]: attributes["value"]
        for attributes, _ in elements(page, "input", "segment__input")
        if "checked" in attributes
    }
    assert "planning" not in chosen
    assert chosen["tooling"] == "4"


def test_nobody_else_can_try(client, bob, address):
    assert client.get(address).status_code == 404
    client.force_login(bob)
    assert client.get(f"{address}?tooling=4").status_code == 404


def test_a_draft_is_rated_first(client, alice, framework):
    client.force_login(alice)
    for ratings in ({}, {"planning": 2}):
        draft = make_assessment(owner=alice, ratings=ratings)
        response = client.get(reverse("assessment:what_if", args=[draft.uid]))
        assert response.status_code == 302


def test_a_verdict_that_is_provisional_says_so(framework, alice, client):
    ratings = dict(zip(SKILLS, (3, 3, 2, 3), strict=False))
    done = make_assessment(owner=alice, target="tpm", ratings=ratings, submit=True)
    client.force_login(alice)

    page = client.get(reverse("assessment:what_if", args=[done.uid]))

    assert texts(page, "span", "band-badge") == ["Nearly there, provisional"]
