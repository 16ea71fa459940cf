"""Preview, publish, import, export and discard in the admin."""

import cProfile
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careers.admin import frameworks, upload
from careers.admin.preview import names_in, preview_of
from careers.changes import problems_of_replaces
from careers.files import MAX_BYTES, text_of
from careers.models import Framework, Requirement, SkillLevel
from careers.publishing import publish_framework
from careers.sheets import table_of_matrix, table_of_skills
from careers.store import spec_of
from careers.tables import csv_of
from careers.versions import load_versions
from tests.careers.admin_pages import filled_form, messages_of, url_of
from tests.careers.changed import with_part, with_requirement
from tests.careers.test_publishing import rows
from tests.factories import (
    changed_skill,
    make_framework,
    make_shipped_framework,
    small_spec,
)

pytestmark = pytest.mark.django_db

IMPORT = "admin:careers_framework_import"
NOTES = {"notes": "Seniors forecast."}
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

    found = preview_of(draft)["differences"]

    assert [(line.label, line.edits) for line in found["change"]] == [
        (
            "Skill Plans",
            [("name", "Planning", "Plans"), ("replaces", "nothing", "plan")],
        ),
        ("Skill Testing, level 2", [("hours", "20", "21")]),
    ]
    assert [line.label for line in found["create"]] == ["Topic left out Pay"]
    assert [line.label for line in found["remove"]] == ["Source The guide"]


def test_a_mistyped_key_in_replaces_is_told_before_and_after_an_import(
    editor_client, live
):
    skills = changed_skill("planning", replaces=("testin",))
    spec = small_spec(version="1.1", skills=skills)

    plan = sent(editor_client, text_of(spec))
    editor_client.post(reverse(CONFIRM), plan.context["form"].initial)
    draft = Framework.objects.drafts().get()
    preview = editor_client.get(url_of(draft, "preview"))

    for page in (plan, preview):
        said = {line.label: line.sentence for line in page.context["warnings"]}
        assert said["Skill Planning, replaces"].endswith("Did you mean 'testing'?")
    assert load_versions()[0].warnings == problems_of_replaces(spec_of(live), spec)


def test_names_are_gathered_once_however_much_is_told(editor_client, live):
    def gathered(*keys):
        skills = changed_skill("planning", replaces=keys)
        text = text_of(small_spec(version="1.1", skills=skills))
        profile = cProfile.Profile()
        plan = profile.runcall(sent, editor_client, text)
        assert len(plan.context["warnings"]) >= len(keys)
        calls = profile.getstats()
        return [each.callcount for each in calls if each.code is names_in.__code__]

    assert gathered("a") == gathered(*"abcdefgh") != []


def test_preview_counts_no_version_number_and_no_notes(draft):
    Framework.objects.filter(pk=draft.pk).update(notes="Of the last one.")
    draft.refresh_from_db()
    nothing = preview_of(draft)["differences"]
    draft.title = "Another title"

    (line,) = preview_of(draft)["differences"]["change"]

    assert nothing == {}
    assert [column for column, _, _ in line.edits] == ["title"]


def test_preview_links_each_line_to_its_row(draft):
    skill = draft.skills.get(key="planning")
    skill.levels.filter(value=1).update(statement="Changed")

    (line,) = preview_of(draft)["differences"]["change"]

    assert line.url == url_of(skill, "change")


def test_preview_leaves_out_the_parts_of_what_is_new_or_gone(draft):
    draft.skills.filter(key="planning").update(key="plans")

    found = preview_of(draft)["differences"]

    for lines in (found["create"], found["remove"]):
        of_the_skill = [each.label for each in lines if each.label.startswith("Skill")]
        assert of_the_skill == ["Skill Planning"]


def test_preview_names_errors_with_links(editor_client, draft):
    skill = draft.skills.get(key="planning")
    skill.levels.all().delete()

    page = editor_client.get(url_of(draft, "preview"))

    (error,) = page.context["errors"]
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
    editor_client.post(url_of(draft, "publish"), NOTES)

    assert Framework.objects.get(version="1.1").published_by == editor
    assert LogEntry.objects.get().change_message == "Published."


def test_publishing_asks_what_changed(editor_client, live, draft):
    before = rows()

    answer = editor_client.post(url_of(draft, "publish"), {"notes": "  \n"})

    assert answer.status_code == 200
    assert answer.context["form"].errors == {
        "notes": ["Say what changed: people read it beside their number."]
    }
    assert rows() == before


