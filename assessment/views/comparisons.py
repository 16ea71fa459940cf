"""A report beside others: other targets, and earlier answers."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessment.access import get_for_report_or_404, get_two_or_404, own_assessments
from assessment.compare_page import compare_page
from assessment.fit_page import fit_page, other_target
from assessment.forms import CompareForm
from assessment.report.case import load_case
from assessment.then_page import earlier_ones, then_page, why_not


@require_safe
def fit(request, uid):
    """The same answers against every career level of the framework."""
    assessment = get_for_report_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    case = load_case(assessment)
    context = {
        "assessment": assessment,
        "page": fit_page(case),
        "form": _compare_form(case),
        "nav": "reports",
    }
    return render(request, "assessment/fit.html", context)


@require_safe
def compare(request, uid):
    """Two career levels side by side, for the same answers."""
    assessment = get_for_report_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    case = load_case(assessment)
    form = _compare_form(case, request.GET)
    context = {
        "assessment": assessment,
        "target": case.level.short_title,
        "page": compare_page(case, *form.levels()) if form.is_valid() else None,
        "form": form,
        "nav": "reports",
    }
    return render(request, "assessment/compare.html", context)


def _compare_form(case, data=None):
    """Filled as the address says; without a word of it, with what is worth a look."""
    is_asked = data is not None and not CompareForm.base_fields.keys().isdisjoint(data)
    initial = {"first": case.level.key, "second": other_target(case)}
    return CompareForm(data if is_asked else None, spec=case.spec, initial=initial)


@require_safe
def earlier(request, uid):
    """The earlier assessments that a report can be compared with."""
    assessment = get_for_report_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    return _choose(request, assessment)


@require_safe
def then(request, uid, earlier):
    """A report beside an earlier assessment, both against the report's target."""
    now, before = get_two_or_404(request, uid, earlier)
    if not now.is_submitted:
        return redirect("assessment:resume", uid)
    if problem := why_not(now, before):
        return _choose(request, now, problem, status=422)
    if before.submitted_at > now.submitted_at:
        return redirect("assessment:then", before.uid, now.uid)
    context = {
        "assessment": now,
        "page": then_page(now, before),
        "earlier": earlier_ones(own_assessments(request), now),
        "here": request.path,
        "nav": "reports",
    }
    return render(request, "assessment/then.html", context)


def _choose(request, assessment, problem="", status=200):
    context = {
        "assessment": assessment,
        "earlier": earlier_ones(own_assessments(request), assessment),
        "here": "",
        "problem": problem,
        "nav": "reports",
    }
    return render(request, "assessment/earlier.html", context, status=status)
