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
from careers.models import CareerLevel, Framework
from careers.store import all_live, key_once, skill_pks, spec_of

MOST_ORDER = 1_000_000  # the place of a step
# What the constraints of a table ask beside its fields, and what to say where it is not so.
RULES = (
    (
        Plan,
        lambda row: row.hours_a_week in (None, *range(1, Plan.MOST_HOURS_A_WEEK + 1)),
        lambda: (
            gettext("1 to %(most)s hours a week can be planned.")
            % {"most": Plan.MOST_HOURS_A_WEEK}
        ),
    ),
    (
        PlanItem,
        lambda row: row.hours is None or 1 <= row.hours <= PlanItem.MOST_HOURS,
        lambda: (
            gettext("It can take 1 to %(most)s hours.") % {"most": PlanItem.MOST_HOURS}
        ),
    ),
    (
        PlanItem,
        lambda row: (row.state == PlanItem.State.DONE) == (row.done_at is not None),
        lambda: gettext("What is done has a day, and nothing else has one."),
    ),
    (
        JournalEntry,
        lambda row: row.framework_key or not row.skill_key,
        lambda: gettext("It names a skill, and no ladder that the skill is of."),
    ),
)
MOST_AT_ONCE = 50  # assessments: a score with its range takes its time
BATCH = 500  # rows that are looked up by one query


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
    """Writes what is not here yet; one transaction, while the person is locked.

    Each table is looked up and written by batches: nobody else writes on SQLite meanwhile.
    Assessments alone, of which MOST_AT_ONCE come, are written one by one.
    """
    person = hold_person(person.pk)
    brought = Brought()
    _join(data.assessments, _bring_assessments(person, data, brought))
    _bring_notes(person, data.practice_notes, brought)
    plans = _bring_plans(person, data.plans, brought)
    steps = _bring_steps(person, data, plans, brought)
    _bring_journal(person, data.journal, steps, brought)
    for row in data.profile[:1]:
        _bring_profile(person, row, brought)
    return brought


def _here(model, person, rows, owner="owner"):
    """({uid: row} of the person's, {uids of others}) of what the file names; by batches."""
    mine, taken = {}, set()
    for some in _batches([row.uid for row in rows]):
        uids = [*some, *(_own_uid(person, uid) for uid in some)]
        named = model.objects.filter(uid__in=uids)
        mine |= {row.uid: row for row in named.filter(**{owner: person})}
        taken |= {*named.values_list("uid", flat=True)} - mine.keys()
    return mine, taken


def _batches(values):
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def _same(mine, person, uid):
    """The same row here, under its own uid or the one that it got here."""
    return mine.get(uid) or mine.get(_own_uid(person, uid))


def _free_uid(taken, person, uid):
    return _own_uid(person, uid) if uid in taken else uid


def _own_uid(person, uid):
    """Where somebody else here has the uid: always the same other one."""
    return uuid.uuid5(uid, str(person.pk))


def _bring_assessments(person, data, brought):
    """{uid in the file: the assessment here}."""
    answers, made = defaultdict(list), {}
    for row in data.answers:
        answers[row.assessment].append(row)
    mine, taken = _here(Assessment, person, data.assessments)
    targets = _targets_here(data.assessments)
    for row in data.assessments:
        landed = _same(mine, person, row.uid)
        if landed is not None:
            brought.known += 1
        elif brought.assessments >= MOST_AT_ONCE:
            brought.waiting += 1
        else:
            target = targets.get(_target_of(row))
            uid = _free_uid(taken, person, row.uid)
            landed = _land(person, uid, row, target, answers[row.uid], brought)
        if landed is not None:
            made[row.uid] = mine[landed.uid] = landed
    return made


def _targets_here(rows):
    """{(key, version, digest, career level): the row here}, by batches."""
    targets = {}
    for some in _batches(list({row.framework.digest for row in rows} - {""})):
        levels = CareerLevel.objects.filter(framework__digest__in=some)
        for level in levels.select_related("framework"):
            of = level.framework
            targets[of.key, of.version, of.digest, level.key] = level
    return targets


def _target_of(row):
    of = row.framework
    return of.key, of.version, of.digest, row.target


