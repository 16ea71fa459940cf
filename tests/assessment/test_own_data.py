"""What a person takes along is everything of theirs, and nothing of anybody else's."""

import csv
import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.actions import keep_pdf, rename_assessment, save_profile
from assessment.answers import Answer
from assessment.models import PracticeNote
from assessment.own_data import (
    SCHEMA,
    SCHEMA_VERSION,
    file_shape,
    own_data,
    taken_along,
)
from assessment.personal import REGISTRY
from assessment.practice import claim_practice_notes
from tests.factories import make_assessment, make_guest, make_share_link
from tests.house import ROOT

DOWNLOAD = "/me/download/"
PDF = b"%PDF-1.7 a report"
ANSWERS = {
    "planning": Answer(
        value=3, confidence="high", note="=1+1", url="https://a.example/"
    ),
    "tooling": Answer(not_applicable=True, reason="Others do."),
}


@pytest.fixture
def full(framework, alice, bob):
    """Alice has something in every table that can be taken along; Bob has as much."""
    for person in (alice, bob):
        earlier = make_assessment(owner=person, submit=True)
        keep_pdf(
            assessment=earlier, digest="d" * 64, is_unchanged=lambda: True, content=PDF
        )
        make_share_link(earlier, label=f"For {person.username}")
        make_assessment(owner=person, ratings=ANSWERS)
        rename_assessment(assessment=earlier, label=f"{person.username}'s")
        save_profile(person=person, name=f"{person.username} X", time_zone="Asia/Tokyo")
        PracticeNote.objects.create(
            owner=person,
            framework_key="k",
            question_key="q",
            text=f"{person.username} noted",
            updated_at=timezone.now(),
        )
    return alice


def archive_of(client):
    response = client.post(DOWNLOAD)
    assert response.headers["Content-Type"] == "application/zip"
    content = b"".join(response.streaming_content)
    response.close()
    return zipfile.ZipFile(io.BytesIO(content))


def test_everything_is_in_the_archive(full, alice_client):
    archive = archive_of(alice_client)
    content = json.loads(archive.read("own-data.json"))

    assert archive.namelist() == [
        "README.txt",
        "own-data.json",
        "answers.csv",
        "pdfs/1.pdf",
    ]
    assert archive.read("pdfs/1.pdf") == PDF
    assert (content["schema"], content["schema_version"]) == (SCHEMA, SCHEMA_VERSION)
    assert {
        key: len(rows)
        for key, rows in content.items()
        if rows and isinstance(rows, list)
    } == {
        "account": 1,
        "email_addresses": 1,
        "profile": 1,
        "assessments": 2,
        "answers": 7,
        "pdfs": 1,
        "share_links": 1,
        "practice_notes": 1,
    }
    assert b"assessments: 2 (Your assessments)" in archive.read("README.txt")


def test_rows_name_others_by_their_keys(full):
    content = own_data(full)
    draft = content["assessments"][1]
    framework = draft["framework"]

    assert (framework["key"], framework["version"]) == (
        "technical-project-manager",
        "1.0",
    )
    assert len(framework["digest"]) == 64
    said = [
        (row["skill"], row["value"], row["note"], row["url"], row["reason"])
        for row in content["answers"]
        if row["assessment"] == draft["uid"]
    ]
    assert said == [
        ("planning", 3, "=1+1", "https://a.example/", ""),
        ("tooling", None, "", "", "Others do."),
    ]
    assert content["pdfs"][0]["content"] == "pdfs/1.pdf"
    assert content["share_links"][0]["assessment"] == content["assessments"][0]["uid"]


def test_nothing_of_anybody_else_and_no_secret_is_in_it(full, bob):
    text = json.dumps(own_data(full))

    assert "bob" not in text
    assert full.password not in text
    assert "token_digest" not in text
    assert "password" not in text


def test_the_table_of_answers_runs_nothing(full, alice_client):
    text = archive_of(alice_client).read("answers.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert len(rows) == 7
    assert [row["note"] for row in rows if row["note"]] == ["'=1+1"]


def test_the_file_has_the_shape_that_the_schema_tells(full):
    text = json.dumps(own_data(full))

    shape = file_shape().model_validate_json(text)

    assert len(shape.answers) == 7
    with pytest.raises(ValueError, match="mood"):
        file_shape().model_validate_json(text[:-1] + ', "mood": 1}')


def test_every_table_that_can_be_taken_along_is_told():
    document = (ROOT / "docs/own-data-format.md").read_text()

    assert [k.key for k in taken_along() if f"| `{k.key}` |" not in document] == []


def test_every_field_of_the_registry_is_in_the_file(full):
    content = own_data(full)
    missing = [
        f"{kept.key}.{name}"
        for kept in REGISTRY
        for row in content.get(kept.key, [])[:1]
        for name in kept.fields
        if name not in row
    ]

    assert missing == []


def test_a_guest_takes_along_what_the_browser_holds(framework):
    guest, browser = make_guest()
    make_assessment(guest=guest, ratings=ANSWERS)
    make_assessment(guest=make_guest()[0], ratings=ANSWERS)

    content = json.loads(archive_of(browser).read("own-data.json"))

    assert len(content["visits"]) == 1
    assert len(content["assessments"]) == 1
    assert len(content["answers"]) == 2
    assert "account" not in content


def test_who_holds_nothing_is_told_so(framework):
    response = Client().post(DOWNLOAD, follow=True)

    assert "This browser holds nothing to take along." in response.content.decode()


def test_everything_is_given_so_many_times_an_hour(full, alice_client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"take_along": "2/h/key"}

    answers = [alice_client.post(DOWNLOAD) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "3600"
    for each in answers:
        each.close()
    assert reverse("assessment:me") in answers[2].content.decode()


def test_what_a_guest_held_is_in_the_file_after_sign_in(framework, alice):
    guest, _browser = make_guest()
    PracticeNote.objects.create(
        guest=guest,
        framework_key="k",
        question_key="q",
        text="Mine",
        updated_at=timezone.now(),
    )

    claim_practice_notes(owner=alice, guest=guest)

    assert own_data(alice)["practice_notes"][0]["text"] == "Mine"
