"""What a report is good for before an application or an interview."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from assessment import guests
from assessment.access import own_practice_notes
from assessment.forms.practice import PracticeForm
from assessment.practice import save_practice_notes
from assessment.report import load_report
from assessment.views.report import of_report
from assessment.views.sending import form_page

MOST_GAPS, MOST_STRENGTHS = 6, 4  # as many questions as one sitting takes


@require_safe
@of_report
def kit(request, assessment):
    """Lines for a résumé and a letter; what is changed there is stored nowhere.

    It says only what the person wrote: their notes, the names of the skills, their target.
    """
    report = load_report(assessment)
    context = {
        "assessment": assessment,
        "report": report,
        "noted": [each for each in report.met if each.note_in_one_line],
        "without_note": [each for each in report.met if not each.note_in_one_line],
    }
    return render(request, "assessment/kit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_report
def interview(request, assessment):
    """Questions to practise, with notes that only their owner sees."""
    report = load_report(assessment)
    gaps, strengths = to_practise(report)
    form = _practice(request, assessment.framework.key, [*gaps, *strengths])
    if form.is_bound and form.is_valid():
        return redirect("assessment:interview", assessment.uid)
    context = {
        "assessment": assessment,
        "report": report,
        "form": form,
        "parts": [
            (name, form.fields_of(skills))
            for name, skills in (("gaps", gaps), ("strengths", strengths))
            if skills
        ],
    }
    return form_page(request, "assessment/interview.html", context)


def to_practise(report):
    """The skills to ask about, as (gaps, strengths): each with a `question`."""
    gaps = [each for each in report.gaps if each.question]
    strengths = [each for each in report.met if each.question]
    return gaps[:MOST_GAPS], strengths[:MOST_STRENGTHS]


def _practice(request, framework_key, skills):
    """The form with the notes that are stored; what is sent and valid is kept.

    Its owner is locked before the notes are read: of two tabs one comes after the other.
    """
    if request.method != "POST":
        return _practice_form(request, framework_key, skills)
    with transaction.atomic():
        holder = guests.hold(request)
        form = _practice_form(request, framework_key, skills, request.POST)
        if form.is_valid():
            save_practice_notes(
                framework_key=framework_key, notes=form.changes, **holder
            )
    if form.is_valid():
        if request.user.is_authenticated:
            messages.success(request, gettext("Your notes are saved."))
        else:
            messages.info(
                request,
                gettext("This browser holds your notes. Sign in to keep them."),
            )
    return form


def _practice_form(request, framework_key, skills, sent=None):
    mine = own_practice_notes(request).filter(framework_key=framework_key)
    stored = dict(mine.values_list("question_key", "text"))
    return PracticeForm(sent, skills=skills, stored=stored)
