"""`manage.py score_file`: vectors in, results out, and one line for bad input."""

import io
import json
import sys
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command

from assessment.management.commands.score_file import Command
from assessment.score_files import parse_score_file, score_vectors
from tests.assessment.score_cases import (
    VECTORS_PATH,
    exact,
    load_vectors,
    make_ladder_file,
    make_vector,
)

VECTORS = load_vectors()
WHAT_IFS = {"what_if_lower", "what_if_higher"}
TOLERANCE = 1e-4

STATUS_KEYS = {"status", "reasons"}
INSUFFICIENT_KEYS = STATUS_KEYS | {"answered_share", "not_applicable_share"}
SCORED_KEYS = (
    INSUFFICIENT_KEYS
    | WHAT_IFS
    | {
        *("coverage", "ceiling", "readiness", "held", "worst_must_have_gap"),
        *("binding", "open_must_haves", "cuts", "coverage_rail", "must_have_rail"),
        *("band", "meets_all", "requirements_met", "requirements_total"),
        *("lower_bound", "upper_bound", "earned", "lost", "display"),
        *("likely_range", "domains", "gaps"),
    }
)


def run_command(*arguments):
    output = io.StringIO()
    call_command("score_file", *arguments, stdout=output)
    return output.getvalue()


def write_file(tmp_path, content):
    path = tmp_path / "vectors.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(path)


def score_of(*vectors):
    return score_vectors(parse_score_file(json.dumps({"vectors": vectors})))["vectors"]


def assert_matches(actual, expected, path):
    """Compare as the vectors' notes say: exact numbers as fractions, floats nearly."""
    if isinstance(expected, dict) and "exact" in expected:
        assert exact(actual) == exact(expected), path
        assert actual["approx"] == pytest.approx(expected["approx"], abs=1e-6), path
    elif isinstance(expected, dict):
        assert actual.keys() == expected.keys(), path
        for key in expected:
            assert_matches(actual[key], expected[key], f"{path}.{key}")
    elif isinstance(expected, list):
        assert len(actual) == len(expected), path
        for number, item in enumerate(expected):
            assert_matches(actual[number], item, f"{path}[{number}]")
    elif isinstance(expected, float):
        assert actual == pytest.approx(expected, abs=TOLERANCE), path
    else:
        assert actual == expected, path


# The vectors


@pytest.fixture(scope="module")
def results():
    return json.loads(run_command(str(VECTORS_PATH)))


@pytest.mark.parametrize(
    "vector", VECTORS["vectors"], ids=lambda vector: vector["name"]
)
def test_command_reproduces_the_vectors(results, vector):
    result = results["vectors"][vector["name"]]

    if vector["expected"].keys() >= WHAT_IFS:
        assert_matches(result, vector["expected"], "")
    else:
        # The what-ifs were not computed for every vector.
        shown = {key: result[key] for key in result if key not in WHAT_IFS}
        assert_matches(shown, vector["expected"], "")


@pytest.mark.parametrize(
    "vector", VECTORS["level_vectors"], ids=lambda vector: vector["name"]
)
def test_command_reproduces_the_level_vectors(results, vector):
    result = results["level_vectors"][vector["name"]]

    assert_matches(result, vector["expected"], "")


def test_command_prints_every_vector_and_nothing_else(results):
    assert results.keys() == {"vectors", "level_vectors"}
    assert list(results["vectors"]) == [v["name"] for v in VECTORS["vectors"]]
    assert len(results["level_vectors"]) == len(VECTORS["level_vectors"])


@pytest.mark.parametrize(
    ("skill", "keys"),
    [
        ({"required": 0}, STATUS_KEYS),
        ({"rating": None}, INSUFFICIENT_KEYS),
        ({"rating": 3}, SCORED_KEYS),
    ],
)
def test_result_has_the_keys_of_its_status(skill, keys):
    result = score_of(make_vector(**skill))["v"]

    assert result.keys() == keys


