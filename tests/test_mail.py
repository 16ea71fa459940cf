"""Mail never keeps anybody waiting, whatever the mail server does."""

import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tests.house import ROOT
from tpmguide.mail import PATIENCE_AT_EXIT, Outbox, outbox

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
    """Mail goes through the outbox to a server that is of no use."""
    settings.EMAIL_BACKEND = "tpmguide.mail.EmailBackend"
    settings.EMAIL_SENT_BY = SMTP
    with request.param() as (settings.EMAIL_HOST, settings.EMAIL_PORT):
        yield
    assert outbox.flush(30)


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
    assert threading.active_count() <= before + 1


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
def test_without_the_outbox_a_hanging_server_keeps_people_waiting(settings):
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
def test_without_the_outbox_a_refusing_server_breaks_the_page(page, settings, alice):
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


# The outbox
# ------------------------------------------------------------------------------------


def message(to="cyril@example.org"):
    return EmailMessage("Your code", "The code is QWERTZ.", to=[to])


def test_the_outbox_sends_what_it_is_given(settings, mailoutbox):
    settings.EMAIL_BACKEND = "tpmguide.mail.EmailBackend"
    settings.EMAIL_SENT_BY = "django.core.mail.backends.locmem.EmailBackend"

    sent = mail.get_connection().send_messages([message("a@b.org"), message("c@d.org")])

    assert outbox.flush(5)
    assert sent == 2
    assert [each.to for each in mailoutbox] == [["a@b.org"], ["c@d.org"]]


def test_a_failure_is_logged_without_what_was_in_it(bad_server, caplog):
    message().send()

    assert outbox.flush(30)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "could not be sent" in caplog.text
    assert [
        part
        for part in ("cyril", "example.org", "QWERTZ", "code")
        if part in caplog.text
    ] == []


def test_a_message_that_cannot_be_sent_does_not_stop_the_next(settings, mailoutbox):
    settings.EMAIL_SENT_BY = "django.core.mail.backends.locmem.EmailBackend"

    outbox.put(message(to="two\nlines@example.org"))
    outbox.put(message())

    assert outbox.flush(5)
    assert [each.to for each in mailoutbox] == [["cyril@example.org"]]


def test_a_full_outbox_drops_what_comes_and_says_so(settings, caplog):
    settings.EMAIL_SENT_BY = SMTP
    small = Outbox(size=2)

    with hanging_server() as (settings.EMAIL_HOST, settings.EMAIL_PORT):
        taken = [small.put(message()) for _ in range(10)]

    assert taken[:2] == [True, True]
    assert sum(taken) <= 3  # two wait, and one may be on its way
    assert caplog.text.count("A mail was dropped: 2 wait to be sent.") >= 7
    assert "cyril" not in caplog.text
    assert small.flush(30)


AT_EXIT = """
import multiprocessing, sys
from django.conf import settings
from django.core.mail import EmailMessage
settings.configure(
    EMAIL_BACKEND="tpmguide.mail.EmailBackend", EMAIL_TIMEOUT=20, USE_TZ=True,
    EMAIL_SENT_BY=sys.argv[1], EMAIL_FILE_PATH=sys.argv[2],
    EMAIL_HOST="127.0.0.1", EMAIL_PORT=int(sys.argv[3]),
)
def send():
    for number in range(20):
        EmailMessage(f"Number {number}", "Text", to=["cyril@example.org"]).send()
if sys.argv[4] == "forked":  # as the server's workers are
    worker = multiprocessing.get_context("fork").Process(target=send)
    worker.start()
    worker.join()
else:
    send()
"""


def leave(*arguments):
    """An interpreter that hands over twenty mails and ends at once; its seconds."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", AT_EXIT, *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=30)
    return time.perf_counter() - begun


@pytest.mark.parametrize("process", ["forked", "main"])
def test_what_waits_is_sent_before_the_process_ends(process, tmp_path):
    leave("django.core.mail.backends.filebased.EmailBackend", tmp_path, 0, process)

    mails = "".join(file.read_text() for file in tmp_path.iterdir())
    assert mails.count("Subject: Number") == 20


@pytest.mark.parametrize("process", ["forked", "main"])
def test_a_hanging_server_keeps_no_process_from_ending(process, tmp_path):
    with hanging_server() as (_host, port):
        seconds = leave(SMTP, tmp_path, port, process)

    assert PATIENCE_AT_EXIT <= seconds < PATIENCE_AT_EXIT + 5
