"""What a report is good for before an application or an interview."""

from django.contrib import messages
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
    key = assessment.framework.key
    stored, unsaved = _notes(request, key)
    form = PracticeForm(
        request.POST or None, questions=page.questions, stored=stored, unsaved=unsaved
    )
    if form.is_bound and form.is_valid():
        _keep(request, key, form)
        return redirect("assessment:interview", uid)
    context = {
        "page": page,
        "form": form,
        "gaps": form.fields_of(page.gaps),
        "strengths": form.fields_of(page.strengths),
        "unsaved": unsaved,
        "assessment": assessment,
        "nav": "reports",
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessment/interview.html", context, status=status)


def _notes(request, framework_key):
    """The notes that are kept, and those that this browser holds beside them."""
    held = guests.held_notes(request, framework_key)
    if not request.user.is_authenticated:
        return held, {}
    mine = own_practice_notes(request).filter(framework_key=framework_key)
    return dict(mine.values_list("question_key", "text")), held


def _keep(request, framework_key, form):
    """A person's notes are stored; a guest's are held until an account can keep them."""
    if not request.user.is_authenticated:
        guests.hold_notes(request, framework_key, form.changes)
        messages.info(request, "This browser holds your notes. Sign in to keep them.")
        return
    keep_practice_notes(
        owner=request.user, framework_key=framework_key, notes=form.changes
    )
    shown = {each.key: "" for each in form.questions}
    guests.hold_notes(request, framework_key, shown)
    messages.success(request, "Your notes are saved.")
