"""The examples of docs/scoring.md and of the engine's docstrings are true."""

import doctest
from dataclasses import fields

import pytest
from django.conf import settings

from assessment.scoring import (
    Band,
    Confidence,
    Evidence,
    Lane,
    Reason,
    Scored,
    SkillInput,
    Status,
    explanation,
    points,
    priority,
    straight_line,
)

PAGE = settings.BASE_DIR / "docs" / "scoring.md"


def test_examples_of_the_page_are_true():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert result.attempted > 40
    assert result.failed == 0


@pytest.mark.parametrize("module", [explanation, points, priority, straight_line])
def test_examples_of_the_docstrings_are_true(module):
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("words", [Status, Reason, Band, Confidence, Evidence, Lane])
def test_page_names_every_word(words):
    text = PAGE.read_text("utf-8")

    assert [word for word in words if word not in text] == []


def test_page_names_every_input():
    text = PAGE.read_text("utf-8")

    names = {field.name for field in fields(SkillInput)} - {"key"}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_page_names_every_letter_that_a_result_holds():
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line[:2] == "| "]
    names = [
        row.split("|")[2].strip(" `") for row in rows if len(row.split("|")[1]) == 3
    ]
    held = {field.name for field in fields(Scored)}

    assert [name for name in names if name in held] == [
        "attainment",
        "coverage",
        "worst_must_have_gap",
        "ceiling",
        "readiness",
        "held",
        "binding",
        "answered_share",
        "not_applicable_share",
    ]
