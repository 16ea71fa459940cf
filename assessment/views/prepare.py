"""What a report is good for before an application or an interview."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessment import guests
from assessment.access import get_assessment_or_404, own_practice_notes
from assessment.forms import PracticeForm
from assessment.interview_page import interview_page
from assessment.kit_page import kit_page
from assessment.practice import keep_practice_notes
from assessment.report import load_report


@require_safe
def kit(request, uid):
    """Lines for a résumé and a letter; what is changed there is stored nowhere."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    context = {
        "page": kit_page(load_report(assessment)),
        "assessment": assessment,
        "nav": "reports",
    }
    return render(request, "assessment/kit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def interview(request, uid):
    """Questions to practise, with notes that only their owner sees."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    page = interview_page(load_report(assessment))
    form = _practice(request, assessment.framework.key, page.questions)
    if form.is_bound and form.is_valid():
        return redirect("assessment:interview", uid)
    context = {
        "page": page,
        "form": form,
        "gaps": form.fields_of(page.gaps),
        "strengths": form.fields_of(page.strengths),
        "assessment": assessment,
        "nav": "reports",
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessment/interview.html", context, status=status)


def _practice(request, framework_key, questions):
    """The form with the notes that are stored; what is sent and valid is kept.

    Its owner is held before the notes are read: of two tabs one comes after the other.
    """
    if request.method != "POST":
        return _practice_form(request, framework_key, questions)
    with transaction.atomic():
        holder = guests.hold(request)
        form = _practice_form(request, framework_key, questions, request.POST)
        if form.is_valid():
            keep_practice_notes(
                framework_key=framework_key, notes=form.changes, **holder
            )
    if form.is_valid():
        if request.user.is_authenticated:
            messages.success(request, "Your notes are saved.")
        else:
            messages.info(
                request, "This browser holds your notes. Sign in to keep them."
            )
    return form


def _practice_form(request, framework_key, questions, sent=None):
    mine = own_practice_notes(request).filter(framework_key=framework_key)
    stored = dict(mine.values_list("question_key", "text"))
    return PracticeForm(sent, questions=questions, stored=stored)
