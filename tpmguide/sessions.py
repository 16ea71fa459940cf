"""Sessions, which end some time after their last use, and some time after the sign-in.

When a session ends stands in its row and is put off by its use: at most every five minutes,
by a write that touches nothing else of it. Staff, who see what others own, get less time.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from assessment.models import STAMP_EVERY, digest_of
from tpmguide.errors import CACHE_TROUBLE

COPY_LIVES = 60  # seconds
# Without use, and in all.
OF_PEOPLE = timedelta(days=14), timedelta(days=90)
OF_STAFF = timedelta(minutes=30), timedelta(hours=12)

SIGNED_IN = "signed_in"  # session: {"at": seconds, "staff": whether it is of staff}


def end_of(signed_in, now):
    """When a session ends that is used now."""
    if signed_in is None:  # nobody's yet, such as of a sign-up that waits for its code
        return now + OF_PEOPLE[0]
    idle, whole = OF_STAFF if signed_in["staff"] else OF_PEOPLE
    begun = datetime.fromtimestamp(signed_in["at"], now.tzinfo)
    return min(now + idle, begun + whole)


class SessionStore(db.SessionStore):
    """Django's, in the same table; with SESSIONS_IN_REDIS a copy is read from there.

    The row counts. A copy lives for COPY_LIVES at most, so that a row which is deleted by
    whatever way is soon no session any more; a Redis that is away only costs a query.
    """

    ends_at = None

    @classmethod
    def get_model_class(cls):
        return Session

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.ends_at = row and row.expire_date
        return row

    @property
    def _copy(self):
        return f"session-{self.session_key}"

    def load(self):
        with suppress(*CACHE_TROUBLE):
            kept = settings.SESSIONS_IN_REDIS and cache.get(self._copy)
            if kept and kept[1] > timezone.now():
                data, self.ends_at = kept
                return data
        data = super().load()
        if settings.SESSIONS_IN_REDIS and self.ends_at:
            with suppress(*CACHE_TROUBLE):
                cache.set(self._copy, (data, self.ends_at), COPY_LIVES)
        return data

    def forget_copy(self):
        if settings.SESSIONS_IN_REDIS:
            with suppress(*CACHE_TROUBLE):
                cache.delete(self._copy)

    def save(self, must_create=False):
        super().save(must_create)
        self.forget_copy()

    def delete(self, session_key=None):
        super().delete(session_key)
        (self if session_key is None else type(self)(session_key)).forget_copy()

    def create_model_instance(self, data):
        """Called at each save; the first one after a sign-in marks when it was."""
        if SESSION_KEY in data and SIGNED_IN not in data:
            staff = get_user_model().objects.filter(pk=data[SESSION_KEY], is_staff=True)
            now = timezone.now().timestamp()
            data[SIGNED_IN] = {"at": now, "staff": staff.exists()}
        row = super().create_model_instance(data)
        row.expire_date = end_of(data.get(SIGNED_IN), timezone.now())
        return row


def put_off_end(get_response):
    """Stamps the use of a session; one that cannot be stamped stops nobody from reading."""

    def answer(request):
        response = get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session and session.ends_at:
            with suppress(DatabaseError):
                _stamp(request, session)
        return response

    return answer


def _stamp(request, session):
    now = timezone.now()
    signed_in = session.get(SIGNED_IN)
    if signed_in is None:  # it began before sessions were stamped
        session.modified = True
        return
    if end_of(signed_in, now) - session.ends_at < STAMP_EVERY:
        return
    if signed_in["staff"] != request.user.is_staff:
        session[SIGNED_IN] = signed_in = signed_in | {"staff": request.user.is_staff}
    rows = Session.objects.filter(session_key=session.session_key)
    if rows.update(expire_date=end_of(signed_in, now)):
        session.forget_copy()
        seen = UserSession.objects.filter(session_key=session.session_key)
        if not seen.update(last_seen_at=now):
            UserSession.objects.create_from_request(request)


# Where somebody is signed in
# ------------------------------------------------------------------------------------

# What browsers call themselves: the first that fits, since most name others, too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def name_in(user_agent, names):
    """The name of a browser or system; empty for one that is not known."""
    return next((name for mark, name in names if mark in user_agent), "")


class SessionList(ListUserSessionsView):
    """Allauth's page; this browser first, then by the last use. Each can be ended alone."""

    def post(self, request, *args, **kwargs):
        wanted = request.POST.get("end")
        if wanted is None:
            return super().post(request, *args, **kwargs)
        mine = UserSession.objects.filter(user=request.user)
        ended = [each for each in mine if digest_of(each.session_key) == wanted]
        end_sessions(request, ended)
        if ended:
            messages.info(request, gettext("That browser is signed out."))
        return redirect("usersessions_list")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for each in context["sessions"]:
            each.browser = name_in(each.user_agent, BROWSERS)
            each.system = name_in(each.user_agent, SYSTEMS)
            each.mark = digest_of(each.session_key)
        context["sessions"].sort(
            key=lambda each: (each.is_current(), each.last_seen_at), reverse=True
        )
        return context
