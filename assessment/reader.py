"""Tells the pages of a framework where their reader stands; they know no person.

The wiring hands `standing_of` to them. It reads, and never writes.
"""

from django.utils.translation import gettext

from assessment import wording
from assessment.access import known_by, own_assessments
from assessment.answers import answers_of, fits, place, target_of
from careers.public import Standing
from careers.shape import FrameworkSpec
from scoring.number import Readiness


def standing_of(request, spec: FrameworkSpec) -> Standing | None:
    """The standing of this visitor by the latest report on this framework version.

    None without one. Two queries at most, and none for a visitor who sends neither a
    session nor a guest's token: so the page stays the same for all of them.
    """
    if not known_by(request):
        return None
    of_version = own_assessments(request).for_report().submitted()
    assessment = of_version.filter(
        framework__key=spec.key, framework__version=spec.version
    ).first()
    return _standing(assessment) if assessment else None


def _standing(assessment):
    spec, level = target_of(assessment)
    answers = answers_of(assessment)
    placement = place(spec, level, answers, assessment.scoring_version)
    track = spec.track_of(level)
    found = fits(spec, answers, assessment.scoring_version)
    return Standing(
        now=track[placement.level - 1].key if placement.level else None,
        target=level.key,
        report_url=assessment.get_absolute_url(),
        results={
            key: _result(number) for key, number in found.items() if number.is_measured
        },
    )


def _result(number: Readiness) -> str:
    said = {"score": number.score, "verdict": wording.whole_verdict(number)}
    return gettext("%(score)d of 100, %(verdict)s") % said
