"""The draft that a browser is busy with, told by a signed cookie and not by a query.

Pages that know no person say "Go on, 3 of 20" with it. It opens nothing: whether the
draft may be read is asked for again where it is opened.
"""

from dataclasses import astuple, dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from assessment.access import own_assessments
from assessment.models import Guest

SALT = "assessment.open_draft"


@dataclass(frozen=True)
class OpenDraft:
    """`answered` of `total` skills; `target` and `ladder` are titles, the target's short."""

    uid: str
    answered: int
    total: int
    target: str
    ladder: str

    @property
    def url(self):
        return reverse("assessment:resume", args=[self.uid])


def open_draft(request):
    """Context processor: `open_draft`, or what is false. A cookie tampered with is none.

    Not read before a page asks: a file does not, nor does it ask who is signed in.
    """
    return {"open_draft": SimpleLazyObject(lambda: read(request))}


def read(request):
    """None, too, where neither a guest's cookie nor a person who is signed in may hold it.

    No query for a page that says whether somebody is signed in.
    """
    known = _told(request)
    is_guests = settings.GUEST_COOKIE_NAME in request.COOKIES
    return known if known and (is_guests or request.user.is_authenticated) else None


def _told(request):
    """What the cookie says, whoever sends it."""
    value = request.COOKIES.get(settings.DRAFT_COOKIE_NAME)
    if not value:
        return None
    try:
        said = signing.loads(value, salt=SALT, max_age=Guest.KEPT_FOR)
        return OpenDraft(*said)
    except (signing.BadSignature, TypeError):  # or of another release
        return None


def remember(response, draft):
    """Lets the browser know how far this draft is; returns the response."""
    known = OpenDraft(
        str(draft.assessment.uid),
        draft.answered,
        draft.total,
        draft.level.short_title,
        draft.spec.title,
    )
    response.set_cookie(
        settings.DRAFT_COOKIE_NAME,
        signing.dumps(astuple(known), salt=SALT),
        max_age=Guest.KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_others(request, response):
    """Lets the browser forget a draft that is not this visitor's; one query if it has one."""
    known = _told(request)
    if known and not own_assessments(request).drafts().filter(uid=known.uid).exists():
        return forget(request, response)
    return response


def forget(request, response, uid=None):
    """Lets the browser forget its open draft; with `uid`, only if it is that one."""
    known = _told(request)
    if known and (uid is None or known.uid == str(uid)):
        response.delete_cookie(settings.DRAFT_COOKIE_NAME, samesite="Lax")
    return response
