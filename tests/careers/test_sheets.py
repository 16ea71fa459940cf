"""Spreadsheets of a ladder: what they say, what is refused, and the way back."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from careers.files import text_of_bytes
from careers.problems import errors
from careers.publishing import new_ladder
from careers.sheets import (
    parse_tables,
    table_of_matrix,
    table_of_skills,
    tables_of,
)
from careers.tables import (
    BYTE_ORDER_MARK,
    csv_of,
    is_table,
    table_of_text,
    tables_of_workbook,
    workbook_of,
)
from tests.careers.odd_specs import odd_ladders
from tests.careers.test_tracks import two_tracks
from tests.factories import shipped_spec, small_spec

EMPTY = new_ladder("bakery", "Bakery", "en")
SKILLS = """key;name;group;1 Learning;2 Working
dough;Dough;Craft;I mix it.;I judge it.
oven;Oven;Craft;;I run it.
"""
MATRIX = """key;Apprentice;Baker
dough;1 M;2 M 5
oven;;2
"""


def read(*texts, base=EMPTY):
    """The framework that these CSVs make of another one, and its errors."""
    parsed = parse_tables(base, [table_of_text(text, "a.csv") for text in texts])
    return parsed.spec, [str(problem) for problem in errors(parsed.problems)]


def asked(spec):
    """{rung: {skill: (required, importance, must-have)}} of what is asked."""
    return {
        rung.short_title: {
            item.skill: (item.required, item.importance, item.must_have)
            for item in rung.requires
        }
        for rung in spec.ladder
    }


def workbook(**sheets):
    """The bytes of a workbook with these sheets, as {title: rows}."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# What tables say
# --------------------------------------------------------------------------------------


def test_two_tables_make_a_ladder():
    spec, problems = read(SKILLS, MATRIX)

    assert problems == []
    assert [(point.value, point.name) for point in spec.scale] == [
        (1, "Learning"),
        (2, "Working"),
    ]
    assert [(skill.key, skill.name, skill.group) for skill in spec.skills] == [
        ("dough", "Dough", "craft"),
        ("oven", "Oven", "craft"),
    ]
    assert [skill.statement(1) for skill in spec.skills] == ["I mix it.", ""]
    assert asked(spec) == {
        "Apprentice": {"dough": (1, 3, True)},
        "Baker": {"dough": (2, 5, True), "oven": (2, 3, False)},
    }


@pytest.mark.parametrize("sign", [",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_columns_may_be_parted_in_any_usual_way(sign, line_end):
    skills, matrix = (
        text.replace(";", sign).replace("\n", line_end) for text in (SKILLS, MATRIX)
    )

    assert read(skills, matrix) == read(SKILLS, MATRIX)
    assert is_table(skills)


def test_first_line_may_say_what_parts_the_columns():
    assert read(f"sep=;\n{SKILLS}", f"\n;;\n{MATRIX}") == read(SKILLS, MATRIX)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_may_be_in_any_usual_encoding(encoding):
    text = SKILLS.replace("Dough", "Pâte “à” pain – 5 €")

    assert text_of_bytes(text.encode(encoding)) == text


def test_text_in_latin_1_is_read():
    assert text_of_bytes("key;name\nété;Été".encode("latin-1")) == "key;name\nété;Été"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2", (2, 3, False)),
        ("2,0", (2, 3, False)),
        ("2.0 M", (2, 3, True)),
        ("2 m 5", (2, 5, True)),
        ("2M4", (2, 4, True)),
        ("2 5", (2, 5, False)),
    ],
)
def test_cell_says_level_must_have_and_importance(cell, expected):
    spec, problems = read(SKILLS, f"key;Baker\ndough;{cell}")

    assert (problems, asked(spec)) == ([], {"Baker": {"dough": expected}})


