"""What load balancers and monitors ask, by any host name and with http as well."""

from functools import wraps
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tpmguide import metrics
from tpmguide.readiness import CHECKS, load_waiting_mail

PLAIN = "text/plain; charset=utf-8"
FORWARDED = ("X-Forwarded-For", "Forwarded")


@require_safe
@never_cache
def healthz(request):
    """The process answers. The database is not asked: restarting us would not mend it."""
    return HttpResponse("ok\n", content_type=PLAIN)


def for_operators(view):
    """404 for whoever is neither on this machine nor knows METRICS_TOKEN."""

    @require_safe
    @never_cache
    @wraps(view)
    def answer(request):
        if not is_operator(request):
            raise Http404
        return view(request)

    return answer


def is_operator(request):
    return _is_local(request) or _has_token(request)


def _is_local(request):
    """Came from this machine, and not through a proxy on it."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # a socket has no address
        return False


def _has_token(request):
    token = settings.METRICS_TOKEN
    sent = request.headers.get("Authorization", "")
    return bool(token) and compare_digest(sent.encode(), f"Bearer {token}".encode())


@for_operators
def readyz(request):
    """503 where this process can do no work; a line for each check says why."""
    found = {name: check() for name, check in CHECKS.items()}
    lines = [f"{name}: {wrong or 'ok'}" for name, wrong in found.items()]
    if (mail := load_waiting_mail()) is not None:
        lines.append(f"mail: {mail.count} waiting, the oldest for {mail.seconds} s")
    status = 503 if any(found.values()) else 200
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN, status=status)


@for_operators
def counts(request):
    """See tpmguide/metrics.py."""
    return HttpResponse(metrics.latest(), content_type=metrics.CONTENT_TYPE)


ANSWERED_EARLY = {"/healthz": healthz, "/readyz": readyz, "/metrics": counts}


def answer_early(request):
    """The answer to a machine, whatever name it asks by; None for all other requests."""
    view = ANSWERED_EARLY.get(request.path_info)
    if view is None or not (view is healthz or is_operator(request)):
        return None
    return view(request)
