"""The words of the report in their singular, plural and zero forms."""

import pytest

from assessment import sentences
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
            "You hold Junior TPM by your own rating. 50 % of the step to TPM is done.",
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
    assert set(sentences.BAND_TITLES) == set(sentences.BANDS)
    assert set(sentences.REASON_SENTENCES) == set(sentences.Reason)
    assert [sentences.band_step(band) for band in sentences.BANDS] == [1, 2, 3, 4, 5]
