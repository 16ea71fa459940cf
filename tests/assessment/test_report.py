"""From answers to what the page prints: sums, order, words."""

import math
import random
from dataclasses import replace

import pytest

from assessment import sentences
from assessment.answers import Answer
from assessment.measuring import measure
from assessment.report import SORTS, compose_report
from assessment.scoring import Scored
from tests.factories import shipped_spec, small_spec

SKILLS = ("planning", "tooling", "testing", "communication", "leadership")


def answers(values, **more):
    """{skill: Answer} of the small framework from digits; "-" is not answered."""
    said = {
        key: Answer(value=int(digit))
        for key, digit in zip(SKILLS, values, strict=True)
        if digit != "-"
    }
    return said | more


def report_of(values, level="tpm", sort="lost", spec=None, **more):
    spec = spec or small_spec()
    return compose_report(
        spec, spec.levels_by_key[level], answers(values, **more), sort=sort
    )


def tenths(text):
    """A printed number of points as whole tenths."""
    sign = -1 if text[0] in "-\u2212" else 1
    return sign * int(text.lstrip("+-\u2212").replace(".", ""))


# Sums


@pytest.fixture(scope="module")
def shipped():
    return shipped_spec()


def random_answers(spec, level, source):
    """Answers that may be scored: some left out, some open, must-haves answered."""
    said = {}
    for skill in spec.skills:
        requirement = level.requirement(skill.key)
        chance = source.random()
        if chance < 0.05 and not requirement.must_have:
            said[skill.key] = Answer(not_applicable=True, reason="not here")
        elif chance > 0.04 or requirement.must_have:
            said[skill.key] = Answer(value=source.randint(0, 5))
    return said


@pytest.mark.parametrize("seed", range(20))
def test_a_thousand_random_reports_add_up(shipped, seed):
    source = random.Random(seed)
    made = 0
    while made < 50:
        level = source.choice(shipped.levels)
        said = random_answers(shipped, level, source)
        result = measure(shipped, level, said)
        if not isinstance(result, Scored):
            continue
        made += 1

        report = compose_report(shipped, level, said)

        total = report.summary.readiness_tenths
        assert total == result.display.readiness_tenths
        assert report.summary.figure == str(result.display.score)
        parts = [row for row in report.account if not row.kind or row.kind == "held"]
        assert sum(tenths(row.points) for row in parts) == total
        lost = [row for row in report.missing if not row.kind]
        assert sum(tenths(row.points) for row in lost) == 1000 - total
        shown = [row.lost for row in report.rows if row.lost]
        assert sum(tenths(text) for text in shown) == 1000 - total


def test_what_is_held_stands_in_verdict_account_and_card():
    report = report_of("13232")

    held = next(row for row in report.account if row.kind == "held")
    assert held.points == "\u221212.3"
    assert report.summary.verdict.endswith(
        "One must-have, Planning, holds 12.3 points back."
    )
    assert report.gaps[0].holds == "Holds 12.3 points back"


# Order and parts


def test_the_first_gap_is_the_one_that_holds_points():
    report = report_of("12121")

    assert [gap.name for gap in report.gaps] == ["Planning", "Communication", "Testing"]


def test_gaps_name_the_next_statement_and_its_hours():
    gap = report_of("23232").gaps[0]

    assert gap.next == small_spec().skills_by_key["planning"].statement(3)
    assert (gap.you, gap.asked, gap.short) == ("2 Guided", "3 Independent", "1 short")
    assert gap.hours == "40"


def test_strengths_are_met_requirements_with_must_haves_first():
    report = report_of("33230")

    assert [each.name for each in report.strengths] == [
        "Planning",
        "Communication",
        "Tooling",
        "Testing",
    ]
    assert "You meet 4 of 5" in report.strengths_note


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_shows_every_skill_once(sort):
    report = report_of("12340", sort=sort)

    assert sorted(row.key for row in report.rows) == sorted(SKILLS)
    assert [bool(c.sort) for c in report.columns].count(True) == 1


def test_sorting_by_name_and_by_gap():
    by_name = [row.name for row in report_of("12340", sort="name").rows]
    by_gap = [row.gap for row in report_of("12340", sort="gap").rows]

    assert by_name == sorted(by_name)
    assert by_gap == sorted(by_gap, reverse=True)


def test_a_blank_a_zero_and_not_relevant_are_three_things():
    left_out = Answer(not_applicable=True, reason="We buy our tools.")

    report = report_of("3-033", tooling=left_out)

    texts = {row.key: row.text for row in report.rows}
    assert texts["testing"] == "0, asked 2"
    assert "tooling" not in texts
    assert [(each.name, each.reason) for each in report.left_out] == [
        ("Tooling", "We buy our tools.")
    ]


