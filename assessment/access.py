"""Who may see whose assessment. The only way a view obtains one.

A person's assessments are those they own. A guest's are those of the `Guest` whose token
this browser holds in a cookie. A report is also seen, and no more than seen, by whoever has
opened a live share link of it. Nothing else is read.
"""

from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import Http404
from django.urls import reverse

from assessment.answers import answers_by_assessment
from assessment.models import (
    Assessment,
    Download,
    Guest,
    JournalEntry,
    Plan,
    PlanItem,
    PracticeNote,
    Profile,
    Rating,
    ShareGrant,
    ShareLink,
)
from assessment.models.assessment import corrected

HAS_PLAN = "has_plan"  # session; templates/base.html reads it


MOST_RECENT = 12  # reports among which the one before the last is looked for
MOST_LOOKED_BACK = 12  # reports that a case looks back on, with its own
MOST_ENTRIES = 200  # of a journal at once, the newest


class NotYours(Http404):
    """No assessment of this visitor has this address, whether or not there is one."""


def known_by(request):
    """The cookies by which this browser may be known: of a session, of a guest. No query."""
    names = {settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME}
    return names & request.COOKIES.keys()


def guest_token(request):
    """The token that this browser holds as a guest, or None.

    Read from the cookie once a request; `assessment.guests` gives and takes tokens. The
    cookie is signed, so that a token is never other than one that was made here.
    """
    if not hasattr(request, "guest_token"):
        request.guest_token = request.get_signed_cookie(
            settings.GUEST_COOKIE_NAME, None, max_age=Guest.KEPT_FOR
        )
    return request.guest_token


def _of_person(request):
    return Q(owner=request.user) if request.user.is_authenticated else Q(pk__in=())


def _of_guest(request):
    """The guest is looked up inside the query, by the digest."""
    token = guest_token(request)
    if token is None:
        return Q(pk__in=())
    return Q(guest=Subquery(Guest.objects.of_token(token).values("pk")))


def way_in(request):
    """Where a visitor at a person's own page signs in, to come back to it; else None.

    It is the same for what is somebody else's and for what does not exist.
    """
    match = request.resolver_match
    is_own = match and match.app_name == "assessment" and "uid" in match.kwargs
    if not is_own or request.method == "POST" or request.user.is_authenticated:
        return None
    way_back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return f"{reverse(settings.LOGIN_URL)}?{way_back}"


def sign_up_address(request, to=None):
    """Where a guest makes an account, to come back to this page or to another."""
    way_back = urlencode({REDIRECT_FIELD_NAME: to or request.get_full_path()})
    return f"{reverse('account_signup')}?{way_back}"


def own_assessments(request, **chosen):
    """The assessments of this visitor, the newest first: all, or those `chosen`.

    A draft that was carried over to a newer version is not among them.
    """
    return _own(request, **chosen).order_by("-pk")


def _own(request, **chosen):
    mine = _of_person(request)
    if guest_token(request) is not None:
        mine |= _of_guest(request)
    return Assessment.objects.filter(mine, **chosen).shown()


def carried_over_to(request, uid):
    """What became of the visitor's draft of this address on a newer version, or None."""
    before = {"based_on__uid": uid, "based_on__status": Assessment.Status.CARRIED_OVER}
    return own_assessments(request, **before).first()


def get_assessment_or_404(request, uid):
    """The assessment of this address, if it is the visitor's own.

    What belongs to somebody else answers exactly like what does not exist.
    """
    return _found_or_404(_own(request, uid=uid).with_framework())


def get_for_report_or_404(request, uid):
    """The same without the assessment that it is based on, which a report never reads."""
    return _found_or_404(_own(request, uid=uid).for_report())


def get_answered_or_404(request, uid):
    """The same with its answers, as (assessment, answers); one query if it has any."""
    asked = _own(request, uid=uid).values("pk")
    found = answers_by_assessment(Rating.objects.filter(assessment__in=asked))
    return next(iter(found.items()), None) or (get_for_report_or_404(request, uid), {})


