"""Without an account: start at once, keep it by signing in, mix with nobody."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessment import actions, guests
from assessment.answers import Answer, answers_of
from assessment.models import (
    Assessment,
    Erased,
    Guest,
    PracticeNote,
    Rating,
    ShareGrant,
    digest_of,
)
from assessment.practice import save_practice_notes
from assessment.sharing import revoke_share_link
from tests.factories import SKILLS, make_assessment, make_guest, make_share_link

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


def begin(client, target="tpm"):
    """Starts as a guest and returns the assessment."""
    client.post(page("begin"), {"target": target})
    return Assessment.objects.latest("pk")


def rate_all(client, assessment, value="3"):
    for group in ("delivery", "people"):
        sent = {f"{key}-value": value for key in SKILLS}
        client.post(page("rate", assessment.uid, group), sent)


def sign_in(client, person):
    return client.post(
        reverse("account_login"),
        {"login": person.email, "password": PASSWORD},
        follow=True,
    )


@pytest.fixture
def known(bob):
    """A person with a password."""
    bob.set_password(PASSWORD)
    bob.save()
    return bob


def test_a_guest_goes_from_start_to_report(framework, client):
    assessment = begin(client)
    rate_all(client, assessment)

    response = client.post(page("submit", assessment.uid), follow=True)

    assert response.redirect_chain[-1][0] == page("report", assessment.uid)
    assert response.context["report"].result.score == 100
    assert "Only this browser can open this." in response.content.decode()


def test_a_guests_address_is_useless_elsewhere(framework, client, bob_client):
    assessment = begin(client)

    answers = [
        visitor.get(page("review", assessment.uid)).status_code
        for visitor in (client, Client(), bob_client)
    ]

    assert answers == [200, 404, 404]


def test_two_guests_never_mix(framework):
    first, second = Client(), Client()
    mine, theirs = begin(first), begin(second)

    listed = [
        [
            each.get_absolute_url()
            for each in visitor.get(page("dashboard")).context["drafts"]
        ]
        for visitor in (first, second)
    ]

    assert listed == [[mine.get_absolute_url()], [theirs.get_absolute_url()]]


def test_signing_in_claims_all_of_the_session(framework, client, known):
    uids = {begin(client).uid, begin(client, "senior-tpm").uid}

    response = sign_in(client, known)

    owned = Assessment.objects.filter(owner=known)
    assert set(owned.values_list("uid", flat=True)) == uids
    assert response.context["claimed"] == 2


def test_signing_up_claims_once_the_address_is_confirmed(framework, client):
    assessment = begin(client)
    client.post(
        reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD}
    )
    before = Assessment.objects.get().owner
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.M)[1]

    client.post(reverse("account_email_verification_sent"), {"code": code})

    assert before is None
    assert Assessment.objects.get(uid=assessment.uid).owner.email == "new@example.org"


def test_what_was_claimed_can_be_taken_out_and_put_in_again(framework, client, known):
    assessment = begin(client)
    sign_in(client, known)

    client.post(page("unclaim"))
    released = Assessment.objects.get().owner
    reachable = client.get(page("review", assessment.uid)).status_code
    client.post(page("claim"))

    assert (released, reachable) == (None, 200)
    assert Assessment.objects.get().owner == known


def test_links_to_what_is_taken_out_stay_ended_in_a_restored_backup(
    framework, client, known
):
    report = make_assessment(guest=begin(client).guest, submit=True)
    sign_in(client, known)
    report.refresh_from_db()
    link, _token = make_share_link(report)

    client.post(page("unclaim"))

    told = list(Erased.objects.values_list("model", "row"))
    assert told == [("assessment.ShareLink", link.pk)]


def test_taking_out_touches_only_what_this_sign_in_added(framework, client, known):
    make_assessment(owner=known)
    begin(client)
    sign_in(client, known)

    client.post(page("unclaim"))

    assert Assessment.objects.filter(owner=known).count() == 1


def test_a_second_press_takes_nothing_more_out(framework, client, known):
    mine = make_assessment(owner=known)
    begin(client)
    sign_in(client, known)

    for _ in range(2):
        client.post(page("unclaim"))

    assert list(Assessment.objects.filter(owner=known)) == [mine]
    assert Guest.objects.count() == 1


def test_what_somebody_owns_stays_theirs(framework, client, alice, known):
    owned = make_assessment(owner=alice)
    begin(client)

    sign_in(client, known)

    assert Assessment.objects.get(pk=owned.pk).owner == alice


def test_two_who_sign_in_with_one_token_share_nothing(framework, client, alice, known):
    begin(client)
    twin = Client()
    twin.cookies.update(client.cookies)

    sign_in(client, known)
    twin.force_login(alice)
    twin.post(page("claim"))

    assert Assessment.objects.get().owner == known


def test_forgetting_asks_and_deletes_what_this_browser_holds(framework, client, alice):
    begin(client)
    other = make_assessment(owner=alice)

    asked = client.get(page("forget")).content.decode()
    client.post(page("forget"))
    nothing = client.get(page("forget")).content.decode()

    assert "deleted for good" in asked
    assert "keeps nothing" in nothing
    assert "deleted for good" not in nothing
    assert list(Assessment.objects.all()) == [other]
    assert client.get(page("dashboard")).context["drafts"] == []


def test_a_guest_may_correct_an_answer(framework, client):
    assessment = begin(client)
    rate_all(client, assessment)
    client.post(page("submit", assessment.uid))

    client.post(page("correct", assessment.uid))

    new = Assessment.objects.latest("pk")
    assert (new.owner, new.corrects) == (None, assessment)
    assert client.get(new.get_absolute_url()).status_code == 302
    assert answers_of(new).keys() == answers_of(assessment).keys() != set()


@pytest.mark.parametrize("key", ["\x00", "x" * 10_000, "../admin", "nobody-has-this"])
@pytest.mark.parametrize("name", ["start", "find_level"])
def test_an_odd_framework_is_not_found(framework, client, name, key):
    assert client.get(page(name), {"framework": key}).status_code == 404


def test_correcting_twice_opens_the_same_draft(framework, client):
    assessment = begin(client)
    rate_all(client, assessment)
    client.post(page("submit", assessment.uid))

    first = client.post(page("correct", assessment.uid)).url
    second = client.post(page("correct", assessment.uid)).url

    assert first == second


# The token
# ------------------------------------------------------------------------------------


def values_of(cookies):
    """As a request has them."""
    return {name: cookie.value for name, cookie in cookies.items()}


def token_in(cookies):
    request = HttpRequest()
    request.COOKIES = values_of(cookies)
    return request.get_signed_cookie(settings.GUEST_COOKIE_NAME)


def test_the_form_gives_a_token_and_stores_nothing(framework, client):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page("start"))

    cookie = response.cookies[settings.GUEST_COOKIE_NAME]
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert len(token_in(response.cookies)) == 43  # 256 bits
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        "Lax",
        "/",
    )
    assert cookie["max-age"] == 30 * 24 * 60 * 60
    assert "no-store" in response["Cache-Control"]
    assert Guest.objects.count() == 0


def test_the_cookie_is_for_https_alone_where_there_is_https(
    framework, client, settings
):
    settings.GUEST_COOKIE_NAME = "__Host-guest"
    settings.SESSION_COOKIE_SECURE = True

    cookie = client.get(page("start")).cookies["__Host-guest"]
    gone = client.post(page("forget")).cookies["__Host-guest"]

    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert (gone["secure"], gone["max-age"]) == (True, 0)


def test_only_a_digest_of_the_token_is_stored(framework, client):
    begin(client)

    stored = str([*Guest.objects.values(), *Session.objects.values()])

    assert token_in(client.cookies) not in stored
    assert digest_of(token_in(client.cookies)) in stored


def test_who_is_signed_in_gets_no_token(framework, alice_client):
    response = alice_client.get(page("start"))

    assert settings.GUEST_COOKIE_NAME not in response.cookies


def odd_cookies():
    answer, token = HttpResponse(), "t" * 43
    answer.set_signed_cookie("another", token)
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        answer.set_signed_cookie(settings.GUEST_COOKIE_NAME, token)
    return {
        "unsigned": token,
        "short": "t",
        "signed for something else": answer.cookies["another"].value,
        "too old": answer.cookies[settings.GUEST_COOKIE_NAME].value,
        "odd": "é:\x7f:::",
    }


@pytest.mark.parametrize("kind", odd_cookies())
def test_a_token_that_was_not_made_here_or_is_over_is_refused(framework, client, kind):
    client.cookies[settings.GUEST_COOKIE_NAME] = odd_cookies()[kind]
    now = timezone.now()
    planted = Guest.objects.create(
        token_digest=digest_of("t" * 43), created_at=now, last_seen=now
    )
    theirs = make_assessment(guest=planted)

    status = client.get(page("review", theirs.uid)).status_code
    mine = begin(client)

    assert status == 404
    assert mine.guest != planted
    assert len(token_in(client.cookies)) == 43


def test_who_writes_gets_the_token_anew(framework):
    """A sign-in at the same moment may have taken the row, and the cookie."""
    guest, browser = make_guest()
    guest.delete()

    response = browser.post(page("begin"), {"target": "tpm"})

    assert token_in(response.cookies) == token_in(browser.cookies)
    assert Assessment.objects.get().guest == Guest.objects.get()


def test_a_guest_is_seen_before_anything_is_made(framework, rf):
    """What removes the unseen waits for the lock, and looks again."""
    guest, browser = make_guest()
    Guest.objects.update(last_seen=timezone.now() - timedelta(days=31))
    request = rf.post("/")
    request.user, request.COOKIES = AnonymousUser(), values_of(browser.cookies)

    with transaction.atomic():
        held = guests.hold(request)

    assert held == {"guest": guest}
    assert timezone.now() - Guest.objects.get().last_seen < timedelta(minutes=1)


def test_a_guest_needs_no_session(framework, client):
    begin(client)

    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert Session.objects.count() == 0


# Signing in and out
# ------------------------------------------------------------------------------------


def test_signing_in_takes_the_token(framework, client, known):
    begin(client)
    before = client.cookies[settings.GUEST_COOKIE_NAME].value

    sign_in(client, known)
    thief = Client()
    thief.cookies[settings.GUEST_COOKIE_NAME] = before

    assert client.cookies[settings.GUEST_COOKIE_NAME].value == ""
    assert Guest.objects.count() == 0
    assert thief.get(Assessment.objects.get().get_absolute_url()).status_code == 404


def test_what_was_taken_out_is_of_a_new_token(framework, client, known):
    assessment = begin(client)
    before = token_in(client.cookies)
    sign_in(client, known)

    client.post(page("unclaim"))

    assert token_in(client.cookies) != before
    assert Assessment.objects.get() == assessment
    assert Assessment.objects.get().guest == Guest.objects.get()


def test_signing_out_leaves_nothing_behind(framework, client, known):
    begin(client)
    sign_in(client, known)
    mine = make_assessment(owner=known)
    client.post(page("unclaim"))

    asked = client.get(reverse("account_logout")).content.decode()
    client.post(reverse("account_logout"))

    assert "What this browser holds outside of it is deleted." in asked
    assert (list(Assessment.objects.all()), Guest.objects.count()) == ([mine], 0)
    assert client.cookies[settings.GUEST_COOKIE_NAME].value == ""
    assert client.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_a_guest_who_asks_to_sign_out_loses_nothing(framework, client):
    assessment = begin(client)

    client.post(reverse("account_logout"))

    assert client.get(page("review", assessment.uid)).status_code == 200


# How long
# ------------------------------------------------------------------------------------

USED = "2026-03-02T12:00:00Z"


def after(**time):
    return time_machine.travel(datetime.fromisoformat(USED) + timedelta(**time))


@pytest.fixture
def draft(framework, client):
    """A guest's, begun at a known moment."""
    with after(days=0):
        return begin(client)


