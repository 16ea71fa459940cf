"""One answer at a time: what the rating page sends at every change."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessment import actions, open_draft
from assessment.access import NotYours, carried_over_to, locked_assessment
from assessment.draft import Draft, load_draft
from assessment.forms.rating import RatingForm

STATUS = {"saved": 200, "partly": 207, "stale": 409, "submitted": 410, "invalid": 422}


@require_POST
def save(request, uid, skill):
    """Stores one card; of a draft that was carried over, says that it was."""
    try:
        return _save_card(request, uid, skill)
    except NotYours:
        if carried_over_to(request, uid) is None:
            raise
        context = {"state": "carried"}
        status = STATUS["submitted"]
        return render(request, "assessment/_saved.html", context, status=status)


def _save_card(request, uid, skill):
    """Stores one card; answers with what the card shows as its state.

    200 saved, 207 saved but for a note or a link that is wrong, 409 a newer answer is
    stored, 410 submitted already, 422 look again.
    """
    with locked_assessment(request, uid) as assessment:
        draft = load_draft(assessment)
        if skill not in draft.spec.skills_by_key:
            raise Http404("This framework has no such skill.")
        form = RatingForm(
            request.POST,
            spec=draft.spec,
            skill=draft.spec.skills_by_key[skill],
            stored=draft.answer(skill),
        )
        state, draft = _save(draft, form)
    context = {
        "state": state,
        "draft": draft,
        "form": form,
        "now": draft.answer(skill),
        "saved_at": timezone.now(),
    }
    response = render(request, "assessment/_saved.html", context, status=STATUS[state])
    if state == "submitted":
        return response
    return open_draft.remember(response, draft)


def _save(draft, form):
    """(state, draft) after trying to store the form."""
    if not form.can_be_saved:
        return "invalid", draft
    try:
        saved, stale = actions.save_answers(
            assessment=draft.assessment,
            answers={form.skill.key: form.answer()},
            stored=draft.answers,
        )
    except actions.AlreadySubmitted:
        return "submitted", draft
    state = "stale" if stale else "partly" if form.errors else "saved"
    return state, Draft(draft.assessment, draft.answers | saved)
