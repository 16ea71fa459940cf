"""A report as a file: what is in it, and how it is handed out."""

import json
from datetime import datetime

import jsonschema
import pytest
from django.core.management import call_command
from django.urls import reverse

from assessment.answers import Answer
from assessment.exports import file_name
from assessment.exports.csv_file import as_text, report_as_csv
from assessment.exports.json_file import report_as_json
from assessment.models import Assessment
from tests.assessment.agreement import rows_of
from tests.factories import make_assessment, make_framework
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
        {"rating": 6},
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

    lost = sum(int(row["points_lost"].replace(".", "") or 0) for row in rows)
    assert lost == 1000 - done.readiness_tenths


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(done):
    text = report_as_csv(done)

    assert text.startswith("\ufeffskill,key,")
    rows = {row["key"]: row for row in rows_of(text)}
    assert rows["planning"]["note"] == "'=1+1"
    assert rows["tooling"]["reason"] == "'-- another team"


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
    [("json", "application/json"), ("csv", "text/csv; charset=utf-8")],
)
def test_files_are_downloads_that_nobody_keeps(done, alice_client, kind, content_type):
    Assessment.objects.update(label='Ünïcode"; filename=evil.exe\r\n')

    headers = alice_client.get(address(kind, done)).headers

    name = file_name(done, kind)
    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Content-Type"] == content_type
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_named_by_target_and_day(done, settings):
    done.submitted_at = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    settings.TIME_ZONE = "Europe/Vienna"

    assert file_name(done, "csv") == "tpmguide-tpm-2026-11-24.csv"


def test_the_report_links_its_files(done, alice_client):
    page = alice_client.get(done.get_absolute_url()).content.decode()

    assert address("json", done) in page
    assert address("csv", done) in page
