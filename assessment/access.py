"""Who may see whose assessment. The only way a view obtains one.

A person's assessments are those they own. A guest's are those of the `Guest` whose token
this browser holds in a cookie. A report is also seen, and no more than seen, by whoever has
opened a live share link of it. Nothing else is read.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models import Q, Subquery
from django.http import Http404
from django.urls import reverse

from assessment.models import (
    Assessment,
    Guest,
    PracticeNote,
    Rating,
    ShareGrant,
    ShareLink,
)


class NotHeld(Http404):
    """No assessment of this visitor has this address, whether or not there is one."""


def guest_token(request):
    """The token that this browser holds as a guest, or None.

    Read from the cookie once a request; `assessment.guests` gives and takes tokens. The
    cookie is signed, so that a token is never other than one that was made here.
    """
    if not hasattr(request, "guest_token"):
        request.guest_token = request.get_signed_cookie(
            settings.GUEST_COOKIE_NAME, None, max_age=Guest.KEPT_FOR
        )
    return request.guest_token


def _of_person(request):
    return Q(owner=request.user) if request.user.is_authenticated else Q(pk__in=())


def _of_guest(request):
    """The guest is looked up inside the query, by the digest."""
    token = guest_token(request)
    if token is None:
        return Q(pk__in=())
    return Q(guest=Subquery(Guest.objects.of_token(token).values("pk")))


def way_in(request):
    """Where a stranger at a person's own page signs in, to come back to it; else None.

    It is the same for what is somebody else's and for what does not exist.
    """
    match = request.resolver_match
    is_own = match and match.app_name == "assessment" and "uid" in match.kwargs
    if not is_own or request.method == "POST" or request.user.is_authenticated:
        return None
    way_back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return f"{reverse(settings.LOGIN_URL)}?{way_back}"


def own_assessments(request):
    """All assessments of this visitor, the newest first."""
    mine = _of_person(request) | _of_guest(request)
    return Assessment.objects.filter(mine).order_by("-pk")


def get_assessment_or_404(request, uid):
    """The assessment of this address, if it is the visitor's own.

    What belongs to somebody else answers exactly like what does not exist.
    """
    return _found_or_404(own_assessments(request).with_framework(), uid)


def get_for_report_or_404(request, uid):
    """The same without the assessment that it is based on, which a report never reads."""
    return _found_or_404(own_assessments(request).for_report(), uid)


def get_answered_or_404(request, uid):
    """The same with its ratings, as (assessment, ratings); one query if it has any."""
    asked = own_assessments(request).filter(uid=uid).order_by().values("pk")
    ratings = list(Rating.objects.filter(assessment__in=asked).for_report())
    if ratings:
        return ratings[0].assessment, ratings
    return get_for_report_or_404(request, uid), []


def _found_or_404(assessments, uid):
    assessment = assessments.filter(uid=uid).first()
    if assessment is None:
        raise NotHeld("There is no such assessment, or it is not yours.")
    return assessment


def get_two_or_404(request, uid, other_uid):
    """Two of the visitor's own assessments, in this order; one query."""
    asked = own_assessments(request).for_report().filter(uid__in=[uid, other_uid])
    found = {assessment.uid: assessment for assessment in asked}
    if not found.keys() >= {uid, other_uid}:
        raise Http404("There is no such assessment, or it is not yours.")
    return found[uid], found[other_uid]


def get_for_saving(request, uid, skill_key):
    """The visitor's own assessment, locked for one answer (see `for_saving`), or None."""
    locked = own_assessments(request).for_saving(skill_key).filter(uid=uid)
    assessment = locked.first()
    return assessment if assessment and assessment.skill_pk else None


def own_practice_notes(request):
    """The practice notes of whoever is signed in, else those of this browser's guest."""
    signed_in = request.user.is_authenticated
    mine = _of_person(request) if signed_in else _of_guest(request)
    return PracticeNote.objects.filter(mine)


# Share links
# ------------------------------------------------------------------------------------


def get_own_link_or_404(request, uid, link_uid):
    """A share link of the visitor's own assessment."""
    links = get_assessment_or_404(request, uid).share_links.filter(uid=link_uid)
    link = links.first()
    if link is None:
        raise Http404("There is no such share link, or it is not yours.")
    return link


def get_link_of_token(token):
    """The live link of this token, which whoever knows it may open; or None."""
    return ShareLink.objects.live().of_token(token).first()


def get_granted_link(request, uid):
    """The link, with its report, if this visitor opened it and it is still live; or None."""
    mine = ShareGrant.objects.filter(_of_person(request) | _of_guest(request))
    links = ShareLink.objects.live().with_report()
    return links.filter(uid=uid, pk__in=mine.values("link")).first()
