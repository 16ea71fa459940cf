"""What is kept of the visitor: to see it, to change it, to take it along, to end it."""

from contextlib import contextmanager
from io import BytesIO

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import access, actions, downloads, leaving
from assessment.access import holder_of, own_counts, own_downloads
from assessment.bringing import bring_in, plan_bringing
from assessment.exports import site_in_names
from assessment.forms.me import BringForm, ProfileForm
from assessment.own_data import write_archive
from assessment.personal import REGISTRY
from assessment.views.limits import seldom, too_often
from assessment.views.sending import form_page, sent
from careers.store import live_frameworks, spec_of
from careers.wording import isolated


@require_safe
@never_cache
def me(request):
    """All that is kept, why, who sees it and how long; with what can be done about it."""
    profile = getattr(request.user, "profile", None)
    context = {"counts": own_counts(request), "profile": profile}
    if profile and profile.leaves_at:
        return render(request, "assessment/leaving.html", context)
    context["registry"] = REGISTRY
    if request.user.is_authenticated:
        context["download"] = own_downloads(request).defer("content").first()
    return render(request, "assessment/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def profile(request):
    """Name, time zone and language, and what one brings."""
    stored = getattr(request.user, "profile", None)
    initial = {name: getattr(stored, name, None) for name in ProfileForm.base_fields}
    offered = {
        each.key: isolated(each.name)
        for framework in live_frameworks()
        for each in spec_of(framework).certifications
    }
    form = ProfileForm(sent(request), initial=initial, certifications=offered)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        # Of a ladder that is not live just now; they stay.
        others = [key for key in initial["certifications"] or () if key not in offered]
        said["certifications"] = [*said.get("certifications", ()), *others]
        actions.save_profile(person=request.user, **said)
        messages.success(request, gettext("What you said of yourself is saved."))
        return redirect("assessment:me")
    return form_page(request, "assessment/profile.html", {"form": form})


@require_POST
@never_cache
def download(request):
    """Everything in one file, one at a time; nothing where nothing is held."""
    with _turn() as is_mine:
        return _download(request) if is_mine else _later(request, "assessment:me")


@contextmanager
def _turn():
    """Whether this is the only one who takes along or brings in; does not wait for it."""
    is_mine = downloads.MAKING.acquire(blocking=False)
    try:
        yield is_mine
    finally:
        if is_mine:
            downloads.MAKING.release()


def _later(request, page):
    return too_often(request, reverse(page), seconds=downloads.SECONDS)


@seldom("take_along", back_to="assessment:me")
def _download(request):
    holder = holder_of(request)
    if holder is None:
        messages.info(request, gettext("This browser holds nothing to take along."))
        return redirect("assessment:me")
    if request.user.is_authenticated and downloads.is_large(request.user):
        downloads.ask_for_download(person=request.user)
        said = gettext(
            "It is much, and takes a while. The file will be on this page in some minutes."
        )
        messages.info(request, said)
        return redirect("assessment:me")
    return _file(write_archive(holder), timezone.localdate())


@require_safe
@never_cache
def made_download(request):
    """What the worker has made; one query."""
    found = own_downloads(request).exclude(made_at=None).first()
    if found is None:
        raise Http404
    return _file(BytesIO(found.content), timezone.localdate(found.made_at))


def _file(archive, day):
    return FileResponse(
        archive,
        as_attachment=True,
        filename=f"{site_in_names()}-{day.isoformat()}.zip",
        content_type="application/zip",
    )


@csrf_exempt  # until it is known who asks: the check reads the body, and so the file
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def bring(request):
    """Takes in a file that was taken along, here or elsewhere; one at a time.

    On SQLite nobody else writes meanwhile.
    """
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _bring(request)


@csrf_protect
def _bring(request):
    if request.method != "POST":
        return _bring_page(request)
    with _turn() as is_mine:
        return _bring_page(request) if is_mine else _later(request, "assessment:bring")


@seldom("bring")
def _bring_page(request):
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringForm(*given)
    context = {"form": form, "brought": None}
    if form.is_bound and form.is_valid():
        is_plan = "look" in request.POST
        how = plan_bringing if is_plan else bring_in
        brought = how(person=request.user, data=form.data_brought)
        access.remember_plan(request)
        context |= {"brought": brought, "is_plan": is_plan}
        context["form"] = BringForm()
    return form_page(request, "assessment/bring.html", context)


# Leaving
# ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)
@never_cache
def leave(request):
    """What goes and what stays; pressed, the account ends in seven days."""
    if request.method == "POST":
        leaving.ask_to_leave(
            person=request.user,
            address_of_token=lambda token: request.build_absolute_uri(
                reverse("assessment:keep_by_mail", args=[token])
            ),
        )
        return redirect("assessment:me")
    return render(request, "assessment/leave.html", {"counts": own_counts(request)})


@require_POST
@login_required
@reauthentication_required
@never_cache
def leave_now(request):
    """Ends an account that is about to end, without the rest of the pause."""
    profile = getattr(request.user, "profile", None)
    if not profile or not profile.leaves_at:
        return redirect("assessment:leave")
    person = request.user
    logout(request)
    leaving.remove_account(person=person)
    messages.success(
        request, gettext("Your account is deleted, with all that it held.")
    )
    return redirect("assessment:home")


@require_POST
@login_required
@never_cache
def keep_account(request):
    """Stops the leaving of whoever is signed in."""
    profile = getattr(request.user, "profile", None)
    if profile and profile.leaves_at:
        leaving.keep_account(profile=profile)
        messages.success(request, gettext("Your account stays."))
    return redirect("assessment:me")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep_by_mail(request, token):
    """The same by the address in the mail, for whoever cannot sign in."""
    profile = leaving.profile_of_token(token)
    if profile and request.method == "POST":
        leaving.keep_account(profile=profile)
        messages.success(request, gettext("Your account stays."))
        return redirect("assessment:home")
    status = 200 if profile else 404
    context = {"profile": profile}
    return render(request, "assessment/keep_account.html", context, status=status)
