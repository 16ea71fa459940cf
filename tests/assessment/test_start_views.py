"""Finding a target, the quick look, and the thoughts before submitting."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.answers import Answer
from assessment.draft import load_draft
from assessment.models import Assessment, Rating
from assessment.wording import minutes_to_rate
from careers.models import CareerLevel, Requirement
from careers.publishing import publish_framework
from tests.factories import (
    SKILLS,
    make_assessment,
    make_framework,
    make_shipped_framework,
    shipped_spec,
)
from tests.guides import make_guide, with_origins
from tests.reading import elements, links, texts

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


# Where are you today?


def test_the_rungs_are_offered_by_scope_with_their_years(client):
    make_shipped_framework()

    content = client.get(page("start")).content.decode()

    assert "Several projects or one critical initiative" in content
    assert "4 to 7 years" in content
    assert "about 16 minutes" in content


def rows_of(response, heading):
    """[(text, address)] of the choices below a heading."""
    part = response.content.decode().partition(f">{heading}</h2>")[2]
    rows = re.findall(
        r'choices__link" href="([^"]+)".*?choices__name">(.*?)</span>',
        part.partition("</ul>")[0],
        re.DOTALL,
    )
    return [(name.strip(), html.unescape(address)) for address, name in rows]


def test_a_job_that_one_comes_from_leads_to_its_level(client, framework):
    make_guide(pages=with_origins())

    response = client.get(page("start"))

    assert rows_of(response, "Not in this job yet") == [
        (
            "Software engineer",
            f"{page('start')}?framework={framework.key}&from=engineer",
        )
    ]
    assert "Carries over: code." in texts(response, "main")[0]


def test_who_comes_from_another_job_reads_why_and_what_is_new(client, framework):
    make_guide(pages=with_origins())

    response = client.get(page("start"), {"from": "engineer"})

    assert texts(response, "h1") == ["Start with TPM"]
    assert texts(response, "p", "kicker") == [
        "You come from: Software engineer. Change"
    ]
    assert texts(response, "p", "lede") == ["Nearest is TPM."]
    assert links(response)["Change"] == f"{page('start')}?framework={framework.key}"
    assert (
        "What you bring, and what is new Carries over: code. First step: lead one change."
    ) in texts(response, "main")[0]
    fields = {a["name"]: a.get("value") for a, _ in elements(response, "input")}
    assert fields["target"] == "tpm"


@pytest.mark.parametrize(
    ("target", "following"),
    [("tpm", "senior-tpm"), ("senior-tpm", None), ("cloud", None)],
)
def test_who_holds_a_rung_is_shown_the_next(client, framework, target, following):
    response = client.get(page("start"), {"target": target})

    said = texts(response, "main")[0]
    found = links(response).get("Senior TPM")
    wanted = f"{page('start')}?framework={framework.key}&target={following}"
    assert ("next rung" in said) == bool(following)
    assert found == (wanted if following else None)


@pytest.mark.parametrize("key", ["sailor", "pilot", "nobody", "\x00", "x" * 3000])
def test_a_job_without_a_level_of_the_ladder_leads_to_the_question(
    client, framework, key
):
    make_guide(pages=with_origins())

    response = client.get(page("start"), {"from": key})

    assert texts(response, "h1") == ["Where are you today?"]


def test_a_target_of_ones_own_wins_over_the_suggested_one(client, framework):
    make_guide(pages=with_origins())
    wanted = {"from": "engineer", "target": "senior-tpm"}

    response = client.get(page("start"), wanted)

    assert texts(response, "h1") == ["Start with Senior TPM"]
    assert texts(response, "p", "kicker") == ["Where are you today?"]


def test_a_ladder_without_a_guide_offers_no_jobs(client, framework):
    make_guide(pages=with_origins())
    make_framework(key="another-ladder")
    wanted = {"framework": "another-ladder"}

    asked = client.get(page("start"), wanted)
    told = client.get(page("start"), wanted | {"from": "engineer"})

    assert "Not in this job yet" not in texts(asked, "h2")
    assert texts(told, "h1") == ["Choose a target"]


@pytest.mark.parametrize("make", [make_guide, lambda: None])
def test_without_those_jobs_the_rungs_stand_alone(client, db, make):
    make_shipped_framework()
    make()

    response = client.get(page("start"))

    assert texts(response, "h2") == [
        "In this job, leading",
        "Choose the target yourself",
    ]


def test_other_targets_say_what_they_are_measured_from(client, framework):
    response = client.get(page("start"))

    names = texts(response, "span", "choices__name")
    assert [name for name in names if name.startswith(("Cloud", "Coordinator"))] == [
        "Cloud 1 to 3 years from TPM",
        "Coordinator 1 to 3 years near TPM",
    ]


def test_the_minutes_come_from_the_words_of_the_skills():
    spec = shipped_spec()
    whole = minutes_to_rate(spec)
    part = minutes_to_rate(spec, spec.skills[:5])

    assert (whole, part) == (16, 4)


def test_a_chosen_target_is_one_press_away(client):
    make_shipped_framework()

    content = client.get(page("start"), {"target": "senior-tpm"}).content.decode()

    assert "Start with Senior TPM" in content
    assert "Only the must-haves, about 7 minutes" in content
    assert Assessment.objects.count() == 0


def test_a_specialization_says_what_is_not_rated(client):
    make_shipped_framework()
    wanted = {"target": "quantum-applications"}

    content = client.get(page("start"), wanted).content.decode()

    assert content.count("The topics of the field are not rated.") == 2


def test_without_must_haves_no_quick_look_is_offered(client):
    draft = make_framework(publish=False)
    Requirement.objects.update(must_have=False)
    publish_framework(framework=draft)

    content = client.get(page("start"), {"target": "tpm"}).content.decode()

    assert "Start rating" in content
    assert 'name="quick"' not in content


def test_a_must_have_of_a_rung_below_is_asked_for_in_the_quick_look(client):
    draft = make_framework(publish=False)
    named = Requirement.objects.filter(must_have=True)
    named.exclude(career_level__key="junior-tpm").update(must_have=False)
    named.filter(skill__key="communication").update(must_have=False)
    publish_framework(framework=draft)

    offered = client.get(page("start"), {"target": "senior-tpm"}).content.decode()
    sent = {"target": "senior-tpm", "quick": "true"}
    asked = client.post(page("begin"), sent, follow=True)

    assert 'name="quick"' in offered
    assert [form.skill.key for form in asked.context["forms"]] == ["planning"]


def test_without_lines_no_three_questions_are_offered(client):
    draft = make_framework(publish=False)
    CareerLevel.objects.filter(key="tpm").update(autonomy="")
    publish_framework(framework=draft)

    content = client.get(page("start")).content.decode()

    assert page("find_level") not in content
    assert client.get(page("find_level")).status_code == 404


def test_answers_for_another_ladder_are_neither_offered_nor_suggested(
    framework, alice, alice_client
):
    other = make_framework(key="another-ladder")
    report = make_assessment(owner=alice, framework=other, submit=True)
    sent = {"target": "tpm", "based_on": str(report.uid)}

    offered = alice_client.get(page("start"), sent)
    begun = alice_client.post(page("begin"), sent, follow=True)

    assert offered.context["last"] is None
    assert begun.status_code == 200
    assert begun.context["draft"].suggestions == {}


def test_the_open_draft_stands_on_the_start_page(framework, client):
    client.post(page("begin"), {"target": "tpm"}, follow=True)

    content = client.get(page("start")).content.decode()

    assert f"TPM: 0 of {len(SKILLS)} rated" in content
    assert "Its answers count for every target of the ladder “Small ladder”" in content


def test_rungs_without_lines_ask_for_a_target_and_not_where_one_is(client, framework):
    response = client.get(page("start"))

    assert texts(response, "h1") == ["Choose a target"]
    assert response.content.decode().partition("<title>")[2].startswith("Choose a")
    assert "All targets" in texts(response, "h2")


def test_a_guest_reads_who_can_open_the_answers(client, framework):
    said = texts(client.get(page("start"), {"target": "tpm"}), "main")[0]

    assert "only this browser can open them" in said
    assert "stay in this browser" not in said


# Three questions


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ("000", "junior-tpm"),
        ("012", "tpm"),
        ("210", "tpm"),
        ("355", "director-tpm"),
        ("666", "vp-tpm"),
    ],
)
def test_the_middle_of_three_answers_is_suggested(client, answers, key):
    make_shipped_framework()
    sent = dict(zip(("scope", "autonomy", "people"), answers, strict=True))

    response = client.get(page("find_level"), sent)

    assert [level.key for level in response.context["levels"]] == [key]
    assert f"target={key}" in response.content.decode()
    assert Assessment.objects.count() == 0


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        ("063", ["junior-tpm", "lead-tpm", "vp-tpm"]),
        ("030", ["junior-tpm", "lead-tpm"]),
    ],
)
def test_answers_far_apart_suggest_the_rung_of_each(client, answers, keys):
    make_shipped_framework()
    sent = dict(zip(("scope", "autonomy", "people"), answers, strict=True))

    response = client.get(page("find_level"), sent)

    said = texts(response, "main")[0]
    assert [level.key for level in response.context["levels"]] == keys
    assert "Your answers point to rungs that lie far apart" in said
    assert "in the middle" not in said
    offered = [a["href"] for a, _ in elements(response, "a", "choices__link")]
    assert [address.partition("target=")[2] for address in offered] == keys


def test_the_questions_use_the_frameworks_words_in_rung_order(client):
    framework = make_shipped_framework()

    form = client.get(page("find_level")).context["form"]

    rungs = framework.levels.filter(career__kind="ladder").order_by("order")
    for name, column in (("scope", "scope"), ("people", "people_impact")):
        shown = [text for _, text in form.fields[name].choices]
        texts = rungs.values_list(column, flat=True)
        assert shown == [text[0].upper() + text[1:] for text in texts]


def test_an_open_question_is_named(client):
    make_shipped_framework()

    response = client.get(page("find_level"), {"scope": "1", "autonomy": "9"})

    assert set(response.context["form"].errors) == {"autonomy", "people"}
    assert response.context["levels"] == []


def test_start_suggests_the_rung_above_the_last_report(framework, alice, alice_client):
    make_assessment(owner=alice, submit=True)

    shown = alice_client.get(page("start"))

    assert "you hold Junior TPM. The next rung is TPM." in texts(shown, "main")[0]
    way = f"{page('start')}?framework={framework.key}&target=tpm"
    assert links(shown)["TPM"] == way


# The quick look


def test_the_quick_look_asks_for_the_must_haves_alone(framework, client):
    sent = {"target": "tpm", "quick": "true"}

    response = client.post(page("begin"), sent, follow=True)

    forms = response.context["forms"]
    assert [form.skill.key for form in forms] == ["planning", "communication"]


def test_the_quick_look_gives_no_score_and_says_why(framework, client):
    client.post(page("begin"), {"target": "tpm", "quick": "true"})
    uid = Assessment.objects.get().uid
    sent = {"planning-value": "3", "communication-value": "1"}

    response = client.post(page("rate", uid, "must-haves"), sent, follow=True)

    content = response.content.decode()
    assert texts(response, "tr", "")[1:] == ["Planning 3 Met", "Communication 1 Short"]
    assert "One must-have is open." in content
    assert (
        "There is no score: these skills are 52\N{NO-BREAK SPACE}% of what TPM asks for"
        in content
    )


def test_the_quick_look_leads_on_to_the_rest(framework, alice, alice_client):
    draft = make_assessment(owner=alice, ratings={"planning": 3, "communication": 3})

    content = alice_client.get(page("quick_look", draft.uid)).content.decode()

    assert "All 2 must-haves are met by your own rating." in content
    assert page("rate", draft.uid, "delivery") + "#tooling" in content


def test_a_quick_look_goes_on_where_it_stopped(framework, client):
    client.post(page("begin"), {"target": "tpm", "quick": "true"})
    uid = Assessment.objects.get().uid
    must_haves, delivery = (page("rate", uid, of) for of in ("must-haves", "delivery"))

    def goes_on(to, **sent):
        client.post(to, {f"{key}-value": value for key, value in sent.items()})
        return client.get(page("resume", uid)).url

    assert client.get(page("resume", uid)).url == must_haves
    assert goes_on(must_haves, planning="3") == f"{must_haves}#communication"
    assert goes_on(must_haves, communication="1") == page("quick_look", uid)
    assert goes_on(delivery, tooling="2") == f"{delivery}#testing"


def test_a_quick_look_says_what_is_not_answered_and_leads_there(
    framework, alice_client
):
    alice_client.post(page("begin"), {"target": "tpm", "quick": "true"})
    uid = Assessment.objects.get().uid
    must_haves = page("rate", uid, "must-haves")

    half = alice_client.post(must_haves, {"planning-value": "1"}, follow=True)

    assert texts(half, "h1") == ["One must-have is not answered yet."]
    assert texts(half, "tr", "")[1:] == [
        "Planning 1 Short",
        "Communication – Not answered",
    ]
    assert links(half)["Go on with the must-haves"] == f"{must_haves}#communication"


def test_must_haves_alone_are_no_quick_look_unless_it_was_chosen(framework, alice):
    draft = make_assessment(owner=alice, ratings={"planning": 3})

    assert load_draft(draft).first_page.endswith("/delivery/#tooling")


# Thoughts before submitting


def thoughts(client, assessment):
    content = client.get(page("review", assessment.uid)).content.decode()
    return re.findall(r'<li class="prose">(.*?)</li>', content)


def spread(assessment, seconds):
    """As if each answer had taken so many seconds."""
    now = timezone.now()
    for place, rating in enumerate(Rating.objects.filter(assessment=assessment)):
        moment = now - timedelta(seconds=place * seconds)
        Rating.objects.filter(pk=rating.pk).update(rated_at=moment)


@pytest.fixture
def twenty(alice):
    framework = make_shipped_framework()
    keys = framework.skills.values_list("key", flat=True)
    return {key: place % 4 for place, key in enumerate(keys)}


def test_careful_answers_get_no_thought(twenty, alice, alice_client):
    draft = make_assessment(owner=alice, ratings=twenty)
    spread(draft, seconds=20)

    assert thoughts(alice_client, draft) == []


@pytest.mark.parametrize(("alike", "asked"), [(11, False), (12, True), (20, True)])
def test_many_equal_answers_in_a_row_get_a_thought(
    twenty, alice, alice_client, alike, asked
):
    ratings = {key: 3 if n < alike else n % 2 for n, key in enumerate(twenty)}
    draft = make_assessment(owner=alice, ratings=ratings)
    spread(draft, seconds=20)

    said = thoughts(alice_client, draft)

    assert [each.startswith(f"{alike} answers in a row") for each in said] == (
        [True] if asked else []
    )
    assert alice_client.post(page("submit", draft.uid)).status_code == 302


def test_an_impossible_pace_gets_a_thought(twenty, alice, alice_client):
    draft = make_assessment(owner=alice, ratings=twenty)
    spread(draft, seconds=1)

    (thought,) = thoughts(alice_client, draft)

    assert thought.startswith("These answers came quicker")


def test_confirming_earlier_answers_is_quick_and_fine(twenty, alice, alice_client):
    earlier = make_assessment(owner=alice, ratings=twenty)
    draft = make_assessment(owner=alice, ratings=twenty, based_on=earlier)
    spread(draft, seconds=0)

    assert thoughts(alice_client, draft) == []


def test_ratings_older_than_a_year_are_offered(framework, alice, alice_client):
    draft = make_assessment(owner=alice, ratings={"testing": 3, "tooling": 2})
    long_ago = timezone.now() - timedelta(days=366)
    Rating.objects.filter(skill__key="testing").update(rated_at=long_ago)

    assert thoughts(alice_client, draft) == [
        "Rated more than a year ago: Testing. Is it still true?"
    ]


def test_review_tells_what_leaving_out_does(framework, alice, alice_client):
    left_out = Answer(not_applicable=True, reason="Not here")
    ratings = dict.fromkeys(SKILLS, 3) | {"tooling": left_out}
    draft = make_assessment(owner=alice, ratings=ratings)

    content = alice_client.get(page("review", draft.uid)).content.decode()

    assert "What you left out is 17\N{NO-BREAK SPACE}% of the importance" in content


def test_review_shows_when_each_answer_was_given(framework, alice, alice_client):
    draft = make_assessment(owner=alice, ratings={"testing": 3})
    moment = timezone.now().replace(year=2025, month=5, day=3)
    Rating.objects.update(rated_at=moment)

    content = alice_client.get(page("review", draft.uid)).content.decode()

    assert "3 Independent, fairly sure · 3 May 2025" in content
