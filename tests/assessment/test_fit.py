"""The same answers for other targets: the list of all, and two side by side."""

import random
from dataclasses import replace

import pytest
from django.urls import reverse

from assessment.answers import Answer
from assessment.compare_page import compare_page
from assessment.fit_page import fit_page, other_target
from assessment.measuring import measure
from assessment.report.case import build_case
from assessment.report.fit import all_fits, best_fits
from assessment.scoring import Scored
from tests.assessment.test_report import answers, random_answers, tenths
from tests.factories import SKILLS, make_assessment, shipped_spec, small_spec


def case_of(values, level="tpm", spec=None, **more):
    spec = spec or small_spec()
    return build_case(spec, spec.levels_by_key[level], answers(values, **more))


def random_case(seed):
    """Answers that are scored at their own target, and not at every other."""
    spec, source = shipped_spec(), random.Random(seed)
    while True:
        level = source.choice(spec.levels)
        said = random_answers(spec, level, source)
        if isinstance(measure(spec, level, said), Scored):
            return build_case(spec, level, said)


# All targets


@pytest.mark.parametrize("seed", range(10))
def test_each_row_shows_the_engines_numbers(seed):
    case = random_case(seed)

    rows = all_fits(case)

    assert {row.key for row in rows} == set(case.spec.levels_by_key)
    for row in rows:
        result = measure(case.spec, case.spec.levels_by_key[row.key], case.answers)
        if not isinstance(result, Scored):
            assert (row.score, row.band, row.deciding) == (None, "Not measured", ())
            continue
        assert (row.score, row.ready_cut) == (result.display.score, result.cuts.ready)
        lost = {
            case.names[key]: tenths
            for key, tenths in result.display.lost_tenths.items()
        }
        for skill in row.deciding:
            assert skill.lost == f"{lost[skill.name] / 10:.1f}"
        most = sorted(lost.values(), reverse=True)[:3]
        if not result.binding:
            assert [f"{tenths / 10:.1f}" for tenths in most if tenths] == [
                skill.lost for skill in row.deciding
            ]


def test_rows_stand_from_the_most_ready_to_what_is_not_measured():
    spec = small_spec()
    cloud = spec.levels_by_key["cloud"]
    asked = tuple(
        replace(item, must_have=item.skill in {"testing"})
        for item in cloud.requirements
    )
    spec = replace(
        spec,
        levels=tuple(
            replace(level, requirements=asked) if level is cloud else level
            for level in spec.levels
        ),
    )

    rows = all_fits(case_of("33-32", spec=spec))

    assert [(row.key, row.score) for row in rows] == [
        ("junior-tpm", 99),
        ("tpm", 99),
        ("coordinator", 99),
        ("senior-tpm", 76),
        ("cloud", None),
    ]
    assert rows[-1].missing == "Answer Testing to measure it."
    assert [row.target for row in rows].index(True) == 1
    assert rows[3].band == "On the way, provisional"


def test_what_holds_the_score_stands_first():
    row = next(row for row in all_fits(case_of("13222")) if row.target)

    assert [(skill.name, skill.holds) for skill in row.deciding] == [
        ("Planning", True),
        ("Communication", False),
    ]


def test_the_best_fits_are_other_careers():
    assert [row.key for row in best_fits(case_of("33333"))] == ["coordinator", "cloud"]
    beside = best_fits(case_of("33333", level="coordinator"))
    assert [row.key for row in beside] == ["cloud"]


def test_a_ladder_alone_is_compared_with_its_rungs():
    spec = small_spec()
    alone = replace(spec, careers=spec.careers[:1], levels=spec.levels[:3])

    case = case_of("33333", spec=alone)

    assert best_fits(case) == []
    assert other_target(case) == "junior-tpm"
    assert fit_page(case).note == "All three are measured."


# Two targets


def compared(values, first="tpm", second="cloud", **more):
    case = case_of(values, **more)
    levels = case.spec.levels_by_key
    return compare_page(case, levels[first], levels[second])


