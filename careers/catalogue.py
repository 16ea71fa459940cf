"""Rows to specs. Published and retired frameworks are loaded once in each process."""

from collections import defaultdict
from functools import lru_cache

from django.conf import settings

from careers.models import Framework
from careers.spec import FrameworkSpec
from careers.spec_tree import PARTS_WITHIN, in_order
from careers.tables import FRAMEWORK_FIELDS, TABLES

SPECS_KEPT = 16


def live_frameworks(key=None):
    """The published version of `key` (default: settings.FRAMEWORK_KEY), as a queryset."""
    return Framework.objects.published().for_key(key or settings.FRAMEWORK_KEY)


def spec_of(framework):
    """The spec of a framework row; a draft is read anew at each call."""
    return load_rows(framework) if framework.is_draft else load(framework.digest)


@lru_cache(maxsize=SPECS_KEPT)
def load(digest):
    """The published or retired framework with this digest; no query after the first call.

    Raises Framework.DoesNotExist.
    """
    return load_rows(Framework.objects.exclude(digest="").get(digest=digest))


def load_rows(framework):
    """The spec that the rows of a framework hold now. One query a table (14)."""
    parts = defaultdict(list)  # (kind of part, pk of what holds it) -> the parts
    for table in reversed(TABLES):
        for row in _rows(table, framework):
            whole = row.pop(f"{table.parent}_id")
            within = _within(table.part, row.pop("pk"), parts)
            parts[table.part, whole].append(table.part(**_values(table, row), **within))
    own = {name: getattr(framework, name) for name in FRAMEWORK_FIELDS}
    return in_order(FrameworkSpec(**own, **_within(FrameworkSpec, framework.pk, parts)))


def links_out_of(framework):
    """The rows of a framework that are linked to another one, as sentences.

    No form can make such a link; a hand in the database can.
    """
    sentences = []
    for table in TABLES:
        rows = table.model.objects.filter(**{table.path_to_framework: framework})
        for column in {table.parent, *(column for column, _ in table.links.values())}:
            if column == "framework":
                continue
            for row in rows.exclude(**{f"{column}__framework": framework}):
                sentences.append(
                    f"{table.model._meta.verbose_name} '{row}' is linked to another "
                    f"framework by its {column.replace('_', ' ')}."
                )
    return sentences


def _rows(table, framework):
    columns = {
        name: f"{table.links[name][0]}__key" if name in table.links else name
        for name in table.fields
    }
    rows = table.model.objects.filter(**{table.path_to_framework: framework})
    rows = rows.order_by("order", "pk") if table.placed else rows.order_by("pk")
    wanted = ["pk", f"{table.parent}_id", *columns.values()]
    for values in rows.values_list(*wanted):
        yield dict(zip(["pk", f"{table.parent}_id", *columns], values, strict=True))


def _values(table, row):
    for name in table.lists:
        lines = (line.strip() for line in row[name].split("\n"))
        row[name] = tuple(line for line in lines if line)
    return row


def _within(kind, pk, parts):
    sections = PARTS_WITHIN.get(kind, {})
    return {section: tuple(parts[part, pk]) for section, part in sections.items()}
