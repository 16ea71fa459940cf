"""Guide files to a spec and back."""

import re
from pathlib import Path

from careers.fields import items, kinds_of
from careers.files import files_of, parse_guide, text_of
from careers.guide_shape import PAGES, GuideSpec
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
        "guide.yaml",
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
        (type(part), name)
        for part in parts
        for name, value in part
        if value not in ("", None, ())
    }

    missing = {(kind, name) for kind in KINDS for name in kind.model_fields} - filled

    assert missing == set()


# The document
# --------------------------------------------------------------------------------------


def test_the_example_of_the_document_lacks_only_the_other_pages():
    (example,) = re.findall(r"```yaml\n(.*?)```", FORMAT.read_text("utf-8"), re.DOTALL)

    said = [
        str(each)
        for each in parse_guide({"a": f"{example}framework: a-ladder\n"}).problems
    ]

    assert said == [
        f"a:6: pages: The page '{key}' is missing. Add it."
        for key in PAGES
        if key != "market"
    ]
