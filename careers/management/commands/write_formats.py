"""Writes what the shape says of itself: tables in the format documents, JSON Schemas."""

import json
import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

from django.core.management.base import BaseCommand

from careers.rules import adapter
from careers.shape import (
    KEY,
    LONGEST_KEY,
    FrameworkSpec,
    GuideSpec,
    fields_of,
    hints_of,
    kinds_of,
    limit,
    parts_within,
    told,
    words_of,
)

DOCS = Path(__file__).resolve().parents[3] / "docs"
WHOLES = {"framework": FrameworkSpec, "guide": GuideSpec}
QUOTE = '"'
TABLE = re.compile(r"(<!-- fields of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


class Command(BaseCommand):
    help = (
        "Writes the tables in docs/framework-format.md and docs/guide-format.md, and "
        "the JSON Schemas beside them, from careers/shape.py. For developers."
    )

    def handle(self, *args, **options):
        for path, text in written().items():
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {path.name}.")


def written():
    """{path: text} of all documents as the shape says them now."""
    files = {}
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
    rows = [f"| `{field.name}` | {_row(kind, field)} |\n" for field in fields(kind)]
    return "".join(["| field | what it is |\n", "|---|---|\n", *rows])


def _row(kind, field):
    words = [_type_of(kind, field.name)]
    if field.default is MISSING:
        words[0] += ", needed"
    if description := fields_of(kind)[field.name].description:
        words.append(description)
    if field.default not in (MISSING, "", None, ()):
        words.append(f"Left out: `{json.dumps(field.default).strip(QUOTE)}`")
    return ". ".join(words)


def _type_of(kind, name):
    hint, info = hints_of(kind)[name], fields_of(kind)[name]
    meant = told(info, "refers_to")
    if name in parts_within(kind):
        inner = words_of(parts_within(kind)[name])
        return f"{'mapping' if told(info, 'keyed_by') else 'list'}, each {inner}"
    if get_origin(hint) is tuple:
        most = limit(each_of(kind, name), "max_length")
        keys = f"list of keys, each of a {meant}" if meant else "list of keys"
        return keys if most == LONGEST_KEY else f"list of lines, {most} each"
    if choices := get_args(hint) if get_origin(hint) is Literal else ():
        *others, last = (f"`{choice}`" for choice in choices if choice)
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


def each_of(kind, name):
    """What may stand in each of several texts."""
    hint = get_type_hints(kind, include_extras=True)[name]
    return get_args(get_args(hint)[0])[0].__metadata__[0]


# JSON Schemas
# --------------------------------------------------------------------------------------


def schema_of(kind):
    """The schema of one file: it may hold any of the sections, and is one document."""
    schema = adapter(kind).json_schema()
    for each, described in {**schema["$defs"], kind.__name__: schema}.items():
        part = next(part for part in kinds_of(kind) if part.__name__ == each)
        described.pop("title", None)
        for name, field in described["properties"].items():
            field.pop("title", None)
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
    by = told(fields_of(part)[name], "keyed_by")
    if by:
        inner = field.pop("items")
        field.pop("default", None)
        field |= {"type": "object", "additionalProperties": inner}
        described = schema["$defs"][inner["$ref"].rpartition("/")[2]]
        described["properties"].pop(by, None)
        described["required"] = [n for n in described["required"] if n != by]
    for extra in ("keyed_by", "advised", "refers_to", "below_end"):
        field.pop(extra, None)
