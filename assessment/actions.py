"""All writes to a person's assessments. Each is one transaction.

The answers of a submitted assessment are never written again: every write first takes
hold of the draft with an UPDATE that is itself conditional on its status, which also
makes writers wait for each other on either database.
"""

import dataclasses
import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.answers import NO_ANSWER, Answer
from assessment.measuring import answers_of, measure_assessment, target_of
from assessment.models import Assessment, Rating, ReportPdf, ShareLink
from assessment.scoring.parameters import CURRENT
from assessment.scoring.result import Scored
from careers.models import Skill

# Kept in all. Of 100 to 200 KB each, so that the table stays below 100 MB. It is looked up
# by who comes back for the same report; that is within days.
MOST_PDFS = 500
events = logging.getLogger("tpmguide.events")
SCORE_FIELDS = ("readiness_tenths", "is_provisional", "band", "range_low", "range_high")


class AlreadySubmitted(Exception):
    """The assessment is frozen: its report can be read, its answers cannot be changed."""


class ChangedElsewhere(Exception):
    """A newer answer is stored than the page has seen; `stored` is that answer."""

    def __init__(self, stored):
        super().__init__("A newer answer is stored.")
        self.stored = stored


class Overtaken(Exception):
    """Another answer was stored since this one's predecessor was read: read it again."""


class CannotBeScored(Exception):
    """Too little is answered for a score; `result` says what is missing."""

    def __init__(self, result):
        super().__init__(", ".join(result.reasons))
        self.result = result


def begin_assessment(*, framework, target, based_on=None, **holder):
    """A new draft, or the one that the same press has begun: buttons are pressed twice.

    `holder` is who owns it, as `guests.hold` returns and locks it.
    """
    drafts = Assessment.objects.drafts().filter(
        **holder, target=target, based_on=based_on
    )
    last = drafts.order_by("-pk").first()
    if last and last.is_just_begun:
        return last
    return start_assessment(
        **holder, framework=framework, target=target, based_on=based_on
    )


@transaction.atomic
def start_assessment(*, framework, target, owner=None, guest=None, based_on=None):
    """A new draft of a person or a guest. `based_on` is an earlier assessment whose answers are suggested.

    Raises ValueError if the framework is not published, or the target not of it.
    """
    if framework.status != framework.Status.PUBLISHED:
        raise ValueError("An assessment starts on a published framework.")
    if target.framework_id != framework.pk:
        raise ValueError("The target is not of this framework version.")
    now = timezone.now()
    return Assessment.objects.create(
        owner=owner,
        guest=guest,
        framework=framework,
        target=target,
        based_on=based_on,
        started_at=now,
        changed_at=now,
    )


@dataclasses.dataclass(frozen=True)
class Recorded:
    """What became of some answers; `newer` are those that stand in the place of stale ones."""

    changed: list[str]
    newer: dict[str, Answer]


@transaction.atomic
def record_ratings(*, assessment, ratings, seen=None):
    """Stores answers, {skill key: Answer}.

    An answer that says what is stored already is left alone, with its date. Where `seen`,
    {skill key: revision}, is older than what is stored, nothing is overwritten. Raises
    AlreadySubmitted, and KeyError for a skill that the framework does not have.
    """
    now = _hold(assessment)
    stored = answers_of(assessment)
    changed, newer = {}, {}
    for key, answer in ratings.items():
        before = stored.get(key, NO_ANSWER)
        if answer.says == before.says:
            continue
        if seen is not None and seen.get(key, 0) != before.revision:
            # A card that was empty and stayed so says nothing against what is stored.
            if seen.get(key, 0) or answer.says != NO_ANSWER.says:
                newer[key] = before
        else:
            changed[key] = answer
    if changed:
        _write(assessment, changed, stored, now)
    return Recorded(list(changed), newer)


def record_rating(*, assessment, answer, stored):
    """Stores one answer of an assessment that `for_saving` has locked; one query.

    `answer.revision` is the one that the page has seen, `stored` the Answer that stands.
    Saying what is stored succeeds whatever the page has seen, so that a retry after a
    lost reply does no harm. Returns the revision that stands now. Raises
    AlreadySubmitted and ChangedElsewhere; and Overtaken, with which the transaction has
    to end: PostgreSQL shows to who waited for the lock the rating of before.
    """
    if assessment.is_submitted:
        raise AlreadySubmitted
    if answer.says == stored.says:
        return stored.revision
    if answer.revision != stored.revision:
        raise ChangedElsewhere(stored)
    now = timezone.now()
    row = _row(assessment, assessment.skill_pk, answer, stored, now)
    if not stored.revision:
        _insert(row)
    elif not _replace(row, stored):
        raise Overtaken
    _touch(assessment, now)
    return row.revision


@transaction.atomic
def keep_answers(*, assessment, skill_keys):
    """Takes over earlier answers, with note and link, as ratings of today.

    They are read from `based_on` by skill key, and only for skills that are still open.
    Skills without an earlier answer are passed over. Raises AlreadySubmitted.
    """
    _hold(assessment)
    stored = answers_of(assessment)
    earlier = answers_of(assessment.based_on) if assessment.based_on else {}
    spec, _ = target_of(assessment)
    kept = {
        key: earlier[key]
        for key in skill_keys
        if key in spec.skills_by_key
        and earlier.get(key, NO_ANSWER).is_answered
        and not stored.get(key, NO_ANSWER).is_answered
    }
    return record_ratings(assessment=assessment, ratings=kept)


@transaction.atomic
def change_target(*, assessment, target):
    """Aims a draft at another level; ratings stay.

    Raises AlreadySubmitted, and ValueError for a target of another framework version.
    """
    if target.framework_id != assessment.framework_id:
        raise ValueError("The target is not of this framework version.")
    _hold(assessment)
    assessment.target = target
    assessment.save(update_fields=["target"])


