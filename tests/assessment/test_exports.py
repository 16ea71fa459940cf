"""A report as a file: what is in it, and how it is handed out."""

import io
import json
from datetime import datetime

import jsonschema
import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from assessment.answers import Answer
from assessment.exports import file_name
from assessment.exports.json_file import report_as_json
from assessment.exports.table_file import report_as_csv, report_as_xlsx
from assessment.models import Assessment
from assessment.score_files.reading import parse_score_file
from assessment.score_files.writing import score_vectors
from careers.tables import XLSX, as_text
from tests.assessment.agreement import rows_of
from tests.factories import make_assessment, make_framework, small_spec
from tests.house import ROOT

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text())
SAID = {
    "planning": Answer(value=0, confidence="low", note="=1+1"),
    "tooling": Answer(not_applicable=True, reason="-- another team"),
    "communication": Answer(value=3, url="https://example.org/a"),
    "testing": Answer(value=4),
    "leadership": Answer(note="Not sure yet."),
}

POINTS = ("points_earned", "points_lost", "gain_step", "gain_close")


@pytest.fixture
def done(alice):
    framework = make_framework()
    return make_assessment(owner=alice, ratings=SAID, framework=framework, submit=True)


def address(kind, assessment):
    return reverse(f"assessment:report_{kind}", args=[assessment.uid])


# JSON


def test_json_is_as_its_schema_says(done):
    validator = jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.FormatChecker()
    )

    faults = list(validator.iter_errors(json.loads(report_as_json(done))))

    assert faults == []


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "not_answered"},
        {"answer": "not_relevant"},
        {"rating": None},
        {"rating": 11},
        {"mood": "good"},
    ],
)
def test_the_schema_refuses_what_is_wrong(done, change):
    file = json.loads(report_as_json(done))
    file["answers"][0] |= change

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(file, SCHEMA)


def test_json_keeps_the_three_kinds_of_nothing_apart(done):
    said = {each["skill"]: each for each in json.loads(report_as_json(done))["answers"]}

    kinds = {key: (each["answer"], each["rating"]) for key, each in said.items()}
    assert kinds["planning"] == ("rated", 0)
    assert kinds["tooling"] == ("not_relevant", None)
    assert kinds["leadership"] == ("not_answered", None)
    assert said["tooling"]["reason"] == "-- another team"
    assert said["leadership"]["note"] == "Not sure yet."


def test_json_says_what_the_page_says(done):
    """Planning 0 of 3 and communication 3 of 3 are must-haves; tooling is left out.

    Coverage is (0 + 3 + 4 + 0) / 14; leadership, 2 of 14, is not answered.
    """
    file = json.loads(report_as_json(done))

    result, ladder = file["result"], file["ladder"]
    assert (result["coverage"]["exact"], result["missing_levels"]) == ("175/3", 3)
    assert result["display"]["readiness_tenths"] == done.readiness_tenths == 425
    assert result["likely_range"] == list(done.likely_range)
    gaps = [(g["key"], g["rating"], g["gain_close_tenths"]) for g in result["gaps"]]
    assert gaps == [("planning", 0, 565)]
    assert list(result["groups"]) == ["delivery", "people"]
    asked = {row["key"]: row["must_have_level"] for row in file["input"]["skills"]}
    assert asked == {
        "planning": 3,
        "tooling": 0,
        "testing": 0,
        "communication": 3,
        "leadership": 0,
    }
    assert (ladder["level"], ladder["next_level"]) == (0, 1)
    assert [(rung["key"], rung["band"]) for rung in ladder["rungs"]] == [
        ("junior-tpm", "developing"),
        ("tpm", "developing"),
        ("senior-tpm", "foundation"),
    ]


def test_json_names_the_rung_that_a_must_have_is_carried_from(alice):
    junior, *others = small_spec().levels
    asked = tuple(
        item.replaced(must_have=item.must_have or item.skill == "tooling")
        for item in junior.requirements
    )
    framework = make_framework(levels=(junior.replaced(requirements=asked), *others))
    done = make_assessment(owner=alice, framework=framework, submit=True)

    file = json.loads(report_as_json(done))
    rows = {row["key"]: row for row in rows_of(report_as_csv(done))}

    assert file["target"]["must_have_since"] == {"tooling": "junior-tpm"}
    assert rows["tooling"]["must_have_level"] == "2"
    assert {key: row["must_have_since"] for key, row in rows.items()} == {
        "planning": "",
        "tooling": "Junior TPM",
        "testing": "",
        "communication": "",
        "leadership": "",
    }


def test_the_example_in_the_docs_is_a_report():
    example = json.loads((ROOT / "docs/report.example.json").read_text())

    jsonschema.validate(example, SCHEMA)
    again = score_vectors(parse_score_file(json.dumps(example)))["vectors"]["report"]
    assert json.loads(json.dumps(again)) == example["result"]


def test_score_file_explains_a_report(done, tmp_path, capsys):
    path = tmp_path / "report.json"
    path.write_text(report_as_json(done))

    call_command("score_file", str(path), explain="")

    assert capsys.readouterr().out.startswith(f"report: {done.score}, {done.band}")


def test_json_says_when_in_iso_with_offset(done):
    file = json.loads(report_as_json(done))

    moment = datetime.fromisoformat(file["assessment"]["submitted_at"])
    assert moment == done.submitted_at
    assert moment.utcoffset() is not None


