"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.models import Assessment, Rating
from tests.factories import make_assessment

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
        ("rating_value_on_scale", {"value": 6}),
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


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "submitted"},
        {"readiness_tenths": 500},
        {"band": "ready"},
        {"submitted_at": timezone.now()},
        {"status": "submitted", "submitted_at": timezone.now(), "band": "ready"},
        {
            "status": "submitted",
            "submitted_at": timezone.now(),
            "band": "ready",
            "scoring_version": "1.0",
            "readiness_tenths": 1001,
        },
    ],
)
def test_a_score_goes_with_a_submission_and_only_with_it(draft, changes):
    assessment = Assessment.objects.filter(pk=draft.pk)

    assert refused_by(
        "assessment_score_iff_submitted", lambda: assessment.update(**changes)
    )


def test_uid_is_random_and_unique(draft, alice):
    other = make_assessment(owner=alice)

    assert draft.uid.version == other.uid.version == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=other.pk).update(uid=draft.uid)