def seen():
    return Guest.objects.get().last_seen - datetime.fromisoformat(USED)


@pytest.mark.parametrize(("minutes", "stamped"), [(4, 0), (6, 6)])
def test_use_is_stamped_at_most_every_five_minutes(draft, client, minutes, stamped):
    with after(minutes=minutes):
        response = client.get(page("review", draft.uid))

    assert round(seen() / timedelta(minutes=1)) == stamped
    assert (settings.GUEST_COOKIE_NAME in response.cookies) == bool(stamped)


def test_between_two_stamps_a_guest_costs_no_query(draft, django_assert_num_queries):
    guest, browser = make_guest()
    mine = make_assessment(guest=guest)
    browser.get(page("review", mine.uid))

    # the draft with framework and target, its ratings
    with django_assert_num_queries(2):
        browser.get(page("review", mine.uid))


@pytest.mark.django_db(transaction=True)
def test_a_stamp_that_cannot_be_written_stops_nobody(draft, client):
    def refuse(execute, sql, *rest):
        if sql.startswith("UPDATE"):
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    with after(minutes=6), connection.execute_wrapper(refuse):
        response = client.get(page("review", draft.uid))

    assert response.status_code == 200
    assert seen() < timedelta(minutes=1)
    assert settings.GUEST_COOKIE_NAME not in response.cookies  # so it is tried again


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_a_guest_left_goes_thirty_days_after_the_last_use(
    draft, client, days, left
):
    with after(days=20):
        client.get(page("dashboard"))
    with after(days=20 + days):
        call_command("remove_unclaimed")
        status = client.get(page("review", draft.uid)).status_code

    assert Guest.objects.count() == Assessment.objects.count() == left
    assert status == (200 if left else 404)


