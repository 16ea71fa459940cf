"""What every answer of the app has in common."""

import time
import zoneinfo

from django.conf import settings
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from assessment import guests
from tpmguide import errors, logs
from tpmguide.health import healthz

NOT_FOUND, NOT_ALLOWED = 404, 405
ZONES = zoneinfo.available_timezones()
# Nothing of this is used; what is not named here, such as the clipboard, may be.
POLICIES = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "picture-in-picture",
            "publickey-credentials-create",
            "publickey-credentials-get",
            "screen-wake-lock",
            "usb",
            "xr-spatial-tracking",
        )
    ),
}


def write_down(get_response):
    """Gives the request an id, for each of its lines in the log and for who asked."""

    def answer(request):
        request.id = logs.id_of_request(request.headers.get("X-Request-ID", ""))
        before, begun = logs.current_request.set(request), time.perf_counter()
        try:
            response = get_response(request)
            logs.write_answer(
                request, response.status_code, time.perf_counter() - begun
            )
        finally:
            logs.current_request.reset(before)
        response.headers["X-Request-ID"] = request.id
        return response

    return answer


def add_policies(get_response):
    """Other sites may embed nothing of ours, and we use nothing of the device."""

    def answer(request):
        response = get_response(request)
        for name, value in POLICIES.items():
            response.headers[name] = value
        return response

    return answer


def answer_health(get_response):
    """Who asks for the server's health asks by any host name."""

    def answer(request):
        asked = request.path_info == "/healthz"
        return healthz(request) if asked else get_response(request)

    return answer


def refuse_large_bodies(get_response):
    """A body that is too large, or of no said length, is refused before it is read.

    Only the address of an import takes a file, and only from whom may import: its view
    sees to that.
    """

    def answer(request):
        if "Transfer-Encoding" in request.headers or _is_too_large(request):
            return errors.too_large()
        return get_response(request)

    return answer


def _is_too_large(request):
    try:  # as Django does, which reads no more than that
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = 0
    if size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return False
    takes_a_file = request.path_info == reverse("admin:careers_framework_import")
    return not takes_a_file or size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def keep_private(get_response):
    """Nobody but the visitor may keep a page that was made for a session or a guest.

    What everybody sees says for itself who may keep it: see careers/public.py.
    """

    def answer(request):
        response = get_response(request)
        is_guests = settings.GUEST_COOKIE_NAME in request.COOKIES
        own = response.cookies or is_guests or not request.session.is_empty()
        if own and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return answer


def know_strangers(get_response):
    """Who sends no session cookie is nobody: the session need not be asked."""

    def answer(request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            request.user = AnonymousUser()
        return get_response(request)

    return answer


def use_zone(get_response):
    """Days and times are the reader's, where the browser has told its time zone."""

    def answer(request):
        zone = request.COOKIES.get(settings.ZONE_COOKIE_NAME, "")
        if zone not in ZONES:
            return get_response(request)
        with timezone.override(zone):
            return get_response(request)

    return answer


def keep_guests(get_response):
    """A guest's token goes with the answer; see assessment/guests.py."""

    def answer(request):
        response = get_response(request)
        guests.keep_token(request, response)
        return response

    return answer


def explain_buttons(get_response):
    """Who opens the address of a button, after a sign-in or from the history, is told."""

    def answer(request):
        response = get_response(request)
        if response.status_code == NOT_ALLOWED and request.method == "GET":
            page = render(request, "405.html", status=NOT_ALLOWED)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    return answer


def show_own_404(get_response):
    """A wrong address looks the same in development, where Django would explain itself."""

    def answer(request):
        response = get_response(request)
        leads_nowhere = request.resolver_match is None
        if response.status_code == NOT_FOUND and leads_nowhere:
            return errors.not_found(request, None)
        return response

    def process_exception(request, exception):
        if isinstance(exception, Http404):
            return errors.not_found(request, exception)
        return None

    answer.process_exception = process_exception
    return answer


def refuse_nameless_field(get_response):
    """Django's admin looks for a field of no name where an address ends in `?_to_field=`."""

    def answer(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, FieldDoesNotExist):
            return None
        named = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        return errors.bad_request(request, exception) if named == "" else None

    answer.process_exception = process_exception
    return answer
