"""From a report to a plan: what some hours bring, what to do, and how far it is."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import access, guests, plans
from assessment.agenda import Agenda, latest_for, live_spec_of
from assessment.charts import CurveChart
from assessment.forms.plan import EntryForm, ItemForm, MoveForm, ProposeForm, StepForm
from assessment.forms.targets import PlanTargetForm
from assessment.models import PlanItem
from assessment.proposal import Proposal, hours_until
from assessment.report import load_report
from assessment.views.report import of_report
from assessment.views.sending import UNPROCESSABLE, form_page, sent
from careers.store import live_frameworks, live_spec, spec_of

DROPPED = PlanItem.State.DROPPED


@require_http_methods(["GET", "HEAD", "POST"])
@of_report(get=access.get_for_report_or_404)
def propose(request, assessment):
    """The best set of steps for some hours; pressed, they are taken into the plan.

    A guest may look, and is asked to sign up where something is to be kept.
    """
    report = _towards(request, load_report(assessment))
    is_of_other_target = report.level.key != assessment.target.key
    if not report.spec.tells_hours:
        query = {"target": report.level.key} if is_of_other_target else None
        return redirect(reverse("assessment:steps", args=[assessment.uid], query=query))
    form = ProposeForm(request.POST if request.method == "POST" else request.GET)
    held = access.certificates_held(request)
    proposal = _proposal(report, form, held)
    if request.method == "POST" and proposal:
        if not request.user.is_authenticated:
            _want(request, assessment.uid, proposal, form.cleaned_data)
            return redirect(access.sign_up_address(request, reverse("assessment:plan")))
        return redirect(_take(request, proposal, form.cleaned_data))
    context = {
        "assessment": assessment,
        "report": report,
        "is_of_other_target": is_of_other_target,
        "form": form,
        "proposal": proposal,
        "is_soonest": proposal is not None and proposal.hours is None,
    }
    if proposal and proposal.has_hours:
        hours_a_week = form.cleaned_data["hours_a_week"]
        context |= {
            "chart": CurveChart(proposal.curve, report.result.ready_line),
            "weeks": proposal.weeks(hours_a_week),
            "ready_by": proposal.until(hours_a_week, timezone.localdate()),
        }
    status = 200 if proposal else UNPROCESSABLE
    return render(request, "assessment/propose.html", context, status=status)


def _towards(request, report):
    """The same answers against `?target=`, a career level by its key, if there is one."""
    key = request.POST.get("target") or request.GET.get("target")
    return report.at_key(key) or report


def _proposal(report, form, held):
    """None where the form is to be filled in anew."""
    if not form.is_valid():
        return None
    wanted = form.cleaned_data
    if wanted["soonest"]:
        return Proposal(report, None, held)
    hours = hours_until(wanted["hours_a_week"], timezone.localdate(), wanted["until"])
    return Proposal(report, hours, held)


def _steps(proposal):
    return [(each.line.key, each.value, each.step.hours) for each in proposal.steps]


def _time(proposal, wanted):
    until = None if proposal.hours is None else wanted["until"]
    return {"hours_a_week": wanted["hours_a_week"], "until": until}


def _want(request, uid, proposal, wanted):
    level, time = proposal.report.level, _time(proposal, wanted)
    guests.want_plan(request, uid, level.key, _steps(proposal), time)


@transaction.atomic
def _take(request, proposal, wanted):
    spec, level = proposal.report.spec, proposal.report.level
    plan = plans.start_plan(
        **guests.hold(request), spec=spec, level=level, **_time(proposal, wanted)
    )
    access.remember_plan(request)
    steps = plans.steps_of(spec, _steps(proposal), proposal.held)
    added = plans.add_steps(plan=plan, steps=steps, report=proposal.report)
    said = ngettext(
        "%(n)d step is in your plan now.",
        "%(n)d steps are in your plan now.",
        len(added),
    )
    if added:
        messages.success(request, said % {"n": len(added)})
    else:
        messages.info(request, gettext("These steps are in your plan already."))
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
@of_report(get=access.get_for_report_or_404)
def steps(request, assessment):
    """Suggestions for the missing step of each gap; one is added, or own words."""
    report = _towards(request, load_report(assessment))
    form = StepForm(sent(request), gaps=report.gaps)
    if form.is_bound and form.is_valid():
        if not request.user.is_authenticated:
            messages.info(
                request, gettext("Create an account to keep a plan. Your report stays.")
            )
            return redirect(access.sign_up_address(request))
        return _add(request, report, form.cleaned_data)
    items = access.own_plan_items(request).unfinished()
    context = {
        "assessment": assessment,
        "report": report,
        "form": form,
        "held": access.certificates_held(request),
        "planned": set(items.values_list("action_key", flat=True)),
        "wrong": form["skill"].value() if form.is_bound else None,
    }
    return form_page(request, "assessment/steps.html", context)


@transaction.atomic
def _add(request, report, chosen):
    """Into the plan; where the skill cannot come into focus, asks which one shall wait."""
    line, action = chosen["line"], chosen["chosen"]
    step = plans.step_of(
        report.spec, line.skill, line.next_value, action, action and action.hours
    )
    if action is None:
        step = replace(step, title=chosen["title"])
    plan = plans.start_plan(
        **guests.hold(request), spec=report.spec, level=report.level
    )
    access.remember_plan(request)
    added = plans.add_steps(plan=plan, steps=[step], report=report)
    if not added:
        messages.info(request, gettext("It is in your plan already."))
        return redirect(plan)
    (item,) = added
    if item.state == PlanItem.State.FOCUS:
        return redirect(item)
    return _into_focus(item, report)


def _into_focus(item, report, instead_of=""):
    try:
        plans.put_in_focus(item=item, instead_of=instead_of, report=report)
    except plans.FocusIsFull:
        return redirect("assessment:plan_focus", item.uid)
    return redirect(item.plan)


# The plan
# ------------------------------------------------------------------------------------


@require_safe
def plan(request):
    """What is in focus, what waits, what is done. `?plan=` chooses one of several."""
    items = list(access.own_plan_items(request).with_line().exclude(state=DROPPED))
    plans_by_uid = {str(each.plan.uid): each.plan for each in items}
    newest = max(plans_by_uid.values(), key=lambda each: each.pk, default=None)
    chosen = plans_by_uid.get(request.GET.get("plan"), newest)
    if chosen is None:
        return _empty_plan(request)
    assessment, report = latest_for(chosen, access.own_assessments(request))
    framework = assessment and assessment.framework
    if framework is None or framework.status != framework.Status.PUBLISHED:
        framework = live_frameworks(chosen.framework_key).first()
    agenda = Agenda(
        chosen,
        [each for each in items if each.plan_id == chosen.pk],
        timezone.localdate(),
        assessment,
        report,
        framework and spec_of(framework),
    )
    others = [each for each in plans_by_uid.values() if each != chosen]
    about = agenda.focus[0].uid if agenda.focus else ""
    form = EntryForm(
        items=[*agenda.focus, *agenda.done],
        specs={chosen.framework_key: agenda.spec},
        initial={"about": str(about)},
    )
    context = {"agenda": agenda, "others": others, "form": form}
    return render(request, "assessment/plan.html", context)


def _empty_plan(request):
    """The first piece is chosen already, from the largest gap of the latest report."""
    assessment = access.latest_report(request)
    report = assessment and load_report(assessment)
    context = {
        "assessment": assessment,
        "report": report,
        "held": access.certificates_held(request),
    }
    return render(request, "assessment/plan_empty.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_change(request, uid):
    """Another target for a plan, whose steps stay where they fit; or its end."""
    plan = access.get_plan_or_404(request, uid)
    spec = live_spec(plan.framework_key)
    form = spec and PlanTargetForm(
        request.POST if "target" in request.POST else None,
        spec=spec,
        initial={"target": plan.target_key},
    )
    if "delete" in request.POST:
        plans.delete_plan(plan=plan)
        access.remember_plan(request)
        messages.success(request, gettext("The plan is deleted. Your journal stays."))
        return redirect("assessment:plan")
    if form and form.is_bound and form.is_valid():
        level = spec.levels_by_key[form.cleaned_data["target"]]
        try:
            counts = plans.retarget_plan(plan=plan, spec=spec, level=level)
            messages.success(request, _what_fits(*counts))
            return redirect(plan)
        except plans.PlanExists:
            form.add_exists()
    context = {"plan": plan, "form": form, "spec": spec}
    return form_page(request, "assessment/plan_change.html", context)


def _what_fits(kept, gone):
    stays = ngettext("%(n)d open step stays.", "%(n)d open steps stay.", kept)
    if not gone:
        return stays % {"n": kept}
    goes = ngettext(
        "%(n)d is more than the level asks for, and is let go.",
        "%(n)d are more than the level asks for, and are let go.",
        gone,
    )
    return f"{stays % {'n': kept}} {goes % {'n': gone}}"


@require_http_methods(["GET", "HEAD", "POST"])
def plan_item(request, uid):
    """An item in own words: the sentence, the hours, the day."""
    item = access.get_plan_item_or_404(request, uid)
    known = {name: getattr(item, name) for name in ItemForm.base_fields}
    form = ItemForm(sent(request), initial=known)
    if form.is_bound and form.is_valid():
        plans.change_item(item=item, **form.cleaned_data)
        messages.success(request, gettext("The step is saved."))
        return redirect(item.plan)
    spec = live_spec_of(item)
    context = {"item": item, "form": form, "spec": spec}
    return form_page(request, "assessment/plan_item.html", context)


@require_POST
def plan_move(request, uid):
    """Takes up, lets wait, ticks, lets go or reorders an item."""
    item = access.get_plan_item_or_404(request, uid, even_let_go=True)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, gettext("Nothing was changed. Choose what to do with it.")
        )
        return redirect(item.plan)
    to = form.cleaned_data["to"]
    if item.state == DROPPED:  # pressed twice, or in two tabs
        messages.info(request, gettext("It is let go."))
        return redirect(item.plan)
    if to == "focus":
        mine = access.own_assessments(request)
        _assessment, report = latest_for(item.plan, mine)
        return _into_focus(item, report, form.cleaned_data["instead_of"])
    if to == "done":
        plans.tick(item=item)
        messages.success(
            request,
            gettext(
                "Done. It changes no rating: write a line about it, or rate again."
            ),
        )
        return redirect(f"{item.plan.get_absolute_url()}#done")
    if to == "drop":
        plans.drop(item=item)
        messages.success(request, gettext("It is let go."))
    elif to == "wait":
        plans.let_wait(item=item)
    else:
        plans.shift(item=item, by=-1 if to == "up" else 1)
    return redirect(item.plan)


@require_safe
def plan_focus(request, uid):
    """Three are in focus already: which one shall wait?"""
    item = access.get_plan_item_or_404(request, uid)
    items = [
        each for each in access.own_plan_items(request) if each.plan_id == item.plan_id
    ]
    spec = live_spec_of(item)
    context = {
        "item": item,
        "agenda": Agenda(item.plan, items, timezone.localdate(), spec=spec),
        "spec": spec,
    }
    return render(request, "assessment/plan_focus.html", context)
