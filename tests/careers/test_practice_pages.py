"""Certifications compared and interview practice: what is shown, and for which choice."""

import pytest

from careers.forms import CertificationFilter
from careers.shape import Certification, CertificationSupport
from careers.store import spec_of
from tests.factories import (
    changed_skill,
    make_framework,
    make_shipped_framework,
    small_spec,
)
from tests.reading import description, elements, links, section, texts

CLOUD = Certification(
    key="cloud-basics",
    name="Cloud Basics",
    issuer="Clouds & Co.",
    entry="None",
    verification="general",
    suits=("tpm", "senior-tpm"),
    supports=(
        CertificationSupport(skill="tooling", up_to=3),
        CertificationSupport(skill="planning", up_to=1),
    ),
)


@pytest.fixture
def two(db):
    """The small framework with two certifications: CAPM and Cloud Basics."""
    return make_framework(certifications=(*small_spec().certifications, CLOUD))


def rows(response):
    return texts(response, "th", "certification-table__name")


# Certifications
# --------------------------------------------------------------------------------------


def test_certifications_are_compared(client, two):
    response = client.get("/certifications/")

    assert rows(response) == ["CAPM PMI", "Cloud Basics Clouds & Co."]
    cells = texts(response, "td", "certification-table__cell")
    assert cells[4:] == [
        "TPM Senior TPM",
        "Planning up to 1 Tooling up to 3",
        "None",
        "From general knowledge",
    ]
    assert cells[3] == (
        "Looked up in a public source "
        "Checked: 2026-11 At: example.org The issuer's page"
    )
    assert links(response)["Tooling"] == "/skills/tooling/"
    assert links(response)["Senior TPM"] == "/ladder/senior-tpm/"


@pytest.mark.parametrize("rule", ["", "Two for a course."])
def test_how_far_certifications_help_is_said_once(client, db, rule):
    make_framework(certification_rule=rule)

    main = texts(client.get("/certifications/"), "main")[0]

    assert main.count("Two for a course.") == bool(rule)


def test_certifications_say_that_they_raise_no_rating(client, two):
    main = texts(client.get("/certifications/"), "main")[0]

    assert "It never raises a rating by itself" in main
    assert "All 2 certifications." in main


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ({"level": "tpm"}, ["Cloud Basics Clouds & Co."]),
        ({"level": "junior-tpm"}, ["CAPM PMI"]),
        ({"skill": "tooling"}, ["Cloud Basics Clouds & Co."]),
        ({"skill": "planning"}, ["CAPM PMI", "Cloud Basics Clouds & Co."]),
        ({"skill": "planning", "issuer": "PMI"}, ["CAPM PMI"]),
        ({"issuer": "Clouds & Co."}, ["Cloud Basics Clouds & Co."]),
        ({"level": "tpm", "issuer": "PMI"}, []),
        ({"level": "", "skill": ""}, ["CAPM PMI", "Cloud Basics Clouds & Co."]),
    ],
)
def test_certifications_are_narrowed_by_what_is_chosen(client, two, choice, shown):
    assert rows(client.get("/certifications/", choice)) == shown


def test_what_was_chosen_stays_chosen(client, two):
    response = client.get("/certifications/", {"level": "tpm", "skill": "tooling"})

    chosen = [a["value"] for a, _ in elements(response, "option") if "selected" in a]
    assert chosen == ["tpm", "tooling", ""]
    assert "1 of 2 certifications." in texts(response, "main")[0]
    assert links(response)["Show all"] == "/certifications/"


def test_no_certification_is_a_state_of_its_own(client, two):
    response = client.get("/certifications/", {"level": "senior-tpm", "issuer": "PMI"})

    assert texts(response, "h2") == ["No certification fits all of this"]
    assert links(response)["Show all certifications"] == "/certifications/"
    assert elements(response, "table") == []


@pytest.mark.parametrize("value", ["none", "coordinator", "<b>", "\x00", "x" * 3000])
def test_a_value_that_is_not_offered_is_said_and_narrows_nothing(client, two, value):
    response = client.get("/certifications/", {"level": value, "skill": "tooling"})

    assert response.status_code == 200
    assert texts(response, "div", "invalid-feedback") == [
        "What the address asks for is not in this list, so it narrows nothing. "
        "Choose from the list."
    ]
    assert rows(response) == ["Cloud Basics Clouds & Co."]


def test_every_certification_of_the_shipped_framework_is_shown_as_it_is(client, db):
    spec = spec_of(make_shipped_framework())

    response = client.get("/certifications/")

    assert rows(response) == [f"{c.name} {c.issuer}" for c in spec.certifications]
    helped = texts(response, "td", "certification-table__cell")[1::4]
    assert helped == [
        " ".join(
            f"{spec.skills_by_key[support.skill].name} up to {support.up_to}"
            for support in each.supports
        )
        for each in spec.certifications
    ]


