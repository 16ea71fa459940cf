"""Rows to the shape and back, for a framework and for the guide. One query a table.

Published and retired frameworks never change, so each process loads one once, by digest;
which version is live is always read from the database, as long as it answers. The guide is
loaded anew after each change of it.
"""

import logging
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import get_origin

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import OuterRef, Subquery

from careers import guide_shape, models, shape
from careers.changes import TwoVersions, keys_until, renames_in
from careers.fields import items, own_fields, parts_within
from careers.guide_shape import GuideSpec
from careers.models import Framework, Guide
from careers.shape import FrameworkSpec

logger = logging.getLogger(__name__)

SPECS_KEPT = 32  # as many as assessment/answers.py keeps targets of


# Which row holds which part
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """How the parts of one kind are kept.

    `parent` is the column with the row that holds the part. `links` names, for each field
    that holds a key, the column and the section where that key lives. The model bears the
    name of the part.
    """

    part: type
    parent: str = "framework"
    links: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def model(self):
        return getattr(models, self.part.__name__)

    @cached_property
    def is_placed(self):
        """Whether the column `order` keeps the order in which the owner wrote the parts."""
        columns = {column.name for column in self.model._meta.fields}
        return "order" in columns and "order" not in self.fields

    @cached_property
    def fields(self):
        return list(own_fields(self.part))

    @cached_property
    def lists(self):
        """Those of the fields that hold several texts; their column has one a line."""
        return {
            name
            for name, info in own_fields(self.part).items()
            if get_origin(info.annotation) is tuple
        }

    def part_of(self, row):
        """The part that a row holds, of {field: value}; no rule is asked."""
        for name in self.lists:
            lines = (line.strip() for line in row[name].split("\n"))
            row[name] = tuple(line for line in lines if line)
        return self.part.model_construct(**row)

    @cached_property
    def path_to_whole(self):
        """How a query of the rows names the framework or the guide that holds them."""
        columns = {column.name: column for column in self.model._meta.fields}
        whole = next((name for name in ("framework", "guide") if name in columns), None)
        if whole:
            return whole
        above = TABLE_OF[columns[self.parent].related_model.__name__]
        return f"{self.parent}__{above.path_to_whole}"


SKILL = {"skill": ("skill", "skills")}

# A part comes after the part that holds it and after what it is linked to.
TABLES = [
    Table(shape.ProficiencyLevel),
    Table(shape.Source),
    Table(shape.LeftOut),
    Table(shape.SkillGroup),
    Table(shape.Skill, links={"group": ("group", "groups")}),
    Table(shape.SkillLevel, "skill"),
    Table(shape.SkillPrerequisite, "skill", {"skill": ("needs", "skills")}),
    Table(shape.Career),
    Table(shape.CareerLevel, links={"career": ("career", "careers")}),
    Table(shape.Requirement, "career_level", SKILL),
    Table(shape.DevelopmentAction, "skill"),
    Table(
        shape.InterviewQuestion, "skill", {"career_level": ("career_level", "levels")}
    ),
    Table(shape.Certification),
    Table(shape.CertificationSupport, "certification", SKILL),
]
FRAMEWORK_FIELDS = tuple(own_fields(FrameworkSpec))

SOURCE = {"source": ("source", "sources")}

GUIDE_TABLES = [
    Table(guide_shape.GuideSource, "guide"),
    Table(guide_shape.GuidePage, "guide"),
    Table(guide_shape.GuideSection, "page"),
    Table(guide_shape.Fact, "section", SOURCE),
    Table(guide_shape.GuideEntry, "section"),
    Table(guide_shape.PayRange, "guide", SOURCE),
    Table(guide_shape.GuideQuestion, "guide"),
]

TABLE_OF = {table.part.__name__: table for table in (*TABLES, *GUIDE_TABLES)}
"""By the name that a part and its model share."""


# A framework
# --------------------------------------------------------------------------------------


def live_frameworks(key=None):
    """The published version of `key` (default: settings.FRAMEWORK_KEY), as a queryset."""
    return Framework.objects.published().for_key(key or settings.FRAMEWORK_KEY)


def live_framework(key=None):
    """The row of the published version with its `guide_revision`, or None; one query.

    While the database does not answer, it is what this process has read last.
    """
    key = key or settings.FRAMEWORK_KEY
    return _remembered(key, with_guide(live_frameworks(key)).first)


def all_live():
    """The published versions of all keys with `guide_revision`, the served one first."""

    def ask():
        rows = with_guide(Framework.objects.published())
        last_read.update({row.key: row for row in rows})
        served = settings.FRAMEWORK_KEY
        return sorted(rows, key=lambda row: (row.key != served, row.title)) or None

    return _remembered("", ask) or []


def live_spec(key):
    """The spec of the published version, or None; one query."""
    framework = live_frameworks(key).first()
    return framework and spec_of(framework)


def spec_beside(key):
    """The live spec of a ladder that is not the served one; of that, None and no query."""
    return live_spec(key) if key and key != settings.FRAMEWORK_KEY else None


def _remembered(name, ask):
    """What `ask` returns; where the database fails, what it returned the last time."""
    try:
        found = ask()
    except (OperationalError, InterfaceError) as error:
        if name not in last_read:
            raise
        logger.warning("From memory: %s.", type(error).__name__)
        return last_read[name]
    if found is not None:  # visitors ask for many keys that nobody published
        last_read[name] = found
    else:
        last_read.pop(name, None)
    return found


last_read: dict = {}  # frameworks by their keys; under "" all live ones


def spec_of(framework):
    """The spec of a framework row; a draft is read anew at each call."""
    return load_rows(framework) if framework.is_draft else load(framework.digest)


