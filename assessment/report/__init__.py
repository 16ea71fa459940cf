"""What a report shows: answers and a framework in, finished texts and numbers out.

The page does no arithmetic and no sorting. Exact numbers are rounded here, once, so that
printed parts add up to the printed whole.
"""

from collections.abc import Mapping
from datetime import datetime

from assessment import scoring, sentences
from assessment.answers import Answer
from assessment.report.case import Case, build_case, load_case
from assessment.report.gaps import gap_cards, gaps_note, gaps_title
from assessment.report.groups import groups
from assessment.report.ladder import ladder, ladder_note
from assessment.report.notes import notes
from assessment.report.parts import Entry, Report
from assessment.report.points import (
    account,
    missing,
    missing_head,
    points_bar,
    points_note,
)
from assessment.report.sensitivity import sensitivity
from assessment.report.skills import (
    SORTS,
    columns,
    left_out,
    left_out_note,
    must_have_note,
    row,
    scale_note,
    sorted_rows,
    strengths,
)
from assessment.report.summary import made_of, summary
from assessment.sentences import printed
from careers.shape import CareerLevel, FrameworkSpec

__all__ = ["SORTS", "Report", "build_report", "compose_report"]


def build_report(
    assessment, sort: str = "lost", answers: Mapping[str, Answer] | None = None
) -> Report:
    """The report of a submitted assessment; one query for its ratings, if not given.

    `sort` orders the table of all skills and is one of SORTS. Raises ValueError for an
    assessment that has no score.
    """
    case = load_case(assessment, answers)
    return _report(case, sort, assessment.submitted_at)


def compose_report(
    spec: FrameworkSpec,
    level: CareerLevel,
    answers: Mapping[str, Answer],
    *,
    sort: str = "lost",
    submitted_at: datetime | None = None,
    version: str = scoring.SCORING_VERSION,
) -> Report:
    """The report of any answers against any career level; no query."""
    return _report(build_case(spec, level, answers, version), sort, submitted_at)


def _report(case: Case, sort: str, submitted_at: datetime | None) -> Report:
    result, display = case.result, case.result.display
    rows = [row(case, item) for item in case.asked if case.counts(item)]
    found = notes(case)
    return Report(
        summary=summary(case, submitted_at),
        contents=contents(case, bool(found)),
        strengths_note=sentences.strengths_note(
            result.requirements_met,
            result.requirements_total,
            case.level.short_title,
        ),
        strengths=tuple(strengths(case)),
        gaps_title=gaps_title(case),
        gaps_note=gaps_note(case),
        gaps=tuple(gap_cards(case)),
        must_have_note=must_have_note(case),
        must_haves=tuple(row for row in rows if row.must_have),
        groups=tuple(groups(case)),
        scale_note=scale_note(case),
        sort=sort,
        columns=columns(sort),
        rows=sorted_rows(rows, sort),
        lost_total=printed(1000 - display.readiness_tenths),
        not_asked=tuple(
            case.names[item.skill]
            for item in case.level.requirements
            if item.required == 0
        ),
        left_out_note=left_out_note(case),
        left_out=tuple(left_out(case)),
        unanswered=tuple(case.names[key] for key in result.unanswered),
        points_note=points_note(case),
        points_bar=points_bar(case),
        account=tuple(account(case)),
        missing_head=missing_head(case),
        missing=tuple(missing(case)),
        ladder_note=ladder_note(case),
        ladder=tuple(ladder(case)),
        sensitivity=sensitivity(case),
        made_of=tuple(made_of(case)),
        notes=tuple(found),
    )


def contents(case: Case, has_notes: bool) -> tuple[Entry, ...]:
    """The report's sections, those that this result has."""
    sections = [
        ("strengths", "Strengths", True),
        ("gaps", "Gaps", bool(case.result.gaps)),
        ("must-haves", "Must-haves", bool(case.level.must_haves)),
        ("groups", "By group", True),
        ("skills", "Every skill", True),
        ("points", "The 100 points", True),
        ("ladder", "The ladder", True),
        ("firm", "How firm it is", True),
        ("made-of", "How it is made", True),
        ("notes", "Notes", has_notes),
    ]
    return tuple(Entry(text, key) for key, text, shown in sections if shown)
