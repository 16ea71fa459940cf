"""What every answer of the app has in common."""

import time
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist, TooManyFieldsSent
from django.db import DatabaseError
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from assessment import guests
from assessment.access import known_by
from tpmguide import errors, logs, metrics
from tpmguide.health import answer_early

MATRIX = "admin:careers_framework_matrix"
NOT_FOUND, NOT_ALLOWED = 404, 405
# Nothing of this is used; what is not named here, such as the clipboard, may be.
UNUSED = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), picture-in-picture=(), "
    "screen-wake-lock=(), usb=(), xr-spatial-tracking=()"
)
POLICIES = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": UNUSED,
}


def write_down(get_response):
    """Gives the request an id, for each of its lines in the log and for who asked; counts it."""

    def answer(request):
        request.id = logs.id_of_request(request.headers.get("X-Request-ID", ""))
        before, begun = logs.current_request.set(request), time.perf_counter()
        try:
            response = get_response(request)
            status, seconds = response.status_code, time.perf_counter() - begun
            logs.write_answer(request, status, seconds)
            metrics.count_answer(request, status, seconds)
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
        return answer_early(request) or get_response(request)

    return answer


def refuse_large_bodies(get_response):
    """A body that is too large, or of no said length, is refused before it is read.

    Only the addresses of imports take a file, and only from whom may import: their views
    see to that.
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
    takers = reverse("admin:careers_framework_import"), reverse("assessment:bring")
    takes_a_file = request.path_info in takers
    return not takes_a_file or size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def read_large_forms(get_response):
    """The matrix of a ladder has more fields than any other form may have."""

    def answer(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if request.resolver_match.view_name != MATRIX or not is_form:
            return
        if request.method == "POST":
            request.POST = _fields_of(request)

    answer.process_view = process_view
    return answer


def _fields_of(request):
    """As Django reads them, but for how many there may be."""
    most = settings.MATRIX_MAX_NUMBER_FIELDS
    fields = QueryDict(mutable=True)
    try:
        pairs = parse_qsl(
            request.body.decode(errors="replace"),
            keep_blank_values=True,
            max_num_fields=most,
        )
    except ValueError as error:
        raise TooManyFieldsSent(f"There are more than {most} fields.") from error
    for name, value in pairs:
        fields.appendlist(name, value)
    return fields


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
    """Who sends no session cookie is nobody: a public page need not touch the session."""

    def answer(request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            request.user = AnonymousUser()
        return get_response(request)

    return answer


def use_zone(get_response):
    """Days and times are the reader's, where the browser has told its time zone.

    What a person has chosen comes first, and so does their language. Who they are is not
    looked up for pages that are the same for everybody.
    """

    def answer(request):
        zone = request.COOKIES.get(settings.ZONE_COOKIE_NAME, "")
        known = (
            zone
            if zone in settings.TIME_ZONES
            else timezone.get_default_timezone_name()
        )
        with timezone.override(known), translation.override(settings.LANGUAGE_CODE):
            return get_response(request)

    def process_view(request, view, args, kwargs):
        if getattr(view, "is_for_everybody", False):
            return
        profile = getattr(request.user, "profile", None)
        if profile and profile.time_zone in settings.TIME_ZONES:
            timezone.activate(profile.time_zone)
        if profile and profile.language in dict(settings.LANGUAGES):
            translation.activate(profile.language)

    answer.process_view = process_view
    return answer


def go_on_from_memory(get_response):
    """While the database is away, whoever is known reads public pages as a stranger does.

    The framework is in memory, and who somebody is, is not.
    """

    def answer(request):
        request.is_from_memory = False
        return get_response(request)

    def process_exception(request, exception):
        asked = request.resolver_match
        is_public = getattr(asked.func, "is_for_everybody", False)
        known = known_by(request)
        if not (is_public and known and errors.is_trouble(exception)):
            return None
        for name in known:
            del request.COOKIES[name]
        request.session = type(request.session)(None)
        request.user = AnonymousUser()
        request.is_from_memory = True
        try:
            response = asked.func(request, *asked.args, **asked.kwargs)
        except DatabaseError:
            return errors.unavailable()
        add_never_cache_headers(response)
        return response

    answer.process_exception = process_exception
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
            context = {"status": NOT_ALLOWED}
            page = render(request, "error.html", context, status=NOT_ALLOWED)
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