@lru_cache(maxsize=SPECS_KEPT)
def load(digest):
    """The published or retired framework with this digest; no query after the first call.

    Raises Framework.DoesNotExist.
    """
    return load_rows(Framework.objects.exclude(digest="").get(digest=digest))


@lru_cache(maxsize=SPECS_KEPT)
def skill_pks(framework_pk):
    """{skill key: pk} of a published or retired framework; no query after the first call."""
    skills = models.Skill.objects.filter(framework=framework_pk)
    return dict(skills.values_list("key", "pk"))


@lru_cache(maxsize=SPECS_KEPT)
def two_versions(earlier, later):
    """Two published or retired versions, by digest; no query after the first call.

    A skill that was renamed twice is found by what each version said that it replaces.
    """
    before, now = load(earlier), load(later)
    since = _publications(now.key, earlier, later)
    return TwoVersions(before, now, renames_of(now.key), since)


def skill_once(spec, key):
    """The skill of this key, or the one that took its place since; None if it is gone.

    No query for a key of this version, nor after the first other one of a process.
    """
    skills = spec.skills_by_key
    return skills.get(key) or skills.get(keys_now(spec).get(key))


def key_once(spec, key):
    """The key of that skill; the same one where that is gone, or where there is no spec."""
    skill = spec and skill_once(spec, key)
    return skill.key if skill else key


def name_once(spec, key, name):
    """What that skill is called; this name where that is gone, or where there is no spec."""
    skill = spec and skill_once(spec, key)
    return skill.name if skill else name


@lru_cache(maxsize=SPECS_KEPT)
def keys_now(spec):
    """{key of an older version: that of the first skill here which had it}."""
    renames, found = renames_of(spec.key), {}
    for skill in spec.skills:
        for key in keys_until(skill, renames, spec.skills_by_key):
            found.setdefault(key, skill.key)
    return found


def renames_of(key):
    """{skill key: all keys that it replaced} of the published and retired versions; one query."""
    rows = models.Skill.objects.filter(group__framework__key=key)
    rows = rows.exclude(group__framework__status=Framework.Status.DRAFT)
    lines = rows.exclude(replaces="").values_list("key", "replaces")
    return renames_in((key, text.split()) for key, text in lines)


def _publications(key, earlier, later):
    """((version, what changed, when) of each after the earlier one), the newest first.

    There is one draft of a key at a time, so rows were published in their order.
    """
    rows = Framework.objects.for_key(key).exclude(status=Framework.Status.DRAFT)
    rows = list(
        rows.order_by("pk").values_list("digest", "version", "notes", "published_at")
    )
    digests = [digest for digest, *_ in rows]
    since = rows[digests.index(earlier) + 1 : digests.index(later) + 1]
    return tuple(tuple(said) for _, *said in reversed(since))


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


def load_guide(key=None):
    """The guide of a framework as it is now, or None; by default of settings.FRAMEWORK_KEY.

    One query; after a change, by whatever process, one more for each table and the guide.
    """
    key = key or settings.FRAMEWORK_KEY
    guides = Guide.objects.filter(framework=key)
    return _guide_of(key, guides.values_list("revision", flat=True).first())


def with_guide(queryset):
    """Adds `guide_revision` to rows, for a page that needs the guide besides them."""
    revision = Guide.objects.filter(framework=OuterRef("key")).values("revision")
    return queryset.annotate(guide_revision=Subquery(revision))


def guide_of(framework):
    """The guide of a row that `with_guide` read; None where there is no guide."""
    return _guide_of(framework.key, framework.guide_revision)


def _guide_of(key, revision):
    try:
        return guide_at(revision)
    except Guide.DoesNotExist:  # somebody saved it since the revision was read
        guide = Guide.objects.filter(framework=key).first()
        return guide and load_guide_rows(guide)


@lru_cache(maxsize=SPECS_KEPT)
def guide_at(revision):
    """The guide at a revision, or None for None. Raises Guide.DoesNotExist.

    Kept, because rows to spec take as long as a whole page of the guide (7 ms).
    """
    return revision and load_guide_rows(Guide.objects.get(revision=revision))


def has_guide(key):
    """Whether pages of a framework lead to a guide; no query.

    As this process has last read it with the framework: none is led to before that.
    """
    framework = last_read.get(key)
    return bool(framework and framework.guide_revision)


def load_guide_rows(guide):
    """The spec that the rows of a guide hold now."""
    own = {"framework": guide.framework}
    return load_spec(GuideSpec, GUIDE_TABLES, guide, **own).in_order()


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
            parts[table.part, holder].append(table.part_of(row | within))
    return kind.model_construct(**own, **_within(kind, whole.pk, parts))


def rows_of(table, whole):
    """The rows of one table that `whole` holds."""
    return table.model.objects.filter(**{table.path_to_whole: whole})


def _rows(table, whole):
    columns = {
        name: f"{table.links[name][0]}__key" if name in table.links else name
        for name in table.fields
    }
    rows = rows_of(table, whole)
    rows = rows.order_by("order", "pk") if table.is_placed else rows.order_by("pk")
    wanted = ["pk", f"{table.parent}_id", *columns.values()]
    for values in rows.values_list(*wanted):
        yield dict(zip(["pk", f"{table.parent}_id", *columns], values, strict=True))


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
    parts = defaultdict(dict)  # {kind: {path: part}}
    for path, part in items(spec):
        parts[type(part)][path] = part
    pks = {}  # the row of each path
    for table in tables:
        paths = parts[table.part]
        rows = [
            table.model(**_columns(table, whole, path, part, pks))
            for path, part in paths.items()
        ]
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
    """Gives rows in an order of the owner their place among those that stand in the same part."""
    if not table.is_placed:
        return
    places = Counter()
    for path, row in zip(paths, rows, strict=True):
        places[path[:-2]] += 1
        row.order = places[path[:-2]]
