"""Mail never keeps anybody waiting, whatever the mail server does."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.house import ROOT
from tpmguide.mail import send_next
from tpmguide.models import Mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"
AT_MOST = 1.0  # seconds for an answer
CODE_PAGES = {
    "account_signup": "account_email_verification_sent",
    "account_reset_password": "account_confirm_password_reset_code",
}


# Mail servers that are of no use
# ------------------------------------------------------------------------------------


@contextmanager
def hanging_server():
    """Takes every connection, and says nothing."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield listener.getsockname()


@contextmanager
def refusing_server():
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        yield nobody_listens.getsockname()


@contextmanager
def absent_server():
    yield "mail.invalid", 25


SERVERS = [hanging_server, refusing_server, absent_server]


@pytest.fixture(params=SERVERS, ids=lambda server: server.__name__)
def bad_server(request, settings):
    """Mail goes through the table to a server that is of no use."""
    settings.EMAIL_BACKEND = "tpmguide.mail.EmailBackend"
    settings.EMAIL_SENT_BY = SMTP
    with request.param() as (settings.EMAIL_HOST, settings.EMAIL_PORT):
        yield


def without_tokens(page):
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", page)


def send_form(page, email, client=None):
    """Answers the form of a page; (answer, seconds)."""
    begun = time.perf_counter()
    answer = (client or Client()).post(
        reverse(page), {"email": email, "password1": "a long way round"}
    )
    return answer, time.perf_counter() - begun


# Pages
# ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_twenty_people_sign_up_and_none_of_them_waits(bad_server):
    send_form("account_signup", "first@example.org")  # loads what all others find
    cache.clear()  # and does not count as one of twenty a minute
    before = threading.active_count()
    times = []

    for number in range(20):
        answer, seconds = send_form("account_signup", f"{number}@example.org")
        times.append(seconds)
        assert (answer.status_code, answer.url) == (
            302,
            reverse(CODE_PAGES["account_signup"]),
        )

    assert max(times) <= AT_MOST
    assert User.objects.count() == 21
    assert threading.active_count() <= before
    assert Mail.objects.count() == 21


@pytest.mark.django_db
@pytest.mark.parametrize("page", CODE_PAGES)
def test_known_and_unknown_get_the_same_code_page(page, bad_server, alice):
    pages = []

    for email in ("alice@example.org", "cyril@example.org"):
        client = Client()
        answer, seconds = send_form(page, email, client)
        assert (answer.status_code, answer.url) == (302, reverse(CODE_PAGES[page]))
        assert seconds <= AT_MOST
        pages.append(client.get(answer.url).content.decode().replace(email, "…"))

    assert "may take a few minutes" in pages[0]
    assert without_tokens(pages[0]) == without_tokens(pages[1])


@pytest.mark.django_db
def test_without_the_table_a_hanging_server_keeps_people_waiting(settings):
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_TIMEOUT = AT_MOST + 0.5
    begun = time.perf_counter()

    with (
        hanging_server() as (settings.EMAIL_HOST, settings.EMAIL_PORT),
        pytest.raises(OSError, match="timed out"),
    ):
        send_form("account_signup", "cyril@example.org")

    assert time.perf_counter() - begun > AT_MOST


