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


def takes_along_seldom(view):
    """Refuses whoever asks for everything more often than anybody needs it."""
    return _seldom(view, "take_along", lambda request: reverse("assessment:me"))


def brings_seldom(view):
    """Refuses whoever brings more files an hour than anybody has."""
    return _seldom(view, "bring", lambda request: request.path)


def shares_seldom(view):
    """Refuses whoever makes more share links an hour than there are people to read them."""
    return _seldom(view, "share", lambda request: request.path)


def _seldom(view, action, way_back):
    """Counts an action by person or guest; ACCOUNT_RATE_LIMITS says how often."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if consume(request, action=action, key=guests.key_of(request)):
            return view(request, *args, **kwargs)
        return too_often(request, way_back(request))

    return answer


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


def reports_seldom(view):
    """Refuses a connection that reports more sentences than a person reads."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method != "POST" or consume(request, action="unclear"):
            return view(request, *args, **kwargs)
        return too_often(request, request.path)

    return answer


def too_often(request, path, *, seconds=AN_HOUR, **said):
    context = {"status": 429, "path": path, "of_pages": True} | said
    response = render(request, "bare.html", context, status=429)
    response.headers["Retry-After"] = seconds
    return response