def test_what_was_typed_stays_where_it_is_too_long(editor_client, live, draft):
    answer = editor_client.post(url_of(draft, "publish"), {"notes": "x" * 4001})

    assert "x" * 4001 in answer.content.decode()
    assert Framework.objects.get(pk=draft.pk).is_draft


def test_what_changed_is_kept_with_the_version(editor_client, live, draft):
    editor_client.post(url_of(draft, "publish"), {"notes": " One.\r\nTwo. "})

    published = Framework.objects.published().get()
    assert published.notes == "One.\nTwo."
    assert spec_of(published).notes == "One.\nTwo."


def test_the_notice_is_shown_as_people_will_read_it(editor_client, live, draft):
    typed = {"notes": "Seniors forecast.\r\n\r\nNobody else.", "look": "See it"}

    page = editor_client.post(url_of(draft, "publish"), typed)

    said = page.content.decode()
    assert "<strong>Version 1.1 is live</strong>" in said
    assert "<p>Seniors forecast.</p>\n\n<p>Nobody else.</p>" in said
    assert page.context["form"]["notes"].value() == typed["notes"]
    draft.refresh_from_db()
    assert (draft.status, draft.notes) == ("draft", "")


def test_the_notes_of_the_draft_are_offered(editor_client, live, draft):
    Framework.objects.filter(pk=draft.pk).update(notes="From the file.")

    page = editor_client.get(url_of(draft, "preview"))

    assert page.context["form"]["notes"].value() == "From the file."


def test_a_first_version_has_nothing_to_tell(editor_client):
    draft = make_framework(publish=False)

    page = editor_client.get(url_of(draft, "preview")).content.decode()
    editor_client.post(url_of(draft, "publish"))

    textarea = page.split('<textarea name="notes"')[1].split(">")[0]
    assert "required" not in textarea  # with it a browser sends nothing
    assert "A first version may leave this empty." in page
    assert "See it as people will" not in page
    assert Framework.objects.published().get().notes == ""


def test_publishing_a_faulty_draft_says_what_is_wrong(editor_client, draft):
    draft.levels.get(key="tpm").requirements.all().delete()
    before = rows()

    answer = editor_client.post(url_of(draft, "publish"), NOTES, follow=True)

    assert answer.redirect_chain == [(url_of(draft, "preview"), 302)]
    assert messages_of(answer) == ["Not published: 5 errors. The list is below."]
    assert len(answer.context["errors"]) == 5
    assert rows() == before


def test_publishing_twice_says_so(editor_client, draft):
    editor_client.post(url_of(draft, "publish"), NOTES)
    before = rows()

    answer = editor_client.post(url_of(draft, "publish"), NOTES, follow=True)

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

    answer = editor_client.post(url_of(draft, "publish"), NOTES, follow=True)

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
    shown = plan.context["differences"]["change"]
    unwritten = rows() == before
    done = editor_client.post(reverse(CONFIRM), plan.context["form"].initial)

    draft = Framework.objects.drafts().get()
    assert shown[0].edits == [
        ("version", "1.0", "1.1"),
        ("title", "Small ladder", "Ladder"),
    ]
    assert unwritten
    assert spec_of(draft) == spec
    assert done.url == url_of(draft, "preview")


def test_import_of_the_live_version_says_that_nothing_changes(editor_client, live):
    before = rows()

    plan = sent(editor_client, text_of(small_spec()))
    done = editor_client.post(
        reverse(CONFIRM), plan.context["form"].initial, follow=True
    )

    assert plan.context["differences"] == {}
    assert messages_of(done) == [f"Nothing has changed: the file equals {live}."]
    assert rows() == before


BAD = {
    "key: [1": "small.yaml:2: This is not YAML",
    text_of(small_spec()) + "colour: red\n": "small.yaml:",
    b"key: ok\n\x01": "small.yaml: This is no text.",
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


CARRIED = signing.dumps(text_of(small_spec()), salt=upload.CARRIED, compress=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not signed",
        CARRIED[:-1],
        signing.dumps(text_of(small_spec()), salt="another", compress=True),
        signing.dumps("key: x", salt=upload.CARRIED, compress=True),
    ],
    ids=["nothing", "not signed", "cut off", "of another use", "not whole"],
)
def test_confirming_a_forged_file_writes_nothing(editor_client, text):
    answer = editor_client.post(reverse(CONFIRM), {"name": "a.yaml", "text": text})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Framework.objects.count() == 0


