"""What is said where a page cannot be.

These answers need neither the body nor the session nor the database: what is wrong with one
of those must not spoil the answer that says so. Only where a person's own page could not be
found, by a query, is it asked whether they are signed in; and only who sent a page of the
rating without any cookie gets back what they sent.
"""

import sys
from contextlib import suppress

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpResponse, UnreadablePostError
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.loader import get_template
from django.utils.cache import add_never_cache_headers

from assessment.access import known_by, way_in
from assessment.views.rating import not_held

try:
    from redis.exceptions import ConnectionError as RedisAway
    from redis.exceptions import ReadOnlyError, TimeoutError

    CACHE_TROUBLE: tuple = (RedisAway, TimeoutError, ReadOnlyError)
except ImportError:  # the extra `redis` is not installed
    CACHE_TROUBLE = ()

RATED = {"assessment:rate", "assessment:keep", "assessment:begin_anew"}
RETRY_AFTER = 5  # seconds; a restart of a database takes about one

# Where it is not the question that is wrong but the database: locked, read-only, broken disk,
# full, away. https://sqlite.org/rescode.html: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN,
# PROTOCOL
SQLITE_TROUBLE = {5, 6, 8, 10, 13, 14, 15}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, read-only,
# rolled back, resources such as the disk, lock, shut down, system
POSTGRES_TROUBLE = ("08", "25006", "40", "53", "55P03", "57", "58")


def bad_request(request, exception):
    if is_trouble(exception):  # a session that cannot be stored counts as a bad request
        return unavailable()
    if isinstance(exception, RequestDataTooBig):
        return too_large()
    return _page(400)


def forbidden(request, exception):
    return _page(403)


def csrf_failure(request, reason=""):
    """Whose cookies are all gone has lost the assessment too, and not what they sent."""
    is_rated = request.resolver_match.view_name in RATED
    if is_rated and reason == REASON_NO_CSRF_COOKIE and not known_by(request):
        with suppress(UnreadablePostError):
            if page := not_held(request):
                return page
    return _page(403, form_is_old=True)


def not_found(request, exception):
    return _page(404, way_in=way_in(request))


def too_large():
    return _page(413)


def server_error(request):
    """Called while the exception is being handled."""
    if is_trouble(sys.exception()):
        return unavailable()
    return _page(500, template="bare.html")


def unavailable():
    response = _page(503, template="bare.html")
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _page(status, template="error.html", **context):
    page = get_template(template).render({"status": status} | context)
    response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    return response


# The database
# ------------------------------------------------------------------------------------


def is_trouble(exception):
    """Whether the database or Redis could not be reached, or not written to, and may be later."""
    while exception is not None:
        if isinstance(exception, CACHE_TROUBLE):
            return True
        if isinstance(exception, (OperationalError, InterfaceError, InternalError)):
            return _is_trouble_of_driver(exception.__cause__)
        exception = exception.__cause__ or exception.__context__
    return False


def _is_trouble_of_driver(error):
    """`error` is sqlite3's or psycopg's; without a connection the latter has no state."""
    if hasattr(error, "sqlite_errorcode"):
        return error.sqlite_errorcode & 0xFF in SQLITE_TROUBLE
    if hasattr(error, "sqlstate"):
        return error.sqlstate is None or error.sqlstate.startswith(POSTGRES_TROUBLE)
    return False
