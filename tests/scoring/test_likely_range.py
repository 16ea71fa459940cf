"""The likely range, and which changes are more than rating again would explain."""

import pytest

from scoring.inputs import Answer, Target
from scoring.likely_range import (
    ZERO,
    draws_of,
    likely_range_of,
    offsets_of,
    quantiles,
    score_change_is_clear,
    skill_change_is_clear,
    spread_of,
)
from scoring.number import readiness_of
from scoring.parameters import CURRENT
from scoring.result import score
from tests.scoring.cases import (
    VECTORS,
    make_covered,
    make_target,
    vector,
)

AUX = VECTORS["aux"]


def test_quantiles_are_those_of_the_vector():
    found, expected = quantiles(1000), AUX["quantiles"]

    assert list(found[:5]) == expected["first"]
    assert (found[-1], sum(found)) == (expected["last"], expected["expected_sum"])


@pytest.mark.parametrize("case", AUX["offsets"], ids=lambda case: case["key"])
def test_offsets_are_those_of_the_vector(case):
    offsets = [o - ZERO for o in offsets_of(case["key"], case["spread"], CURRENT)]

    assert offsets[:20] == case["first"]
    counts = {str(offset): offsets.count(offset) for offset in sorted(set(offsets))}
    assert counts == case["counts"]


@pytest.mark.parametrize(
    ("answer", "hundredths"),
    [
        (Answer(3), 60),
        (Answer(3, confidence="high"), 60),
        (Answer(3, confidence="low"), 80),
        (Answer(3, evidence="described"), 57),
        (Answer(3, evidence="linked", confidence="low"), 72),
        (Answer(3, evidence="verified", confidence="high"), 36),
    ],
)
def test_spread_comes_from_confidence_and_evidence(answer, hundredths):
    assert spread_of(answer, make_target()) == hundredths


@pytest.mark.parametrize(
    ("lowest", "top", "hundredths"), [(0, 1, 11), (1, 7, 68), (0, 10, 114)]
)
def test_spread_grows_with_the_scale_and_is_rounded_down(lowest, top, hundredths):
    target = Target((), None, lowest, top)

    assert spread_of(Answer(1, evidence="described"), target) == hundredths


def test_range_is_asked_for_by_itself_and_is_the_one_of_the_result():
    target, answers, expected = vector("worked_3_provisional")

    assert list(likely_range_of(readiness_of(target, answers))) == [52, 87]
    assert score(target, answers).likely_range == (52, 87)
    assert expected["likely_range"] == [52, 87]


def test_a_stored_range_is_used_as_it_is():
    target, answers, _ = vector("worked_1_compensation")

    result = score(target, answers, likely_range=(86, 89))

    assert (result.likely_range, result.close_to_ready) == ((86, 89), False)


def test_draws_are_printed_numbers_in_order():
    target, answers, _ = vector("worked_3_provisional")

    draws = draws_of(readiness_of(target, answers))

    assert draws == sorted(draws)
    assert (len(draws), max(draws)) == (1000, 99)


@pytest.mark.parametrize(
    ("found", "ready_line", "is_close"),
    [
        ((89, 90), 90, True),
        ((90, 95), 90, False),
        ((80, 89), 90, False),
        ((89, 94), 95, False),
        ((89, 95), 95, True),
    ],
)
def test_close_to_ready_is_a_range_that_crosses_the_line(found, ready_line, is_close):
    target, answers = make_covered(90, own_ready_line=ready_line)

    assert score(target, answers, likely_range=found).close_to_ready is is_close


@pytest.mark.parametrize("rating", [0, 5])
def test_range_of_all_met_ends_at_100_and_of_nothing_begins_at_0(rating):
    target = make_target(*((f"s{n}", 3, 1) for n in range(20)))

    low, high = score(target, dict.fromkeys(target.by_key, Answer(rating))).likely_range

    assert (low if rating == 0 else high) == (0 if rating == 0 else 100)
    assert low < high or rating == 5


# Then and now


@pytest.mark.parametrize("case", AUX["change_of_score"])
def test_change_of_a_score_is_that_of_the_vector(case):
    is_clear = score_change_is_clear(tuple(case["earlier_range"]), case["later"])

    assert is_clear is (case["expected"] == "clear")


@pytest.mark.parametrize("later", [42, 74])
def test_a_score_on_the_edge_of_the_earlier_range_is_no_clear_change(later):
    assert not score_change_is_clear((42, 74), later)


@pytest.mark.parametrize("case", AUX["change_of_skill"])
def test_change_of_a_skill_is_that_of_the_vector(case):
    both = all(case["verified"])

    is_clear = skill_change_is_clear(case["earlier"], case["later"], both)

    assert is_clear is (case["expected"] == "clear")


def test_no_change_of_a_skill_is_never_clear():
    assert not skill_change_is_clear(3, 3, True)
