"""Rows to specs. Published and retired frameworks are loaded once in each process."""

from functools import lru_cache

from django.conf import settings

from careers.models import Framework
from careers.rows import load_spec, rows_of
from careers.spec import FrameworkSpec
from careers.spec_tree import in_order
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
    own = {name: getattr(framework, name) for name in FRAMEWORK_FIELDS}
    return in_order(load_spec(FrameworkSpec, TABLES, framework, **own))


def links_out_of(framework):
    """The rows of a framework that are linked to another one, as sentences.

    No form can make such a link; a hand in the database can.
    """
    sentences = []
    for table in TABLES:
        rows = rows_of(table, framework)
        for column in {table.parent, *(column for column, _ in table.links.values())}:
            if column == "framework":
                continue
            for row in rows.exclude(**{f"{column}__framework": framework}):
                sentences.append(
                    f"{table.model._meta.verbose_name} '{row}' is linked to another "
                    f"framework by its {column.replace('_', ' ')}."
                )
    return sentences
