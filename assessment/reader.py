"""Tells the pages of a framework where their reader stands; they know no person.

The wiring hands `standing_of` to them. It reads, and never writes.
"""

import math

from django.conf import settings

from assessment import sentences
from assessment.access import own_assessments
from assessment.measuring import answers_of, fits, place, target_of
from assessment.models import PROVISIONAL_CAP
from assessment.scoring import PARAMETERS, Readiness, Status
from careers.shape import FrameworkSpec
from careers.standing import Fit, Standing


def standing_of(request, spec: FrameworkSpec) -> Standing | None:
    """The standing of this visitor by the latest report on this framework version.

    None without one. Two queries at most, and none for a visitor who sends no session:
    theirs is not even looked for, so that the page stays the same for all of them.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    of_version = own_assessments(request).with_framework().submitted()
    assessment = of_version.filter(
        framework__key=spec.key, framework__version=spec.version
    ).first()
    return _standing(assessment) if assessment else None


def _standing(assessment):
    spec, level = target_of(assessment)
    answers = answers_of(assessment)
    parameters = PARAMETERS[assessment.scoring_version]
    placement = place(spec, answers, parameters)
    found = fits(spec, answers, parameters)
    return Standing(
        now=spec.ladder[placement.level - 1].key if placement.level else None,
        target=level.key,
        report_url=assessment.get_absolute_url(),
        fit={
            key: _fit(each.headline)
            for key, each in found.items()
            if each.headline.band
        },
    )


def _fit(headline: Readiness) -> Fit:
    provisional = headline.status is Status.PROVISIONAL
    score = math.floor(headline.readiness)
    title = sentences.BAND_TITLES[headline.band]
    return Fit(
        score=min(score, PROVISIONAL_CAP) if provisional else score,
        band=f"{title}, provisional" if provisional else title,
        step=sentences.band_step(headline.band),
    )
