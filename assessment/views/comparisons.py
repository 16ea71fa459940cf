"""A report beside others: other targets, and earlier answers."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessment.access import (
    get_answered_or_404,
    get_for_report_or_404,
    get_two_or_404,
    own_assessments,
)
from assessment.compare_page import compare_page
from assessment.fit_page import fit_page, other_target
from assessment.forms import CompareForm, WhatIfForm
from assessment.report.case import load_case
from assessment.then_page import earlier_and_trend, then_page, why_not
from assessment.what_if_page import what_if_case, what_if_page


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
def what_if(request, uid):
    """What other answers would make of the score, at an address that names them."""
    assessment, ratings = get_answered_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    case = what_if_case(assessment, ratings)
    form = WhatIfForm(request.GET, stands=case.stands)
    is_part = "HX-Request" in request.headers
    if form.is_valid():
        case = case.trying(form.values())
        if not is_part and request.GET.urlencode() != case.query:
            return redirect(f"{request.path}?{case.query}")  # what was moved, alone
    context = {
        "assessment": assessment,
        "page": what_if_page(case, form),
        "nav": "reports",
    }
    template = "assessment/_what_if.html" if is_part else "assessment/what_if.html"
    response = render(request, template, context)
    response["HX-Replace-Url"] = f"{request.path}?{case.query}"
    return response


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
    listed, trend = earlier_and_trend(own_assessments(request), now)
    context = {
        "assessment": now,
        "page": then_page(now, before),
        "earlier": listed,
        "trend": trend,
        "here": request.path,
        "nav": "reports",
    }
    return render(request, "assessment/then.html", context)


def _choose(request, assessment, problem="", status=200):
    listed, trend = earlier_and_trend(own_assessments(request), assessment)
    context = {
        "assessment": assessment,
        "earlier": listed,
        "trend": trend,
        "here": "",
        "problem": problem,
        "nav": "reports",
    }
    return render(request, "assessment/earlier.html", context, status=status)
