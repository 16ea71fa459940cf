"""Preview, publish, import, export and discard in the admin."""

import base64
import zlib

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careers.admin import frameworks, upload
from careers.admin.words import build_preview
from careers.files import MAX_BYTES, text_of
from careers.models import Framework, Requirement, SkillLevel
from careers.publishing import publish_framework
from careers.store import spec_of
from tests.careers.admin_pages import filled_form, messages_of, url_of
from tests.careers.test_publishing import rows
from tests.factories import (
    changed_skill,
    make_framework,
    make_shipped_framework,
    small_spec,
)

pytestmark = pytest.mark.django_db

IMPORT = "admin:careers_framework_import"
CONFIRM = "admin:careers_framework_confirm_import"


@pytest.fixture
def live(db):
    return make_framework()


@pytest.fixture
def draft(live):
    return make_framework(version="1.1", publish=False)


# Preview
# --------------------------------------------------------------------------------------


def test_preview_says_what_changes_in_words(live):
    skills = changed_skill("planning", name="Plans", replaces=("plan",))
    draft = make_framework(version="1.1", publish=False, skills=skills)
    draft.sources.all().delete()
    SkillLevel.objects.filter(skill__key="testing", value=2).update(hours=21)
    draft.leaves_out.create(key="pay", topic="Pay", why="Elsewhere.")

    found = build_preview(draft).differences

    assert [(line.label, line.edits) for line in found.changed] == [
        ("The framework", (("version", "1.0", "1.1"),)),
        (
            "Skill Plans",
            (("name", "Planning", "Plans"), ("replaces", "nothing", "plan")),
        ),
        ("Skill Testing, level 2", (("hours", "20", "21"),)),
    ]
    assert [line.label for line in found.created] == ["Topic left out Pay"]
    assert [line.label for line in found.removed] == ["Source The guide"]


def test_preview_links_each_line_to_its_row(draft):
    skill = draft.skills.get(key="planning")
    skill.levels.filter(value=1).update(statement="Changed")

    line = build_preview(draft).differences.changed[1]

    assert line.url == url_of(skill, "change")


def test_preview_leaves_out_the_parts_of_what_is_new_or_gone(draft):
    draft.skills.filter(key="planning").update(key="plans")

    found = build_preview(draft).differences

    for lines in (found.created, found.removed):
        of_the_skill = [each.label for each in lines if each.label.startswith("Skill")]
        assert of_the_skill == ["Skill Planning"]


def test_preview_names_errors_with_links(editor_client, draft):
    skill = draft.skills.get(key="planning")
    skill.levels.get(value=3).delete()

    page = editor_client.get(url_of(draft, "preview"))

    (error,) = page.context["preview"].errors
    assert (error.label, error.url) == ("Skill Planning", url_of(skill, "change"))
    assert 'value="Publish version' not in page.content.decode()


@pytest.mark.parametrize("make", [make_framework, make_shipped_framework])
def test_preview_costs_the_same_whatever_the_size(
    editor_client, django_assert_max_num_queries, make
):
    draft = make(publish=False)

    with django_assert_max_num_queries(32):
        editor_client.get(url_of(draft, "preview"))


def test_preview_of_a_published_version_leads_to_its_page(editor_client, live):
    answer = editor_client.get(url_of(live, "preview"))

    assert answer.url == url_of(live, "change")


# Publish
# --------------------------------------------------------------------------------------


def test_publishing_needs_a_post(editor_client, draft):
    assert editor_client.get(url_of(draft, "publish")).status_code == 405
    assert Framework.objects.get(version="1.1").is_draft


def test_publishing_is_recorded(editor_client, editor, draft):
    editor_client.post(url_of(draft, "publish"))

    assert Framework.objects.get(version="1.1").published_by == editor
    assert LogEntry.objects.get().change_message == "Published."


def test_publishing_a_faulty_draft_says_what_is_wrong(editor_client, draft):
    draft.levels.get(key="tpm").requirements.all().delete()
    before = rows()

    answer = editor_client.post(url_of(draft, "publish"), follow=True)

    assert answer.redirect_chain == [(url_of(draft, "preview"), 302)]
    assert messages_of(answer) == ["Not published: 5 errors. The list is below."]
    assert len(answer.context["preview"].errors) == 5
    assert rows() == before


def test_publishing_twice_says_so(editor_client, draft):
    editor_client.post(url_of(draft, "publish"))
    before = rows()

    answer = editor_client.post(url_of(draft, "publish"), follow=True)

    assert messages_of(answer) == [
        "Version 1.1 is live now. What people finished before does not change.",
        "Version 1.1 is published already.",
    ]
    assert rows() == before


def test_publishing_in_a_race_says_so(editor_client, draft, monkeypatch):
    def publish_second(**options):
        publish_framework(framework=draft)
        return publish_framework(**options)

    monkeypatch.setattr(frameworks, "publish_framework", publish_second)

    answer = editor_client.post(url_of(draft, "publish"), follow=True)

    assert messages_of(answer) == ["Version 1.1 is published already."]


# Drafts
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["button", "list"])
def test_new_draft_from_a_retired_version(editor_client, action):
    old = make_framework(title="Old")
    make_framework(version="1.1", title="New")

    if action == "button":
        editor_client.post(url_of(old, "edit_in_draft"))
    else:
        data = {"action": "new_draft", "_selected_action": [old.pk]}
        editor_client.post(url_of(Framework, "changelist"), data)

    draft = Framework.objects.drafts().get()
    assert (draft.title, draft.version, draft.based_on) == ("Old", "1.2", old)


