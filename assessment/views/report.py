"""Read, name and delete assessments."""

from functools import partial, wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import access, actions, guests, open_draft
from assessment.access import get_assessment_or_404, own_assessments
from assessment.answers import answers_of_each
from assessment.comparison import by_ladder
from assessment.exports.pdf_file import can_make_pdf
from assessment.forms.reports import LabelForm
from assessment.report import load_report, report_context
from assessment.transfer import to_live
from assessment.views.sending import form_page, sent

PAGE_SIZE = 10


def of_report(view=None, *, get=get_assessment_or_404):
    """Hands a page of a report its assessment; a draft has none, and leads to where it stands.

    `get` is how it is looked up.
    """
    if view is None:
        return partial(of_report, get=get)

    @wraps(view)
    def page(request, uid):
        assessment = get(request, uid)
        if not assessment.is_submitted:
            return redirect("assessment:resume", uid)
        return view(request, assessment)

    return page


@require_safe
def dashboard(request):
    """My assessments: drafts to go on with, reports to read."""
    mine = own_assessments(request).with_framework().with_live().with_answer_count()
    page = Paginator(mine, PAGE_SIZE).get_page(request.GET.get("page"))
    outdated = [each for each in page if each.has_newer]
    answers = answers_of_each(outdated) if outdated else {}
    newer = {each.pk: to_live(each, answers[each.pk]) for each in outdated}
    context = {
        "drafts": [each for each in page if not each.is_submitted],
        "reports": [each for each in page if each.is_submitted],
        "has_several_frameworks": len({each.framework.key for each in page}) > 1,
        "page": page,
        "newer": newer,
        "news": _news(newer.values()),
        "claimed": guests.count_claimed(request),
        "not_in_account": sum(each.owner_id is None for each in page),
    }
    return render(request, "assessment/dashboard.html", context)


def _news(transfers):
    """Versions that change something for these people, one pair of each ladder.

    The pair with all notes since the earliest of the reports.
    """
    found = {}
    for each in sorted(transfers, key=lambda each: len(each.versions.notes)):
        if each.versions.notes and each.changes:
            found[each.versions.later.key] = each.versions
    return list(found.values())


@require_safe
@of_report(get=access.get_for_report_or_404)
def report(request, assessment):
    """The report of a submitted assessment; a draft leads to where it stands."""
    found = load_report(assessment)
    newer = to_live(assessment, found.answers)
    profile = getattr(request.user, "profile", None)
    context = report_context(found, request.GET.get("show")) | {
        "years": profile and profile.years,
        "held": access.certificates_held(request),
        "assessment": assessment,
        "corrected_by": access.correction_of(request, assessment),
        "newer": newer,
        "newer_ladder": newer and by_ladder(newer, found.version),
        "can_make_pdf": can_make_pdf(),
    }
    return render(request, "assessment/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request, uid):
    """Gives an assessment the owner's own name."""
    assessment = get_assessment_or_404(request, uid)
    form = LabelForm(sent(request), initial={"label": assessment.label})
    if form.is_bound and form.is_valid():
        actions.rename_assessment(assessment=assessment, **form.cleaned_data)
        messages.success(request, gettext("The name is saved."))
        return redirect(assessment)
    context = {"assessment": assessment, "form": form}
    return form_page(request, "assessment/rename.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, uid):
    """Asks once, then removes an assessment for good."""
    assessment = get_assessment_or_404(request, uid)
    if request.method != "POST":
        return render(request, "assessment/delete.html", {"assessment": assessment})
    actions.delete_assessment(assessment=assessment)
    messages.success(request, gettext("The assessment and its answers are deleted."))
    return open_draft.forget(request, redirect("assessment:dashboard"), uid)


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request):
    """Asks once, then deletes what this browser holds without an account."""
    if request.method != "POST":
        of_guest = own_assessments(request).exclude(guest=None)
        return render(request, "assessment/forget.html", {"count": of_guest.count()})
    count = guests.forget(request)
    said = ngettext(
        "%(count)d assessment is deleted. This browser holds nothing more.",
        "%(count)d assessments are deleted. This browser holds nothing more.",
        count,
    )
    messages.success(request, said % {"count": count})
    return open_draft.forget(request, redirect("assessment:home"))


@login_required
@require_POST
def unclaim(request):
    """Takes back what the last sign-in added from this browser."""
    guests.unclaim(request)
    messages.success(
        request,
        gettext(
            "They are out of your account. Only this browser can open them, until you "
            "sign out."
        ),
    )
    return redirect("assessment:dashboard")


@login_required
@require_POST
def claim(request):
    """Adds what this browser holds to the account."""
    guests.claim(request, request.user)
    messages.success(request, gettext("They are in your account now."))
    return redirect("assessment:dashboard")
