"""All writes to plans and journals. Each is one transaction, and forgets the PDFs of cases.

A plan is locked before its items are read, so that two tabs cannot put a fourth skill in
focus. Whose plans they are is decided in `access.py`.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessment.actions import forget_downloads, hold_person
from assessment.erasure import Gone
from assessment.models import (
    PIECE_LENGTH,
    TITLE_LENGTH,
    Assessment,
    JournalEntry,
    Plan,
    PlanItem,
    ReportPdf,
)
from careers.store import key_once, live_spec, skill_once

State = PlanItem.State


class FocusIsFull(Exception):
    """MOST_IN_FOCUS skills are in focus already: one of them has to wait."""


class PlanExists(Exception):
    """The person has a plan for that target already."""


@dataclass(frozen=True)
class Step:
    """What is copied of one step of a skill, and of the action or own words for it."""

    skill_key: str
    skill_name: str
    value: int
    value_name: str
    title: str
    action_key: str = ""
    first_piece: str = ""
    hours: int | None = None


def step_of(spec, skill, value, action=None, hours=None):
    """The step of a skill to a point of the scale, by an action of the framework.

    Without an action it is the statement that is to become true.
    """
    names = {point.value: point.name for point in spec.scale}
    said = {
        "skill_key": skill.key,
        "skill_name": skill.name,
        "value": value,
        "value_name": names.get(value, ""),
        "hours": hours,
    }
    if action is None:
        return Step(**said, title=skill.statement(value)[:TITLE_LENGTH])
    piece = action.first_piece or action.description
    return Step(
        **said,
        title=action.title,
        action_key=action.key,
        first_piece=piece[:PIECE_LENGTH],
    )


def first_action(skill, value, held):
    """What to do first for a step; None where there is nothing but certificates held."""
    actions = skill.actions_of_step(value - 1)
    return next((each for each in actions if each.leads_beyond(held)), None)


def steps_of(spec, chosen, held):
    """The steps of [(skill key, value, hours)], each by the first action for it."""
    skills = spec.skills_by_key
    return [
        step_of(spec, skills[key], value, first_action(skills[key], value, held), hours)
        for key, value, hours in chosen
    ]


@transaction.atomic
def start_plan(*, owner, spec, level, **said):
    """The plan of a person for a target: a new one, or the one there is.

    `said` are hours_a_week and until, or what the case says; what is given is kept.
    """
    _forget_cases(owner.pk)
    plan, _ = Plan.objects.get_or_create(
        owner=owner,
        framework_key=spec.key,
        target_key=level.key,
        defaults={"target_title": level.title, "started_at": timezone.now()},
    )
    if said:
        Plan.objects.filter(pk=plan.pk).update(**said)
        plan.refresh_from_db()
    return plan


@transaction.atomic
def add_steps(*, plan, steps, report=None):
    """Adds what is not in the plan yet; returns the new items.

    The first of each skill comes into focus while there is room; the others wait. What
    the `report` says is reached holds no place.
    """
    items = _locked_items(plan)
    reached = _without_place(items, report)
    unfinished = [each for each in items if each.is_unfinished]
    skill = partial(key_once, live_spec(plan.framework_key))
    there = {
        (skill(each.skill_key), each.value, each.action_key or each.title)
        for each in unfinished
    }
    actions = {each.action_key for each in unfinished if each.action_key}
    planned = {skill(each.skill_key) for each in unfinished if each not in reached}
    focus = {skill(each.skill_key) for each in items if each.state == State.FOCUS}
    order = max((each.order for each in items), default=0)
    added = []
    for step in steps:
        key = skill(step.skill_key)
        same = (key, step.value, step.action_key or step.title)
        if same in there or step.action_key in actions:
            continue
        has_room = len(focus) < PlanItem.MOST_IN_FOCUS
        is_first = key not in planned
        order += 1
        added.append(
            PlanItem(
                plan=plan,
                **vars(step),
                order=order,
                state=State.FOCUS if has_room and is_first else State.WAITING,
            )
        )
        planned.add(key)
        there.add(same)
        if added[-1].state == State.FOCUS:
            focus.add(key)
    PlanItem.objects.bulk_create(added)
    return added


@transaction.atomic
def retarget_plan(*, plan, spec, level):
    """Gives a plan another career level; returns how many open steps stay, and go.

    A step stays if the level requires its skill at its value or higher; what does not fit
    is let go. What is done stays. What was asked for and agreed was for the level before,
    and is emptied. Raises PlanExists.
    """
    items = _locked_items(plan)
    alike = Plan.objects.filter(owner=plan.owner_id, framework_key=plan.framework_key)
    if alike.filter(target_key=level.key).exclude(pk=plan.pk).exists():
        raise PlanExists
    unfinished = [each for each in items if each.is_unfinished]
    gone = [each for each in unfinished if not _fits(each, spec, level)]
    plan.items.filter(pk__in=[each.pk for each in gone]).update(state=State.DROPPED)
    said = {"asks": "", "agreed": "", "agreed_until": None}
    Plan.objects.filter(pk=plan.pk).exclude(target_key=level.key).update(**said)
    Plan.objects.filter(pk=plan.pk).update(
        target_key=level.key, target_title=level.title
    )
    return len(unfinished) - len(gone), len(gone)


def _fits(item, spec, level):
    skill = skill_once(spec, item.skill_key)
    requirement = skill and level.requirement(skill.key)
    return requirement is not None and item.value <= requirement.required


@transaction.atomic
def delete_plan(*, plan):
    """With its steps. What the journal says of them stays."""
    _forget_cases(plan.owner_id)
    forget_downloads([plan.owner_id])
    Plan.objects.filter(pk=plan.pk).delete()


@transaction.atomic
def change_item(*, item, **changes):
    """Keeps the person's own words, hours and day for an item."""
    _forget_cases(item.plan.owner_id)
    PlanItem.objects.filter(pk=item.pk).update(**changes)


