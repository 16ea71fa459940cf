"""A report beside an earlier one: what is compared, what is said, and what is offered."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.answers import Answer
from assessment.comparison import Row, compare_times
from assessment.report import load_report
from assessment.transfer import Transfer
from careers.changes import TwoVersions
from tests.factories import (
    SKILLS,
    changed_skill,
    make_assessment,
    make_framework,
    make_with_planning_as,
    small_spec,
)
from tests.reading import elements, links, texts

pytestmark = pytest.mark.django_db


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

    def made(digits, days=0, owner=alice, target="tpm", framework=None, **more):
        done = make_assessment(
            owner=owner,
            ratings=rated(digits, **more),
            target=target,
            framework=framework,
            submit=True,
        )
        done.submitted_at = timezone.now() - timedelta(days=days)
        done.save(update_fields=["submitted_at"])
        return done

    return made


@pytest.fixture
def look(alice_client):
    """Opens then and now."""
    return lambda now, then: alice_client.get(address(now, then))


def harder(skill, required):
    """The small spec's levels, with more required of one skill."""
    return tuple(
        level.replaced(
            requirements=tuple(
                item.replaced(required=required) if item.skill == skill else item
                for item in level.requirements
            ),
        )
        for level in small_spec().levels
    )


def address(now, then):
    return reverse("assessment:then", args=[now.uid, then.uid])


def cells(page):
    """{skill: [then, now, change, points lost]}, in the page's order."""
    names = texts(page, "a", "compare__link")
    said = [text for attributes, text in elements(page, "td") if "data-h" in attributes]
    return {name: said[4 * nth : 4 * nth + 4] for nth, name in enumerate(names)}


# Both on the later one's version and target


def test_each_side_is_the_report_itself_where_all_is_alike(made):
    then, now = made("13222", days=90), made("33222")

    comparison = compare_times(then, now)

    for side, assessment in ((comparison.first, then), (comparison.second, now)):
        own = load_report(assessment)
        assert side.result.readiness_tenths == own.result.readiness_tenths
        assert side.result.stored_range == assessment.likely_range
        assert side.lost_tenths == own.lost_tenths
    assert comparison.gain_tenths == now.readiness_tenths - then.readiness_tenths


def test_an_earlier_target_is_measured_against_the_present_one(made, look):
    then, now = made("33222", days=90, target="junior-tpm"), made("33222")

    comparison = compare_times(then, now)

    assert then.score == 100
    assert comparison.first.result.score == now.score == 82
    assert comparison.first.result.likely_range == now.likely_range
    page = texts(look(now, then), "main")[0]
    assert (
        "The earlier one was for Junior TPM and is measured here against TPM. Its own "
        "report keeps its number, 100."
    ) in page
    assert "The score stayed at 82." in page


def test_an_earlier_version_is_measured_on_the_present_one(made, look):
    then = made("33222", days=90)
    make_framework(version="1.1", levels=harder("tooling", 4))
    now = made("33222")

    comparison = compare_times(then, now)

    assert now.score == 78 != then.score == 82
    assert comparison.first.result.score == comparison.second.result.score == 78
    page = texts(look(now, then), "main")[0]
    assert (
        "The earlier one was made on version 1.0 and is measured here on 1.1. Its own "
        "report keeps its number, 82."
    ) in page


def test_an_earlier_scoring_is_named(made, look):
    then, now = made("33222", days=90), made("33222")
    then.scoring_version = "1.0"
    then.save(update_fields=["scoring_version"])

    page = texts(look(now, then), "main")[0]

    assert "scored by version 1.0 and is scored here by 2.0" in page
    comparison = compare_times(then, now)
    assert comparison.first.result.stored_range is None


