"""The words beside gaps, figures, points, rungs and answers: singular, plural and zero."""

from fractions import Fraction

import pytest

from assessment import sentences
from assessment.scoring import Band


@pytest.mark.parametrize(
    ("shown", "said"),
    [(0, ""), (1, "The one gap"), (2, "The two gaps that matter most")],
)
def test_gaps_title(shown, said):
    assert sentences.gaps_title(shown) == said


@pytest.mark.parametrize(
    ("gaps", "binding", "said"),
    [
        (0, [], ""),
        (1, ["Planning"], "Close it, and every skill that you answered is met."),
        (2, [], "The order weighs points, must-haves and hours."),
        (
            2,
            ["Planning"],
            "The first one comes before the others: until it is raised, their points are "
            "banked but do not show.",
        ),
        (
            3,
            ["Planning", "Testing"],
            "Raise Planning and Testing together by one level: +14.3.",
        ),
    ],
)
def test_gaps_note(gaps, binding, said):
    note = sentences.gaps_note(gaps=gaps, binding=binding, together="+14.3")

    assert note == said


def test_the_words_of_a_gap_have_their_singular():
    assert sentences.holds_back(0) == ""
    assert sentences.holds_back(10) == "Holds 1.0 point back"
    assert sentences.holds_back(126) == "Holds 12.6 points back"
    assert sentences.action_with_hours("Read it.", 1) == "Read it. About 1 hour."
    assert sentences.action_with_hours("Read it.", 8) == "Read it. About 8 hours."
    later = sentences.gain_shown_later
    assert later(["Testing"]).endswith("once Testing is raised too")
    assert later(["Testing", "Tooling"]).endswith(
        "once Testing and Tooling are raised too"
    )


def test_the_ceiling_says_what_a_level_costs():
    assert "less 1 point for each level" in sentences.ceiling(1)
    assert "less 16 points for each level" in sentences.ceiling(16)


def test_held_points_wait_for_one_or_for_all():
    assert sentences.held_until(["Testing"]) == "Held until Testing rises"
    assert sentences.held_until(["Testing", "Tooling"]) == (
        "Held until Testing and Tooling rise"
    )


@pytest.mark.parametrize(
    ("unanswered", "said"),
    [
        ([], "Not measured"),
        (["a"], "Not measured: answer a"),
        (list("abc"), "Not measured: answer a, b and c"),
        (list("abcd"), "Not measured: answer a, b and two more skills"),
    ],
)
def test_a_rung_without_a_number_hides_no_open_answer(unanswered, said):
    assert sentences.rung_not_measured(unanswered) == said


def test_a_provisional_band_says_so():
    assert sentences.band_at(Band.READY, provisional=False) == "Ready to make the case"
    assert sentences.band_at(Band.READY, provisional=True) == (
        "Ready to make the case, provisional"
    )


def test_what_is_left_out_is_said_alike_before_and_after():
    share, most = Fraction(1, 8), Fraction(3, 10)

    assert "12.5 % of the weight" in sentences.left_out_sentence(share)
    assert "12.5 % of the weight" in sentences.left_out_note(share, most)
    assert "above 30 %" in sentences.left_out_note(share, most)
    assert sentences.left_out_sentence(Fraction(0)) == ""
    assert sentences.left_out_note(Fraction(0), most) == ""


def test_none_of_many_targets_is_measured():
    assert sentences.fit_note(0, 5) == (
        "None of five is measured; each says what is missing."
    )


def test_a_change_of_one_point_is_one_point():
    def said(noise):
        return sentences.score_change(
            before=600, after=600, noise=noise, is_clear=False
        )

    assert said(0.6).endswith("clear above about 1 point.")
    assert said(1.2).endswith("clear above about 2 points.")


def test_nothing_to_compare_is_said():
    said = sentences.skills_change(clear=0, noise=0, same=0, apart=0)

    assert said == "There is no skill to compare."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, ""),
        (1, "One skill is not answered."),
        (3, "Three skills are not answered."),
    ],
)
def test_missing_text(count, said):
    assert sentences.missing_text(count) == said


@pytest.mark.parametrize(
    ("total", "still_open", "said"),
    [
        (1, 0, "The one must-have is met by your own rating."),
        (4, 0, "All four must-haves are met by your own rating."),
        (4, 1, "One must-have is open."),
        (4, 3, "Three must-haves are open."),
    ],
)
def test_must_haves_met(total, still_open, said):
    assert sentences.must_haves_met(total, still_open) == said


@pytest.mark.parametrize(
    ("must_haves", "said"),
    [(1, "this skill is 12 % of what TPM"), (4, "these four skills are 12 % of what")],
)
def test_why_a_quick_look_has_no_score(must_haves, said):
    why = sentences.why_no_score(
        must_haves=must_haves, percent_of_weight=12, level="TPM"
    )

    assert said in why


def test_old_answers_are_asked_about_one_by_one_or_together():
    assert sentences.rated_long_ago(["Testing"]).endswith("Testing. Is it still true?")
    assert sentences.rated_long_ago(["Testing", "Tooling"]).endswith(
        "Testing and Tooling. Are they still true?"
    )
