"""Rows to the shape and back, for a framework and for the guide. One query a table.

Published and retired frameworks never change, so each process loads one once, by digest;
which version is live is always read from the database.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import get_origin

from django.conf import settings
from django.db.models import Subquery

from careers import models, shape
from careers.files import digest_of
from careers.models import Framework, Guide
from careers.shape import (
    FrameworkSpec,
    GuideSpec,
    hints_of,
    items,
    own_fields,
    parts_within,
)

SPECS_KEPT = 16
GUIDES_KEPT = 4  # after a change, requests that began before it may still ask


# Which row holds which part
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """How the parts of one kind are kept.

    `parent` is the column with the row that holds the part. `links` names, for each field
    that holds a key, the column and the section where that key lives. `placed` parts keep
    the owner's order in the column `order`; the others have an order of their own. `path`
    says how a query names what holds them all, where that is not the framework.
    """

    part: type
    model: type
    parent: str = "framework"
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    placed: bool = False
    path: str = ""

    @cached_property
    def fields(self):
        return own_fields(self.part)

    @cached_property
    def lists(self):
        """Those of the fields that hold several texts; their column has one a line."""
        hints = hints_of(self.part)
        return {name for name in self.fields if get_origin(hints[name]) is tuple}

    @cached_property
    def path_to_whole(self):
        """How a query of the rows names the framework or the guide that holds them."""
        names = {column.name for column in self.model._meta.fields}
        own = "framework" if "framework" in names else f"{self.parent}__framework"
        return self.path or own


SKILL = {"skill": ("skill", "skills")}

# A part comes after the part that holds it and after what it is linked to.
TABLES = [
    Table(shape.ProficiencyLevel, models.ProficiencyLevel),
    Table(shape.Source, models.Source, placed=True),
    Table(shape.LeftOut, models.LeftOut, placed=True),
    Table(shape.SkillGroup, models.SkillGroup, placed=True),
    Table(shape.Skill, models.Skill, links={"group": ("group", "groups")}),
    Table(shape.SkillLevel, models.SkillLevel, parent="skill"),
    Table(
        shape.SkillPrerequisite,
        models.SkillPrerequisite,
        parent="skill",
        links={"skill": ("needs", "skills")},
    ),
    Table(shape.Career, models.Career),
    Table(
        shape.CareerLevel, models.CareerLevel, links={"career": ("career", "careers")}
    ),
    Table(shape.Requirement, models.Requirement, parent="career_level", links=SKILL),
    Table(
        shape.DevelopmentAction, models.DevelopmentAction, parent="skill", placed=True
    ),
    Table(
        shape.InterviewQuestion,
        models.InterviewQuestion,
        parent="skill",
        links={"career_level": ("career_level", "levels")},
        placed=True,
    ),
    Table(shape.Certification, models.Certification, placed=True),
    Table(
        shape.CertificationSupport,
        models.CertificationSupport,
        parent="certification",
        links=SKILL,
    ),
]

FRAMEWORK_FIELDS = (
    "key",
    "version",
    "title",
    "language",
    "attribution",
    "person",
    "certification_rule",
    "notes",
)

FROM_SOURCE = {"source": ("source", "sources")}

GUIDE_TABLES = [
    Table(
        shape.GuideSource,
        models.GuideSource,
        parent="guide",
        placed=True,
        path="guide",
    ),
    Table(shape.GuidePage, models.GuidePage, parent="guide", path="guide"),
    Table(
        shape.GuideSection,
        models.GuideSection,
        parent="page",
        placed=True,
        path="page__guide",
    ),
    Table(
        shape.Fact,
        models.Fact,
        parent="section",
        links=FROM_SOURCE,
        placed=True,
        path="section__page__guide",
    ),
    Table(
        shape.GuideEntry,
        models.GuideEntry,
        parent="section",
        placed=True,
        path="section__page__guide",
    ),
    Table(
        shape.PayRange,
        models.PayRange,
        parent="guide",
        links=FROM_SOURCE,
        placed=True,
        path="guide",
    ),
    Table(
        shape.GuideQuestion,
        models.GuideQuestion,
        parent="guide",
        placed=True,
        path="guide",
    ),
]


# A framework
# --------------------------------------------------------------------------------------


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
    return load_spec(FrameworkSpec, TABLES, framework, **own).in_order()


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


# The guide
# --------------------------------------------------------------------------------------


class _Unsettled(Exception):
    """The rows are not those of the digest: they are just being written."""


def load_guide():
    """The guide as it is now, or None before the first import.

    One query, and one more for each table (7) after a change. It is the same object until
    the guide changes, by whatever process.
    """
    return guide_of(Guide.objects.values_list("digest", flat=True).first())


def with_guide(queryset):
    """Adds `guide_digest` to rows, for a page that needs the guide besides them."""
    return queryset.annotate(guide_digest=Subquery(Guide.objects.values("digest")[:1]))


def guide_of(digest):
    """The guide with this digest; None where there is no guide and so no digest."""
    if digest is None:
        return None
    try:
        return _load(digest)
    except _Unsettled as unsettled:
        return unsettled.args[0]


@lru_cache(maxsize=GUIDES_KEPT)
def _load(digest):
    guide = load_guide_rows(Guide(digest=digest))
    if digest_of(guide) != digest:
        raise _Unsettled(guide)
    return guide


def load_guide_rows(guide):
    """The spec that the rows of the guide hold now."""
    return load_spec(GuideSpec, GUIDE_TABLES, guide).in_order()


# Reading rows. `whole` is the row that holds all the others: a framework or the guide
# --------------------------------------------------------------------------------------


def load_spec(kind, tables, whole, **own):
    """The spec of a kind that the rows of `whole` hold now, in the order of the rows.

    `own` are the values of the spec's own fields.
    """
    parts = defaultdict(list)  # (kind of part, pk of what holds it) -> the parts
    for table in reversed(tables):
        for row in _rows(table, whole):
            holder = row.pop(f"{table.parent}_id")
            within = _within(table.part, row.pop("pk"), parts)
            parts[table.part, holder].append(
                table.part(**_values(table, row), **within)
            )
    return kind(**own, **_within(kind, whole.pk, parts))


def rows_of(table, whole):
    """The rows of one table that `whole` holds."""
    return table.model.objects.filter(**{table.path_to_whole: whole})


def _rows(table, whole):
    columns = {
        name: f"{table.links[name][0]}__key" if name in table.links else name
        for name in table.fields
    }
    rows = rows_of(table, whole)
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
    sections = parts_within(kind)
    return {section: tuple(parts[part, pk]) for section, part in sections.items()}


# Writing rows
# --------------------------------------------------------------------------------------


def delete_rows(tables, whole):
    """Removes every part of `whole`, and leaves `whole` itself."""
    for table in reversed(tables):
        rows_of(table, whole).delete()


def write_rows(tables, whole, spec):
    """Writes the parts of a spec into `whole`, which has none yet."""
    pks = {}  # the row of each path
    for table in tables:
        paths, rows = [], []
        for path, part in items(spec):
            if type(part) is table.part:
                paths.append(path)
                rows.append(table.model(**_columns(table, whole, path, part, pks)))
        _number(table, paths, rows)
        created = table.model.objects.bulk_create(rows)
        pks.update({path: row.pk for path, row in zip(paths, created, strict=True)})


def _columns(table, whole, path, part, pks):
    columns = {}
    if "__" not in table.path_to_whole:
        columns[f"{table.path_to_whole}_id"] = whole.pk
    if table.parent != table.path_to_whole:
        columns[f"{table.parent}_id"] = pks[path[:-2]]
    for name in table.fields:
        value = getattr(part, name)
        if name in table.links:
            column, section = table.links[name]
            columns[f"{column}_id"] = pks[section, value]
        else:
            columns[name] = "\n".join(value) if name in table.lists else value
    return columns


def _number(table, paths, rows):
    """Gives placed rows their place among those that stand in the same part."""
    if not table.placed:
        return
    places = Counter()
    for path, row in zip(paths, rows, strict=True):
        places[path[:-2]] += 1
        row.order = places[path[:-2]]