@transaction.atomic
def submit_assessment(*, assessment):
    """Freezes a draft with its score and returns it; a second time changes nothing.

    Raises CannotBeScored where the model allows no score.
    """
    try:
        now = _hold(assessment)
    except AlreadySubmitted:
        assessment.refresh_from_db()
        return assessment
    # Another tab may have aimed it elsewhere before it was held.
    assessment.refresh_from_db(fields=["target"])
    result = measure_assessment(assessment)
    if not isinstance(result, Scored):
        raise CannotBeScored(result)
    assessment.status = Assessment.Status.SUBMITTED
    assessment.submitted_at = now
    assessment.scoring_version = CURRENT.version
    _put_score(assessment, result)
    assessment.save(
        update_fields=["status", "submitted_at", "scoring_version", *SCORE_FIELDS]
    )
    return assessment


def rewrite_score(*, assessment, result):
    """Keeps a submitted assessment's numbers as its answers give them, and nothing else."""
    _put_score(assessment, result)
    assessment.save(update_fields=SCORE_FIELDS)


def _put_score(assessment, result):
    assessment.readiness_tenths = result.readiness_tenths
    assessment.is_provisional = result.is_provisional
    assessment.band = result.band
    assessment.range_low, assessment.range_high = result.likely_range


def rename_assessment(*, assessment, label):
    """Gives an assessment, draft or submitted, its owner's own name for it."""
    Assessment.objects.filter(pk=assessment.pk).update(label=label)


def delete_assessment(*, assessment):
    """Removes an assessment and all its answers for good."""
    _delete(Assessment.objects.filter(pk=assessment.pk))


@transaction.atomic
def claim_assessments(*, owner, guest):
    """Gives a guest's assessments to a person; returns their uids."""
    locked = Assessment.objects.select_for_update().filter(guest=guest)
    claimed = [str(uid) for uid in locked.values_list("uid", flat=True)]
    Assessment.objects.filter(guest=guest).update(owner=owner, guest=None)
    return claimed


@transaction.atomic
def release_assessments(*, owner, guest, uids):
    """Gives assessments of an account to a guest again, if they are still in it.

    Their share links end: without an account, nobody could revoke them.
    """
    owned = Assessment.objects.select_for_update().filter(owner=owner, uid__in=uids)
    released = list(owned.values_list("pk", flat=True))
    ShareLink.objects.filter(assessment__in=released, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    Assessment.objects.filter(pk__in=released).update(owner=None, guest=guest)


@transaction.atomic
def keep_pdf(*, assessment, digest, content):
    """Keeps the PDF of a report in the place of an earlier one; the oldest of all go.

    Keeps nothing where the report was deleted meanwhile.
    """
    report = Assessment.objects.select_for_update().filter(pk=assessment.pk).first()
    if report is None:
        return
    ReportPdf.objects.update_or_create(
        assessment=report,
        defaults={"digest": digest, "content": content, "made_at": timezone.now()},
    )
    by_age = ReportPdf.objects.order_by("-made_at", "-pk").values_list("pk", flat=True)
    ReportPdf.objects.filter(pk__in=list(by_age[MOST_PDFS:])).delete()


@transaction.atomic
def _delete(assessments):
    """Locks first, so that nothing is deleted that somebody claims at this moment."""
    locked = list(assessments.select_for_update().values_list("pk", flat=True))
    Assessment.objects.filter(pk__in=locked).delete()
    if locked:
        events.info("assessments_deleted", extra={"assessments": locked})


def _hold(assessment):
    """Holds the draft until the transaction ends, and returns the time of the change."""
    now = timezone.now()
    drafts = Assessment.objects.drafts().filter(pk=assessment.pk)
    if not drafts.update(changed_at=now):
        raise AlreadySubmitted
    assessment.changed_at = now
    return now


WRITTEN = {*Rating.SAID, "rated_at"}
AN_HOUR = timedelta(hours=1)


def _write(assessment, changed, stored, now):
    skills = dict(
        Skill.objects.filter(
            framework=assessment.framework_id, key__in=changed
        ).values_list("key", "pk")
    )
    rows = [
        _row(assessment, skills[key], answer, stored.get(key, NO_ANSWER), now)
        for key, answer in changed.items()
    ]
    Rating.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "skill"],
        update_fields=sorted(WRITTEN),
    )


def _touch(assessment, now):
    """Keeps the time of the last change, to the hour: one more query at most once an hour."""
    if now - assessment.changed_at > AN_HOUR:
        Assessment.objects.filter(pk=assessment.pk).update(changed_at=now)


def _insert(row):
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise Overtaken from error


def _replace(row, stored):
    """Writes the row in the place of `stored`; false if that stands there no longer."""
    same = (row.value, row.not_applicable) == stored.choice
    fields = WRITTEN - {"rated_at"} if same else WRITTEN
    standing = Rating.objects.filter(
        assessment=row.assessment_id, skill=row.skill_id, revision=stored.revision
    )
    return bool(standing.update(**{name: getattr(row, name) for name in fields}))


def _row(assessment, skill_pk, answer, before, now):
    """The answer as a row; a note or a link does not make a rating younger."""
    same = answer.choice == before.choice and before.rated_at
    return Rating(
        assessment=assessment,
        skill_id=skill_pk,
        value=answer.value,
        not_applicable=answer.not_applicable,
        reason=answer.reason,
        confidence=answer.confidence,
        note=answer.note,
        url=answer.url,
        rated_at=before.rated_at if same else now,
        revision=before.revision + 1,
    )
