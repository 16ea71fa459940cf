"""The same answers for other targets: the list of all, and two side by side."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.answers import Answer, measure
from assessment.comparison import compare_targets, fits_of, other_target
from assessment.report import report_of
from scoring.result import Scored
from tests.assessment.test_answers import random_answers
from tests.factories import (
    SKILLS,
    make_assessment,
    make_shipped_framework,
    shipped_spec,
    small_spec,
)
from tests.reading import elements, links, texts

NAME = {skill.key: skill.name for skill in shipped_spec().skills}


def answers(digits, **more):
    """{skill: Answer} from digits; "-" is not answered."""
    said = {
        key: Answer(value=int(digit))
        for key, digit in zip(SKILLS, digits, strict=True)
        if digit != "-"
    }
    return said | more


def report_from(digits, level="tpm", spec=None, **more):
    spec = spec or small_spec()
    return report_of(spec, spec.levels_by_key[level], answers(digits, **more))


def random_report(seed):
    """Answers that are scored at their own target, and not at every other."""
    spec, source = shipped_spec(), random.Random(seed)
    while True:
        level = source.choice(spec.levels)
        said = random_answers(spec, source)
        if isinstance(measure(spec, level, said), Scored):
            return report_of(spec, level, said)


def keys(reports):
    return [each.level.key for each in reports]


# All targets


@pytest.mark.parametrize("seed", range(5))
def test_each_target_has_the_number_of_its_own_report(seed):
    report = random_report(seed)

    shown, passed = fits_of(report)

    assert sorted(keys(shown + passed)) == sorted(report.spec.levels_by_key)
    for there in shown + passed:
        result = measure(report.spec, there.level, report.answers)
        assert there.is_measured is isinstance(result, Scored)
        if there.is_measured:
            assert there.result.score == result.score
            assert there.result.band == result.band
            assert there.tenths_to_ready == (
                10 * result.ready_line - result.readiness_tenths
            )
            assert [each.key for each in there.open_must_haves] == list(
                result.open_must_haves
            )


@pytest.mark.parametrize("seed", range(5))
def test_the_order_is_ready_then_the_way_to_the_own_line_then_not_measured(seed):
    shown, _ = fits_of(random_report(seed))

    kinds = [
        2 if not there.is_measured else 0 if there.result.band == "ready" else 1
        for there in shown
    ]
    assert kinds == sorted(kinds)
    ways = [
        there.tenths_to_ready
        for there, kind in zip(shown, kinds, strict=True)
        if kind == 1
    ]
    assert ways == sorted(ways)


def test_an_executive_fits_the_top_of_the_ladder_best():
    """Who meets the VP's requirements, and is not the best beginner: W26's order."""
    spec = shipped_spec()
    vp = spec.levels_by_key["vp-tpm"]
    said = {item.skill: Answer(value=item.required) for item in vp.requirements}

    shown, passed = fits_of(report_of(spec, vp, said))

    assert keys(shown)[0] == "vp-tpm"
    assert set(keys(passed)) == {rung.key for rung in spec.ladder} - {"vp-tpm"}


def test_the_most_demanding_of_the_ready_stands_first_whatever_its_score():
    """All are 100; junior-tpm and coordinator come first in neither framework order."""
    shown, passed = fits_of(report_from("44444"))

    assert keys(shown) == ["senior-tpm", "cloud", "tpm", "coordinator"]
    assert keys(passed) == ["junior-tpm"]  # TPM is passed as well, and the target


def test_the_way_to_the_line_counts_and_not_the_score():
    """A stricter line puts a higher score behind a lower one."""
    spec = small_spec()
    levels = tuple(
        level.replaced(ready_line=99) if level.key == "coordinator" else level
        for level in spec.levels
    )

    usual, _ = fits_of(report_from("33321"))
    strict, _ = fits_of(report_from("33321", spec=spec.replaced(levels=levels)))

    scores = {there.level.key: there.result.readiness_tenths for there in strict}
    assert scores["coordinator"] > scores["tpm"]
    assert keys(usual).index("coordinator") < keys(usual).index("tpm")
    assert keys(strict).index("coordinator") > keys(strict).index("tpm")


def test_rungs_under_the_one_held_are_folded_the_target_and_the_one_held_are_not():
    held_tpm = report_from("33232", level="senior-tpm")
    assert held_tpm.held.key == "tpm"

    assert keys(fits_of(held_tpm)[1]) == ["junior-tpm"]
    assert keys(fits_of(report_from("33232", level="junior-tpm"))[1]) == []
    assert "tpm" in keys(fits_of(held_tpm)[0])


# The page of all targets


@pytest.fixture
def submit(framework, alice):
    def submit(digits, target="tpm", **more):
        return make_assessment(
            owner=alice, ratings=answers(digits, **more), target=target, submit=True
        )

    return submit


def fit_page(client, done):
    return client.get(reverse("assessment:fit", args=[done.uid]))


def test_fit_lists_all_targets_and_leads_to_each_comparison(submit, alice_client):
    page = fit_page(alice_client, submit("22222"))

    content = page.content.decode()
    for key in ("junior-tpm", "senior-tpm", "cloud", "coordinator"):
        assert f"?first=tpm&amp;second={key}" in content
    assert "second=tpm" not in content
    rows = texts(page, "tr")
    assert len([row for row in rows if "Verdict" not in row]) == 5


def test_fit_says_what_is_missing(submit, alice_client):
    rows = texts(fit_page(alice_client, submit("33222")), "tr")

    assert rows[1:] == [
        "Junior TPM Rung 1 of 3 100 Ready to make the case reaches 90 No must-have "
        "Compare with Junior TPM",
        "TPM Target Rung 2 of 3 82 Nearly there 7.1 below 90 Must-have Communication",
        "Coordinator Related career 82 Nearly there 7.1 below 90 Must-have Communication "
        "Compare with Coordinator",
        "Cloud Specialization · general skills only: the topics of the field are not rated 73 On the way 16.4 below 90 Must-have Communication Compare "
        "with Cloud",
        "Senior TPM Rung 3 of 3 50 On the way 39.7 below 90 Must-haves Planning and "
        "Communication Compare with Senior TPM",
    ]


def test_fit_counts_must_haves_where_many_are_missing(alice, alice_client):
    """Of Lead TPM's ten, the first three and the first four are a level short."""
    framework = make_shipped_framework()
    lead = shipped_spec().levels_by_key["lead-tpm"]
    must_haves = [item.skill for item in lead.must_haves]
    for short, said in (
        (3, f"Must-haves {NAME[must_haves[0]]}, "),
        (4, "4 must-haves"),
    ):
        ratings = {
            item.skill: item.required - (item.skill in must_haves[:short])
            for item in lead.requirements
        }
        done = make_assessment(
            owner=alice,
            framework=framework,
            ratings=ratings,
            target="lead-tpm",
            submit=True,
        )

        row = next(
            row
            for row in texts(fit_page(alice_client, done), "tr")
            if " Target Rung " in row
        )

        assert said in row


