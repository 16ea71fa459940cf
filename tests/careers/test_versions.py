"""Where the admin opens: what is live, the draft, what to do next."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from careers.models import Framework, SkillLevel
from careers.versions import load_versions
from tests.careers.admin_pages import filled_form, url_of
from tests.factories import make_framework, make_shipped_framework
from tests.reading import elements

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def text_of_page(client, address=INDEX):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def main_acts(client, address=INDEX):
    """The filled buttons: (element, where it leads or what it says)."""
    page = client.get(address)
    found = [*elements(page, "a"), *elements(page, "button")]
    return [
        (attributes.get("href"), " ".join(text.split()))
        for attributes, text in found
        if "act--main" in attributes.get("class", "")
    ]


# What is next
# ------------------------------------------------------------------------------------


def test_without_a_ladder_one_is_brought_in(editor_client):
    assert main_acts(editor_client) == [
        (reverse("admin:careers_framework_import"), "Import a file")
    ]


def test_with_a_live_version_a_draft_is_started(editor_client):
    live = make_framework()

    assert main_acts(editor_client) == [(None, "Start a draft")]
    assert "1.0 is live since" in text_of_page(editor_client)
    answer = editor_client.post(url_of(live, "edit_in_draft"))
    draft = Framework.objects.drafts().get()
    assert answer.url == url_of(draft, "change")


def test_a_draft_that_equals_the_live_version_is_changed_next(editor_client):
    make_framework()
    make_framework(version="1.1", publish=False)

    Framework.objects.drafts().update(notes="What will be new.")
    versions, _ = load_versions()

    assert (versions.step, versions.changes) == ("edit", [])
    assert [act for _, act in main_acts(editor_client)] == ["Open the matrix"]


def test_of_a_changed_draft_the_impact_is_next_then_the_preview(editor_client):
    make_framework()
    draft = make_framework(version="1.1", publish=False)
    SkillLevel.objects.filter(skill__framework=draft, value=2).update(hours=21)

    page = text_of_page(editor_client)
    impact = reverse("admin:assessment_impact", args=[draft.pk])

    assert "5 parts differ from 1.0. 0 errors," in page
    assert main_acts(editor_client) == [(impact, "See the impact")]
    editor_client.post(impact)
    assert main_acts(editor_client) == [(url_of(draft, "preview"), "Preview")]
    SkillLevel.objects.filter(skill__framework=draft, value=2).update(hours=22)
    assert main_acts(editor_client) == [(impact, "See the impact")]


def test_a_draft_with_an_error_is_mended_first(editor_client):
    make_framework()
    draft = make_framework(version="1.1", publish=False)
    draft.levels.get(key="tpm").requirements.first().delete()

    assert load_versions()[0].step == "edit"
    assert "1 error," in text_of_page(editor_client)


def test_the_first_draft_is_compared_with_nothing(editor_client):
    make_framework(publish=False)

    assert "No version is live." in text_of_page(editor_client)
    assert load_versions()[0].step == "publish"


# The parts, the versions, the log
# ------------------------------------------------------------------------------------


def test_parts_are_counted_with_what_changed_in_them(editor_client):
    make_framework()
    draft = make_framework(version="1.1", publish=False)
    SkillLevel.objects.filter(skill__framework=draft, value=2).update(hours=21)
    draft.levels.get(key="tpm").requirements.filter(required=3).update(importance=1)
    draft.sources.all().delete()

    parts = {
        name: (count, changed) for name, _, count, changed in load_versions()[0].parts
    }

    # A statement is changed with its skill.
    assert parts["skills"] == (5, 5)
    assert parts["required skills"] == (25, 3)
    assert parts["sources"] == (0, 1)
    assert parts["skill groups"] == (2, 0)


def test_each_part_leads_to_its_list_of_this_version(editor_client):
    make_framework()
    make_framework(version="1.1", publish=False)

    for name, url, _, _ in load_versions()[0].parts:
        assert editor_client.get(url).status_code == 200, name


def test_every_version_is_told_with_its_notes(editor_client):
    make_framework(notes="The first.")
    make_framework(version="1.1", notes="Seniors forecast.")

    page = text_of_page(editor_client)

    assert "Seniors forecast." in page
    assert "The first." in page
    assert page.index("Seniors forecast.") < page.index("The first.")


def test_lately_says_who_changed_what_from_what_to_what(editor_client, admin_client):
    make_framework()
    draft = make_framework(version="1.1", publish=False)
    skill = draft.skills.get(key="planning")
    page = url_of(skill, "change")
    editor_client.post(page, {**filled_form(editor_client, page), "name": "Plans"})

    text = text_of_page(admin_client)

    assert "name: Planning → Plans" in text
    assert "editor@example.org" in text


# Several ladders, several visitors
# ------------------------------------------------------------------------------------


def test_other_ladders_are_a_link_away(editor_client):
    make_framework(title="Ours")
    make_framework(key="nurses", title="Nurses", publish=False)

    first, other = (
        text_of_page(editor_client),
        text_of_page(editor_client, f"{INDEX}?ladder=nurses"),
    )

    assert "<h2>Ours</h2>" in first
    assert 'href="/admin/?ladder=nurses"' in first
    assert "<h2>Nurses</h2>" in other
    assert 'href="/admin/?ladder=technical-project-manager"' in other


def test_an_unknown_ladder_is_the_first(editor_client):
    make_framework(title="Ours")

    assert "<h2>Ours</h2>" in text_of_page(editor_client, f"{INDEX}?ladder=none")


def test_who_may_only_look_has_no_buttons(bob):
    make_framework()
    bob.is_staff = True
    bob.save()
    bob.user_permissions.add(Permission.objects.get(codename="view_framework"))
    client = Client()
    client.force_login(bob)

    assert "1.0 is live since" in text_of_page(client)
    assert main_acts(client) == []


def test_staff_who_may_not_see_frameworks_see_none(bob):
    make_framework(title="Ours")
    bob.is_staff = True
    bob.save()
    client = Client()
    client.force_login(bob)

    assert "Ours" not in text_of_page(client)


@pytest.mark.parametrize("make", [make_framework, make_shipped_framework])
def test_the_first_page_costs_the_same_whatever_the_size(
    editor_client, django_assert_max_num_queries, make
):
    make()
    make(version="9", publish=False) if make is make_framework else None
    editor_client.get(INDEX)

    with django_assert_max_num_queries(22):
        editor_client.get(INDEX)
