"""What cannot be scored is refused with the skill and the cure."""

from dataclasses import replace

import pytest

from scoring.inputs import Answer, Requirement, ScoringError, Target
from scoring.number import readiness_of
from scoring.result import score
from tests.scoring.cases import make_target

PLAIN = Requirement("risk", 4, 3)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"required": 6}, "required is 6; give a whole number from 0 to 5"),
        ({"required": -1}, "required is -1; give a whole number from 0 to 5"),
        ({"required": 2.0}, "required is 2.0; give a whole number"),
        ({"required": True}, "required is True; give a whole number"),
        ({"importance": 0}, "importance is 0; give a whole number from 1"),
        (
            {"must_have_level": 5},
            "must_have_level is 5; give a whole number from 0 to 4",
        ),
        ({"must_have_level": -1}, "must_have_level is -1; give a whole number from 0"),
        ({"hours": (8, 20, 40, 80)}, "give 5 whole numbers above 0"),
        ({"hours": (8, 20, 40, 80, 0)}, "give 5 whole numbers above 0"),
        ({"hours": (8, 20, 40, 80, 1.5)}, "give 5 whole numbers above 0"),
    ],
)
def test_a_requirement_that_nobody_can_ask_is_refused(change, fault):
    with pytest.raises(ScoringError) as error:
        Target((replace(PLAIN, **change),))

    assert str(error.value).startswith('skill "risk": ')
    assert fault in str(error.value)


def test_a_key_that_is_used_twice_is_refused():
    with pytest.raises(ScoringError, match='skill "risk": key is used twice; keep one'):
        Target((PLAIN, PLAIN))


@pytest.mark.parametrize("line", [89, 101, 90.0, True, 0])
def test_a_ready_line_is_stricter_never_laxer(line):
    with pytest.raises(ScoringError, match="give a whole number from 90 to 100"):
        Target((PLAIN,), line)


@pytest.mark.parametrize("line", [90, 100])
def test_a_ready_line_of_90_to_100_is_the_targets(line):
    assert Target((PLAIN,), line).ready_line == line


def test_a_ready_line_that_is_not_given_is_90():
    assert Target((PLAIN,)).ready_line == 90


@pytest.mark.parametrize(
    ("lowest", "top"), [(2, 5), (-1, 5), (0, 0), (1, 1), (0, 11), (0, 4.0)]
)
def test_a_scale_begins_at_0_or_1_and_ends_at_10_at_most(lowest, top):
    with pytest.raises(ScoringError, match="begin at 0 or 1"):
        Target((), None, lowest, top)


@pytest.mark.parametrize(("lowest", "top"), [(0, 1), (1, 2), (0, 10), (1, 10)])
def test_every_other_scale_is_one(lowest, top):
    asked = Requirement("a", top, 1, hours=(1,) * (top - lowest))
    target = Target((asked,), None, lowest, top)

    assert score(target, {"a": Answer(top)}).readiness == 100


@pytest.mark.parametrize("rating", [6, -1, 2.5, "3"])
@pytest.mark.parametrize("scoring", [score, readiness_of])
def test_a_rating_off_the_scale_is_refused(scoring, rating):
    with pytest.raises(ScoringError) as error:
        scoring(make_target(("risk", 4, 3)), {"risk": Answer(rating)})

    assert str(error.value) == (
        f'skill "risk": rating is {rating}; rate it with a whole number from 0 to 5, '
        "or leave it unanswered."
    )


def test_a_scale_from_1_has_no_0():
    target = make_target(("risk", 4, 3, 0, None, None), lowest=1)

    with pytest.raises(ScoringError, match="from 1 to 5"):
        score(target, {"risk": Answer(0)})


@pytest.mark.parametrize("rating", [True, 3.0])
def test_a_score_takes_no_number_that_only_looks_whole(rating):
    with pytest.raises(ScoringError, match="rating is"):
        score(make_target(("risk", 4, 3)), {"risk": Answer(rating)})


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(3, not_applicable="no"), "not_applicable is 'no'; choose one of true"),
        (
            Answer(3, confidence="sure"),
            "confidence is 'sure'; choose one of low, medium",
        ),
        (Answer(3, evidence="rumour"), "evidence is 'rumour'; choose one of none"),
    ],
)
def test_a_word_that_is_not_known_is_refused(answer, fault):
    with pytest.raises(ScoringError) as error:
        score(make_target(("risk", 4, 3)), {"risk": answer})

    assert f'skill "risk": {fault}' in str(error.value)
