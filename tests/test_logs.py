"""What is written down, and that nothing personal is in it."""

import contextlib
import http.client
import io
import json
import logging
import re
from copy import deepcopy
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from assessment.guests import remove_unseen
from assessment.models import Assessment, Guest, ShareLink
from careers.files import text_of
from careers.models import Framework
from careers.store import spec_of
from tests.accounts import change_address
from tests.factories import (
    SKILLS,
    make_assessment,
    make_guest,
    make_share_link,
)
from tools.rig.server import installation
from tpmguide.logs import JsonLine, ReadableLine

pytestmark = pytest.mark.django_db

CODE = re.compile(r"^\s*([A-Z0-9-]{6,})\s*$", re.M)
ESCAPES = "a\r\nb\x1b[31mc\u2028d\x85e"


@pytest.fixture
def written():
    """Everything that the server would write: `text()`, `lines()`, `events()`."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLine())
    logging.getLogger().addHandler(handler)

    def lines():
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    def events():
        """Without what differs from run to run."""
        of_no_use = ("time", "level", "logger", "request")
        return [
            {name: value for name, value in line.items() if name not in of_no_use}
            for line in lines()
            if line["logger"] == "tpmguide.events"
        ]

    yield SimpleNamespace(text=stream.getvalue, lines=lines, events=events)
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, submit=True)


def event(message, actor, route, method="POST", **added):
    """A line of an event as `events()` gives it."""
    return {
        "message": message,
        "actor": actor and actor.pk,
        "method": method,
        "route": route,
    } | added


def sign_in(client, person, password=None):
    said = {"login": person.email, "password": password or f"{person}'s password"}
    return client.post(reverse("account_login"), said)


# Accounts
# ------------------------------------------------------------------------------------


def test_signing_in_and_out_is_written_down(client, alice, written):
    sign_in(client, alice)
    client.post(reverse("account_logout"))

    assert written.events() == [
        event("signed_in", alice, "account_login", user=alice.pk),
        event("signed_out", alice, "account_logout", user=alice.pk),
    ]


def test_a_failed_sign_in_names_nobody(client, alice, written):
    sign_in(client, alice, "a wrong password")

    assert written.events() == [
        event("sign_in_failed", None, "account_login", user=None)
    ]


def test_the_end_of_tries_to_sign_in_is_written_down(client, alice, written):
    for _ in range(6):
        sign_in(client, alice, "a wrong password")

    assert written.events()[5:] == [event("rate_limited", None, "account_login")]


def test_an_answer_429_is_written_down(client, db, written, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    for _ in range(2):
        client.post(reverse("account_reset_password"), {"email": "no@example.org"})

    limited = event("rate_limited", None, "account_reset_password", status=429)
    assert written.events() == [limited]


def test_a_sign_up_is_written_down_from_form_to_code(client, db, written):
    said = {"email": "new@example.org", "password1": "correct horse battery"}
    client.post(reverse("account_signup"), said)
    confirm = reverse("account_email_verification_sent")
    client.post(confirm, {"code": "WRONG-ONE"})
    client.post(confirm, {"code": CODE.search(mail.outbox[-1].body)[1]})

    new, route = User.objects.get().pk, "account_email_verification_sent"
    told = [(line["message"], line["user"], line["route"]) for line in written.events()]
    assert told == [
        ("signed_up", new, "account_signup"),
        ("email_code_rejected", new, route),
        ("email_confirmed", new, route),
        ("email_changed", new, route),  # from none
        ("signed_in", new, route),
    ]


def test_a_changed_password_is_written_down(alice, alice_client, written):
    words = {"password1": "correct horse battery", "password2": "correct horse battery"}
    said = {"oldpassword": "alice's password"} | words
    alice_client.post(reverse("account_change_password"), said)

    (told,) = [each for each in written.events() if each["message"] != "signed_in"]
    assert told == event(
        "password_changed", alice, "account_change_password", user=alice.pk
    )


def test_a_reset_is_written_down(client, alice, written):
    words = {"password1": "correct horse battery", "password2": "correct horse battery"}
    client.post(reverse("account_reset_password"), {"email": alice.email})
    confirm = reverse("account_confirm_password_reset_code")
    client.post(confirm, {"code": "WRONG-ONE"})
    client.post(confirm, {"code": CODE.search(mail.outbox[-1].body)[1]})
    client.post(reverse("account_complete_password_reset"), words)

    told = {line["message"]: line["user"] for line in written.events()}
    assert told["password_reset_code_rejected"] == told["password_reset"] == alice.pk


def test_addresses_are_told_without_the_address(alice, alice_client, written):
    change_address(alice_client, "other@example.org", password="alice's password")

    told = [(line["message"], line["user"]) for line in written.events()]
    assert told == [
        (name, alice.pk) for name in ("email_added", "email_confirmed", "email_changed")
    ]
    assert "@" not in written.text()


# Assessments, share links, frameworks
# ------------------------------------------------------------------------------------


def test_a_share_link_is_written_down_from_making_to_revoking(
    done, alice, alice_client, client, written
):
    said = {"label": "My manager", "days": 30}
    alice_client.post(reverse("assessment:share", args=[done.uid]), said)
    link, token = make_share_link(done)
    client.get(reverse("assessment:open_share", args=[token]))
    revoke = reverse("assessment:revoke", args=[done.uid, link.uid])
    alice_client.post(revoke)
    alice_client.post(revoke)

    first, own = ShareLink.objects.order_by("pk").first().pk, done.pk
    made = event("share_made", alice, "assessment:share", link=first, assessment=own)
    opened = event("share_opened", None, "assessment:open_share", "GET", link=link.pk)
    revoked = event("share_revoked", alice, "assessment:revoke", link=link.pk)
    by_hand = {"message": "share_made", "link": link.pk, "assessment": own}
    assert written.events() == [made, by_hand, opened, revoked]


def test_a_deleted_assessment_is_written_down(done, alice, alice_client, written):
    alice_client.post(reverse("assessment:delete", args=[done.uid]))

    told = event(
        "assessments_deleted", alice, "assessment:delete", assessments=[done.pk]
    )
    assert written.events() == [told]


def test_what_a_guest_forgets_is_written_down(framework, client, written):
    client.post(reverse("assessment:begin"), {"target": "tpm"})
    number = Assessment.objects.get().pk
    client.post(reverse("assessment:forget"))

    told = event("assessments_deleted", None, "assessment:forget", assessments=[number])
    assert written.events() == [told]


def test_what_is_removed_with_a_guest_is_written_down(framework, written):
    guest, _ = make_guest()
    number = make_assessment(guest=guest).pk
    later = timezone.now() + 2 * Guest.KEPT_FOR

    remove_unseen(now=later)

    (told,) = written.events()
    assert (told["message"], told["assessments"]) == ("assessments_deleted", [number])


def test_a_deleted_account_is_written_down(alice, admin, admin_client, written):
    route = "admin:auth_user_delete"
    admin_client.post(reverse(route, args=[alice.pk]), {"post": "yes"})

    same = {"model": "auth.user", "row": alice.pk}
    assert written.events() == [
        event("rows_read", admin, route, **same),
        event("row_deleted", admin, route, **same),
        event("account_deleted", admin, route, user=alice.pk),
    ]


def test_what_staff_look_up_of_people_is_written_down(
    done, admin, admin_client, written
):
    change, rows = "admin:assessment_assessment_change", "admin:auth_user_changelist"
    admin_client.get(reverse(change, args=[done.pk]))
    admin_client.get(reverse(rows), {"q": "alice"})
    admin_client.get(reverse(change, args=["9" * 5000]))
    admin_client.get(reverse("admin:careers_skill_changelist"))

    person, people = {"model": "assessment.assessment"}, {"model": "auth.user"}
    assert written.events() == [
        event("rows_read", admin, change, "GET", **person, row=done.pk),
        event("rows_read", admin, rows, "GET", **people, row=None),
        event("rows_read", admin, change, "GET", **person, row=None),
    ]


def test_a_right_that_is_given_is_written_down(alice, admin, admin_client, written):
    page = reverse("admin:auth_user_change", args=[alice.pk])
    form = admin_client.get(page).context["adminform"].form
    said = {name: value for name, value in form.initial.items() if value}
    dates = {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    answer = admin_client.post(page, said | dates | {"is_staff": "on"})

    assert answer.status_code == 302
    assert written.events()[-1] == event(
        "row_changed", admin, "admin:auth_user_change", model="auth.user", row=alice.pk
    )


def test_an_import_and_a_publication_are_written_down(
    framework, editor, editor_client, written
):
    text = text_of(spec_of(framework).replaced(version="2.0"))
    upload = SimpleUploadedFile("all.yaml", text.encode())
    page = editor_client.post(
        reverse("admin:careers_framework_import"), {"file": upload}
    )
    carried = page.context["form"].initial
    editor_client.post(reverse("admin:careers_framework_confirm_import"), carried)
    draft = Framework.objects.drafts().get()
    publish = reverse("admin:careers_framework_publish", args=[draft.pk])
    editor_client.post(publish, {"notes": "Nothing but the number."})

    what = {"framework": draft.key, "version": draft.version}
    route = "admin:careers_framework_"
    assert written.events() == [
        event("framework_imported", editor, f"{route}confirm_import", **what),
        event("framework_published", editor, f"{route}publish", **what),
    ]


# Refusals
# ------------------------------------------------------------------------------------


def test_what_is_forbidden_is_written_down(framework, bob, editor, written):
    client = Client()
    client.force_login(editor)
    client.get(reverse("admin:auth_user_changelist"))

    refused = event(
        "forbidden", editor, "admin:auth_user_changelist", "GET", status=403
    )
    assert written.events()[1:] == [refused]


def test_a_form_without_its_token_is_written_down(alice, written):
    client = Client(enforce_csrf_checks=True)
    client.post(reverse("account_login"), {"login": alice.email}, HTTP_REFERER="x")

    (why,) = [x for x in written.lines() if x["logger"] == "django.security.csrf"]
    assert (why["message"], why["status"]) == ("Forbidden", 403)
    assert written.events() == [event("forbidden", None, "account_login", status=403)]


# Requests and errors
# ------------------------------------------------------------------------------------


def test_each_request_has_a_line_and_an_id(framework, alice, alice_client, written):
    response = alice_client.get(reverse("assessment:dashboard"), {"page": "secret"})

    (line,) = written.lines()
    assert (
        line["request"] == response.headers["X-Request-ID"] == UUID(line["request"]).hex
    )
    assert line["time"].endswith("+00:00")
    assert line["ms"] >= 0
    wanted = {"message": "answered", "status": 200, "route": "assessment:dashboard"}
    assert wanted.items() <= line.items()
    assert (line["actor"], line["method"]) == (alice.pk, "GET")


def test_no_line_asks_the_database_who_it_was(
    rf, alice, written, django_assert_num_queries
):
    request = rf.get("/")
    request.user = SimpleLazyObject(lambda: User.objects.get(pk=alice.pk))
    logger = logging.getLogger("tpmguide.events")

    with django_assert_num_queries(0):
        logger.info("before", extra={"request": request})
    assert request.user.pk == alice.pk
    logger.info("after", extra={"request": request})

    assert [line["actor"] for line in written.lines()] == [None, alice.pk]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("0af7651916cd43dd8448eb211c80319c", True),
        ("6F9619FF-8B86-D011-B42D-00C04FC964FF", True),
        ("short", False),
        ("alice@example.org", False),
        ("a" * 37, False),
        ("a" * 20 + "\n", False),
        ("\x1b[31m" + "a" * 16, False),
    ],
)
def test_the_id_of_a_proxy_is_kept_if_it_looks_like_one(db, client, sent, kept):
    response = client.get("/nowhere/", headers={"X-Request-ID": sent})

    assert (response.headers["X-Request-ID"] == sent) is kept


def failing(error, *words):
    """Lets the database fail at statements that begin with one of the words.

    But not at a new session: Django tries for ever until it has one.
    """

    def execute(go_on, sql, params, many, context):
        is_session = sql.startswith('INSERT INTO "django_session"')
        if sql.startswith(words) and not is_session:
            raise error(f"{sql} {params}")
        return go_on(sql, params, many, context)

    return connection.execute_wrapper(execute)


def test_an_error_is_told_with_kind_and_place(done, alice, alice_client, written):
    alice_client.raise_request_exception = False
    with failing(DatabaseError, 'SELECT "assessment'):
        response = alice_client.get(reverse("assessment:report", args=[done.uid]))

    assert response.status_code == 500
    error, answered = written.lines()
    assert error["request"] == answered["request"] == response.headers["X-Request-ID"]
    assert (error["level"], error["message"]) == ("ERROR", "Internal Server Error")
    assert error["route"] == "assessment:report"
    assert error["trace"].endswith("django.db.utils.DatabaseError\n")
    assert "assessment/views/report.py" in error["trace"]
    assert "SELECT" not in error["trace"]


def test_the_errors_before_an_error_are_told(written):
    try:
        try:
            int("what somebody typed")
        except ValueError as error:
            raise IntegrityError("a row") from error
    except IntegrityError:
        logging.getLogger("elsewhere").exception("broken")

    (line,) = written.lines()
    kinds = [x for x in line["trace"].splitlines() if not x.startswith(" ")]
    assert kinds == ["builtins.ValueError", "django.db.utils.IntegrityError"]


def test_a_line_stays_a_line(rf, written):
    request = rf.get("/", headers={"X-Request-ID": ESCAPES})
    request.resolver_match = SimpleNamespace(view_name=ESCAPES)
    logging.getLogger("tpmguide.events").info(ESCAPES, extra={"request": request})

    text = written.text()
    assert (text.count("\n"), text.isascii()) == (1, True)
    assert text.rstrip("\n").isprintable()
    assert json.loads(text)["route"] == ESCAPES


def test_of_a_library_the_sentence_is_told_without_its_values(rf, written):
    logger, extra = logging.getLogger("some.library"), {"request": rf.get("/")}
    logger.warning("Odd name: %s", "alice", extra=extra)
    logger.warning(f"Odd name: {'alice'}", extra=extra)
    logger.warning("At start: %s", "a file")

    first, second, third = [line["message"] for line in written.lines()]
    assert first == "Odd name: %s"
    assert re.fullmatch(r".*/tests/test_logs\.py:\d+", second)
    assert third == "At start: a file"


def test_in_development_a_line_is_for_people(rf):
    record = logging.makeLogRecord(
        {"name": "tpmguide.events", "levelname": "INFO", "msg": "share_made", "link": 7}
    )
    record.version = ESCAPES

    said = ReadableLine().format(record)

    assert re.fullmatch(
        r"\d\d:\d\d:\d\d INFO share_made logger='tpmguide.events' link=7 version='.*'",
        said,
    )
    assert said.isprintable()


# Nothing personal
# ------------------------------------------------------------------------------------

CANARY = "kanarie"
NOTE, LABEL, LINK, SHOWN, QUERY = (f"{CANARY}-{n}" for n in range(5))
PASSWORD, EMAIL = f"{CANARY}-password-9", f"{CANARY}@example.org"


def card(skill, value):
    said = {"-value": value, "-confidence": "high", "-note": NOTE, "-revision": "0"}
    return {f"{skill}{name}": text for name, text in said.items()}


def flows(client, framework):
    """A person's way through the app, with a canary in whatever can be typed."""
    post, get = client.post, client.get
    post(reverse("account_signup"), {"email": EMAIL, "password1": PASSWORD})
    code = CODE.search(mail.outbox[-1].body)[1]
    post(reverse("account_email_verification_sent"), {"code": CANARY})
    post(reverse("account_email_verification_sent"), {"code": code})
    post(reverse("account_logout"))
    post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD + "x"})
    post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    get(reverse("assessment:search"), {"q": QUERY})
    post(reverse("assessment:begin"), {"target": "tpm"})
    draft = Assessment.objects.latest("pk")
    for skill in SKILLS:
        save = reverse("assessment:save", args=[draft.uid, skill])
        post(save, card(skill, "3"))
    post(reverse("assessment:submit", args=[draft.uid]))
    post(reverse("assessment:rename", args=[draft.uid]), {"label": LABEL})
    share = {"label": LINK, "shown_name": SHOWN, "days": 30, "includes_notes": "on"}
    post(reverse("assessment:share", args=[draft.uid]), share)
    link, token = make_share_link(draft, label=LINK)
    get(reverse("assessment:open_share", args=[token]), {"from": QUERY})
    get(reverse("assessment:shared_report", args=[link.uid]))
    for page in ("report", "report_json", "report_csv", "interview", "what_if"):
        get(reverse(f"assessment:{page}", args=[draft.uid]), {"x": QUERY})
    get(f"/{CANARY}/")
    get(reverse("assessment:report", args=[link.uid]), headers={"Referer": QUERY})
    post(reverse("account_reset_password"), {"email": EMAIL})
    post(reverse("account_email"), {"email": f"2{EMAIL}", "action_add": ""})
    secrets = [token, code, draft.uid, draft.uid.hex, link.uid, link.token_digest]
    secrets += [client.cookies["sessionid"].value, CODE.search(mail.outbox[-1].body)[1]]
    post(reverse("assessment:delete", args=[draft.uid]))
    return [str(each) for each in secrets]


