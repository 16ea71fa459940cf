"""Share a report by a link, and read one that is shared."""

from dataclasses import replace
from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import access, guests, sharing
from assessment.answers import answers_of
from assessment.case import load_case
from assessment.forms.reports import ShareForm
from assessment.report import load_report, report_context
from assessment.views.limits import seldom
from assessment.views.report import of_report
from assessment.views.sending import form_page, sent
from careers.wording import isolated

ADDRESS = "share-address"  # the tag of the message that base.html shows as a field
MOST_LISTED = 30  # more than can be live; of those that ended, the newest


# The owner
# ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@seldom("share")
@of_report
def share(request, assessment):
    """Makes a share link, and lists those that the report has."""
    if assessment.owner_id is None:
        context = {"assessment": assessment}
        return render(request, "assessment/share_account.html", context)
    initial = {"shows_case": "case" in request.GET}
    form = ShareForm(sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            _create(request, assessment, form)
            return redirect("assessment:share", assessment.uid)
        except sharing.TooManyLinks:
            form.add_too_many_links()
    context = {
        "assessment": assessment,
        "form": form,
        "links": assessment.share_links.live_first()[:MOST_LISTED],
    }
    return form_page(request, "assessment/share.html", context)


def _create(request, assessment, form):
    """Makes the link. Its address waits in a message, in the maker's browser alone."""
    _, token = sharing.create_share_link(assessment=assessment, **form.cleaned_data)
    address = reverse("assessment:open_share", args=[token])
    messages.success(request, request.build_absolute_uri(address), extra_tags=ADDRESS)


@require_POST
def revoke(request, uid, link):
    """Ends a share link at once."""
    link = access.get_own_link_or_404(request, uid, link)
    sharing.revoke_share_link(link=link)
    said = gettext("The link for %(label)s is revoked.") % {
        "label": isolated(link.label)
    }
    messages.success(request, said)
    return redirect("assessment:share", uid)


# The reader
# ------------------------------------------------------------------------------------


def for_readers(view):
    """Nobody may index or keep what a share link answers."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        add_never_cache_headers(response)
        return response

    return answer


@require_safe
@for_readers
def open_share(request, token):
    """Exchanges the token for the right to view, and leaves its address.

    A GET that writes: the right to read, and when the link was opened.
    """
    link = access.get_link_of_token(token)
    if link is None:
        return _nothing_shared(request)
    guests.open_link(request, link)
    response = redirect(link)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@for_readers
def shared_report(request, uid):
    """The report of a link that this visitor has opened, to read and no more."""
    link = access.get_granted_link(request, uid)
    if link is None:
        return _nothing_shared(request)
    if link.shows_case:
        return _shared_case(request, link)
    report = load_report(link.assessment, _answers_shown(link))
    context = report_context(
        report, request.GET.get("show"), with_notes=link.includes_notes
    )
    return render(request, "assessment/report.html", context | {"shared": link})


def _shared_case(request, link):
    case = load_case(link.assessment, **access.case_of_link(link))
    context = {"case": case, "with_notes": link.includes_notes, "shared": link}
    return render(request, "assessment/case.html", context)


def _answers_shown(link):
    """Without notes, evidence still counts for the likely range, as for the owner."""
    answers = answers_of(link.assessment)
    if link.includes_notes:
        return answers
    return {key: replace(answer, reason="") for key, answer in answers.items()}


def _nothing_shared(request):
    """The same answer for every reason, so that it tells nothing of any report."""
    response = render(request, "assessment/nothing_shared.html", status=404)
    # The address may hold a token. "no-referrer" would break the forms of the page:
    # browsers then send "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "strict-origin"
    return response
