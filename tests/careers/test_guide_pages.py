"""The guide's pages as a reader gets them."""

import pytest
from django.conf import settings

from careers.guide_shape import KINDS_OF_SECTION, GuideEntry, GuideSection
from careers.guide_views import scale_up_to
from tests.factories import make_assessment, make_framework, small_spec
from tests.guides import changed_page, make_guide, small_guide, with_origins
from tests.reading import description, elements, links, section, texts

PAGES = ["role", "start", "apply", "pay", "market", "questions"]


@pytest.fixture
def guide(framework):
    return make_guide()


# All pages
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PAGES)
def test_page_says_what_it_is(client, guide, key):
    response = client.get(f"/{key}/")

    title = f"{key.capitalize()} of the work"
    assert texts(response, "h1") == [title]
    assert texts(response, "title")[0] == f"{title} · tpmguide"
    assert description(response) == f"What to know about {key}."


@pytest.mark.parametrize("key", [*PAGES, "guide"])
def test_without_a_guide_there_is_no_page(client, framework, key):
    response = client.get(f"/{key}/")

    assert response.status_code == 404


def test_a_guide_is_shown_beside_its_published_ladder_alone(client, db):
    make_guide()
    before = client.get("/role/").status_code

    make_framework()

    assert (before, client.get("/role/").status_code) == (404, 200)


def test_another_ladder_has_a_guide_of_its_own_below_its_key(client, guide):
    make_framework(key="another-ladder", title="Baking")
    role = changed_page("role", title="What a baker does")
    make_guide(framework="another-ladder", pages=role)

    other = client.get("/frameworks/another-ladder/role/")

    assert texts(client.get("/role/"), "h1") == ["Role of the work"]
    assert texts(other, "h1") == ["What a baker does"]
    assert texts(other, "title")[0] == "What a baker does · Baking · tpmguide"
    assert links(other)["Pay"] == "/frameworks/another-ladder/pay/"
    assert links(other)["Career guide"] == "/frameworks/another-ladder/guide/"


def test_a_ladder_without_a_guide_has_no_links_to_one(client, guide):
    make_framework(key="another-ladder")

    other = client.get("/frameworks/another-ladder/skills/")

    served, bare = set(links(client.get("/skills/"))), set(links(other))
    assert served - bare >= {"Career guide", "What the job is", "Pay", "Questions"}
    assert [
        client.get(f"/frameworks/another-ladder/{key}/").status_code for key in PAGES
    ] == [404] * 6


def test_index_leads_to_every_page(client, guide):
    found = links(client.get("/guide/"))

    assert {found[f"{key.capitalize()} of the work"] for key in PAGES} == {
        f"/{key}/" for key in PAGES
    }
    assert found["The ladder"] == "/ladder/"


def test_a_changed_guide_is_seen_at_once(client, guide):
    client.get("/role/")
    make_guide(pages=changed_page("role", title="Another title"))

    assert texts(client.get("/role/"), "h1") == ["Another title"]


# Sections
# ------------------------------------------------------------------------------------


def test_a_figure_stands_with_year_source_and_doubt(client, guide):
    shown = section(client.get("/role/"), "all-points")

    assert "Growth 7 percent 2025, The guide Our doubt: Old." in shown


def test_sources_of_the_figures_are_named(client, guide):
    shown = section(client.get("/role/"), "sources")

    assert "The guide a shelf. Figures." in shown
    assert "The bureau" not in shown


def test_steps_are_numbered_and_in_order(client, guide):
    response = client.get("/start/")

    assert texts(response, "span", "guide-entry__number") == ["1", "2"]
    assert "All steps What the steps have in common." in section(response, "all-steps")


def test_a_route_has_time_and_cost(client, guide):
    shown = section(client.get("/start/"), "all-routes")

    assert "The first Time a year Cost nothing It comes first." in shown


def test_examples_are_marked_as_such(client, guide):
    response = client.get("/apply/")

    assert "Nothing in them is real." in section(response, "all-examples")
    assert (
        texts(response, "span", "tag") == ["Example"] * 4
    )  # two examples, two letters


def test_an_entry_shows_all_that_it_has(client, guide):
    shown = section(client.get("/role/"), "all-points")

    assert shown.endswith(
        "The second one two Built from: The guide. Our doubt: Who knows. The ladder"
    )


def test_a_job_that_one_comes_from_leads_to_a_start_with_its_level(client, framework):
    make_guide(pages=with_origins())

    response = client.get("/start/")

    shown = section(response, "coming-from")
    assert links(response)["Start with TPM"] == (
        f"/assess/?from=engineer&framework={settings.FRAMEWORK_KEY}"
    )
    assert shown.count("Start with") == 1


