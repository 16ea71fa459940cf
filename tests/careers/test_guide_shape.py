"""What the guide knows of its parts."""

import pytest

from tests.factories import small_spec
from tests.guides import changed_page, named, section_of, small_guide, with_origins


def test_parts_are_found_by_their_keys():
    guide = small_guide()

    fact = named(section_of(guide, "start", "all-routes").facts, "growth")

    assert guide.sources_by_key[fact.source].title == "The guide"
    assert guide.pages_by_key["start"].title == "Start of the work"


@pytest.mark.parametrize(
    ("key", "expected"),
    [("role", ["guide"]), ("pay", ["guide", "bureau"]), ("market", [])],
)
def test_sources_of_a_page_are_those_of_its_figures(key, expected):
    bureau = [pay.replaced(source="bureau") for pay in small_guide().pay_ranges]
    guide = small_guide(
        pages=changed_page("market", sections=()), pay_ranges=tuple(bureau)
    )

    found = guide.sources_of(guide.pages_by_key[key])

    assert [source.key for source in found] == expected


def test_origins_are_jobs_with_a_level_of_the_framework():
    guide = small_guide(pages=with_origins())

    assert [entry.key for entry in guide.origins(small_spec())] == ["engineer"]
    assert small_guide().origins(small_spec()) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (18_000, 36_000)),
        ({"low_usd": None, "high_usd": None}, None),
        ({"currency": "USD"}, (1_500_000, 3_000_000)),
    ],
)
def test_pay_in_dollars(changes, expected):
    pay = named(small_guide().pay_ranges, "india").replaced(**changes)

    assert pay.in_dollars == expected


def test_questions_stand_by_topic_and_a_topic_without_any_is_left_out():
    hours, score = small_guide().questions

    assert small_guide(questions=(score, hours)).questions_by_topic == (
        ("career", (hours,)),
        ("tool", (score,)),
    )
    assert small_guide(questions=(score,)).questions_by_topic == (("tool", (score,)),)
