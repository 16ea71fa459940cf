"""All writes to a person's assessments. Each is one transaction.

The answers of a submitted assessment are never written again: every write first locks
the draft, and reads what is stored after that. PostgreSQL locks the row; on SQLite the
transaction itself is the lock, since it begins as a writing one.
"""

import logging
from dataclasses import replace
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from assessment.answers import FIELDS, NO_ANSWER, answers_of, measure_assessment
from assessment.erasure import Gone, record_erasure
from assessment.models import (
    Assessment,
    Download,
    Guest,
    Profile,
    Rating,
    ReportPdf,
    ShareLink,
)
from assessment.sharing import end_links
from assessment.transfer import Transfer
from careers.store import skill_pks, two_versions
from scoring.parameters import CURRENT
from scoring.result import Scored

# Kept in all. Of 100 to 200 KB each, so that the table stays below 100 MB. It is looked up
# by who comes back for the same report; that is within days.
MOST_PDFS = 500
events = logging.getLogger("tpmguide.events")
AN_HOUR = timedelta(hours=1)
SCORE_FIELDS = ("readiness_tenths", "is_provisional", "band", "range_low", "range_high")


class AlreadySubmitted(Exception):
    """The assessment is frozen: its report can be read, its answers cannot be changed."""


class CannotBeScored(Exception):
    """Too little is answered for a score; `result` says what is missing."""

    def __init__(self, result):
        super().__init__(", ".join(result.reasons))
        self.result = result


def begin_assessment(
    *,
    framework,
    target,
    based_on=None,
    corrects=None,
    answers=None,
    fresh=False,
    is_quick_look=False,
    **holder,
):
    """A new draft, or the open one for this target by key: one target has one.

    With `fresh`, an open one is deleted first, unless the same press has just begun it:
    buttons are pressed twice. `answers`, {skill key: Answer}, are of a page whose draft is
    gone; they never join those of another draft. What `corrects` a report begins with its
    answers. `holder` is who owns it, as `guests.hold` returns and locks it.
    """
    drafts = Assessment.objects.drafts().filter(**holder)
    last = drafts.for_target(framework.key, target.key).order_by("-pk").first()
    if last and answers is None and not fresh:
        return last
    is_same = last and (last.framework_id, last.based_on, last.corrects) == (
        framework.pk,
        based_on,
        corrects,
    )
    if (
        is_same
        and last.is_just_begun
        and (corrects or _holds_only(last, answers or {}))
    ):
        return last
    if last and fresh:
        _delete(drafts.for_target(framework.key, target.key))
    begun = start_assessment(
        **holder,
        framework=framework,
        target=target,
        based_on=based_on,
        corrects=corrects,
        is_quick_look=is_quick_look,
    )
    if answers:
        save_answers(assessment=begun, answers=answers)
    return begun


def _holds_only(assessment, answers):
    """Whether what is stored is among these answers; one query."""
    return all(
        key in answers and answers[key].is_same_as(stored)
        for key, stored in answers_of(assessment).items()
    )


@transaction.atomic
def start_assessment(
    *,
    framework,
    target,
    owner=None,
    guest=None,
    based_on=None,
    corrects=None,
    is_quick_look=False,
):
    """A new draft of a person or a guest.

    `based_on` is an earlier assessment whose answers are suggested. Of a report that it
    `corrects` it holds the name and the answers, with their dates: on another version those
    that read as before. Raises ValueError if the target is not of the framework, or if that is
    neither published nor the version of the report; Gone.
    """
    if based_on:
        hold_assessment(based_on)
    is_of_report = corrects and corrects.framework_id == framework.pk
    if framework.status != framework.Status.PUBLISHED and not is_of_report:
        raise ValueError("An assessment starts on a published framework.")
    if target.framework_id != framework.pk:
        raise ValueError("The target is not of this framework version.")
    now = timezone.now()
    begun = Assessment.objects.create(
        owner=owner,
        guest=guest,
        framework=framework,
        target=target,
        based_on=based_on,
        corrects=corrects,
        label=corrects.label if corrects else "",
        first_submitted_at=corrects and corrects.counts_at,
        is_quick_look=is_quick_look,
        started_at=now,
        changed_at=now,
    )
    if corrects:
        _take_along(begun, corrects)
    return begun


