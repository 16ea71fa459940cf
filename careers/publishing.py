"""The only writes of frameworks and of the guide: import, draft, publication.

Nothing here changes a published or retired version. The guide has no versions; the admin's
forms save single rows of it and call `record_guide_change` afterwards.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from careers.changes import problems_of_replaces
from careers.fields import items, own_fields
from careers.files import digest_of, parse_framework, parse_guide
from careers.guide_shape import GuideSpec
from careers.models import Framework, Guide, SkillLevel, UnclearStatement
from careers.problems import ERROR, Problem, errors
from careers.rules import problems_of
from careers.shape import Career, FrameworkSpec
from careers.sheets import parse_tables
from careers.store import (
    FRAMEWORK_FIELDS,
    GUIDE_TABLES,
    TABLES,
    delete_rows,
    links_out_of,
    live_frameworks,
    load_guide,
    load_guide_rows,
    load_rows,
    spec_of,
    write_rows,
)
from careers.tables import Table

events = logging.getLogger("tpmguide.events")
LONGEST_VERSION = Framework._meta.get_field("version").max_length
OVERTAKEN = (
    "The framework was changed since this plan was made. Choose the file again, and look "
    "at what it changes now."
)
CREATE, CHANGE, REMOVE, UNCHANGED = "create", "change", "remove", "unchanged"


class ImportRefused(Exception):
    """What may not be imported or published; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


# What an import would do, part by part, before anything is written
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """What an import does to one part; `fields`: {what is different: (before, after)}."""

    action: str
    path: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Nothing has been written.

    `spec` is None where nothing could be read. `before` is what it was compared with, and
    `against` says what that is, "the draft 1.1"; there may be nothing.
    """

    spec: Any
    problems: list[Problem]
    changes: list[Change]
    against: str = ""
    before: Any = None

    @property
    def seen(self) -> str:
        """The digest of what the plan was compared with; empty where there is nothing."""
        return digest_of(self.before) if self.before else ""

    @property
    def errors(self) -> list[Problem]:
        return errors(self.problems)

    @property
    def counts(self) -> dict[str, int]:
        """How many parts are created, changed, removed and unchanged."""
        counts = Counter(change.action for change in self.changes)
        return {
            action: counts[action] for action in (CREATE, CHANGE, REMOVE, UNCHANGED)
        }

    @property
    def removes(self) -> bool:
        return any(change.action == REMOVE for change in self.changes)

    @property
    def changes_nothing(self) -> bool:
        return all(change.action == UNCHANGED for change in self.changes)


def differences(before: Any, after: Any) -> list[Change]:
    """What turns one spec into the other, part by part; `before` may be None."""
    old = _parts(before) if before else {}
    new = _parts(after)
    changes = []
    for path, values in new.items():
        if path not in old:
            changes.append(Change(CREATE, path))
        elif values == old[path]:
            changes.append(Change(UNCHANGED, path))
        else:
            pairs = {name: (old[path][name], values[name]) for name in values}
            fields = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
            changes.append(Change(CHANGE, path, fields))
    return changes + [Change(REMOVE, path) for path in old if path not in new]


def _parts(spec: Any) -> dict[str, dict[str, Any]]:
    """{path: {field: value}} of every part, a framework's own fields under its key."""
    parts = {}
    if isinstance(spec, FrameworkSpec):
        own = own_fields(FrameworkSpec)
        parts[f"framework/{spec.key}"] = {name: getattr(spec, name) for name in own}
    for path, part in items(spec):
        names = own_fields(type(part))
        parts["/".join(path)] = {name: getattr(part, name) for name in names}
    return parts


# Import of a framework
# --------------------------------------------------------------------------------------


def plan_import(files: Mapping[str, str]) -> ImportPlan:
    """What importing these files, {name: text}, would create, change and remove."""
    return plan_spec(*parse_framework(files))


def plan_tables(base: FrameworkSpec, tables: Iterable[Table]) -> ImportPlan:
    """What importing these tables of a spreadsheet over a framework would do.

    Tables that say nothing new make no next version.
    """
    spec, problems = parse_tables(base, tables)
    newest = _newest(Framework.objects.for_key(base.key))
    if spec == base and newest and not newest.is_draft:
        spec = spec_of(newest)
    return plan_spec(spec, problems)


