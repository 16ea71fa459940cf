"""When the ladder changed: a draft goes over to the live version, a report is corrected."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from assessment import actions, guests, open_draft
from assessment.access import get_assessment_or_404, own_assessments
from assessment.answers import answers_of
from assessment.draft import load_draft
from assessment.forms.reports import CorrectForm
from assessment.forms.targets import TargetForm
from assessment.transfer import to_live
from assessment.views.limits import begins_seldom
from assessment.views.rating import follows_to_newer
from assessment.views.report import of_report
from assessment.views.sending import form_page, sent
from careers.models import CareerLevel
from careers.store import load


@require_http_methods(["GET", "HEAD", "POST"])
@follows_to_newer
def carry_over(request, uid):
    """Says what differs on the live version, and takes a draft there."""
    assessment = get_assessment_or_404(request, uid)
    if assessment.is_submitted or not assessment.has_newer:
        return redirect("assessment:resume", uid)
    live = load(assessment.live_digest)
    initial = {"target": assessment.target.key}
    form = TargetForm(sent(request), spec=live, initial=initial)
    if form.is_bound and form.is_valid():
        target = _level(assessment.live_digest, form.cleaned_data["target"])
        others = _open_drafts(request, assessment.framework.key, target.key)
        other = others.exclude(pk=assessment.pk).first()
        if other is None:
            return _carried_over(request, assessment, target)
        form.add_error("target", gettext("You have another open assessment for it."))
    transfer = load_draft(assessment).newer
    context = {
        "assessment": assessment,
        "transfer": transfer,
        "form": form,
    }
    return form_page(request, "assessment/carry_over.html", context)


def _carried_over(request, assessment, target):
    try:
        carried = actions.carry_over(assessment=assessment, target=target)
    except actions.AlreadySubmitted:
        return redirect("assessment:resume", assessment.uid)
    messages.success(
        request,
        gettext("You rate on version %(version)s now.")
        % {"version": target.framework.version},
    )
    return open_draft.remember(redirect(carried), load_draft(carried))


@require_http_methods(["GET", "HEAD", "POST"])
@of_report
def correct(request, report):
    """A new assessment that begins with the answers of a report; asks where it has to.

    It has to where a newer version is live, and where a draft for the target is open.
    """
    form = CorrectForm(sent(request), has_newer=report.has_newer)
    keys = report.framework.key, report.target.key
    open_one = _open_drafts(request, *keys).first()
    if open_one and open_one.corrects_id == report.pk:
        return redirect("assessment:review", open_one.uid)
    is_asked = form.is_bound and form.is_valid()
    if request.method == "POST" and is_asked and (not open_one or form.is_fresh):
        return _corrected(request, report, form)
    if (
        request.method == "POST"
        and "version" not in request.POST
        and (report.has_newer or open_one)
    ):
        return redirect("assessment:correct", report.uid)
    context = {
        "assessment": report,
        "form": form,
        "transfer": to_live(report, answers_of(report)) if report.has_newer else None,
        "open_one": open_one,
    }
    return form_page(request, "assessment/correct.html", context)


@begins_seldom
def _corrected(request, report, form):
    digest = report.live_digest if form.is_on_live else report.framework.digest
    target = _level(digest, report.target.key)
    if target is None:
        wanted = {"framework": report.framework.key, "based_on": report.uid}
        return redirect(f"{reverse('assessment:start')}?{urlencode(wanted)}")
    begun = guests.begin(
        request,
        framework=target.framework,
        target=target,
        based_on=report,
        corrects=report,
        fresh=form.is_fresh,
    )
    return redirect(load_draft(begun).first_page)


def _open_drafts(request, framework_key, level_key):
    """The visitor's drafts for a target by key; there is one."""
    return own_assessments(request).drafts().for_target(framework_key, level_key)


def _level(digest, key):
    levels = CareerLevel.objects.filter(framework__digest=digest, key=key)
    return levels.select_related("framework").first()
