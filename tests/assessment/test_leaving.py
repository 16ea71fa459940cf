"""Who leaves is gone after seven days, to the byte; until then they can stay."""

import re
from datetime import timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment.actions import keep_pdf, rename_assessment, save_profile
from assessment.answers import Answer
from assessment.calendar_feed import make_address
from assessment.downloads import ask_for_download
from assessment.erasure import Gone
from assessment.leaving import (
    ask_to_leave,
    profile_of_token,
    remove_account,
    token_of,
)
from assessment.models import (
    Assessment,
    Erased,
    JournalEntry,
    Plan,
    PlanItem,
    PracticeNote,
    Profile,
    ShareLink,
)
from assessment.reminders import set_reminders
from careers.models import Framework
from tests.accounts import prove
from tests.factories import make_assessment, make_framework, make_share_link
from tests.reading import texts
from tpmguide.models import Mail

ME, LEAVE, NOW, KEEP = "/me/", "/me/leave/", "/me/leave/now/", "/me/keep/"
ADDRESS = re.compile(r"http://testserver(/me/keep/\S+)")
DAYS = timedelta(days=7)
CANARY = "kanarienvogel"


def leave(client):
    """Alice presses the button, having told her password."""
    prove(client, "alice's password")
    return client.post(LEAVE)


def sign_in(person):
    words = {"login": person.email, "password": f"{person.username}'s password"}
    Client().post(reverse("account_login"), words)


def in_days(days, **more):
    return time_machine.travel(timezone.now() + timedelta(days=days, **more))


def remove():
    out = StringIO()
    call_command("remove_unclaimed", stdout=out)
    return out.getvalue()


# The pause
# ------------------------------------------------------------------------------------


def test_leaving_asks_for_the_password(framework, alice, alice_client):
    asked = alice_client.post(LEAVE)

    assert asked.url.startswith("/accounts/reauthenticate/")
    assert not Profile.objects.exists()
    # What was pressed is done once the password is told.
    told = {"password": "alice's password", "next": LEAVE}
    done = alice_client.post(asked.url, told, follow=True)
    assert "Your account ends on" in done.content.decode()
    assert Profile.objects.get().user == alice


def test_leaving_ends_share_links_at_once_and_the_account_in_seven_days(
    framework, alice, alice_client, bob
):
    mine = make_assessment(owner=alice, submit=True)
    _link, token = make_share_link(mine)
    other, _token = make_share_link(make_assessment(owner=bob, submit=True))

    with time_machine.travel("2026-03-02T12:00:00.7Z", tick=False):
        response = leave(alice_client)
        leaving = alice_client.get(ME)

    page = leaving.content.decode()
    assert response.url == ME
    assert texts(leaving, "button", "btn-danger") == ["Delete now, without the pause"]
    assert Profile.objects.get().leaves_at.isoformat() == "2026-03-09T12:00:00+00:00"
    assert "Your account ends on 9 March 2026" in page
    assert "until Monday 9 March, 12:00 UTC" in page
    assert list(ShareLink.objects.filter(revoked_at=None)) == [other]
    assert Client().get(f"/shared/{token}/").status_code == 404
    assert Assessment.objects.filter(owner=alice).count() == 1


def test_a_second_asking_moves_nothing_and_sends_nothing(
    framework, alice, alice_client
):
    leave(alice_client)
    first = Profile.objects.get().leaves_at

    with in_days(3):
        ask_to_leave(person=alice, address_of_token=str)

    assert Profile.objects.get().leaves_at == first
    assert len(mail.outbox) == 1


def test_the_account_is_kept_by_one_press(framework, alice, alice_client):
    leave(alice_client)

    response = alice_client.post(KEEP, follow=True)

    assert "Your account stays." in response.content.decode()
    with in_days(8):
        remove()
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize("name", ["home", "start", "dashboard", "plan", "me"])
def test_each_page_says_that_the_account_ends_at_no_cost(
    framework, alice, alice_client, name
):
    def opened():
        with CaptureQueriesContext(connection) as queries:
            page = alice_client.get(reverse(f"assessment:{name}"))
        return page, len(queries)

    save_profile(person=alice, name="Alice")
    before, cost = opened()
    assert "Your account ends on" not in before.text
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        leave(alice_client)
        said, cost_now = opened()

    assert said.text.count("Your account ends on 9 March 2026</") == 1
    assert said.text.count("Keep my account") == 1
    assert cost_now <= cost
    assert "Your account ends on" not in Client().get("/").text
    alice_client.post(KEEP)
    assert "Your account ends on" not in opened()[0].text