def save_answers(*, assessment, answers, stored=None):
    """Stores answers; returns (saved, stale), each {skill key: the answer that stands}.

    Each answer bears the revision that its page has seen. Where a newer one is stored,
    nothing is overwritten: the answer is stale. Saying what is stored succeeds whatever
    was seen, so that a retry after a lost reply does no harm.

    `stored` are the answers of an assessment that is locked (`access.locked_assessment`);
    without them it is locked and they are read here. Raises AlreadySubmitted, and
    KeyError for a skill that the framework does not have.
    """
    if stored is None:
        with transaction.atomic():
            _lock(assessment)
            return save_answers(
                assessment=assessment, answers=answers, stored=answers_of(assessment)
            )
    if assessment.is_submitted:
        raise AlreadySubmitted
    now = timezone.now()
    saved, stale, changed = {}, {}, {}
    for key, answer in answers.items():
        before = stored.get(key, NO_ANSWER)
        if answer.is_same_as(before):
            saved[key] = before
        elif answer.revision == before.revision:
            saved[key] = changed[key] = answer.after(before, now)
        else:
            stale[key] = before
    if changed:
        _write(assessment, changed)
        _touch(assessment, now)
    return saved, stale


@transaction.atomic
def change_target(*, assessment, target):
    """Aims a draft at another level; ratings stay.

    Raises AlreadySubmitted, and ValueError for a target of another framework version.
    """
    if target.framework_id != assessment.framework_id:
        raise ValueError("The target is not of this framework version.")
    _lock(assessment)
    assessment.target = target
    assessment.save(update_fields=["target"])


@transaction.atomic
def carry_over(*, assessment, target):
    """The draft on the version of `target`, which is live; the old one stays behind it.

    Answers whose skill and sentence are as they were go along with their dates. All
    others are suggested from the old one, which is frozen. Raises AlreadySubmitted, and
    ValueError for a version that is not live or of another ladder; Gone.
    """
    framework = target.framework
    hold_holder(assessment)
    _lock(assessment)
    if framework.status != framework.Status.PUBLISHED:
        raise ValueError("A draft is carried over to a published framework.")
    if framework.key != assessment.framework.key or framework == assessment.framework:
        raise ValueError("A draft is carried over to another version of its ladder.")
    carried = Assessment.objects.create(
        owner_id=assessment.owner_id,
        guest_id=assessment.guest_id,
        label=assessment.label,
        framework=framework,
        target=target,
        based_on=assessment,
        corrects=assessment.corrects,
        first_submitted_at=assessment.first_submitted_at,
        is_quick_look=assessment.is_quick_look,
        started_at=assessment.started_at,
        changed_at=timezone.now(),
    )
    _take_along(carried, assessment)
    assessment.status = Assessment.Status.CARRIED_OVER
    assessment.save(update_fields=["status"])
    return carried


def _take_along(draft, earlier):
    """Gives a draft the answers of another that read as before on its own version."""
    versions = two_versions(earlier.framework.digest, draft.framework.digest)
    transfer = Transfer(versions, draft.target.key, answers_of(earlier))
    kept = transfer.unchanged.items()
    _write(draft, {key: replace(each, revision=1) for key, each in kept})


@transaction.atomic
def submit_assessment(*, assessment):
    """Freezes a draft with its score and returns it; a second time changes nothing.

    Raises CannotBeScored where the model allows no score.
    """
    try:
        _lock(assessment)
    except AlreadySubmitted:
        assessment.refresh_from_db()
        return assessment
    # Another tab may have aimed it elsewhere before it was locked.
    assessment.refresh_from_db(fields=["target"])
    result = measure_assessment(assessment)
    if not isinstance(result, Scored):
        raise CannotBeScored(result)
    assessment.status = Assessment.Status.SUBMITTED
    assessment.submitted_at = timezone.now()
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