def test_a_skill_that_the_earlier_version_had_not_is_not_comparable(made, look):
    then = made("33222", days=90)
    gone, *kept = small_spec().skills
    new = gone.replaced(key="roadmaps", name="Roadmaps")
    levels = tuple(
        level.replaced(
            requirements=tuple(
                item.replaced(skill="roadmaps", must_have=False)
                if item.skill == "planning"
                else item
                for item in level.requirements
            ),
        )
        for level in small_spec().levels
    )
    framework = make_framework(
        version="1.1",
        skills=(new.replaced(actions=(), questions=()), *kept),
        levels=levels,
        leaves_out=(),
        certifications=(),
    )
    now = make_assessment(
        owner=then.owner,
        framework=framework,
        ratings=dict.fromkeys(["roadmaps", *list(SKILLS)[1:]], 3),
        submit=True,
    )

    page = look(now, then)

    assert cells(page)["Roadmaps"][:3] == [
        "–",
        "3 Independent",
        "Not comparable: version 1.0 did not have it.",
    ]
    assert cells(page)["Testing"][2] == "One level up. Note what shows it."


def test_a_renamed_skill_is_compared_under_its_new_name(made, look):
    then = made("23222", days=90)
    framework = make_with_planning_as(("plans", ("planning",)))
    ratings = {"plans": 3, "tooling": 3, "testing": 2, "communication": 2}
    now = make_assessment(
        owner=then.owner, framework=framework, ratings=ratings, submit=True
    )

    page = look(now, then)

    assert cells(page)["Plans"][:3] == [
        "2 Guided",
        "3 Independent",
        "One level up. Note what shows it.",
    ]
    assert "before: Planning" in texts(page, "main")[0]
    assert "It takes the place of Planning." in texts(page, "main")[0]


@pytest.mark.parametrize(
    ("skills", "said"),
    [
        (
            [("craft", ("planning", "tooling"))],
            {"Craft": "Not comparable: Planning and Tooling were rated apart."},
        ),
        (
            [("dates", ("planning",)), ("scope", ("planning",))],
            {
                "Dates": "Not comparable: it was a part of Planning.",
                "Scope": "Not comparable: it was a part of Planning.",
            },
        ),
    ],
)
def test_what_was_joined_or_parted_is_explained_and_not_guessed(
    made, look, skills, said
):
    then = made("33222", days=90)
    framework = make_with_planning_as(*skills)
    keys = framework.skills.values_list("key", flat=True)
    now = make_assessment(
        owner=then.owner,
        framework=framework,
        ratings=dict.fromkeys(keys, 3),
        submit=True,
    )

    page = look(now, then)

    found = cells(page)
    assert {name: found[name][0] for name in said} == dict.fromkeys(said, "–")
    assert {name: found[name][2] for name in said} == said


def test_what_the_ladder_changed_stands_apart_from_what_you_changed(made, look):
    then = made("33222", days=90)
    make_framework(version="1.1", levels=harder("tooling", 4))
    now = made("34232")

    page = look(now, then)

    assert texts(page, "p", "two-causes__figures") == ["78 to 100", "82 to 78"]
    said = texts(page, "main")[0]
    assert "Required: 3 Independent, now 4 Leading." in said
    assert then.score == 82
    assert now.score == 100


def test_without_a_change_of_the_ladder_there_are_not_two_causes(made, look):
    page = look(made("33232"), made("33222", days=90))

    assert texts(page, "p", "two-causes__figures") == []
    assert "The ladder changed" not in texts(page, "main")[0]


def test_a_target_that_the_earlier_version_had_not_has_no_number_of_the_ladder(
    made, look
):
    then = made("33222", days=90, target="senior-tpm")
    moved = tuple(
        each.replaced(key="pm", title="PM", short_title="PM")
        if each.key == "senior-tpm"
        else each
        for each in small_spec().levels
    )
    make_framework(version="1.1", levels=moved)
    now = made("33222", target="pm")

    page = texts(look(now, then), "main")[0]

    assert "Version 1.0 had no PM, so what the ladder changed has no number." in page


def test_a_skill_goes_by_what_its_key_was_before():
    earlier, said = small_spec(), rated("12345")
    later = small_spec(
        skills=changed_skill("planning", key="plans", replaces=("planning",))
    )
    swapped = small_spec(skills=changed_skill("planning", replaces=("testing",)))

    moved = Transfer(TwoVersions(earlier, later), "tpm", said)

    assert moved.absent == {}
    assert moved.found == {"plans": said["planning"]} | {
        key: said[key] for key in list(SKILLS)[1:]
    }
    # Its own key goes first.
    own = Transfer(TwoVersions(earlier, swapped), "tpm", said)
    assert own.found["planning"] == said["planning"]