def answered_up_to(assessments, uid):
    """{assessment: answers} of one of these and of reports before it for its target.

    One query. Nothing for a draft, and nothing of what was corrected.
    """
    at_last = Q(counts_at__gt=OuterRef("counts_at")) | Q(
        counts_at=OuterRef("counts_at"), pk__gte=OuterRef("pk")
    )
    this = assessments.order_by().filter(
        at_last,
        uid=uid,
        framework__key=OuterRef("framework__key"),
        target__key=OuterRef("target__key"),
    )
    before = assessments.submitted().filter(Exists(this), Q(uid=uid) | ~corrected())
    newest = before.newest_first().values("pk")[:MOST_LOOKED_BACK]
    return answers_by_assessment(Rating.objects.filter(assessment__in=newest))


def get_with_earlier_or_404(request, uid):
    """(assessment, {it and each before it: answers}); one query for a report."""
    answers = answered_up_to(_own(request), uid)
    for each in answers:
        if each.uid == uid:
            return each, answers
    return get_for_report_or_404(request, uid), answers


def case_of_link(link):
    """What a link that shows a case lets be read, as `case.load_case` takes it."""
    person = link.assessment.owner_id
    return {
        "answers": answered_up_to(
            Assessment.objects.filter(owner=person), link.assessment.uid
        ),
        "plans": Plan.objects.filter(owner=person),
        "journal": JournalEntry.objects.filter(owner=person).newest_first(),
    }


def certificates_held(request):
    """The keys of those that whoever is signed in says to hold."""
    profile = getattr(request.user, "profile", None)
    return profile.certifications if profile else []


def correction_of(request, report):
    """The uid of the visitor's report that stands in the place of this one, or None; one query."""
    return _own(request).in_place_of(report).values_list("uid", flat=True).first()


def latest_report(request):
    """The visitor's last report, or None; one query."""
    mine = own_assessments(request).submitted().for_report()
    return mine.newest_first().first()


def recent_reports(request):
    """The visitor's last reports, the last first, each with its `live_digest`.

    Without those that were corrected. No query for who has neither account nor token.
    """
    if not request.user.is_authenticated and guest_token(request) is None:
        return []
    mine = own_assessments(request).standing().for_report().with_live()
    return list(mine.newest_first()[:MOST_RECENT])


def latest_answered(assessments, framework_key, target_key):
    """(the last submitted of these for a target, its answers), or None; one query.

    Where there is none for it, of the last one for any target of the framework.
    """
    mine = assessments.submitted().filter(framework__key=framework_key)
    latest = mine.of_target_first(target_key).values("pk")[:1]
    ratings = Rating.objects.filter(assessment=Subquery(latest))
    return next(iter(answers_by_assessment(ratings).items()), None)


def _found_or_404(assessments):
    for assessment in assessments:
        return assessment
    raise NotYours("There is no such assessment, or it is not yours.")


def get_two_or_404(request, uid, other_uid):
    """Two of the visitor's own assessments, in this order; one query."""
    asked = own_assessments(request).for_report().filter(uid__in=[uid, other_uid])
    found = {assessment.uid: assessment for assessment in asked}
    if not found.keys() >= {uid, other_uid}:
        raise Http404("There is no such assessment, or it is not yours.")
    return found[uid], found[other_uid]


@contextmanager
def locked_assessment(request, uid):
    """The assessment of `get_assessment_or_404` in a transaction, locked until its end."""
    # Who asks is looked up before anything is locked.
    mine = _own(request, uid=uid).for_saving()
    with transaction.atomic():
        yield _found_or_404(mine)


def holder_of(request):
    """The person who is signed in, else the guest of this browser; None has neither."""
    if request.user.is_authenticated:
        return request.user
    token = guest_token(request)
    return token and Guest.objects.of_token(token).first()