@pytest.mark.django_db
@pytest.mark.parametrize("page", CODE_PAGES)
def test_without_the_table_a_refusing_server_breaks_the_page(page, settings, alice):
    settings.EMAIL_BACKEND = SMTP

    with (
        refusing_server() as (settings.EMAIL_HOST, settings.EMAIL_PORT),
        pytest.raises(ConnectionRefusedError),
    ):
        send_form(page, "alice@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["alice@example.org", "cyril@example.org"])
def test_a_code_can_be_sent_again(email, client, alice, mailoutbox):
    code_page, _ = send_form("account_signup", email, client)
    too_soon = client.post(code_page.url, {"action": "resend"})
    cache.clear()  # ten seconds have passed

    again = client.post(code_page.url, {"action": "resend"})

    assert "Send a new code" in client.get(code_page.url).content.decode()
    assert too_soon.status_code == 429
    assert (again.status_code, again.url) == (302, code_page.url)
    new = [code_in(message) for message in mailoutbox]
    assert len(set(new)) == len(new) == (1 if email.startswith("alice") else 2)


def code_in(message):
    found = re.search(r"^[A-Z0-9]{4,}-?[A-Z0-9]+$", message.body, re.MULTILINE)
    return found and found[0]


@pytest.mark.django_db
def test_a_new_password_can_be_asked_for_again(client, alice, mailoutbox):
    code_page, _ = send_form("account_reset_password", "alice@example.org", client)
    page = client.get(code_page.url).content.decode()

    send_form("account_reset_password", "alice@example.org", client)

    assert f'href="{reverse("account_reset_password")}"' in page
    assert len({code_in(message) for message in mailoutbox}) == 2


@pytest.mark.django_db
def test_who_tries_again_is_led_to_the_code_page(client, mailoutbox):
    send_form("account_signup", "cyril@example.org", client)

    again, _ = send_form("account_signup", "cyril@example.org", client)
    elsewhere, _ = send_form("account_signup", "cyril@example.org")
    cache.clear()  # ten seconds have passed
    later, _ = send_form("account_signup", "cyril@example.org")

    answers = [again, elsewhere, later]
    assert [answer.status_code for answer in answers] == [302, 429, 302]
    assert again.url == later.url == reverse("account_email_verification_sent")


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{}, {"code": "right"}, {"action": "resend"}])
@pytest.mark.parametrize("is_kept", [True, False], ids=["no session", "no cookie"])
def test_a_code_page_without_its_session_leads_to_the_sign_in(
    is_kept, data, client, mailoutbox
):
    code_page, _ = send_form("account_signup", "cyril@example.org", client)
    if "code" in data:
        data = {"code": code_in(mailoutbox[0])}
    if is_kept:
        Session.objects.all().delete()
    else:
        client.cookies.clear()

    answer = client.post(code_page.url, data) if data else client.get(code_page.url)

    assert (answer.status_code, answer.url) == (302, reverse("account_login"))


@pytest.mark.django_db
def test_the_code_of_an_account_that_is_gone_is_wrong(client, mailoutbox):
    code_page, _ = send_form("account_signup", "cyril@example.org", client)
    User.objects.get().delete()

    answer = client.post(code_page.url, {"code": code_in(mailoutbox[0])})

    assert answer.status_code == 200
    assert "Incorrect code." in answer.content.decode()


# The table and the worker
# ------------------------------------------------------------------------------------

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def queued(settings, db):
    """Mail goes into the table, and from there into `mailoutbox`."""
    settings.EMAIL_BACKEND = "tpmguide.mail.EmailBackend"
    settings.EMAIL_SENT_BY = LOCMEM


def message(to="cyril@example.org"):
    return EmailMessage("Your code", "The code is QWERTZ.", to=[to])


def work():
    call_command("work", "--once")


def test_the_worker_sends_what_waits_once(queued, mailoutbox):
    sent = mail.get_connection().send_messages([message("a@b.org"), message("c@d.org")])
    assert (sent, mailoutbox) == (2, [])

    work()
    work()

    assert [each.to for each in mailoutbox] == [["a@b.org"], ["c@d.org"]]
    assert mailoutbox[0].body == "The code is QWERTZ."
    assert not Mail.objects.exists()


def test_a_mail_arrives_with_all_its_parts(queued, mailoutbox):
    whole = EmailMultiAlternatives(
        "Subject", "Text", "from@example.org", ["to@example.org"], headers={"X-A": "1"}
    )
    whole.attach_alternative("<p>HTML</p>", "text/html")
    whole.send()

    work()

    (sent,) = mailoutbox
    assert (sent.subject, sent.body, sent.from_email) == (
        "Subject",
        "Text",
        "from@example.org",
    )
    assert sent.alternatives == [("<p>HTML</p>", "text/html")]
    assert sent.extra_headers["X-A"] == "1"


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_nothing(settings, mailoutbox):
    settings.EMAIL_BACKEND, settings.EMAIL_SENT_BY = (
        "tpmguide.mail.EmailBackend",
        LOCMEM,
    )
    with transaction.atomic():
        message().send()
        transaction.set_rollback(True)

    work()

    assert mailoutbox == []


