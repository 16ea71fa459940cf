"""Choosing a target, rating, reviewing, submitting: as a person meets it."""

import re
import uuid

import pytest
from django.urls import reverse

from assessment.actions import save_answers
from assessment.answers import Answer, answers_of
from assessment.models import Assessment
from tests.factories import make_assessment
from tests.reading import elements, texts

pytestmark = pytest.mark.django_db

ALL = ("planning", "tooling", "testing", "communication", "leadership")


def page(name, assessment, *args):
    return reverse(f"assessment:{name}", args=[assessment.uid, *args])


def card(skill, **said):
    """What a browser sends for one rating card."""
    nothing = {"note": "", "url": "", "reason": "", "revision": "0"}
    sent = {"confidence": "medium"} | nothing | said
    return {f"{skill}-{name}": value for name, value in sent.items()}


@pytest.fixture
def draft(framework, alice):
    return make_assessment(owner=alice)


# Start


def test_start_offers_every_career_level_in_groups(framework, alice_client):
    content = alice_client.get(reverse("assessment:start")).content.decode()

    for key in framework.levels.values_list("key", flat=True):
        assert f'target={key}"' in content
    for title in ("The ladder", "Specializations", "Related careers"):
        assert title in content


def test_start_takes_the_target_of_a_link(framework, alice_client):
    response = alice_client.get(reverse("assessment:start") + "?target=senior-tpm")

    content = response.content.decode()
    assert "Start with Senior TPM" in content
    assert 'name="target" value="senior-tpm"' in content


def test_begin_leads_to_the_first_group(framework, alice, alice_client):
    response = alice_client.post(reverse("assessment:begin"), {"target": "tpm"})

    assessment = Assessment.objects.get()
    assert (assessment.owner, assessment.target.key) == (alice, "tpm")
    assert response.url == page("rate", assessment, "delivery")


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("", "Choose a level to rate yourself against."),
        ("emperor", "This level is not in the framework. Choose another."),
    ],
)
def test_begin_says_what_is_wrong(framework, alice_client, target, error):
    response = alice_client.post(reverse("assessment:begin"), {"target": target})

    assert response.status_code == 422
    assert error in response.content.decode()
    assert Assessment.objects.count() == 0


def test_begin_offers_an_open_draft_of_the_same_target(draft, alice_client):
    begun_long_ago(draft)

    response = alice_client.post(reverse("assessment:begin"), {"target": "tpm"})

    content = response.content.decode()
    assert Assessment.objects.count() == 1
    [(first, name)] = elements(response, "a", "btn-primary")
    assert (first["href"], name) == (page("resume", draft), "Go on with it")
    assert 'name="fresh"' in content


def begun_long_ago(draft):
    """As if the button had not been pressed just now."""
    draft.started_at -= Assessment.JUST_NOW
    draft.save()


def test_begin_starts_fresh_when_asked(draft, alice_client):
    begun_long_ago(draft)
    sent = {"target": "tpm", "fresh": "true"}

    alice_client.post(reverse("assessment:begin"), sent)

    assert Assessment.objects.get() != draft


def test_begin_from_a_strangers_assessment_is_not_found(draft, bob_client):
    sent = {"target": "tpm", "based_on": str(draft.uid)}

    response = bob_client.post(reverse("assessment:begin"), sent)

    assert response.status_code == 404
    assert Assessment.objects.count() == 1


# Rate


def test_rating_page_hides_what_is_required(draft, alice_client):
    content = alice_client.get(page("rate", draft, "delivery")).content.decode()

    assert "asked" not in content.lower()
    assert "required level" not in content.lower()


def test_rating_page_shows_six_statements_a_skill(draft, alice_client):
    response = alice_client.get(page("rate", draft, "people"))

    content = response.content.decode()
    forms = response.context["forms"]
    assert [each.skill.key for each in forms] == ["communication", "leadership"]
    for each in forms:
        name, levels = each["value"].html_name, range(6)
        assert re.findall(rf'name="{name}" value="(\d)"', content) == [*"012345"]
        for value in levels:
            statement = each.skill.statement(value) or "I stand at 0."
            assert f'<span class="level-choice__text">{statement}</span>' in content


def test_saving_stores_and_goes_on(draft, alice_client):
    sent = card("planning", value="3", confidence="high") | card("tooling", value="0")

    response = alice_client.post(page("rate", draft, "delivery"), sent)

    stored = answers_of(draft)
    assert response.url == page("rate", draft, "people")
    assert (stored["planning"].value, stored["planning"].confidence) == (3, "high")
    assert stored["tooling"].value == 0
    assert "testing" not in stored


