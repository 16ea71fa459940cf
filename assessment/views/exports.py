"""Take a submitted report along: as a file, or on one sheet of paper."""

import logging

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment.access import get_assessment_or_404
from assessment.exports import file_name
from assessment.exports.json_file import report_as_json
from assessment.exports.pdf_file import NoPdf, PdfBusy, PdfFailed, pdf_of_report
from assessment.exports.table_file import report_as_csv, report_as_xlsx
from assessment.report import load_report
from assessment.views.reports import report_context

logger = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RETRY_AFTER = 5  # seconds: about as long as a PDF takes


@require_safe
@never_cache
def report_json(request, uid):
    """The report with everything that is needed to work the score out again."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    return _file(assessment, "json", report_as_json(assessment), "application/json")


@require_safe
@never_cache
def report_csv(request, uid):
    """The skills of the report as a table for a spreadsheet.

    With semicolons and decimal commas for ?style=semicolon.
    """
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    for_decimal_commas = request.GET.get("style") == "semicolon"
    content = report_as_csv(assessment, for_decimal_commas=for_decimal_commas)
    return _file(assessment, "csv", content, "text/csv; charset=utf-8")


@require_safe
@never_cache
def report_xlsx(request, uid):
    """The same table as a workbook."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    return _file(assessment, "xlsx", report_as_xlsx(assessment), XLSX)


@require_safe
@never_cache
def report_pdf(request, uid):
    """The page of the report as a PDF, or why there is none now, and how to print it.

    With the notes, unless ?notes=no leaves them out.

    Keeps what it made: see docs/decisions/0009-a-pdf-is-made-once.md.
    """
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    with_notes = request.GET.get("notes") != "no"
    context = report_context(load_report(assessment), with_notes=with_notes) | {
        "assessment": assessment,
        "is_paper": True,
    }
    page = render_to_string("assessment/report_pdf.html", context)
    address = request.build_absolute_uri(assessment.get_absolute_url())
    try:
        content = pdf_of_report(assessment, page, address)
    except (NoPdf, PdfBusy, PdfFailed) as error:
        return _no_pdf(request, assessment, error)
    return _file(assessment, "pdf", content, "application/pdf")


@require_safe
def summary(request, uid):
    """What counts of the report on one page, for a conversation."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    context = {
        "report": load_report(assessment),
        "assessment": assessment,
        "nav": "reports",
    }
    return render(request, "assessment/one_page.html", context)


def _no_pdf(request, assessment, error):
    """Says why, and how to print: 503 where it is worth another try, else 501."""
    if isinstance(error, PdfFailed):
        logger.error("A PDF could not be made.", exc_info=error)
    context = {
        "assessment": assessment,
        "is_busy": isinstance(error, PdfBusy),
        "is_possible": not isinstance(error, NoPdf),
        "nav": "reports",
    }
    status = 503 if context["is_possible"] else 501
    response = render(request, "assessment/no_pdf.html", context, status=status)
    if context["is_possible"]:
        response["Retry-After"] = RETRY_AFTER
    return response


def _file(assessment, ending, content, content_type):
    """A download under a name of ASCII letters, whatever the person named the report."""
    name = file_name(assessment, ending)
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