def test_the_good_and_hard_sides_are_for_the_reader_alone(client, framework):
    sides = tuple(
        GuideSection(
            key=key, title=key, entries=(GuideEntry(key="a", title="Dates press"),)
        )
        for key in ("good-sides", "hard-sides")
    )
    make_guide(pages=changed_page("market", sections=sides))

    response = client.get("/market/")

    boxes = [
        attributes
        for attributes, _ in elements(response, "input")
        if attributes["type"] == "checkbox"
    ]
    assert texts(response, "label", "check-line") == [
        "I look forward to it: Dates press",
        "I can live with it: Dates press",
    ]
    assert [box for box in boxes if "name" in box] == []  # so nothing can be sent
    assert "not counted, sent or stored" in section(response, "hard-sides")


# Pay
# ------------------------------------------------------------------------------------


def amounts(response, key):
    """The rows of a table, each as its texts."""
    found = section(response, key)
    return [t for t in texts(response, "tr", "pay-table__row") if t in found]


def test_pay_stands_by_level_as_the_framework_has_it(client, db, scene):
    response = client.get("/pay/")

    rows = amounts(response, "by-level")
    assert len(rows) == 7
    assert rows[0] == "Junior TPM USD 75,000 USD 80,000"
    assert "the guide's own figure" in section(response, "by-level")


def test_pay_stands_by_region_in_both_currencies(client, guide):
    rows = amounts(client.get("/pay/"), "by-region")

    assert rows == [
        "United States USD 90,000 to 150,000 USD 90,000 to 150,000",
        "2025, The guide",
        "India INR 1,500,000 to 3,000,000 USD 18,000 to 36,000",
        "2025, The guide. Living costs less. Our doubt: Who knows.",
    ]


def test_a_range_without_dollars_is_not_drawn(client, framework):
    (_, india) = small_guide().pay_ranges
    alone = india.replaced(
        region="Peru", currency="PEN", low=1, high=2, low_usd=None, high_usd=None
    )
    make_guide(pay_ranges=(alone,))

    response = client.get("/pay/")

    assert amounts(response, "by-region")[0] == "Peru PEN 1 to 2 not given"
    assert elements(response, "line", "pay-bar__line") == []


def test_pay_marks_the_readers_level_and_target(scene, alice, alice_client):
    make_assessment(owner=alice, submit=True, target="senior-tpm")

    response = alice_client.get("/pay/")

    rows = amounts(response, "by-level")
    assert [row for row in rows if "You" in row] == [
        "Junior TPM You USD 75,000 USD 80,000",
        "Senior TPM Your target USD 140,000 USD 145,000",
    ]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("amounts", "most"),
    [
        ([], 50_000),
        ([50_000], 50_000),
        ([50_001], 100_000),
        ([260_000, 10], 300_000),
    ],
)
def test_the_scale_of_pay_holds_all_amounts(amounts, most):
    assert list(scale_up_to(amounts)) == list(range(0, most + 1, 50_000))


def test_pay_that_nobody_names_has_no_table(client, db):
    make_framework(
        levels=tuple(level.replaced(pay_median=None) for level in small_spec().levels)
    )
    make_guide(pay_ranges=())

    response = client.get("/pay/")

    assert section(response, "by-level") is None
    assert section(response, "by-region") is None
    assert "What the points have in common." in section(response, "all-points")


def drawn(response):
    """Where the line of each bar begins and ends."""
    found = elements(response, "line", "pay-bar__line")
    return [(attributes["x1"], attributes["x2"]) for attributes, _ in found]


def test_pay_is_drawn_on_one_scale(client, guide):
    response = client.get("/pay/")

    axis = texts(response, "text", "pay-bar__text")
    assert axis[-4:] == ["0", "50k", "100k", "150k"]
    assert drawn(response)[-2:] == [("60.00%", "100.00%"), ("12.00%", "24.00%")]


def test_a_level_is_drawn_from_nothing_to_its_median(client, db, scene):
    response = client.get("/pay/")

    assert drawn(response)[0] == ("0.00%", "25.00%")


# Questions
# ------------------------------------------------------------------------------------


def test_questions_are_answered_by_topic(client, guide):
    response = client.get("/questions/")

    assert section(response, "career") == (
        "The work From the source guide, in our words. How long is a week? "
        "Forty hours. Built from: The guide."
    )
    assert section(response, "tool") == (
        "This tool How is it made? By sums. In public. How it works"
    )
    assert links(response)["How it works"] == "/how-it-works/"


def test_the_guide_is_found_by_the_search(client, guide):
    found = links(client.get("/search/", {"q": "forty hours"}))

    assert found["How long is a week?"] == "/questions/#hours"
    assert links(client.get("/search/", {"q": "salary"}))["Pay of the work"] == "/pay/"


def test_a_letter_is_read_paragraph_by_paragraph(client, guide):
    page = client.get("/apply/")

    letter = section(page, "all-letter")
    lists = [text for text in texts(page, "ul") if text == "one two"]

    assert "This is an example. Nothing in it is real." in letter
    assert len(lists) == len(KINDS_OF_SECTION) - 1  # the points of all other sections
