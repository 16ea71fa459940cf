"""Choose a target, rate group by group, review, submit."""

import re
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import (
    actions,
    guests,
    open_draft,
    rating_page,
    review_page,
    start_page,
)
from assessment.access import NotHeld, get_assessment_or_404, own_assessments, way_in
from assessment.forms import AnewForm, LevelQuestionsForm, StartForm, TargetForm
from assessment.measuring import answers_of, target_of
from assessment.views.limits import begins_seldom
from careers.models import CareerLevel, Framework
from careers.store import live_frameworks, spec_of, with_guide

FROZEN = (
    "This assessment was submitted, so its answers stay as they are. "
    "“Correct an answer” on its report starts a new one from it."
)
UNPROCESSABLE = 422
KEY = re.compile(r"[a-z0-9-]{1,60}\Z")


@require_safe
def start(request):
    """Where are you today? With ?target= or ?from=, the one press before the rating."""
    framework = _live_framework_or_404(request)
    spec = spec_of(framework)
    origins = start_page.origins(framework, spec)
    form = StartForm(request.GET, spec=spec, origins=origins)
    form.is_valid()
    return _start_page(request, framework, form.cleaned_data, origins=origins)


@require_POST
@begins_seldom
def begin(request):
    """Starts an assessment, or asks first where a draft for the target is open."""
    framework = _live_framework_or_404(request)
    form = StartForm(request.POST, spec=spec_of(framework))
    if not form.is_valid():
        problem = " ".join(form.errors.get("target", []))
        origins = start_page.origins(framework, spec_of(framework))
        return _start_page(
            request, framework, form.cleaned_data, origins=origins, problem=problem
        )
    target = CareerLevel.objects.get(
        framework=framework, key=form.cleaned_data["target"]
    )
    based_on = form.cleaned_data["based_on"]
    same_target = (
        own_assessments(request)
        .drafts()
        .filter(framework__key=framework.key, target__key=target.key)
        .first()
    )
    asks = same_target and not form.cleaned_data["fresh"]
    if asks and not same_target.is_just_begun:
        return _start_page(
            request, framework, form.cleaned_data, same_target=same_target
        )
    earlier = get_assessment_or_404(request, based_on) if based_on else None
    assessment = guests.begin(
        request, framework=framework, target=target, based_on=earlier
    )
    if form.cleaned_data["quick"]:
        return redirect("assessment:rate", assessment.uid, rating_page.MUST_HAVES)
    return redirect(rating_page.next_page(assessment, spec_of(framework), answers={}))


def _live_framework_or_404(request):
    key = request.GET.get("framework")
    known = not key or KEY.match(key)
    framework = with_guide(live_frameworks(key)).first() if known else None
    if framework is None:
        raise Http404("No framework of this name is published.")
    return framework


def _start_page(
    request, framework, wanted, *, origins=(), same_target=None, problem=""
):
    """`wanted` is what is valid of a StartForm: target, from and based_on, or none."""
    if not request.user.is_authenticated:
        guests.give_token(request)
    spec = spec_of(framework)
    origin = next(
        (each for each in origins if each.key == wanted.get("from")),
        None,
    )
    key = wanted.get("target") or (origin and origin.level)
    level = spec.levels_by_key.get(key)
    context = {
        "spec": spec,
        "level": level,
        "origin": origin if level and origin and level.key == origin.level else None,
        "based_on": wanted.get("based_on"),
        "same_target": same_target,
        "problem": problem,
        "minutes": start_page.minutes_to_rate(spec, spec.skills),
        "suggestion": start_page.suggestion(own_assessments(request), framework),
        "nav": "start",
    }
    if level is None:
        context["origins"] = origins
        context["rungs_by_scope"] = [rung for rung in spec.ladder if rung.scope]
        context["has_questions"] = start_page.has_questions(spec)
        template = "assessment/start.html"
    else:
        must_haves = rating_page.skills_of(spec, level, rating_page.MUST_HAVES)
        context["career"] = spec.careers_by_key[level.career]
        context["quick_minutes"] = must_haves and start_page.minutes_to_rate(
            spec, must_haves
        )
        template = "assessment/start_level.html"
    status = UNPROCESSABLE if problem else HttpResponse.status_code
    return render(request, template, context, status=status)


@require_safe
def find_level(request):
    """Three questions suggest a target; nothing is stored."""
    framework = _live_framework_or_404(request)
    spec = spec_of(framework)
    if not start_page.has_questions(spec):
        raise Http404("The rungs of this ladder have no lines to choose from.")
    form = LevelQuestionsForm(
        request.GET if "scope" in request.GET else None, spec=spec
    )
    suggested = start_page.suggested_level(spec, form) if form.is_valid() else None
    context = {
        "form": form,
        "framework": framework,
        "level": suggested,
        "start_url": suggested
        and start_page.start_url(framework=framework.key, target=suggested.key),
        "nav": "reports",
    }
    return render(request, "assessment/find_level.html", context)


