"""The words of the report in their singular, plural and zero forms."""

from fractions import Fraction

import pytest

from assessment import scoring, sentences
from careers.words import counted, listed


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "no gaps"), (1, "one gap"), (2, "two gaps"), (13, "13 gaps")],
)
def test_counted(number, said):
    assert counted(number, "gap", "gaps") == said


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_listed(names, said):
    assert listed(names) == said


@pytest.mark.parametrize(
    ("tenths", "said"), [(0, "0.0"), (7, "0.7"), (126, "12.6"), (-5, "-0.5")]
)
def test_printed(tenths, said):
    assert sentences.printed(tenths) == said


@pytest.mark.parametrize(
    ("ends", "said"), [((57, 79), "57 to 79"), ((100, 100), "100")]
)
def test_span(ends, said):
    assert sentences.span(*ends) == said


@pytest.mark.parametrize(
    ("met", "said"),
    [
        (0, "None of the 20 requirements is met yet. That is where you start."),
        (9, "You meet 9 of 20 requirements. These count most for TPM."),
        (20, "You meet all 20 requirements. These count most for TPM."),
    ],
)
def test_strengths_note(met, said):
    assert sentences.strengths_note(met, 20, "TPM") == said


NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma", "d": "Delta"}


def insufficient(unanswered, *reasons):
    return scoring.Insufficient(
        scoring.Status.INSUFFICIENT, reasons, None, None, tuple(unanswered)
    )


@pytest.mark.parametrize(
    ("unanswered", "reason", "said"),
    [
        ("a", "must_have_unanswered", "Answer Alpha to measure it."),
        ("abc", "coverage_below_min", "Answer Alpha, Beta and Gamma to measure it."),
        (
            "abcd",
            "nothing_answered",
            "Answer Alpha, Beta and two more skills to measure it.",
        ),
        (
            "",
            "too_many_not_applicable",
            "More than 30 % of what counts is left out as not relevant.",
        ),
        (
            "a",
            "too_many_not_applicable",
            "Answer Alpha to measure it. More than 30 % of what counts is left out as not "
            "relevant.",
        ),
        (
            "",
            "no_required_skills",
            "This level asks for none of the skills that apply.",
        ),
    ],
)
def test_not_measured(unanswered, reason, said):
    result = insufficient(unanswered, scoring.Reason(reason))

    assert sentences.not_measured(result, NAMES) == said


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (5, "All five are measured."),
        (
            4,
            "Four of five are measured. The other one stands last, with what is missing.",
        ),
        (
            1,
            "One of five is measured. The other four stand last, each with what is missing.",
        ),
        (
            3,
            "Three of five are measured. The other two stand last, each with what is missing.",
        ),
    ],
)
def test_fit_note(measured, said):
    assert sentences.fit_note(measured, 5) == said


@pytest.mark.parametrize(
    ("only", "both", "said"),
    [
        (0, 20, "A and B ask for the same 20 skills."),
        (0, 1, "A and B ask for the same skill."),
        (1, 4, "One skill is asked by only one of them, four skills by both."),
        (2, 1, "Two skills are asked by only one of them, one skill by both."),
        (2, 0, "Two skills are asked by only one of them, no skills by both."),
    ],
)
def test_asked_by_one(only, both, said):
    assert sentences.asked_by_one("A", "B", only, both) == said


@pytest.mark.parametrize(
    ("count", "shown", "said"),
    [
        (0, 0, "No single step brings points to both."),
        (1, 1, "One step brings points of coverage to both."),
        (4, 4, "Four steps bring points of coverage to both."),
        (
            9,
            5,
            "Nine steps bring points of coverage to both. These five bring the most.",
        ),
    ],
)
def test_steps_note(count, shown, said):
    assert sentences.steps_note(count, shown) == said


RUNGS = ["Junior TPM", "TPM", "Senior TPM"]


@pytest.mark.parametrize(
    ("level", "step", "blocked", "said"),
    [
        (None, None, [], "Too little is answered to place you on the ladder."),
        (0, None, [], "You stand before Junior TPM."),
        (
            1,
            50,
            [],
            "You hold Junior TPM by your own rating. 50 % of the way from there to TPM is done.",
        ),
        (
            1,
            None,
            ["Planning"],
            "You hold Junior TPM by your own rating. What keeps you from TPM: Planning.",
        ),
        (3, None, [], "You hold Senior TPM by your own rating."),
    ],
)
def test_current_level(level, step, blocked, said):
    assert (
        sentences.current_level(level=level, step=step, names=RUNGS, blocked=blocked)
        == said
    )


def test_every_band_and_every_reason_has_its_words():
    assert set(sentences.BAND_TITLES) == set(scoring.BANDS)
    assert set(sentences.REASON_SENTENCES) == set(scoring.Reason)
    assert [sentences.band_step(band) for band in scoring.BANDS] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("missing", "holders", "said"),
    [
        (0, [], "All 100 points are yours: nothing is missing."),
        (320, [], "Every missing point stands beside its skill."),
        (320, ["Planning"], "They come back when Planning rises."),
        (
            320,
            ["Planning", "Tooling"],
            "They come back when Planning and Tooling rise.",
        ),
    ],
)
def test_the_note_on_the_points_says_where_they_are(missing, holders, said):
    note = sentences.points_note(missing=missing, holders=holders)

    assert said in note
    assert note.endswith(".")
    assert ("strip" in note) is bool(missing)


def test_the_next_step_is_one_thing_to_do():
    assert sentences.raise_next(skill="Planning", to="3 Independent", hours=60) == (
        "Raise Planning to 3 Independent, about 60 hours."
    )
    assert sentences.raise_next(skill="Planning", to="1 Aware", hours=1) == (
        "Raise Planning to 1 Aware, about one hour."
    )
    assert sentences.answer_next(["Planning"]) == "Answer Planning."
    assert sentences.answer_next(["Planning", "Tooling"]) == (
        "Answer Planning and Tooling."
    )
    assert sentences.answer_next(["Planning", "Tooling", "Testing"]) == (
        "Answer Planning, Tooling and one other."
    )
    assert sentences.nothing_next("TPM") == (
        "Collect evidence for TPM and ask for a review."
    )


def test_names_with_commas_are_told_apart():
    assert listed(["Risk", "Planning, time and priorities"]) == (
        "Risk; and Planning, time and priorities"
    )
    assert listed(["a", "b, c", "d"]) == "a; b, c; and d"


def test_a_tiny_gain_is_not_called_nothing():
    assert sentences.printed_gain(Fraction(1, 100)) == "under 0.1"
    assert sentences.printed_gain(Fraction(0)) == "+0.0"
    assert sentences.printed_gain(Fraction(143, 10)) == "+14.3"


def test_limits_are_said_as_the_parameters_have_them():
    said = sentences.REASON_SENTENCES
    assert "80 %" in said[scoring.Reason.COVERAGE_BELOW_MIN]
    assert "30 %" in said[scoring.Reason.TOO_MANY_NOT_APPLICABLE]
    assert sentences.percent(Fraction(1, 8)) == "12.5 %"
