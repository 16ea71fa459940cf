"""A person's own file, brought into an account here: what is known stays, nothing twice.

An assessment lands on the same version of the same ladder, by key and digest, with its
dates; its score is computed here. Steps land in the plan for the same target. Of a profile
comes what is empty here, and no wish for mail. What cannot be placed is said.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import SlugField
from django.utils import timezone
from django.utils.translation import gettext

from assessment.actions import CannotBeScored, hold_person, submit_assessment
from assessment.forms.me import MOST_YEARS
from assessment.forms.rating import RatingForm
from assessment.models import (
    EDUCATION_LENGTH,
    LABEL_LENGTH,
    LINE_LENGTH,
    NOTE_LENGTH,
    Assessment,
    JournalEntry,
    Plan,
    PlanItem,
    PracticeNote,
    Profile,
    Rating,
)
from assessment.report import WEB
from careers.models import Framework
from careers.store import skill_pks, spec_of

MOST_ORDER = 1_000_000  # the place of a step
MOST_AT_ONCE = 50  # assessments: a score with its range takes its time


@dataclass
class Brought:
    """How much came, how much was here already, and what could not be placed."""

    assessments: int = 0
    notes: int = 0
    plans: int = 0
    steps: int = 0
    lines: int = 0  # of the journal
    has_profile: bool = False
    known: int = 0
    waiting: int = 0  # more than one import takes
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def plan_bringing(*, person, data):
    """What `bring_in` would do; nothing is kept of it."""
    brought = bring_in(person=person, data=data)
    transaction.set_rollback(True)
    return brought


@transaction.atomic
def bring_in(*, person, data):
    """Writes what is not here yet; one transaction, while the person is locked."""
    person = hold_person(person.pk)
    brought = Brought()
    answers = defaultdict(list)
    for row in data.answers:
        answers[row.assessment].append(row)
    made, mine = {}, Assessment.objects.filter(owner=person)
    for row in data.assessments:
        here = _same(mine, person, row.uid)
        if here is not None:
            brought.known += 1
            made[row.uid] = here
        elif brought.assessments >= MOST_AT_ONCE:
            brought.waiting += 1
        else:
            landed = _land(person, row, answers[row.uid], brought)
            if landed is not None:
                made[row.uid] = landed
    _join(data.assessments, made)
    for row in data.practice_notes:
        _bring_note(person, row, brought)
    steps = _bring_plans(person, data, brought)
    _bring_journal(person, data.journal, steps, brought)
    for row in data.profile[:1]:
        _bring_profile(person, row, brought)
    return brought


def _same(mine, person, uid):
    """The same row here, under its own uid or the one that it got here."""
    return mine.filter(uid__in=[uid, _own_uid(person, uid)]).first()


def _free_uid(model, person, uid):
    return _own_uid(person, uid) if model.objects.filter(uid=uid).exists() else uid


def _own_uid(person, uid):
    """Where somebody else here has the uid: always the same other one."""
    return uuid.uuid5(uid, str(person.pk))


def _land(person, row, answers, brought):
    """One assessment with its answers; None, and why, where it has no place here."""
    name = gettext("“%(target)s” of %(day)s") % {
        "target": row.target,
        "day": row.started_at.date(),
    }
    version = row.framework
    framework = (
        Framework.objects.exclude(digest="")
        .filter(key=version.key, version=version.version, digest=version.digest)
        .first()
    )
    target = framework and framework.levels.filter(key=row.target).first()
    if target is None:
        brought.left_out.append(
            gettext("%(name)s: version %(version)s of %(ladder)s is not here.")
            % {"name": name, "version": version.version, "ladder": version.key}
        )
        return None
    said, problem = _answers_of(spec_of(framework), answers)
    if problem:
        brought.left_out.append(f"{name}: {problem}")
        return None
    now = timezone.now()
    assessment = Assessment.objects.create(
        uid=_free_uid(Assessment, person, row.uid),
        owner=person,
        label=row.label[:LABEL_LENGTH],
        framework=framework,
        target=target,
        started_at=min(row.started_at, now),
        changed_at=min(row.changed_at, now),
        is_quick_look=row.is_quick_look,
        first_submitted_at=row.first_submitted_at and min(row.first_submitted_at, now),
    )
    pks = skill_pks(framework.pk)
    Rating.objects.bulk_create(
        Rating(
            assessment=assessment,
            skill_id=pks[key],
            **answer.columns | {"rated_at": min(moment, now), "revision": 1},
        )
        for key, (answer, moment) in said.items()
    )
    brought.assessments += 1
    if row.status == Assessment.Status.SUBMITTED:
        _submit(assessment, row, name, brought)
    return assessment


def _submit(assessment, row, name, brought):
    try:
        submit_assessment(assessment=assessment)
    except CannotBeScored:
        brought.left_out.append(
            gettext("%(name)s came as an open assessment: it has no score here.")
            % {"name": name}
        )
        return
    submitted = min(row.submitted_at or row.changed_at, timezone.now())
    Assessment.objects.filter(pk=assessment.pk).update(submitted_at=submitted)
    if assessment.readiness_tenths != row.readiness_tenths:
        brought.left_out.append(
            gettext("%(name)s: its score is computed anew here, and is another one.")
            % {"name": name}
        )


def _join(rows, made):
    """Says again what goes on from what; `made` are {uid in the file: the one here}.

    From an earlier one alone, so that who follows it comes to an end. What was carried over
    stands behind what it became, as it did; where that has no place, it is open again.
    """
    for row in rows:
        for name in ("based_on", "corrects"):
            this, other = made.get(row.uid), made.get(getattr(row, name))
            if this and other and other.pk < this.pk:
                still_open = Assessment.objects.filter(pk=this.pk, **{name: None})
                still_open.update(**{name: other})
    Status = Assessment.Status
    carried = [
        made[row.uid].pk
        for row in rows
        if row.uid in made and row.status == Status.CARRIED_OVER
    ]
    followed = Assessment.objects.exclude(based_on=None).values("based_on")
    behind = Assessment.objects.drafts().filter(pk__in=carried)
    behind.filter(pk__in=followed).update(status=Status.CARRIED_OVER)


def _answers_of(spec, rows):
    """({skill key: (answer, when)}, "") by the rules of the card; ({}, what is wrong)."""
    said = {}
    for row in rows:
        skill = spec.skills_by_key.get(row.skill)
        if skill is None or row.skill in said:
            return {}, gettext("the skill %(key)s has no place.") % {"key": row.skill}
        sent = {
            "value": "" if row.value is None else str(row.value),
            "not_applicable": "on" if row.not_applicable else "",
            "reason": row.reason,
            "confidence": row.confidence,
            "note": row.note[: NOTE_LENGTH + 1],
            "url": row.url,
        }
        form = RatingForm(
            {f"{row.skill}-{name}": value for name, value in sent.items()},
            spec=spec,
            skill=skill,
        )
        if not form.is_valid():
            problem = " ".join(text for texts in form.errors.values() for text in texts)
            return {}, f"{skill.name}: {problem}"
        said[row.skill] = (form.answer(), row.rated_at)
    return said, ""


def _bring_note(person, row, brought):
    """A note for a question that has none here; one that is here is not written over."""
    text = row.text[:NOTE_LENGTH].strip()
    if not text:
        return
    about = {"framework_key": row.framework_key, "question_key": row.question_key}
    if PracticeNote.objects.filter(owner=person, **about).exists():
        brought.known += 1
        return
    updated_at = min(row.updated_at, timezone.now())
    note = PracticeNote(owner=person, text=text, updated_at=updated_at, **about)
    if _is_valid(note, brought, gettext("The note on “%s”") % row.question_key[:80]):
        note.save()
        brought.notes += 1


# Plans, journal, profile
# ------------------------------------------------------------------------------------


def _bring_plans(person, data, brought):
    """{uid in the file: the step here}, for the journal."""
    rows, steps = defaultdict(list), {}
    for row in data.plan_items:
        rows[row.plan].append(row)
    for row in data.plans:
        plan = _plan(person, row, brought)
        if plan is None:
            continue
        for each in rows[row.uid]:
            step = _same(PlanItem.objects.filter(plan__owner=person), person, each.uid)
            if step is not None:
                brought.known += 1
            else:
                step = _bring_step(person, plan, each, brought)
            steps[each.uid] = step
    return steps


def _plan(person, row, brought):
    """The plan for the same target, with what it has; a new one where there is none."""
    mine = Plan.objects.filter(owner=person)
    target = {"framework_key": row.framework_key, "target_key": row.target_key}
    plan = mine.filter(**target).first()
    if plan is not None:
        brought.known += 1
        return plan
    said = _fields(row, Plan, "uid", "started_at")
    plan = Plan(
        uid=_free_uid(Plan, person, row.uid),
        owner=person,
        started_at=min(row.started_at, timezone.now()),
        **said,
    )
    if not _is_valid(plan, brought, gettext("The plan for “%s”") % row.target_title):
        return None
    plan.save()
    brought.plans += 1
    return plan


def _bring_step(person, plan, row, brought):
    """A step that was in focus waits where the focus is full."""
    State = PlanItem.State
    focus = set(plan.items.in_focus().values_list("skill_key", flat=True))
    is_full = len(focus - {row.skill_key}) >= PlanItem.MOST_IN_FOCUS
    waits = row.state == State.FOCUS and is_full
    said = _fields(row, PlanItem, "uid", "plan", "state", "order", "done_at")
    step = PlanItem(
        uid=_free_uid(PlanItem, person, row.uid),
        plan=plan,
        state=State.WAITING if waits else row.state,
        order=min(max(row.order, 0), MOST_ORDER),
        done_at=row.done_at and min(row.done_at, timezone.now()),
        **said,
    )
    is_open = step.state in (State.FOCUS, State.WAITING)
    open_ones = plan.items.unfinished().filter(action_key=step.action_key)
    if is_open and step.action_key and open_ones.exists():
        brought.known += 1
        return open_ones.first()
    if not _is_valid(step, brought, gettext("The step “%s”") % row.title):
        return None
    step.save()
    brought.steps += 1
    return step


def _bring_journal(person, rows, steps, brought):
    mine, today = JournalEntry.objects.filter(owner=person), timezone.localdate()
    for row in rows:
        if _same(mine, person, row.uid) is not None:
            brought.known += 1
            continue
        said = _fields(row, JournalEntry, "uid", "item", "written_at", "day", "text")
        said["url"] = row.url if row.url.startswith(WEB) else ""
        entry = JournalEntry(
            uid=_free_uid(JournalEntry, person, row.uid),
            owner=person,
            item=steps.get(row.item),
            day=min(row.day, today),
            text=" ".join(row.text.split())[:LINE_LENGTH],
            written_at=min(row.written_at, timezone.now()),
            **said,
        )
        name = gettext("The line of %s") % row.day
        if _is_valid(entry, brought, name):
            entry.save()
            brought.lines += 1


def _bring_profile(person, row, brought):
    """What is empty here. Mail is asked for here, and nowhere else."""
    profile, _made = Profile.objects.get_or_create(user=person)
    offered = {
        "name": row.name[:LABEL_LENGTH],
        "time_zone": row.time_zone if row.time_zone in settings.TIME_ZONES else "",
        "language": row.language if row.language in dict(settings.LANGUAGES) else "",
        "years": row.years if 0 <= (row.years or 0) <= MOST_YEARS else None,
        "education": row.education[:EDUCATION_LENGTH],
        "certifications": row.certifications,
        "rate_again_on": row.rate_again_on,
    }
    new = {
        name: value
        for name, value in offered.items()
        if value not in (None, "", []) and getattr(profile, name) in (None, "", [])
    }
    Profile.objects.filter(pk=profile.pk).update(**new)
    brought.has_profile = brought.has_profile or bool(new)


def _fields(row, model, *others):
    """What the file says of a row; texts, but no keys, shortened to what the columns hold."""
    said = {name: value for name, value in row if name not in others}
    for name, value in said.items():
        column = model._meta.get_field(name)
        is_text = isinstance(value, str) and not isinstance(column, SlugField)
        if is_text and column.max_length:
            said[name] = value[: column.max_length]
    return said


def _is_valid(row, brought, name):
    try:
        row.full_clean(
            exclude=["owner", "guest", "plan", "item"], validate_unique=False
        )
    except ValidationError as error:
        brought.left_out.append(f"{name}: {' '.join(error.messages)}")
        return False
    return True
