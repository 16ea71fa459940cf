"""Who may see whose assessment. The only way a view obtains one.

A person's assessments are those they own. A guest's are those whose uids their session
holds, as long as nobody owns them. A report is also seen, and no more than seen, by whoever
has opened a live share link of it in this browser. Nothing else is read.
"""

from django.db.models import Q
from django.http import Http404

from assessment.models import Assessment, PracticeNote, Rating, ShareLink

HELD = "assessments"  # session: uids that were begun in this browser without an account
GRANTED = (
    "shared_reports"  # session: uids of share links that were opened in this browser
)
MOST_GRANTS = 20  # of one session; the oldest give way


def own_assessments(request):
    """All assessments of this visitor, the newest first."""
    mine = Q(owner=None, uid__in=request.session.get(HELD, []))
    if request.user.is_authenticated:
        mine |= Q(owner=request.user)
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
        raise Http404("There is no such assessment, or it is not yours.")
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


def owner_of_new(request):
    """Who owns what is started now: the person, or nobody for a guest."""
    return request.user if request.user.is_authenticated else None


def own_practice_notes(request):
    """The practice notes of whoever is signed in; a guest has none."""
    if not request.user.is_authenticated:
        return PracticeNote.objects.none()
    return PracticeNote.objects.filter(owner=request.user)


# Share links
# ------------------------------------------------------------------------------------


def get_own_link_or_404(request, uid, link_uid):
    """A share link of the visitor's own assessment."""
    links = get_assessment_or_404(request, uid).share_links.filter(uid=link_uid)
    link = links.first()
    if link is None:
        raise Http404("There is no such share link, or it is not yours.")
    return link


def exchange_token(request, token):
    """The live link of this token, which this browser may open from now on; or None."""
    link = ShareLink.objects.live().of_token(token).first()
    granted = request.session.get(GRANTED, [])
    if link and str(link.uid) not in granted:
        request.session[GRANTED] = [*granted, str(link.uid)][-MOST_GRANTS:]
    return link


def get_granted_link(request, uid):
    """The link, with its report, if this browser opened it and it is still live; or None."""
    if str(uid) not in request.session.get(GRANTED, []):
        return None
    return ShareLink.objects.live().with_report().filter(uid=uid).first()
