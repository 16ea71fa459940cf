"""Import of the guide, and the cache that every process keeps of it."""

from dataclasses import replace

import pytest

from careers import store
from careers.files import files_of
from careers.models import Fact, Guide, GuidePage
from careers.publishing import (
    CHANGE,
    CREATE,
    REMOVE,
    UNCHANGED,
    ImportRefused,
    apply_guide,
    plan_guide,
    plan_guide_spec,
    record_guide_change,
)
from careers.store import GUIDE_TABLES, load_guide
from tests.guides import changed_page, make_guide, small_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_another_process():
    """Forgets what this process keeps, as one that has just begun."""
    store._load.cache_clear()
    yield store._load.cache_clear
    store._load.cache_clear()


def rows():
    held = [list(Guide.objects.values_list())]
    for table in GUIDE_TABLES:
        held.append(list(table.model.objects.order_by("pk").values_list()))
    return held


def in_words(plan):
    return [
        (change.action, change.path, *change.fields)
        for change in plan.changes
        if change.action != UNCHANGED
    ]


# Import
# --------------------------------------------------------------------------------------


def test_what_is_imported_is_what_is_loaded():
    make_guide()

    assert load_guide() == small_guide()


def test_before_the_first_import_there_is_no_guide():
    assert load_guide() is None


def test_plan_of_a_first_import_creates_everything_and_writes_nothing():
    plan = plan_guide(files_of(small_guide()))

    assert plan.errors == []
    assert set(in_words(plan)) == {(CREATE, change.path) for change in plan.changes}
    assert plan.against == ""
    assert not Guide.objects.exists()


def test_plan_names_what_is_created_changed_and_removed():
    make_guide()
    first, second = small_guide().questions
    guide = small_guide(
        pages=changed_page("pay", title="What it pays"),
        questions=(first, replace(second, key="score-made")),
    )

    plan = plan_guide(files_of(guide))

    assert plan.against == "the guide in the database"
    assert in_words(plan) == [
        (CHANGE, "pages/pay", "title"),
        (CREATE, "questions/score-made"),
        (REMOVE, "questions/score"),
    ]


def test_importing_the_same_twice_changes_nothing():
    make_guide()
    before = rows()

    plan = plan_guide(files_of(small_guide()))
    apply_guide(plan)

    assert plan.changes_nothing
    assert rows() == before


def test_import_replaces_what_was_there():
    make_guide()
    guide = small_guide(pages=changed_page("pay", sections=()), questions=())

    apply_guide(plan_guide_spec(guide))

    assert load_guide() == guide


def test_plan_with_an_error_is_refused_and_writes_nothing():
    make_guide()
    before = rows()
    plan = plan_guide({"a.yaml": "pages: []"})

    with pytest.raises(ImportRefused, match="The page 'role' is missing"):
        apply_guide(plan)

    assert rows() == before


# The cache
# --------------------------------------------------------------------------------------


def test_guide_is_loaded_once_until_it_changes(
    as_another_process, django_assert_num_queries
):
    make_guide()

    with django_assert_num_queries(1 + len(GUIDE_TABLES)):
        first = load_guide()
    with django_assert_num_queries(1):
        second = load_guide()

    assert first is second


def test_what_another_process_wrote_is_seen(as_another_process):
    make_guide()
    kept = load_guide()

    GuidePage.objects.filter(key="pay").update(title="What it pays")
    record_guide_change()

    assert load_guide().page("pay").title == "What it pays"
    assert kept.page("pay").title == "Pay of the work"


def test_rows_that_are_just_being_written_are_not_kept(as_another_process):
    make_guide()
    Fact.objects.update(value="8 percent")  # and the digest is not written yet
    half_written = load_guide()
    Fact.objects.update(value="7 percent")

    assert half_written.page("role").sections[0].fact("growth").value == "8 percent"
    assert load_guide() == small_guide()


def test_a_change_is_dated_and_no_change_is_not():
    make_guide()
    row = Guide.objects.get()

    assert record_guide_change().changed_at == row.changed_at

    Fact.objects.update(value="8 percent")
    changed = record_guide_change()

    assert changed.changed_at > row.changed_at
    assert changed.digest != row.digest
