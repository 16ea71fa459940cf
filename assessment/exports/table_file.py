"""A report as a table for a spreadsheet, one row for each skill: as CSV and as XLSX.

docs/report-format.md names every column.
"""

import csv
import io
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from assessment.answers import NO_ANSWER
from assessment.report import load_report
from careers.tables import BYTE_ORDER_MARK, as_text, put_text

TEXTS = ("skill", "group", "must_have_since", "reason", "note", "url")
"""Columns that a person or the owner of a framework wrote."""

WIDTHS = {"skill": 36, "group": 24, "reason": 30, "note": 60, "url": 40, "rated_at": 34}


def report_as_csv(assessment, *, for_decimal_commas: bool = False) -> str:
    """The skills of a submitted assessment in framework order; one query.

    For spreadsheets that write decimals with a comma, columns are parted by semicolons.
    """
    rows = table_of(load_report(assessment))
    file = io.StringIO(newline="")
    delimiter = ";" if for_decimal_commas else ","
    table = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter)
    table.writeheader()
    for row in rows:
        texts = {name: as_text(row[name]) for name in TEXTS}
        numbers = {
            name: str(value).replace(".", "," if for_decimal_commas else ".")
            for name, value in row.items()
            if isinstance(value, Decimal)
        }
        table.writerow(row | texts | numbers)
    return BYTE_ORDER_MARK + file.getvalue()


def report_as_xlsx(assessment) -> bytes:
    """The same table as a workbook; numbers are numbers, and every text is a text."""
    rows = table_of(load_report(assessment))
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Skills"
    sheet.append(list(rows[0]))
    sheet.freeze_panes = "B2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = WIDTHS.get(cell.value, 12)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row.values(), 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                put_text(cell, value)
            else:
                cell.value = value
            if isinstance(value, Decimal):
                cell.number_format = "0.0"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def table_of(report) -> list[dict[str, Any]]:
    """A row for each skill of the framework: what is asked, said, earned and lost.

    None is an empty cell. A skill without points has no part in the score.
    """
    groups = {group.key: group.name for group in report.spec.groups}
    return [_row(report, skill, groups[skill.group]) for skill in report.spec.skills]


def _row(report, skill, group):
    line = report.by_key.get(skill.key)
    requirement = line and line.requirement
    since = line and line.must_have_since
    gap = line and line.gap
    answer = report.answers.get(skill.key, NO_ANSWER)
    is_rated = answer.value is not None
    display = report.result.display
    return {
        "skill": skill.name,
        "key": skill.key,
        "group": group,
        "required": requirement.required if requirement else 0,
        "importance": requirement.importance if requirement else None,
        "must_have_level": requirement.must_have_level if requirement else 0,
        "must_have_since": since.short_title if since else "",
        "answer": answer.kind,
        "rating": answer.value,
        "points_earned": _points(display.earned_tenths.get(skill.key)),
        "points_lost": _points(display.lost_tenths.get(skill.key)),
        "gain_step": _points(gap and gap.gain_step_tenths),
        "gain_close": _points(gap and gap.gain_close_tenths),
        "confidence": answer.confidence if is_rated else None,
        "evidence": str(answer.evidence),
        "reason": answer.reason,
        "note": answer.note,
        "url": answer.url,
        "rated_at": answer.rated_at.isoformat() if answer.rated_at else None,
    }


def _points(tenths: int | None) -> Decimal | None:
    return None if tenths is None else Decimal(tenths).scaleb(-1)
