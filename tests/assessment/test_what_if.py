"""What other answers would make of the score: the sum, the address, the page."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment import sentences
from assessment.answers import Answer
from assessment.forms import WhatIfForm
from assessment.measuring import measure
from assessment.models import Rating
from assessment.scoring import CURRENT, Band
from assessment.what_if_page import WhatIf, what_if_page
from tests.factories import SKILLS, make_assessment, small_spec

PART = {"HTTP_HX_REQUEST": "true"}
ASKED = {"planning": 3, "tooling": 3, "testing": 2, "communication": 3, "leadership": 2}
NOW = "13222"  # of the skills above, in their order


def case_of(digits, **more):
    """Answers for TPM from digits; "-" is not answered, "x" is left out."""
    spec, said = small_spec(), {}
    for key, digit in zip(SKILLS, digits, strict=True):
        if digit == "x":
            said[key] = Answer(not_applicable=True, reason="Another team.")
        elif digit != "-":
            said[key] = Answer(value=int(digit), **more)
    return WhatIf(spec, spec.levels_by_key["tpm"], said, CURRENT)


def page_of(case, **levels):
    form = WhatIfForm(levels, stands=case.stands)
    assert form.is_valid()
    return what_if_page(case.trying(form.values()), form)


@pytest.fixture
def done(framework, alice):
    ratings = dict(zip(SKILLS, map(int, NOW), strict=True))
    return make_assessment(owner=alice, target="tpm", ratings=ratings, submit=True)


@pytest.fixture
def address(done):
    return reverse("assessment:what_if", args=[done.uid])


# The sum


@given(
    now=st.lists(st.integers(0, 5), min_size=5, max_size=5),
    tried=st.dictionaries(st.sampled_from(list(SKILLS)), st.integers(0, 5)),
)
def test_the_outcome_is_the_engines_for_the_same_answers(now, tried):
    case = case_of("".join(map(str, now)), confidence="high", note="I did it.")
    page = page_of(case, **{key: str(value) for key, value in tried.items()})

    answers = {
        key: replace(answer, value=tried.get(key, answer.value))
        for key, answer in case.answers.items()
    }
    result = measure(case.spec, case.level, answers)
    outcome = page.outcome
    assert outcome.score == str(result.display.score)
    assert outcome.band_title == sentences.BAND_TITLES[result.band]
    low, high = result.likely_range
    assert outcome.range == sentences.span(int(low), -int(-high // 1))
    *rows, total = outcome.lost
    lost = [tenths for tenths in result.display.lost_tenths.values() if tenths]
    assert sorted(row.second for row in rows if row.second != "0.0") == sorted(
        sentences.printed(tenths) for tenths in lost
    )
    assert total.second == sentences.printed(sum(lost))
    assert total.second == sentences.printed(1000 - result.display.readiness_tenths)


def test_what_was_left_out_can_be_tried():
    case = case_of("3313x")

    page = page_of(case, leadership="2")

    lever = page.groups[1].levers[1]
    assert lever.legend == "Leadership: not rated, asked 2"
    assert [option.value for option in lever.options if option.checked] == [2]
    assert case.now.display.lost_tenths.keys() == ASKED.keys() - {"leadership"}
    assert case.trying({"leadership": 2}).then.display.lost_tenths["leadership"] == 0


def test_what_stands_is_not_tried_again():
    case = case_of(NOW)

    assert case.trying({"planning": 1, "tooling": 4, "testing": 2}).query == "tooling=4"


def test_the_picks_raise_what_they_say():
    case = case_of(NOW)

    must_haves, gaps = page_of(case).picks

    assert must_haves.text == "All must-haves met"
    assert must_haves.query == "planning=3&communication=3"
    assert gaps.text == "My two gaps closed"
    tried = dict(part.split("=") for part in must_haves.query.split("&"))
    assert page_of(case, **tried).outcome.score == "100"


def test_there_is_nothing_to_pick_where_nothing_is_missing():
    assert page_of(case_of("33232")).picks == ()


# Sentences


@pytest.mark.parametrize(
    ("changes", "now", "then", "said"),
    [
        (0, 680, 680, "Your answers as they stand. Move a skill to see what changes."),
        (1, 680, 680, "With this change the score would stay at 68.0."),
        (
            1,
            680,
            690,
            "With this change the score would be 69.0: 1.0 point more than now.",
        ),
        (
            3,
            680,
            542,
            "With these three changes the score would be 54.2: 13.8 points less than "
            "now.",
        ),
    ],
)
def test_the_sentence_says_how_the_score_would_move(changes, now, then, said):
    assert sentences.what_if_sentence(changes=changes, now=now, then=then) == said


def test_the_verdict_stays_or_is_another():
    assert sentences.what_if_band(Band.NEARLY, Band.NEARLY) == (
        "The verdict stays “Nearly there”."
    )
    assert sentences.what_if_band(Band.NEARLY, Band.READY) == (
        "The verdict would be “Ready to make the case” and not “Nearly there”."
    )


def test_what_still_holds_points_is_named():
    assert sentences.what_if_held(0, "", 0) == ""
    assert sentences.what_if_held(10, "Planning", 1) == "Planning holds 1.0 point back."
    assert sentences.what_if_held(21, "Planning and Tooling", 2) == (
        "Planning and Tooling hold 2.1 points back."
    )


# The page


def test_an_address_can_be_kept(client, alice, address):
    client.force_login(alice)

    page = client.get(f"{address}?planning=3&communication=3")

    assert page.status_code == 200
    assert page.context["page"].outcome.score == "100"
    assert b"My answers as they stand" in page.content


def test_the_form_without_scripts_leads_to_the_short_address(client, alice, address):
    client.force_login(alice)
    sent = dict(zip(SKILLS, NOW, strict=True)) | {"tooling": "4", "utm": "x"}

    response = client.get(address, sent)

    assert response.status_code == 302
    assert response.url == f"{address}?tooling=4"
    assert client.get(response.url).status_code == 200


def test_one_change_takes_three_queries_and_stores_nothing(client, alice, address):
    client.force_login(alice)
    before = list(Rating.objects.order_by("pk").values())
    client.get(address, {"tooling": "4"}, **PART)

    with CaptureQueriesContext(connection) as queries:
        part = client.get(address, {"tooling": "4", "planning": "1"}, **PART)

    assert len(queries) == 3
    assert part["HX-Replace-Url"] == f"{address}?tooling=4"
    assert b"<html" not in part.content
    assert b'id="what-if-lost" hx-swap-oob="true"' in part.content
    assert list(Rating.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("value", ["6", "-1", "2.5", "many", "3 "])
def test_a_level_that_is_none_is_marked_and_the_rest_stays(
    client, alice, address, value
):
    client.force_login(alice)

    page = client.get(address, {"tooling": "4", "planning": value})

    content = page.content.decode()
    assert page.context["page"].outcome is None
    assert content.count("Choose a level from 0 to 5.") == 1
    levers = page.context["page"].groups[0].levers
    assert [option.value for option in levers[1].options if option.checked] == [4]


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