def test_fit_says_what_to_answer(submit, alice_client):
    left_out = Answer(not_applicable=True, reason="Not here.")
    several = submit("33-3-", target="junior-tpm", tooling=Answer(value=2))
    out = submit("3-232", tooling=left_out)

    rows = " ".join(texts(fit_page(alice_client, several), "tr"))
    assert (
        "Senior TPM Rung 3 of 3 – Not measured Answer Testing and Leadership to" in rows
    )
    assert "Not measured" not in " ".join(texts(fit_page(alice_client, out), "tr"))


def test_fit_folds_what_is_passed(submit, alice_client):
    page = fit_page(alice_client, submit("44444", target="senior-tpm"))

    (folded,) = texts(page, "details", "disclosure")
    assert folded.startswith("2 rungs under Senior TPM, which you hold")
    assert "Compare with Junior TPM" in folded
    assert "Compare with Cloud" not in folded


@pytest.mark.parametrize(("digits", "is_said"), [("22222", False), ("00012", True)])
def test_a_higher_rung_that_scores_more_is_explained(
    submit, alice_client, digits, is_said
):
    """00012: 11 at TPM, which asks for leadership, and 9 at Junior TPM."""
    page = fit_page(alice_client, submit(digits))

    said = (
        "The rungs weigh the same skills differently, so TPM may show a little more than "
        "Junior TPM."
    )
    assert (said in texts(page, "main")[0]) is is_said