def test_an_open_skill_makes_the_report_provisional():
    report = report_of("33-33")

    row = next(row for row in report.rows if row.key == "testing")
    assert (row.text, row.state, row.lost) == ("not answered, asked 2", "unrated", "")
    assert report.summary.provisional
    assert report.unanswered == ("Testing",)
    assert report.summary.score == 99


def test_what_is_not_asked_stands_apart():
    report = report_of("33333", level="junior-tpm")

    assert report.not_asked == ("Leadership",)
    assert "leadership" not in [row.key for row in report.rows]


def test_the_ladder_shows_every_rung_from_the_top():
    report = report_of("33232")

    assert [row.name for row in report.ladder] == ["Senior TPM", "TPM", "Junior TPM"]
    assert [row.target for row in report.ladder] == [False, True, False]
    assert [row.held for row in report.ladder] == [False, True, False]


def test_groups_show_what_they_are_worth_and_what_is_covered():
    delivery, people = report_of("13222").groups

    # importance 5, 3, 3 and 4, 2; attained 1/3, 1, 1 and 2/3, 1
    assert (delivery.name, delivery.worth, delivery.covered) == (
        "Delivery",
        round(100 * 11 / 17),
        math.floor(100 * (5 / 3 + 6) / 11),
    )
    assert (people.worth, people.covered) == (
        round(100 * 6 / 17),
        math.floor(100 * (8 / 3 + 2) / 6),
    )
    assert (delivery.met, people.met) == ("2 of 3", "1 of 2")
    assert delivery.bar.worth == "100.00%"


def test_a_group_without_an_answer_is_left_out():
    left_out = Answer(not_applicable=True, reason="Another team.")
    report = report_of("3323-", leadership=left_out)

    assert report.groups[1].met == "1 of 1"


def test_the_strip_divides_what_the_table_lists():
    report = report_of("13222")

    lost = [tenths(row.points) for row in report.missing[:-1]]
    assert report.points_bar.missing_length == sum(lost)
    assert len(report.points_bar.missing_dashes.split()) == 2 * len(lost)


@pytest.mark.parametrize("values", ["33232", "10120", "55051", "13222"])
def test_each_rung_shows_the_range_that_the_engine_gives_it(values):
    spec = small_spec()

    for row, level in zip(
        report_of(values, spec=spec).ladder, reversed(spec.ladder), strict=True
    ):
        result = measure(spec, level, answers(values))
        low, high = result.likely_range
        assert row.range == sentences.span(math.floor(low), math.ceil(high))
        assert row.bar.low == f"{math.floor(low):.2f}%"
        assert math.floor(low) <= row.score <= math.ceil(high)


def test_a_rung_says_what_it_lacks():
    provisional, *_ = report_of("33-32").ladder
    spec = small_spec()
    asking = [
        replace(
            level,
            requirements=tuple(
                replace(item, must_have=item.must_have or item.skill == "testing")
                for item in level.requirements
            ),
        )
        if level.key == "senior-tpm"
        else level
        for level in spec.levels
    ]
    lacking, *_ = report_of("33-32", spec=replace(spec, levels=tuple(asking))).ladder

    assert provisional.band == "On the way, provisional"
    assert (lacking.band, lacking.score, lacking.range) == (
        "Not measured: answer Testing",
        None,
        "",
    )


def test_no_report_without_a_score():
    with pytest.raises(ValueError, match="must_have_unanswered"):
        report_of("-3333")


def test_answered_counts_what_counts():
    left_out = Answer(not_applicable=True, reason="We buy our tools.")

    report = report_of("3-333", tooling=left_out)

    assert (report.made_of[0].value, report.strengths_note[:18]) == (
        "4 of 4",
        "You meet all 4 req",
    )


def test_one_gap_is_told_as_one():
    report = report_of("33332", level="senior-tpm", spec=small_spec())
    single = report_of("23333")

    assert len(report.gaps) == 3
    assert (single.gaps_title, single.gaps_note) == (
        "The one gap",
        "Close it, and every skill that you answered is met.",
    )


def test_an_open_must_have_is_named_though_it_holds_nothing():
    report = report_of("32221")

    assert not report.summary.verdict.endswith("points back.")
    assert "The must-have Communication is still open." in report.summary.verdict


def test_every_label_of_a_gain_names_what_it_waits_for():
    source = random.Random(3)
    for _ in range(300):
        digits = "".join(str(source.randint(0, 5)) for _ in SKILLS)
        for level in ("tpm", "senior-tpm", "cloud"):
            labels = [gap.gain_label for gap in report_of(digits, level=level).gaps]
            assert not [label for label in labels if "  " in label], digits