def test_import_that_removes_needs_a_tick(editor_client, live):
    skills = tuple(
        skill.replaced(prerequisites=()) for skill in small_spec().skills[:4]
    )
    levels = tuple(
        level.replaced(requirements=level.requirements[:4])
        for level in small_spec().levels
    )
    spec = small_spec(version="1.1", skills=skills, levels=levels)

    plan = sent(editor_client, text_of(spec))
    data = plan.context["form"].initial
    asked = editor_client.post(reverse(CONFIRM), data)
    drafts = Framework.objects.drafts().count()
    editor_client.post(reverse(CONFIRM), {**data, "removal": "on"})

    assert 'name="removal"' in plan.content.decode()
    assert asked.context["differences"]["remove"][0].label == "Skill Leadership"
    assert asked.context["form"].errors == {
        "removal": ["Tick this to remove what is listed, or cancel."]
    }
    assert drafts == 0
    assert spec_of(Framework.objects.drafts().get()) == spec


def test_import_of_what_changed_since_its_plan_shows_the_new_plan(editor_client, live):
    mine = small_spec(version="1.1", title="Mine")
    plan = sent(editor_client, text_of(mine))
    draft = make_framework(version="1.1", publish=False, title="Theirs")

    answer = editor_client.post(reverse(CONFIRM), plan.context["form"].initial)
    again = {
        **plan.context["form"].initial,
        "seen": answer.context["form"].data["seen"],
    }
    untouched = spec_of(draft)
    editor_client.post(reverse(CONFIRM), again)

    assert untouched.title == "Theirs"
    assert (
        answer.context["form"]
        .errors["__all__"][0]
        .startswith("The framework was changed since you saw this plan.")
    )
    assert answer.context["differences"]["change"][0].edits == [
        ("title", "Theirs", "Mine")
    ]
    assert spec_of(Framework.objects.drafts().get()) == mine


LADDERS = Path(__file__).parent / "ladders"


def sent_tables(client, *names, **data):
    files = [SimpleUploadedFile(n, (LADDERS / n).read_bytes()) for n in names]
    return client.post(reverse(IMPORT), {"file": files, **data})


def test_workbook_makes_a_new_ladder(editor_client):
    plan = sent_tables(editor_client, "bakery.xlsx", title="The bakery", language="fr")
    editor_client.post(reverse(CONFIRM), plan.context["form"].initial)

    spec = spec_of(Framework.objects.drafts().get())
    assert (spec.key, spec.title, spec.version, spec.language) == (
        "the-bakery",
        "The bakery",
        "1.0",
        "fr",
    )
    assert [rung.short_title for rung in spec.ladder] == [
        "Apprentice",
        "Baker",
        "Head baker",
    ]


def test_two_csv_make_the_ladder_that_the_workbook_makes(editor_client):
    plans = [
        sent_tables(editor_client, *names, title="Bakery")
        for names in (["bakery.xlsx"], ["bakery-skills.csv", "bakery-matrix.csv"])
    ]

    of_book, of_csv = (plan.context["plan"] for plan in plans)
    assert of_book.spec == of_csv.spec
    assert of_book.counts["create"] == 59


def test_matrix_of_a_live_ladder_goes_into_its_next_version(editor_client):
    plan = sent_tables(editor_client, "bakery.xlsx", title="Bakery")
    editor_client.post(reverse(CONFIRM), plan.context["form"].initial)
    live = publish_framework(framework=Framework.objects.get())
    csv = (LADDERS / "bakery-matrix.csv").read_text().replace("oven,1,", "oven,2 M,")

    answer = editor_client.post(
        reverse(IMPORT),
        {"file": SimpleUploadedFile("m.csv", csv.encode()), "into": "bakery"},
    )
    editor_client.post(reverse(CONFIRM), answer.context["form"].initial)

    assert [
        (line.label, line.edits) for line in answer.context["differences"]["change"]
    ] == [
        ("The framework", [("version", "1.0", "1.1")]),
        (
            "Career level Apprentice, required skill Oven",
            [("required", "1", "2"), ("must have", "no", "yes")],
        ),
    ]
    assert spec_of(live).levels_by_key["apprentice"].requirement("oven").required == 1
    draft = spec_of(Framework.objects.drafts().get())
    assert draft.levels_by_key["apprentice"].requirement("oven").required == 2


