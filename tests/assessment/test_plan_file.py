"""`manage.py plan_file`: JSON lines in, JSON lines out, and one line for bad input."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from careers.models import Framework
from tests.factories import REQUIRED, SKILLS, make_framework, small_spec


def run_command(tmp_path, *lines):
    path = tmp_path / "people.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts))
    output = io.StringIO()
    call_command("plan_file", str(path), stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def person(hours=100, target="tpm", **changes):
    """Meets the level exactly, but for the changes."""
    ratings = dict(zip(SKILLS, REQUIRED[target], strict=True))
    return {"target": target, "hours": hours, "ratings": ratings | changes}


def test_a_line_is_planned(framework, tmp_path):
    # tpm asks planning for 3 (must-have, importance 5 of 17): two levels are missing.
    # Coverage 100 * (17 - 5 * 2/3) / 17 = 80.39; two levels: 65.11. Step to 2: 20 hours.
    assert run_command(tmp_path, person(planning=1, hours=59)) == [
        {
            "now_tenths": 651,
            "readiness_tenths": 811,
            "hours_used": 20,
            "levels": {"planning": 2},
            "ready_hours": 60,
        }
    ]


def test_each_line_has_its_answer_and_empty_lines_have_none(framework, tmp_path):
    ready, short = run_command(tmp_path, person(), "", person(planning=2, hours=0))

    assert ready == {
        "now_tenths": 1000,
        "readiness_tenths": 1000,
        "hours_used": 0,
        "levels": {},
        "ready_hours": 0,
    }
    assert (short["hours_used"], short["levels"], short["ready_hours"]) == (0, {}, 40)


def test_who_cannot_be_measured_gets_null(framework, tmp_path):
    nobody = {
        "now_tenths": None,
        "readiness_tenths": None,
        "hours_used": 0,
        "levels": {},
        "ready_hours": None,
    }

    assert run_command(
        tmp_path,
        person(planning=None),
        {"target": "tpm", "hours": 9, "ratings": {}},
    ) == [nobody, nobody]


def test_nothing_is_written(framework, tmp_path, django_assert_num_queries):
    run_command(tmp_path, person())
    with django_assert_num_queries(1):  # which version is live
        run_command(tmp_path, person(planning=1))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2: Invalid JSON"),
        ({"target": "tpm", "hours": 5}, "line 2: ratings: Field required"),
        (person() | {"rating": {}}, "line 2: rating: Extra inputs are not permitted"),
        (person(hours=-1), "line 2: hours: Input should be greater than or equal to 0"),
        (person(hours=1.5), "line 2: hours: Input should be a valid integer"),
        (person() | {"target": "king"}, 'line 2: target is "king"; choose one of'),
        (person(knitting=1), 'line 2: ratings: there is no skill "knitting"; take'),
        (person(planning=6), "line 2: ratings.planning is 6; give a whole number from"),
        (
            '{"target": "tpm", "hours": 1, "hours": 2, "ratings": {}}',
            'line 2: key "hours" is written twice; keep one of them.',
        ),
        (
            '{"target": "tpm", "hours": 1, "ratings": {"planning": 1, "planning": 2}}',
            'line 2: ratings: key "planning" is written twice; keep one of them.',
        ),
        (person(planning=True), "line 2: ratings.planning: Input should be a valid"),
    ],
)
def test_a_bad_line_is_named_with_the_cure(framework, tmp_path, line, problem):
    with pytest.raises(CommandError) as refused:
        run_command(tmp_path, person(), line)

    assert str(refused.value).startswith(problem)
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_named(framework):
    with pytest.raises(CommandError, match=r"nowhere\.jsonl cannot be read"):
        call_command("plan_file", "nowhere.jsonl")


def test_without_a_live_framework_there_is_nothing_to_plan_for(db, tmp_path):
    with pytest.raises(CommandError, match="No framework is live"):
        run_command(tmp_path, person())
    assert not Framework.objects.exists()


def test_without_hours_there_is_no_planner(db, tmp_path):
    skills = tuple(
        skill.replaced(
            levels=tuple(each.replaced(hours=None) for each in skill.levels),
            actions=(),
        )
        for skill in small_spec().skills
    )
    make_framework(skills=skills)

    with pytest.raises(CommandError, match="tells no hours"):
        run_command(tmp_path, person())