def test_the_flows_leave_no_canary(client, framework, written):
    secrets = flows(client, framework)

    assert [line["message"] for line in written.events()].count("share_made") == 2
    assert Assessment.objects.count() == 0
    text = written.text()
    assert [each for each in (CANARY, *secrets) if each in text] == []


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("SELECT", DatabaseError),
        ("INSERT", IntegrityError),
        ("UPDATE", ValueError),
        ("DELETE", DatabaseError),
    ],
)
def test_nothing_that_fails_on_the_way_leaves_a_canary(
    error, words, framework, alice, written
):
    """Each step is tried with a database that refuses, and says all that it was told."""
    client = Client(raise_request_exception=False)
    statuses = []

    def stumble(method):
        def step(*args, **kwargs):
            before, cookies = transaction.savepoint(), deepcopy(client.cookies)
            with failing(error, words):
                statuses.append(method(*args, **kwargs).status_code)
            transaction.set_rollback(False)
            transaction.savepoint_rollback(before)
            client.cookies = cookies
            cache.clear()
            return method(*args, **kwargs)

        return step

    client.post, client.get = stumble(client.post), stumble(client.get)
    secrets = flows(client, framework)

    assert statuses.count(500) >= 1
    errors = [line for line in written.lines() if line["level"] == "ERROR"]
    assert len(errors) >= statuses.count(500)
    assert sum("trace" in line for line in errors) >= len(errors) / 2
    text = written.text()
    assert [each for each in (CANARY, *secrets) if each in text] == []


@pytest.mark.rig
def test_the_server_itself_writes_errors_and_no_token():
    """As `make run` starts it, with a table missing; its output is all there is."""
    token = f"{CANARY}-" + "t" * 35
    with installation() as (server, database):
        server.start()
        with contextlib.closing(database.connect()) as rows:
            rows.execute("ALTER TABLE assessment_sharelink RENAME TO away")
            rows.commit()
        visitor = http.client.HTTPConnection("127.0.0.1", server.port)
        visitor.request(
            "GET", f"/shared/{token}/?q={CANARY}", headers={"Cookie": CANARY}
        )
        answer = visitor.getresponse()
        visitor.close()
        server.log.seek(0)
        output = server.log.read()

    assert answer.status == 500
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    told = [x for x in lines if x.get("request") == answer.headers["X-Request-ID"]]
    assert [line["message"] for line in told] == ["Internal Server Error", "answered"]
    assert "assessment/access.py" in told[0]["trace"]
    assert CANARY not in output
