"""The admin's log: who changed which field from what to what, and only what was changed."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from careers.files import text_of
from careers.models import Framework, SkillGroup
from tests.careers.admin_pages import MODELS, filled_form, row_named, url_of
from tests.factories import make_framework, small_spec

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db):
    make_framework()
    return make_framework(version="1.1", publish=False)


def save(client, row, **changes):
    url = url_of(row, "change")
    return client.post(url, {**filled_form(client, url), **changes})


def logged():
    return [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_saving_a_page_as_it_is_is_no_change(editor_client, draft, model):
    save(editor_client, row_named(model, draft))

    assert logged() == []


def test_log_says_who_changed_what_from_what_to_what(editor_client, editor, draft):
    skill = draft.skills.get(key="planning")
    people = SkillGroup.objects.get(framework=draft, key="people")

    save(editor_client, skill, name="Plans", group=people.pk, example="")

    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor, str(skill.pk))
    assert entry.get_change_message().splitlines() == [
        "group: Delivery → People",
        "name: Planning → Plans",
        f"example: {skill.example} → nothing",
    ]


def test_log_names_the_parts_of_a_row(editor_client, draft):
    level = draft.levels.get(key="tpm")
    rows = list(level.requirements.order_by("pk"))
    page = url_of(level, "change")
    data = filled_form(editor_client, page)
    places = {data[f"requirements-{n}-skill"]: n for n in range(len(rows))}
    planning, tooling = (
        f"requirements-{places[draft.skills.get(key=key).pk]}"
        for key in ("planning", "tooling")
    )
    data.pop(f"{planning}-must_have")
    data |= {f"{planning}-required": 4, f"{tooling}-DELETE": "on"}

    editor_client.post(page, data)

    assert logged()[0].splitlines() == [
        "Required skill Planning, required: 3 Independent → 4 Leading",
        "Required skill Planning, must have: yes → no",
        "Required skill TPM: Tooling 3: removed",
    ]


def test_log_names_what_was_added(editor_client, draft):
    level = draft.levels.get(key="tpm")
    level.requirements.filter(skill__key="testing").delete()
    page = url_of(level, "change")
    data = filled_form(editor_client, page)

    data |= {"requirements-4-required": 2, "requirements-4-importance": 3}
    editor_client.post(page, data)

    assert logged() == ["Required skill Testing: added"]


def test_a_choice_is_logged_by_its_name(editor_client, draft):
    level = draft.levels.get(key="tpm")
    data = filled_form(editor_client, url_of(level, "change"))
    data["requirements-0-evidence_grade"] = "guide-general"

    editor_client.post(url_of(level, "change"), data)

    assert logged() == [
        "Required skill Planning, evidence grade: Inferred → Guide general"
    ]


def test_a_long_text_is_cut(editor_client, draft):
    skill = draft.skills.get(key="planning")

    save(editor_client, skill, description="x" * 900)

    before, after = logged()[0].removeprefix("description: ").split(" → ")
    assert (before, len(after), after[-1]) == (skill.description, 300, "…")


def test_a_draft_is_logged_when_it_is_started_and_not_when_it_is_opened(
    editor_client, editor
):
    live = make_framework()
    skill = live.skills.get(key="planning")

    editor_client.post(url_of(skill, "edit_in_draft"))
    editor_client.post(url_of(skill, "edit_in_draft"))
    chosen = {"action": "new_draft", "_selected_action": live.pk}
    editor_client.post(url_of(Framework, "changelist"), chosen)

    entry = LogEntry.objects.get()
    draft = Framework.objects.drafts().get()
    assert (entry.user, entry.object_id) == (editor, str(draft.pk))
    assert (entry.action_flag, entry.change_message) == (
        ADDITION,
        f"Started from {live}.",
    )


def test_a_copy_and_an_import_are_logged(editor_client, editor):
    live = make_framework()
    file = SimpleUploadedFile(
        "a.yaml", text_of(small_spec(version="1.1", title="Other")).encode()
    )

    named = {"title": "Baker", "key": ""}
    editor_client.post(url_of(live, "copy"), named)
    plan = editor_client.post(url_of(Framework, "import"), {"file": file})
    editor_client.post(
        url_of(Framework, "confirm_import"), plan.context["form"].initial
    )

    copy, draft = Framework.objects.drafts().order_by("pk")
    lines = LogEntry.objects.order_by("pk")
    assert {each.user for each in lines} == {editor}
    assert [(each.object_id, each.change_message) for each in lines] == [
        (str(copy.pk), f"Copied from {live}."),
        (str(draft.pk), "Imported a file: 0 added, 1 changed, 0 removed."),
    ]


def test_the_log_counts_what_the_plan_of_an_import_shows(editor_client):
    file = SimpleUploadedFile("a.yaml", text_of(small_spec()).encode())

    plan = editor_client.post(url_of(Framework, "import"), {"file": file})
    editor_client.post(
        url_of(Framework, "confirm_import"), plan.context["form"].initial
    )

    shown = len(plan.context["differences"]["create"])
    assert f"New ({shown})" in plan.content.decode()
    assert LogEntry.objects.get().change_message == (
        f"Imported a file: {shown} added, 0 changed, 0 removed."
    )


def test_history_page_shows_it(editor_client, draft):
    skill = draft.skills.get(key="planning")
    save(editor_client, skill, name="Plans")

    page = editor_client.get(url_of(skill, "history"))

    assert "name: Planning → Plans" in page.content.decode()
