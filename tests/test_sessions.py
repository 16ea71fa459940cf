"""Sessions end in time; their use is stamped; people see and end their own."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.guests import remove_unseen
from assessment.models import digest_of
from tpmguide.sessions import BROWSERS, SYSTEMS, name_in

DASHBOARD = "/reports/"
PRIVACY = "/privacy/"  # asks nothing of the database itself
LIST = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"
)


def sign_in(name="alice", remember=True, browser=FIREFOX):
    client = Client(headers={"user-agent": browser})
    words = {"login": f"{name}@example.org", "password": f"{name}'s password"}
    if remember:
        words["remember"] = "on"
    client.post(reverse("account_login"), words)
    return client


def is_signed_in(client):
    return client.get(PRIVACY).wsgi_request.user.is_authenticated


@pytest.fixture
def clock():
    """Goes on when told to."""
    with time_machine.travel("2026-03-02 09:00", tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize("remember", [True, False])
@pytest.mark.parametrize(
    ("name", "idle", "whole"),
    [
        ("alice", timedelta(days=14), timedelta(days=90)),
        ("editor", timedelta(minutes=30), timedelta(hours=12)),
        ("admin", timedelta(minutes=30), timedelta(hours=12)),
    ],
)
def test_a_session_ends_without_use_and_in_any_case(
    alice, editor, admin, clock, name, idle, whole, remember
):
    moment = timedelta(seconds=1)

    client = sign_in(name, remember)
    clock.shift(idle - moment)
    assert is_signed_in(client)
    clock.shift(idle + moment)
    assert not is_signed_in(client)

    client, steps = sign_in(name, remember), 0
    while is_signed_in(client):
        clock.shift(idle / 2)
        steps += 1
    assert whole <= idle / 2 * steps <= whole + idle / 2


def test_use_is_stamped_at_most_every_five_minutes_and_nothing_else_is_written(
    alice, clock
):
    client = sign_in()

    def written_after(**time):
        clock.shift(timedelta(**time))
        with CaptureQueriesContext(connection) as queries:
            client.get(DASHBOARD)
        sql = [q["sql"] for q in queries if not q["sql"].startswith("SELECT")]
        return [each.split(" SET ")[0] for each in sql]

    stamp = ['UPDATE "django_session"', 'UPDATE "usersessions_usersession"']
    assert written_after(minutes=4, seconds=59) == []
    assert written_after(seconds=1) == stamp
    assert written_after(minutes=4, seconds=59) == []
    assert UserSession.objects.get().last_seen_at == timezone.now() - timedelta(
        minutes=4, seconds=59
    )


def test_a_stamp_that_cannot_be_written_stops_nobody(alice, clock, monkeypatch):
    client = sign_in()
    clock.shift(timedelta(hours=1))

    def refuse(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("django.db.models.query.QuerySet.update", refuse)

    assert client.get(DASHBOARD).status_code == 200


def test_who_becomes_staff_has_the_time_of_staff(alice, clock):
    client = sign_in()
    alice.is_staff = True
    alice.save()

    clock.shift(timedelta(minutes=6))
    assert is_signed_in(client)
    clock.shift(timedelta(minutes=31))

    assert not is_signed_in(client)


def test_a_session_of_before_gets_its_time_at_its_next_use(alice, alice_client, clock):
    session = alice_client.session
    said = dict(session.items())
    del said["signed_in"]
    Session.objects.update(session_data=session.encode(said))

    assert is_signed_in(alice_client)

    assert alice_client.session["signed_in"]["staff"] is False
    clock.shift(timedelta(hours=1))
    assert is_signed_in(alice_client)
    assert UserSession.objects.get().user == alice


def test_a_session_that_was_ended_is_not_begun_anew_by_a_stamp(alice, clock):
    client = sign_in()
    clock.shift(timedelta(days=13))
    Session.objects.all().delete()

    assert not is_signed_in(client)
    assert not Session.objects.exists()


def test_what_is_known_of_a_browser_goes_with_its_session(alice, clock):
    sign_in()
    clock.shift(timedelta(days=13))
    sign_in(browser=SAFARI)
    clock.shift(timedelta(days=2))

    remove_unseen(now=timezone.now())

    assert [each.user_agent for each in UserSession.objects.all()] == [SAFARI]


# Where somebody is signed in
# ------------------------------------------------------------------------------------


def test_people_see_where_they_are_signed_in(alice, bob):
    sign_in("bob")
    sign_in(browser=SAFARI)
    here = sign_in()

    page = here.get(LIST).content.decode()

    assert page.index("Firefox on Windows") < page.index("Safari on iPhone")
    assert page.count("This browser") == 1
    assert page.count("from 127.0.0.1") == 2


def test_signing_out_everywhere_ends_all_other_sessions(alice, bob):
    other, stranger, here = sign_in(browser=SAFARI), sign_in("bob"), sign_in()

    page = here.post(LIST, follow=True).content.decode()

    assert "You are signed out everywhere else." in page
    assert [is_signed_in(each) for each in (here, other, stranger)] == [
        True,
        False,
        True,
    ]
    assert "Safari" not in page


def marks_in(client):
    return re.findall(r'name="end" value="(\w+)"', client.get(LIST).content.decode())


def test_one_of_them_is_ended_alone(alice):
    other, third, here = sign_in(browser=SAFARI), sign_in(), sign_in()
    safari = marks_in(third)  # Safari's and that of `here`
    [safari] = set(safari) - {digest_of(here.session.session_key)}

    page = here.post(LIST, {"end": safari}, follow=True).content.decode()

    assert "That browser is signed out." in page
    assert [is_signed_in(each) for each in (here, other, third)] == [True, False, True]
    assert "Safari" not in page


def test_the_session_of_another_person_is_not_ended_by_its_mark(alice, bob):
    stranger, here = sign_in("bob"), sign_in()
    mark = digest_of(stranger.session.session_key)

    page = here.post(LIST, {"end": mark}, follow=True).content.decode()

    assert "That browser is signed out." not in page
    assert is_signed_in(stranger)
    assert mark not in page


# In Redis
# ------------------------------------------------------------------------------------


@pytest.fixture
def in_cache(settings):
    """The cache of the tests stands for Redis; another test is about Redis itself."""
    settings.SESSIONS_IN_REDIS = True


def queries_of_a_page(client):
    with CaptureQueriesContext(connection) as queries:
        assert is_signed_in(client)
    return [each["sql"] for each in queries if "django_session" in each["sql"]]


def test_a_copy_saves_the_query(in_cache, alice):
    client = sign_in()
    first, second = queries_of_a_page(client), queries_of_a_page(client)

    assert len(first) == 1
    assert second == []


def test_a_session_that_ends_is_gone_at_once(in_cache, alice):
    other, here = sign_in(browser=SAFARI), sign_in()
    assert is_signed_in(other)

    here.post(LIST)
    assert not is_signed_in(other)
    copied = Client()
    copied.cookies["sessionid"] = here.cookies["sessionid"].value
    assert is_signed_in(copied)
    here.post(reverse("account_logout"))
    assert not is_signed_in(copied)


def test_a_row_that_is_deleted_ends_it_within_a_minute(in_cache, alice, clock):
    client = sign_in()
    assert is_signed_in(client)
    Session.objects.all().delete()

    clock.shift(timedelta(seconds=61))

    assert not is_signed_in(client)


def test_an_emptied_or_absent_redis_signs_nobody_out(in_cache, alice, settings):
    client = sign_in()
    assert is_signed_in(client)

    cache.clear()
    assert is_signed_in(client)
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    assert is_signed_in(client)


def test_nobody_else_sees_or_ends_them(alice, client, admin_client):
    here = sign_in()

    assert client.get(LIST).status_code == client.post(LIST).status_code == 302
    assert "Firefox" not in admin_client.get(LIST).content.decode()
    admin_client.post(LIST)

    assert is_signed_in(here)
    assert admin_client.get("/admin/usersessions/usersession/").status_code == 404


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/1 Safari/5", "Chrome on Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/1 Mobile Safari/5",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10) Chrome/1 Edg/1", "Edge on macOS"),
        ("curl/8", " on "),
    ],
)
def test_a_browser_is_named(user_agent, name):
    found = f"{name_in(user_agent, BROWSERS)} on {name_in(user_agent, SYSTEMS)}"

    assert found == name