def base_for_tables(key: str) -> FrameworkSpec | None:
    """What tables of a ladder are read over: its draft, or its next version."""
    newest = _newest(Framework.objects.for_key(key))
    if newest is None:
        return None
    return load_rows(newest) if newest.is_draft else _next_spec(newest)


def _newest(versions):
    """What tables are read over: the draft, else the newest version, else None."""
    return _before(versions) or versions.first()


def new_ladder(key: str, title: str, language: str) -> FrameworkSpec:
    """A framework of which nothing is known but its name."""
    ladder = Career(key="ladder", order=1, title=title, kind="ladder")
    return FrameworkSpec(
        key=key, version="1.0", title=title, language=language, careers=(ladder,)
    )


def plan_spec(spec: FrameworkSpec, problems: Sequence[Problem] = ()) -> ImportPlan:
    """What bringing in a spec would create, change and remove; nothing where it has errors."""
    if errors(problems):
        return ImportPlan(spec, list(problems), [])
    versions = Framework.objects.for_key(spec.key)
    frozen = _frozen(versions, spec)
    before = frozen or _before(versions)
    if before is None:
        return ImportPlan(spec, list(problems), differences(None, spec))
    against = f"the {before.status} version {before.version}"
    found = [*problems, *(_refusal_to_change(frozen, spec) if frozen else ())]
    live = versions.published().first()
    if live and not frozen:
        found += problems_of_replaces(spec_of(live), spec)
    held = spec_of(before)
    return ImportPlan(spec, found, differences(held, spec), against, held)


def _before(versions):
    """What an import is compared with: the draft, else what is live, else None."""
    return versions.drafts().first() or versions.published().first()


def _frozen(versions, spec):
    """The published or retired version that bears the label of a spec, or None."""
    frozen = versions.exclude(status=Framework.Status.DRAFT)
    return frozen.filter(version=spec.version).first()


def _refusal_to_change(frozen, spec):
    """The problem that a frozen version is not equal to a spec of its label, if so."""
    if frozen.digest == digest_of(spec):
        return []
    sentence = (
        f"Version {frozen.version} is {frozen.status} and cannot be changed. "
        "Raise 'version' in the file to bring in what is new."
    )
    return [Problem("version", ERROR, sentence)]


@transaction.atomic
def apply_import(plan: ImportPlan) -> Framework:
    """Writes a plan into the draft of its framework, and returns that draft.

    A frozen version that equals the plan is returned as it is. Raises ImportRefused, also
    where something else stands there by now than the plan was compared with.
    """
    if plan.spec is None or plan.errors:
        raise ImportRefused(plan.errors)
    versions = _locked_versions(plan.spec.key)
    if frozen := _frozen(versions, plan.spec):
        if problems := _refusal_to_change(frozen, plan.spec):
            raise ImportRefused(problems)
        return frozen
    before = _before(versions)
    if plan.seen != (digest_of(spec_of(before)) if before else ""):
        raise ImportRefused([Problem("", ERROR, OVERTAKEN)])
    draft = versions.drafts().first()
    if draft is None:
        draft = _create_draft(plan.spec, based_on=versions.published().first())
    elif load_rows(draft) != plan.spec:
        delete_rows(TABLES, draft)
        for name in FRAMEWORK_FIELDS:
            setattr(draft, name, getattr(plan.spec, name))
        draft.save()
        write_rows(TABLES, draft, plan.spec)
    _write_down("framework_imported", draft)
    return draft


def _create_draft(spec, *, based_on):
    own = {name: getattr(spec, name) for name in FRAMEWORK_FIELDS}
    draft = Framework.objects.create(**own, based_on=based_on)
    write_rows(TABLES, draft, spec)
    return draft


def _write_down(event, framework):
    extra = {"framework": framework.key, "version": framework.version}
    events.info(event, extra=extra)


# Drafts and publication
# --------------------------------------------------------------------------------------


@transaction.atomic
def start_draft(*, framework: Framework) -> Framework:
    """The open draft of the framework's key, or a new one copied from `framework`."""
    draft = _locked_versions(framework.key).drafts().first()
    if draft is not None:
        return draft
    return _create_draft(_next_spec(framework), based_on=framework)


