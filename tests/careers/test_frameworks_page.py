"""Several ladders in one installation: each is found, and a reader stays in the one they read."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_assessment,
    make_entry,
    make_framework,
    make_plan,
    small_spec,
)
from tests.reading import elements, links, texts

OTHER = "/frameworks/baking"


def menu(page):
    return {text: a["href"] for a, text in elements(page, "a", "site-nav__link")}


@pytest.fixture
def baking(framework):
    """A ladder beside the served one; a draft of a third is nobody's to see."""
    make_framework(key="draft-ladder", title="Drafted", publish=False)
    return make_framework(key="baking", title="Baking", language="de")


def test_all_published_ladders_are_listed_the_served_one_first(client, baking):
    page = client.get("/frameworks/")

    assert texts(page, "li", "columns") == [
        "Small ladder English, 5 skills, 3 rungs Rate yourself against it",
        "Baking German, 5 skills, 3 rungs Rate yourself against it",
    ]
    assert links(page)["Small ladder"] == "/ladder/"
    assert links(page)["Baking"] == f"{OTHER}/ladder/"


def test_another_ladder_says_its_title_on_the_page_of_its_rungs(client, baking):
    assert texts(client.get(f"{OTHER}/ladder/"), "p", "kicker") == ["Baking"]
    assert texts(client.get("/ladder/"), "p", "kicker") == []


@pytest.mark.parametrize("path", ["ladder/tpm/", "skills/planning/", "example/"])
def test_menu_title_and_start_stay_in_the_ladder_one_reads(client, baking, path):
    page = client.get(f"{OTHER}/{path}")

    found = menu(page)
    assert found["The ladder"] == f"{OTHER}/ladder/"
    assert found["Skills"] == f"{OTHER}/skills/"
    assert found["Search"] == "/search/?framework=baking"
    assert links(page)["Start"] == "/assess/?framework=baking"
    assert found["All ladders"] == "/frameworks/"
    assert texts(page, "title")[0].endswith(" · Baking · tpmguide")


def test_menu_stays_in_the_ladder_of_a_report_and_of_a_draft(alice, baking):
    client = Client()
    client.force_login(alice)
    report = make_assessment(owner=alice, framework=baking, submit=True)
    draft = make_assessment(owner=alice, framework=baking)

    for path in (report.get_absolute_url(), f"/assess/{draft.uid}/rate/delivery/"):
        assert menu(client.get(path))["Skills"] == f"{OTHER}/skills/"


def test_menu_stays_in_the_ladder_of_what_a_person_did(alice_client, alice, baking):
    """Of plan, journal and progress, and of each page of a report."""
    before, report = (
        make_assessment(owner=alice, framework=baking, submit=True) for _ in range(2)
    )
    item = make_plan(alice, ("planning", 3), framework=baking).items.get()
    named = {
        **{name: [] for name in ("plan", "journal", "progress")},
        **{name: [report.uid] for name in ("case", "share", "delete", "rename")},
        **{name: [report.uid] for name in ("earlier", "correct")},
        "then": [report.uid, before.uid],
        "plan_change": [item.plan.uid],
        "plan_item": [item.uid],
        "plan_focus": [item.uid],
        "journal_entry": [make_entry(item).uid],
    }

    led = {
        name: menu(alice_client.get(reverse(f"assessment:{name}", args=args)))["Skills"]
        for name, args in named.items()
    }

    assert led == dict.fromkeys(named, f"{OTHER}/skills/")


def test_pages_of_the_served_ladder_do_not_name_it(client, baking):
    page = client.get("/skills/")

    assert texts(page, "title")[0] == "Skills · tpmguide"
    assert links(page)["Start"] == "/assess/"


def test_search_looks_in_the_ladder_one_reads(client, baking):
    other = client.get("/search/", {"q": "planning", "framework": "baking"})
    gone = client.get("/search/", {"q": "planning", "framework": "no such"})

    assert links(other)["Planning"] == f"{OTHER}/skills/planning/"
    assert ({"type": "hidden", "name": "framework", "value": "baking"}, "") in [
        ({name: a[name] for name in ("type", "name", "value")}, text)
        for a, text in elements(other, "input")
        if a.get("name") == "framework"
    ]
    assert links(gone)["Planning"] == "/skills/planning/"


def test_sitemap_holds_the_pages_of_all_published_ladders(client, baking):
    found = client.get("/sitemap.xml").content.decode()

    for path in ("/frameworks/", "/skills/planning/", f"{OTHER}/skills/planning/"):
        assert f"<loc>http://testserver{path}</loc>" in found
    assert f"{OTHER}/example/" in found
    assert "draft-ladder" not in found


def test_start_offers_the_other_ladders(client, baking):
    served, other = client.get("/assess/"), client.get("/assess/?framework=baking")

    assert links(served)["Baking"] == f"{OTHER}/ladder/"
    assert "/assess/?framework=baking" in links(served).values()
    assert "Another ladder" in texts(other, "h2")
    assert links(other)["Small ladder"] == "/ladder/"


def test_start_with_one_ladder_offers_no_other(client, framework):
    assert "Another ladder" not in texts(client.get("/assess/"), "h2")


def test_the_example_of_the_served_ladder_has_one_address(client, framework):
    page = client.get("/frameworks/technical-project-manager/example/")

    assert (page.status_code, page["Location"]) == (301, "/reports/example/")


def test_what_a_ladder_has_none_of_has_no_page(client, db):
    make_framework(certifications=(), skills=without_questions())

    found = [
        client.get(f"/{page}/").status_code for page in ("certifications", "interview")
    ]

    assert found == [404, 404]


def without_questions():
    return tuple(
        skill.replaced(
            questions=(),
            actions=tuple(each.replaced(certifications=()) for each in skill.actions),
        )
        for skill in small_spec().skills
    )


def test_the_title_of_a_ladder_says_its_language(client, baking):
    listed, offered = client.get("/frameworks/"), client.get("/assess/")

    for page in (listed, offered):
        assert ({"lang": "de", "dir": "auto"}, "Baking") in elements(page, "strong")


def test_a_text_in_another_language_says_which_way_it_runs(client, framework):
    """A PDF knows no direction "auto"."""
    for language in ("ar", "ja", "de"):
        make_framework(key=f"in-{language}", language=language)

    found = {}
    for language in ("ar", "ja", "de"):
        page = client.get(f"/frameworks/in-{language}/skills/planning/")
        found[language] = {
            each["dir"] for each, _ in elements(page, "p") if each.get("lang")
        }

    assert found == {"ar": {"rtl"}, "ja": {"auto"}, "de": {"auto"}}
