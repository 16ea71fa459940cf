"""Who may see whose assessment. The only way a view obtains one."""

from django.http import Http404

from assessment.models import Assessment


def get_assessment_or_404(request, uid):
    """The assessment of this address, if it is the visitor's own.

    What belongs to somebody else answers exactly like what does not exist.
    """
    mine = Assessment.objects.for_owner(request.user) if _is_person(request) else None
    assessment = mine.with_framework().filter(uid=uid).first() if mine else None
    if assessment is None:
        raise Http404("There is no such assessment, or it is not yours.")
    return assessment


def _is_person(request):
    return request.user.is_authenticated
