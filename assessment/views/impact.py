"""Whom publishing a draft would move: a page of the admin, counted slice by slice."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from assessment.busy import Busy, one_at_a_time
from assessment.impact_runs import (
    NothingLive,
    Versions,
    count_slice,
    first_causes,
    is_stale,
    keep_run,
    load_run,
    start_run,
)
from assessment.views.trial import keeps_ladder
from careers.models import Framework
from careers.wording import isolated

BUSY_FOR = 2  # seconds: a slice of a count takes one


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_ladder
def see_impact(request, draft):
    """GET shows what is counted; POST counts on, or begins where the count is stale."""
    if not draft.is_draft:
        messages.info(request, gettext("Only a draft has an impact to look at."))
        return redirect("admin:careers_framework_change", draft.pk)
    try:
        versions = Versions(draft)
    except NothingLive:
        return _page(request, draft, versions=None)
    if request.method == "POST":
        try:
            with one_at_a_time("impact"):
                _count_on(draft, versions, anew="anew" in request.POST)
        except Busy:
            return _busy_page(request, draft, versions)
        return redirect("admin:assessment_impact", draft.pk)
    return _page(request, draft, versions=versions)


def _count_on(draft, versions, *, anew):
    """One slice more; two who count the same draft at once would count somebody twice."""
    run = load_run(draft)
    if run is None or is_stale(run, versions) or (run.is_done and anew):
        run = start_run(versions)
    keep_run(draft, count_slice(run, versions))


def _busy_page(request, draft, versions):
    response = _page(request, draft, versions=versions, is_busy=True)
    response.status_code = 429
    response["Retry-After"] = BUSY_FOR
    return response


def _page(request, draft, *, versions, **context):
    rows, first, stale = (), (), False
    run = load_run(draft) if versions else None
    if run:
        stale = is_stale(run, versions)
    if run and run.is_done:
        rows = run.impact.rows(versions.changes)
        first = first_causes(run, versions)
    title = gettext("Whom %(framework)s moves") % {
        "framework": f"{isolated(draft.title)} {draft.version}"
    }
    return TemplateResponse(
        request,
        "admin/assessment/impact.html",
        {
            **admin.site.each_context(request),
            "title": title,
            "opts": Framework._meta,
            "framework": draft,
            "versions": versions,
            "run": run,
            "stale": stale,
            "rows": rows,
            "first_causes": first,
            **context,
        },
    )