def _land(person, uid, row, target, answers, brought):
    """One assessment with its answers; None, and why, where it has no place here."""
    name = gettext("“%(target)s” of %(day)s") % {
        "target": row.target,
        "day": row.started_at.date(),
    }
    if target is None:
        version = row.framework
        brought.left_out.append(
            gettext("%(name)s: version %(version)s of %(ladder)s is not here.")
            % {"name": name, "version": version.version, "ladder": version.key}
        )
        return None
    framework = target.framework
    said, problem = _answers_of(spec_of(framework), answers)
    if problem:
        brought.left_out.append(f"{name}: {problem}")
        return None
    now = timezone.now()
    assessment = Assessment.objects.create(
        uid=uid,
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

    From an earlier one of its ladder alone, so that who follows it comes to an end. What was
    carried over stands behind what it became, as it did; where that has no place, it is open
    again.
    """
    changed = {}
    ladders = dict(Framework.objects.values_list("pk", "key"))
    for row in rows:
        for name in ("based_on", "corrects"):
            this, other = made.get(row.uid), made.get(getattr(row, name))
            is_earlier = this and other and other.pk < this.pk
            if not is_earlier or getattr(this, f"{name}_id") is not None:
                continue
            if ladders[this.framework_id] == ladders[other.framework_id]:
                setattr(this, name, other)
                changed[this.pk] = this
    joined = ["based_on", "corrects"]
    Assessment.objects.bulk_update(changed.values(), joined, batch_size=BATCH)
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


def _bring_notes(person, rows, brought):
    """A note for a question that has none here; one that is here is not written over."""
    mine = PracticeNote.objects.filter(owner=person)
    noted, new = set(mine.values_list("framework_key", "question_key")), []
    for row in rows:
        about = row.framework_key, row.question_key
        text = row.text[:NOTE_LENGTH].strip()
        if not text:
            continue
        if about in noted:
            brought.known += 1
            continue
        note = PracticeNote(
            owner=person,
            framework_key=row.framework_key,
            question_key=row.question_key,
            text=text,
            updated_at=min(row.updated_at, timezone.now()),
        )
        name = gettext("The note on “%s”") % row.question_key[:80]
        if _is_valid(note, brought, name):
            new.append(note)
            noted.add(about)
    PracticeNote.objects.bulk_create(new)
    brought.notes += len(new)


# Plans, journal, profile
# ------------------------------------------------------------------------------------


def _bring_plans(person, rows, brought):
    """{(framework key, target key): plan}: with what it has, and new where there is none."""
    here = Plan.objects.filter(owner=person)
    plans = {(each.framework_key, each.target_key): each for each in here}
    mine, others = _here(Plan, person, rows)
    taken, new = mine.keys() | others, []
    for row in rows:
        if (row.framework_key, row.target_key) in plans:
            brought.known += 1
            continue
        said = _fields(row, Plan, "uid", "started_at")
        plan = Plan(
            uid=uuid.uuid4() if row.uid in taken else row.uid,
            owner=person,
            started_at=min(row.started_at, timezone.now()),
            **said,
        )
        name = gettext("The plan for “%s”") % row.target_title
        if _is_valid(plan, brought, name):
            new.append(plan)
            taken.add(plan.uid)
            plans[row.framework_key, row.target_key] = plan
    Plan.objects.bulk_create(new)
    brought.plans += len(new)
    return plans


def _bring_steps(person, data, plans, brought):
    """{uid in the file: the step here}, for the journal; None where one has no place."""
    rows, steps, new = defaultdict(list), {}, []
    for row in data.plan_items:
        rows[row.plan].append(row)
    mine, taken = _here(PlanItem, person, data.plan_items, "plan__owner")
    live = {row.key: spec_of(row) for row in all_live()}
    focus = defaultdict(set)  # {pk of a plan: skills in focus}
    actions = {}  # {(pk of a plan, action key): the step that is open}

    def skill(step):
        return key_once(live.get(step.plan.framework_key), step.skill_key)

    def hold(step):
        if step.state == PlanItem.State.FOCUS:
            focus[step.plan_id].add(skill(step))
        if step.is_unfinished and step.action_key:
            actions[step.plan_id, step.action_key] = step

    unfinished = PlanItem.objects.filter(plan__owner=person).unfinished()
    for step in unfinished.select_related("plan"):
        hold(step)
    for of in data.plans:
        plan = plans.get((of.framework_key, of.target_key))
        for row in rows[of.uid] if plan else ():
            here, step = _same(mine, person, row.uid), None
            if here is None:
                uid = _free_uid(taken, person, row.uid)
                step = _step(plan, uid, row)
                others = focus[plan.pk] - {skill(step)}
                is_full = len(others) >= PlanItem.MOST_IN_FOCUS
                if is_full and step.state == PlanItem.State.FOCUS:
                    step.state = PlanItem.State.WAITING
                if step.is_unfinished:
                    here = actions.get((plan.pk, step.action_key))
            if here is not None:
                brought.known += 1
            elif _is_valid(step, brought, gettext("The step “%s”") % row.title):
                here = mine[step.uid] = step
                new.append(step)
                hold(step)
            steps[row.uid] = here
    PlanItem.objects.bulk_create(new)
    brought.steps += len(new)
    return steps


def _step(plan, uid, row):
    said = _fields(row, PlanItem, "uid", "plan", "order", "done_at")
    return PlanItem(
        uid=uid,
        plan=plan,
        order=min(max(row.order, 0), MOST_ORDER),
        done_at=row.done_at and min(row.done_at, timezone.now()),
        **said,
    )


def _bring_journal(person, rows, steps, brought):
    mine, taken = _here(JournalEntry, person, rows)
    today, new = timezone.localdate(), []
    for row in rows:
        if _same(mine, person, row.uid) is not None:
            brought.known += 1
            continue
        said = _fields(row, JournalEntry, "uid", "item", "written_at", "day", "text")
        said["url"] = row.url if row.url.startswith(WEB) else ""
        entry = JournalEntry(
            uid=_free_uid(taken, person, row.uid),
            owner=person,
            item=steps.get(row.item),
            day=min(row.day, today),
            text=" ".join(row.text.split())[:LINE_LENGTH],
            written_at=min(row.written_at, timezone.now()),
            **said,
        )
        name = gettext("The line of %s") % row.day
        if _is_valid(entry, brought, name):
            mine[entry.uid] = entry
            new.append(entry)
    JournalEntry.objects.bulk_create(new)
    brought.lines += len(new)


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
            exclude=["owner", "guest", "plan", "item"],
            validate_unique=False,
            validate_constraints=False,  # Django asks the database, once a row
        )
        problems = [
            say()
            for of, is_kept, say in RULES
            if isinstance(row, of) and not is_kept(row)
        ]
    except ValidationError as error:
        problems = error.messages
    if problems:
        brought.left_out.append(f"{name}: {' '.join(problems)}")
    return not problems
