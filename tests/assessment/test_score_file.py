"""`manage.py score_file`: vectors in, results out, and one line for bad input."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from assessment.management.commands.score_file import Command
from assessment.score_files.reading import parse_score_file
from assessment.score_files.writing import (
    json_of_input,
    json_of_parameters,
    json_of_result,
    score_vectors,
)
from scoring.inputs import Answer, Requirement, Target
from scoring.parameters import CURRENT
from scoring.result import score
from tests.scoring.cases import (
    VECTORS,
    VECTORS_PATH,
    exact,
    make_ladder_file,
    make_vector,
)


def run_command(*arguments):
    output = io.StringIO()
    call_command("score_file", *arguments, stdout=output)
    return output.getvalue()


def write_file(tmp_path, content):
    path = tmp_path / "vectors.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(path)


def results_of(content):
    return score_vectors(parse_score_file(json.dumps(content)))


def score_of(*vectors):
    return results_of({"vectors": vectors})["vectors"]


# The vectors


def test_command_prints_what_the_vectors_expect_and_nothing_else():
    results = json.loads(run_command(str(VECTORS_PATH)))

    assert results == {
        kind: {each["name"]: each["expected"] for each in VECTORS[kind]}
        for kind in ("vectors", "level_vectors")
    }


def test_a_rung_that_is_not_measured_has_nulls():
    content = make_ladder_file([{"key": "s", "required": 1}], ratings={"s": None})

    result = results_of(content)["level_vectors"]["p"]

    assert result == {
        "level": None,
        "next_level": None,
        "rungs": [
            {
                "status": "insufficient",
                "reasons": ["coverage_below_min", "nothing_answered"],
                "ready_line": 90,
                "level_below_readiness": None,
                "coverage": None,
                "missing_levels": None,
                "readiness": None,
                "band": None,
                "open_must_haves": [],
            }
        ],
    }


def test_a_ladder_may_have_stricter_lines():
    content = make_ladder_file(
        [{"key": "s", "required": 1}, {"key": "t", "required": 5, "importance": 2}],
        [{"key": "s", "required": 5}, {"key": "t", "required": 5, "importance": 9}],
        ratings={"s": 3, "t": 5},
    )
    content["ladder"]["ready_lines"] = [None, 97]

    result = results_of(content)["level_vectors"]["p"]

    assert [rung["ready_line"] for rung in result["rungs"]] == [90, 97]
    assert (result["level"], result["rungs"][1]["band"]) == (1, "nearly")


# Reading


def test_optional_keys_have_the_defaults_of_the_model():
    plain = make_vector(rating=3)
    full = make_vector(
        rating=3,
        must_have_level=0,
        not_applicable=False,
        confidence="medium",
        evidence="none",
        hours=[8, 20, 40, 80, 120],
        group=None,
    )
    full["input"] |= {"ready_line": None, "scoring_version": "2.0"}

    assert score_of(plain) == score_of(full)


def test_own_hours_are_used_and_null_says_that_there_are_none():
    own = score_of(make_vector(rating=2, hours=[1, 2, 3, 4, 5]))["v"]["gaps"][0]
    none = score_of(make_vector(rating=2, hours=None))["v"]["gaps"][0]

    assert (own["step_hours"], own["close_hours"]) == (3, 7)
    assert (none["step_hours"], none["close_hours"]) == (None, None)


@pytest.mark.parametrize("keys", [("name", "input"), ("input",)])
def test_file_may_be_one_bare_vector(keys):
    vector = make_vector(rating=3)
    content = {key: vector[key] for key in keys}

    (result,) = results_of(content)["vectors"].values()

    assert result == score_of(vector)["v"]


def test_file_may_be_one_bare_input():
    vector = make_vector(rating=3)

    result = results_of(vector["input"])

    assert result["vectors"] == {"vector": score_of(vector)["v"]}


def test_file_may_be_a_report_of_which_only_the_input_is_read():
    target = Target(
        (Requirement("a", 4, 3, 2, "soft", None), Requirement("b", 7, 1, hours=None)),
        95,
        lowest=1,
        top=7,
    )
    answers = {"a": Answer(1, False, "low", "linked"), "c": Answer(2)}
    report = {
        "schema": "tpmguide-report",
        "answers": ["of another shape"],
        "input": json_of_input(target, answers),
    }

    result = results_of(report)["vectors"]["report"]

    assert result == json_of_result(score(target, answers))


def test_parameters_are_written_plainly():
    shown = json.loads(json.dumps(json_of_parameters(CURRENT)))

    assert shown["version"] == "2.0"
    assert shown["must_have_cut"] == "1/10"
    assert shown["hours"] == [8, 20, 40, 80, 120]
    assert shown["spread_hundredths"]["verified"] == 36


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
        'CommandError: vector "v", skill "s": rating is 9; rate it with a whole number '
        "from 0 to 5, or leave it unanswered.\n",
    )


def test_command_refuses_to_run_without_a_file():
    with pytest.raises(CommandError) as error:
        run_command()

    assert str(error.value) == "no file is named; name one, or - for the input."


# Explaining


EXPLANATION = """\
worked_3_provisional: 73, developing, provisional
  planning: 3 of 4, importance 5, must-have 4: earns 19.7, loses 15.4
  risk: 2 of 3, importance 4: earns 14.0, loses 6.6
  metrics: 3 of 3, importance 3: earns 15.8, loses 0.0
  communication: 4 of 4, importance 5, must-have 4: earns 26.3, loses 0.0
  coaching: 1 of 2, importance 2: earns 5.3, loses 5.0