def test_a_mail_that_was_not_taken_is_tried_again_later_each_time(
    queued, bad_server, settings, mailoutbox, caplog, time_machine
):
    settings.EMAIL_TIMEOUT = 0.1
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    message().send()
    tries = []
    for second in range(0, 600, 30):
        time_machine.move_to(start + timedelta(seconds=second), tick=False)
        work()
        if len(caplog.records) > len(tries):
            tries.append(second)

    assert tries == [0, 60, 120, 240, 540]
    assert (Mail.objects.get().tries, mailoutbox) == (5, [])

    settings.EMAIL_SENT_BY = LOCMEM
    time_machine.move_to(start + timedelta(hours=1), tick=False)
    work()
    assert [each.to for each in mailoutbox] == [["cyril@example.org"]]
    assert not Mail.objects.exists()


def test_a_mail_is_given_up_after_a_day(
    queued, bad_server, settings, caplog, time_machine
):
    settings.EMAIL_TIMEOUT = 0.1
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    message().send()
    time_machine.move_to(start + timedelta(hours=23, minutes=59), tick=False)
    work()
    assert Mail.objects.count() == 1

    time_machine.move_to(start + timedelta(hours=26), tick=False)
    work()

    assert not Mail.objects.exists()
    assert "given up after 2 tries" in caplog.text


def test_a_failure_is_logged_without_what_was_in_it(
    queued, bad_server, settings, caplog
):
    settings.EMAIL_TIMEOUT = 0.1
    message().send()

    work()

    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "could not be sent, try 1" in caplog.text
    said = [word for word in ("cyril", "example.org", "QWERTZ") if word in caplog.text]
    assert said == []


def test_a_mail_that_no_server_takes_does_not_stop_the_next(queued, mailoutbox, caplog):
    message().send()
    Mail.objects.update(recipients=["two\nlines@example.org"])
    message("next@example.org").send()

    work()

    assert [each.to for each in mailoutbox] == [["next@example.org"]]
    assert [each.tries for each in Mail.objects.all()] == [1]


def test_a_worker_killed_after_sending_sends_the_same_again(
    queued, monkeypatch, time_machine
):
    """Better twice, known as one by its Message-ID, than not at all."""
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    time_machine.move_to(start, tick=False)
    message().send()
    with monkeypatch.context() as killed:
        killed.setattr(
            Mail, "delete", lambda self: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            work()
    work()
    assert len(mail.outbox) == 1  # it is not due yet

    time_machine.move_to(start + timedelta(minutes=2), tick=False)
    work()

    first, second = (each.message()["Message-ID"] for each in mail.outbox)
    assert first == second
    assert not Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_nothing_twice(settings, tmp_path):
    settings.EMAIL_BACKEND = "tpmguide.mail.EmailBackend"
    settings.EMAIL_SENT_BY = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    for number in range(40):
        message(f"{number}@example.org").send()

    def send_all():
        while send_next():
            pass
        connection.close()

    workers = [threading.Thread(target=send_all) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    sent = "".join(file.read_text() for file in tmp_path.iterdir())
    assert sorted(re.findall(r"To: (\d+)@", sent)) == sorted(map(str, range(40)))


@pytest.mark.slow
def test_the_worker_ends_when_it_is_told_to(tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tpmguide.settings",
        "SECRET_KEY": "only-for-tests-" + "x1y2" * 10,
        "DEBUG": "true",
        "EMAIL_URL": "console://",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "manage.py"]
    for step in (["migrate", "-v0"], ["sendtestemail", "cyril@example.org"]):
        subprocess.run([*command, *step], cwd=ROOT, env=environment, check=True)
    with subprocess.Popen(
        [*command, "work"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as worker:
        said = next(line for line in worker.stdout if line.startswith("To:"))

        worker.terminate()

        assert worker.wait(10) == 0
    assert said == "To: cyril@example.org\n"
