"""What the list of a person's assessments shows."""

from dataclasses import dataclass

from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone

from assessment import sentences
from assessment.scoring import Band
from assessment.start_page import start_url
from careers.store import spec_of


@dataclass(frozen=True)
class DraftLine:
    name: str
    facts: str
    url: str
    delete_url: str


@dataclass(frozen=True)
class ReportLine:
    name: str
    facts: str
    url: str
    score: int
    provisional: bool
    band: str
    band_step: int
    again_url: str


def drafts(assessments):
    """The drafts among some assessments, in their order."""
    return [_draft(each) for each in assessments if not each.is_submitted]


def reports(assessments):
    """The submitted ones among some assessments, in their order."""
    return [_report(each) for each in assessments if each.is_submitted]


def _draft(assessment):
    total = len(spec_of(assessment.framework).skills)
    changed = _day(assessment.changed_at)
    return DraftLine(
        name=_name(assessment),
        facts=f"{assessment.answer_count} of {total} answered, last changed {changed}",
        url=assessment.get_absolute_url(),
        delete_url=reverse("assessment:delete", args=[assessment.uid]),
    )


def _report(assessment):
    band = Band(assessment.band)
    facts = [_day(assessment.submitted_at), f"framework {assessment.framework.version}"]
    if assessment.is_provisional:
        facts.insert(1, "provisional")
    return ReportLine(
        name=_name(assessment),
        facts=" · ".join(facts),
        url=assessment.get_absolute_url(),
        score=assessment.score,
        provisional=assessment.is_provisional,
        band=sentences.BAND_TITLES[band],
        band_step=sentences.band_step(band),
        again_url=start_url(
            framework=assessment.framework.key,
            target=assessment.target.key,
            based_on=assessment.uid,
        ),
    )


def _name(assessment):
    """The owner's name for it before the target's title."""
    names = [assessment.label, assessment.target.title]
    return " · ".join(name for name in names if name)


def _day(moment):
    return date(timezone.localtime(moment), "j F Y")
