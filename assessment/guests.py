"""What a browser holds without an account, and what becomes of it at sign-in."""

from contextlib import contextmanager

from assessment import actions
from assessment.access import HELD

# session: {framework key: {question key: practice note}}, until an account keeps them
NOTES = "practice_notes"
CLAIMED = "claimed_assessments"  # session: uids that this sign-in has added


def hold(request, assessment):
    """Lets a guest's session open the assessment that it has just started."""
    held = request.session.get(HELD, [])
    if assessment.owner_id is None and str(assessment.uid) not in held:
        request.session[HELD] = [*held, str(assessment.uid)]


def claim(request, user):
    """Gives the session's assessments to the person who has just signed in."""
    uids = request.session.pop(HELD, [])
    claimed = actions.claim_assessments(owner=user, uids=uids)
    if claimed:
        request.session[CLAIMED] = claimed


def unclaim(request):
    """Takes back what the sign-in added; this browser alone can open it again."""
    uids = request.session.pop(CLAIMED, [])
    released = actions.release_assessments(owner=request.user, uids=uids)
    request.session[HELD] = [*request.session.get(HELD, []), *released]


@contextmanager
def kept_over_sign_out(request):
    """Signing out empties the session; what belongs to nobody stays with the browser."""
    held = {name: request.session.get(name) for name in (HELD, NOTES)}
    yield
    for name, value in held.items():
        if value:
            request.session[name] = value


def forget(request):
    """Deletes what this browser holds without an account, and says how many they were."""
    uids = request.session.pop(HELD, [])
    request.session.pop(NOTES, None)
    return actions.delete_unowned(uids=uids)


# Practice notes
# ------------------------------------------------------------------------------------


def held_notes(request, framework_key):
    """{question key: text} that this browser holds without an account."""
    return request.session.get(NOTES, {}).get(framework_key, {})


def hold_notes(request, framework_key, notes):
    """Holds notes, {question key: text}, in this browser; an empty text lets one go."""
    held = {**held_notes(request, framework_key), **notes}
    request.session[NOTES] = {
        **request.session.get(NOTES, {}),
        framework_key: {key: text for key, text in held.items() if text},
    }