@pytest.mark.parametrize("cell", ["M", "two", "2,5", "2 M 55", "-", "1 2 3", "²"])
def test_cell_that_says_something_else_is_refused_with_its_place(cell):
    _, problems = read(SKILLS, f"key;Baker\ndough;1\noven;{cell}")

    assert problems == [
        f"a.csv: B3: '{cell}' cannot be read. Write the required level, M for a "
        "must-have, and the importance, such as '3 M 5'. Leave the cell empty where "
        "nothing is asked."
    ]


def test_level_that_a_skill_does_not_have_is_refused():
    _, problems = read(SKILLS, "key;Baker\ndough;1\noven;1")

    assert problems == [
        "levels/baker/requirements/oven/required: The skill has no statement for 1. "
        "Require one of 2, or add the statement."
    ]


def test_keys_that_are_left_out_are_made_of_names():
    spec, problems = read(
        "key;name;group;1 A;2 B\n;Größe & Form;Ton;x;y\n;焼く;窯;x;y\n;Große form;Ton;x;y",
        "key;見習い;Master baker\ngroe-form;1;2",
    )

    assert problems == []
    assert [(skill.key, skill.group) for skill in spec.skills] == [
        ("groe-form", "ton"),
        ("groe-form-1", "ton"),
        ("skill-1", "group-1"),
    ]
    assert [rung.key for rung in spec.ladder] == ["rung-1", "master-baker"]


def test_points_that_are_the_rungs_need_no_matrix():
    spec, problems = read(
        "key;name;group;Helper;Maker;Lead\n"
        "care;Care;Work;I wipe.;I mend.;I teach.\n"
        "plan;Plan;Work;;I plan.;"
    )

    assert problems == []
    assert [(point.value, point.name) for point in spec.scale] == [
        (1, "Helper"),
        (2, "Maker"),
        (3, "Lead"),
    ]
    assert {
        rung: {key: each[0] for key, each in skills.items()}
        for rung, skills in asked(spec).items()
    } == {
        "Helper": {"care": 1},
        "Maker": {"care": 2, "plan": 2},
        "Lead": {"care": 3, "plan": 2},
    }


def test_matrix_alone_changes_the_rungs_alone():
    before, _ = read(SKILLS, MATRIX)

    spec, problems = read("key;Baker;Boss\ndough;1;2\noven;2;2 M", base=before)

    assert problems == []
    assert spec.replaced(levels=()) == before.replaced(levels=())
    assert [(rung.key, rung.order) for rung in spec.ladder] == [
        ("baker", 1),
        ("boss", 2),
    ]
    assert asked(spec) == {
        "Baker": {"dough": (1, 3, False), "oven": (2, 3, False)},
        "Boss": {"dough": (2, 3, False), "oven": (2, 3, True)},
    }


def test_skills_alone_leave_the_rungs_and_what_no_table_holds():
    before = small_spec()
    table = table_of_skills(before)
    del table[2]  # tooling

    spec, problems = read(csv_of(table).removeprefix(BYTE_ORDER_MARK), base=before)

    assert problems == []
    assert [skill.key for skill in spec.skills] == [
        "planning",
        "testing",
        "communication",
        "leadership",
    ]
    assert spec.skills == tuple(s for s in before.skills if s.key != "tooling")
    assert [rung.requirements for rung in spec.levels] == [
        tuple(item for item in rung.requirements if item.skill != "tooling")
        for rung in before.levels
    ]


def test_skill_that_goes_takes_along_what_names_it():
    before = small_spec()
    table = table_of_skills(before)
    gone = {"planning", "communication"}

    spec, problems = read(
        csv_of(row for row in table if row[0] not in gone)[1:], base=before
    )

    assert problems == []
    assert [skill.prerequisites for skill in spec.skills] == [(), (), ()]
    assert {key for item in spec.leaves_out for key in item.folded_into} & gone == set()


COMPARED_WITH_TPM = [
    f"a.csv: A1: {name} is compared with 'TPM', which has no column. Add the column, or "
    "say in the draft first what it is compared with."
    for name in ("'Cloud'", "'Coordinator'")
]