def test_all_that_hangs_on_a_guest_goes(draft, alice, client):
    guest = Guest.objects.get()
    actions.save_answers(assessment=draft, answers={"testing": Answer(3)})
    save_practice_notes(guest=guest, framework_key="ladder", notes={"one": "Text"})
    _, token = make_share_link(make_assessment(owner=alice, submit=True))
    client.get(page("open_share", token))

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        call_command("remove_unclaimed")

    mine = Rating.objects.filter(assessment=draft.pk)
    assert not mine.exists()
    assert not PracticeNote.objects.exists()
    assert not ShareGrant.objects.exists()
    assert Assessment.objects.get().owner == alice


def test_what_nobody_can_open_goes_too(framework, alice, capsys):
    now = timezone.now()
    for owner, days in ((None, 29), (None, 31), (alice, 31)):
        made = make_assessment(owner=owner)
        long_ago = now - timedelta(days=days)
        Assessment.objects.filter(pk=made.pk).update(changed_at=long_ago)
    for n in (-1, 1):
        Session.objects.create(session_key=f"s{n}", expire_date=now + timedelta(days=n))
    report = make_assessment(owner=alice, submit=True)
    for _ in range(2):
        link, _ = make_share_link(report)
        ShareGrant.objects.create(link=link, owner=alice)
    revoke_share_link(link=link)

    call_command("remove_unclaimed")

    drafts = Assessment.objects.drafts()
    left = [(each.owner, (now - each.changed_at).days) for each in drafts]
    assert sorted(left, key=str) == sorted([(None, 29), (alice, 31)], key=str)
    assert Session.objects.get().session_key == "s1"
    assert ShareGrant.objects.exclude(link=link).count() == 1
    assert capsys.readouterr().out == (
        "Deleted: accounts 0, guests 0, unclaimed assessments 1, rights to read by ended links 1, "
        "expired sessions 1, mail 0, downloads 0, counts of tries 0.\n"
    )


