"""A promotion case: requirement by requirement, with evidence, for one talk."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment import access, plans
from assessment.case import load_case
from assessment.exports.docx_file import docx_of_page
from assessment.exports.pdf_file import can_make_pdf
from assessment.forms.plan import CaseForm
from assessment.models import ReportPdf
from assessment.views.exports import file_answer, pdf_answer
from assessment.views.sending import form_page, sent

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "HEAD", "POST"])
def case(request, uid):
    """One page, then the detail. What is asked for and agreed is kept with the plan."""
    found = _load(request, uid)
    if found is None:
        return redirect("assessment:resume", uid)
    form = CaseForm(sent(request), initial=found.plan)
    if form.is_bound and not request.user.is_authenticated:
        return redirect(access.sign_up_address(request))
    if form.is_bound and form.is_valid():
        _keep(request, found.report, form.cleaned_data)
        return redirect("assessment:case", uid)
    context = _context(found) | {"form": form, "can_make_pdf": can_make_pdf()}
    return form_page(request, "assessment/case.html", context)


def _load(request, uid):
    """None for a draft, which has no case."""
    assessment, answers = access.get_with_earlier_or_404(request, uid)
    if not assessment.is_submitted:
        return None
    mine = {"plans": access.own_plans(request), "journal": access.own_journal(request)}
    return load_case(assessment, answers, **mine)


def _context(found):
    return {
        "case": found,
        "assessment": found.assessment,
        "with_notes": True,
    }


def _keep(request, report, said):
    plans.start_plan(owner=request.user, spec=report.spec, level=report.level, **said)
    access.remember_plan(request)
    messages.success(request, gettext("Kept with your plan."))


@require_safe
@never_cache
def case_pdf(request, uid):
    """The case as a PDF; made and kept as that of a report is."""
    found = _load(request, uid)
    if found is None:
        return redirect("assessment:resume", uid)
    return pdf_answer(
        request,
        found.assessment,
        _page(found),
        lambda: _page(_load(request, uid)),
        reverse("assessment:case", args=[uid]),
        ReportPdf.What.CASE,
    )


@require_safe
@never_cache
def case_docx(request, uid):
    """The case as a document, for whoever writes into it."""
    found = _load(request, uid)
    if found is None:
        return redirect("assessment:resume", uid)
    content = docx_of_page(_page(found))
    return file_answer(found.assessment, "docx", content, DOCX, "case")


def _page(found):
    return render_to_string(
        "assessment/case.html", _context(found) | {"is_paper": True}
    )
