"""Who may see whose assessment. The only way a view obtains one.

A person's assessments are those they own. A guest's are those whose uids their session
holds, as long as nobody owns them. Nothing else is read.
"""

from django.db.models import Q
from django.http import Http404

from assessment.models import Assessment

HELD = "assessments"  # session: uids that were begun in this browser without an account


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


def get_for_saving(request, uid, skill_key):
    """The visitor's own assessment, locked for one answer (see `for_saving`), or None."""
    locked = own_assessments(request).for_saving(skill_key).filter(uid=uid)
    assessment = locked.first()
    return assessment if assessment and assessment.skill_pk else None


def owner_of_new(request):
    """Who owns what is started now: the person, or nobody for a guest."""
    return request.user if request.user.is_authenticated else None