def test_issuers_are_offered_once_and_in_order():
    spec = small_spec().replaced(
        certifications=(CLOUD, *small_spec().certifications, CLOUD)
    )

    offered = CertificationFilter({}, spec=spec).fields["issuer"].choices

    assert [value for value, _ in offered] == ["", "Clouds & Co.", "PMI"]


# Interview practice
# --------------------------------------------------------------------------------------


def test_questions_stand_by_group_with_what_a_good_answer_shows(client, framework):
    response = client.get("/interview/")

    people = section(response, "people")
    assert people.startswith("People 2 questions. Tell me of communication.")
    assert "Communication · asked of TPM" in people
    assert (
        "What a good answer shows 3 Independent: I show communication at level 3."
        in people
    )
    assert texts(response, "h2") == ["Delivery", "People"]


def test_signs_of_a_strong_and_of_a_weak_answer_are_called_a_judgment(client, db):
    planning = small_spec().skills_by_key["planning"]
    questions = tuple(q.replaced(strong_answer="") for q in planning.questions)
    bare = planning.questions[0].replaced(key="bare", strong_answer="", weak_answer="")
    make_framework(skills=changed_skill("planning", questions=(*questions, bare)))

    folded = texts(client.get("/interview/"), "details", "disclosure")

    signs = [
        text.partition("Signs to listen for, our own judgment ")[2] for text in folded
    ]
    both = "Strong Names what came of it. Weak Names what one should do."
    assert signs == ["Weak Names what one should do.", "", both, both, both, both]


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        ({}, 5),
        ({"level": "tpm"}, 5),
        ({"skill": "testing"}, 1),
        ({"level": "tpm", "skill": "testing"}, 1),
        ({"level": "senior-tpm"}, 0),
    ],
)
def test_questions_are_narrowed_by_what_is_chosen(client, framework, choice, count):
    response = client.get("/interview/", choice)

    assert len(texts(response, "h3")) == count
    assert ("No question for this choice" in texts(response, "h2")) == (count == 0)


def test_a_question_value_that_is_not_offered_is_said(client, framework):
    response = client.get("/interview/", {"skill": "none"})

    assert "is not in this list, so it narrows nothing" in texts(response, "form")[0]
    assert len(texts(response, "h3")) == 5


def test_every_question_of_the_shipped_framework_is_asked_as_it_is(client, db):
    spec = spec_of(make_shipped_framework())

    response = client.get("/interview/")

    assert texts(response, "h3") == [
        question.question for skill in spec.skills for question in skill.questions
    ]
    answers = texts(response, "p", "prose")
    assert [answer.partition(": ")[2] for answer in answers] == [
        skill.statement(question.probes_value)
        for skill in spec.skills
        for question in skill.questions
    ]


# Ways there
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "to"),
    [
        (
            "/ladder/tpm/",
            "Practise with what a good answer shows",
            "/interview/?level=tpm",
        ),
        (
            "/ladder/junior-tpm/",
            "Compare these certifications",
            "/certifications/?level=junior-tpm",
        ),
        (
            "/skills/planning/",
            "Compare these certifications",
            "/certifications/?skill=planning",
        ),
        (
            "/skills/testing/",
            "Practise these questions",
            "/interview/?skill=testing",
        ),
    ],
)
def test_levels_and_skills_lead_to_their_choice(client, framework, path, text, to):
    assert links(client.get(path))[text] == to
    assert client.get(to).status_code == 200


def test_the_short_address_keeps_the_choice(client, framework):
    path = f"/frameworks/{framework.key}/certifications/?level=tpm&issuer=A+%26+B"

    response = client.get(path)

    assert response.url == "/certifications/?level=tpm&issuer=A+%26+B"


def test_another_framework_narrows_its_own_list(client, framework):
    make_framework(key="other")

    response = client.get("/frameworks/other/interview/?skill=testing")

    assert links(response)["Show all"] == "/frameworks/other/interview/"
    assert links(response)["Testing"] == "/frameworks/other/skills/testing/"


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/interview/", "All 5 questions."),
        ("/interview/?skill=testing", "1 of 5 questions."),
        ("/certifications/", "1 certification."),
    ],
)
def test_pages_of_choices_count_what_is_shown(client, framework, path, count):
    response = client.get(path)

    assert texts(response, "p", "quiet")[0].startswith(count)
    assert ("Show all" in links(response)) == ("?" in path)


@pytest.mark.parametrize("path", ["/interview/", "/certifications/"])
def test_pages_of_choices_bear_the_name_of_their_framework(client, db, path):
    make_framework(title="Ladder of bakers")

    assert description(client.get(path)).startswith("Ladder of bakers: ")
