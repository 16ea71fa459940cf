"""What stands on the rating cards, besides the answers themselves."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from assessment.answers import Answer, answers_of
from assessment.forms.rating import RatingForm
from tests.factories import (
    MUST_HAVES,
    SKILLS,
    changed_skill,
    make_assessment,
    make_framework,
    small_spec,
)
from tests.reading import texts

pytestmark = pytest.mark.django_db


def test_page_says_how_to_choose_and_what_counts(alice, alice_client):
    make_framework(skills=changed_skill("testing", example=""))
    draft = make_assessment(owner=alice, ratings={"tooling": 3})

    response = alice_client.get(
        reverse("assessment:rate", args=[draft.uid, "delivery"])
    )

    content = response.content.decode()
    examples = re.findall(r"your (\w+) helped a team. That counts as 2", content)
    assert "that you have done, more than once, in the last two years" in content
    assert examples == ["planning", "tooling"]


def test_card_offers_the_points_that_the_skill_has_and_the_lowest(db):
    spec = small_spec()
    skill = spec.skills[0].replaced(levels=spec.skills[0].levels[2:4])
    spec = spec.replaced(skills=(skill, *spec.skills[1:]))

    form = RatingForm({"planning-value": "2"}, spec=spec, skill=skill)
    context = {"draft": SimpleNamespace(spec=spec), "form": form, "journal": {}}
    card = render_to_string("assessment/_card.html", context)

    assert re.findall(r'name="planning-value" value="(\d)"', card) == ["0", "3", "4"]
    assert form.errors == {"value": ["Choose one of the levels 0 to 4."]}


def test_what_one_wrote_stands_on_ones_own_card_alone(
    framework, alice, alice_client, bob, bob_client
):
    said = Answer(3, note="I planned it", url="https://example.org/mine")
    left_out = Answer(not_applicable=True, reason="Others do it")
    mine = make_assessment(owner=alice, ratings={"planning": said, "testing": left_out})
    others = make_assessment(owner=bob, ratings={"planning": 3, "testing": 3})

    def beside(client, draft):
        address = reverse("assessment:rate", args=[draft.uid, "delivery"])
        content = client.get(address).content.decode()
        found = re.findall(
            r'name="(?:planning-note|planning-url|testing-reason)".*?'
            r'(?:value="([^"]*)"|>([^<]*)</textarea>)',
            content,
        )
        ticked = 'name="testing-not_applicable" id="id_testing-not_applicable" checked'
        return ["".join(each) for each in found], ticked in content

    for _ in range(2):
        assert beside(bob_client, others) == (["", "", ""], False)
        assert beside(alice_client, mine) == (
            ["I planned it", "https://example.org/mine", "Others do it"],
            True,
        )


def behind_the_press(response):
    """What each card tells of what counts, in the order of the cards."""
    press = "What counts, what does not yet "
    folded = texts(response, "details", "disclosure")
    return [text.removeprefix(press) for text in folded if text.startswith(press)]


def test_what_counts_stands_at_every_level_that_tells_it_whichever_is_chosen(
    alice, alice_client
):
    old = small_spec().skills_by_key["testing"].levels
    levels = tuple(
        level.replaced(counts="You saw it fail.", does_not_count="")
        if level.value == 2
        else level
        for level in old
    )
    make_framework(skills=changed_skill("testing", example="", levels=levels))
    draft = make_assessment(owner=alice, ratings={"tooling": 3})

    response = alice_client.get(
        reverse("assessment:rate", args=[draft.uid, "delivery"])
    )

    assert behind_the_press(response) == [
        "For example: your planning helped a team. That counts as 2. "
        "4 Leading Counts You did it. Not yet You saw it.",
        "For example: your tooling helped a team. That counts as 2. "
        "4 Leading Counts You did it. Not yet You saw it.",
        "2 Guided Counts You saw it fail. "
        "4 Leading Counts You did it. Not yet You saw it.",
    ]


def test_without_examples_and_cases_nothing_is_offered(alice, alice_client):
    old = small_spec().skills_by_key["testing"].levels
    bare = tuple(level.replaced(counts="", does_not_count="") for level in old)
    make_framework(skills=changed_skill("testing", example="", levels=bare))
    draft = make_assessment(owner=alice)

    response = alice_client.get(
        reverse("assessment:rate", args=[draft.uid, "delivery"])
    )

    assert len(behind_the_press(response)) == 2


def test_a_statement_that_reads_otherwise_now_is_shown_and_not_taken_over(
    framework, alice, alice_client
):
    earlier = make_assessment(
        owner=alice, ratings=dict.fromkeys(SKILLS, 2), submit=True
    )
    old = small_spec().skills_by_key["tooling"]
    levels = tuple(
        level.replaced(statement="I say it anew.") if level.value == 2 else level
        for level in old.levels
    )
    make_framework(version="2.0", skills=changed_skill("tooling", levels=levels))
    draft = make_assessment(owner=alice, based_on=earlier)
    address = reverse("assessment:rate", args=[draft.uid, "delivery"])

    response = alice_client.get(address)
    alice_client.post(reverse("assessment:keep", args=[draft.uid, "delivery"]))

    shown = texts(response, "p", "suggestion__statement")
    assert shown == [
        "I show planning at level 2.",
        old.statement(2),
        "It reads otherwise now: I say it anew.",
        "I show testing at level 2.",
    ]
    assert set(answers_of(draft)) == {"planning", "testing"}


@pytest.mark.parametrize(("skills", "shown"), [(("tooling",), 0), (SKILLS, 1)])
def test_page_says_where_too_much_is_left_out(
    framework, alice, alice_client, skills, shown
):
    left_out = Answer(not_applicable=True, reason="Not here")
    optional = [key for key in skills if key not in MUST_HAVES]
    draft = make_assessment(owner=alice, ratings=dict.fromkeys(optional, left_out))
    address = reverse("assessment:rate", args=[draft.uid, "people"])

    content = alice_client.get(address).content.decode()

    assert content.count("Too much is left out for a score") == shown
    assert content.count('id="left-out" hidden') == 1 - shown


@pytest.mark.parametrize(
    ("said", "status"), [({}, 302), ({"value": "1"}, 422), ({"note": "Here"}, 422)]
)
def test_an_empty_card_says_nothing_against_a_newer_answer(
    framework, alice, alice_client, said, status
):
    draft = make_assessment(owner=alice, ratings={"tooling": 4})
    address = reverse("assessment:rate", args=[draft.uid, "delivery"])
    sent = {"confidence": "medium", "revision": "0"} | said

    response = alice_client.post(
        address, {f"tooling-{name}": text for name, text in sent.items()}
    )

    assert response.status_code == status
    assert answers_of(draft)["tooling"].value == 4


def test_a_card_takes_the_levels_of_its_framework_and_no_other():
    spec = small_spec(scale=small_spec().scale[:4])
    skill = spec.skills[0]

    top = RatingForm({f"{skill.key}-value": "3"}, spec=spec, skill=skill)
    above = RatingForm({f"{skill.key}-value": "4"}, spec=spec, skill=skill)

    assert top.is_valid()
    assert above.errors == {"value": ["Choose one of the levels 0 to 3."]}
