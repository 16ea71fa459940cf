"""The framework's only writes: import into a draft, start a draft, publish.

Nothing here changes a published or retired version.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from careers.catalogue import links_out_of, load_rows, spec_of
from careers.framework_file import parse_framework
from careers.models import Framework
from careers.plans import ImportPlan, ImportRefused, differences
from careers.problems import ERROR, Problem, errors
from careers.rows import delete_rows, write_rows
from careers.spec import FrameworkSpec
from careers.spec_file import digest_of
from careers.spec_rules import problems_of
from careers.tables import FRAMEWORK_FIELDS, TABLES

events = logging.getLogger("tpmguide.events")
LONGEST_VERSION = Framework._meta.get_field("version").max_length


class FrameworkRefused(ImportRefused):
    """A framework that may not be imported or published; `problems` says why."""


# Import
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
