"""The public pages of the tool: the first page, the example, what explains it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment import plans
from assessment.access import HAS_PLAN
from assessment.example import example_answers, example_report, worked_example
from assessment.wording import where_you_stand
from careers.shape import LeftOut
from careers.store import spec_of
from scoring.inputs import Answer, Requirement, Target
from scoring.number import BANDS, readiness_of
from tests.factories import (
    changed_skill,
    make_assessment,
    make_framework,
    make_plan,
    make_shipped_framework,
    make_with_planning_as,
    small_spec,
)
from tests.reading import description, elements, links, section, texts

# Queries for a visitor without a session: the row of the live framework.
QUERIES = {
    "/": 1,
    "/reports/example/": 1,
    "/how-it-works/": 1,
    "/privacy/": 0,
}


def forms(response):
    """Where the forms of a page lead, without the search that every page has."""
    found = [attributes["action"] for attributes, _ in elements(response, "form")]
    return [action for action in found if action != "/search/"]


@pytest.fixture
def shipped(db):
    return make_shipped_framework()


@pytest.mark.parametrize("make", [make_framework, make_shipped_framework])
@pytest.mark.parametrize("path", QUERIES)
def test_page_costs_the_same_whatever_the_framework(client, db, make, path):
    make()
    client.get(path)  # loads the framework into memory

    with CaptureQueriesContext(connection) as queries:
        client.get(path)

    assert len(queries) == QUERIES[path]


def test_pages_leave_nothing_in_a_visitors_browser(client, shipped):
    for path in QUERIES:
        response = client.get(path)

        assert response.status_code == 200
        assert response.cookies == {}
        assert not response.wsgi_request.session.modified
        assert "CSRF_COOKIE" not in response.wsgi_request.META


def test_pages_have_titles_and_descriptions_of_their_own(client, shipped):
    responses = [client.get(path) for path in QUERIES if path != "/reports/example/"]

    assert [texts(response, "title")[0] for response in responses] == [
        "Where do you stand as a technical project manager? · tpmguide",
        "How it works · tpmguide",
        "Privacy · tpmguide",
    ]
    assert len({description(response) for response in responses}) == 3


# Home
# --------------------------------------------------------------------------------------


def test_home_asks_the_visitors_question_and_leads_to_one_thing(client, shipped):
    response = client.get("/")

    assert texts(response, "h1") == [
        "Where do you stand as a technical project manager?"
    ]
    buttons = elements(response, "a", "btn-primary")
    assert {(a["href"], text) for a, text in buttons} == {
        ("/assess/", "Start the self-assessment")
    }
    assert links(response)["See a full example report"] == "/reports/example/"


def test_home_shows_the_engines_own_figures(client, shipped):
    report = example_report(shipped.digest)

    response = client.get("/")

    assert texts(response, "span", "sheet__figure") == [str(report.result.score)]
    assert texts(response, "p", "sheet__verdict") == ["of 100, readiness On the way."]
    assert texts(response, "span", "sheet__name") == [
        line.skill.name for line in report.first_gaps
    ]
    assert texts(response, "span", "sheet__points") == [
        f"+{line.gap.gain_close_tenths / 10:.1f}" for line in report.first_gaps
    ]


@pytest.mark.parametrize("make", [make_framework, make_shipped_framework])
def test_home_asks_about_the_first_gap_of_the_example(client, db, make):
    framework = make()
    spec, first = spec_of(framework), example_report(framework.digest).gaps[0]

    response = client.get("/")

    radios = [a for a, _ in elements(response, "input") if a["type"] == "radio"]
    assert [(radio["name"], radio["value"]) for radio in radios] == [
        ("try", str(point.value)) for point in spec.scale
    ]
    assert [a["value"] for a in radios if "checked" in a] == [str(first.rating)]
    assert forms(response) == []
    assert texts(response, "span", "level-choice__text") == [
        spec.scale[0].definition,
        *(level.statement for level in first.skill.levels),
    ]


@pytest.mark.parametrize(
    ("person", "question"),
    [
        ("", "Where do you stand?"),
        ("data analyst", "Where do you stand as a data analyst?"),
        ("Engineering manager", "Where do you stand as an Engineering manager?"),
    ],
)
def test_home_asks_in_the_word_of_the_framework(person, question):
    assert where_you_stand(small_spec(person=person)) == question


def test_home_draws_the_ladder(client, framework):
    response = client.get("/")

    assert len(elements(response, "svg", "ladder-picture")) == 1
    assert "3 rungs to aim at" in texts(response, "h2")
    assert links(response)["See the whole ladder"] == "/ladder/"


def test_home_promises_what_there_is(client, shipped):
    home = " ".join(texts(client.get("/"), "main"))

    assert "No account needed" in home
    assert "plan" not in home.lower().split()


def test_home_names_no_step_that_the_last_report_has_reached(
    framework, alice, alice_client
):
    make_assessment(owner=alice, submit=True)
    plan = make_plan(alice, ("planning", 3, "Plan it"), ("tooling", 3, "Tidy it"))
    session = alice_client.session
    session[HAS_PLAN] = True
    session.save()
    ratings = dict.fromkeys(spec_of(framework).skills_by_key, 2)

    def said():
        return " ".join(texts(alice_client.get("/"), "main"))

    assert "Plan it" in said()
    make_assessment(owner=alice, ratings=ratings | {"planning": 3}, submit=True)
    assert "Plan it" not in said()
    assert "Tidy it" in said()
    plans.let_wait(item=plan.items.get(skill_key="tooling"))
    assert "Nothing of your plan is in focus" in said()
    make_assessment(
        owner=alice, ratings=ratings | {"planning": 3, "tooling": 3}, submit=True
    )
    assert "All steps of your plan are reached" in said()


def test_home_calls_the_next_step_by_the_live_name(framework, alice, alice_client):
    make_assessment(owner=alice, submit=True)
    make_plan(alice, ("planning", 3))
    session = alice_client.session
    session[HAS_PLAN] = True
    session.save()
    make_with_planning_as(("foresight", ("planning",)))

    said = " ".join(texts(alice_client.get("/"), "main"))

    assert "Next in your plan: Foresight, towards 3" in said


def test_home_without_a_framework_tells_the_owner_what_to_run(client, db):
    response = client.get("/")

    assert texts(response, "h1") == ["No ladder is published yet"]
    assert texts(response, "code") == [
        "python manage.py import_framework --publish --if-none"
    ]
    assert "/assess/" not in links(response).values()


def test_a_list_of_no_ladders_says_so(client, db):
    [lines] = texts(client.get("/frameworks/"), "ul", "rule-list")

    assert lines == "No ladder is published yet."


def test_the_foot_of_a_page_offers_the_self_assessment_where_it_is_news(
    client, alice_client, framework
):
    def said(by, path):
        return texts(by.get(path), "div", "site-foot__next")

    assert said(client, "/ladder/") == [
        "Where do you stand? No account needed. Start the self-assessment"
    ]
    assert said(alice_client, "/ladder/") == [
        "Where do you stand? Start the self-assessment"
    ]
    for own in ("/me/", "/me/leave/", "/reports/"):
        assert said(alice_client, own) == []


# The example
# --------------------------------------------------------------------------------------


def test_example_is_a_whole_report_and_says_that_it_is_made_up(client, shipped):
    response = client.get("/reports/example/")

    said = texts(response, "p", "verdict__kicker")
    assert said == ["Example report, from made-up answers"]
    assert forms(response) == []
    assert len(texts(response, "tr", "skills__row")) == 20


def test_example_can_be_narrowed_like_any_report(client, shipped):
    report = example_report(shipped.digest)

    shown = {
        show: len(
            texts(client.get(f"/reports/example/?show={show}"), "tr", "skills__row")
        )
        for show in ("open", "must-haves", "odd")
    }

    must_haves = len(report.must_haves)
    assert shown == {"open": len(report.gaps), "must-haves": must_haves, "odd": 20}
    assert 0 < len(report.gaps) < 20
    assert 0 < must_haves < 20


def test_example_starts_with_an_open_must_have(shipped):
    first, *_ = example_report(shipped.digest).gaps

    assert first.missing_levels


def test_example_is_near_the_requirements_on_points_that_the_skills_have():
    spec = small_spec(
        skills=changed_skill(
            "testing",
            levels=small_spec().skills_by_key["testing"].levels[:1],
        )
    )
    level = spec.levels_by_key["tpm"]

    answers = example_answers(spec, level)

    required = {item.skill: item.required for item in level.requirements}
    assert required["testing"] == 2
    assert {key: answer.value for key, answer in answers.items()} == {
        "planning": required["planning"] - 1,  # the first must-have
        "tooling": required["tooling"],
        "testing": 1,
        "communication": required["communication"],
        "leadership": required["leadership"] + 1,
    }
    assert {key for key, answer in answers.items() if answer.note} == {"leadership"}
    assert answers["leadership"].note == "I show leadership at level 3."


@pytest.mark.parametrize("path", ["/", "/reports/example/"])
def test_any_ladder_has_an_example(client, framework, path):
    response = client.get(path)

    assert response.status_code == 200
    assert example_report(framework.digest).level.key == "tpm"


# How it works
# --------------------------------------------------------------------------------------


def test_worked_sum_is_the_engines(client, shipped):
    """The example of docs/scoring.md: one left out, one open, one must-have short."""
    response = client.get("/how-it-works/")

    assert texts(response, "tr")[1:] == [
        "Planning must-have 4 3 5 19.7",
        "Risk 3 2 4 14.0",
        "Metrics 3 3 3 15.8",
        "Communication must-have 4 4 5 26.3",
        "Coaching 2 1 2 5.3",
        "Cloud 3 not answered",
        "Vendors 2 left out",
    ]
    assert texts(response, "h3")[:4] == [
        "Coverage: 81.1",
        "Must-haves: −8.1",
        "Readiness: 73.0",
        "What closing each gap brings",
    ]
    said = section(response, "sum")
    assert (
        "Planning is one level short. Each missing must-have level takes 10 %" in said
    )
    assert "Planning +14.7, Risk +6.3, Coaching +4.7. Gaps stand in this order." in said
    assert "In the example: 52 to 87." in section(response, "range")


def test_lines_of_the_verdicts_are_the_models(client, shipped):
    response = client.get("/how-it-works/")

    assert (
        section(response, "verdict")
        .split("for the first. ")[1]
        .startswith(
            "Ready to make the case 90 or more Nearly there 80 or more On the way 35 or more "
            "Building the base 15 or more Exploring anything less From 90 on"
        )
    )


@pytest.mark.parametrize(("line", "band"), worked_example().band_lines)
def test_each_line_is_where_the_engine_changes_its_verdict(line, band):
    target = Target(tuple(Requirement(f"s{n}", 1, 1) for n in range(100)))

    def verdict_at(points):
        return readiness_of(
            target, {f"s{n}": Answer(int(n < points)) for n in range(100)}
        ).band

    assert verdict_at(line) is band
    if line:
        assert BANDS.index(verdict_at(line - 1)) == BANDS.index(band) - 1


EXPLAINED = [
    (
        "answers",
        "A 0 is an answer It says “not yet”. It counts, and earns no points.",
    ),
    ("answers", "A must-have cannot be left out: it waits for an answer."),
    ("answers", "They never change the score."),
    ("verdict", "one missing level takes any number below it."),
    ("range", "off by about 0.6 of a level, by 0.8 where you were not sure"),
    ("range", "if somebody saw you 0.3 of a level lower everywhere."),
    ("range", "that this is 0.3 of a level is our estimate."),
    ("no-score", "at least 80 % of what counts"),
    ("no-score", "At most 30 % may be left out"),
    ("no-score", "provisional: 99 at most"),
    ("rungs", "A must-have of a lower rung stays one above it"),
    ("limits", "Self-ratings and managers’ ratings agree only loosely."),
    ("limits", "a published source says that the skill belongs to that level."),
    ("leaves-out", "Budget and financial control Covered in"),
    ("sources", "used under the CC BY 4.0 license"),
    ("source", "open source under the MIT licence"),
]


def test_how_it_works_explains(client, shipped):
    page = client.get("/how-it-works/")

    lacking = [
        (key, sentence)
        for key, sentence in EXPLAINED
        if sentence not in section(page, key)
    ]
    assert lacking == []


def test_how_it_works_names_what_covers_a_topic_that_is_left_out(client, db):
    budget = LeftOut(
        key="budget",
        topic="Budget",
        folded_into=("planning", "cloud"),
        why="It is both.",
    )
    make_framework(leaves_out=(budget,))

    shown = section(client.get("/how-it-works/"), "leaves-out")

    assert shown.endswith("Budget Covered in Planning and Cloud. It is both.")


def test_how_it_works_counts_what_a_source_says_of_that_very_level(client, db):
    grades = ("direct", "supported", "guide-general", "inferred", "direct")
    spec = small_spec()
    tpm = spec.levels_by_key["tpm"]
    graded = tuple(
        item.replaced(evidence_grade=grade)
        for item, grade in zip(tpm.requirements, grades, strict=True)
    )
    rung = tpm.replaced(requirements=graded)
    make_framework(levels=tuple(rung if each is tpm else each for each in spec.levels))

    shown = section(client.get("/how-it-works/"), "limits")

    assert "For 3 of the 14 required levels on the ladder a published" in shown


def test_how_it_works_stands_without_a_framework(client, db):
    response = client.get("/how-it-works/")

    assert section(response, "sum") is not None
    assert section(response, "sources") is None
    assert "published source" not in section(response, "limits")


def test_how_it_works_claims_nothing_that_is_not_supported(client, shipped):
    claims = (
        "less inflated",
        "most of the time",
        "last six months",
        "few points lower",
        "ceiling",
        "held",
        "That is about how much higher people rate themselves",
    )

    page = " ".join(texts(client.get("/how-it-works/"), "main"))

    assert [claim for claim in claims if claim in page] == []


# Privacy
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("stored", "your password, as a hash that cannot be read back"),
        ("stored", "how sure you were, your note, your link"),
        ("seen", "Those who edit the ladder No ratings"),
        ("cookies", "Pages load nothing from other sites"),
    ],
)
def test_privacy_says(client, db, key, sentence):
    assert sentence in section(client.get("/privacy/"), key)