@transaction.atomic
def save_profile(*, person, **said):
    """Keeps what a person says of themselves."""
    hold_person(person.pk)
    Profile.objects.update_or_create(user=person, defaults=said)


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
    end_links(ShareLink.objects.filter(assessment__in=released))
    Assessment.objects.filter(pk__in=released).update(owner=None, guest=guest)


def hold_person(pk):
    """Locks an account until the transaction ends. Raises Gone.

    Whoever locks rows of a person as well locks the account first.
    """
    people = get_user_model().objects.select_for_update(no_key=True)
    person = people.only("pk").filter(pk=pk).first()
    if person is None:
        raise Gone
    return person


def hold_holder(assessment):
    """Locks whose it is, a person or a guest, until the transaction ends. Raises Gone."""
    guests = Guest.objects.select_for_update(no_key=True)
    if assessment.owner_id:
        hold_person(assessment.owner_id)
    elif not guests.filter(pk=assessment.guest_id).values_list("pk"):
        raise Gone


def hold_assessment(assessment):
    """Locks it, whatever its state, until the transaction ends. Raises Gone."""
    locked = Assessment.objects.select_for_update(no_key=True)
    if not locked.filter(pk=assessment.pk).values_list("pk"):
        raise Gone


@transaction.atomic
def keep_pdf(*, assessment, digest, content, is_unchanged, what=ReportPdf.What.REPORT):
    """Keeps the PDF of a report or its case for an earlier one; the oldest of all go.

    Keeps nothing where the report was deleted meanwhile, or where it is not what
    `is_unchanged` finds while nobody can change it.
    """
    if assessment.owner_id:
        hold_person(assessment.owner_id)
    report = Assessment.objects.select_for_update().filter(pk=assessment.pk).first()
    if report is None or not is_unchanged():
        return
    ReportPdf.objects.update_or_create(
        assessment=report,
        what=what,
        defaults={"digest": digest, "content": content, "made_at": timezone.now()},
    )
    by_age = ReportPdf.objects.order_by("-made_at", "-pk").values_list("pk", flat=True)
    ReportPdf.objects.filter(pk__in=list(by_age[MOST_PDFS:])).delete()


def forget_downloads(people):
    """A file of everything, made or being made, holds what these people delete now."""
    Download.objects.filter(owner__in=people).exclude(begun_at=None).delete()


@transaction.atomic
def _delete(assessments):
    """Locks first, so that nothing is deleted that somebody claims at this moment.

    With a draft goes what was carried over into it, which nothing else shows.
    """
    locked = list(assessments.select_for_update().values_list("pk", flat=True))
    behind = Assessment.objects.filter(status=Assessment.Status.CARRIED_OVER)
    found = locked
    while found:
        found = list(behind.filter(assessment__in=found).values_list("pk", flat=True))
        locked += found
    forget_downloads(Assessment.objects.filter(pk__in=locked).values("owner"))
    Assessment.objects.filter(pk__in=locked).delete()
    record_erasure(Assessment, locked)
    if locked:
        events.info("assessments_deleted", extra={"assessments": locked})


def _lock(assessment):
    """Locks the draft until the transaction ends. Raises AlreadySubmitted."""
    drafts = Assessment.objects.drafts().select_for_update()
    if not drafts.filter(pk=assessment.pk).values_list("pk"):
        raise AlreadySubmitted


def _write(assessment, changed):
    pks = skill_pks(assessment.framework_id)
    rows = [
        Rating(assessment=assessment, skill_id=pks[key], **answer.columns)
        for key, answer in changed.items()
    ]
    Rating.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "skill"],
        update_fields=FIELDS,
    )


def _touch(assessment, now):
    """Keeps the time of the last change, to the hour: one more query at most once an hour."""
    if now - assessment.changed_at > AN_HOUR:
        Assessment.objects.filter(pk=assessment.pk).update(changed_at=now)