def test_a_rating_on_points_that_are_no_more_is_not_comparable():
    earlier, said = small_spec(), rated("1-525")
    later = small_spec(scale=small_spec().scale[:5])

    moved = Transfer(TwoVersions(earlier, later), "tpm", said)

    assert moved.absent == {"testing": "scale", "leadership": "scale"}
    assert set(moved.found) == {"planning", "communication"}


# What is said


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("13222", "33222", "From 52 to 82: more than rating again would explain."),
        ("33222", "32222", "From 82 to 77: rating again could do as much."),
        ("33222", "34222", "The score stayed at 82."),
    ],
)
def test_the_lede_says_how_the_score_moved(made, look, then, now, said):
    before, after = made(then, days=90), made(now)

    assert texts(look(after, before), "p", "lede") == [said]


def test_a_change_is_clear_just_outside_the_earlier_range(made):
    comparison = compare_times(made("22222", days=90), made("33222"))
    low, high = comparison.first.result.likely_range

    def is_clear(at):
        result = replace(comparison.first.result, stored_range=at)
        return replace(
            comparison, first=replace(comparison.first, result=result)
        ).is_clear

    now = comparison.second.result.score
    assert comparison.is_clear is not low <= now <= high
    assert [is_clear((1, now - 1)), is_clear((1, now)), is_clear((now, 99))] == [
        True,
        False,
        False,
    ]
    assert is_clear((now + 1, 99))


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("12222", "33222", "2 skills went up. No skill went down."),
        ("33222", "34121", "One skill went up. 2 went down."),
        ("33222", "33122", "No skill went up. One went down."),
        ("33-22", "33222", "No skill went up. No skill went down."),
    ],
)
def test_skills_up_and_down_are_counted(made, look, then, now, said):
    before, after = made(then, days=90), made(now)

    assert said in texts(look(after, before), "main")[0]


def test_twelve_steps_are_no_noise(made, look):
    """Each skill one level up: each is said, and the sum of them is clear."""
    before, after = made("22111", days=90), made("33222")

    page = look(after, before)

    assert "more than rating again would explain" in texts(page, "p", "lede")[0]
    assert [row[2] for row in cells(page).values()] == (
        ["One level up. Note what shows it."] * 5
    )
    assert "noise" not in page.content.decode()


def test_each_change_of_a_skill_has_its_words(made, look):
    before, after = made("1432x", days=90), made("33132")

    page = look(after, before)

    assert {name: row[:3] for name, row in cells(page).items()} == {
        "Planning": ["1 Aware", "3 Independent", "2 levels up: clear."],
        "Testing": ["3 Independent", "1 Aware", "2 levels down: clear."],
        "Tooling": ["4 Leading", "3 Independent", "One level down."],
        "Communication": [
            "2 Guided",
            "3 Independent",
            "One level up. Note what shows it.",
        ],
        "Leadership": ["left out", "2 Guided", "Not compared."],
    }
    assert list(cells(page)) == [
        "Planning",
        "Testing",
        "Tooling",
        "Communication",
        "Leadership",
    ]


def test_one_level_is_clear_if_both_are_verified():
    for evidence, is_clear in (
        (("verified", "verified"), True),
        (("verified", "linked"), False),
        (("linked", "verified"), False),
        (("linked", "linked"), False),
    ):
        sides = (
            SimpleNamespace(rating=rating, evidence=each)
            for rating, each in zip((2, 3), evidence, strict=True)
        )
        row = Row(None, *sides)
        assert row.is_clear is is_clear


def test_the_same_rating_with_another_loss_says_why(made, look):
    before, after = made("13222", days=90), made("33222")

    row = cells(look(after, before))["Communication"]

    assert row == [
        "2 Guided",
        "2 Guided",
        "The same. It loses another part since missing must-haves multiply.",
        "13.7, now 17.1",
    ]
    # What loses nothing both times has nothing to explain.
    assert cells(look(after, before))["Tooling"][2] == "The same."


def test_what_missing_must_haves_take_is_said_both_times(made, look):
    before, after = made("13222", days=90), made("33222")

    rows = texts(look(after, before), "tr")

    assert "Missing must-haves 3 levels, take 19.7 One level, takes 9.2" in rows