def test_result_has_a_bundle_gain_only_if_a_must_have_is_binding():
    vector = make_vector(must_have=True, rating=3)
    free = score_of(vector)["v"]
    vector["input"]["skills"].append(
        {"id": "t", "required": 1, "weight": 9, "rating": 1}
    )
    bound = score_of(vector)["v"]

    assert free.keys() == SCORED_KEYS
    assert bound.keys() == SCORED_KEYS | {"bundle_gain"}


def test_level_that_cannot_be_measured_is_null():
    content = {
        "ladder": {"levels": [[{"id": "s", "required": 1, "weight": 1}]]},
        "level_vectors": [{"name": "blank", "ratings": {"s": None}}],
    }

    result = score_vectors(parse_score_file(json.dumps(content)))

    assert result["level_vectors"]["blank"] == {
        "level": None,
        "step_progress": None,
        "index": None,
        "also_qualifies": [],
        "below": [{"exact": "0", "approx": 0.0}],
        "per_level": [
            {"coverage": None, "readiness": None, "band": None, "cut_ready": 85}
        ],
    }


# Reading


@pytest.mark.parametrize("rating", ["0.1", '"1/10"', "1e-1", '"0.10"'])
def test_numbers_are_read_as_the_text_that_they_are(rating):
    text = json.dumps({"vectors": [make_vector(rating=7)]}).replace("7", rating)

    result = score_vectors(parse_score_file(text))

    assert exact(result["vectors"]["v"]["worst_must_have_gap"]) == 0
    assert exact(result["vectors"]["v"]["coverage"]) == Fraction(10, 4)


def test_own_hours_are_used_where_they_are_given():
    hours = ["1", 2, 3.5, 4, 5]

    result = score_of(make_vector(rating=2, hours=hours))["v"]

    assert exact(result["gaps"][0]["step_hours"]) == Fraction(7, 2)


def test_optional_keys_have_the_defaults_of_the_model():
    plain = make_vector(rating=3)
    full = make_vector(
        rating=3,
        must_have=False,
        not_applicable=False,
        confidence="medium",
        evidence="none",
        hours=None,
        domain="",
    )
    full["input"] |= {"level_below_coverage": None, "angoff_cut": None}

    assert score_of(plain) == score_of(full)


@pytest.mark.parametrize("keys", [("name", "input"), ("input",)])
def test_file_may_be_one_bare_vector(keys):
    vector = make_vector(name="v", rating=3)
    content = json.dumps({key: vector[key] for key in keys})

    (result,) = score_vectors(parse_score_file(content))["vectors"].values()

    assert result == score_of(vector)["v"]


def test_file_may_be_one_bare_input():
    vector = make_vector(rating=3)

    result = score_vectors(parse_score_file(json.dumps(vector["input"])))

    assert result["vectors"] == {"vector": score_of(vector)["v"]}


# The command


def test_command_needs_no_database(tmp_path):
    # pytest-django forbids the database to tests that do not ask for it.
    output = run_command(write_file(tmp_path, {"vectors": [make_vector(rating=3)]}))

    assert exact(json.loads(output)["vectors"]["v"]["readiness"]) == 75


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (None, "cannot be read: No such file or directory; check the name."),
        (b"\xff\xfe", "is not UTF-8 text; save it as UTF-8."),
    ],
)
def test_command_refuses_a_file_that_cannot_be_read(tmp_path, data, fault):
    path = tmp_path / "vectors.json"
    if data:
        path.write_bytes(data)

    with pytest.raises(CommandError) as error:
        run_command(str(path))

    assert str(error.value) == f"{path} {fault}"
    assert error.value.returncode == 2