NO_KEY = "Type a key in small letters, digits and single hyphens, such as “baker”."


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("bakery.xlsx", "Bakery"),
        ("head_bakers-matrix.xlsx", "Head bakers"),
        ("-.xlsx", ""),
    ],
)
def test_a_ladder_without_a_title_is_called_as_its_file(editor_client, name, title):
    content = (LADDERS / "bakery.xlsx").read_bytes()

    answer = editor_client.post(
        reverse(IMPORT), {"file": SimpleUploadedFile(name, content)}
    )

    if title:
        assert f"What importing {title} 1.0 changes" in answer.content.decode()
    else:
        assert answer.context["form"].errors == {
            "title": ["Give the new ladder a title, or choose the one to change."]
        }


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"title": "技術"}, "key", NO_KEY),
        (
            {"title": "Small", "key": "technical-project-manager"},
            "key",
            "There is a ladder with the key “technical-project-manager”. To change it, "
            "choose it above; for a new one, type another key.",
        ),
        (
            {"title": "Small", "key": "A b"},
            "key",
            NO_KEY,
        ),
    ],
)
def test_workbook_needs_to_be_told_its_ladder(
    editor_client, live, data, field, sentence
):
    answer = sent_tables(editor_client, "bakery.xlsx", **data)

    assert answer.context["form"].errors == {field: [sentence]}
    assert f'value="{data["title"]}"' in answer.content.decode()


def test_an_error_of_what_tables_make_names_parts_as_their_owner_does(editor_client):
    matrix = (
        (LADDERS / "bakery-matrix.csv").read_text().replace("dough,1 M", "dough,9 M")
    )
    files = [
        SimpleUploadedFile(name, content)
        for name, content in (
            ("bakery-skills.csv", (LADDERS / "bakery-skills.csv").read_bytes()),
            ("bakery-matrix.csv", matrix.encode()),
        )
    ]

    answer = editor_client.post(reverse(IMPORT), {"file": files, "title": "Bakery"})

    [said] = answer.context["form"].errors["file"]
    assert said.startswith("Career level Apprentice, required skill Dough, required: ")


def test_yaml_and_tables_do_not_mix(editor_client):
    answer = sent_tables(editor_client, "bakery.xlsx", "met-or-not.yaml", title="B")

    assert answer.context["form"].errors["file"] == [
        "Choose either YAML files or spreadsheets, not both at once."
    ]


@pytest.mark.parametrize(
    ("form", "ending", "expected"),
    [
        ("yaml", ".yaml", text_of),
        ("skills", "-skills.csv", lambda spec: csv_of(table_of_skills(spec))),
        ("matrix", "-matrix.csv", lambda spec: csv_of(table_of_matrix(spec))),
    ],
)
def test_export_has_the_form_that_is_asked_for(
    editor_client, live, form, ending, expected
):
    answer = editor_client.get(url_of(live, "export"), {"as": form})

    assert answer.content.decode() == expected(small_spec())
    assert answer["Content-Disposition"] == (
        f'attachment; filename="technical-project-manager-1.0{ending}"'
    )


def test_export_as_a_workbook_comes_in_again_without_a_change(editor_client, live):
    answer = editor_client.get(url_of(live, "export"), {"as": "xlsx"})

    plan = editor_client.post(
        reverse(IMPORT),
        {
            "file": SimpleUploadedFile("a.xlsx", answer.content),
            "into": "technical-project-manager",
        },
    )

    assert plan.context["differences"] == {}
    done = editor_client.post(
        reverse("admin:careers_framework_confirm_import"),
        plan.context["form"].initial,
        follow=True,
    )
    assert "Nothing has changed" in messages_of(done)[0]
    assert list(Framework.objects.all()) == [live]


def test_warnings_of_a_plan_name_parts_as_their_owner_does_and_their_place(
    editor_client,
):
    spec = with_requirement(small_spec(key="new"), "senior-tpm", "planning", required=2)
    text = text_of(with_part(spec, "skills", "tooling", name="Testing"))
    lines = text.splitlines()
    of_level = lines.index("- key: senior-tpm")
    of_skill = lines.index("- key: testing")

    page = editor_client.post(
        reverse(IMPORT), {"file": SimpleUploadedFile("a.yaml", text.encode())}
    )

    assert [
        (each.label, each.sentence, each.place) for each in page.context["warnings"]
    ] == [
        (
            "Skill Testing, name",
            "'Testing' is the name of another one, too. Tell them apart.",
            f"a.yaml:{lines.index('  name: Testing', of_skill) + 1}",
        ),
        (
            "Career level Senior TPM, required skill Planning, required",
            "2 is less than the 3 that TPM requires. Check both.",
            f"a.yaml:{lines.index('    planning:', of_level) + 2}",
        ),
    ]


