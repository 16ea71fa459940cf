"""Every fault of a score file is one line that names the place and the cure."""

import json

import pytest

from assessment.score_files.reading import ScoreFileError, parse_score_file
from assessment.score_files.writing import score_vectors
from tests.scoring.cases import VECTORS, make_ladder_file, make_vector

A, B = {"key": "a", "required": 1}, {"key": "b", "required": 1}
ROW = A | {"importance": 1}


def fault_in(content):
    text = content if isinstance(content, str) else json.dumps(content)
    with pytest.raises(ScoreFileError) as error:
        score_vectors(parse_score_file(text))
    return str(error.value)


@pytest.mark.parametrize("case", VECTORS["errors"], ids=lambda case: case["name"])
def test_fault_of_the_vectors_says_what_they_ask_for(case):
    fault = fault_in(case["file"])

    assert [word for word in case["says"] if word not in fault] == []
    assert "\n" not in fault


@pytest.mark.parametrize(
    ("skill", "fault"),
    [
        (
            {"ratting": 3},
            'key "ratting" is not known; correct its name, or leave it out',
        ),
        ({"rating": 5.1}, "rating is 5.1; write a whole number"),
        ({"rating": 4.0}, "rating is 4.0; write a whole number"),
        ({"rating": -1}, "rating is -1; rate it with a whole number from 0 to 5"),
        ({"rating": True}, "rating is true; write a whole number"),
        ({"rating": "three"}, 'rating is "three"; write a whole number'),
        ({"rating": "3"}, 'rating is "3"; write a whole number'),
        ({"rating": float("nan")}, "rating is NaN; write a whole number"),
        ({"rating": float("inf")}, "rating is Infinity; write a whole number"),
        ({"rating": [3]}, "rating is [3]; write a whole number"),
        ({"required": 6}, "required is 6; give a whole number from 0 to 5"),
        ({"required": None}, "required is null; write a whole number"),
        ({"importance": 0}, "importance is 0; give a whole number from 1"),
        (
            {"must_have_level": 5},
            "must_have_level is 5; give a whole number from 0 to 4",
        ),
        ({"must_have_level": True}, "must_have_level is true; write a whole number"),
        ({"must_have": True}, 'key "must_have" is not known'),
        ({"not_applicable": "no"}, 'not_applicable is "no"; write true or false'),
        (
            {"confidence": "sure"},
            "confidence is 'sure'; choose one of low, medium, high",
        ),
        ({"evidence": None}, "evidence is null; write a text in quotes"),
        ({"evidence": "x"}, "evidence is 'x'; choose one of none, described, linked"),
        ({"hours": [8, 20, 40, 80]}, "hours are (8, 20, 40, 80); give 5 whole numbers"),
        ({"hours": [8, 20, 40, 80, 0]}, "hours are (8, 20, 40, 80, 0); give 5 whole"),
        ({"hours": 8}, "hours is 8; write it as [...]"),
        ({"hours": [8, 20, 40, 80, 0.5]}, "hours is 0.5; write a whole number"),
    ],
)
def test_bad_skill_is_named_with_its_vector_and_the_cure(skill, fault):
    message = fault_in({"vectors": [make_vector(**skill)]})

    assert message.startswith(f'vector "v", skill "s": {fault}')
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"skills": {}}, "skills is {}; write it as [...]."),
        ({"ready_line": 101}, "ready_line is 101; give a whole number from 90 to 100"),
        ({"ready_line": "x"}, 'ready_line is "x"; write a whole number'),
        ({"top": 11}, "the scale is 0..11; begin at 0 or 1 and end above it"),
        ({"cut": 90}, 'key "cut" is not known; correct its name'),
        (
            {"scoring_version": "1.0"},
            'scoring_version is "1.0"; use 2.0, or leave it out',
        ),
        ({"scoring_version": 2}, "scoring_version is 2; write a text in quotes"),
    ],
)
def test_bad_input_is_named_with_its_vector(change, fault):
    vector = make_vector(rating=3)
    vector["input"] |= change

    assert fault_in({"vectors": [vector]}).startswith(f'vector "v": {fault}')


