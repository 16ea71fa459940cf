"""Share a report by a link, and read one that is shared."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import access, guests, sharing
from assessment.access import get_assessment_or_404
from assessment.forms import ShareForm
from assessment.report import load_report
from assessment.share_page import link_lines, shared_answers
from assessment.views.reports import report_context

ADDRESS = "share-address"  # the tag of the message that base.html shows as a field
TOO_MANY = (
    f"This report has {sharing.MOST_LIVE_LINKS} links that work, and more are not "
    "possible. Revoke one of them below; then make this one."
)


# The owner
# ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def share(request, uid):
    """Makes a share link, and lists those that the report has."""
    assessment = get_assessment_or_404(request, uid)
    if not assessment.is_submitted:
        return redirect(assessment)
    if assessment.owner_id is None:
        context = {"assessment": assessment, "nav": "reports"}
        return render(request, "assessment/share_account.html", context)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _create(request, assessment, form)
            return redirect("assessment:share", uid)
        except sharing.TooManyLinks:
            form.add_error(None, TOO_MANY)
    context = {
        "assessment": assessment,
        "form": form,
        "links": link_lines(assessment),
        "nav": "reports",
    }
    status = 422 if form.is_bound else None
    return render(request, "assessment/share.html", context, status=status)


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
    messages.success(request, f"The link for {link.label} is revoked.")
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
    report = load_report(link.assessment, shared_answers(link))
    context = report_context(
        report, request.GET.get("show"), with_notes=link.includes_notes
    )
    context |= {"shared": link, "nav": "reports"}
    return render(request, "assessment/report.html", context)


def _nothing_shared(request):
    """The same answer for every reason, so that it tells nothing of any report."""
    response = render(request, "assessment/nothing_shared.html", status=404)
    # The address may hold a token. "no-referrer" would break the forms of the page:
    # browsers then send "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "strict-origin"
    return response
