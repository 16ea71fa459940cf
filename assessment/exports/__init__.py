"""A submitted report to take along: as JSON to check it, as CSV, as a PDF."""

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify


def file_name(assessment, ending: str, what: str = "") -> str:
    """`tpmguide-senior-tpm-2026-11-23.json`: keys are ASCII, so the name is."""
    day = timezone.localdate(assessment.submitted_at)
    what = what or site_in_names()
    return f"{what}-{assessment.target.key}-{day.isoformat()}.{ending}"


def site_in_names() -> str:
    """What the site calls itself, as the name of a file begins: in ASCII."""
    return slugify(settings.SITE_NAME) or "report"
