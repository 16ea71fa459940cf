"""Import of the guide, and the cache that every process keeps of it."""

import pytest

from careers import store
from careers.files import files_of
from careers.models import Guide, GuidePage
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
from tests.factories import make_framework
from tests.guides import changed_page, make_guide, small_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_another_process():
    """Forgets what this process keeps, as one that has just begun."""
    store.guide_at.cache_clear()


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
        questions=(first, second.replaced(key="score-made")),
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
    assert rows() == before  # the revision, too


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


def test_import_of_one_guide_leaves_that_of_another_ladder_alone():
    make_guide()

    make_guide(framework="another-ladder", questions=())

    assert load_guide() == small_guide()
    assert load_guide("another-ladder").questions == ()
    assert plan_guide(files_of(small_guide())).changes_nothing


# The cache
# --------------------------------------------------------------------------------------


def test_guide_is_loaded_once_until_it_changes(django_assert_num_queries):
    make_guide()
    store.guide_at.cache_clear()  # as in a process that has just begun

    with django_assert_num_queries(2 + len(GUIDE_TABLES)):
        first = load_guide()
    with django_assert_num_queries(1):
        second = load_guide()

    assert first is second


def test_what_another_process_wrote_is_seen(as_another_process):
    make_guide()
    kept = load_guide()

    GuidePage.objects.filter(key="pay").update(title="What it pays")
    record_guide_change(Guide.objects.get())

    assert load_guide().pages_by_key["pay"].title == "What it pays"
    assert kept.pages_by_key["pay"].title == "Pay of the work"


def test_a_guide_that_is_imported_anew_is_another_revision():
    before = make_guide().revision

    make_guide(questions=())

    assert Guide.objects.get().revision != before


def test_guide_that_was_saved_since_its_framework_was_read_is_read_again():
    make_framework()
    make_guide()
    framework = store.live_framework()

    make_guide(questions=())
    store.guide_at.cache_clear()

    assert store.guide_of(framework) == small_guide(questions=())