@transaction.atomic
def copy_framework(*, framework: Framework, key: str, title: str) -> Framework:
    """The first draft of a new ladder that begins as a version of another one.

    Raises ImportRefused where a ladder has that key.
    """
    if _locked_versions(key).exists():
        sentence = f"There is a ladder with the key '{key}'. Choose another key."
        raise ImportRefused([Problem("key", ERROR, sentence)])
    spec = spec_of(framework)
    skills = tuple(skill.replaced(replaces=()) for skill in spec.skills)
    spec = spec.replaced(key=key, title=title, version="1.0", notes="", skills=skills)
    draft = _create_draft(spec, based_on=None)
    _write_down("framework_imported", draft)
    return draft


def _next_spec(framework):
    return spec_of(framework).replaced(version=_next_version(framework), notes="")


def _next_version(framework):
    """A label that no version of the key has: 1.0 is followed by 1.1, then 1.2."""
    taken = set(
        Framework.objects.for_key(framework.key).values_list("version", flat=True)
    )
    stem, dot, last = framework.version.rpartition(".")
    number = int(last) if last.isdecimal() else 0
    if not last.isdecimal():
        stem, dot = framework.version, "."
    label = framework.version
    while label in taken:
        number += 1
        room = LONGEST_VERSION - len(f"{dot}{number}")
        label = f"{stem[:room]}{dot}{number}"
    return label


@transaction.atomic
def publish_framework(
    *, framework: Framework, by=None, notes: str | None = None
) -> Framework:
    """Makes a draft live and retires the version before it, or raises ImportRefused.

    `by` is the user who publishes, None for a command. `notes`, what changed, take the
    place of those that the draft has.
    """
    draft = _locked_versions(framework.key).drafts().filter(pk=framework.pk).first()
    if draft is None:
        raise ImportRefused([Problem("", ERROR, "Only a draft can be published.")])
    if notes is not None:
        draft.notes = notes
    spec = load_rows(draft)
    problems = errors(problems_of(spec))
    problems += [Problem("", ERROR, sentence) for sentence in links_out_of(draft)]
    if problems:
        raise ImportRefused(problems)
    live_frameworks(draft.key).update(status=Framework.Status.RETIRED)
    draft.status = Framework.Status.PUBLISHED
    draft.digest = digest_of(spec)
    draft.published_at = timezone.now()
    draft.published_by = by
    draft.save()
    _write_down("framework_published", draft)
    return draft


def _locked_versions(key):
    """All versions of a framework, locked, so that two editors wait for each other."""
    versions = Framework.objects.for_key(key)
    list(versions.select_for_update().order_by("pk").values_list("pk"))
    return versions


@transaction.atomic
def report_unclear(*, framework: Framework, skill: str, value: int) -> None:
    """Counts that a reader found a statement unclear; nothing of the reader is kept."""
    statement = SkillLevel.objects.get(
        skill__framework=framework, skill__key=skill, value=value
    )
    today = timezone.localdate()
    row, _ = UnclearStatement.objects.get_or_create(
        statement=statement, defaults={"last_day": today}
    )
    rows = UnclearStatement.objects.filter(pk=row.pk)
    rows.update(count=F("count") + 1, last_day=today)


# The guide
# --------------------------------------------------------------------------------------


def plan_guide(files: Mapping[str, str]) -> ImportPlan:
    """What importing these files, {name: text}, would create, change and remove."""
    return plan_guide_spec(*parse_guide(files))


def plan_guide_spec(guide: GuideSpec, problems: Sequence[Problem] = ()) -> ImportPlan:
    """What bringing in a guide would create, change and remove; nothing where it has errors."""
    if errors(problems):
        return ImportPlan(guide, list(problems), [])
    before = load_guide(guide.framework)
    against = "the guide in the database" if before else ""
    return ImportPlan(guide, list(problems), differences(before, guide), against)


@transaction.atomic
def apply_guide(plan: ImportPlan) -> Guide:
    """Makes the guide what the plan holds; it is live at once. Raises ImportRefused.

    Where the rows hold it already, nothing is written.
    """
    if plan.spec is None or plan.errors:
        raise ImportRefused(plan.errors)
    key = plan.spec.framework
    guide, _ = Guide.objects.select_for_update().get_or_create(framework=key)
    if load_guide_rows(guide) != plan.spec:
        delete_rows(GUIDE_TABLES, guide)
        write_rows(GUIDE_TABLES, guide, plan.spec)
        record_guide_change(guide)
    return guide


def record_guide_change(guide: Guide) -> None:
    """Tells every process that the guide is another one now.

    Whoever writes a row of it calls this in the same transaction.
    """
    Guide.objects.filter(pk=guide.pk).update(revision=uuid4())
