"""Read, name, correct and delete assessments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import access, actions, guests, open_draft
from assessment.access import get_assessment_or_404, own_assessments
from assessment.exports.pdf_file import can_make_pdf
from assessment.forms import LabelForm
from assessment.report import SHOWS, load_report
from assessment.trend import latest_trend
from assessment.views.limits import begins_seldom
from careers.models import CareerLevel
from careers.store import live_frameworks
from careers.words import counted

PAGE_SIZE = 25


@require_safe
def dashboard(request):
    """My assessments: drafts to go on with, reports to read."""
    mine = own_assessments(request).with_framework().with_answer_count()
    page = Paginator(mine, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "drafts": [each for each in page if not each.is_submitted],
        "reports": [each for each in page if each.is_submitted],
        "has_several_frameworks": len({each.framework.key for each in page}) > 1,
        "page": page,
        "trend": latest_trend(own_assessments(request)),
        "claimed": guests.count_claimed(request),
        "held": sum(each.owner_id is None for each in page),
        "nav": "reports",
    }
    return render(request, "assessment/dashboard.html", context)


@require_safe
def report(request, uid):
    """The report of a submitted assessment; a draft leads to where it stands."""
    assessment = access.get_for_report_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    context = report_context(load_report(assessment), request.GET.get("show")) | {
        "assessment": assessment,
        "can_make_pdf": can_make_pdf(),
        "nav": "reports",
    }
    return render(request, "assessment/report.html", context)


def report_context(report, show=None, *, with_notes=True):
    """What report.html reads; `show`, one of SHOWS, narrows the table of all skills."""
    show = show if show in SHOWS else "all"
    return {
        "report": report,
        "show": show,
        "shows": [(key, report.count_showing(key)) for key in SHOWS],
        "groups": report.groups_showing(show),
        "notes": report.notes if with_notes else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request, uid):
    """Gives an assessment the owner's own name."""
    assessment = get_assessment_or_404(request, uid)
    form = LabelForm(request.POST or None, initial={"label": assessment.label})
    if request.method == "POST" and form.is_valid():
        actions.rename_assessment(assessment=assessment, **form.cleaned_data)
        messages.success(request, "The name is saved.")
        return redirect(assessment)
    return render(
        request,
        "assessment/rename.html",
        {"assessment": assessment, "form": form, "nav": "reports"},
        status=422 if form.errors else 200,
    )


@require_POST
@begins_seldom
def correct(request, uid):
    """A new assessment that suggests every answer of this one."""
    earlier = get_assessment_or_404(request, uid)
    framework = live_frameworks(earlier.framework.key).first()
    target = CareerLevel.objects.filter(framework=framework, key=earlier.target.key)
    if framework is None or not target.exists():
        return redirect(f"{reverse('assessment:start')}?based_on={earlier.uid}")
    open_draft = (
        own_assessments(request).drafts().filter(based_on=earlier, framework=framework)
    )
    assessment = open_draft.first() or guests.begin(
        request, framework=framework, target=target.get(), based_on=earlier
    )
    return redirect(assessment)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, uid):
    """Asks once, then removes an assessment for good."""
    assessment = get_assessment_or_404(request, uid)
    if request.method != "POST":
        context = {"assessment": assessment, "nav": "reports"}
        return render(request, "assessment/delete.html", context)
    actions.delete_assessment(assessment=assessment)
    messages.success(request, "The assessment and its answers are deleted.")
    return open_draft.forget(request, redirect("assessment:dashboard"), uid)


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request):
    """Asks once, then deletes what this browser holds without an account."""
    held = own_assessments(request).exclude(guest=None)
    if request.method != "POST":
        context = {"count": held.count(), "nav": "reports"}
        return render(request, "assessment/forget.html", context)
    count = guests.forget(request)
    said = counted(count, "assessment is", "assessments are").capitalize()
    messages.success(request, f"{said} deleted. This browser holds nothing more.")
    return open_draft.forget(request, redirect("assessment:home"))


@login_required
@require_POST
def unclaim(request):
    """Takes back what the last sign-in added from this browser."""
    guests.unclaim(request)
    messages.success(
        request,
        "They are out of your account. Only this browser can open them, until you "
        "sign out.",
    )
    return redirect("assessment:dashboard")


@login_required
@require_POST
def claim(request):
    """Adds what this browser holds to the account."""
    guests.claim(request, request.user)
    messages.success(request, "They are in your account now.")
    return redirect("assessment:dashboard")