@pytest.mark.parametrize("seed", range(10))
def test_both_sides_show_the_engines_numbers(seed):
    case = random_case(seed)
    first, second = random.Random(seed).sample(case.spec.levels, 2)

    page = compare_page(case, first, second)

    shown = {fact.label: (fact.first, fact.second) for fact in page.facts}
    for side, level in enumerate((first, second)):
        result = measure(case.spec, level, case.answers)
        is_scored = isinstance(result, Scored)
        score = str(result.display.score) if is_scored else "not measured"
        assert shown["Readiness"][side] == score
        if is_scored:
            cells = [(row.first, row.second)[side] for row in page.rows]
            notes = [cell.note.removesuffix(" lost") for cell in cells if cell.note]
            lost = sum(int(note.replace(".", "")) for note in notes)
            assert lost == 1000 - result.display.readiness_tenths


def test_what_only_one_asks_for_is_named():
    page = compared("33333", "junior-tpm", "senior-tpm")

    assert page.only_note == (
        "One skill is asked by only one of them, four skills by both."
    )
    assert [(only.title, only.skills) for only in page.only] == [
        ("Asked by Senior TPM only", "Leadership")
    ]
    row = next(row for row in page.rows if row.name == "Leadership")
    assert (row.first.text, row.second.text) == ("not asked", "asked 4")


def test_a_step_that_helps_both_has_its_points_in_both():
    page = compared("22333")

    case = case_of("22333")
    spec = case.spec
    gains = []
    for key in ("tpm", "cloud"):
        level = spec.levels_by_key[key]
        raised = measure(spec, level, answers("32333")).coverage
        gains.append(raised - measure(spec, level, case.answers).coverage)
    step = next(step for step in page.steps if step.name == "Planning")
    assert [step.first, step.second] == [f"+{float(gain):.1f}" for gain in gains]
    assert (step.text, step.hours) == ("2 to 3", "40")
    assert page.steps_note == "Two steps bring points of coverage to both."


def test_the_steps_that_bring_most_to_both_together_stand_first():
    page = compared("22111", "tpm", "cloud")

    together = [tenths(step.first) + tenths(step.second) for step in page.steps]
    alone = [tenths(step.first) for step in page.steps]
    assert together == sorted(together, reverse=True)
    assert alone != sorted(alone, reverse=True)


def test_three_kinds_of_nothing_are_told_apart():
    left_out = Answer(not_applicable=True, reason="We buy our tools.")

    page = compared("3-03-", tooling=left_out, level="junior-tpm")

    asides = {row.name: row.aside for row in page.rows}
    assert asides["Testing"] == "You: 0 Not yet"
    assert asides["Tooling"] == "Left out as not relevant"
    assert asides["Leadership"] == "Not answered"


def test_a_target_without_a_score_says_what_to_answer():
    page = compared("3333-", "junior-tpm", "senior-tpm", level="junior-tpm")
    assert page.missing == ()

    page = compared("33-3-", "junior-tpm", "senior-tpm", level="junior-tpm")
    assert page.missing == (
        "Senior TPM is not measured. Answer Testing and Leadership to measure it.",
    )
    assert page.facts[0].second == "not measured"
    assert page.steps == ()


# The pages


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, ratings=dict.fromkeys(SKILLS, 2), submit=True)


@pytest.fixture
def compare(done, alice_client):
    """Opens the comparison with these targets."""
    address = reverse("assessment:compare", args=[done.uid])
    return lambda **targets: alice_client.get(address, targets)


def test_fit_lists_all_targets_and_leads_to_each_comparison(done, alice_client):
    response = alice_client.get(reverse("assessment:fit", args=[done.uid]))

    content = response.content.decode()
    links = [row.key for row in response.context["page"].rows if not row.target]
    assert len(links) == 4
    for key in links:
        assert f"?first=tpm&amp;second={key}" in content


def test_compare_shows_two_targets_by_their_address(compare):
    page = compare(first="senior-tpm", second="cloud").context["page"]

    assert (page.first.name, page.second.name) == ("Senior TPM", "Cloud")


def test_compare_asks_for_two_targets_and_suggests_them(compare):
    for response in (compare(), compare(utm_source="mail")):
        form = response.context["form"]
        assert (response.context["page"], form.is_bound) == (None, False)
        assert form.initial == {"first": "tpm", "second": "coordinator"}


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
