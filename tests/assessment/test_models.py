"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.models import (
    Assessment,
    Guest,
    PracticeNote,
    Rating,
    ShareGrant,
    ShareLink,
)
from assessment.practice import keep_practice_notes
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
    keep_practice_notes(owner=alice, framework_key="ladder", notes={"one": "Text"})
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
    keep_practice_notes(owner=alice, framework_key="ladder", notes={"one": "Text"})
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
    keep_practice_notes(guest=guest, framework_key="ladder", notes={"one": "Text"})
    note = PracticeNote.objects.get()
    note.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        note.save(force_insert=True)