@pytest.mark.parametrize(
    ("skills", "fault"),
    [
        ([3], 'vector "v": skills is 3; write it as {...}.'),
        (
            [{"required": 1, "importance": 1}],
            'vector "v", skill 1: key is missing; add',
        ),
        (
            [{"key": "a", "importance": 1}],
            'vector "v", skill "a": required is missing;',
        ),
        (
            [{"key": "a", "required": 1}],
            'vector "v", skill "a": importance is missing;',
        ),
        ([ROW | {"key": 7}], 'vector "v", skill 7: key is 7; write a text in quotes.'),
        (
            [ROW | {"key": "a\nb", "required": 9}],
            'vector "v", skill "a\\nb": required is 9; give',
        ),
        ([ROW, ROW], 'vector "v", skill "a": key is used twice; keep one of the rows.'),
    ],
)
def test_bad_skill_list_is_named(skills, fault):
    vector = {"name": "v", "input": {"skills": skills}}

    assert fault_in({"vectors": [vector]}).startswith(fault)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "the file is not JSON: Expecting value in line 1; mend that line."),
        ('{"vectors": [}', "the file is not JSON: Expecting value in line 1; mend"),
        ("[" * 100_000, "the file holds a number too long or lists too deep to read"),
        ("9" * 5000, "the file holds a number too long or lists too deep to read"),
        ([], "the file is []; write it as {...}."),
        ({}, 'the file has no vectors; put a list under "vectors".'),
        ({"vectors": {}}, "vectors is {}; write it as [...]."),
        ({"vectors": [], "vector": []}, 'key "vector" is not known; correct its name'),
        ({"vectors": [3]}, "vectors is 3; write it as {...}."),
        ({"vectors": [{"name": "v"}]}, 'vector "v": input is missing; add it.'),
        (
            {"vectors": [make_vector(), make_vector()]},
            'vector "v": the name is used twice; rename one.',
        ),
        (
            '{"vectors": [{"name": "v", "name": "w", "input": {}}]}',
            'vector "w": key "name" is written twice; keep one of them.',
        ),
        (
            '{"skills": [{"key": "a", "rating": 1, "rating": 2}]}',
            'vector 1, skill "a": key "rating" is written twice; keep one of them.',
        ),
        (
            '{"schema": "tpmguide-report", "input": {}, "input": {"skills": []}}',
            'vector "report": key "input" is written twice; keep one of them.',
        ),
        (
            {"schema": "tpmguide-report", "answers": []},
            'vector "report": input is missing; add it.',
        ),
    ],
)
def test_bad_file_is_refused_with_the_cure(content, fault):
    assert fault_in(content).startswith(fault)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            make_ladder_file([A], ratings={"z": 1}),
            'level vector "p", skill "z": the ladder does not know this skill; correct',
        ),
        (
            make_ladder_file([A], ratings={"a": 6}),
            'level vector "p", skill "a": rating is 6; rate it with a whole number',
        ),
        (
            make_ladder_file([A], ratings={"a": "x"}),
            'level vector "p": a is "x"; write a whole number',
        ),
        (
            make_ladder_file([A], ratings=[1]),
            'level vector "p": ratings is [1]; write it as {...}',
        ),
        (
            make_ladder_file([A], [A | {"required": 7}], ratings={}),
            'ladder, level 2, skill "a": required is 7; give a whole number from 0 to 5',
        ),
        (
            make_ladder_file([A | {"rating": 3}], ratings={}),
            'ladder, level 1, skill "a": key "rating" is not known',
        ),
        (
            make_ladder_file([A, B | {"must_have": 1}], ratings={}),
            'ladder, level 1, skill "b": must_have is 1; write true or false',
        ),
        (
            {"level_vectors": [{"name": "p", "ratings": {}}]},
            'level vector "p": there is no ladder to stand on; add "ladder"',
        ),
        ({"ladder": {}, "vectors": []}, "ladder: levels is missing; add it."),
        (
            {"ladder": {"levels": [[ROW]], "ready_lines": []}, "vectors": []},
            "ladder: ready_lines are 0; give one, or null, for each of the 1 levels",
        ),
        (
            {"ladder": {"levels": [[ROW]], "ready_lines": [80]}, "vectors": []},
            "ladder, level 1: ready_line is 80; give a whole number from 90 to 100",
        ),
    ],
)
def test_bad_ladder_is_named_with_the_cure(content, fault):
    assert fault_in(content).startswith(fault)