def test_the_last_group_leads_to_the_review(draft, alice_client):
    response = alice_client.post(page("rate", draft, "people"), {})

    assert response.url == page("review", draft)


def test_an_invalid_card_keeps_the_others_and_what_was_typed(draft, alice_client):
    sent = card("planning", value="4") | card(
        "tooling", value="2", url="not a link", note="typed with care"
    )

    response = alice_client.post(page("rate", draft, "delivery"), sent)

    content = response.content.decode()
    assert response.status_code == 422
    assert answers_of(draft)["planning"].value == 4
    tooling = answers_of(draft)["tooling"]
    assert (tooling.value, tooling.note, tooling.url) == (2, "typed with care", "")
    assert "typed with care" in content
    assert 'value="not a link"' in content
    assert "This is not a web address." in content
    mended = sent | {"tooling-url": "https://a.example/", "tooling-revision": "1"}
    assert 'name="tooling-revision" value="1"' in content
    alice_client.post(page("rate", draft, "delivery"), mended)
    assert answers_of(draft)["tooling"].url == "https://a.example/"


def test_a_note_that_is_too_long_says_by_how_much(draft, alice_client):
    sent = card("planning", value="3", note="x" * 4001)

    page_with_it = alice_client.post(page("rate", draft, "delivery"), sent)

    assert page_with_it.status_code == 422
    told = "Shorten the note to 4,000 characters (it has 4,001)."
    assert told in page_with_it.content.decode()
    shorter = {"planning-note": "x" * 4000, "planning-revision": "1"}
    alice_client.post(page("rate", draft, "delivery"), sent | shorter)
    assert len(answers_of(draft)["planning"].note) == 4000


@pytest.mark.parametrize("value", ["6", "-1", "2.5", "three", "\u0663"])
def test_a_value_off_the_scale_is_refused(draft, alice_client, value):
    sent = card("planning", value=value)

    response = alice_client.post(page("rate", draft, "delivery"), sent)

    assert response.status_code == 422
    assert answers_of(draft) == {}


def test_not_relevant_needs_a_reason(draft, alice_client):
    sent = card("tooling", not_applicable="on")

    response = alice_client.post(page("rate", draft, "delivery"), sent)

    assert "Say in a few words why" in response.content.decode()
    assert answers_of(draft) == {}


def test_no_card_tells_which_skills_are_must_haves(draft, alice_client):
    content = alice_client.get(page("rate", draft, "delivery")).content.decode()

    assert content.count("out of my score</label>") == 3
    assert "must-have" not in content


def test_a_must_have_that_was_left_out_is_asked_for_on_the_review(draft, alice_client):
    sent = card("planning", not_applicable="on", reason="Others plan.")
    alice_client.post(page("rate", draft, "delivery"), sent)

    content = alice_client.get(page("review", draft)).content.decode()

    assert answers_of(draft)["planning"].reason == "Others plan."
    assert "Planning is a must-have of TPM, so no score can do without." in content


def test_not_relevant_takes_the_place_of_a_stored_level(draft, alice_client):
    alice_client.post(page("rate", draft, "delivery"), card("tooling", value="2"))
    sent = card(
        "tooling",
        value="2",
        not_applicable="on",
        reason="No tools here.",
        revision="1",
    )

    alice_client.post(page("rate", draft, "delivery"), sent)

    stored = answers_of(draft)["tooling"]
    assert (stored.value, stored.not_applicable) == (None, True)
    assert stored.reason == "No tools here."


def test_a_new_level_and_not_relevant_together_are_questioned(draft, alice_client):
    sent = card("tooling", value="4", not_applicable="on", reason="No tools here.")

    response = alice_client.post(page("rate", draft, "delivery"), sent)

    assert "Untick this to keep the level." in response.content.decode()
    assert answers_of(draft) == {}


def test_a_stale_page_overwrites_nothing_and_asks(draft, alice_client):
    address = page("rate", draft, "delivery")
    alice_client.post(address, card("tooling", value="4"))

    stale = alice_client.post(address, card("tooling", value="1"))
    kept = answers_of(draft)["tooling"].value
    content = stale.content.decode()
    again = card("tooling", value="1", revision="1")
    alice_client.post(address, again)

    assert (stale.status_code, kept) == (422, 4)
    assert "now it is 4 Leading" in content
    assert 'name="tooling-revision" value="1"' in content
    assert answers_of(draft)["tooling"].value == 1


