"""The draft that a browser is busy with, told by a signed cookie and not by a query.

Pages that know no person say "Go on, 3 of 20" with it. It opens nothing: whether the
draft may be read is asked for again where it is opened.
"""

from dataclasses import astuple, dataclass, replace

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "assessment.open_draft"


@dataclass(frozen=True)
class OpenDraft:
    """`answered` of `total` skills; `target` is the short title of its career level."""

    uid: str
    answered: int
    total: int
    target: str

    @property
    def url(self):
        return reverse("assessment:resume", args=[self.uid])

    @property
    def left(self):
        return self.total - self.answered


def open_draft(request):
    """Context processor: `open_draft`, or None. A cookie that was tampered with is none."""
    return {"open_draft": read(request)}


def read(request):
    value = request.COOKIES.get(settings.DRAFT_COOKIE_NAME)
    if not value:
        return None
    try:
        said = signing.loads(value, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
        return OpenDraft(*said)
    except (signing.BadSignature, TypeError):  # or of another release
        return None


def remember(response, assessment, progress):
    """Lets the browser know how far this draft is; returns the response."""
    uid, target = str(assessment.uid), assessment.target.short_title
    draft = OpenDraft(uid, progress.answered, progress.total, target)
    return _tell(response, draft)


def count(request, response, assessment, change):
    """Adds -1, 0 or 1 answers to what the browser knows of this draft, without a query."""
    known = read(request)
    if change and known and known.uid == str(assessment.uid):
        answered = min(max(known.answered + change, 0), known.total)
        _tell(response, replace(known, answered=answered))
    return response


def forget(request, response, uid=None):
    """Lets the browser forget its open draft; with `uid`, only if it is that one."""
    known = read(request)
    if known and (uid is None or known.uid == str(uid)):
        response.delete_cookie(settings.DRAFT_COOKIE_NAME, samesite="Lax")
    return response


def _tell(response, draft):
    response.set_cookie(
        settings.DRAFT_COOKIE_NAME,
        signing.dumps(astuple(draft), salt=SALT),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
