"""Who may do what in the framework's admin: frozen versions can only be read."""

import pytest
from django.urls import reverse

from careers.admin.forms import NO_LONGER_A_DRAFT
from careers.files import digest_of
from careers.models import Framework, Skill, SkillLevel
from careers.store import load_rows
from tests.careers.admin_pages import (
    MODELS,
    errors_of,
    filled_form,
    messages_of,
    row_named,
    url_of,
)
from tests.careers.test_publishing import rows
from tests.factories import make_framework
from tests.reading import texts

pytestmark = pytest.mark.django_db
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def test_editor_changes_a_statement_and_publishes_it(editor_client):
    old = make_framework()
    before = rows(old)[1:]
    skill = old.skills.get(key="planning")

    page = editor_client.post(url_of(skill, "edit_in_draft"), follow=True)
    url = page.redirect_chain[-1][0]
    data = filled_form(editor_client, url)
    saved = editor_client.post(
        url, {**data, "levels-2-statement": "I plan it all."}, follow=True
    )
    draft = Framework.objects.drafts().get()
    done = editor_client.post(
        url_of(draft, "publish"), {"notes": "What changed."}, follow=True
    )

    live = Framework.objects.published().get()
    old.refresh_from_db()
    assert "Draft. Not live yet" in messages_of(saved)[-1]
    assert messages_of(done) == [
        "Version 1.1 is live now. What people finished before does not change."
    ]
    assert load_rows(live).skills_by_key["planning"].statement(3) == "I plan it all."
    assert (old.status, old.digest) == ("retired", digest_of(load_rows(old)))
    assert rows(old)[1:] == before


# Frozen versions
# --------------------------------------------------------------------------------------


@every_model
def test_frozen_row_cannot_be_written(editor_client, admin_client, model):
    retired, live = make_framework(), make_framework(version="1.1")
    draft = make_framework(version="1.2", publish=False)
    forged = filled_form(admin_client, url_of(row_named(model, draft), "change"))
    before = rows()

    rights = ((editor_client, live), (admin_client, retired))
    changed, deleted = (
        [
            client.post(url_of(row_named(model, row), page), sent)
            for client, row in rights
        ]
        for page, sent in (("change", forged), ("delete", {"post": "yes"}))
    )

    for answer in changed:
        assert NO_LONGER_A_DRAFT in errors_of(answer)["__all__"]
    assert [answer.status_code for answer in deleted] == [403, 403]
    assert rows() == before


@every_model
def test_frozen_rows_cannot_be_deleted_from_a_list(admin_client, model):
    live = make_framework()
    before = rows()

    admin_client.post(
        url_of(model, "changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [row_named(model, live).pk],
            "post": "yes",
        },
    )

    assert rows() == before


@every_model
def test_frozen_row_says_why_and_offers_a_draft(editor_client, model):
    live = make_framework()

    page = editor_client.get(url_of(row_named(model, live), "change")).content.decode()

    assert "It is frozen" in page
    assert page.count('value="Edit in a new draft"') == 1
    assert 'name="_save"' not in page


def test_frozen_row_offers_the_open_draft_where_there_is_one(editor_client):
    live = make_framework()
    make_framework(version="1.1", publish=False)

    page = editor_client.get(url_of(row_named(Skill, live), "change")).content.decode()

    assert page.count('value="Edit in the open draft"') == 1


@every_model
def test_edit_in_draft_lands_on_the_same_row(editor_client, model):
    live = make_framework()
    row = model.objects.last()

    answer = editor_client.post(url_of(row, "edit_in_draft"))

    draft = Framework.objects.drafts().get()
    identity = "value" if hasattr(row, "value") else "key"
    there = model.objects.exclude(pk=row.pk).get(**{identity: getattr(row, identity)})
    assert answer.url == url_of(there, "change")
    assert getattr(there, "framework", there) == draft
    assert draft.based_on == live


def test_edit_in_draft_says_when_the_row_is_not_there(editor_client):
    live = make_framework()
    draft = make_framework(version="1.1", publish=False)
    draft.sources.all().delete()

    answer = editor_client.post(
        url_of(live.sources.get(), "edit_in_draft"), follow=True
    )

    assert messages_of(answer) == ["'The guide' is not in the draft 1.1."]