@transaction.atomic
def put_in_focus(*, item, instead_of="", report=None):
    """Takes up an item; the skill that is given by its key waits instead.

    What the `report` says is reached holds no place. Raises FocusIsFull where
    MOST_IN_FOCUS other skills are in focus.
    """
    items = _locked_items(item.plan)
    _without_place(items, report)
    item = next(each for each in items if each.pk == item.pk)
    skill = partial(key_once, live_spec(item.plan.framework_key))
    focus = defaultdict(list)
    for each in items:
        if each.state == State.FOCUS:
            focus[skill(each.skill_key)].append(each)
    others = focus.keys() - {skill(item.skill_key), skill(instead_of)}
    if len(others) >= PlanItem.MOST_IN_FOCUS:
        raise FocusIsFull
    for each in focus[skill(instead_of)]:
        _set_state(each, State.WAITING)
    _set_state(item, State.FOCUS)


@transaction.atomic
def let_wait(*, item):
    """Puts an item back in line; it keeps its day, its lines and its hours."""
    _set_state(_locked(item), State.WAITING)


@transaction.atomic
def tick(*, item):
    """Marks an item as done. No rating changes; a second time changes nothing."""
    item = _locked(item)
    if item.state != State.DONE:
        _set_state(item, State.DONE)


@transaction.atomic
def drop(*, item):
    """Lets an item go. It is shown no more."""
    _set_state(_locked(item), State.DROPPED)


@transaction.atomic
def shift(*, item, by):
    """Moves an item before (-1) or behind (1) its neighbour of the same state."""
    items = _locked_items(item.plan)
    state = next(each.state for each in items if each.pk == item.pk)
    alike = [each for each in items if each.state == state]
    place = [each.pk for each in alike].index(item.pk)
    if not 0 <= place + by < len(alike):
        return
    alike[place], alike[place + by] = alike[place + by], alike[place]
    orders = sorted(each.order for each in alike)
    for each, order in zip(alike, orders, strict=True):
        each.order = order
    PlanItem.objects.bulk_update(alike, ["order"])


def _locked(item):
    """The item as it is now, with its plan locked until the transaction ends."""
    return next(each for each in _locked_items(item.plan) if each.pk == item.pk)


def _locked_items(plan):
    """All items of a plan that is about to change, in order, each with one of its own."""
    _forget_cases(plan.owner_id)
    if not Plan.objects.select_for_update().filter(pk=plan.pk).values_list("pk"):
        raise Gone
    return list(plan.items.in_order())


def _without_place(items, report):
    """What is open though the report has reached it; it leaves its place in focus."""
    reached = report.reached(items) if report else []
    for each in reached:
        if each.state == State.FOCUS:
            _set_state(each, State.WAITING)
    return reached


def _set_state(item, state):
    """An item that is taken up again stands at the end, behind what is in line."""
    item.done_at = timezone.now() if state == State.DONE else None
    if state == State.WAITING:
        last = item.plan.items.aggregate(last=Max("order"))["last"]
        item.order = last + 1
    item.state = state
    item.save(update_fields=["state", "done_at", "order"])


# The journal
# ------------------------------------------------------------------------------------


@transaction.atomic
def write_entry(*, owner, day, text, **about):
    """One line of the journal. `about`: url, framework_key, skill_key, skill_name, item.

    Said again at once it is the same: buttons are pressed twice.
    """
    _forget_cases(owner.pk)
    now = timezone.now()
    said = {"owner": owner, "day": day, "text": text} | about
    just_now = JournalEntry.objects.filter(written_at__gt=now - Assessment.JUST_NOW)
    same = just_now.filter(**said).first()
    return same or JournalEntry.objects.create(**said, written_at=now)


@transaction.atomic
def change_entry(*, entry, **changes):
    _forget_cases(entry.owner_id)
    JournalEntry.objects.filter(pk=entry.pk).update(**changes)


@transaction.atomic
def delete_entry(*, entry):
    _forget_cases(entry.owner_id)
    forget_downloads([entry.owner_id])
    JournalEntry.objects.filter(pk=entry.pk).delete()


def _forget_cases(person):
    """A kept PDF of a case may hold words that its owner has taken back.

    Comes first in each write: until it ends, none is kept (`actions.keep_pdf`).
    """
    hold_person(person)
    cases = ReportPdf.objects.filter(what=ReportPdf.What.CASE)
    cases.filter(assessment__owner=person).delete()
