"""The public pages of the tool: the first page, the example, what explains it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment import how_page, scoring
from assessment.example import DIFFERENCES, example_answers, example_report
from assessment.home_page import home_page
from assessment.report import compose_report
from careers.store import spec_of
from tests.factories import make_framework, make_shipped_framework, small_spec
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


@pytest.mark.parametrize("path", QUERIES)
def test_page_leaves_nothing_in_a_visitors_browser(client, shipped, path):
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
    assert [(a["href"], text) for a, text in buttons] == [
        ("/assess/", "Start the self-assessment")
    ]
    assert links(response)["See a full example report"] == "/reports/example/"


def test_home_shows_the_engines_own_figures(client, shipped):
    spec = spec_of(shipped)
    level = spec.levels_by_key["senior-tpm"]
    report = compose_report(spec, level, example_answers(spec, level))

    response = client.get("/")

    assert texts(response, "span", "sheet__figure") == [str(report.summary.score)]
    assert texts(response, "span", "sheet__name") == [gap.name for gap in report.gaps]
    first, *others = texts(response, "span", "sheet__points")
    assert first == f"{report.gaps[0].gain} points"
    assert others == [f"{gap.gain} later" for gap in report.gaps[1:]]
    verdict = texts(response, "p", "sheet__verdict")[0]
    assert verdict.endswith(f"Stakeholder management {report.gaps[0].holds.lower()}.")


def test_home_has_no_example_where_the_ladder_has_other_keys(client, framework):
    response = client.get("/")

    assert elements(response, "figure", "sheet") == []
    assert "See a full example report" not in links(response)
    assert client.get("/reports/example/").status_code == 404


def test_home_shows_a_real_question_that_works_without_a_form(client, shipped):
    skill = spec_of(shipped).skills_by_key["risk-management"]

    response = client.get("/")

    radios = [a for a, _ in elements(response, "input") if a["type"] == "radio"]
    assert [(radio["name"], radio["value"]) for radio in radios] == [
        ("try", str(value)) for value in range(6)
    ]
    assert forms(response) == []
    statements = texts(response, "span", "level-choice__text")
    assert statements[1:] == [level.statement for level in skill.levels]


def test_home_falls_back_to_the_first_skill():
    page = home_page(small_spec(), None)

    assert page.question == "Planning"
    assert page.choices[3].statement == "I show planning at level 3."


def test_home_draws_the_ladder(client, framework):
    response = client.get("/")

    assert len(elements(response, "svg", "ladder-picture")) == 1
    assert "Three rungs to aim at" in texts(response, "h2")
    assert links(response)["See the whole ladder"] == "/ladder/"


def test_home_promises_what_there_is(client, shipped):
    home = " ".join(texts(client.get("/"), "main"))

    assert "No account needed" in home
    assert "plan" not in home.lower().split()


def test_home_without_a_framework_tells_the_owner_what_to_run(client, db):
    response = client.get("/")

    assert texts(response, "h1") == ["No ladder is published yet"]
    assert texts(response, "code") == [
        "python manage.py import_framework --publish --if-none"
    ]


# The example
# --------------------------------------------------------------------------------------


def test_example_is_a_whole_report_and_says_that_it_is_made_up(client, shipped):
    response = client.get("/reports/example/")

    assert "Example report, from made-up answers" in texts(response, "p", "kicker")[0]
    assert forms(response) == []
    assert len(texts(response, "tr", "skill-table__row")) == 20 + 1


def test_example_can_be_sorted_like_any_report(client, shipped):
    first = texts(client.get("/reports/example/?sort=name"), "th", "skill-table__name")
    odd = texts(client.get("/reports/example/?sort=odd"), "th", "skill-table__name")

    assert first[0].startswith("Adaptability")
    assert odd[0].startswith("Stakeholder management")


def test_example_holds_points_back_by_one_must_have(shipped):
    report = example_report(shipped.digest)

    assert [bool(gap.holds) for gap in report.gaps] == [True, False, False]
    assert report.gaps[0].must_have


def test_example_follows_the_requirements():
    spec = small_spec()
    level = spec.levels_by_key["senior-tpm"]

    answers = example_answers(spec, level)

    assert {key: answer.value for key, answer in answers.items()} == {
        item.skill: item.required + DIFFERENCES.get(item.skill, 0)
        for item in level.requirements
    }


# How it works
# --------------------------------------------------------------------------------------


def test_worked_sum_is_the_engines(client, shipped):
    response = client.get("/how-it-works/")

    rows = texts(response, "tr")
    assert rows[1] == "Planning Must-have 4 2 50 % 5 12.5 of 25.0"
    assert rows[-1] == "Coverage 75.0"
    assert texts(response, "h3")[:4] == [
        "Coverage: 75.0",
        "Ceiling: 68.0",
        "Readiness: 68.0",
        "What would help",
    ]
    sum_text = section(response, "sum")
    assert "The 7.0 points between are held." in sum_text
    assert "the score shows +0.0" in sum_text
    assert "Raise both: +16.0." in sum_text
    assert "In the example above: 55 to 81." in section(response, "range")


def test_numbers_of_the_model_come_from_its_parameters(client, shipped):
    use = scoring.PARAMETERS[scoring.SCORING_VERSION]
    page = how_page.how_page()

    assert page.points_per_level * use.scale_top == use.ceiling_span
    assert (page.answered_share, page.left_out_share) == ("80 %", "30 %")
    assert page.provisional_cap == use.provisional_cap
    assert (page.range_share, page.step_share, page.shift) == ("80 %", "half", "0.3")
    assert [(b.title, b.coverage, b.must_haves) for b in page.bands] == [
        ("Ready to make the case", "85 or more", "every must-have met"),
        ("Nearly there", "70 or more", "must-haves at most one level short"),
        ("On the way", "50 or more", "must-haves at most three levels short"),
        ("Building the base", "30 or more", "must-haves at most four levels short"),
        ("Exploring", "below 30", "whatever the must-haves"),
    ]
    assert [each.value for each in page.spread] == [
        "0.45 of a level",
        "0.6 of a level",
        "0.8 of a level",
    ]
    assert [each.value for each in page.evidence] == [
        "100 % of that",
        "90 % of that",
        "75 % of that",
    ]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (
            "answers",
            "A 0 is an answer It says “not yet”. It counts, and earns no points.",
        ),
        ("answers", "A must-have cannot be left out."),
        ("answers", "They never change the score."),
        (
            "sum",
            "lowers the most you can reach by 16 points. One level short allows 84.",
        ),
        ("no-score", "at least 80 % of what counts"),
        ("no-score", "At most 30 % may be left out"),
        ("no-score", "It shows 99 at most"),
        ("gaps", "A must-have counts two times."),
        ("rungs", "You rate the same skills whatever your target is."),
        ("limits", "Self-ratings and managers’ ratings agree only loosely."),
        ("limits", "required levels on the ladder rest on a published source."),
        ("leaves-out", "Budget and financial control Covered in"),
        ("sources", "used under the CC BY 4.0 license"),
        ("source", "open source under the MIT licence"),
    ],
)
def test_how_it_works_explains(client, shipped, key, sentence):
    assert sentence in section(client.get("/how-it-works/"), key)


def test_how_it_works_stands_without_a_framework(client, db):
    response = client.get("/how-it-works/")

    assert section(response, "sum") is not None
    assert section(response, "sources") is None


# Privacy, style guide
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("stored", "your password as a hash"),
        ("stored", "your rating, how sure you were, your note and your link"),
        ("seen", "Those who edit the ladder No ratings"),
        ("delete", "The site has no button for this yet."),
        ("cookies", "Pages load nothing from other sites"),
    ],
)
def test_privacy_says(client, db, key, sentence):
    assert sentence in section(client.get("/privacy/"), key)


def test_style_guide_is_for_development_only(client, db, settings):
    hidden = client.get("/styleguide/").status_code
    settings.DEBUG = True

    shown = client.get("/styleguide/")

    assert hidden == 404
    assert texts(shown, "title")[0] == "Style guide · tpmguide"
