"""Guide files to a spec and back."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from careers.files import files_of, parse_guide, text_of
from careers.shape import PAGES, GuideSpec, items, kinds_of
from tests.guides import small_guide

FORMAT = Path(__file__).parents[2] / "docs" / "guide-format.md"
KINDS = kinds_of(GuideSpec)


def test_exported_files_parse_to_the_same_guide():
    assert parse_guide(files_of(small_guide())) == (small_guide(), [])


def test_one_document_parses_to_the_same_guide():
    assert parse_guide({"guide.yaml": text_of(small_guide())}) == (small_guide(), [])


def test_pages_have_one_order_however_they_are_written():
    pages = tuple(reversed(small_guide().pages))

    parsed = parse_guide({"guide.yaml": text_of(small_guide(pages=pages))})

    assert parsed.spec == small_guide()


def test_files_are_cut_by_subject():
    assert sorted(files_of(small_guide())) == [
        "pages/apply.yaml",
        "pages/market.yaml",
        "pages/pay.yaml",
        "pages/questions.yaml",
        "pages/role.yaml",
        "pages/start.yaml",
        "pay_ranges.yaml",
        "questions.yaml",
        "sources.yaml",
    ]


def test_small_guide_has_every_part_and_fills_every_field():
    parts = [small_guide(), *(part for _, part in items(small_guide()))]
    filled = {
        (type(part), field.name)
        for part in parts
        for field in fields(part)
        if getattr(part, field.name) not in ("", None, ())
    }

    missing = {(kind, field.name) for kind in KINDS for field in fields(kind)} - filled

    assert missing == set()


@pytest.mark.parametrize(
    ("part", "find", "key"),
    [
        (small_guide(), "page", "nothing"),
        (small_guide(), "source", "nothing"),
        (small_guide().page("pay"), "section", "nothing"),
        (small_guide().page("pay").sections[0], "fact", "nothing"),
        (small_guide().page("pay").sections[0], "entry", "nothing"),
    ],
)
def test_what_is_not_there_is_not_found(part, find, key):
    with pytest.raises(KeyError):
        getattr(part, find)(key)


def test_parts_are_found_by_their_keys():
    guide = small_guide()

    section = guide.page("start").section("all-routes")

    assert section.entry("second").points == ("one", "two")
    assert guide.source(section.fact("growth").source).title == "The guide"
    assert [each.key for each in guide.questions_on("tool")] == ["score"]


# The document
# --------------------------------------------------------------------------------------


def test_the_example_of_the_document_lacks_only_the_other_pages():
    (example,) = re.findall(r"```yaml\n(.*?)```", FORMAT.read_text("utf-8"), re.DOTALL)

    said = [str(each) for each in parse_guide({"a": example}).problems]

    assert said == [
        f"a:6: pages: The page '{key}' is missing. Add it."
        for key in PAGES
        if key != "market"
    ]