def test_new_draft_needs_one_version(editor_client, live, draft):
    data = {"action": "new_draft", "_selected_action": [live.pk, draft.pk]}

    answer = editor_client.post(url_of(Framework, "changelist"), data, follow=True)

    assert messages_of(answer) == ["Choose one version to start a draft from."]


def test_discarding_a_draft_is_confirmed_in_totals(
    editor_client, live, draft, django_assert_max_num_queries
):
    before = rows(live)

    with django_assert_max_num_queries(30):
        page = editor_client.get(url_of(draft, "delete"))
    editor_client.post(url_of(draft, "delete"), {"post": "yes"})

    assert dict(page.context["model_count"])["skills"] == 5
    assert list(Framework.objects.all()) == [live]
    assert rows(live) == before


# Export and import
# --------------------------------------------------------------------------------------


def test_export_is_one_file(editor_client, live):
    answer = editor_client.get(url_of(live, "export"))

    assert answer.content.decode() == text_of(small_spec())
    assert answer["Content-Disposition"] == (
        'attachment; filename="technical-project-manager-1.0.yaml"'
    )


def sent(client, content, name="small.yaml"):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, content)})


def test_import_shows_its_plan_and_applies_it_on_confirm(editor_client, live):
    before = rows()
    spec = small_spec(version="1.1", title="Ladder")

    plan = sent(editor_client, text_of(spec))
    shown = plan.context["differences"].changed
    unwritten = rows() == before
    done = editor_client.post(reverse(CONFIRM), plan.context["form"].initial)

    draft = Framework.objects.drafts().get()
    assert shown[0].edits == (
        ("version", "1.0", "1.1"),
        ("title", "Small ladder", "Ladder"),
    )
    assert unwritten
    assert spec_of(draft) == spec
    assert done.url == url_of(draft, "preview")


def test_import_of_the_live_version_says_that_nothing_changes(editor_client, live):
    before = rows()

    plan = sent(editor_client, text_of(small_spec()))
    done = editor_client.post(
        reverse(CONFIRM), plan.context["form"].initial, follow=True
    )

    assert plan.context["differences"].none
    assert messages_of(done) == [f"Nothing has changed: the file equals {live}."]
    assert rows() == before


BAD = {
    "key: [1": "small.yaml:2: This is not YAML",
    text_of(small_spec()) + "colour: red\n": "small.yaml:",
    b"key: ok\n\xe9": "Line 2 is not UTF-8 text.",
    b"#" * (MAX_BYTES + 1): "The file is larger than 2 MB.",
    "": "The submitted file is empty.",
}


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_import_of_a_bad_file_says_why_beside_the_field(editor_client, content):
    answer = sent(editor_client, content)

    assert answer.context["form"].errors["file"][0].startswith(BAD[content])
    assert Framework.objects.count() == 0


def test_import_over_a_published_version_is_refused(editor_client, live):
    answer = sent(editor_client, text_of(small_spec(title="Ladder")))

    assert answer.context["form"].errors["file"] == [
        "version: Version 1.0 is published and cannot be changed. Raise 'version' in "
        "the file to bring in what is new."
    ]


def test_import_that_is_too_large_to_carry_says_so(editor_client, monkeypatch):
    monkeypatch.setattr(upload, "MOST_CARRIED", 100)

    answer = sent(editor_client, text_of(small_spec()))

    assert (
        answer.context["form"]
        .errors["file"][0]
        .startswith("This file is too large for the browser.")
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no base64!",
        base64.b64encode(b"not compressed").decode(),
        base64.b64encode(zlib.compress(b"\xff")).decode(),
        base64.b64encode(zlib.compress(b"key: x")).decode(),
        base64.b64encode(zlib.compress(b" " * 50_000_000)).decode(),
    ],
)
def test_confirming_a_forged_file_writes_nothing(editor_client, text):
    answer = editor_client.post(reverse(CONFIRM), {"name": "a.yaml", "text": text})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Framework.objects.count() == 0


def test_confirming_after_a_publication_is_refused(editor_client, live):
    plan = sent(editor_client, text_of(small_spec(version="1.1", title="Mine")))
    make_framework(version="1.1", title="Theirs")
    before = rows()

    answer = editor_client.post(reverse(CONFIRM), plan.context["form"].initial)

    assert "cannot be changed" in answer.context["form"].errors["__all__"][0]
    assert rows() == before


def test_editor_changes_a_requirement_and_publishes_it(editor_client, live):
    level = live.levels.get(key="tpm")
    page = editor_client.post(url_of(level, "edit_in_draft")).url
    data = filled_form(editor_client, page)

    editor_client.post(page, {**data, "requirements-0-required": 4})
    editor_client.post(url_of(Framework.objects.drafts().get(), "publish"))

    asked = Requirement.objects.filter(career_level__key="tpm", skill__key="planning")
    assert list(asked.order_by("pk").values_list("required", flat=True)) == [3, 4]


def test_save_as_new_which_no_page_offers_shows_what_is_missing(admin_client, live):
    """Django's admin takes it for the form of a new row all the same."""
    response = admin_client.post(url_of(live, "change"), {"_saveasnew": "1"})

    assert response.status_code == 200
    assert "key" in response.context["adminform"].form.errors
    assert Framework.objects.get() == live
