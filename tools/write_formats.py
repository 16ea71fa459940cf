"""Writes what the shapes say of themselves: tables in docs/*-format.md, JSON Schemas.

That of what a person takes along is made from the registry of personal data. Run it as
`python -m tools.write_formats`.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Literal, get_args, get_origin

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpmguide.settings")
os.environ.setdefault(
    "SECRET_KEY", "only to read the shapes, and of some length for that"
)
os.environ.setdefault("DEBUG", "true")
django.setup()

from assessment.own_data import file_shape  # noqa: E402 - Django has to be ready
from careers.fields import (  # noqa: E402
    KEY,
    LONGEST_KEY,
    kinds_of,
    limit,
    parts_within,
    told,
    words_of,
)
from careers.guide_shape import GuideSpec  # noqa: E402
from careers.shape import FrameworkSpec  # noqa: E402

DOCS = Path(__file__).resolve().parents[1] / "docs"
WHOLES = {"framework": FrameworkSpec, "guide": GuideSpec}
QUOTE = '"'
TABLE = re.compile(r"(<!-- fields of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written():
    """{path: text} of all documents as the shape says them now."""
    own_data = json.dumps(
        file_shape().model_json_schema(by_alias=True), indent=2, ensure_ascii=False
    )
    files = {DOCS / "own-data.schema.json": own_data + "\n"}
    for name, kind in WHOLES.items():
        document, schema = DOCS / f"{name}-format.md", DOCS / f"{name}.schema.json"
        kinds = {each.__name__: each for each in kinds_of(kind)}
        files[document] = TABLE.sub(
            lambda found, kinds=kinds: found[1] + table_of(kinds[found[2]]) + found[3],
            document.read_text(encoding="utf-8"),
        )
        files[schema] = json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"
    return files


# Tables
# --------------------------------------------------------------------------------------


def table_of(kind):
    rows = [f"| `{name}` | {_row(kind, name)} |\n" for name in kind.model_fields]
    return "".join(["| field | what it is |\n", "|---|---|\n", *rows])


def _row(kind, name):
    info = kind.model_fields[name]
    words = [_type_of(kind, name, info)]
    if info.is_required() and not told(info, "placed"):
        words[0] += ", needed"
    if info.description:
        words.append(info.description)
    if told(info, "placed"):
        words.append("Left out: as the file has them")
    elif not info.is_required() and info.default not in ("", None, ()):
        words.append(f"Left out: `{json.dumps(info.default).strip(QUOTE)}`")
    return ". ".join(words)


def _type_of(kind, name, info):
    hint, meant = info.annotation, told(info, "refers_to")
    if name in parts_within(kind):
        inner = words_of(parts_within(kind)[name])
        return f"{'mapping' if told(info, 'keyed_by') else 'list'}, each {inner}"
    if get_origin(hint) is tuple:
        most = limit(get_args(hint)[0].__metadata__[0], "max_length")
        keys = f"list of keys, each of a {meant}" if meant else "list of keys"
        return keys if most == LONGEST_KEY else f"list of lines, {most} each"
    if get_origin(hint) is Literal:
        *others, last = (f"`{choice}`" for choice in get_args(hint) if choice)
        return f"{', '.join(others)} or {last}"
    if hint is bool:
        return "`true` or `false`"
    if told(info, "below_end") is not None:
        return f"point of the scale, from {limit(info, 'ge')}"
    if limit(info, "ge") is not None:
        return f"whole number, {limit(info, 'ge')} to {limit(info, 'le'):,}"
    if meant or limit(info, "pattern") == KEY:
        return f"key of a {meant}" if meant else "key"
    most = told(info, "advised")
    return f"text, {most}" if most else f"line, {limit(info, 'max_length')}"


# JSON Schemas
# --------------------------------------------------------------------------------------


def schema_of(kind):
    """The schema of one file: it may hold any of the sections, and is one document."""
    schema = kind.model_json_schema()
    for each, described in {**schema["$defs"], kind.__name__: schema}.items():
        part = next(part for part in kinds_of(kind) if part.__name__ == each)
        described.pop("title", None)
        for name, field in described["properties"].items():
            field.pop("title", None)
            if told(part.model_fields[name], "placed"):
                described["required"].remove(name)
            _as_mapping(schema, part, name, field)
    schema.pop("required", None)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {
        "$schema": dialect,
        "title": f"{words_of(kind).capitalize()} file",
        **schema,
    }


def _as_mapping(schema, part, name, field):
    """Parts that are written under their names are values of a mapping."""
    by = told(part.model_fields[name], "keyed_by")
    if by:
        inner = field.pop("items")
        field.pop("default", None)
        field |= {"type": "object", "additionalProperties": inner}
        described = schema["$defs"][inner["$ref"].rpartition("/")[2]]
        described["properties"].pop(by, None)
        described["required"] = [n for n in described["required"] if n != by]
    for extra in ("keyed_by", "advised", "refers_to", "below_end", "placed"):
        field.pop(extra, None)


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"Wrote {path.name}.\n")
