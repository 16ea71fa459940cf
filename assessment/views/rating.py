"""Rate group by group, review, submit."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment import actions, guests, open_draft
from assessment.access import (
    NotYours,
    carried_over_to,
    get_assessment_or_404,
    locked_assessment,
    own_assessments,
    own_journal_since,
    way_in,
)
from assessment.agenda import entries_by_skill
from assessment.answers import NO_ANSWER, statement_of, target_of
from assessment.draft import Draft, load_draft
from assessment.forms.rating import rating_forms
from assessment.forms.targets import AnewForm, TargetForm
from assessment.models import Assessment
from assessment.views.limits import begins_seldom
from assessment.views.sending import UNPROCESSABLE
from careers.models import CareerLevel, Framework
from careers.store import live_frameworks, spec_of
from careers.wording import isolated

FROZEN = _(
    "This assessment was submitted, so its answers stay as they are. “Correct an answer” "
    "on its report starts a new one from it."
)


def follows_to_newer(view):
    """What is meant for a draft that was carried over leads to what it became."""

    @wraps(view)
    def answer(request, uid, *args, **kwargs):
        try:
            return view(request, uid, *args, **kwargs)
        except NotYours:
            carried = carried_over_to(request, uid)
            if carried is None:
                raise
            messages.info(
                request,
                gettext(
                    "This assessment was carried over to version %(version)s. Go on here."
                )
                % {"version": carried.framework.version},
            )
            return redirect("assessment:resume", carried.uid)

    return answer


@require_safe
@follows_to_newer
def quick_look(request, uid):
    """How the must-haves alone stand; no score, and why not."""
    assessment = get_assessment_or_404(request, uid)
    if assessment.is_submitted:
        return _to_report(request, assessment)
    draft = load_draft(assessment)
    if not draft.must_haves:
        raise Http404("This level has no must-haves.")
    context = {"draft": draft, "assessment": assessment}
    return render(request, "assessment/quick_look.html", context)


@require_safe
def resume(request, uid):
    """Leads to where this assessment stands; what is gone is not offered again."""
    try:
        assessment = get_assessment_or_404(request, uid)
    except Http404:
        if carried := carried_over_to(request, uid):
            return redirect("assessment:resume", carried.uid)
        context = {"status": 404, "way_in": way_in(request)}
        page = render(request, "error.html", context, status=404)
        return open_draft.forget(request, page, uid)
    if assessment.is_submitted:
        return redirect("assessment:report", uid)
    return redirect(load_draft(assessment).first_page)


def offers_to_begin_anew(view):
    """What a guest sends to an assessment that this browser no longer holds stays theirs.

    Whether the assessment is somebody else's or nobody's, the answer is the same.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except NotYours:
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
    context = {"sent": sent, "page": page}
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
    group = page["group"]
    draft = Draft(Assessment(framework=framework, target=target), {})
    # Revisions are of the assessment that is gone.
    sent = {k: v for k, v in request.POST.items() if not k.endswith("-revision")}
    forms = rating_forms(draft, group, sent)
    seen = spec_of(_framework_seen(framework, page["version"]))
    answers = {form.skill.key: form.answer() for form in forms if form.can_be_saved}
    answers = {
        key: answer
        for key, answer in answers.items()
        if statement_of(seen, key, answer) == statement_of(draft.spec, key, answer)
    }
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
    if not forms:
        return redirect("assessment:resume", assessment.uid)
    if all(form.is_valid() for form in forms):
        return redirect("assessment:rate", assessment.uid, group)
    draft = load_draft(assessment)
    pairs = zip(forms, rating_forms(draft, group), strict=True)
    forms = [new if sent.is_valid() else sent for sent, new in pairs]
    for form in forms:
        if form.is_bound:
            form.has_seen(draft.answer(form.skill.key))
    return _rate_page(request, draft, group, forms)


@require_http_methods(["GET", "HEAD", "POST"])
@offers_to_begin_anew
@follows_to_newer
def rate(request, uid, group):
    """The page of one skill group; every valid card is stored, whatever the others."""
    if request.method == "POST":
        return _save_page(request, uid, group)
    draft = _draft_or_404(get_assessment_or_404(request, uid), group)
    if draft.assessment.is_submitted:
        return _to_report(request, draft.assessment)
    return _rate_page(request, draft, group, rating_forms(draft, group))


@require_POST
@offers_to_begin_anew
@follows_to_newer
def keep(request, uid, group, skill=None):
    """Takes over the earlier answer of one skill, or of all open ones of the group.

    Of all, nothing is taken over whose statement reads otherwise now.
    """
    page = reverse("assessment:rate", args=[uid, group])
    return _save_page(request, uid, group, f"{page}#{skill}" if skill else page, skill)


