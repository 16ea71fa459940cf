"""A report beside others: other answers, other targets, and earlier times."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessment.access import (
    NotYours,
    get_answered_or_404,
    get_for_report_or_404,
    get_two_or_404,
    own_assessments,
)
from assessment.comparison import (
    compare_targets,
    compare_times,
    compare_tried,
    fits_of,
    other_target,
)
from assessment.forms.reports import WhatIfForm
from assessment.forms.targets import CompareForm
from assessment.progress import load_progress, targets_of
from assessment.report import load_report
from assessment.views.report import of_report
from assessment.views.sending import UNPROCESSABLE

PAGE_SIZE = 25


@require_safe
@of_report(get=get_for_report_or_404)
def fit(request, assessment):
    """The same answers against every career level of the framework."""
    report = load_report(assessment)
    shown, passed = fits_of(report)
    context = {
        "assessment": assessment,
        "report": report,
        "fits": shown,
        "passed": passed,
        "form": _compare_form(report),
    }
    return render(request, "assessment/fit.html", context)


@require_safe
@of_report(get=get_for_report_or_404)
def compare(request, assessment):
    """Two career levels side by side, for the same answers."""
    report = load_report(assessment)
    form = _compare_form(report, request.GET)
    levels = form.levels()
    context = {
        "assessment": assessment,
        "report": report,
        "comparison": compare_targets(report, *levels) if levels else None,
        "form": form,
    }
    return render(request, "assessment/compare.html", context)


def _compare_form(report, data=None):
    """Filled as the address says; without a word of it, with what is worth a look."""
    is_sent = data is not None and not CompareForm.base_fields.keys().isdisjoint(data)
    other = other_target(report)
    initial = {"first": report.level.key, "second": other and other.key}
    return CompareForm(data if is_sent else None, spec=report.spec, initial=initial)


@require_safe
def what_if(request, uid):
    """What other answers would make of the score, at an address that names them."""
    assessment, answers = get_answered_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect("assessment:resume", uid)
    report = load_report(assessment, answers)
    form = WhatIfForm(request.GET, report=report)
    is_part = "HX-Request" in request.headers
    comparison, query = None, ""
    if form.is_valid():
        comparison = compare_tried(report, form.tried())
        query = urlencode(form.tried())
        if not is_part and request.GET.urlencode() != query:
            return redirect(f"{request.path}?{query}")  # what was moved, alone
    context = {
        "assessment": assessment,
        "report": report,
        "form": form,
        "comparison": comparison,
        "is_part": is_part,
        "must_haves_met": urlencode(
            {
                each.key: each.requirement.must_have_level
                for each in report.open_must_haves
            }
        ),
        "gaps_closed": urlencode(
            {each.key: each.required for each in report.first_gaps}
        ),
    }
    part = "assessment/_what_if_result.html"
    template = part if is_part else "assessment/what_if.html"
    response = render(request, template, context)
    response["HX-Replace-Url"] = f"{request.path}?{query}"
    return response


@require_safe
@of_report(get=get_for_report_or_404)
def earlier(request, assessment):
    """The earlier assessments that a report can be compared with."""
    return _choose(request, assessment)


@require_safe
def then(request, uid, earlier):
    """A report beside an earlier one, both on the report's version and target."""
    now, before = get_two_or_404(request, uid, earlier)
    if not now.is_submitted:
        return redirect("assessment:resume", uid)
    if problem := _why_not(now, before):
        return _choose(request, now, problem, status=UNPROCESSABLE)
    if (before.counts_at, before.pk) > (now.counts_at, now.pk):
        return redirect("assessment:then", before.uid, now.uid)
    context = {
        "assessment": now,
        "then": before,
        "both": [before, now],
        "comparison": compare_times(before, now),
    }
    return render(request, "assessment/then.html", context)


def _why_not(now, then):
    """Why two assessments cannot be compared: a word that earlier.html explains, or ""."""
    if then == now:
        return "itself"
    if not then.is_submitted:
        return "draft"
    return "" if then.framework.key == now.framework.key else "framework"


def _choose(request, assessment, problem="", status=200):
    found = list(own_assessments(request).earlier_than(assessment).for_report())
    context = {
        "assessment": assessment,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "problem": problem,
    }
    return render(request, "assessment/earlier.html", context, status=status)


@require_safe
def progress(request):
    """The last reports of one target key as a line: of ?framework= and ?target=, or the latest."""
    mine = own_assessments(request)
    targets = targets_of(mine)
    keys = [(each["framework_key"], each["target_key"]) for each in targets]
    wanted = request.GET.get("framework"), request.GET.get("target")
    if wanted != (None, None) and wanted not in keys:
        raise NotYours("There is no report of yours for this target.")
    chosen = wanted if wanted in keys else next(iter(keys), None)
    found = load_progress(mine, *chosen) if chosen else None
    context = {
        "progress": found,
        "since": found.points[-2] if found and len(found.points) > 1 else None,
        "others": [
            each for each, key in zip(targets, keys, strict=True) if key != chosen
        ],
        "has_several_frameworks": len({framework for framework, _ in keys}) > 1,
    }
    return render(request, "assessment/progress.html", context)