@require_safe
def quick_look(request, uid):
    """How the must-haves alone stand; no score, and why not."""
    assessment = get_assessment_or_404(request, uid)
    if assessment.is_submitted:
        return _to_report(request, assessment)
    if not rating_page.skills_of(*target_of(assessment), rating_page.MUST_HAVES):
        raise Http404("This level has no must-haves.")
    context = review_page.quick_look(assessment)
    return render(request, "assessment/quick_look.html", context)


@require_safe
def resume(request, uid):
    """Leads to where this assessment stands; what is gone is not offered again."""
    try:
        assessment = get_assessment_or_404(request, uid)
    except Http404:
        page = render(request, "404.html", {"way_in": way_in(request)}, status=404)
        return open_draft.forget(request, page, uid)
    if assessment.is_submitted:
        return redirect("assessment:report", uid)
    spec, _level = target_of(assessment)
    answers = answers_of(assessment)
    return redirect(rating_page.next_page(assessment, spec, answers=answers))


def offers_to_begin_anew(view):
    """What a guest sends to an assessment that this browser no longer holds stays theirs.

    Whether the assessment is somebody else's or nobody's, the answer is the same.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except NotHeld:
            page = None if request.user.is_authenticated else not_held(request)
            if page is None:
                raise
            return page

    return answer


def not_held(request):
    """A 404 that carries what a rating page sent; None if it was not sent by one."""
    if not AnewForm(request.POST).is_valid():
        return None
    guests.give_token(request)
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    wanted = request.resolver_match.kwargs
    page = (
        reverse("assessment:rate", args=[wanted["uid"], wanted["group"]])
        if wanted
        else ""
    )
    context = {"sent": sent, "page": page, "nav": "start"}
    return render(request, "assessment/not_held.html", context, status=404)


@require_POST
@begins_seldom
def begin_anew(request):
    """Begins again for the same target, with the valid answers of the page that is sent."""
    form = AnewForm(request.POST)
    page = form.cleaned_data if form.is_valid() else {}
    framework = live_frameworks(page["framework"]).first() if page else None
    target = framework and framework.levels.filter(key=page["target"]).first()
    if target is None:
        messages.info(request, gettext("Choose your target again, please."))
        return redirect("assessment:start")
    spec = spec_of(framework)
    level, group = spec.levels_by_key[target.key], page["group"]
    # Revisions are of the assessment that is gone.
    sent = {k: v for k, v in request.POST.items() if not k.endswith("-revision")}
    forms = rating_page.rating_forms(spec, level, group, {}, sent)
    answers = {form.skill.key: form.answer() for form in forms if form.is_valid()}
    seen = _framework_seen(framework, page["version"])
    answers = rating_page.with_the_same_words(answers, spec_of(seen), spec)
    assessment = guests.begin(
        request, framework=framework, target=target, answers=answers
    )
    return _begun_anew(request, assessment, group, forms)


def _framework_seen(framework, version):
    """The version that was rated on: this one, or one that is retired by now."""
    versions = Framework.objects.for_key(framework.key).filter(version=version)
    return versions.exclude(status=Framework.Status.DRAFT).first() or framework


def _begun_anew(request, assessment, group, forms):
    """The page again, now of the new assessment; what is not valid stays as it was typed."""
    messages.success(
        request, gettext("A new assessment has begun, with the answers of this page.")
    )
    spec, level = target_of(assessment)
    if not forms:
        return redirect("assessment:resume", assessment.uid)
    if all(form.is_valid() for form in forms):
        return redirect("assessment:rate", assessment.uid, group)
    stored = answers_of(assessment)
    fresh = rating_page.rating_forms(spec, level, group, stored)
    pairs = zip(forms, fresh, strict=True)
    forms = [new if sent.is_valid() else sent for sent, new in pairs]
    return _rate_page(request, assessment, group, stored, forms)


@require_http_methods(["GET", "HEAD", "POST"])
@offers_to_begin_anew
def rate(request, uid, group):
    """The page of one skill group; every valid card is stored, whatever the others."""
    assessment, spec, level, answers = _draft(request, uid, group)
    if assessment.is_submitted:
        return _to_report(request, assessment)
    if request.method != "POST":
        forms = rating_page.rating_forms(spec, level, group, answers)
        return _rate_page(request, assessment, group, answers, forms)
    forms = rating_page.rating_forms(spec, level, group, answers, request.POST)
    try:
        _record(assessment, spec, forms)
    except actions.AlreadySubmitted:
        return _to_report(request, assessment)
    if all(form.is_valid() for form in forms):
        return redirect(rating_page.next_page(assessment, spec, group))
    return _rate_page(request, assessment, group, answers_of(assessment), forms)


@require_POST
@offers_to_begin_anew
def keep(request, uid, group, skill=None):
    """Takes over the earlier answer of one skill, or of all open ones of the group."""
    assessment, spec, level, answers = _draft(request, uid, group)
    forms = rating_page.rating_forms(spec, level, group, answers, request.POST)
    try:
        _record(assessment, spec, forms)
        wanted = [skill] if skill else _all_unchanged(assessment, spec, forms)
        actions.keep_answers(assessment=assessment, skill_keys=wanted)
    except actions.AlreadySubmitted:
        return _to_report(request, assessment)
    if not all(form.is_valid() for form in forms):
        answers = answers_of(assessment)
        return _rate_page(request, assessment, group, answers, forms)
    page = reverse("assessment:rate", args=[uid, group])
    return redirect(f"{page}#{skill}" if skill else page)


def _all_unchanged(assessment, spec, forms):
    """What "All still true" may take over: nothing whose statement reads otherwise now."""
    if not assessment.based_on_id:
        return []
    keys = [form.skill.key for form in forms]
    earlier = answers_of(assessment.based_on)
    return rating_page.unchanged(assessment, spec, keys, earlier)


def _draft(request, uid, group):
    """The assessment with its framework and answers, if the group is a part of it."""
    assessment = get_assessment_or_404(request, uid)
    spec, level = target_of(assessment)
    if not rating_page.skills_of(spec, level, group):
        raise Http404("This framework has no such skill group.")
    return assessment, spec, level, answers_of(assessment)


def _record(assessment, spec, forms):
    """Stores the valid cards; a stale one gets an error that shows what is stored."""
    valid = {form.skill.key: form for form in forms if form.is_valid()}
    answers = {key: form.answer() for key, form in valid.items()}
    recorded = actions.record_ratings(
        assessment=assessment,
        ratings=answers,
        seen={key: answer.revision for key, answer in answers.items()},
    )
    for key, newer in recorded.newer.items():
        valid[key].question(newer, rating_page.whole_text(spec, newer))


def _rate_page(request, assessment, group, answers, forms):
    earlier = answers_of(assessment.based_on) if assessment.based_on_id else {}
    spec, level = target_of(assessment)
    cards = rating_page.cards(assessment, spec, forms, earlier)
    wrong = [card for card in cards if card.form.is_bound and card.form.errors]
    left_out = {key for key, answer in answers.items() if answer.not_applicable}
    title, kicker = rating_page.heading(assessment, spec, group)
    context = {
        "assessment": assessment,
        "title": title,
        "kicker": kicker,
        "group": group,
        "cards": cards,
        "wrong": wrong,
        "left_out": rating_page.left_out_warning(spec, level, left_out),
        "suggests": any(card.suggestion for card in cards),
        "steps": rating_page.steps(assessment, spec, answers, group),
        "progress": rating_page.progress(spec, answers),
        "lowest": spec.scale[0].value,
        "top": spec.scale[-1].value,
        "nav": "reports",
    }
    status = UNPROCESSABLE if wrong else HttpResponse.status_code
    response = render(request, "assessment/rate.html", context, status=status)
    return open_draft.remember(response, assessment, context["progress"])


@require_safe
def review(request, uid):
    """All answers before they are submitted, and what is still missing."""
    assessment = get_assessment_or_404(request, uid)
    if assessment.is_submitted:
        return _to_report(request, assessment)
    return _review_page(request, assessment)


@require_POST
def retarget(request, uid):
    """Aims the draft at another level of the same framework version."""
    assessment = get_assessment_or_404(request, uid)
    spec, _level = target_of(assessment)
    form = TargetForm(request.POST, spec=spec)
    if not form.is_valid():
        return _review_page(request, assessment, form)
    target = CareerLevel.objects.get(
        framework=assessment.framework_id, key=form.cleaned_data["target"]
    )
    try:
        actions.change_target(assessment=assessment, target=target)
    except actions.AlreadySubmitted:
        return _to_report(request, assessment)
    messages.success(
        request,
        gettext("Your target is now %(level)s. All your answers are still here.")
        % {"level": target.short_title},
    )
    return redirect("assessment:review", uid)


@require_POST
def submit(request, uid):
    """Freezes the answers with their score; a second press changes nothing."""
    assessment = get_assessment_or_404(request, uid)
    try:
        actions.submit_assessment(assessment=assessment)
    except actions.CannotBeScored:
        return _review_page(request, assessment, status=UNPROCESSABLE)
    return open_draft.forget(request, redirect("assessment:report", uid), uid)


def _review_page(request, assessment, form=None, status=None):
    context = review_page.context(assessment, form)
    if form is not None:
        status = UNPROCESSABLE
    context["refused"] = status == UNPROCESSABLE and form is None
    response = render(request, "assessment/review.html", context, status=status)
    return open_draft.remember(response, assessment, context["progress"])


def _to_report(request, assessment):
    messages.info(request, FROZEN)
    return redirect("assessment:report", assessment.uid)