@pytest.mark.parametrize(("reason", "status"), [("No tests.", 302), ("", 422)])
def test_the_other_answer_of_a_stale_page_is_taken_and_all_else_kept(
    draft, alice_client, reason, status
):
    address = page("rate", draft, "delivery")
    alice_client.post(address, card("tooling", value="4", note="There."))
    here = card("tooling", value="1", note="Here.") | card("planning", value="2")
    here |= card("testing", not_applicable="on", reason=reason)
    stale = alice_client.post(address, here).content.decode()
    seen = {
        f"{each}-revision": re.search(rf'name="{each}-revision" value="(\d)"', stale)[1]
        for each in ("planning", "tooling", "testing")
    }
    press = re.search(r'formaction="([^"]+#tooling)" name="take" value="(\w+)"', stale)

    answer = alice_client.post(
        address,
        here | seen | card("planning", value="3", revision="1") | {"take": press[2]},
    )

    stored = answers_of(draft)
    assert (stored["tooling"].value, stored["tooling"].note) == (4, "There.")
    assert stored["planning"].value == 3
    assert stale.count('name="take"') == 1
    assert answer.status_code == status
    if status == 302:
        assert answer.url == press[1] == f"{address}#tooling"
        assert stored["testing"].not_applicable
    else:
        forms = {form.skill.key: form for form in answer.context["forms"]}
        assert forms["testing"]["not_applicable"].value()
        assert forms["tooling"].is_folded
        assert [form.skill.key for form in answer.context["wrong"]] == ["testing"]


def test_answers_given_earlier_are_folded_and_prefilled(framework, alice, alice_client):
    said = Answer(value=3, confidence="low", note="My note", url="https://a.example/")
    draft = make_assessment(owner=alice, ratings={"tooling": said})

    response = alice_client.get(page("rate", draft, "delivery"))

    content = response.content.decode()
    assert [form.is_folded for form in response.context["forms"]] == [
        False,
        True,
        False,
    ]
    assert content.count('<details class="skill-fold">') == 1
    assert "3 Independent, not very sure · " in content
    assert "My note" in content


@pytest.mark.parametrize(
    ("answered", "name", "args"),
    [
        ((), "rate", ["delivery"]),
        (("communication",), "rate", ["delivery"]),
        (("planning", "tooling", "testing"), "rate", ["people"]),
        (ALL, "review", []),
    ],
)
def test_resume_leads_to_the_first_open_page(
    framework, alice, alice_client, answered, name, args
):
    draft = make_assessment(owner=alice, ratings=dict.fromkeys(answered, 1))

    response = alice_client.get(page("resume", draft))

    assert response.url == page(name, draft, *args)


def test_an_unknown_group_is_not_found(draft, alice_client):
    assert alice_client.get(page("rate", draft, "juggling")).status_code == 404


# Suggestions


@pytest.fixture
def again(framework, alice):
    """A new draft after an earlier assessment with a note."""
    said = Answer(value=3, note="What I did")
    earlier = make_assessment(
        owner=alice, ratings=dict.fromkeys(ALL, 2) | {"tooling": said}, submit=True
    )
    return make_assessment(owner=alice, based_on=earlier)


def test_earlier_answers_are_shown_and_nothing_is_chosen(again, alice_client):
    response = alice_client.get(page("rate", again, "delivery"))

    shown = re.findall(r"Last time, on .*?: <strong>(.*?)</strong>", response.text)
    assert shown == [
        "2 Guided, fairly sure",
        "3 Independent, fairly sure",
        "2 Guided, fairly sure",
    ]
    assert [form.chosen for form in response.context["forms"]] == [None] * 3
    assert again.ratings.count() == 0


def test_an_earlier_answer_is_suggested_only_where_the_skill_is_still_open(
    again, alice_client
):
    save_answers(
        assessment=again,
        answers={"tooling": Answer(1), "testing": Answer(note="Not sure yet")},
    )

    response = alice_client.get(page("rate", again, "delivery"))

    shown = [form.earlier and form.earlier.value for form in response.context["forms"]]
    assert shown == [2, None, 2]
    assert response.text.count("Last time, on ") == 2


def test_still_true_takes_one_answer_over(again, alice_client):
    response = alice_client.post(page("keep", again, "delivery", "tooling"), {})

    stored = answers_of(again)
    assert list(stored) == ["tooling"]
    assert (stored["tooling"].value, stored["tooling"].note) == (3, "What I did")
    assert response.url == page("rate", again, "delivery") + "#tooling"


def test_all_still_true_keeps_what_was_chosen_anew(again, alice_client):
    sent = card("planning", value="5")

    alice_client.post(page("keep", again, "delivery"), sent)

    stored = answers_of(again)
    assert {key: stored[key].value for key in stored} == {
        "planning": 5,
        "tooling": 3,
        "testing": 2,
    }


