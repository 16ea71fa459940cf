"""A promotion case: each requirement with its statement, its evidence, since when it holds.

Made of a report, of what the journal and the plan for the same target say, and of the
reports before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.access import MOST_ENTRIES
from assessment.agenda import entries_by_skill
from assessment.models import Assessment, JournalEntry, PlanItem
from assessment.progress import Progress
from assessment.report import Report, SkillStanding, load_report
from careers.shape import FrameworkSpec
from careers.store import name_once


@dataclass(frozen=True, eq=False)
class Case:
    """`plan` is a row of `Plan.objects.with_open_steps`; `entries` and `since` by skill."""

    assessment: Assessment
    report: Report
    plan: Mapping[str, Any] | None
    steps: list[Mapping[str, Any]]
    entries: Mapping[str, list[JournalEntry]]
    since: Mapping[str, date]

    @property
    def spec(self) -> FrameworkSpec:
        return self.report.spec

    @property
    def requirements(self) -> list[tuple[bool, list[SkillStanding]]]:
        """Must-haves, then the others, each in framework order; without empty parts."""
        parts = [
            (
                is_must_have,
                [x for x in self.report.skills if x.is_must_have == is_must_have],
            )
            for is_must_have in (True, False)
        ]
        return [part for part in parts if part[1]]

    @property
    def focus(self) -> list[Mapping[str, Any]]:
        return in_focus(self.steps)


def steps_ahead(rows, report):
    """Of rows of `Plan.objects.with_open_steps`, those to what is not reached yet.

    Each skill is called as the report calls it.
    """
    return [
        each
        | {"skill_name": name_once(report.spec, each["skill_key"], each["skill_name"])}
        for each in rows
        if each["title"] and not report.reaches(each["skill_key"], each["value"])
    ]


def in_focus(steps):
    """Of such rows, the first for each skill in focus."""
    first: dict[str, Mapping[str, Any]] = {}
    for step in steps:
        if step["state"] == PlanItem.State.FOCUS:
            first.setdefault(step["skill_name"], step)
    return list(first.values())


def load_case(assessment, answers, *, plans, journal) -> Case:
    """The case of a submitted assessment; two queries.

    `answers` are {it and each report before it: answers} (`access.answered_up_to`), `plans`
    and `journal` what its owner has.
    """
    report = load_report(assessment, answers[assessment])
    progress = Progress(
        tuple(sorted(answers, key=lambda each: (each.counts_at, each.pk))),
        {each.pk: said for each, said in answers.items()},
        measured_on=assessment.framework.digest,
    )
    key = assessment.framework.key
    plans = plans.filter(framework_key=key, target_key=assessment.target.key)
    rows = list(plans.with_open_steps())
    entries = journal.filter(framework_key=key).exclude(skill_key="")
    return Case(
        assessment=assessment,
        report=report,
        plan=rows[0] if rows else None,
        steps=steps_ahead(rows, report),
        entries=entries_by_skill(report.spec, entries[:MOST_ENTRIES]),
        since={line.key: since.day for line, since in progress.held},
    )