def test_rung_that_goes_takes_its_questions_along():
    before = small_spec()
    matrix = [[row[0], *row[2:]] for row in table_of_matrix(before)]  # without junior
    before_questions = len(before.questions)

    spec, problems = read(csv_of(matrix)[1:], base=before)
    without_tpm, named = read(csv_of([row[::2] for row in matrix])[1:], base=before)

    assert (problems, len(spec.questions)) == ([], before_questions)
    assert [rung.key for rung in spec.ladder] == ["tpm", "senior-tpm"]
    assert without_tpm.questions == ()
    assert named == COMPARED_WITH_TPM


def test_ladder_that_adds_up_points_is_refused_with_the_cure():
    _, problems = read(SKILLS, "key;Apprentice;Baker\nTotal points;10;25")

    assert problems == [
        "a.csv: A2: This ladder adds up points over any skills, which cannot be compared "
        "skill by skill. Write what each rung requires of each skill in place of the "
        "points."
    ]


FAULTS = {
    "name;group;1 A;2 B\na;G;x;y": "A1: No column is called 'key'.",
    "key;name;group;1 A;2 B;2 C\na;A;G;x;y;z": "F1: The point 2 has two columns.",
    "key;name;group;1 A;B\na;A;G;x;y": "E1: 'B' has no number.",
    "key;name;group;1 A;1 a\na;A;G;x;y": "E1: '1 a' is the name of two columns.",
    "key;name;group;1 A;2 B\na;A;G;x;y\na;C;G;x;y": "A3: 'a' is the key of a row above.",
    "key;name;group;1 A;2 B\na;;G;x;y": "B2: This is empty.",
    "key;name;group;1 A;2 B\na;A;;x;y": "C2: This is empty.",
    "key;name;group;1 A;2 B\na;A;G;x;y;z": "F2: This column has no name",
    "key;name;group;0 A;1 B\na;A;G;x;y": "D2: Nobody has to show anything at 0.",
}


@pytest.mark.parametrize("text", FAULTS)
def test_fault_of_a_table_of_skills_is_told_with_its_cell(text):
    _, problems = read(text, MATRIX)

    assert problems[0].startswith(f"a.csv: {FAULTS[text]}")


@pytest.mark.parametrize("title", ["Nursing 2026;;;;\n", "Nursing 2026\nBy HR\n\n"])
def test_title_above_the_names_of_columns_is_told_alone(title):
    _, problems = read(title + SKILLS, MATRIX)

    row = 1 + title.count("\n")
    assert problems == [
        f"a.csv: A1: The names of the columns stand in row {row}. Remove the rows above it."
    ]


def test_sheet_is_what_it_is_called():
    tables = tables_of_workbook(
        workbook(
            Skills=[["key", "skill", "group", "1 A", "2 B"], ["a", "A", "G", "x", "y"]],
            Matrix=[["key", "Baker"], ["a", "1"]],
        ),
        "a.xlsx",
    )

    problems = [str(each) for each in parse_tables(EMPTY, tables).problems]

    assert problems[0].startswith("a.xlsx: Skills!A1: No column is called 'name'.")
    assert not [each for each in problems if "two tables" in each]


def test_new_ladder_without_rungs_says_where_they_belong():
    _, problems = read(SKILLS)

    assert problems == [
        "Nothing says what the rungs are. Choose the matrix with it, in a workbook as the "
        "sheet Matrix, or name the points by the rungs, without numbers."
    ]


def test_two_tables_of_a_kind_are_refused():
    _, problems = read(MATRIX, MATRIX)

    assert problems[-1] == (
        "a.csv: There are two tables of the kind Matrix. Choose one of them."
    )


def test_unknown_skill_of_a_matrix_is_named_with_what_was_meant():
    _, problems = read(SKILLS, "key;Baker\ndoug;1")

    assert problems == ["a.csv: A2: There is no skill 'doug'. Did you mean 'dough'?"]


# There and back
# --------------------------------------------------------------------------------------


def by_workbook(spec):
    """The tables of a spec, written and read again."""
    return tables_of_workbook(workbook_of(tables_of(spec)), "a.xlsx")


