"""What is written down: errors, one line a request, and events that concern safety.

A line holds only what is named here. Of a request it tells who, how and which route; of what
a library or an error says, the kind and the place. So no note, rating, score, name, token,
code, cookie, password, e-mail address or query string gets into it. See docs/logging.md.
"""

import json
import logging
import re
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPMethod, HTTPStatus

from allauth.account.signals import (
    email_added,
    email_changed,
    email_confirmed,
    email_removed,
    email_verification_code_rejected,
    password_changed,
    password_reset,
    password_reset_code_rejected,
    password_set,
    user_signed_up,
)
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.http import HttpRequest
from django.utils.functional import empty

events = logging.getLogger("tpmguide.events")
requests = logging.getLogger("tpmguide.requests")
current_request = ContextVar("current_request", default=None)

# What our own lines may add to that. Rows are told by their number, never by their uid.
ADDED = (
    "user",
    "assessment",
    "assessments",
    "link",
    "framework",
    "version",
    "model",
    "row",
    "ms",
)
ACCOUNT_EVENTS = {
    "signed_in": user_logged_in,
    "sign_in_failed": user_login_failed,
    "signed_out": user_logged_out,
    "signed_up": user_signed_up,
    "password_changed": password_changed,
    "password_set": password_set,
    "password_reset": password_reset,
    "password_reset_code_rejected": password_reset_code_rejected,
    "email_added": email_added,
    "email_changed": email_changed,
    "email_confirmed": email_confirmed,
    "email_removed": email_removed,
    "email_code_rejected": email_verification_code_rejected,
}
MOST_FRAMES = 50  # of an error, the innermost
REFUSALS = {403: "forbidden", 429: "rate_limited"}
# As proxies make them: a UUID, or hexadecimal digits.
REQUEST_ID = re.compile(r"[0-9a-fA-F-]{16,36}")


def id_of_request(sent):
    """What a proxy sent as the id of a request, if it looks like one; else a new one."""
    return sent if REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex


def write_answer(request, status, seconds):
    """One line for what a view answered, and one more where that was a refusal."""
    if request.resolver_match or status >= HTTPStatus.BAD_REQUEST:  # no static files
        extra = {"status_code": status, "ms": round(seconds * 1000)}
        requests.info("answered", extra=extra)
    if status in REFUSALS:
        events.warning(REFUSALS[status], extra={"status_code": status})


def listen_to_accounts():
    for name, signal in ACCOUNT_EVENTS.items():
        signal.connect(_writer_of(name), weak=False, dispatch_uid=name)


def _writer_of(name):
    def write(sender, user=None, email_address=None, **of_no_use):
        whom = user.pk if user else email_address and email_address.user_id
        events.info(name, extra={"user": whom})

    return write


# A line
# ------------------------------------------------------------------------------------


class JsonLine(logging.Formatter):
    """JSON escapes all that is not ASCII, so a line stays one line."""

    def format(self, record):
        fields = fields_of(record)
        if record.exc_info:
            fields["trace"] = trace_of(record.exc_info[1])
        return json.dumps(fields, default=str)


class ReadableLine(logging.Formatter):
    """For development: the same, and errors with all that they say."""

    def format(self, record):
        fields = fields_of(record)
        shown = [fields.pop("time")[11:19], fields.pop("level"), fields.pop("message")]
        shown += [f"{name}={value!r}" for name, value in fields.items()]
        trace = [self.formatException(record.exc_info)] if record.exc_info else []
        return "\n".join([" ".join(shown), *trace])


def fields_of(record):
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        request = current_request.get()
    fields = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
        "level": record.levelname,
        "logger": record.name,
        "message": message_of(record, request),
    }
    if request is not None:
        fields |= {
            "request": getattr(request, "id", None),
            "actor": actor_of(request),
            "method": request.method if request.method in list(HTTPMethod) else None,
            "route": request.resolver_match and request.resolver_match.view_name,
        }
    if hasattr(record, "status_code"):
        fields["status"] = record.status_code
    added = {name: getattr(record, name) for name in ADDED if hasattr(record, name)}
    return fields | added


def message_of(record, request):
    """During a request, what others wrote is told without the values in it."""
    status = getattr(record, "status_code", None)
    if record.name.startswith("tpmguide") or request is None:
        return record.getMessage()
    if status is not None:
        return HTTPStatus(status).phrase
    has_values_apart = isinstance(record.msg, str) and record.args
    return record.msg if has_values_apart else f"{record.pathname}:{record.lineno}"


def actor_of(request):
    """The number of who is signed in, as far as it is known: this asks no database."""
    user = getattr(request, "user", None)
    return (
        None if getattr(user, "_wrapped", user) is empty else getattr(user, "pk", None)
    )


def trace_of(error):
    """Kind and frames of an error, and of those before it. What they say is left out.

    An error can come before itself: a chain of causes may be a circle.
    """
    lines, told = [], []
    while error is not None and error not in told:
        told.append(error)
        kind = type(error)
        frames = traceback.format_tb(error.__traceback__, -MOST_FRAMES)
        lines = [*frames, f"{kind.__module__}.{kind.__qualname__}\n", *lines]
        error = error.__cause__ or (
            None if error.__suppress_context__ else error.__context__
        )
    return "".join(lines)