@pytest.mark.parametrize("name", ["fit", "compare"])
def test_these_pages_take_four_queries(submit, alice_client, name):
    address = reverse(f"assessment:{name}", args=[submit("22222").uid])
    alice_client.get(address)

    with CaptureQueriesContext(connection) as queries:
        alice_client.get(address)

    assert len(queries) == 4


# Two targets


def compared(digits, first="tpm", second="cloud", **more):
    report = report_from(digits, **more)
    levels = report.spec.levels_by_key
    return compare_targets(report, levels[first], levels[second])


@pytest.mark.parametrize("seed", range(5))
def test_both_sides_are_the_reports_of_their_targets(seed):
    report = random_report(seed)
    first, second = random.Random(seed).sample(report.spec.levels, 2)

    comparison = compare_targets(report, first, second)

    for side, level in ((comparison.first, first), (comparison.second, second)):
        result = measure(report.spec, level, report.answers)
        assert side.is_measured is isinstance(result, Scored)
        if side.is_measured:
            assert side.result.readiness_tenths == result.readiness_tenths
            assert side.lost_tenths == result.display.lost_tenths
        else:
            assert side.result.reasons == result.reasons
            assert side.gaps == [] == [each for each in side.skills if each.lost_tenths]
    lost = [row.lost_tenths for row in comparison.by_lost]
    assert lost == sorted(lost, reverse=True)


def test_what_only_one_asks_for_is_named():
    comparison = compared("33333", "junior-tpm", "senior-tpm")

    assert comparison.only_first == []
    assert [each.key for each in comparison.only_second] == ["leadership"]
    assert compared("33333").only_second == []


def test_a_step_that_helps_both_has_its_points_in_both():
    comparison = compared("22333")

    step = next(row for row in comparison.steps if row.skill.key == "planning")

    spec = small_spec()
    for side, key in ((step.first, "tpm"), (step.second, "cloud")):
        level = spec.levels_by_key[key]
        before = measure(spec, level, answers("22333")).readiness_tenths
        after = measure(spec, level, answers("32333")).readiness_tenths
        assert side.gap.gain_step_tenths == after - before > 0
    assert [row.skill.key for row in comparison.steps] == ["planning", "tooling"]


def test_the_steps_that_bring_most_to_both_together_stand_first():
    comparison = compared("00000", "tpm", "coordinator")

    gains = [
        (row.first.gap.gain_step_tenths, row.second.gap.gain_step_tenths)
        for row in comparison.steps
    ]
    assert [sum(each) for each in gains] == sorted(map(sum, gains), reverse=True)
    assert [each[0] for each in gains] != sorted((g[0] for g in gains), reverse=True)


@pytest.mark.parametrize(
    ("digits", "target", "other"),
    [
        ("22222", "tpm", "senior-tpm"),  # the rung above, though Junior TPM is nearest
        ("22222", "junior-tpm", "tpm"),
        (
            "11111",
            "senior-tpm",
            "junior-tpm",
        ),  # the top: the nearest above what is held
        ("33232", "senior-tpm", "tpm"),  # the nearest is the target: what is held
        ("22222", "cloud", "tpm"),  # not on the ladder: the nearest rung
        ("44444", "coordinator", "senior-tpm"),  # all are held: the highest
    ],
)
def test_the_second_target_is_the_rung_above_or_the_nearest(digits, target, other):
    assert other_target(report_from(digits, level=target)).key == other


