"""Framework files to a spec and back; what is wrong is said with file, line and path."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from careers import shape as parts
from careers.fields import document_of, kinds_of, parts_within
from careers.files import digest_of, files_of, parse_framework, text_of
from careers.problems import Problem, errors
from careers.tables import is_table
from tests.careers.odd_specs import odd_specs
from tests.factories import shipped_files, small_spec

BROKEN = Path(__file__).parent / "broken"
FORMAT = Path(__file__).parents[2] / "docs" / "framework-format.md"

PROBLEMS = {  # file in broken/: line, path and sentence of each of its errors
    "alias_bomb.yaml": [
        "1: Anchors (&) and aliases (*) are not read. Write the text out, or put it in quotes.",
    ],
    "deep.yaml": [
        "1: This is nested deeper than 12 levels. Check the indents and the brackets.",
    ],
    "duplicate_key.yaml": [
        "23: 'name' stands here twice. Keep one of them.",
    ],
    "duplicate_skill.yaml": [
        "32: skills/planning: 'planning' stands here 2 times. Keep one of them.",
        "46: skills/planning/prerequisites/reporting/skill: There is no skill 'reporting'. Correct it, or add one.",
        "62: levels/junior/requirements/reporting/skill: There is no skill 'reporting'. Correct it, or add one.",
    ],
    "empty.yaml": [
        "1: The file is empty. Fill it or remove it.",
    ],
    "level_name.yaml": [
        "29: skills/planning/levels/three: Write a whole number here, not 'three'.",
    ],
    "list_for_mapping.yaml": [
        "26: skills/planning/levels: Write a skill level under its value, such as '3: …'.",
    ],
    "merge_key.yaml": [
        "14: groups/delivery/name: 'name' is missing. Add it.",
        "15: groups/delivery/<<: A skill group has no '<<'. Remove it.",
    ],
    "missing_field.yaml": [
        "22: skills/planning/name: 'name' is empty. Fill it in.",
        "32: skills/reporting/group: 'group' is missing. Add it.",
    ],
    "missing_statement.yaml": [
        "40: skills/reporting/levels/2/statement: This is empty. Fill it in.",
        "60: levels/junior/requirements/planning/required: The skill has no statement for 2. Require one of 1, 3, 4, 5, or add the statement.",
    ],
    "must_have_zero.yaml": [
        "61: levels/junior/requirements/planning/required: A must-have cannot require 0. Require at least 1, or remove must_have.",
    ],
    "no_ladder.yaml": [
        "47: careers: No career has the kind 'ladder'. Give one of them this kind.",
        "48: careers/ladder/base_level: Name the rung to compare with, as 'base_level'.",
        "54: levels/junior: Its key must be that of its career, 'ladder'.",
    ],
    "not_yaml.yaml": [
        "15: This is not YAML: mapping values are not allowed in this context. Check the indents, and put texts with ':' or '#' in quotes.",
    ],
    "prerequisite_circle.yaml": [
        "32: skills/planning/prerequisites: These skills need each other: planning needs reporting needs planning. Remove one of these prerequisites.",
    ],
    "ready_line.yaml": [
        "60: levels/junior/ready_line: Write a whole number from 90 to 100, not 80.",
    ],
    "required_six.yaml": [
        "61: levels/junior/requirements/planning/required: Write a whole number from 0 to 5, not 6.",
    ],
    "tab_indent.yaml": [
        "16: This is not YAML: found a tab character that violates indentation (begun in line 15). Check the indents, and put texts with ':' or '#' in quotes.",
    ],
    "tag.yaml": [
        "3: Tags (!) are not read. Put the text in quotes.",
    ],
    "two_documents.yaml": [
        "18: Only one document a file. Remove the '---'.",
    ],
    "two_problems.yaml": [
        "61: levels/junior/requirements/planning/evidence_grade: There is no 'hard' here. Choose from: direct, guide-general, supported, inferred.",
        "62: levels/junior/requirements/reporting/importance: Write a whole number from 1 to 5, not 9.",
    ],
    "unclosed_quote.yaml": [
        "63: This is not YAML: found unexpected end of stream (begun in line 3). Check the indents, and put texts with ':' or '#' in quotes.",
    ],
    "unknown_field.yaml": [
        "24: skills/planning/why_it_maters: A skill has no 'why_it_maters'. Did you mean 'why_it_matters'?",
    ],
    "unknown_skill.yaml": [
        "62: levels/junior/requirements/reportin/skill: There is no skill 'reportin'. Did you mean 'reporting'?",
    ],
    "wrong_types.yaml": [
        "2: version: This is a text. Put it in quotes.",
        "21: skills/planning/order: This is a whole number. Write it in digits, without quotes.",
        "27: skills/planning/levels/1/hours: This is a whole number. Write it in digits, without quotes.",
        "35: skills/reporting/name: This is one text. Put it in quotes, on one line.",
        "60: levels/junior/focus_areas: This is a list. Begin each text with '- '.",
        "62: levels/junior/requirements/planning/must_have: This is true or false. Write one of them, without quotes.",
    ],
}


def problems_in(text, name="a.yaml"):
    return [str(problem) for problem in errors(parse_framework({name: text}).problems)]


# Broken files
# --------------------------------------------------------------------------------------


def test_every_broken_file_has_its_problems_listed_here():
    assert {path.name for path in BROKEN.iterdir()} == set(PROBLEMS)


@pytest.mark.parametrize("name", PROBLEMS)
def test_broken_file_is_refused_with_every_problem(name):
    text = (BROKEN / name).read_text(encoding="utf-8")

    problems = problems_in(text, name)

    assert problems == [
        f"{name}:{place_and_sentence}" for place_and_sentence in PROBLEMS[name]
    ]


def test_problems_of_several_files_are_all_told():
    names = ["not_yaml.yaml", "required_six.yaml"]
    files = {name: (BROKEN / name).read_text(encoding="utf-8") for name in names}

    problems = [str(problem) for problem in parse_framework(files).problems]

    assert problems == [f"{name}:{PROBLEMS[name][0]}" for name in names]


def test_missing_file_of_a_skill_is_told_once_and_not_by_its_consequences():
    files = {**shipped_files(), "skills/sdlc.yaml": "skills: [}"}

    spec, problems = parse_framework(files)

    assert "sdlc" not in spec.skills_by_key
    assert [(problem.file, problem.line) for problem in problems] == [
        ("skills/sdlc.yaml", 1)
    ]


def test_section_that_stands_in_two_files_is_refused():
    files = {**shipped_files(), "more.yaml": "title: Another title\n"}

    problems = parse_framework(files).problems

    assert [str(problem) for problem in problems] == [
        "more.yaml:1: title: 'title' stands in framework.yaml already. Keep one of them."
    ]


def test_files_of_two_ladders_are_told_by_their_keys_alone():
    files = {"a.yaml": text_of(small_spec(key="bakers"))}
    files["b.yaml"] = text_of(small_spec(key="nurses"))

    problems = parse_framework(files).problems

    assert [str(problem) for problem in problems] == [
        "b.yaml:1: key: This file is of 'nurses', and a.yaml of 'bakers'. Choose the "
        "files of one ladder at a time."
    ]


@pytest.mark.parametrize("key", ["[x]", "{x: y}", "1", ""])
def test_second_key_that_is_none_breaks_nothing(key):
    files = {"a.yaml": text_of(small_spec()), "b.yaml": f"key: {key}\n"}

    problems = parse_framework(files).problems

    assert [str(problem) for problem in problems] == [
        "b.yaml:1: key: 'key' stands in a.yaml already. Keep one of them."
    ]


def test_name_before_the_colon_stands_there_alone():
    twice = "required: 2\n      skill: tpm"
    text = text_of(small_spec()).replace("required: 2", twice, 1)

    (problem,) = problems_in(text)

    assert problem.endswith("/skill: 'skill' stands before the colon. Remove it here.")


@pytest.mark.parametrize("name", ["colour", "cls", "self", "_fields_set", "model_dump"])
def test_unknown_name_is_told(name):
    sentence = f"a.yaml:1: {name}: A framework has no '{name}'. Remove it."

    for value in ("", " red", " {a: 1}"):
        assert sentence in problems_in(f"{name}:{value}\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{}", "There is no framework here. Begin with its 'key:'."),
        ("- a", "a.yaml:1: A file has sections. Begin with one, such as 'sources:'."),
        ("text", "a.yaml:1: A file has sections. Begin with one, such as 'sources:'."),
    ],
)
def test_file_without_sections_is_refused(text, problem):
    assert problems_in(text) == [problem]


def test_no_files_are_no_framework():
    assert parse_framework({}).problems == [
        Problem("", "error", "There is no framework here. Begin with its 'key:'.")
    ]


# There and back
# --------------------------------------------------------------------------------------


def test_spec_survives_one_file_and_several():
    spec = small_spec()

    assert parse_framework({"a": text_of(spec)}).spec == spec
    assert parse_framework(files_of(spec)).spec == spec


def test_file_of_before_there_were_examples_is_still_valid():
    lines = text_of(small_spec()).splitlines(keepends=True)
    before = "".join(line for line in lines if "  example:" not in line)

    spec, problems = parse_framework({"a": before})

    assert before != text_of(small_spec())
    assert [str(problem) for problem in problems if "example" in problem.path] == []
    assert {skill.example for skill in spec.skills} == {""}


def test_files_are_read_in_the_order_of_their_names():
    files = files_of(small_spec())

    backwards = dict(reversed(files.items()))

    assert parse_framework(backwards) == parse_framework(files)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(odd_specs())
def test_odd_texts_survive_one_file_and_several_and_are_no_table(spec):
    text = text_of(spec)

    assert not is_table(text)
    assert parse_framework({"a": text}).spec == spec
    assert parse_framework(files_of(spec)).spec == spec


def test_space_around_a_text_is_dropped():
    text = text_of(small_spec()).replace(
        "title: Small ladder", "title: '  Small ladder '", 1
    )

    assert parse_framework({"a": text}).spec == small_spec()


def test_odd_keys_make_harmless_names_of_files():
    skill = small_spec().skills[0].replaced(key="../../Etc/passwd")

    names = list(files_of(small_spec(skills=(skill,))))

    assert names[3] == "skills/-etc-passwd.yaml"


def test_faulty_spec_loses_nothing_in_its_files():
    ladder = small_spec().careers[0]
    twin = ladder.replaced(key="twin")
    stray = small_spec().levels[0].replaced(key="stray", career="nowhere")
    spec = small_spec(careers=(ladder, twin), levels=(*small_spec().levels[:1], stray))

    again = parse_framework(files_of(spec)).spec

    assert again == spec


# The digest
# --------------------------------------------------------------------------------------


def test_digest_does_not_change_with_the_layout_of_the_files():
    document = document_of(small_spec())
    sections = ("skills", "careers", "levels", "scale")
    backwards = {
        name: document[name][::-1] if name in sections else document[name]
        for name in reversed(document)
    }

    on_one_line = parse_framework({"a": f"# A comment\n{backwards!r}"}).spec
    in_many_files = parse_framework(files_of(small_spec())).spec

    digests = {digest_of(on_one_line), digest_of(in_many_files)}
    assert digests == {digest_of(small_spec())}


def test_digest_changes_with_every_field():
    need = parts.SkillPrerequisite(skill="communication", min_value=1, applies_from=1)
    skill = small_spec().skills[0].replaced(prerequisites=(need,))
    spec = small_spec(skills=(skill,))

    changed = [digest_of(each) for each in every_change_of(spec)]

    fields = [kind.model_fields for kind in KINDS]
    assert len(changed) == sum(map(len, fields))
    assert len({digest_of(spec), *changed}) == len(changed) + 1


KINDS = kinds_of(parts.FrameworkSpec)


def every_change_of(part):
    """The part with one field changed at a time, in itself and in the first of its parts."""
    within = parts_within(type(part))
    for name, value in part:
        if name in within:
            yield part.replaced(**{name: ()})
            for changed in every_change_of(value[0]):
                yield part.replaced(**{name: (changed,)})
        else:
            yield part.replaced(**{name: another(value)})


def another(value):
    """A value of the same kind that is different."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return (*value, "more")
    return 77 if value is None or isinstance(value, int) else f"{value}x"


# The document
# --------------------------------------------------------------------------------------


def test_examples_of_the_document_have_every_needed_field_and_no_other():
    blocks = re.findall(r"```yaml\n(.*?)```", FORMAT.read_text("utf-8"), re.DOTALL)

    problems = parse_framework(dict(zip("ab", blocks, strict=True))).problems

    assert len(blocks) == 2
    assert [
        each for each in problems if each.path.startswith(("skills", "levels"))
    ] == []