def test_command_reads_standard_input_and_exits_with_2_and_one_line(
    monkeypatch, capsys
):
    content = json.dumps({"vectors": [make_vector(rating=9)]}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    with pytest.raises(SystemExit) as stop:
        Command().run_from_argv(["manage.py", "score_file", "-"])

    assert stop.value.code == 2
    assert capsys.readouterr() == (
        "",
        'CommandError: vector "v", skill "s": rating is 9; '
        "rate it from 0 to 5, or leave it unanswered.\n",
    )


def test_command_refuses_to_run_without_a_file():
    with pytest.raises(CommandError) as error:
        run_command()

    assert str(error.value) == "no file is named; name one, or - for the input."


# Explaining


EXPLANATION = """\
v: 75, nearly

1. Status: complete.
   answered: 100 % of the weight that applies; not applicable: 0 % of all weight

2. Coverage: the part of each requirement that is reached, by weight.
                         required    rating   reached    weight    earned
   s                            4         3      0.75         1        75
   coverage = 75

3. Ceiling: each level missing in the worst must-have costs 16 points.
   open must-haves: none
   ceiling = 100 - 16 x 0 = 100

4. Readiness: the lower of coverage and ceiling.
   readiness = 75, shown as 75

5. Verdict: nearly.
   ready from 85, nearly from 70, developing from 50, foundation from 30
   coverage allows nearly, must-haves allow ready

6. Where the missing 25 points are:
   s                           25

7. Likely range (80 %): 55.8 to 94.2.
   every rating a little lower: 67.50, developing
   every rating a little higher: 82.50, nearly

8. Gaps, the one to work on first on top.
   1. s (build): next step +25 points shown, +25 banked, in 80 hours; priority 100
"""


def test_explain_tells_a_score_step_by_step(tmp_path):
    path = write_file(tmp_path, make_vector(rating=3))

    assert run_command(path, "--explain") == EXPLANATION
    assert run_command("--explain", path) == EXPLANATION
    assert run_command(path, "--explain", "v") == EXPLANATION


def test_explain_tells_what_holds_and_what_is_open():
    text = run_command(str(VECTORS_PATH), "--explain", "worked_2_must_have_hold")

    assert "   7 points are held by planning, communication\n" in text
    assert "   planning, communication one step up together: +16\n" in text


def test_explain_tells_the_bounds_of_a_provisional_score():
    name = "worked_3_missing_na_uncertainty"

    text = run_command(str(VECTORS_PATH), "--explain", name)

    assert "   not answered: cloud\n" in text
    assert (
        "   readiness would be 74.43 if all that is not answered were 0, "
        "88.07 if it were met\n"
    ) in text


def test_explain_tells_why_there_is_no_score(tmp_path):
    path = write_file(tmp_path, make_vector(must_have=True))

    assert run_command(path, "--explain") == (
        "v: no score (coverage_below_min, must_have_unanswered, nothing_answered)\n"
        "answered: 0 % of the weight that applies\n"
        "not applicable: 0 % of all weight\n"
        "answer next: s\n"
    )


def test_explain_tells_the_place_on_the_ladder(tmp_path):
    a, b = {"id": "a", "required": 1}, {"id": "b", "required": 1, "weight": 9}
    content = make_ladder_file(
        [a, b], [a | {"must_have": True}, b], ratings={"a": "1/2", "b": 1}
    )

    text = run_command(write_file(tmp_path, content), "--explain", "p")

    assert text == (
        "p: level 1, 0 % of the step to the next\n"
        "level 2: coverage 95, readiness 92, developing (ready from 100)\n"
        "level 1: coverage 95, readiness 95, ready (ready from 85)\n"
        "held at this level by a\n"
    )


def test_explain_refuses_a_name_that_is_not_there(tmp_path):
    path = write_file(tmp_path, {"vectors": [make_vector(), make_vector("w")]})

    with pytest.raises(CommandError) as error:
        run_command(path, "--explain", "x")

    assert str(error.value) == 'there is no vector "x"; choose one of v, w.'
    assert error.value.returncode == 2