def own_counts(request):
    """{what: how many of it this visitor holds}; two queries."""
    answered = Q(ratings__value__isnull=False) | Q(ratings__not_applicable=True)
    noted = Q(ratings__isnull=False) & ~Q(ratings__note="")
    is_report = Q(status=Assessment.Status.SUBMITTED)
    counts = own_assessments(request).aggregate(
        reports=Count("pk", filter=is_report, distinct=True),
        drafts=Count("pk", filter=~is_report, distinct=True),
        answers=Count("ratings", filter=answered),
        notes=Count("ratings", filter=noted),
    )
    return counts | {"practice_notes": own_practice_notes(request).count()}


def may_keep_ladder(user):
    """Whoever keeps the ladder tries a draft with answers of their own, and sees whom it moves.

    Of people that is counts of five or more.
    """
    return user.has_perm("careers.change_framework")


def own_practice_notes(request):
    """The practice notes of whoever is signed in, else those of this browser's guest."""
    signed_in = request.user.is_authenticated
    mine = _of_person(request) if signed_in else _of_guest(request)
    return PracticeNote.objects.filter(mine)


def own_downloads(request):
    """The file of everything of whoever is signed in, if one was asked for."""
    return Download.objects.filter(_of_person(request))


# Plans and the journal, which only a person with an account has
# ------------------------------------------------------------------------------------


def own_plans(request):
    """The plans of whoever is signed in, the newest first."""
    return Plan.objects.filter(_of_person(request)).newest_first()


def remember_plan(request):
    """Notes in the session whether there is a plan, so that each page can tell unasked."""
    if own_plans(request).exists():
        request.session[HAS_PLAN] = True
    else:
        request.session.pop(HAS_PLAN, None)


def has_plan(request):
    """As far as the session knows; no query but for the session."""
    return request.user.is_authenticated and request.session.get(HAS_PLAN, False)


def own_plan_items(request):
    """Their items in order, each with its plan."""
    if not request.user.is_authenticated:
        return PlanItem.objects.none()
    mine = PlanItem.objects.filter(plan__owner=request.user)
    return mine.select_related("plan").in_order()


def get_plan_or_404(request, uid):
    return _found_or_404(own_plans(request).filter(uid=uid))


def get_plan_item_or_404(request, uid, *, even_let_go=False):
    """An item of a plan of the visitor's own."""
    items = own_plan_items(request).with_live().filter(uid=uid)
    if not even_let_go:
        items = items.exclude(state=PlanItem.State.DROPPED)
    return _found_or_404(items)


def own_journal(request):
    """The journal of whoever is signed in, the newest entry first."""
    return JournalEntry.objects.filter(_of_person(request)).newest_first()


def own_journal_since(request, framework_key, day):
    """What was written for a skill of a ladder since a day."""
    entries = own_journal(request).filter(framework_key=framework_key, day__gte=day)
    return entries.exclude(skill_key="")[:MOST_ENTRIES]


def get_entry_or_404(request, uid):
    return _found_or_404(own_journal(request).with_live().filter(uid=uid))


# Share links
# ------------------------------------------------------------------------------------


def get_own_link_or_404(request, uid, link_uid):
    """A share link of the visitor's own assessment."""
    links = get_assessment_or_404(request, uid).share_links.filter(uid=link_uid)
    link = links.first()
    if link is None:
        raise Http404("There is no such share link, or it is not yours.")
    return link


def profile_of_calendar(token):
    """Whose days are read at the address with this token; or None."""
    return Profile.objects.of_calendar(token).first()


def get_link_of_token(token):
    """The live link of this token, which whoever knows it may open; or None."""
    return ShareLink.objects.readable().of_token(token).first()


def get_granted_link(request, uid):
    """The link, with its report, if this visitor opened it and it is still live; or None."""
    mine = ShareGrant.objects.filter(_of_person(request) | _of_guest(request))
    links = ShareLink.objects.readable().with_report()
    return links.filter(uid=uid, pk__in=mine.values("link")).first()
