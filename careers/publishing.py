"""The only writes of frameworks and of the guide: import, draft, publication.

Nothing here changes a published or retired version. The guide has no versions; the admin's
forms save single rows of it and call `record_guide_change` afterwards.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from careers.files import digest_of, parse_framework, parse_guide
from careers.models import Framework, Guide
from careers.problems import ERROR, Problem, errors
from careers.rules import problems_of
from careers.shape import FrameworkSpec, GuideSpec, items, own_fields
from careers.store import (
    FRAMEWORK_FIELDS,
    GUIDE_TABLES,
    TABLES,
    delete_rows,
    links_out_of,
    load_guide_rows,
    load_rows,
    spec_of,
    write_rows,
)

events = logging.getLogger("tpmguide.events")
LONGEST_VERSION = Framework._meta.get_field("version").max_length
CREATE, CHANGE, REMOVE, UNCHANGED = "create", "change", "remove", "unchanged"


class ImportRefused(Exception):
    """What may not be imported; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class FrameworkRefused(ImportRefused):
    """A framework that may not be imported or published; `problems` says why."""


# What an import would do, part by part, before anything is written
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """What an import does to one part; `fields` names what is different.

    `values` holds, for each of these fields, what it was and what it becomes.
    """

    action: str
    path: str
    fields: tuple[str, ...] = ()
    values: tuple[tuple[Any, Any], ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Nothing has been written.

    `spec` is None where nothing could be read. `against` says what the file was compared
    with: "the draft 1.1", or nothing.
    """

    spec: Any
    problems: list[Problem]
    changes: list[Change]
    against: str = ""

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
            changes.append(_changed(path, old[path], values))
    return changes + [Change(REMOVE, path) for path in old if path not in new]


def _changed(path: str, old: dict[str, Any], new: dict[str, Any]) -> Change:
    fields = tuple(name for name in new if new[name] != old[name])
    return Change(CHANGE, path, fields, tuple((old[f], new[f]) for f in fields))


def _parts(spec: Any) -> dict[str, dict[str, Any]]:
    """{path: {field: value}} of every part, a framework's own fields under its key."""
    parts = {}
    if own := own_fields(type(spec)):
        parts[f"framework/{spec.key}"] = {name: getattr(spec, name) for name in own}
    for path, part in items(spec):
        names = own_fields(type(part))
        parts["/".join(path)] = {name: getattr(part, name) for name in names}
    return parts


# Import of a framework
# --------------------------------------------------------------------------------------


def plan_import(files: Mapping[str, str]) -> ImportPlan:
    """What importing these files, {name: text}, would create, change and remove."""
    spec, problems = parse_framework(files)
    if spec is None or errors(problems):
        return ImportPlan(spec, problems, [])
    return plan_spec(spec, problems)


def plan_spec(spec: FrameworkSpec, problems: Sequence[Problem] = ()) -> ImportPlan:
    """What bringing in a spec without errors would create, change and remove."""
    problems = list(problems)
    versions = Framework.objects.for_key(spec.key)
    frozen = versions.exclude(status=Framework.Status.DRAFT)
    same = frozen.filter(version=spec.version).first()
    if same is not None:
        return _plan_against_frozen(spec, problems, same)
    before = versions.drafts().first() or versions.published().first()
    if before is None:
        return ImportPlan(spec, problems, differences(None, spec))
    against = f"the {before.status} version {before.version}"
    return ImportPlan(spec, problems, differences(spec_of(before), spec), against)


def _plan_against_frozen(spec, problems, framework):
    changes = differences(spec_of(framework), spec)
    against = f"the {framework.status} version {framework.version}"
    if framework.digest != digest_of(spec):
        problems = [*problems, _cannot_change(framework)]
    return ImportPlan(spec, problems, changes, against)


def _cannot_change(framework):
    return Problem(
        "version",
        ERROR,
        f"Version {framework.version} is {framework.status} and cannot be changed. "
        "Raise 'version' in the file to bring in what is new.",
    )


@transaction.atomic
def apply_import(plan: ImportPlan) -> Framework:
    """Writes a plan into the draft of its framework, and returns that draft.

    A frozen version that equals the plan is returned as it is. Raises FrameworkRefused.
    """
    if plan.spec is None or plan.errors:
        raise FrameworkRefused(plan.errors)
    versions = _locked_versions(plan.spec.key)
    frozen = versions.exclude(status=Framework.Status.DRAFT)
    same = frozen.filter(version=plan.spec.version).first()
    if same is not None:
        return _unchanged(same, plan.spec)
    draft = versions.drafts().first()
    if draft is None:
        live = versions.published().first()
        draft = _create_draft(plan.spec, based_on=live)
    elif load_rows(draft) != plan.spec:
        _replace_rows(draft, plan.spec)
    _write_down("framework_imported", draft)
    return draft


def _write_down(event, framework):
    extra = {"framework": framework.key, "version": framework.version}
    events.info(event, extra=extra)


def _unchanged(frozen, spec):
    """A version that was published after the plan was made must equal the plan."""
    if frozen.digest != digest_of(spec):
        raise FrameworkRefused([_cannot_change(frozen)])
    return frozen


# Drafts and publication
# --------------------------------------------------------------------------------------


@transaction.atomic
def start_draft(*, framework: Framework) -> Framework:
    """The open draft of the framework's key, or a new one copied from `framework`."""
    draft = _locked_versions(framework.key).drafts().first()
    if draft is not None:
        return draft
    spec = replace(spec_of(framework), version=_next_version(framework), notes="")
    return _create_draft(spec, based_on=framework)


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
def publish_framework(*, framework: Framework, by=None) -> Framework:
    """Makes a draft live and retires the version before it, or raises FrameworkRefused.

    `by` is the user who publishes, None for a command.
    """
    draft = _locked_versions(framework.key).drafts().filter(pk=framework.pk).first()
    if draft is None:
        raise FrameworkRefused([Problem("", ERROR, "Only a draft can be published.")])
    spec = load_rows(draft)
    problems = errors(problems_of(spec))
    problems += [Problem("", ERROR, sentence) for sentence in links_out_of(draft)]
    if problems:
        raise FrameworkRefused(problems)
    live = Framework.objects.published().for_key(draft.key)
    live.update(status=Framework.Status.RETIRED)
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


# Rows
# --------------------------------------------------------------------------------------


def _create_draft(spec, *, based_on):
    own = {name: getattr(spec, name) for name in FRAMEWORK_FIELDS}
    draft = Framework.objects.create(**own, based_on=based_on)
    write_rows(TABLES, draft, spec)
    return draft


def _replace_rows(draft, spec):
    delete_rows(TABLES, draft)
    for name in FRAMEWORK_FIELDS:
        setattr(draft, name, getattr(spec, name))
    draft.save()
    write_rows(TABLES, draft, spec)


# The guide
# --------------------------------------------------------------------------------------


def plan_guide(files: Mapping[str, str]) -> ImportPlan:
    """What importing these files, {name: text}, would create, change and remove."""
    guide, problems = parse_guide(files)
    if guide is None or errors(problems):
        return ImportPlan(guide, problems, [])
    return plan_guide_spec(guide, problems)


def plan_guide_spec(guide: GuideSpec, problems: Sequence[Problem] = ()) -> ImportPlan:
    """What bringing in a guide without errors would create, change and remove."""
    row = Guide.objects.first()
    before = load_guide_rows(row) if row else None
    against = "the guide in the database" if row else ""
    return ImportPlan(guide, list(problems), differences(before, guide), against)


@transaction.atomic
def apply_guide(plan: ImportPlan) -> Guide:
    """Makes the guide what the plan holds; it is live at once. Raises ImportRefused.

    Where the rows hold it already, nothing is written.
    """
    if plan.spec is None or plan.errors:
        raise ImportRefused(plan.errors)
    row = _locked_guide()
    if row is None:
        row = Guide.objects.create(digest="", changed_at=timezone.now())
    elif load_guide_rows(row) == plan.spec:
        return record_guide_change()
    else:
        delete_rows(GUIDE_TABLES, row)
    write_rows(GUIDE_TABLES, row, plan.spec)
    return record_guide_change()


@transaction.atomic
def record_guide_change() -> Guide:
    """Brings the guide's digest up to date with its rows, if it is not.

    Whoever writes a row calls this in the same transaction. Editors who save at the same
    time wait for each other here, so that the digest is that of all of their rows.
    """
    row = _locked_guide()
    digest = digest_of(load_guide_rows(row))
    if digest != row.digest:
        row.digest = digest
        row.changed_at = timezone.now()
        row.save()
    return row


def _locked_guide():
    return Guide.objects.select_for_update().first()