def test_export_of_no_known_form_is_not_found(editor_client, live):
    assert editor_client.get(url_of(live, "export"), {"as": "docx"}).status_code == 404


# A new ladder
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_template_comes_in_as_it_is(editor_client, form):
    template = editor_client.get(
        reverse("admin:careers_framework_template", args=[form])
    )

    plan = editor_client.post(
        reverse(IMPORT),
        {"file": SimpleUploadedFile("a", template.content), "title": "My ladder"},
    )

    spec = plan.context["plan"].spec
    assert plan.context["plan"].problems == []
    assert (spec.key, spec.title) == ("my-ladder", "My ladder")
    assert [skill.name for skill in spec.skills] == ["Planning"]
    assert [item.required for item in spec.ladder[0].requirements] == [2]


def test_copy_of_a_ladder_is_a_draft_under_another_key(editor_client):
    skills = changed_skill("planning", replaces=("plans",))
    live = make_framework(version="2.0", notes="Plans became planning.", skills=skills)
    before = rows(live)

    page = editor_client.get(url_of(live, "copy"))
    answer = editor_client.post(url_of(live, "copy"), {"title": "Data engineer"})

    draft = Framework.objects.drafts().get()
    assert 'name="title"' in page.content.decode()
    assert answer.url == url_of(draft, "change")
    assert spec_of(draft) == small_spec(key="data-engineer", title="Data engineer")
    assert rows(live) == before


def test_copy_under_a_key_that_is_taken_is_refused(editor_client, live):
    data = {"title": "Other", "key": live.key}

    answer = editor_client.post(url_of(live, "copy"), data)

    assert answer.context["form"].errors == {
        "key": [f"There is a ladder with the key “{live.key}”. Choose another."]
    }
    assert Framework.objects.count() == 1


MADE_KEYS = {
    "QA_lead": "qa-lead",
    "_Über__uns_": "uber-uns",
    "a" * 59 + " b" + "c" * 19: "a" * 59,
}


@pytest.mark.parametrize(("title", "key"), MADE_KEYS.items())
def test_key_made_of_a_title_can_be_published(editor_client, live, title, key):
    sent = sent_tables(editor_client, "bakery.xlsx", title=title)
    editor_client.post(url_of(live, "copy"), {"title": title})

    draft = Framework.objects.drafts().get()
    assert (sent.context["plan"].spec.key, draft.key) == (key, key)
    assert publish_framework(framework=draft).title == title


SHORTER = "Ensure this value has at most 80 characters (it has 81)."
AN_INVISIBLE_SIGN = "This holds an invisible control character. Type it anew."


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"title": "a" * 81}, {"title": [SHORTER]}),
        ({"title": "a\x07b"}, {"title": [AN_INVISIBLE_SIGN]}),
        ({"title": "パン"}, {"key": [NO_KEY]}),
        ({"title": "QA", "key": "QA_lead"}, {"key": [NO_KEY]}),
    ],
)
def test_name_of_a_new_ladder_is_judged_beside_its_field(
    editor_client, live, data, errors
):
    copied = editor_client.post(url_of(live, "copy"), data)
    uploaded = sent_tables(editor_client, "bakery.xlsx", **data)

    for answer in (copied, uploaded):
        form = answer.context["form"]
        assert (form.errors, form["title"].value()) == (errors, data["title"])


def test_language_with_an_invisible_sign_is_judged_beside_its_field(editor_client):
    data = {"title": "Bakery", "language": "e\x07n"}

    answer = sent_tables(editor_client, "bakery.xlsx", **data)

    assert answer.context["form"].errors == {"language": [AN_INVISIBLE_SIGN]}


def test_new_ladder_never_begins_from_an_empty_form(editor_client):
    answer = editor_client.get(url_of(Framework, "add"))

    assert answer.url == reverse(IMPORT)


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
    editor_client.post(url_of(Framework.objects.drafts().get(), "publish"), NOTES)

    asked = Requirement.objects.filter(career_level__key="tpm", skill__key="planning")
    assert list(
        asked.order_by("career_level__framework_id").values_list("required", flat=True)
    ) == [3, 4]


def test_save_as_new_which_no_page_offers_shows_what_is_missing(admin_client, live):
    """Django's admin takes it for the form of a new row all the same."""
    response = admin_client.post(url_of(live, "change"), {"_saveasnew": "1"})

    assert response.status_code == 200
    assert "key" in response.context["adminform"].form.errors
    assert Framework.objects.get() == live
