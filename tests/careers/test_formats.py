"""The format documents and the JSON Schemas are those of the shape."""

import jsonschema
import pytest
import yaml

from careers.fields import kinds_of
from careers.files import CONTENT, SHIPPED_GUIDE, load_files
from careers.guide_shape import GuideSpec
from careers.shape import FrameworkSpec, Requirement
from tools.write_formats import (
    WHOLES,
    schema_of,
    table_of,
    written,
)

SHIPPED = {
    FrameworkSpec: CONTENT / "technical-project-manager",
    GuideSpec: SHIPPED_GUIDE,
}
KINDS = {kind.__name__ for whole in WHOLES.values() for kind in kinds_of(whole)}


def test_documents_say_what_the_shape_says():
    changed = [
        path.name for path, text in written().items() if path.read_text() != text
    ]

    assert changed == [], "Run `python -m tools.write_formats`."


def test_each_kind_of_part_has_its_table():
    said = "".join(written().values())

    assert [
        kind for kind in sorted(KINDS) if f"<!-- fields of {kind} -->" not in said
    ] == []


def test_a_row_tells_type_need_meaning_and_default():
    table = table_of(Requirement)

    assert (
        "| `required` | point of the scale, from 0, needed. 0 means: not asked |"
        in table
    )
    assert (
        "| `must_have` | `true` or `false`. A must-have that is short holds the score "
        "down. Left out: `false` |"
    ) in table


@pytest.mark.parametrize("kind", SHIPPED)
def test_each_shipped_file_fits_the_schema(kind):
    validator = jsonschema.Draft202012Validator(schema_of(kind))

    faults = [
        f"{name}: {fault.message}"
        for name, text in load_files(SHIPPED[kind]).items()
        for fault in validator.iter_errors(with_texts_as_names(yaml.safe_load(text)))
    ]

    assert faults == []


def with_texts_as_names(value):
    """As an editor sees a document: the names of a mapping are texts."""
    if isinstance(value, dict):
        return {str(name): with_texts_as_names(each) for name, each in value.items()}
    if isinstance(value, list):
        return [with_texts_as_names(each) for each in value]
    return value


@pytest.mark.parametrize(
    ("document", "faults"),
    [
        ({"certifications": [{"key": "a"}]}, 4),
        ({"skils": []}, 1),
        ({"title": "a\nb"}, 1),
        ({"groups": [{"key": "A", "name": 1, "kind": "soft", "description": ""}]}, 2),
    ],
)
def test_a_wrong_file_does_not_fit_the_schema(document, faults):
    validator = jsonschema.Draft202012Validator(schema_of(FrameworkSpec))

    assert len(list(validator.iter_errors(document))) == faults
