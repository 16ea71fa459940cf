"""Import into the draft, new drafts, publication: the framework's only writes."""

from contextlib import contextmanager
from itertools import count

import pytest
from django.db import connection

from careers import store
from careers.fields import items
from careers.files import digest_of, files_of, text_of
from careers.models import Framework, Skill, SkillLevel
from careers.publishing import (
    CHANGE,
    CREATE,
    REMOVE,
    UNCHANGED,
    Change,
    ImportRefused,
    apply_import,
    differences,
    plan_import,
    plan_spec,
    publish_framework,
    start_draft,
)
from careers.store import TABLES
from tests.factories import (
    changed_skill,
    make_framework,
    make_shipped_framework,
    shipped_files,
    small_spec,
)

pytestmark = pytest.mark.django_db


def rows(framework=None):
    """Every row of the framework tables, or of one version, as it is now."""
    frameworks = Framework.objects.all()
    if framework is not None:
        frameworks = frameworks.filter(pk=framework.pk)
    content = [list(frameworks.order_by("pk").values_list())]
    for table in TABLES:
        own = table.model.objects.filter(**{f"{table.path_to_whole}__in": frameworks})
        content.append(list(own.order_by("pk").values_list()))
    return content


@contextmanager
def power_cut_after(writes):
    """Lets so many writes through and fails at the next."""
    number = count()

    def execute_or_fail(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and next(number) == writes:
            raise OSError("power cut")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(execute_or_fail):
        yield


def in_words(changes):
    return [
        (change.action, change.path, *change.fields)
        for change in changes
        if change.action != UNCHANGED
    ]


# Plan
# --------------------------------------------------------------------------------------


def test_plan_of_a_first_import_creates_everything():
    plan = plan_import(files_of(small_spec()))

    parts = 1 + len(list(items(small_spec())))
    assert plan.counts == {"create": parts, "change": 0, "remove": 0, "unchanged": 0}
    assert plan.against == ""
    assert Framework.objects.count() == 0


def test_plan_names_what_is_created_changed_and_removed():
    make_framework()
    spec = small_spec(version="1.1", sources=(), title="Ladder")
    renamed = spec.leaves_out[0].replaced(key="money")

    plan = plan_import(files_of(spec.replaced(leaves_out=(renamed,))))

    assert plan.against == "the published version 1.0"
    assert in_words(plan.changes) == [
        (CHANGE, "framework/technical-project-manager", "version", "title"),
        (CREATE, "leaves_out/money"),
        (REMOVE, "sources/guide"),
        (REMOVE, "leaves_out/budget"),
    ]


def test_change_holds_what_was_and_what_becomes():
    before = small_spec()
    after = small_spec(skills=changed_skill("planning", name="Plans", order=9))

    changes = [c for c in differences(before, after) if c.action == CHANGE]

    assert changes == [
        Change(
            CHANGE,
            "skills/planning",
            {"order": (1, 9), "name": ("Planning", "Plans")},
        )
    ]


def test_plan_prefers_the_draft_to_the_live_version():
    make_framework()
    make_framework(version="1.1", publish=False, title="Draft ladder")

    plan = plan_import(files_of(small_spec(version="1.1", title="Draft ladder")))

    assert plan.against == "the draft version 1.1"
    assert plan.changes_nothing


# Import
# --------------------------------------------------------------------------------------


def test_import_is_refused_where_another_draft_stands_by_now(db):
    make_framework()
    plan = plan_spec(small_spec(version="1.1", title="Mine"))
    make_framework(version="1.1", publish=False, title="Theirs")
    before = rows()

    with pytest.raises(ImportRefused) as refused:
        apply_import(plan)

    assert [str(problem) for problem in refused.value.problems] == [
        "The framework was changed since this plan was made. Choose the file again, and "
        "look at what it changes now."
    ]
    assert rows() == before


def test_import_of_the_shipped_framework_equals_its_files():
    framework = make_shipped_framework()

    assert files_of(store.spec_of(framework)) == shipped_files()


def test_import_twice_changes_nothing():
    apply_import(plan_import(files_of(small_spec())))
    before = rows()

    plan = plan_import(files_of(small_spec()))
    apply_import(plan)

    assert plan.changes_nothing
    assert rows() == before


def test_import_of_an_export_changes_nothing():
    framework = make_framework()
    before = rows()

    plan = plan_import({"all.yaml": text_of(store.spec_of(framework))})
    same = apply_import(plan)

    assert plan.changes_nothing
    assert same == framework
    assert rows() == before


def test_import_goes_into_the_open_draft():
    make_framework()
    draft = make_framework(version="1.1", publish=False)

    again = make_framework(version="1.2", publish=False, title="Ladder")

    assert again.pk == draft.pk
    assert store.spec_of(again) == small_spec(version="1.2", title="Ladder")


def test_import_starts_a_draft_based_on_the_live_version():
    live = make_framework()

    draft = make_framework(version="1.1", publish=False)

    assert (draft.based_on, draft.status) == (live, "draft")


def test_import_leaves_other_keys_alone():
    other = make_framework(key="other")
    before = rows(other)

    make_framework()
    make_framework(version="1.1")

    assert rows(other) == before


def test_import_over_a_published_version_is_refused():
    make_framework()
    before = rows()

    plan = plan_import(files_of(small_spec(title="Ladder")))

    assert [str(error) for error in plan.errors] == [
        "version: Version 1.0 is published and cannot be changed. Raise 'version' in "
        "the file to bring in what is new."
    ]
    with pytest.raises(ImportRefused):
        apply_import(plan)
    assert rows() == before


def test_import_planned_before_a_publication_is_refused():
    plan = plan_import(files_of(small_spec(title="Ladder")))
    make_framework()
    before = rows()

    with pytest.raises(ImportRefused, match="cannot be changed"):
        apply_import(plan)

    assert rows() == before


BAD_FILES = {
    "nothing": {},
    "empty": {"a.yaml": ""},
    "not yaml": {"a.yaml": "key: [1"},
    "a list": {"a.yaml": "- 1"},
    "unknown section": {"a.yaml": text_of(small_spec()) + "colour: red\n"},
    "a rule broken": {"a.yaml": text_of(small_spec()).replace("hours: 5", "hours: 0")},
    "a skill missing": {"a.yaml": text_of(small_spec(skills=small_spec().skills[1:]))},
    "a section twice": {**files_of(small_spec()), "b.yaml": "key: other\n"},
}


@pytest.mark.parametrize("files", BAD_FILES.values(), ids=BAD_FILES)
def test_bad_import_leaves_the_database_as_it_was(files):
    make_framework()
    make_framework(version="1.1", publish=False)
    before = rows()

    plan = plan_import(files)

    assert plan.errors or plan.spec is None
    with pytest.raises(ImportRefused):
        apply_import(plan)
    assert rows() == before


@pytest.mark.parametrize("writes", [0, 1, 5, 14])
def test_import_interrupted_leaves_the_database_as_it_was(writes):
    make_framework(publish=False)
    before = rows()

    with power_cut_after(writes), pytest.raises(OSError, match="power cut"):
        make_framework(publish=False, title="Ladder")

    assert rows() == before


# Drafts
# --------------------------------------------------------------------------------------


def test_new_draft_is_a_copy_with_the_next_label():
    live = make_framework(notes="First.")

    draft = start_draft(framework=live)

    assert store.spec_of(draft) == small_spec(version="1.1", notes="")
    assert draft.based_on == live


def test_new_draft_is_the_open_one_where_there_is_one():
    live = make_framework()
    draft = make_framework(version="2.0", publish=False)

    assert start_draft(framework=live) == draft


@pytest.mark.parametrize(
    ("version", "label"),
    [
        ("1.0", "1.1"),
        ("1.9", "1.10"),
        ("3", "4"),
        ("spring", "spring.1"),
        ("1.0-beta", "1.0-beta.1"),
        ("twenty-letters-label", "twenty-letters-lab.1"),
    ],
)
def test_new_draft_is_labelled_after_its_version(version, label):
    live = make_framework(version=version)

    assert start_draft(framework=live).version == label


def test_new_draft_skips_labels_that_are_taken():
    old = make_framework(version="1.0")
    make_framework(version="1.1")

    assert start_draft(framework=old).version == "1.2"


# Publication
# --------------------------------------------------------------------------------------


def test_publishing_freezes_the_draft_and_retires_the_version_before(editor):
    old = make_framework()
    draft = make_framework(version="1.1", publish=False)

    live = publish_framework(framework=draft, by=editor)

    old.refresh_from_db()
    assert (old.status, live.status) == ("retired", "published")
    assert live.published_by == editor
    assert live.digest == digest_of(small_spec(version="1.1"))


def test_publishing_leaves_the_rows_of_older_versions_alone():
    old = make_framework()
    before = rows(old)[1:]

    make_framework(version="1.1", title="Ladder")

    assert rows(old)[1:] == before


def test_publishing_a_faulty_draft_is_refused():
    draft = make_framework(publish=False)
    SkillLevel.objects.filter(skill__key="planning").delete()
    before = rows()

    with pytest.raises(ImportRefused) as refused:
        publish_framework(framework=draft)

    paths = [problem.path for problem in refused.value.problems]
    assert paths == ["skills/planning/levels"]
    assert rows() == before


def test_publishing_a_draft_with_links_out_is_refused():
    live = make_framework()
    draft = make_framework(version="1.1", publish=False)
    stranger = Skill.objects.get(framework=live, key="planning")
    draft.questions.filter(key="planning-tpm").update(skill=stranger)

    with pytest.raises(ImportRefused, match="linked to another framework"):
        publish_framework(framework=draft)


@pytest.mark.parametrize("times", [1, 2])
def test_publishing_twice_is_refused(times):
    draft = make_framework(publish=False)
    publish_framework(framework=draft)
    before = rows()

    with pytest.raises(ImportRefused, match="Only a draft can be published"):
        publish_framework(framework=draft)
    assert rows() == before


@pytest.mark.parametrize("writes", [0, 1])
def test_publishing_interrupted_leaves_the_database_as_it_was(writes):
    make_framework()
    draft = make_framework(version="1.1", publish=False)
    before = rows()

    with power_cut_after(writes), pytest.raises(OSError, match="power cut"):
        publish_framework(framework=draft)

    assert rows() == before


def test_published_rows_are_never_written():
    live = make_framework()
    before = rows(live)

    start_draft(framework=live)
    apply_import(plan_import(files_of(small_spec(version="1.5", title="Ladder"))))
    apply_import(plan_import(files_of(small_spec())))
    Framework.objects.drafts().get().delete()
    make_framework(key="other")

    assert rows(live) == before