def test_too_few_earlier_answers_give_no_score_but_are_compared(made, look):
    before, after = made("33-3-", days=90, target="junior-tpm"), made("33332")

    page = look(after, before)

    said = texts(page, "main")[0]
    assert "The earlier answers give no score for this target" in said
    assert "Answer Testing and Leadership to measure it." in said
    assert "Score not measured 100" in texts(page, "tr")
    assert cells(page)["Planning"] == [
        "3 Independent",
        "3 Independent",
        "The same.",
        "none",
    ]
    assert cells(page)["Testing"][0] == "not answered"


def test_two_reports_of_one_day_show_their_times(made, look):
    first, second = made("13222"), made("33222")
    for each, hour in ((first, 8), (second, 17)):
        each.submitted_at = timezone.now().replace(hour=hour, minute=5)
        each.save(update_fields=["submitted_at"])
    other = made("33222", days=50)

    alike, apart = look(second, first), look(second, other)

    assert [text[-5:] for text in texts(alike, "th") if text[:4] in ("Then", "Now,")][
        :2
    ] == ["08:05", "17:05"]
    assert "17:05" not in texts(apart, "main")[0]


# The way there


def test_every_report_of_the_framework_key_is_offered_the_same_target_first(
    made, alice_client
):
    oldest = made("33222", days=200)
    same = made("33222", days=100)
    other = made("33222", days=50, target="junior-tpm")
    elsewhere = make_framework(key="another")
    make_assessment(owner=other.owner, framework=elsewhere, target="tpm", submit=True)
    make_framework(version="1.1")
    newer = made("33222", days=70)
    now = made("33222")

    listed = alice_client.get(reverse("assessment:earlier", args=[now.uid]))

    offered = [href for href in links(listed).values() if href.startswith("/reports/")]
    wanted = [address(now, each) for each in (newer, same, oldest, other)]
    assert [href for href in offered if "/then/" in href] == wanted
    content = " ".join(texts(listed, "main"))
    assert content.count("version 1.0") == 3


def test_a_long_list_has_pages(made, alice_client):
    first = made("33222", days=400)
    for days in range(1, 26):
        first.pk, first.uid = None, first._meta.get_field("uid").get_default()
        first.submitted_at = timezone.now() - timedelta(days=days)
        first.save(force_insert=True)
    now = made("33222")
    way = reverse("assessment:earlier", args=[now.uid])

    first_page, second_page = alice_client.get(way), alice_client.get(way, {"page": 2})

    assert first_page.content.decode().count("82 of 100 then") == 25
    assert second_page.content.decode().count("82 of 100 then") == 1


@pytest.mark.parametrize("name", ["earlier", "then"])
def test_queries_are_few_and_do_not_grow(made, alice_client, name):
    counts = []
    then, now = made("13222", days=300), made("33222")
    urls = {
        "earlier": reverse("assessment:earlier", args=[now.uid]),
        "then": address(now, then),
    }
    for more in (0, 5):
        for days in range(more):
            made("33222", days=100 + days)
        alice_client.get(urls[name])
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(urls[name])
        counts.append(len(queries))

    assert counts == [4, 4]


def test_a_strangers_assessment_is_neither_listed_nor_compared(made, bob, alice_client):
    theirs, now = made("33222", days=50, owner=bob), made("33222")

    listed = alice_client.get(reverse("assessment:earlier", args=[now.uid]))

    assert "Nothing earlier yet" in listed.content.decode()
    assert alice_client.get(address(now, theirs)).status_code == 404


def test_the_later_one_is_always_now(made, look):
    then, now = made("33222", days=50), made("33222")

    assert look(then, now).url == address(now, then)


def test_what_cannot_be_compared_says_why(made, alice, look):
    elsewhere = make_framework(key="another")
    theirs = make_assessment(owner=alice, framework=elsewhere, submit=True)
    now, draft = made("33222"), make_assessment(owner=alice, ratings=rated("33---"))

    pages = [look(now, each) for each in (now, draft, theirs)]

    assert [page.status_code for page in pages] == [422] * 3
    for page, said in zip(
        pages,
        (
            "This is the report itself.",
            "This assessment is not submitted yet.",
            "They are of two ladders",
        ),
        strict=True,
    ):
        assert said in texts(page, "main")[0]
