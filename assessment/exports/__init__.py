"""A submitted report to take along: as JSON to check it, as CSV, as a PDF."""

from django.utils import timezone

from assessment.exports.csv_file import report_as_csv
from assessment.exports.json_file import report_as_json
from assessment.exports.pdf_file import NoPdf, can_make_pdf, pdf_of_page

__all__ = [
    "NoPdf",
    "can_make_pdf",
    "file_name",
    "pdf_of_page",
    "report_as_csv",
    "report_as_json",
]


def file_name(assessment, ending: str) -> str:
    """`tpmguide-senior-tpm-2026-11-23.json`: keys are ASCII, so the name is."""
    day = timezone.localdate(assessment.submitted_at)
    return f"tpmguide-{assessment.target.key}-{day.isoformat()}.{ending}"
