"""A submitted report to take along: as JSON to check it, as CSV, as a PDF."""

from django.utils import timezone


def file_name(assessment, ending: str) -> str:
    """`tpmguide-senior-tpm-2026-11-23.json`: keys are ASCII, so the name is."""
    day = timezone.localdate(assessment.submitted_at)
    return f"tpmguide-{assessment.target.key}-{day.isoformat()}.{ending}"
