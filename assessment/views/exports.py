"""Take a submitted report along: as a file, or on one sheet of paper."""

import logging
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment import access, guests
from assessment.access import get_assessment_or_404
from assessment.busy import Busy
from assessment.case import in_focus, steps_ahead
from assessment.exports import file_name
from assessment.exports.json_file import report_as_json
from assessment.exports.pdf_file import (
    NoPdf,
    PdfFailed,
    PdfTooOften,
    SignsLack,
    pdf_of_report,
)
from assessment.exports.table_file import report_as_csv, report_as_xlsx
from assessment.models import ReportPdf
from assessment.report import load_report, report_context
from assessment.views.report import of_report
from careers.tables import CSV, XLSX

logger = logging.getLogger(__name__)

# What a PDF that is not there is answered with: status, seconds until another try.
ANSWERS = {
    Busy: (429, 5),  # about as long as one takes
    PdfTooOften: (429, 60),
    PdfFailed: (503, 5),
    NoPdf: (501, None),
    SignsLack: (409, None),  # there is one for who asks for it nevertheless
}


@require_safe
@never_cache
@of_report
def report_json(request, assessment):
    """The report with everything that is needed to work the score out again."""
    return file_answer(
        assessment, "json", report_as_json(assessment), "application/json"
    )


@require_safe
@never_cache
@of_report
def report_csv(request, assessment):
    """The skills of the report as a table for a spreadsheet.

    With semicolons and decimal commas for ?style=semicolon.
    """
    for_decimal_commas = request.GET.get("style") == "semicolon"
    content = report_as_csv(assessment, for_decimal_commas=for_decimal_commas)
    return file_answer(assessment, "csv", content, CSV)


@require_safe
@never_cache
@of_report
def report_xlsx(request, assessment):
    """The same table as a workbook."""
    return file_answer(assessment, "xlsx", report_as_xlsx(assessment), XLSX)


@require_safe
@never_cache
@of_report
def report_pdf(request, assessment):
    """The page of the report as a PDF, or why there is none now, and how to print it.

    With the notes, unless ?notes=no leaves them out. Where the fonts lack signs, it says
    which; with ?signs=lacking there is one all the same.

    Keeps what it made: see docs/decisions/0009-a-pdf-is-made-once.md.
    """
    return pdf_answer(
        request,
        assessment,
        _page(request, assessment),
        lambda: _page(request, get_assessment_or_404(request, assessment.uid)),
        assessment.get_absolute_url(),
    )


def _page(request, assessment):
    with_notes = request.GET.get("notes") != "no"
    context = report_context(load_report(assessment), with_notes=with_notes) | {
        "held": access.certificates_held(request),
        "assessment": assessment,
        "is_paper": True,
    }
    return render_to_string("assessment/report.html", context)


@require_safe
@of_report
def summary(request, assessment):
    """What counts of the report on one page, for a conversation; with ?name, whose it is."""
    plans = access.own_plans(request).filter(
        framework_key=assessment.framework.key, target_key=assessment.target.key
    )
    steps = list(plans.with_open_steps())
    report = load_report(assessment)
    own_name = getattr(getattr(request.user, "profile", None), "name", "")
    context = {
        "report": report,
        "plan": steps[0] if steps else None,
        "focus": in_focus(steps_ahead(steps, report)),
        "own_name": own_name,
        "shows_name": "name" in request.GET,
        "assessment": assessment,
    }
    return render(request, "assessment/one_page.html", context)


def pdf_answer(
    request, assessment, page, page_now, address, what=ReportPdf.What.REPORT
):
    """A page of a report as a PDF, or why there is none now; see `pdf_of_report`."""
    try:
        content = pdf_of_report(
            assessment,
            page,
            request.build_absolute_uri(address),
            partial(guests.may_make_pdf, request),
            page_now,
            what,
            also_lacking=request.GET.get("signs") == "lacking",
        )
    except tuple(ANSWERS) as error:
        return _no_pdf(request, assessment, error)
    name = what if what == ReportPdf.What.CASE else ""
    return file_answer(assessment, "pdf", content, "application/pdf", name)


def _no_pdf(request, assessment, error):
    """Says why, and how to print; see ANSWERS."""
    if isinstance(error, PdfFailed):
        logger.error("A PDF could not be made.", exc_info=error)
    context = {
        "assessment": assessment,
        "again": request.get_full_path(),
        "lacking": getattr(error, "signs", ()),
        "is_busy": isinstance(error, Busy),
        "is_too_often": isinstance(error, PdfTooOften),
        "is_possible": not isinstance(error, NoPdf),
    }
    status, retry_after = ANSWERS[type(error)]
    response = render(request, "assessment/no_pdf.html", context, status=status)
    if retry_after:
        response["Retry-After"] = retry_after
    return response


def file_answer(assessment, ending, content, content_type, what=""):
    """A download under a name of ASCII letters, whatever the person named the report."""
    name = file_name(assessment, ending, what)
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=content_type, headers=headers)
