"""The number, the verdict and its reasons, case by case."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.answers import longest_run
from assessment.score_files.reading import parse_score_file
from assessment.score_files.writing import json_of_result, score_vectors
from scoring.inputs import Answer
from scoring.number import Insufficient, Reason, Status, readiness_of
from scoring.parameters import CURRENT, PARAMETERS
from scoring.result import score
from tests.scoring.cases import (
    VECTORS,
    exact,
    make_answers,
    make_covered,
    make_target,
    make_vector,
    vector,
)

NAMES = [each["name"] for each in VECTORS["vectors"]]


@pytest.mark.parametrize("name", NAMES)
def test_score_is_that_of_the_vector(name):
    target, answers, expected = vector(name)

    assert json.loads(json.dumps(json_of_result(score(target, answers)))) == expected


@pytest.mark.parametrize("name", NAMES)
def test_readiness_of_is_that_of_the_vector(name):
    target, answers, expected = vector(name)

    number = readiness_of(target, answers)

    assert number.status == expected["status"]
    assert list(number.reasons) == expected["reasons"]
    if "coverage" in expected:
        assert number.coverage == exact(expected["coverage"])
        assert number.missing_levels == expected["missing_levels"]
        assert number.readiness == exact(expected["readiness"])
        assert number.band == expected["band"]
        assert number.readiness_tenths == expected["display"]["readiness_tenths"]


# Is there a number?


@pytest.mark.parametrize(
    ("answered", "status"),
    [(80, Status.PROVISIONAL), (79, Status.INSUFFICIENT), (100, Status.COMPLETE)],
)
def test_four_fifths_of_the_importance_must_be_answered(answered, status):
    rows = [("a", 3, answered)] + ([("b", 3, 100 - answered)] if answered < 100 else [])

    result = score(make_target(*rows), make_answers(a=3))

    assert result.status is status
    assert result.answered_share == Fraction(answered, 100)


@pytest.mark.parametrize(("left_out", "is_measured"), [(30, True), (31, False)])
def test_three_tenths_of_the_importance_may_be_left_out(left_out, is_measured):
    target = make_target(("a", 3, 100 - left_out), ("b", 3, left_out))

    result = score(target, {"a": Answer(3), "b": Answer(2, not_applicable=True)})

    assert result.is_measured is is_measured
    assert result.not_applicable_share == Fraction(left_out, 100)
    assert result.left_out == ("b",)
    if not is_measured:
        assert result.reasons == (Reason.TOO_MANY_NOT_APPLICABLE,)


def test_an_ordinary_skill_is_left_out_whatever_its_rating():
    target = make_target(("a", 3, 9), ("b", 3, 1))

    result = score(target, {"a": Answer(3), "b": Answer(0, not_applicable=True)})

    assert (result.readiness, result.requirements_total) == (100, 1)


def test_a_must_have_cannot_be_left_out_and_is_not_answered_instead():
    target = make_target(("a", 3, 9), ("b", 3, 1, 2))

    result = score(target, {"a": Answer(3), "b": Answer(3, not_applicable=True)})

    assert result.reasons == (Reason.MUST_HAVE_UNANSWERED,)
    assert (result.unanswered, result.left_out) == (("b",), ())
    assert result.not_applicable_share == 0


def test_all_reasons_are_given_in_order():
    target = make_target(("a", 3, 6), ("b", 3, 1, 2), ("c", 3, 1), ("d", 2, 1))

    result = score(target, {"a": Answer(not_applicable=True)})

    assert result.reasons == (
        Reason.COVERAGE_BELOW_MIN,
        Reason.MUST_HAVE_UNANSWERED,
        Reason.TOO_MANY_NOT_APPLICABLE,
        Reason.NOTHING_ANSWERED,
    )


def test_unanswered_skills_stand_must_haves_first_then_by_importance_then_in_order():
    rows = (
        ("low", 3, 1),
        ("heavy", 3, 3),
        ("must", 3, 2, 1),
        ("also", 3, 3),
        ("a", 3, 90),
    )

    result = score(make_target(*rows), make_answers(a=3))

    assert result.unanswered == ("must", "heavy", "also", "low")


@pytest.mark.parametrize(
    ("rows", "answers"),
    [
        ([], {}),
        ([("a", 0, 1)], make_answers(a=5)),
        ([("a", 3, 1)], {"a": Answer(not_applicable=True)}),
    ],
)
def test_a_target_that_asks_for_nothing_has_that_reason_alone(rows, answers):
    result = score(make_target(*rows), answers)

    assert result == Insufficient(
        make_target(*rows), answers, 0, 0, (Reason.NO_REQUIRED_SKILLS,)
    )


def test_answers_to_what_is_not_asked_for_are_not_read():
    result = score(make_target(("a", 3, 1), ("b", 0, 5)), make_answers(a=3, b=0, c=77))

    assert (result.readiness, list(result.earned)) == (100, ["a"])


# The number


def test_each_missing_level_of_a_must_have_takes_a_tenth_of_what_is_left():
    target = make_target(("a", 4, 1, 4), ("b", 4, 1, 3), ("c", 4, 2))

    result = score(target, make_answers(a=2, b=2, c=4))

    assert result.missing_levels == 3
    assert result.coverage == 75
    assert result.readiness == 75 * Fraction(9, 10) ** 3
    assert result.open_must_haves == ("a", "b")


def test_a_carried_must_have_level_below_what_is_required_can_be_met():
    target = make_target(("a", 5, 1, 3), ("b", 5, 9))

    result = score(target, make_answers(a=3, b=5))

    assert (result.missing_levels, result.open_must_haves) == (0, ())
    assert [gap.missing_levels for gap in result.gaps] == [0]


def test_printed_numbers_are_rounded_down():
    result = score(*make_thirds())

    assert result.coverage == Fraction(200, 3)
    assert (result.score, result.readiness_tenths) == (66, 666)
    assert result.display.coverage_tenths == 666


def make_thirds():
    return make_target(("a", 3, 1)), make_answers(a=2)


def test_a_provisional_number_prints_99_at_most_and_says_what_that_keeps_back():
    result = score(make_target(("a", 3, 9), ("b", 3, 1)), make_answers(a=3))

    assert (result.readiness, result.score) == (100, 99)
    assert result.display.readiness_tenths == 990
    assert result.display.unanswered_tenths == 10
    assert result.display.lost_tenths == {"a": 0}
    assert (result.lower_bound, result.upper_bound) == (90, 100)


def test_lost_is_shared_out_by_what_closing_each_gap_brings():
    target = make_target(("a", 4, 1, 4), ("b", 4, 1), ("c", 4, 2))

    result = score(target, make_answers(a=3, b=0, c=4))

    now = Fraction(275, 4) * Fraction(9, 10)
    gain_a, gain_b = 75 - now, Fraction(375, 4) * Fraction(9, 10) - now
    short = 100 - now
    assert result.readiness == now
    assert result.lost == {
        "a": short * gain_a / (gain_a + gain_b),
        "b": short * gain_b / (gain_a + gain_b),
        "c": 0,
    }


def test_tenths_go_to_the_largest_fractions_and_ties_to_the_first():
    target = make_target(("a", 3, 1), ("b", 3, 1), ("c", 3, 1))

    result = score(target, make_answers(a=2, b=2, c=2))

    assert result.display.earned_tenths == {"a": 222, "b": 222, "c": 222}
    assert result.display.coverage_tenths == 666
    assert result.display.lost_tenths == {"a": 112, "b": 111, "c": 111}


def test_groups_have_their_share_and_coverage_in_the_order_of_the_target():
    target = make_target(
        ("a", 4, 3, 0, "two"), ("b", 4, 1, 0, "one"), ("c", 4, 4, 0, ""), ("d", 2, 2)
    )

    result = score(target, make_answers(a=2, b=4, c=4, d=2))

    assert list(result.groups) == ["two", "one"]
    assert (result.groups["two"].share, result.groups["two"].coverage) == (
        Fraction(3, 10),
        50,
    )
    assert result.groups["one"].coverage_tenths == 1000


# The verdict


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (100, "ready"),
        (90, "ready"),
        (89, "nearly"),
        (80, "nearly"),
        (79, "developing"),
        (35, "developing"),
        (34, "foundation"),
        (15, "foundation"),
        (14, "exploring"),
        (0, "exploring"),
    ],
)
def test_verdict_is_read_off_the_number(points, band):
    result = score(*make_covered(points))

    assert (result.readiness, result.band) == (points, band)


@pytest.mark.parametrize(("points", "band"), [(95, "ready"), (94, "nearly")])
def test_an_owners_ready_line_is_stricter(points, band):
    result = score(*make_covered(points, own_ready_line=95))

    assert (result.ready_line, result.band) == (95, band)


def test_verdict_is_read_off_readiness_and_not_off_coverage():
    target = make_target(("a", 5, 1, 5), ("b", 5, 99))

    result = score(target, make_answers(a=4, b=5))

    assert result.coverage > 99
    assert (result.score, result.band) == (89, "nearly")


@pytest.mark.parametrize(("open_importance", "band"), [(10, "ready"), (11, "nearly")])
def test_a_provisional_number_is_ready_only_if_no_answer_can_undo_it(
    open_importance, band
):
    target = make_target(("a", 3, 100 - open_importance), ("b", 3, open_importance))

    result = score(target, make_answers(a=3))

    assert result.lower_bound == 100 - open_importance
    assert (result.readiness, result.band) == (100, band)


def test_a_provisional_number_above_the_line_is_never_less_than_nearly():
    target = make_target(("a", 3, 72), ("b", 3, 8), ("c", 3, 20))

    result = score(target, make_answers(a=3, b=0))

    assert (result.readiness, result.lower_bound, result.band) == (90, 72, "nearly")


def test_turning_answers_read_the_provisional_rule_too():
    target = make_target(("a", 5, 45), ("b", 1, 45), ("c", 1, 10))

    result = score(target, make_answers(a=5, b=1))

    assert result.band == "ready"
    assert result.turning_down == ("a", "b")


def test_everything_met_meets_all_only_if_all_is_answered():
    target = make_target(("a", 3, 9, 3), ("b", 3, 1))

    assert score(target, make_answers(a=3, b=5)).meets_all
    assert not score(target, make_answers(a=3)).meets_all
    assert not score(target, make_answers(a=3, b=2)).meets_all


def test_requirements_are_counted_over_all_that_apply():
    target = make_target(
        ("a", 3, 8), ("b", 3, 8), ("c", 3, 1), ("d", 3, 1), ("e", 0, 1)
    )
    answers = make_answers(a=3, b=2) | {"d": Answer(5, not_applicable=True)}

    result = score(target, answers)

    assert (result.requirements_met, result.requirements_total) == (1, 3)


def test_what_if_lower_runs_straight_between_whole_missing_levels():
    target = make_target(("a", 4, 1, 4), ("b", 4, 1))

    result = score(target, make_answers(a=4, b=0))

    coverage = 50 * Fraction(37, 40)
    assert result.what_if_lower == coverage * (1 - Fraction(3, 100))


# Gaps


def test_gaps_stand_by_what_closing_brings_and_hours_move_none():
    target = make_target(("slow", 4, 2), ("must", 4, 1, 4), ("quick", 4, 2))

    result = score(target, make_answers(slow=3, must=3, quick=0))

    assert [gap.key for gap in result.gaps] == ["quick", "must", "slow"]
    assert [gap.rank for gap in result.gaps] == [1, 2, 3]


def test_hours_are_those_of_the_steps_and_none_where_there_are_none():
    target = make_target(
        ("a", 4, 1, 0, None, (1, 2, 4, 8, 16)), ("b", 2, 1, 0, None, None)
    )

    result = score(target, make_answers(a=1, b=0))

    hours = {gap.key: (gap.step_hours, gap.close_hours) for gap in result.gaps}
    assert hours == {"a": (2, 14), "b": (None, None)}


def test_evidence_is_counted_among_the_answers_that_count():
    target = make_target(("a", 3, 1), ("b", 3, 1), ("c", 3, 1), ("d", 0, 1))
    answers = {
        "a": Answer(3, evidence="linked"),
        "b": Answer(3),
        "c": Answer(1, evidence="described"),
        "d": Answer(1, evidence="verified"),
    }

    result = score(target, answers)

    assert (result.evidence_count, len(result.rated)) == (2, 3)


# Other scales


def test_a_scale_that_begins_at_1_counts_from_there():
    target = make_target(("a", 4, 9, 3, None, None), ("b", 4, 1, 0, None, None),
                         lowest=1, top=7)  # fmt: skip

    result = score(target, make_answers(a=1))

    assert (result.coverage, result.missing_levels) == (25, 2)
    assert result.lower_bound == 25 * Fraction(81, 100)
    assert result.what_if_lower == result.readiness
    assert result.turning_down == ()


def test_met_or_not_is_a_scale():
    rows = [(key, 1, 1, 0, None, (30,)) for key in "abcdefghij"]
    answers = {key: Answer(int(key != "j")) for key in "abcdefghij"}

    result = score(make_target(*rows, top=1), answers)

    assert (result.score, result.band) == (90, "ready")
    assert result.turning_down == tuple("abcdefghi")
    assert [(gap.key, gap.step_hours) for gap in result.gaps] == [("j", 30)]


# Versions


def test_parameters_are_those_of_the_vectors():
    params = VECTORS["params"]

    assert params == {
        "scoring_version": CURRENT.version,
        "scale_top": CURRENT.error_scale_top,
        "min_answered_share": str(CURRENT.min_answered_share),
        "max_not_applicable_share": str(CURRENT.max_not_applicable_share),
        "must_have_cut": str(CURRENT.must_have_cut),
        "lines": {
            "ready": CURRENT.ready_line,
            "nearly": CURRENT.nearly_line,
            "developing": CURRENT.developing_line,
            "foundation": CURRENT.foundation_line,
        },
        "provisional_cap": CURRENT.provisional_cap,
        "hours": list(CURRENT.hours),
        "draws": CURRENT.draws,
        "common_part": f"{CURRENT.common_tenths}/10",
        "own_part": f"{CURRENT.own_tenths}/10",
        "spread_hundredths": dict(CURRENT.spread_hundredths),
        "spread_hundredths_low": dict(CURRENT.spread_hundredths_low),
        "what_if_shift": str(CURRENT.what_if_shift),
    }


def test_a_number_is_made_by_the_version_that_it_asks_for(monkeypatch):
    made_up = replace(
        CURRENT, version="1.5", must_have_cut=Fraction(1, 2), ready_line=70
    )
    monkeypatch.setitem(PARAMETERS, "1.5", made_up)
    now = make_vector("now", rating=3, must_have_level=4)
    then = make_vector("then", rating=3, must_have_level=4)
    then["input"]["scoring_version"] = "1.5"

    found = score_vectors(parse_score_file(json.dumps({"vectors": [now, then]})))

    shown = {
        name: (exact(result["readiness"]), result["ready_line"])
        for name, result in found["vectors"].items()
    }
    assert shown == {"now": (Fraction(135, 2), 90), "then": (Fraction(75, 2), 70)}


# What a person did not read


@pytest.mark.parametrize("case", VECTORS["aux"]["longest_run"])
def test_longest_run_is_that_of_the_vector(case):
    assert longest_run(case["ratings"]) == case["expected"]


@pytest.mark.parametrize(
    ("ratings", "length"),
    [([], 0), ([None, None], 0), ([3, 3, None, 3], 2), ([0, 0], 2)],
)
def test_longest_run_ends_at_an_answer_that_is_missing(ratings, length):
    assert longest_run(ratings) == length
