"""How firm the number is, in sentences that say what the engine says."""

import math
import random
import re
from dataclasses import replace

import pytest

from assessment import sentences
from assessment.measuring import measure, skill_inputs
from assessment.report.case import build_case
from assessment.report.sensitivity import sensitivity
from assessment.scoring import BANDS, CURRENT, Band, Scored, score
from tests.assessment.test_report import answers, random_answers
from tests.factories import shipped_spec, small_spec


def said_of(values, level="tpm"):
    spec = small_spec()
    return sensitivity(build_case(spec, spec.levels_by_key[level], answers(values)))


# The sentences


@pytest.mark.parametrize(
    ("score", "lower", "band", "then", "said"),
    [
        (
            90,
            78,
            "ready",
            "nearly",
            "the score would be 78, and the verdict Nearly there instead of Ready to make "
            "the case.",
        ),
        (
            100,
            100,
            "ready",
            "ready",
            "the score would still be 100, and the verdict would stay: Ready to make the "
            "case.",
        ),
        (
            75,
            74,
            "nearly",
            "nearly",
            "the score would be 74, and the verdict would stay: Nearly there.",
        ),
        (
            60,
            49,
            "developing",
            "foundation",
            "the score would be 49, and the verdict Building the base instead of On the "
            "way.",
        ),
        (
            31,
            24,
            "foundation",
            "exploring",
            "the score would be 24, and the verdict Exploring instead of Building the "
            "base.",
        ),
        (
            0,
            0,
            "exploring",
            "exploring",
            "the score would still be 0, and the verdict would stay: Exploring.",
        ),
    ],
)
def test_seen_lower(score, lower, band, then, said):
    text = sentences.seen_lower(
        shift="0.3", score=score, lower=lower, band=Band(band), then=Band(then)
    )

    start = "If a reviewer saw you 0.3 of a level lower everywhere, "
    assert text == start + said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (520, "fall by 16.0 points, to 52.0"),
        (684, "rise by 0.4 points, to 68.4"),
        (690, "rise by 1.0 point, to 69.0"),
        (680, "change by less than a tenth of a point"),
    ],
)
def test_what_one_number_moves(after, said):
    requirement = sentences.requirement_matters(
        level="TPM",
        skill="Planning",
        asked="3 Independent",
        instead="4 Leading",
        before=680,
        after=after,
    )
    importance = sentences.importance_matters(
        skill="Planning", importance=4, instead=5, most=5, before=680, after=after
    )

    assert requirement == (
        "The requirement that matters most is Planning: if TPM asked for 4 Leading "
        f"instead of 3 Independent, the score would {said}."
    )
    assert importance == (
        "The importance that matters most is that of Planning: at 5 instead of 4 out of "
        f"5, the score would {said}."
    )


@pytest.mark.parametrize(
    ("meets_all", "held_by", "said"),
    [
        (
            False,
            ["Planning"],
            "No single importance would change the score: Planning sets its limit, "
            "however the skills are weighed.",
        ),
        (
            False,
            ["Planning", "Risk"],
            "No single importance would change the score: Planning and Risk set its limit, "
            "however the skills are weighed.",
        ),
        (
            True,
            [],
            "No importance would change the score: everything asked for is met.",
        ),
        (
            False,
            [],
            "No single importance, one step higher or lower, would change the score.",
        ),
    ],
)
def test_no_importance_matters(meets_all, held_by, said):
    text = sentences.no_importance_matters(meets_all=meets_all, held_by=held_by)

    assert text == said


# What a report says


def test_nothing_known_is_nothing_lost():
    assert said_of("00000") == (
        "If a reviewer saw you 0.3 of a level lower everywhere, the score would still be "
        "0, and the verdict would stay: Exploring.",
        "No single requirement, one level higher or lower, would change the score.",
        "No single importance, one step higher or lower, would change the score.",
    )


def test_a_must_have_that_holds_the_score_outweighs_importance():
    texts = said_of("13232")

    assert texts[1].startswith("The requirement that matters most is Planning: if TPM")
    assert "Planning sets its limit" in texts[2]


def test_all_met_with_room_to_spare_is_firm():
    lower, requirement, importance = said_of("55555", "junior-tpm")

    assert "still be 100" in lower
    assert requirement == sentences.no_requirement_matters()
    assert importance == sentences.no_importance_matters(meets_all=True, held_by=[])


@pytest.mark.parametrize("seed", range(8))
def test_every_number_is_that_of_scoring_again(seed):
    spec, source = shipped_spec(), random.Random(seed)
    level = source.choice(spec.levels)
    said = random_answers(spec, level, source)
    if not isinstance(measure(spec, level, said), Scored):
        said = random_answers(spec, level, random.Random(2))
    case = build_case(spec, level, said)
    inputs = skill_inputs(spec, level, said)
    shift = CURRENT.what_if_shift
    lower = score(
        [
            replace(each, rating=max(0, each.rating - shift))
            if each.rating is not None
            else each
            for each in inputs
        ]
    )

    texts = sensitivity(case)

    whole = re.search(r"be (\d+),", texts[0])
    assert whole[1] == str(min(math.floor(lower.readiness), lower.display.score))
    for text, field in zip(texts[1:], ("required", "weight"), strict=True):
        found = again(case, inputs, field)
        shown = re.search(r"to (\d+\.\d)\.$", text)
        assert (shown and shown[1]) == found


def again(case, inputs, field):
    """The printed readiness after the change that moves it most, or None without one."""
    most, printed = 0, None
    for place, each in enumerate(inputs):
        scale = (1, 5)
        for change in (1, -1):
            new = getattr(each, field) + change
            is_counted = each.required and each.rating is not None
            if not (is_counted and scale[0] <= new <= scale[1]):
                continue
            changed = list(inputs)
            changed[place] = replace(each, **{field: new})
            moved = score(changed).readiness - case.result.readiness
            if abs(moved) > most:
                after = math.floor(10 * (case.result.readiness + moved))
                same = after == case.result.display.readiness_tenths
                most, printed = abs(moved), None if same else f"{after / 10:.1f}"
    return printed


def test_every_band_has_its_words():
    for band in BANDS:
        text = sentences.seen_lower(shift="0.3", score=1, lower=0, band=band, then=band)
        assert sentences.BAND_TITLES[band] in text