def by_csv(spec):
    return [
        table_of_text(text_of_bytes(csv_of(table).encode()), "a.csv")
        for table in (table_of_skills(spec), table_of_matrix(spec))
    ]


@settings(max_examples=60, deadline=None)
@given(odd_ladders())
def test_export_changes_nothing_of_its_own_and_is_all_of_a_new_ladder(spec):
    for there_and_back in (by_workbook, by_csv):
        tables = there_and_back(spec)
        new = parse_tables(new_ladder("new", "New", "en"), tables).spec

        assert parse_tables(spec, tables).spec == spec
        assert table_of_skills(new) == table_of_skills(spec)
        assert table_of_matrix(new) == table_of_matrix(spec)


def of_two_tracks():
    return small_spec(**two_tracks()).in_order()


@pytest.mark.parametrize("make", [small_spec, shipped_spec, of_two_tracks])
def test_workbook_of_a_whole_framework_loses_nothing_of_it(make):
    assert parse_tables(make(), by_workbook(make())).spec == make()


@pytest.mark.parametrize(
    ("columns", "problems"),
    [
        (
            ("Junior TPM", "TPM", "Senior TPM"),
            [
                "a.csv: A1: The columns of the ladder 'Leading' are missing: 'Head'. Add "
                "them, also where nothing changes, or delete this ladder in the draft first."
            ],
        ),
        (
            ("Junior TPM", "Senior TPM", "Head"),
            [
                *COMPARED_WITH_TPM,
                "a.csv: A1: 'Head' comes after 'TPM', which has no column. Add the column, or "
                "say in the draft first what it comes after.",
            ],
        ),
    ],
)
def test_columns_that_a_track_cannot_miss_are_named(columns, problems):
    header, *rows = table_of_matrix(of_two_tracks())
    kept = [0, *(header.index(name) for name in columns)]
    table = csv_of([row[n] for n in kept] for row in (header, *rows))

    _, found = read(table.removeprefix(BYTE_ORDER_MARK), base=of_two_tracks())

    assert found == problems


def test_new_column_joins_the_track_of_the_one_before_it():
    spec = of_two_tracks()
    head, *rows = csv_of(table_of_matrix(spec)).lstrip("\ufeff").splitlines()
    text = "\n".join([f"{head},Chief", *(f"{row},2" for row in rows)])

    found, faults = read(text, base=spec)

    assert faults == []
    assert {rung.title: rung.career for rung in found.ladder} == {
        **{rung.title: rung.career for rung in spec.ladder},
        "Chief": "leading",
    }


def test_made_up_workbook_and_csv_of_an_owner_go_in_as_they_are():
    folder = Path(__file__).parent / "ladders"
    book = tables_of_workbook((folder / "bakery.xlsx").read_bytes(), "bakery.xlsx")
    tables = [
        table_of_text(text_of_bytes((folder / name).read_bytes()), name)
        for name in ("bakery-skills.csv", "bakery-matrix.csv")
    ]

    found, problems = parse_tables(EMPTY, book)

    assert problems == []
    assert parse_tables(EMPTY, tables).spec == found
    assert asked(found)["Head baker"]["dough"] == (3, 5, True)
    assert asked(found)["Apprentice"] == {
        "dough": (1, 3, True),
        "oven": (1, 3, False),
        "shaping": (1, 3, False),
        "safety": (1, 3, True),
    }


def test_no_cell_that_goes_out_can_be_run():
    skills = (small_spec().skills[0].replaced(name="=cmd|' /C calc'!A0"),)
    spec = small_spec(skills=skills)

    cell = load_workbook(io.BytesIO(workbook_of(tables_of(spec))))["Skills"]["B2"]
    line = csv_of(table_of_skills(spec)).splitlines()[1]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (
        "=cmd|' /C calc'!A0",
        "s",
        True,
    )
    assert line.startswith("planning,'=cmd|' /C calc'!A0,")
