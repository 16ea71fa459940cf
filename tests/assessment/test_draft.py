"""What a draft knows of itself: how far it is, what it suggests, what it doubts."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from assessment.answers import Answer
from assessment.draft import MUST_HAVES, Draft, load_draft
from assessment.models import Assessment, Rating
from careers.models import Requirement
from careers.publishing import publish_framework
from tests.factories import (
    SKILLS,
    changed_skill,
    make_assessment,
    make_framework,
    small_spec,
)

pytestmark = pytest.mark.django_db

LEFT_OUT = Answer(not_applicable=True, reason="Not here")


def draft_of(owner, ratings=None, **what):
    return load_draft(make_assessment(owner=owner, ratings=ratings, **what))


def rate_page(draft, group):
    return reverse("assessment:rate", args=[draft.assessment.uid, group])


# How far it is


def test_a_draft_counts_what_is_rated_or_left_out(framework, alice):
    answers = {"planning": 0, "tooling": LEFT_OUT, "leadership": Answer(note="Later")}

    draft = draft_of(alice, answers)

    assert (draft.answered, draft.total) == (2, 5)
    assert [(group.key, count) for group, _, count in draft.groups] == [
        ("delivery", 2),
        ("people", 0),
    ]
    assert [(group.key, *rest) for group, *rest in draft.line] == [
        ("delivery", 0, 3, 2),
        ("people", 3, 2, 0),
    ]


def test_a_page_is_of_a_group_or_of_the_must_haves(framework, alice):
    draft = draft_of(alice)

    pages = {
        page: [skill.key for skill in draft.skills_on(page)]
        for page in ("delivery", "people", MUST_HAVES, "juggling")
    }

    assert pages == {
        "delivery": ["planning", "tooling", "testing"],
        "people": ["communication", "leadership"],
        MUST_HAVES: ["planning", "communication"],
        "juggling": [],
    }


def test_the_page_after_is_the_next_group_then_the_review(framework, alice):
    draft = draft_of(alice, dict.fromkeys(SKILLS, 1))
    uid = draft.assessment.uid

    after = [draft.page_after(page) for page in ("delivery", "people", MUST_HAVES)]

    assert after == [
        rate_page(draft, "people"),
        reverse("assessment:review", args=[uid]),
        reverse("assessment:quick_look", args=[uid]),
    ]


# What is suggested


@pytest.fixture
def earlier(framework, alice):
    answers = {
        "planning": 2,
        "tooling": Answer(3, note="What I did", url="https://a.example"),
        "testing": Answer(note="Only a note"),
        "communication": LEFT_OUT,
    }
    return make_assessment(owner=alice, ratings=answers)


def test_an_earlier_answer_is_suggested_where_the_skill_is_still_open(alice, earlier):
    answers = {"planning": 5, "tooling": Answer(note="Still thinking")}

    draft = draft_of(alice, answers, based_on=earlier)

    assert {key: answer.value for key, answer in draft.suggestions.items()} == {
        "tooling": 3,
        "communication": None,
    }


def test_what_is_still_true_takes_note_and_link_along(alice, earlier):
    answers = {"planning": 5, "tooling": Answer(note="Still thinking")}
    draft = draft_of(alice, answers, based_on=earlier)

    kept = draft.still_true(["tooling", "planning", "leadership", "unknown"])

    assert list(kept) == ["tooling"]
    suggested = draft.suggestions["tooling"]
    assert suggested.note == "What I did"
    both = replace(
        suggested, note="What I did\nStill thinking"
    )  # nothing typed is lost
    assert kept["tooling"].is_same_as(both)
    assert kept["tooling"].revision == draft.answer("tooling").revision == 1


def test_without_an_earlier_assessment_nothing_is_suggested(framework, alice):
    draft = draft_of(alice)

    assert (draft.suggestions, draft.unchanged) == ({}, [])
    assert draft.statement_then("planning") == ""


def test_a_suggestion_is_unchanged_while_its_statement_is(alice, earlier):
    old = earlier.framework
    make_framework(version="2.0")
    draft = draft_of(alice, based_on=earlier)

    assert draft.assessment.framework != old
    assert draft.unchanged == ["planning", "tooling", "communication"]
    assert draft.statement_then("tooling") == "I show tooling at level 3."
    assert draft.statement_then("communication") == "Not here"


def test_a_suggestion_whose_statement_reads_otherwise_is_not_unchanged(alice, earlier):
    levels = tuple(
        level.replaced(statement="I say it anew.") if level.value == 3 else level
        for level in small_spec().skills_by_key["tooling"].levels
    )
    make_framework(version="2.0", skills=changed_skill("tooling", levels=levels))

    draft = draft_of(alice, based_on=earlier)

    assert "tooling" in draft.suggestions
    assert draft.unchanged == ["planning", "communication"]


# What is left out


def with_importance(**importance):
    """The small framework, live, with these importances at TPM."""
    draft = make_framework(publish=False)
    for skill, value in importance.items():
        asked = Requirement.objects.filter(career_level__key="tpm", skill__key=skill)
        asked.update(importance=value)
    return publish_framework(framework=draft)


@pytest.mark.parametrize(
    ("left_out", "share", "warns"),
    [
        (["tooling"], 30, False),
        (["tooling", "leadership"], 40, True),
        (["testing", "leadership"], 30, False),
        ([], 0, False),
    ],
)
def test_too_much_is_left_out_above_30_per_cent_and_not_at_it(
    alice, alice_client, left_out, share, warns
):
    with_importance(planning=2, communication=2, tooling=3, testing=2, leadership=1)
    answers = dict.fromkeys(SKILLS, 3) | dict.fromkeys(left_out, LEFT_OUT)
    draft = draft_of(alice, answers)

    page = alice_client.get(rate_page(draft, "people")).content.decode()

    assert draft.number.not_applicable_share * 100 == share
    assert draft.leaves_out_too_much is warns
    assert draft.number.is_measured is not warns
    assert ("Too much is left out for a score" in page) is warns


def test_a_must_have_that_is_left_out_counts_as_not_answered(framework, alice):
    must_haves = dict.fromkeys(["planning", "communication"], LEFT_OUT)

    draft = draft_of(alice, dict.fromkeys(SKILLS, 3) | must_haves)

    assert not draft.leaves_out_too_much
    assert [skill.key for skill in draft.must_haves_left_out] == [*must_haves]


@pytest.mark.parametrize(
    ("answers", "page"),
    [
        ({}, "delivery"),
        ({"planning": LEFT_OUT, "tooling": 3}, "delivery/#testing"),
        (
            dict.fromkeys(SKILLS, 3) | {"communication": LEFT_OUT},
            "people/#communication",
        ),
        (
            dict.fromkeys(SKILLS, LEFT_OUT) | {"planning": 3, "communication": 3},
            "delivery/#tooling",
        ),
        (dict.fromkeys(SKILLS, 3), "review"),
    ],
)
def test_a_score_waits_for_what_is_open_or_left_out(framework, alice, answers, page):
    address = draft_of(alice, answers).first_in_the_way

    assert address.rstrip("/").endswith(f"/{page}")


@pytest.mark.parametrize(
    ("answers", "page"),
    [
        ({"planning": 3, "testing": 3, "communication": LEFT_OUT}, "#communication"),
        ({"planning": 3, "testing": LEFT_OUT, "communication": 3}, "#testing"),
        ({"testing": 3, "communication": LEFT_OUT}, "#planning"),
    ],
)
def test_a_score_waits_for_nothing_that_is_not_required(alice, answers, page):
    """Tooling, which is left out, and leadership, which is open, are not."""
    framework = make_framework(publish=False)
    others = Requirement.objects.filter(skill__key__in=["tooling", "leadership"])
    others.update(required=0)
    publish_framework(framework=framework)

    draft = draft_of(alice, answers | {"tooling": LEFT_OUT})

    assert draft.first_in_the_way.endswith(page)


def test_the_review_leads_to_what_a_score_waits_for(framework, alice, alice_client):
    answers = dict.fromkeys(SKILLS, 3) | {"communication": LEFT_OUT}
    draft = draft_of(alice, answers)

    review = alice_client.get(draft.last_address).content.decode()

    assert f'href="{rate_page(draft, "people")}#communication">Go on rating' in review


def test_all_that_counts_left_out_is_too_much(alice):
    framework = make_framework(publish=False)
    Requirement.objects.update(must_have=False)
    publish_framework(framework=framework)

    assert draft_of(alice, dict.fromkeys(SKILLS, LEFT_OUT)).leaves_out_too_much
    assert not draft_of(alice, {}).leaves_out_too_much


def test_where_nothing_is_required_nothing_is_left_out(alice):
    framework = make_framework(publish=False)
    Requirement.objects.update(required=0, must_have=False)
    publish_framework(framework=framework)

    assert not draft_of(alice, {"planning": 3}).leaves_out_too_much


# Second thoughts


@pytest.mark.parametrize(
    ("answered", "seconds", "too_quick"),
    [(10, 1, True), (9, 1, False), (10, 2.99, True), (10, 3, False), (10, 3.01, False)],
)
def test_ten_answers_are_too_quick_within_three_seconds_each(
    answered, seconds, too_quick
):
    begun = timezone.now()
    span = timedelta(seconds=seconds * answered)
    moments = [begun + span * n / (answered - 1) for n in range(answered)]
    answers = {str(n): Answer(3, rated_at=moment) for n, moment in enumerate(moments)}

    assert Draft(Assessment(), answers).is_too_quick is too_quick


def test_only_ratings_are_timed():
    left_out = Answer(not_applicable=True, reason="Not here", rated_at=timezone.now())
    rated = Answer(3, rated_at=timezone.now())
    nine = {str(n): rated for n in range(9)}

    assert not Draft(Assessment(), nine | {"9": left_out}).is_too_quick
    assert Draft(Assessment(), nine | {"9": rated}).is_too_quick


def test_who_confirms_earlier_answers_is_quick_for_a_reason():
    rated = {str(n): Answer(3, rated_at=timezone.now()) for n in range(20)}

    assert Draft(Assessment(), rated).is_too_quick
    assert not Draft(Assessment(based_on_id=1), rated).is_too_quick


@pytest.mark.parametrize(("days", "named"), [(365, []), (366, ["testing"])])
def test_what_was_rated_more_than_a_year_ago_is_asked_again(
    framework, alice, days, named
):
    answers = {"testing": 3, "tooling": 2, "planning": Answer(note="Only a note")}
    draft = draft_of(alice, answers)
    now = timezone.now()
    Rating.objects.exclude(skill__key="tooling").update(
        rated_at=now - timedelta(days=days)
    )

    with time_machine.travel(now, tick=False):
        found = load_draft(draft.assessment).rated_long_ago

    assert [skill.key for skill in found] == named
