"""Every rule that the database itself holds for the guide, by the constraint's name."""

import pytest
from django.db.models import ProtectedError

from careers.models import (
    Fact,
    Guide,
    GuideEntry,
    GuidePage,
    GuideQuestion,
    GuideSection,
    GuideSource,
    PayRange,
)
from tests.careers.constraints import (
    again,
    guide_constraints,
    outside,
    refused_by,
    taken,
)
from tests.guides import make_guide

pytestmark = pytest.mark.django_db


def second_guide():
    Guide.objects.create(framework=Guide.objects.get().framework)


OFFENCES = {
    "guide_once_per_framework": [second_guide],
    "guide_source_key_once": [taken(GuideSource, "key")],
    "guide_page_key_once": [taken(GuidePage, "key")],
    "guide_section_key_once": [taken(GuideSection, "key")],
    "fact_key_once": [again(Fact)],
    "guide_entry_key_once": [taken(GuideEntry, "key")],
    "guide_entry_link_and_text": [
        outside(GuideEntry, link="/pay/"),
        outside(GuideEntry, link_text="Pay"),
    ],
    "pay_range_key_once": [taken(PayRange, "key")],
    "pay_range_low_to_high": [
        outside(PayRange, low=0),
        outside(PayRange, high=1),
    ],
    "pay_range_dollars_low_to_high": [
        outside(PayRange, low_usd=1),
        outside(PayRange, high_usd=1),
        outside(PayRange, low_usd=0, high_usd=1),
        outside(PayRange, low_usd=2, high_usd=1),
    ],
    "guide_question_key_once": [taken(GuideQuestion, "key")],
    "guide_question_link_and_text": [
        outside(GuideQuestion, link="/pay/"),
        outside(GuideQuestion, link_text="Pay"),
    ],
}
CASES = [(name, offence) for name, each in OFFENCES.items() for offence in each]


@pytest.mark.parametrize(("name", "offend"), CASES, ids=[name for name, _ in CASES])
def test_constraint_refuses_an_offence(name, offend):
    make_guide()

    assert refused_by(name, offend)


def test_every_named_constraint_has_an_offence():
    assert guide_constraints() == set(OFFENCES)


def test_a_source_that_is_named_cannot_be_deleted():
    make_guide()

    with pytest.raises(ProtectedError):
        GuideSource.objects.get(key="guide").delete()

    assert GuideSource.objects.get(key="bureau").delete()[0] == 1