# CSV


def test_csv_has_one_row_for_each_skill_in_framework_order(done):
    rows = rows_of(report_as_csv(done))

    assert [(row["key"], row["answer"], row["rating"]) for row in rows] == [
        ("planning", "rated", "0"),
        ("tooling", "not_relevant", ""),
        ("testing", "rated", "4"),
        ("communication", "rated", "3"),
        ("leadership", "not_answered", ""),
    ]


def test_csv_loses_what_the_report_loses(done):
    rows = rows_of(report_as_csv(done))

    lost = {row["key"]: row["points_lost"] for row in rows}
    assert lost == {
        "planning": "57.5",
        "tooling": "",
        "testing": "0.0",
        "communication": "0.0",
        "leadership": "",
    }
    assert done.readiness_tenths == 1000 - 575
    gains = {row["key"]: (row["gain_step"], row["gain_close"]) for row in rows}
    assert gains["planning"] == ("16.0", "56.5")
    assert gains["communication"] == ("", "")


def test_csv_for_decimal_commas_parts_columns_by_semicolons(done):
    text = report_as_csv(done, for_decimal_commas=True)

    assert text.startswith("\ufeffskill;key;group;")
    rows = rows_of(text, delimiter=";")
    assert [row["points_lost"] for row in rows] == ["57,5", "", "0,0", "0,0", ""]
    commas = rows_of(report_as_csv(done))
    assert [row["key"] for row in rows] == [row["key"] for row in commas]
    assert rows[3]["url"] == "https://example.org/a"


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(done):
    text = report_as_csv(done)

    assert text.startswith("\ufeffskill,key,")
    rows = {row["key"]: row for row in rows_of(text)}
    assert rows["planning"]["note"] == "'=1+1"
    assert rows["tooling"]["reason"] == "'-- another team"


def test_xlsx_is_the_same_table_with_numbers_as_numbers(done):
    rows, cells = sheet_of(report_as_xlsx(done))

    said = [
        {
            name: f"{value:.1f}" if name in POINTS and value is not None else value
            for name, value in row.items()
        }
        for row in rows
    ]
    assert [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in said
    ] == [
        row | {name: row[name].removeprefix("'") for name in ("note", "reason")}
        for row in rows_of(report_as_csv(done))
    ]
    assert (rows[0]["rating"], rows[0]["points_lost"]) == (0, 57.5)
    assert cells[0]["points_lost"].number_format == "0.0"


@pytest.mark.parametrize("text", ["=1+1", "#N/A", " =1", "TRUE", "12"])
def test_a_text_in_a_workbook_stays_a_text(alice, text):
    make_framework()
    said = SAID | {"planning": Answer(value=0, note=text)}
    done = make_assessment(owner=alice, ratings=said, submit=True)

    rows, cells = sheet_of(report_as_xlsx(done))

    assert rows[0]["note"] == text
    note = cells[0]["note"]
    assert (note.data_type, bool(note.quotePrefix)) == ("s", "=" in text)


def test_a_workbook_leaves_out_what_no_cell_can_hold(alice):
    make_framework()
    said = SAID | {"planning": Answer(value=0, note="one\x0b\x1f\ufffftwo")}
    done = make_assessment(owner=alice, ratings=said, submit=True)

    assert sheet_of(report_as_xlsx(done))[0][0]["note"] == "onetwo"


def sheet_of(content):
    """The rows of a workbook by its head, as values and as cells."""
    head, *rows = load_workbook(io.BytesIO(content)).active.iter_rows()
    cells = [dict(zip((c.value for c in head), row, strict=True)) for row in rows]
    return [{n: c.value for n, c in row.items()} for row in cells], cells


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n1",
        " =1",
        '"=1',
        "'=1",
        "＝1",
        "“@a",
    ],
)
def test_what_could_be_a_formula_is_a_text(text):
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "0", "a=1", "C++", "https://a.example/?b=1"])
def test_other_texts_stay_as_they_are(text):
    assert as_text(text) == text


# Over HTTP


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("json", "application/json"),
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", XLSX),
    ],
)
def test_files_are_downloads_that_nobody_keeps(done, alice_client, kind, content_type):
    Assessment.objects.update(label='Ünïcode"; filename=evil.exe\r\n')

    headers = alice_client.get(address(kind, done)).headers

    name = file_name(done, kind)
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Content-Type"] == content_type
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_semicolons_are_asked_for_in_the_address(done, alice_client):
    at = address("csv", done)

    said = {
        style: alice_client.get(f"{at}?style={style}").content.decode()[6]
        for style in ("semicolon", "comma", "")
    }

    assert said == {"semicolon": ";", "comma": ",", "": ","}


def test_a_file_is_named_by_target_and_day(done, settings):
    done.submitted_at = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    settings.TIME_ZONE = "Europe/Vienna"

    assert file_name(done, "csv") == "tpmguide-tpm-2026-11-24.csv"


def test_the_report_links_its_files(done, alice_client):
    page = alice_client.get(done.get_absolute_url()).content.decode()

    for kind in ("json", "csv", "xlsx"):
        assert f'href="{address(kind, done)}"' in page
    assert f'href="{address("csv", done)}?style=semicolon"' in page
