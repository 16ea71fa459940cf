"""Who may see whose assessment. The only way a view obtains one.

A person's assessments are those they own. A guest's are those whose uids their session
holds, as long as nobody owns them. Nothing else is read.
"""

from django.db.models import Q
from django.http import Http404

from assessment import actions
from assessment.models import Assessment

HELD = "assessments"  # session: uids that were begun in this browser without an account
CLAIMED = "claimed_assessments"  # session: uids that this sign-in has added


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
    assessment = own_assessments(request).with_framework().filter(uid=uid).first()
    if assessment is None:
        raise Http404("There is no such assessment, or it is not yours.")
    return assessment


def owner_of_new(request):
    """Who owns what is started now: the person, or nobody for a guest."""
    return request.user if request.user.is_authenticated else None


def hold(request, assessment):
    """Lets a guest's session open the assessment that it has just started."""
    if assessment.owner_id is None:
        request.session[HELD] = [*request.session.get(HELD, []), str(assessment.uid)]


def claim(request, user):
    """Gives the session's assessments to the person who has just signed in."""
    uids = request.session.pop(HELD, [])
    claimed = actions.claim_assessments(owner=user, uids=uids)
    if claimed:
        request.session[CLAIMED] = claimed


def unclaim(request):
    """Takes back what the sign-in added; this browser alone can open it again."""
    uids = request.session.pop(CLAIMED, [])
    released = actions.release_assessments(owner=request.user, uids=uids)
    request.session[HELD] = [*request.session.get(HELD, []), *released]


def forget(request):
    """Deletes what this browser holds without an account, and says how many they were."""
    uids = request.session.pop(HELD, [])
    return actions.delete_unowned(uids=uids)
