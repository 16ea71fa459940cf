"""One answer at a time: what the rating page sends at every change."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessment import actions, open_draft, rating_page
from assessment.access import get_for_saving
from assessment.answers import NO_ANSWER, Answer
from assessment.forms import RatingForm
from assessment.measuring import target_of

CONFLICT, UNPROCESSABLE = 409, 422


@require_POST
def save(request, uid, skill):
    """Stores one card; answers with what the card shows as its state.

    200 saved, 409 a newer answer is stored, 410 submitted already, 422 look again.
    """
    request.user.is_authenticated  # noqa: B018 - read before the transaction begins
    try:
        saved = _save(request, uid, skill)
    except actions.Overtaken:  # by an answer that can be read now
        saved = _save(request, uid, skill)
    if saved is None:
        raise Http404("There is no such assessment or skill, or it is not yours.")
    return _answer(request, *saved)


@transaction.atomic(savepoint=False)
def _save(request, uid, skill):
    """(assessment, form, state, revision that stands now, status), or None for a 404."""
    assessment = get_for_saving(request, uid, skill)
    if assessment is None:
        return None
    stored = Answer(**assessment.stored) if assessment.stored else NO_ANSWER
    spec, _ = target_of(assessment)
    form = RatingForm(
        request.POST,
        skill=spec.skills_by_key[skill],
        scale=spec.scale,
        stored=stored,
    )
    return assessment, form, *_outcome(assessment, form, stored)


def _outcome(assessment, form, stored):
    """(state, revision that stands now, status) after trying to store the form."""
    if not form.is_valid():
        return "invalid", stored.revision, UNPROCESSABLE
    try:
        revision = actions.record_rating(
            assessment=assessment, answer=form.answer(), stored=stored
        )
    except actions.ChangedElsewhere:
        return "conflict", stored.revision, CONFLICT
    except actions.AlreadySubmitted:
        return "submitted", stored.revision, 410
    return "saved", revision, HttpResponse.status_code


def _answer(request, assessment, form, state, revision, status):
    spec, _ = target_of(assessment)
    changes_left_out = form.stored.not_applicable or form["not_applicable"].value()
    context = {
        "assessment": assessment,
        "state": state,
        "form": form,
        "skill": form.skill,
        "revision": revision,
        "saved_at": timezone.now(),
        "changes_left_out": changes_left_out,
        "left_out": _left_out(assessment, form) if changes_left_out else "",
        "there": rating_page.whole_text(spec, form.stored),
        "here": rating_page.whole_text(spec, form.answer())
        if state == "conflict"
        else "",
    }
    response = render(request, "assessment/_saved.html", context, status=status)
    if state != "saved":
        return response
    change = form.answer().is_answered - form.stored.is_answered
    return open_draft.count(request, response, assessment, change)


def _left_out(assessment, form):
    """The warning where with this card too much is left out for a score."""
    elsewhere = assessment.ratings.filter(not_applicable=True)
    keys = set(elsewhere.values_list("skill__key", flat=True)) - {form.skill.key}
    if form["not_applicable"].value():
        keys.add(form.skill.key)
    return rating_page.left_out_warning(*target_of(assessment), keys)
