"""What may not be done too often."""

from functools import wraps

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import consume
from django.shortcuts import render
from django.urls import reverse

from assessment import guests

AN_HOUR, A_MINUTE = 3600, 60  # seconds; what these limits count


def begins_seldom(view):
    """Refuses whoever begins more assessments an hour than anybody rates."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if guests.may_begin(request):
            return view(request, *args, **kwargs)
        return too_often(request, reverse("assessment:start"), assessments=True)

    return answer


def seldom(action, *, key_of=guests.key_of, back_to=None):
    """Refuses whoever sends something more often than anybody needs to.

    Counted by person or guest, unless `key_of` says otherwise; ACCOUNT_RATE_LIMITS says how
    often. `back_to` is the page where one tries again; the same one, if it is left out.
    """

    def limited(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            is_sent = request.method == "POST"
            if is_sent and not consume(request, action=action, key=key_of(request)):
                return too_often(request, reverse(back_to) if back_to else request.path)
            return view(request, *args, **kwargs)

        return answer

    return limited


def searches_seldom(view):
    """Refuses a connection that searches more often than a person can read."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        asks = bool(request.GET.get("q"))
        limit = {"app": "allauth.account", "action": "search", "limit_get": True}
        if not asks or ratelimit.consume(request, **limit):
            return view(request, *args, **kwargs)
        return too_often(request, request.path, seconds=A_MINUTE)

    return answer


def too_often(request, path, *, seconds=AN_HOUR, **said):
    context = {"status": 429, "path": path, "of_pages": True} | said
    response = render(request, "bare.html", context, status=429)
    response.headers["Retry-After"] = seconds
    return response
