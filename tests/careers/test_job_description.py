"""A job description says what its rung asks, as a page and as plain text."""

import pytest

from careers.store import spec_of
from tests.factories import (
    changed_level,
    make_framework,
    make_shipped_framework,
    required,
    small_spec,
)
from tests.reading import links, section, texts

TEXT = """TPM

TPM in one sentence.

What you answer for
- What a TPM does.

What the work is about
- Plans that hold

How you work
- Experience: 2 to 4 years
- Scope: One project

You can say of yourself
- Planning: “I show planning at level 3.”
- Communication: “I show communication at level 3.”

You also bring
- Testing: “I show testing at level 2.”
"""


def make_framework_with_text():
    """The small one with a TPM who has a scope, a focus and a skill that counts."""
    tpm = small_spec().levels_by_key["tpm"]
    levels = changed_level(
        "tpm",
        scope="one project",
        focus_areas=("Plans that hold",),
        requirements=tuple(
            item.replaced(importance=4) if item.skill == "testing" else item
            for item in tpm.requirements
        ),
    )
    return make_framework(levels=levels)


def test_page_and_text_say_the_same(client, db):
    make_framework_with_text()

    page = client.get("/ladder/tpm/job-description/")
    text = client.get("/ladder/tpm/job-description.txt")

    assert text.content.decode() == TEXT
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    shown = " ".join(texts(page, "li"))
    for line in TEXT.splitlines():
        name, _, statement = line.removeprefix("- ").partition(": “")
        if statement:
            assert f"“{statement}" in shown
            assert name in " ".join(texts(page, "h3"))
    assert links(page)["Open as plain text"] == "/ladder/tpm/job-description.txt"


def test_what_is_empty_has_no_heading(client, db):
    make_framework(levels=changed_level("tpm", responsibilities=()))

    page = client.get("/ladder/tpm/job-description/")
    text = client.get("/ladder/tpm/job-description.txt").content.decode()

    for title in ("What you answer for", "What the work is about"):
        assert title not in texts(page, "h2")
        assert title not in text


def test_only_what_is_required_is_said(client, db):
    levels = changed_level(
        "junior-tpm",
        requirements=required(
            planning=(2, 5, True),
            tooling=(0, 5),
            testing=(1, 3),
            communication=(2, 4),
            leadership=(0, 1),
        ),
    )
    make_framework(levels=levels)

    page = client.get("/ladder/junior-tpm/job-description/")

    assert texts(page, "h3") == ["Planning", "Communication"]
    assert "I show planning at level 2." in section(page, "must-haves")
    assert "I show communication at level 2." in section(page, "also")


def test_each_rung_of_the_shipped_framework_has_one(client, db):
    spec = spec_of(make_shipped_framework())
    for rung in spec.ladder:
        response = client.get(f"/ladder/{rung.key}/job-description/")

        assert texts(response, "h1") == [rung.title]
        work = section(response, "work")
        assert [each for each in rung.responsibilities if each not in work] == []
        statements = [
            spec.skills_by_key[item.skill].statement(item.required)
            for item in rung.must_haves
        ]
        said = section(response, "must-haves")
        assert [each for each in statements if each not in said] == []


def test_level_leads_to_its_job_description(client, framework):
    work = client.get("/ladder/tpm/")

    assert links(work)["Take it as a job description"] == "/ladder/tpm/job-description/"


@pytest.mark.parametrize("key", ["cloud", "coordinator", "none"])
@pytest.mark.parametrize("ending", ["job-description/", "job-description.txt"])
def test_what_is_no_rung_has_none(client, framework, key, ending):
    assert client.get(f"/ladder/{key}/{ending}").status_code == 404