def test_the_mail_stops_it_without_a_sign_in(framework, alice, alice_client):
    leave(alice_client)
    message = mail.outbox[-1]
    stranger = Client()
    address = ADDRESS.search(message.body)[1]

    shown = stranger.get(address)
    looked = Profile.objects.get().leaves_at
    kept = stranger.post(address, follow=True)
    again = stranger.get(address)

    assert message.to == ["alice@example.org"]
    assert "The account ends on" in shown.content.decode()
    assert "alice@" not in shown.content.decode()
    assert looked is not None  # to look changes nothing: programs open links of mails
    assert "Your account stays." in kept.content.decode()
    assert Profile.objects.get().leaves_at is None
    assert (again.status_code, "nothing to stop" in again.content.decode()) == (
        404,
        True,
    )


def test_a_token_stops_its_own_leaving_alone(framework, alice, bob):
    with time_machine.travel("2026-03-02T12:00:00Z") as clock:
        first = ask_to_leave(person=alice, address_of_token=str)
        token = token_of(first)
        assert profile_of_token(token) == first
        Profile.objects.update(leaves_at=None)
        clock.shift(timedelta(days=1))
        second = ask_to_leave(person=alice, address_of_token=str)

        assert profile_of_token(token) is None
        assert profile_of_token(token_of(second)) == second
        assert profile_of_token(token_of(second) + "x") is None
        old = token_of(second)
        clock.shift(timedelta(days=8))
        assert profile_of_token(old) is None


def test_nobody_is_removed_a_second_too_early(framework, alice, bob):
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        ask_to_leave(person=alice, address_of_token=str)
        clock.shift(DAYS - timedelta(seconds=1))
        early = remove()
        clock.shift(timedelta(seconds=1))
        late = remove()

    assert early.startswith("Deleted: accounts 0,")
    assert late.startswith("Deleted: accounts 1,")
    assert list(User.objects.filter(username__in=["alice", "bob"])) == [bob]


def test_the_rest_of_the_pause_can_be_waived(framework, alice, alice_client):
    prove(alice_client, "alice's password")
    too_early = alice_client.post(NOW)
    assert (too_early.url, User.objects.filter(pk=alice.pk).count()) == (LEAVE, 1)
    alice_client.post(LEAVE)

    gone = alice_client.post(NOW, follow=True)

    assert "Your account is deleted" in gone.content.decode()
    assert not User.objects.filter(pk=alice.pk).exists()
    assert "Sign in" in alice_client.get(ME).content.decode()


@pytest.mark.parametrize(
    "keep",
    [
        partial(save_profile, name="Alice"),
        partial(
            set_reminders, rhythm="", rate_again_on=None, by_mail=False, site="test"
        ),
        make_address,
        ask_for_download,
        partial(ask_to_leave, address_of_token=str),
    ],
)
def test_nothing_is_kept_of_who_is_gone_at_this_moment(alice, keep):
    gone = User.objects.get(pk=alice.pk)  # as another tab knows her
    remove_account(person=alice)

    with pytest.raises(Gone):
        keep(person=gone)


def test_what_others_need_stays_without_a_name(framework, alice):
    Framework.objects.update(published_by=alice)

    remove_account(person=alice)

    assert Framework.objects.get().published_by is None


def test_a_restored_backup_learns_who_left_and_which_links_ended(framework, alice):
    """Its assessments by themselves, too: in a backup they may still be a guest's."""
    report = make_assessment(owner=alice, submit=True)
    link, _token = make_share_link(report)
    numbers = link.pk, alice.pk, report.pk

    ask_to_leave(person=alice, address_of_token=str)
    remove_account(person=alice)

    models = "assessment.ShareLink", "auth.User", "assessment.Assessment"
    told = set(Erased.objects.values_list("model", "row"))
    assert told == set(zip(models, numbers, strict=True))


# Gone to the byte
# ------------------------------------------------------------------------------------


