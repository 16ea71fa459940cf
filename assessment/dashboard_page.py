"""What the list of a person's assessments shows."""

from dataclasses import dataclass
from datetime import datetime

from assessment import sentences
from assessment.scoring import Band
from careers.catalogue import spec_of


@dataclass(frozen=True)
class DraftLine:
    uid: object
    target: str
    label: str
    progress: str
    changed_at: datetime
    url: str


@dataclass(frozen=True)
class ReportLine:
    uid: object
    target: str
    label: str
    score: int
    provisional: bool
    band: str
    band_step: int
    submitted_at: datetime
    version: str
    url: str


def drafts(assessments):
    """The drafts among some assessments, in their order."""
    return [_draft(each) for each in assessments if not each.is_submitted]


def reports(assessments):
    """The submitted ones among some assessments, in their order."""
    return [_report(each) for each in assessments if each.is_submitted]


def _draft(assessment):
    total = len(spec_of(assessment.framework).skills)
    return DraftLine(
        uid=assessment.uid,
        target=assessment.target.title,
        label=assessment.label,
        progress=f"{assessment.answer_count} of {total} answered",
        changed_at=assessment.changed_at,
        url=assessment.get_absolute_url(),
    )


def _report(assessment):
    band = Band(assessment.band)
    return ReportLine(
        uid=assessment.uid,
        target=assessment.target.title,
        label=assessment.label,
        score=assessment.score,
        provisional=assessment.is_provisional,
        band=sentences.BAND_TITLES[band],
        band_step=sentences.band_step(band),
        submitted_at=assessment.submitted_at,
        version=assessment.framework.version,
        url=assessment.get_absolute_url(),
    )
