"""What the database itself refuses."""

import itertools
import uuid
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessment.models import (
    Assessment,
    Guest,
    JournalEntry,
    Plan,
    PlanItem,
    PracticeNote,
    Rating,
    ShareGrant,
    ShareLink,
)
from assessment.practice import save_practice_notes
from tests.factories import make_assessment, make_guest, make_share_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(framework, alice):
    return make_assessment(owner=alice, ratings={"testing": 3})


def refused_by(constraint, write):
    """Whether the database refuses the write and names the constraint or its columns."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    return constraint in str(refused.value)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("rating_value_on_scale", {"value": 11}),
        ("rating_value_or_not_applicable", {"not_applicable": True, "reason": "x"}),
        ("rating_reason_iff_not_applicable", {"value": None, "not_applicable": True}),
        ("rating_reason_iff_not_applicable", {"reason": "without the tick"}),
        ("rating_confidence_known", {"confidence": "very"}),
    ],
)
def test_rating_constraints(draft, constraint, changes):
    rating = Rating.objects.filter(assessment=draft)

    assert refused_by(constraint, lambda: rating.update(**changes))


def test_rating_stands_once_per_skill(draft):
    rating = Rating.objects.get(assessment=draft)
    rating.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        rating.save(force_insert=True)


SCORED = {
    "status": "submitted",
    "submitted_at": timezone.now(),
    "band": "developing",
    "scoring_version": "2.0",
    "readiness_tenths": 500,
    "range_low": 40,
    "range_high": 60,
}


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "submitted"},
        {"readiness_tenths": 500},
        {"band": "ready"},
        {"submitted_at": timezone.now()},
        {"status": "submitted", "submitted_at": timezone.now(), "band": "ready"},
        {"range_low": 1},
        {"range_high": 1},
        SCORED | {"readiness_tenths": 1001},
        SCORED | {"range_low": None},
        SCORED | {"range_high": None},
        SCORED | {"range_low": 61},
        SCORED | {"range_high": 101},
    ],
)
def test_a_score_goes_with_a_submission_and_only_with_it(draft, changes):
    assessment = Assessment.objects.filter(pk=draft.pk)

    assert refused_by(
        "assessment_score_iff_submitted", lambda: assessment.update(**changes)
    )


def test_a_score_and_its_range_go_together(draft):
    assert Assessment.objects.filter(pk=draft.pk).update(**SCORED) == 1


def test_uid_is_random_and_unique(draft, alice):
    other = make_assessment(owner=alice)

    assert draft.uid.version == other.uid.version == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=other.pk).update(uid=draft.uid)


@pytest.fixture
def link(framework, alice):
    return make_share_link(make_assessment(owner=alice, submit=True))[0]


def test_a_share_link_expires_after_it_was_made(link):
    links = ShareLink.objects.filter(pk=link.pk)

    assert refused_by(
        "share_link_expires_after_creation",
        lambda: links.update(expires_at=link.created_at),
    )


@pytest.mark.parametrize("column", ["token_digest", "uid"])
def test_a_share_link_is_found_by_what_is_its_own(link, column):
    other, _ = make_share_link(link.assessment)

    assert refused_by(
        column,
        lambda: ShareLink.objects.filter(pk=other.pk).update(
            **{column: getattr(link, column)}
        ),
    )


def test_practice_note_stands_once_per_question_and_is_not_empty(alice):
    save_practice_notes(owner=alice, framework_key="ladder", notes={"one": "Text"})
    note = PracticeNote.objects.get()

    assert refused_by(
        "practice_note_is_not_empty",
        lambda: PracticeNote.objects.update(text=""),
    )
    note.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        note.save(force_insert=True)


# Of whom it is
# ------------------------------------------------------------------------------------


def test_a_guest_is_found_by_one_token(db):
    guest, other = make_guest()[0], make_guest()[0]

    assert refused_by(
        "token_digest",
        lambda: Guest.objects.filter(pk=other.pk).update(
            token_digest=guest.token_digest
        ),
    )


def test_an_assessment_is_not_of_a_person_and_a_guest(draft):
    guest, _ = make_guest()

    assert refused_by(
        "assessment_not_of_owner_and_guest",
        lambda: Assessment.objects.filter(pk=draft.pk).update(guest=guest),
    )


@pytest.mark.parametrize("both", [True, False])
def test_a_note_is_of_a_person_or_a_guest(alice, both):
    save_practice_notes(owner=alice, framework_key="ladder", notes={"one": "Text"})
    wrong = {"guest": make_guest()[0]} if both else {"owner": None}

    assert refused_by(
        "practice_note_of_owner_or_guest", lambda: PracticeNote.objects.update(**wrong)
    )


@pytest.mark.parametrize("both", [True, False])
def test_a_right_to_read_is_of_a_person_or_a_guest(link, alice, both):
    ShareGrant.objects.create(link=link, owner=alice)
    wrong = {"guest": make_guest()[0]} if both else {"owner": None}

    assert refused_by(
        "share_grant_of_owner_or_guest", lambda: ShareGrant.objects.update(**wrong)
    )


@pytest.mark.parametrize("holder", ["owner", "guest"])
def test_a_right_to_read_stands_once(link, alice, holder):
    whose = {holder: alice if holder == "owner" else make_guest()[0]}
    ShareGrant.objects.create(link=link, **whose)

    with pytest.raises(IntegrityError), transaction.atomic():
        ShareGrant.objects.create(link=link, **whose)


def test_a_guests_note_stands_once_per_question(db):
    guest, _ = make_guest()
    save_practice_notes(guest=guest, framework_key="ladder", notes={"one": "Text"})
    note = PracticeNote.objects.get()
    note.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        note.save(force_insert=True)


@pytest.mark.parametrize("model", [*apps.get_app_config("assessment").get_models()])
def test_no_index_begins_as_another_one(model):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    columns = [
        each["columns"] for each in found.values() if each["index"] or each["unique"]
    ]

    spare = [
        (one, other)
        for one, other in itertools.permutations(columns, 2)
        if one and one == other[: len(one)]
    ]

    assert spare == []


# Plans and the journal
# ------------------------------------------------------------------------------------


@pytest.fixture
def item(alice):
    plan = Plan.objects.create(
        owner=alice,
        framework_key="ladder",
        target_key="tpm",
        target_title="TPM",
        started_at=timezone.now(),
    )
    return PlanItem.objects.create(
        plan=plan,
        skill_key="planning",
        skill_name="Planning",
        value=3,
        action_key="planning-2-3",
        title="Plan one week",
    )


@pytest.mark.parametrize("hours", [0, 61])
def test_hours_a_week_are_of_a_week(item, hours):
    assert refused_by(
        "plan_hours_a_week_of_a_week", lambda: Plan.objects.update(hours_a_week=hours)
    )


@pytest.mark.parametrize("hours", [None, 1, 60])
def test_hours_a_week_may_be_few_or_many_or_open(item, hours):
    assert Plan.objects.update(hours_a_week=hours) == 1


def test_there_is_one_plan_for_each_target(item):
    plan = item.plan
    plan.pk, plan.uid = None, uuid.uuid4()

    with pytest.raises(IntegrityError, match="target_key"), transaction.atomic():
        plan.save(force_insert=True)
    plan.target_key = "senior-tpm"
    plan.save(force_insert=True)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("plan_item_state_known", {"state": "lost"}),
        ("plan_item_done_at_iff_done", {"state": "done"}),
        ("plan_item_done_at_iff_done", {"done_at": datetime(2026, 1, 1, tzinfo=UTC)}),
        ("plan_item_says_what_and_for_which_skill", {"title": ""}),
        ("plan_item_says_what_and_for_which_skill", {"skill_key": ""}),
        ("plan_item_hours_of_a_step", {"hours": 0}),
        ("plan_item_hours_of_a_step", {"hours": 2001}),
    ],
)
def test_plan_item_constraints(item, constraint, changes):
    assert refused_by(constraint, lambda: PlanItem.objects.update(**changes))


@pytest.mark.parametrize("state", ["focus", "waiting"])
def test_an_action_is_open_once_in_a_plan(item, state):
    item.pk, item.uid, item.state = None, uuid.uuid4(), state

    with pytest.raises(IntegrityError, match="action_key"), transaction.atomic():
        item.save(force_insert=True)


def test_what_is_over_or_in_own_words_may_stand_often(item):
    again = {"state": "dropped"}, {"action_key": ""}, {"action_key": ""}
    for changes in again:
        other = PlanItem.objects.get(pk=item.pk)
        other.pk, other.uid = None, uuid.uuid4()
        for name, value in changes.items():
            setattr(other, name, value)
        other.save(force_insert=True)

    assert PlanItem.objects.count() == 4


@pytest.fixture
def entry(alice, item):
    return JournalEntry.objects.create(
        owner=alice,
        day=date(2026, 3, 2),
        text="Found two shared risks.",
        framework_key="ladder",
        skill_key="planning",
        item=item,
        written_at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("journal_entry_is_one_line", {"text": ""}),
        ("journal_entry_is_one_line", {"text": "one\ntwo"}),
        ("journal_entry_skill_of_a_framework", {"framework_key": ""}),
    ],
)
def test_journal_entry_constraints(entry, constraint, changes):
    assert refused_by(constraint, lambda: JournalEntry.objects.update(**changes))


def test_an_entry_outlives_its_plan(entry, item):
    item.plan.delete()

    entry.refresh_from_db()
    assert (entry.text, entry.item) == ("Found two shared risks.", None)


def test_nothing_of_a_plan_is_in_its_name(entry, item):
    assert [str(each).split()[0] for each in (item, item.plan, entry)] == [
        "Plan",
        "Plan",
        "Journal",
    ]
    assert "risks" not in str(entry)
