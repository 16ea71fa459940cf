"""Reminders by mail, the day to rate again, and the days in one's calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import calendar_feed
from assessment import reminders as mails
from assessment.access import profile_of_calendar
from assessment.forms.me import RemindersForm
from assessment.models import Profile
from assessment.views.sending import form_page, sent
from assessment.views.share import ADDRESS, for_readers


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reminders(request):
    """How often, and on which day to rate again."""
    profile = getattr(request.user, "profile", None)
    initial = {
        "rhythm": getattr(profile, "reminders", ""),
        "rate_again_on": getattr(profile, "rate_again_on", None),
        "by_mail": bool(getattr(profile, "next_rate_again", None)),
    }
    form = RemindersForm(sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        site = request.build_absolute_uri("/")
        mails.set_reminders(person=request.user, site=site, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("assessment:reminders")
    context = {
        "form": form,
        "profile": profile,
        "zone": mails.zone_of(profile or Profile()),
        "hour": mails.MORNING,
    }
    return form_page(request, "assessment/reminders.html", context)


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the token is the right
@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def stop_reminders(request, token):
    """Ends the mails of whose token it is, signed in or not."""
    profile = mails.profile_of_token(token)
    is_stopped = profile is not None and request.method == "POST"
    if is_stopped:
        mails.stop(profile=profile)
    context = {"profile": profile, "is_stopped": is_stopped}
    status = 200 if profile else 404
    return render(request, "assessment/stop_reminders.html", context, status=status)


@require_POST
@login_required
@never_cache
def calendar(request):
    """A new address of the feed, told once; or its end."""
    if "end" in request.POST:
        calendar_feed.end_address(person=request.user)
        messages.success(request, gettext("The address is ended."))
    else:
        token = calendar_feed.make_address(person=request.user)
        address = request.build_absolute_uri(
            reverse("assessment:calendar_feed", args=[token])
        )
        messages.success(request, address, extra_tags=ADDRESS)
    return redirect("assessment:reminders")


@require_safe
@for_readers
def feed(request, token):
    """The days, for who knows the address."""
    profile = profile_of_calendar(token)
    if profile is None:
        raise Http404("There is no such calendar.")
    content = calendar_feed.calendar_of(
        profile,
        request.build_absolute_uri(reverse("assessment:plan")),
        request.build_absolute_uri(reverse("assessment:start")),
    )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