@every_model
def test_edit_in_draft_needs_a_post_and_a_row(editor_client, model):
    row = row_named(model, make_framework())

    assert editor_client.get(url_of(row, "edit_in_draft")).status_code == 405
    for odd in ("0", "x", "9" * 30):
        assert (
            editor_client.post(url_of(model, "edit_in_draft", odd)).status_code == 404
        )
    assert Framework.objects.count() == 1


# Rights
# --------------------------------------------------------------------------------------


@every_model
def test_person_without_rights_sees_and_starts_nothing(alice, alice_client, model):
    row = row_named(model, make_framework())
    alice.is_staff = True
    alice.save()

    answers = [
        alice_client.get(url_of(model, "changelist")),
        alice_client.get(url_of(row, "change")),
        alice_client.get(url_of(model, "add")),
        alice_client.post(url_of(row, "edit_in_draft")),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert Framework.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "method"),
    [("preview", "get"), ("export", "get"), ("publish", "post")],
)
@pytest.mark.parametrize("staff", [True, False])
def test_person_without_rights_cannot_open_a_draft(
    alice, alice_client, staff, page, method
):
    draft = make_framework(publish=False)
    alice.is_staff = staff
    alice.save()

    answer = getattr(alice_client, method)(url_of(draft, page))

    assert answer.status_code == (403 if staff else 302)
    assert Framework.objects.get().is_draft


@pytest.mark.parametrize("page", ["import", "confirm_import"])
def test_person_without_rights_cannot_import(alice, alice_client, page):
    alice.is_staff = True
    alice.save()

    answer = alice_client.post(reverse(f"admin:careers_framework_{page}"))

    assert answer.status_code == 403


def test_editor_sees_frameworks_and_nothing_of_people(editor_client):
    apps = editor_client.get(reverse("admin:index")).context["app_list"]

    assert [app["app_label"] for app in apps] == ["careers"]


def test_names_are_those_of_the_ladder(editor_client):
    (app,) = editor_client.get(reverse("admin:index")).context["app_list"]

    names = {model["name"] for model in app["models"]}
    assert names >= {"Career levels", "Skills", "Frameworks", "Topics left out"}


def test_every_page_calls_the_import_of_a_file_the_same(editor_client):
    found = [reverse("admin:index"), url_of(Framework, "changelist")]
    without = [editor_client.get(page) for page in found]
    make_framework()

    for page in (*without, *map(editor_client.get, found)):
        assert "Import a file" in texts(page, "a")


# Lists
# --------------------------------------------------------------------------------------


@every_model
@pytest.mark.parametrize("versions", [1, 3])
def test_list_costs_the_same_whatever_its_length(
    editor_client, django_assert_max_num_queries, model, versions
):
    for number in range(versions):
        make_framework(version=f"1.{number}")

    with django_assert_max_num_queries(12):
        editor_client.get(url_of(model, "changelist"))


@pytest.mark.parametrize(
    ("draft", "asked", "shown"),
    [
        (True, None, "1.2"),
        (False, None, "1.1"),
        (True, "1.0", "1.0"),
        (True, "1.1", "1.1"),
        (True, "nonsense", "1.2"),
    ],
)
def test_list_shows_one_version(editor_client, draft, asked, shown):
    make_framework(version="1.0")
    make_framework(version="1.1")
    make_framework(key="other")
    if draft:
        make_framework(version="1.2", publish=False)
    versions = dict(
        Framework.objects.filter(title="Small ladder").values_list("version", "pk")
    )
    query = {"framework": versions.get(asked, asked)} if asked else {}

    page = editor_client.get(url_of(Skill, "changelist"), query)

    skills = page.context["cl"].result_list
    assert {skill.framework.version for skill in skills} == {shown}
    assert len(skills) == 5
    assert page.context["title"].startswith(f"Skills of Small ladder {shown} (")


def test_list_finds_a_skill_by_its_statement(editor_client):
    framework = make_framework()
    SkillLevel.objects.filter(skill__key="testing", value=2).update(statement="Zebra")

    page = editor_client.get(url_of(Skill, "changelist"), {"q": "zebra"})

    assert list(page.context["cl"].result_list) == [framework.skills.get(key="testing")]


def test_lists_without_any_framework_are_empty(editor_client):
    for model in MODELS:
        page = editor_client.get(url_of(model, "changelist"))
        assert list(page.context["cl"].result_list) == []
