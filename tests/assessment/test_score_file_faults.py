"""Every fault of a score file is one line that names the place and the cure."""

import json

import pytest

from assessment.score_files import ScoreFileError, parse_score_file, score_vectors
from tests.assessment.score_cases import make_ladder_file, make_vector

A, B = {"id": "a", "required": 1}, {"id": "b", "required": 1}


def fault_in(content):
    text = content if isinstance(content, str) else json.dumps(content)
    with pytest.raises(ScoreFileError) as error:
        score_vectors(parse_score_file(text))
    return str(error.value)


IN_SKILL = 'vector "v", skill "s": '


@pytest.mark.parametrize(
    ("skill", "fault"),
    [
        ({"ratting": 3}, 'key "ratting" is not known; use id, required, weight'),
        ({"rating": 5.1}, "rating is 51/10; rate it from 0 to 5"),
        ({"rating": -1}, "rating is -1; rate it from 0 to 5"),
        ({"rating": True}, "rating is true, not a number; write a number such as"),
        ({"rating": "three"}, 'rating is "three", not a number; write'),
        ({"rating": float("nan")}, "rating is NaN, not a number; write"),
        ({"rating": float("inf")}, "rating is Infinity, not a number; write"),
        ({"rating": "1/0"}, "rating is 1/0; divide by a number other than 0"),
        ({"rating": "1e999999999"}, 'rating is "1e999999999", not a number'),
        ({"rating": [3]}, "rating is [3], not a number; write"),
        ({"required": 6}, "required is 6; require a level from 0 to 5"),
        ({"required": None}, "required is null, not a number; write"),
        (
            {"required": 0, "must_have": True},
            "is a must-have but requires only level 0",
        ),
        ({"weight": 0}, "weight is 0; give a number above 0"),
        ({"weight": -2}, "weight is -2; give a number above 0"),
        ({"must_have": "yes"}, 'must_have is "yes"; give true or false'),
        ({"confidence": "sure"}, 'confidence is "sure"; choose one of low, medium'),
        ({"evidence": None}, "evidence is missing; choose one of none, described"),
        ({"hours": [8, 20, 40, 80]}, "hours are 8, 20, 40, 80; give 5 numbers above 0"),
        ({"hours": [8, 20, 40, 80, 0]}, "hours are 8, 20, 40, 80, 0; give 5 numbers"),
        ({"hours": []}, "hours are empty; give 5 numbers above 0"),
        ({"hours": 8}, "hours is not a list; give one number for each level"),
        ({"hours": [8, 20, 40, 80, True]}, "hours is true, not a number; write"),
    ],
)
def test_bad_skill_is_named_with_its_vector_and_the_cure(skill, fault):
    message = fault_in({"vectors": [make_vector(**skill)]})

    assert message.startswith(IN_SKILL + fault)
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"skills": {}}, "skills is not a list; write it as [...]."),
        ({"level_below_coverage": 101}, "level_below_coverage is 101; give the"),
        ({"level_below_coverage": "x"}, 'level_below_coverage is "x", not a number'),
        ({"angoff_cut": False}, "angoff_cut is false, not a number; write a number"),
        ({"cut": 90}, 'key "cut" is not known; use skills, level_below_coverage'),
    ],
)
def test_bad_input_is_named_with_its_vector(change, fault):
    vector = make_vector(rating=3)
    vector["input"] |= change

    assert fault_in({"vectors": [vector]}).startswith(f'vector "v": {fault}')


@pytest.mark.parametrize(
    ("skills", "fault"),
    [
        ([3], 'vector "v", skill 1: this is 3, not an object; write it as {...}.'),
        ([{"required": 1, "weight": 1}], 'vector "v", skill 1: id is missing; add it.'),
        ([{"id": "a", "weight": 1}], 'vector "v", skill "a": required is missing; add'),
        ([{"id": "a", "required": 1}], 'vector "v", skill "a": weight is missing; add'),
        (
            [{"id": "a\nb", "required": 9, "weight": 1}],
            'vector "v", skill "a\\nb": required is 9; require',
        ),
        (
            [{"id": 7, "required": 1, "weight": 1}],
            'vector "v", skill 7: id is 7; name the skill with a text.',
        ),
        (
            [{"id": "a", "required": 1, "weight": 1}] * 2,
            'vector "v", skill "a": appears twice; give every skill its own id.',
        ),
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
        ([], "this is [], not an object; write it as {...}."),
        ({}, 'the file has no vectors; put a list under "vectors".'),
        ({"vectors": {}}, "vectors is not a list; write it as [...]."),
        ({"vector": []}, 'key "vector" is not known; use vectors, ladder'),
        ({"vectors": [3]}, "vector 1: this is 3, not an object; write it as {...}."),
        ({"vectors": [{"name": "v"}]}, 'vector "v": input is missing; add it.'),
        ({"vectors": [{"name": ""}]}, 'vector "": the name is not a text; name the'),
        (
            {"vectors": [make_vector(), make_vector()]},
            'vector "v": the name is used twice; rename one.',
        ),
        (
            '{"vectors": [{"name": "v", "name": "w", "input": {}}]}',
            'vector "w": key "name" is written twice; keep one of them.',
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
            'level vector "p", skill "z": the ladder does not know this skill; use a.',
        ),
        (
            make_ladder_file([A], ratings={"a": 6}),
            'level vector "p", skill "a": rating is 6; rate it from 0 to 5',
        ),
        (
            make_ladder_file([A], ratings={"a": "x"}),
            'level vector "p", skill "a": a is "x", not a number',
        ),
        (
            make_ladder_file([A], ratings=[1]),
            'level vector "p", ratings: this is [1], not an object; write',
        ),
        (
            make_ladder_file([A, B], [A], ratings={}),
            'ladder, skill "b": is known to one level and not to the one below it',
        ),
        (
            make_ladder_file([A], [{"id": "a", "required": 7}], ratings={}),
            'ladder, level 2, skill "a": required is 7; require a level from 0 to 5',
        ),
        (
            make_ladder_file([A | {"rating": 3}], ratings={}),
            'ladder, level 1, skill "a": key "rating" is not known; use id',
        ),
        (
            {"level_vectors": [{"name": "p", "ratings": {}}]},
            'level vector "p": there is no ladder to stand on; add "ladder"',
        ),
        ({"ladder": {}, "vectors": []}, "ladder: levels is missing; add it."),
    ],
)
def test_bad_ladder_is_named_with_the_cure(content, fault):
    assert fault_in(content).startswith(fault)


@pytest.mark.parametrize("version", ["0.9", 1, [], ""])
def test_a_scoring_version_that_is_not_known_is_a_fault(version):
    content = {"scoring_version": version, "skills": [A | {"weight": 1}]}

    fault = fault_in(content)

    assert fault.startswith('vector "vector": scoring_version ')
    assert fault.endswith("is not known; use 1.0, or leave it out.")


def test_a_report_without_its_input_is_a_fault():
    fault = fault_in({"schema": "tpmguide-report", "answers": []})

    assert fault == "input is missing; take the report along again."