def _save_page(request, uid, group, back_to=None, still_true=None):
    """Stores what a page sends; with `back_to`, and then what is `still_true`, too.

    A skill whose stored answer is taken (`take`) stays as it is stored.
    """
    with locked_assessment(request, uid) as assessment:
        draft = _draft_or_404(assessment, group)
        if assessment.is_submitted:
            return _to_report(request, assessment)
        taken = request.POST.get("take")
        forms = rating_forms(draft, group, request.POST, but=taken)
        draft = _save(draft, forms)
        if back_to:
            shown = {form.skill.key for form in forms}
            keys = [still_true] if still_true else shown & set(draft.unchanged)
            saved, _stale = actions.save_answers(
                assessment=assessment,
                answers=draft.still_true(keys),
                stored=draft.answers,
            )
            draft = Draft(assessment, draft.answers | saved)
    if not any(form.errors for form in forms):
        if any(form.skill.key == taken for form in forms):
            back_to = f"{reverse('assessment:rate', args=[uid, group])}#{taken}"
        return redirect(back_to or draft.page_after(group))
    return _rate_page(request, draft, group, forms)


def _save(draft, forms):
    """Stores the cards that can be; a stale one gets an error that shows what is stored.

    A card that was empty and stayed so says nothing against what is stored. Returns the
    draft as it is then.
    """
    valid = {form.skill.key: form for form in forms if form.can_be_saved}
    answers = {key: form.answer() for key, form in valid.items()}
    saved, stale = actions.save_answers(
        assessment=draft.assessment,
        answers={key: each for key, each in answers.items() if each != NO_ANSWER},
        stored=draft.answers,
    )
    for key, newer in stale.items():
        valid[key].show_stale(newer)
    for key, answer in saved.items():
        valid[key].has_seen(answer)
    return Draft(draft.assessment, draft.answers | saved)


def _draft_or_404(assessment, group):
    """The draft with its answers, if the group is a page of it."""
    draft = load_draft(assessment)
    if not draft.skills_on(group):
        raise Http404("This framework has no such skill group.")
    return draft


def _rate_page(request, draft, group, forms):
    journal = _journal(request, draft)
    response = cards_page(request, draft, group, forms, journal=journal)
    return open_draft.remember(response, draft)


def cards_page(request, draft, group, forms, **more):
    """The page with the cards of a group of a Draft; 422 where one of them is wrong."""
    wrong = [form for form in forms if form.is_bound and form.errors]
    context = {
        "draft": draft,
        "assessment": draft.assessment,
        "page": group,
        "forms": forms,
        "wrong": wrong,
        "journal": {},
        "suggests": any(form.earlier for form in forms),
    }
    status = UNPROCESSABLE if wrong else 200
    return render(request, "assessment/rate.html", context | more, status=status)


def _journal(request, draft):
    """{skill key: what was written for it since it was last rated}; one query, or none."""
    since = draft.last_rated
    if not since or not request.user.is_authenticated:
        return {}
    key, first = draft.assessment.framework.key, min(since.values())
    found = entries_by_skill(draft.spec, own_journal_since(request, key, first))
    return {
        key: [each for each in found.get(key, ()) if each.day >= day]
        for key, day in since.items()
    }


@require_safe
@follows_to_newer
def review(request, uid):
    """All answers before they are submitted, and what is still missing."""
    assessment = get_assessment_or_404(request, uid)
    if assessment.is_submitted:
        return _to_report(request, assessment)
    return _review_page(request, assessment)


@require_POST
@follows_to_newer
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
    others = own_assessments(request).drafts().exclude(pk=assessment.pk)
    if others.for_target(assessment.framework.key, target.key).exists():
        form.add_error(
            "target", gettext("You have another open assessment for this level.")
        )
        return _review_page(request, assessment, form)
    try:
        actions.change_target(assessment=assessment, target=target)
    except actions.AlreadySubmitted:
        return _to_report(request, assessment)
    messages.success(
        request,
        gettext("Your target is now %(level)s. All your answers are still here.")
        % {"level": isolated(target.short_title)},
    )
    return redirect("assessment:review", uid)


@require_POST
@follows_to_newer
def submit(request, uid):
    """Freezes the answers with their score; a second press changes nothing."""
    assessment = get_assessment_or_404(request, uid)
    try:
        actions.submit_assessment(assessment=assessment)
    except actions.CannotBeScored:
        return _review_page(request, assessment, is_refused=True)
    return open_draft.forget(request, redirect("assessment:report", uid), uid)


def _review_page(request, assessment, form=None, is_refused=False):
    """`form` is a refused change of target; `is_refused` says that of the submission."""
    draft = load_draft(assessment)
    form = form or TargetForm(spec=draft.spec, initial={"target": draft.level.key})
    context = {
        "draft": draft,
        "assessment": assessment,
        "form": form,
        "is_refused": is_refused,
    }
    status = UNPROCESSABLE if is_refused or form.is_bound else 200
    response = render(request, "assessment/review.html", context, status=status)
    return open_draft.remember(response, draft)


def _to_report(request, assessment):
    messages.info(request, FROZEN)
    return redirect("assessment:report", assessment.uid)
