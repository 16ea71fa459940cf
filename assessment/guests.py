"""What a browser holds without an account, and what becomes of it at sign-in.

A browser holds a token, in a cookie; what a guest owns are rows that point at the `Guest`
with its digest. A page with a form that a guest may send gives the token before there is
a row, so that two requests sent at once are of the same guest.
"""

import logging
from contextlib import suppress

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import consume
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.utils import timezone

from assessment import access, actions, plans, practice, sharing
from assessment.access import guest_token
from assessment.erasure import forget_old_erasures, record_erasure
from assessment.models import (
    STAMP_EVERY,
    Assessment,
    Guest,
    ShareGrant,
    ShareLink,
    digest_of,
    new_token,
)
from assessment.report import load_report

events = logging.getLogger("tpmguide.events")

BATCH = 100  # rows that are deleted in one transaction, so that no save waits long
WANTED_PLAN = "wanted_plan"  # session: what a guest wants to keep, for the sign-in
CLAIMED = "claimed"  # session: what this sign-in has added, so that it can be taken out


def give_token(request):
    """The token of this browser; where it has none a new one, which goes with the answer."""
    if guest_token(request) is None:
        request.guest_token = new_token()
    return request.guest_token


def keep_token(request, response):
    """Sets or deletes the cookie, if the request has asked for the token.

    At most every five minutes the use of it is stamped, and thirty days begin anew for
    the row and the cookie. A stamp that cannot be written stops nobody from reading.
    """
    name = settings.GUEST_COOKIE_NAME
    if not hasattr(request, "guest_token"):
        return
    token = request.guest_token
    if token is None:
        if name in request.COOKIES:
            response.delete_cookie(name, samesite="Lax")
        return
    fresh = request.get_signed_cookie(name, None, max_age=STAMP_EVERY)
    was_held = hasattr(request, "was_held")
    if fresh == token and not was_held:
        return
    with suppress(DatabaseError):
        if name in request.COOKIES and not was_held:
            now = timezone.now()
            seen = Guest.objects.of_token(token)
            seen.filter(last_seen__lt=now - STAMP_EVERY).update(last_seen=now)
        response.set_signed_cookie(
            name,
            token,
            max_age=Guest.KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def hold(request):
    """Who owns what is made now, as {"owner": person} or {"guest": guest}.

    Locked until the transaction ends, so that what one visitor does twice at once is
    done one after the other, and no guest goes who is being given something.
    """
    if request.user.is_authenticated:
        return {"owner": actions.hold_person(request.user.pk)}
    request.was_held = True  # a sign-in beside it may have taken the cookie
    return {"guest": _hold_guest(give_token(request))}


def _hold_guest(token):
    """Stamped while it is locked: what removes the unseen waits, and then leaves it."""
    now = timezone.now()
    guests = Guest.objects.select_for_update()
    seen = {"created_at": now, "last_seen": now}
    guest, _ = guests.get_or_create(token_digest=digest_of(token), defaults=seen)
    if now - guest.last_seen > STAMP_EVERY:
        guest.last_seen = now
        guest.save(update_fields=["last_seen"])
    return guest


def _found_guest(request):
    """The guest of this browser, locked, if it has done anything yet."""
    token = guest_token(request)
    guests = Guest.objects.select_for_update()
    return token and guests.of_token(token).first()


def may_begin(request):
    """Counts this try; false once the limits in ACCOUNT_RATE_LIMITS are reached."""
    signed_in = request.user.is_authenticated
    if not signed_in and not consume(request, action="begin_as_guest"):
        return False
    return consume(request, action="begin", key=key_of(request))


def may_make_pdf(request):
    """Counts a PDF that would be made now; false for whoever has had enough this minute."""
    limit = {"app": "allauth.account", "action": "pdf", "limit_get": True}
    return bool(ratelimit.consume(request, key=key_of(request), **limit))


def key_of(request):
    """A key for what one person or guest does."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return give_token(request)


@transaction.atomic
def begin(request, **what):
    """Begins an assessment of this visitor; see `actions.begin_assessment`."""
    return actions.begin_assessment(**hold(request), **what)


@transaction.atomic
def open_link(request, link):
    """Lets this visitor read by a share link whose token was shown."""
    sharing.grant_reading(link=link, **hold(request))
    sharing.record_opening(link=link)


# Sign-in and sign-out
# ------------------------------------------------------------------------------------


@transaction.atomic
def claim(request, user):
    """Gives all that this browser holds to the person who has just signed in."""
    if guest_token(request) is None:
        return
    person, guest = actions.hold_person(user.pk), _found_guest(request)
    request.guest_token = None
    if guest is None:
        return
    move = {"owner": person, "guest": guest}
    request.session[CLAIMED] = {
        "reports": guest.assessments.submitted().count(),
        "assessments": actions.claim_assessments(**move),
        "notes": practice.claim_practice_notes(**move),
        "grants": sharing.claim_grants(**move),
    }
    guest.delete()


def want_plan(request, uid, level_key, chosen, time):
    """Notes the steps of a proposal, as `plans.steps_of` takes them, for the sign-in."""
    until = time["until"] and time["until"].isoformat()
    request.session[WANTED_PLAN] = {
        "uid": str(uid),
        "level": level_key,
        "steps": chosen,
        "time": time | {"until": until},
    }


@transaction.atomic
def keep_wanted_plan(request):
    """Makes the plan that was wanted before the sign-in, of a report that came along."""
    wanted = request.session.pop(WANTED_PLAN, None)
    if wanted is None:
        return
    mine = access.own_assessments(request, uid=wanted["uid"]).submitted()
    assessment = mine.for_report().first()
    if assessment is None:
        return
    report = load_report(assessment)
    spec, level = report.spec, report.spec.levels_by_key[wanted["level"]]
    plan = plans.start_plan(
        owner=actions.hold_person(request.user.pk),
        spec=spec,
        level=level,
        **wanted["time"],
    )
    held = access.certificates_held(request)
    steps = plans.steps_of(spec, wanted["steps"], held)
    plans.add_steps(plan=plan, steps=steps, report=report)


def count_claimed(request):
    """How many assessments this sign-in has added to the account."""
    return len(request.session.get(CLAIMED, {}).get("assessments", []))


@transaction.atomic
def unclaim(request):
    """Takes back what the sign-in added; this browser alone can open it again."""
    claimed = request.session.pop(CLAIMED, None)
    if claimed is None:
        return
    person, guest = (
        actions.hold_person(request.user.pk),
        _hold_guest(give_token(request)),
    )
    request.was_held = True
    move = {"owner": person, "guest": guest}
    actions.release_assessments(**move, uids=claimed["assessments"])
    practice.release_practice_notes(**move, claimed=claimed["notes"])
    sharing.release_grants(**move, pks=claimed["grants"])


@transaction.atomic
def forget(request):
    """Deletes all that this browser holds without an account; how many assessments."""
    guest = _found_guest(request)
    request.guest_token = None
    if guest is None:
        return 0
    locked = guest.assessments.select_for_update()  # a save in another tab comes first
    owned = list(locked.values_list("pk", flat=True))
    record_erasure(Guest, [guest.pk])
    guest.delete()
    if owned:
        events.info("assessments_deleted", extra={"assessments": owned})
    return len(owned)


# What is over
# ------------------------------------------------------------------------------------


def remove_unseen(*, now):
    """Deletes guests that were not seen for thirty days, and what nobody can open.

    Returns the numbers of guests, of assessments that belong to nobody, of rights to
    read by links that ended, and of sessions that ran out.
    """
    forget_old_erasures(now=now)
    before = now - Guest.KEPT_FOR
    nobodys = Assessment.objects.filter(owner=None, guest=None, changed_at__lt=before)
    ended = ShareGrant.objects.exclude(link__in=ShareLink.objects.live())
    open_ones = Session.objects.filter(expire_date__gte=now).values("session_key")
    _delete_in_batches(UserSession.objects.exclude(session_key__in=open_ones))
    return (
        _delete_in_batches(Guest.objects.filter(last_seen__lt=before), "guest__in"),
        _delete_in_batches(nobodys, "pk__in"),
        _delete_in_batches(ended),
        _delete_in_batches(Session.objects.filter(expire_date__lt=now)),
    )


def _delete_in_batches(rows, assessments=None):
    """Locks before it deletes: what somebody uses or claims at this moment stays.

    `assessments` is how those that go with a batch are looked up, to write them down.
    """
    deleted = 0
    while True:
        with transaction.atomic():
            batch = rows.select_for_update().values_list("pk", flat=True)[:BATCH]
            pks = list(batch)
            gone = []
            if assessments:
                owned = Assessment.objects.filter(**{assessments: pks})
                gone = list(owned.select_for_update().values_list("pk", flat=True))
            rows.model.objects.filter(pk__in=pks).delete()
        if gone:
            events.info("assessments_deleted", extra={"assessments": gone})
        deleted += len(pks)
        if len(pks) < BATCH:
            return deleted