def test_much_goes_a_part_at_a_time(framework, monkeypatch):
    monkeypatch.setattr(guests, "BATCH", 2)
    long_ago = timezone.now() - timedelta(days=31)
    for _ in range(5):
        make_assessment(guest=make_guest()[0])
    Guest.objects.update(last_seen=long_ago)

    with CaptureQueriesContext(connection) as queries:
        call_command("remove_unclaimed")

    deletes = [
        q for q in queries if q["sql"].startswith("DELETE") and "_guest" in q["sql"]
    ]
    assert len([q for q in deletes if '"assessment_guest"' in q["sql"]]) == 3
    assert (Guest.objects.count(), Assessment.objects.count()) == (0, 0)


def test_the_privacy_page_says_how_long(framework, client):
    text = client.get(page("privacy")).content.decode()

    assert Guest.KEPT_FOR.days == 30
    assert "until thirty days after your last visit" in text


# How many
# ------------------------------------------------------------------------------------


def press(client, **extra):
    sent = {"target": "tpm", "fresh": "true"}
    return client.post(page("begin"), sent, **extra)


def test_a_guest_begins_so_many_an_hour(framework, client):
    client.get(page("start"))

    for _ in range(20):
        assert press(client).status_code == 302
    refused = press(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        later = press(client).status_code

    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert (
        "only so many assessments can be begun in an hour" in refused.content.decode()
    )
    assert page("start") in refused.content.decode()
    assert later == 302


def test_who_throws_the_token_away_is_counted_by_connection(framework, settings):
    settings.ACCOUNT_RATE_LIMITS = {"begin": "20/h/key", "begin_as_guest": "3/h/ip"}

    answers = [press(Client()).status_code for _ in range(4)]
    elsewhere = press(Client(), REMOTE_ADDR="192.0.2.1").status_code

    assert answers == [302, 302, 302, 429]
    assert elsewhere == 302
    assert Assessment.objects.count() == 4


def test_a_connection_does_not_count_against_whoever_is_signed_in(
    framework, alice_client, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"begin": "2/h/key", "begin_as_guest": "0/h/ip"}

    answers = [press(alice_client).status_code for _ in range(3)]

    assert answers == [302, 302, 429]


def test_corrections_count_too(framework, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"begin": "1/h/key"}
    guest, browser = make_guest()
    reports = [
        make_assessment(guest=guest, target=target, submit=True)
        for target in ("tpm", "junior-tpm")
    ]

    answers = [browser.post(page("correct", each.uid)).status_code for each in reports]

    assert answers == [302, 429]


def test_a_browser_that_keeps_nothing_has_nothing_to_delete(framework, client):
    html = client.get(page("forget")).content.decode()

    assert "keeps nothing without an account" in html
    assert "Delete it for good" not in html
