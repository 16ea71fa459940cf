"""The sentences of whole reports: every band and form, and nothing odd in any of them."""

import dataclasses
import random
import re

import pytest

from assessment.answers import Answer
from assessment.measuring import measure
from assessment.report import compose_report
from assessment.scoring import BANDS, CURRENT, Scored, Status
from tests.assessment.test_report import answers, random_answers
from tests.factories import shipped_spec, small_spec

ODD = re.compile(
    r"None|\bnan\b|\{|\}|  | ,| \.|\.\.|(?<![\d.])1 (?:points|skills|gaps|levels|hours|others)\b"
    r"|(?<!\d)1\.0 points\b|[^.]\+0\.0|\b0 hours\b|\bone (?:skills|gaps|others)\b"
)


def random_report(seed):
    """A report of the shipped framework with a score, of any target and status."""
    spec, source = shipped_spec(), random.Random(seed)
    while True:
        level = source.choice(spec.levels)
        said = random_answers(spec, level, source)
        if source.random() < 0.4:
            for key in source.sample(sorted(said), 3):
                said.pop(key)
        result = measure(spec, level, said)
        if isinstance(result, Scored):
            return compose_report(spec, level, said), result, level


def sentences_in(value):
    """All texts of a report that hold more than one word."""
    if isinstance(value, str):
        if " " in value:
            yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from sentences_in(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from sentences_in(each)


@pytest.mark.parametrize("seed", range(60))
def test_no_report_says_anything_odd(seed):
    report, *_ = random_report(seed)

    said = list(sentences_in(report))
    assert len(said) > 50
    assert [text for text in said if ODD.search(text)] == []
    ends = [report.summary.verdict, report.summary.next_step, report.points_note]
    assert [text for text in ends if not text.endswith(".")] == []


def test_an_odd_sentence_is_caught():
    for odd in ("1 points left", "a  b", "None of it", "worth +0.0", "one skills"):
        assert ODD.search(f"It is {odd}.")


@pytest.mark.parametrize("seed", range(60, 120))
def test_a_verdict_says_why_it_is_not_ready(seed):
    report, result, _ = random_report(seed)
    verdict = report.summary.verdict

    for key in result.binding:
        assert shipped_spec().skills_by_key[key].name in verdict
    if result.display.held_tenths:
        assert "back." in verdict
    is_high = result.display.score >= CURRENT.cut_ready
    names_the_cut = f"ready begins only at {result.cuts.ready}" in verdict
    assert names_the_cut is (is_high and result.coverage_rail != "ready")


@pytest.mark.parametrize(
    ("values", "band", "verdict", "step"),
    [
        (
            "33232",
            "ready",
            "By your own rating you meet everything TPM asks for. Next: collect evidence "
            "and ask for a review.",
            "Collect evidence for TPM and ask for a review.",
        ),
        (
            "33231",
            "ready",
            "By your own rating you are ready to make the case for TPM: every must-have "
            "is met, and 4 of 5 requirements.",
            "Raise Leadership to 2 Guided, about 20 hours.",
        ),
        (
            "33222",
            "nearly",
            "Most of TPM is in place. One gap stands out; closing Communication is worth "
            "+16.0. One must-have, Communication, holds 8.1 points back.",
            "Raise Communication to 3 Independent, about 40 hours.",
        ),
        (
            "13222",
            "developing",
            "You have a solid part of TPM. One must-have, Planning, holds 4.5 points back.",
            "Raise Planning to 2 Guided, about 20 hours.",
        ),
        (
            "11111",
            "foundation",
            "The base for TPM is begun. Pick one or two skills. Junior TPM may guide you "
            "better as a target. The must-haves Planning and Communication are still open.",
            None,
        ),
        (
            "00000",
            "exploring",
            "TPM is far off, which is fine for orientation. Compare with Junior TPM. The "
            "must-haves Planning and Communication are still open.",
            None,
        ),
    ],
)
def test_each_band_has_its_words(values, band, verdict, step):
    spec = small_spec()
    report = compose_report(spec, spec.levels_by_key["tpm"], answers(values))

    assert (report.summary.band, report.summary.verdict) == (band, verdict)
    if step:
        assert report.summary.next_step == step


def test_all_bands_and_both_statuses_are_among_the_random_reports():
    results = [random_report(seed)[1] for seed in range(120)]

    assert {result.band for result in results} == set(BANDS)
    assert {result.status for result in results} == {
        Status.COMPLETE,
        Status.PROVISIONAL,
    }


def test_a_high_score_below_its_cut_is_explained():
    spec, level = shipped_spec(), shipped_spec().levels_by_key["director-tpm"]
    said = answers_that_meet(level)
    short = [item for item in level.requirements if item.required > 1]
    for item in [each for each in short if not each.must_have][:6]:
        said[item.skill] = dataclasses.replace(
            said[item.skill], value=item.required - 1
        )

    summary = compose_report(spec, level, said).summary

    assert CURRENT.cut_ready <= summary.score < 99
    assert (
        "Here ready begins only at 99, because much of it is asked of Program Manager "
        "already." in summary.verdict
    )


def answers_that_meet(level):
    return {item.skill: Answer(value=item.required) for item in level.requirements}