def fill(person):
    """Something of this person in every table that can hold it, marked."""
    person.first_name = person.last_name = CANARY
    person.save()
    report = make_assessment(owner=person, submit=True)
    keep_pdf(
        assessment=report,
        digest="d" * 64,
        is_unchanged=lambda: True,
        content=CANARY.encode() * 3000,
    )
    rename_assessment(assessment=report, label=CANARY)
    make_share_link(report, label=CANARY, shown_name=CANARY)
    answers = {
        "planning": Answer(
            value=2, note=CANARY * 200, url=f"https://{CANARY}.example/"
        ),
        "tooling": Answer(not_applicable=True, reason=CANARY),
    }
    make_assessment(owner=person, ratings=answers)
    save_profile(person=person, name=CANARY)
    now = timezone.now()
    PracticeNote.objects.create(
        owner=person, framework_key="k", question_key="q", text=CANARY, updated_at=now
    )
    plan = Plan.objects.create(
        owner=person,
        framework_key="k",
        target_key="t",
        target_title=CANARY,
        started_at=now,
    )
    item = PlanItem.objects.create(
        plan=plan, skill_key="s", skill_name=CANARY, value=2, title=CANARY
    )
    JournalEntry.objects.create(
        owner=person, day=now.date(), text=CANARY, item=item, written_at=now
    )
    Mail.objects.create(
        sender="a@example.org",
        recipients=[person.email],
        subject=CANARY,
        text=CANARY,
        html="",
        headers={},
    )
    LogEntry.objects.create(
        user=User.objects.create_user("staff", "staff@example.org", is_staff=True),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=person.username,
        action_flag=CHANGE,
        change_message=f'[{{"changed": {{"object": "{person.email}"}}}}]',
    )


def canaries():
    """{table: how many of its rows hold the mark}, in the rows as the database has them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            count = sum(CANARY in str([*map(read, row)]) for row in cursor.fetchall())
            if count:
                found[table] = count
    return found


def read(value):
    is_bytes = isinstance(value, bytes | memoryview)
    return bytes(value).decode("latin-1") if is_bytes else value


def canaries_in_files():
    """How often the mark stands in the files of SQLite, the write-ahead log too."""
    name = connection.settings_dict["NAME"]
    files = [Path(f"{name}{ending}") for ending in ("", "-wal")]
    return sum(
        file.read_bytes().count(CANARY.encode()) for file in files if file.exists()
    )


def tables_of_people():
    return {
        "account_emailaddress",
        "assessment_assessment",
        "assessment_journalentry",
        "assessment_plan",
        "assessment_planitem",
        "assessment_practicenote",
        "assessment_profile",
        "assessment_rating",
        "assessment_reportpdf",
        "assessment_sharelink",
        "auth_user",
        "django_admin_log",
        apps.get_model("tpmguide.Mail")._meta.db_table,
    }


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_who_left():
    make_framework()
    person = User.objects.create_user(CANARY, f"{CANARY}@example.org", "a password")
    apps.get_model("account.EmailAddress").objects.create(
        user=person, email=person.email, verified=True, primary=True
    )
    client = Client()
    client.force_login(person)
    fill(person)
    is_sqlite = connection.vendor == "sqlite"
    before = canaries()  # the control: all of it is found as long as it is there
    in_files_before = canaries_in_files() if is_sqlite else None
    ask_to_leave(person=person, address_of_token=str)

    with in_days(7, seconds=2):
        said = remove()

    assert set(before) == tables_of_people()
    assert said.startswith("Deleted: accounts 1,")
    assert canaries() == {}
    assert Session.objects.count() == 0
    if is_sqlite:
        assert in_files_before > 3000
        assert canaries_in_files() == 0


# What is over beside
# ------------------------------------------------------------------------------------


def people_of_sessions():
    rows = [each.get_decoded() for each in Session.objects.all()]
    return sorted(int(each["_auth_user_id"]) for each in rows if len(each) > 0)


def test_sessions_end_with_their_account_and_no_others_do(alice, bob):
    for person in (alice, alice, bob):
        sign_in(person)
    guests = Client()
    guests.session.save()

    remove_account(person=alice)

    assert people_of_sessions() == [bob.pk]
    assert Session.objects.count() == 2
    assert UserSession.objects.get().user == bob


def test_a_session_that_no_list_knows_goes_with_what_is_over(alice, bob):
    for person in (alice, bob):
        Client().force_login(person)

    remove_account(person=alice)
    said = remove()

    assert "expired sessions 1," in said
    assert people_of_sessions() == [bob.pk]


@pytest.mark.django_db
def test_mail_that_nobody_waits_for_goes():
    def write(hours):
        moment = timezone.now() - timedelta(hours=hours)
        return Mail.objects.create(
            sender="a@example.org",
            recipients=["b@example.org"],
            subject="s",
            text="t",
            html="",
            headers={},
            written_at=moment,
        )

    young, _old = write(23), write(25)

    said = remove()

    assert "mail 1," in said
    assert list(Mail.objects.all()) == [young]


@pytest.mark.django_db
def test_counts_of_tries_go_when_they_ran_out(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
        }
    }
    call_command("createcachetable")
    counts = caches["default"]
    counts.set("192.0.2.1", 1, timeout=60)
    counts.set("192.0.2.2", 1, timeout=3600)

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        said = remove()

    assert "counts of tries 1." in said
    assert counts.get("192.0.2.2") == 1
