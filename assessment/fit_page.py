"""The page on which the same answers are held against every career level."""

from dataclasses import dataclass

from assessment import sentences
from assessment.report.case import Case
from assessment.report.fit import FitRow, all_fits, best_fits


@dataclass(frozen=True, slots=True)
class FitPage:
    target: str
    target_key: str
    note: str
    rows: tuple[FitRow, ...]


def fit_page(case: Case) -> FitPage:
    """All career levels of the framework, the one that fits best on top."""
    rows = tuple(all_fits(case))
    measured = sum(row.score is not None for row in rows)
    return FitPage(
        target=case.level.short_title,
        target_key=case.level.key,
        note=sentences.fit_note(measured, len(rows)),
        rows=rows,
    )


def other_target(case: Case) -> str | None:
    """The key of the target to compare with first: the best fit off the ladder, if any."""
    rows = best_fits(case) or [row for row in all_fits(case) if not row.target]
    return rows[0].key if rows else None