coverage = 81.14
readiness = coverage x (9/10) ^ 1 missing levels = 73.03, ready from 90
not answered: cloud; readiness with them 63.07 to 75.34, kept back 0.0
gap 1, planning: next level +14.7, closed +14.7
gap 2, risk: next level +6.3, closed +6.3
gap 3, coaching: next level +4.7, closed +4.7
likely range (80 %) = 52 to 87
"""


def test_explain_tells_a_score_step_by_step(tmp_path):
    name = "worked_3_provisional"
    vector = next(each for each in VECTORS["vectors"] if each["name"] == name)
    path = write_file(tmp_path, vector)

    assert run_command(path, "--explain") == EXPLANATION
    assert run_command("--explain", path) == EXPLANATION
    assert run_command(path, "--explain", name) == EXPLANATION


def test_explain_shows_what_the_cap_of_a_provisional_number_keeps_back():
    text = run_command(str(VECTORS_PATH), "--explain", "provisional_all_answered_met")

    assert "readiness with them 90.00 to 100.00, kept back 1.0\n" in text


def test_explain_tells_why_there_is_no_score(tmp_path):
    path = write_file(tmp_path, make_vector(must_have_level=2))

    assert run_command(path, "--explain") == (
        "v: no score (coverage_below_min, must_have_unanswered, nothing_answered)\n"
        "not answered: s\n"
    )


def test_explain_tells_the_place_on_the_ladder(tmp_path):
    a, b = {"key": "a", "required": 1}, {"key": "b", "required": 1, "importance": 9}
    must, unrated = (
        a | {"must_have": True},
        {"key": "c", "required": 2, "importance": 9},
    )
    content = make_ladder_file(
        [a, b], [must, b], [a, b, unrated], ratings={"a": 0, "b": 1}
    )

    text = run_command(write_file(tmp_path, content), "--explain", "p")

    assert text == (
        "p: level 1\n"
        "level 1: coverage 90.00, missing levels 0, readiness 90.00, ready (ready from 90)\n"
        "level 2: coverage 90.00, missing levels 1, readiness 81.00, nearly (ready from 90)\n"
        "level 3: not measured (coverage_below_min)\n"
    )


@pytest.mark.parametrize(
    ("rating", "place"), [(0, "before level 1"), (None, "not measured")]
)
def test_explain_names_the_place_below_the_ladder(tmp_path, rating, place):
    content = make_ladder_file([{"key": "a", "required": 1}], ratings={"a": rating})

    text = run_command(write_file(tmp_path, content), "--explain")

    assert text.splitlines()[0] == f"p: {place}"


def test_explain_refuses_a_name_that_is_not_there(tmp_path):
    path = write_file(tmp_path, {"vectors": [make_vector(), make_vector("w")]})

    with pytest.raises(CommandError) as error:
        run_command(path, "--explain", "x")

    assert str(error.value) == 'there is no vector "x"; choose one of v, w.'
    assert error.value.returncode == 2
