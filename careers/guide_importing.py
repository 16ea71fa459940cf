"""The guide's only writes: import, and the mark that tells all processes of a change.

The admin's forms save single rows; they call `record_guide_change` afterwards.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from careers.guide_catalogue import load_guide_rows
from careers.guide_file import parse_guide
from careers.guide_spec import GuideSpec
from careers.models import Guide
from careers.plans import ImportPlan, ImportRefused, differences
from careers.problems import Problem, errors
from careers.rows import delete_rows, write_rows
from careers.spec_file import digest_of
from careers.tables import GUIDE_TABLES


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
