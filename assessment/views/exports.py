"""Take a submitted report along: as a file, or on one sheet of paper."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment.access import get_assessment_or_404
from assessment.exports import (
    NoPdf,
    file_name,
    pdf_of_page,
    report_as_csv,
    report_as_json,
)
from assessment.report import build_report


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
    """The skills of the report as a table for a spreadsheet."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    return _file(
        assessment, "csv", report_as_csv(assessment), "text/csv; charset=utf-8"
    )


@require_safe
@never_cache
def report_pdf(request, uid):
    """The page of the report as a PDF, or, where none can be made, how to print it."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    context = {
        "report": build_report(assessment),
        "assessment": assessment,
        "is_paper": True,
    }
    page = render_to_string("assessment/report_pdf.html", context)
    address = request.build_absolute_uri(assessment.get_absolute_url())
    try:
        return _file(assessment, "pdf", pdf_of_page(page, address), "application/pdf")
    except NoPdf:
        context = {"assessment": assessment, "nav": "reports"}
        return render(request, "assessment/no_pdf.html", context, status=501)


@require_safe
def summary(request, uid):
    """What counts of the report on one page, for a conversation."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    context = {
        "report": build_report(assessment),
        "assessment": assessment,
        "nav": "reports",
    }
    return render(request, "assessment/one_page.html", context)


def _file(assessment, ending, content, content_type):
    """A download under a name of ASCII letters, whatever the person named the report."""
    name = file_name(assessment, ending)
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