def test_resume_leads_to_the_open_skill_of_a_page_that_is_begun(
    framework, alice, alice_client
):
    draft = make_assessment(owner=alice, ratings={"planning": 1})

    response = alice_client.get(page("resume", draft))

    assert response.url == f"{page('rate', draft, 'delivery')}#tooling"


# Review, target, submit


def test_review_names_what_is_missing_with_links(framework, alice, alice_client):
    draft = make_assessment(owner=alice, ratings={"testing": 3, "tooling": 1})

    response = alice_client.get(page("review", draft))

    content = response.content.decode()
    still_open = content.split("What is not answered", 1)[1].split("</details>", 1)[0]
    named = re.findall(r"#(\w+)", still_open)
    assert named == ["planning", "communication", "leadership"]
    folds = [
        attributes for attributes, _ in elements(response, "details", "disclosure")
    ]
    assert not any("open" in fold for fold in folds)  # the groups below say it, too
    assert f'{page("rate", draft, "people")}#communication"' in content
    assert page("submit", draft) not in content


def test_review_shows_the_sentence_of_each_answer(framework, alice, alice_client):
    draft = make_assessment(owner=alice, ratings=dict.fromkeys(ALL, 3))

    response = alice_client.get(page("review", draft))

    assert texts(response, "p", "quiet") == [f"I show {key} at level 3." for key in ALL]
    submits = [
        a.get("form") for a, said in elements(response, "button") if "Submit" in said
    ]
    assert submits == [None, "submit"]


def test_review_asks_for_a_level_of_a_must_have_that_was_left_out(
    framework, alice, alice_client
):
    left_out = Answer(not_applicable=True, reason="Others plan.")
    draft = make_assessment(
        owner=alice, ratings=dict.fromkeys(ALL, 3) | {"planning": left_out}
    )

    said = texts(alice_client.get(page("review", draft)), "main")[0]

    assert "No level is chosen for a must-have." in said
    assert "Choose a level: Others plan." in said
    assert "not answered" not in said


def test_review_offers_a_provisional_score(framework, alice, alice_client):
    ratings = dict.fromkeys(ALL[:-1], 3)
    draft = make_assessment(owner=alice, ratings=ratings)

    response = alice_client.get(page("review", draft))

    assert "You can submit, and the score will be provisional" in response.text
    assert page("submit", draft) in response.content.decode()


def test_retarget_keeps_answers_and_says_so(framework, alice, alice_client):
    draft = make_assessment(owner=alice, ratings={"testing": 3})

    response = alice_client.post(
        page("retarget", draft), {"target": "senior-tpm"}, follow=True
    )

    assert Assessment.objects.get().target.key == "senior-tpm"
    assert answers_of(draft)["testing"].value == 3
    assert "All your answers are still here." in response.content.decode()


def test_retarget_to_nothing_says_what_to_do(draft, alice_client):
    response = alice_client.post(page("retarget", draft), {"target": "emperor"})

    assert response.status_code == 422
    assert "Choose another." in response.content.decode()


def test_submitting_leads_to_the_report_twice(framework, alice, alice_client):
    draft = make_assessment(owner=alice, ratings=dict.fromkeys(ALL, 3))

    first = alice_client.post(page("submit", draft))
    second = alice_client.post(page("submit", draft))

    assert first.url == second.url == page("report", draft)
    assert Assessment.objects.submitted().count() == 1


def test_submitting_too_early_says_what_to_answer(draft, alice_client):
    response = alice_client.post(page("submit", draft))

    assert response.status_code == 422
    assert "Nothing is answered yet." in response.content.decode()
    assert Assessment.objects.drafts().count() == 1


@pytest.mark.parametrize("name", ["rate", "review", "retarget", "keep"])
def test_a_submitted_assessment_leads_to_its_report(
    framework, alice, alice_client, name
):
    done = make_assessment(owner=alice, submit=True)
    before = answers_of(done)
    args = ["delivery"] if name in ("rate", "keep") else []
    sent = card("planning", value="5") | {"target": "senior-tpm"}

    response = (
        alice_client.get(page(name, done))
        if name == "review"
        else alice_client.post(page(name, done, *args), sent)
    )

    assert response.url == page("report", done)
    assert answers_of(done) == before


def test_a_strangers_page_answers_like_a_missing_one(draft, bob_client, client):
    missing = reverse("assessment:review", args=[uuid.uuid4()])

    answers = [
        visitor.get(address)
        for visitor in (bob_client, client)
        for address in (page("review", draft), missing)
    ]

    assert {answer.status_code for answer in answers} == {404}