def test_a_single_target_has_no_other():
    spec = small_spec()
    alone = spec.replaced(careers=spec.careers[:1], levels=spec.levels[:1])

    assert other_target(report_from("22222", level="junior-tpm", spec=alone)) is None


# The page of two


@pytest.fixture
def compare(submit, alice_client):
    """Opens the comparison with these targets."""
    address = reverse("assessment:compare", args=[submit("22222").uid])
    return lambda **targets: alice_client.get(address, targets)


def test_compare_opens_with_the_rung_above(compare):
    for page in (compare(), compare(utm_source="mail")):
        assert texts(page, "h1") == ["TPM or Senior TPM"]
        chosen = [a["value"] for a, _ in elements(page, "option") if "selected" in a]
        assert chosen == ["tpm", "senior-tpm"]


def test_compare_says_what_a_step_brings_to_both(submit, alice_client):
    done = submit("33222")

    page = alice_client.get(reverse("assessment:compare", args=[done.uid]))

    assert (
        "One step brings points to both. Communication 2 to 3: +17.1 for TPM, +10.4 for "
        "Senior TPM. About 40 hours. I show communication at level 3."
    ) in texts(page, "main")[0]


def test_compare_calls_no_must_have_open_whose_own_level_is_there(alice, alice_client):
    """Lead TPM asks for 4, and for the 3 that is a must-have since Senior TPM."""
    senior = shipped_spec().levels_by_key["senior-tpm"]
    done = make_assessment(
        owner=alice,
        framework=make_shipped_framework(),
        ratings={item.skill: item.required for item in senior.requirements},
        target="senior-tpm",
        submit=True,
    )

    page = alice_client.get(reverse("assessment:compare", args=[done.uid]))

    (row,) = (row for row in texts(page, "tr") if NAME["requirements"] in row)
    assert "requires 3 must-have met requires 4 must-have: met" in row


def test_compare_shows_two_targets_by_their_address(compare):
    page = compare(first="senior-tpm", second="cloud")

    assert texts(page, "h1") == ["Senior TPM or Cloud"]
    assert links(page)["Cloud"] == "/specializations/cloud/"


def test_three_kinds_of_nothing_are_told_apart(submit, alice_client):
    left_out = Answer(not_applicable=True, reason="We buy our tools.")
    done = submit("3-03-", tooling=left_out, target="junior-tpm")

    page = alice_client.get(reverse("assessment:compare", args=[done.uid]))

    rows = [row for row in texts(page, "tr") if "requires" in row]
    you = {row.split()[0]: row for row in rows}
    assert you["Testing"].startswith("Testing 0 Not yet requires 1")
    assert you["Tooling"].startswith("Tooling left out requires 2")
    assert you["Leadership"].startswith(
        "Leadership not answered not required requires 2"
    )


def test_a_target_without_a_score_says_what_to_answer(submit, alice_client):
    done = submit("33-3-", target="junior-tpm")

    page = alice_client.get(
        reverse("assessment:compare", args=[done.uid]),
        {"first": "junior-tpm", "second": "senior-tpm"},
    )

    said = texts(page, "main")[0]
    assert (
        "Senior TPM is not measured. Answer Testing and Leadership to measure it."
        in said
    )
    assert "No single step brings points to both." in said


@pytest.mark.parametrize(
    ("targets", "field", "said"),
    [
        ({"first": "tpm"}, "second", "Choose the second target."),
        ({"second": "tpm"}, "first", "Choose the first target."),
        (
            {"first": "king'--", "second": "tpm"},
            "first",
            "This target is not in the framework. Choose another.",
        ),
        (
            {"first": "tpm", "second": "tpm"},
            "second",
            "Choose a target that is not the first one.",
        ),
    ],
)
def test_compare_says_what_to_choose_and_keeps_the_other(compare, targets, field, said):
    response = compare(**targets)

    content = response.content.decode()
    assert response.context["form"].errors == {field: [said]}
    assert said in content
    assert content.count("selected>") == ("tpm" in targets.values()) + (
        targets.get("first") == targets.get("second")
    )
