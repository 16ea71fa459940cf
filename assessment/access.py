"""Who may see whose assessment. The only way a view obtains one."""

from django.http import Http404

from assessment.models import Assessment


def own_assessments(request):
    """All assessments of this visitor, the newest first."""
    if not request.user.is_authenticated:
        return Assessment.objects.none()
    return Assessment.objects.for_owner(request.user)


def get_assessment_or_404(request, uid):
    """The assessment of this address, if it is the visitor's own.

    What belongs to somebody else answers exactly like what does not exist.
    """
    assessment = own_assessments(request).with_framework().filter(uid=uid).first()
    if assessment is None:
        raise Http404("There is no such assessment, or it is not yours.")
    return assessment
