"""What may be sent: nothing that is too large is read, kept or parsed."""

import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import Client
from django.urls import reverse

from assessment.answers import answers_of, target_of
from assessment.models import NOTE_LENGTH, REASON_LENGTH
from careers.files import text_of
from careers.models import Framework
from tests.factories import (
    make_assessment,
    make_shipped_framework,
    shipped_spec,
    small_spec,
)
from tests.reading import texts
from tools.rig.server import installation

FORM, FILE = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_MAX_MEMORY_SIZE
URL_ENCODED = "application/x-www-form-urlencoded"
IMPORT = "/admin/careers/framework/import/"
MB = 1024 * 1024


class Unread:
    """A body that says whether anybody has read of it."""

    def __init__(self):
        self.was_read = False

    def read(self, size=-1):
        self.was_read = True
        return b"x" * max(size, 0)

    readline = read


def post(path, **environ):
    """The status of a POST of which only the headers are said, and its body."""
    body = Unread()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_COOKIE": f"{settings.CSRF_COOKIE_NAME}={'a' * 32}",
        "HTTP_ORIGIN": "http://testserver",
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": body,
        "wsgi.url_scheme": "http",
    } | environ
    handler = WSGIHandler()
    return handler.get_response(WSGIRequest(environ)).status_code, body


# Too large
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/assess/begin/", {"CONTENT_LENGTH": str(FORM + 1)}),
        ("/nothing/here/", {"CONTENT_LENGTH": str(10**12)}),
        ("/nothing/here/", {"CONTENT_LENGTH": f"+{FORM + 1}"}),
        ("/static/css/app.css", {"CONTENT_LENGTH": str(FORM + 1)}),
        ("/assess/begin/", {"HTTP_TRANSFER_ENCODING": "chunked"}),
        (IMPORT, {"HTTP_TRANSFER_ENCODING": "chunked"}),
        (IMPORT, {"CONTENT_LENGTH": str(FILE + 1)}),
        ("/admin/careers/framework/import/confirm/", {"CONTENT_LENGTH": str(FORM + 1)}),
    ],
)
def test_a_body_that_is_too_large_is_not_read(path, headers):
    status, body = post(path, **headers)

    assert (status, body.was_read) == (413, False)


@pytest.mark.parametrize("size", ["", "0", "many", "1e9"])
def test_a_body_of_no_said_length_is_not_read(db, size):
    status, body = post("/assess/begin/", CONTENT_LENGTH=size)

    assert (status, body.was_read) == (403, False)


def test_a_body_of_the_largest_form_is_read(db):
    status, body = post("/assess/begin/", CONTENT_LENGTH=str(FORM))

    assert (status, body.was_read) == (400, True)  # what is in it is no form


def test_the_answer_says_what_to_do(client, db):
    response = client.post("/assess/begin/", "x" * (FORM + 1), content_type=URL_ENCODED)

    assert response.status_code == 413
    assert texts(response, "h1") == ["This is too large to be sent at once"]


# Large enough
# ------------------------------------------------------------------------------------


def test_a_page_of_long_notes_in_cyrillic_is_stored(alice, alice_client):
    make_shipped_framework()
    draft = make_assessment(owner=alice)
    spec, _ = target_of(draft)
    group = max(spec.groups, key=lambda each: len(spec.skills_in(each.key))).key
    skills = [each.key for each in spec.skills_in(group)]
    note = "Щ" * NOTE_LENGTH
    fields = {}
    for key in skills:
        fields |= {f"{key}-value": "3", f"{key}-note": note}
        fields |= {f"{key}-url": "https://example.org/" + "a" * 400}
        fields |= {f"{key}-confidence": "medium", f"{key}-revision": "0"}
    body = urlencode(fields)

    response = alice_client.post(
        reverse("assessment:rate", args=[draft.uid, group]),
        body,
        content_type=URL_ENCODED,
    )

    assert response.status_code == 302
    assert {answers_of(draft)[key].note for key in skills} == {note}
    assert len(skills) == 6
    assert 6 * 6 * NOTE_LENGTH < len(body) < FORM


def test_all_notes_of_an_interview_in_cyrillic_are_stored(alice, alice_client):
    make_shipped_framework()
    report = make_assessment(owner=alice, submit=True)
    page = reverse("assessment:interview", args=[report.uid])
    for letter in "ЩЖ":  # the second time each note is sent twice: as seen, and anew
        form = alice_client.get(page).context["form"]
        fields = {each.html_name: each.value() or "" for each in form}
        notes = dict.fromkeys(form.keys, letter * NOTE_LENGTH)
        body = urlencode(fields | notes)
        response = alice_client.post(page, body, content_type=URL_ENCODED)
        assert response.status_code == 302

    form = alice_client.get(page).context["form"]
    assert {form.stored[key] for key in form.keys} == {"Ж" * NOTE_LENGTH}
    assert len(form.keys) == 10
    assert len(body) < FORM


def test_the_largest_page_of_cards_has_room():
    """The must-haves of one level on one page, with a reason and an address each."""
    letter, other = len(urlencode({"": "Щ"})) - 1, 1000
    card = letter * (NOTE_LENGTH + REASON_LENGTH) + other
    most = max(len(level.must_haves) for level in shipped_spec().ladder)

    assert letter == 6
    assert most * card < FORM


# Files
# ------------------------------------------------------------------------------------


def file_of(size):
    text = text_of(small_spec()).encode()
    return SimpleUploadedFile("small.yaml", text + b"#" * (size - len(text)))


@pytest.fixture
def strict(db):
    """Signs people into browsers that must send the token."""

    def sign_in(person):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        return client

    return sign_in


def token_of(client):
    page = client.get(IMPORT)
    return {"csrfmiddlewaretoken": str(page.context["csrf_token"])}


def test_an_editor_imports_two_megabytes(strict, editor):
    client = strict(editor)

    response = client.post(IMPORT, {"file": file_of(2 * MB)} | token_of(client))

    assert response.status_code == 200
    assert response.context["plan"].spec.title == "Small ladder"


def test_an_import_without_the_token_is_refused(strict, editor):
    response = strict(editor).post(IMPORT, {"file": file_of(MB)})

    assert response.status_code == 403
    assert texts(response, "h1") == ["The form was too old to be saved"]


@pytest.mark.parametrize("who", ["nobody", "alice", "staff"])
def test_the_file_of_who_may_not_import_is_not_read(strict, alice, bob, who):
    bob.is_staff = True
    bob.save()
    bob.user_permissions.add(Permission.objects.get(codename="view_framework"))
    client = Client()
    if who != "nobody":
        client = strict({"alice": alice, "staff": bob}[who])
    cookies = "; ".join(f"{n}={m.value}" for n, m in client.cookies.items())

    status, body = post(IMPORT, CONTENT_LENGTH=str(FILE), HTTP_COOKIE=cookies)

    assert (status, body.was_read) == (403 if who == "staff" else 302, False)


def test_a_file_is_kept_nowhere_but_at_the_import(editor_client, framework):
    """A page that takes no file throws it away while it is read."""
    response = editor_client.post(
        reverse("admin:careers_framework_confirm_import"), {"file": file_of(MB // 4)}
    )

    request = response.wsgi_request
    assert (request.FILES, request.upload_handlers) == ({}, [])
    assert Framework.objects.count() == 1


# A real server
# ------------------------------------------------------------------------------------

PART = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
FLOOD = 400 * MB


def flood(port, length, chunked):
    """Sends `length` bytes of a file as long as they are taken: (status line, sent)."""
    block, sent = b"z" * 65536, 0
    size = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {length}"
    head = (
        f"POST /assess/begin/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Origin: http://127.0.0.1:{port}\r\nCookie: csrftoken={'a' * 32}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\n{size}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        with suppress(ConnectionError):
            line.sendall(head.encode())
            while sent < length:
                piece = (PART if sent == 0 else b"") + block
                line.sendall(
                    b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece
                )
                sent += len(piece)
        return line.recv(100).partition(b"\r\n")[0], sent


def memory_of(server):
    """Resident bytes of all processes of the server."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[3]) == server.process.pid:  # the session
                total += int(after_name[21]) * 4096
    return total


@pytest.mark.rig
@pytest.mark.parametrize("chunked", [False, True])
def test_a_flood_fills_neither_the_disk_nor_the_memory(tmp_path, chunked):
    written, done = set(), threading.Event()

    def watch():
        while not done.wait(0.005):
            written.update(set(tmp_path.iterdir()) - counts)

    with installation() as (server, _):
        server.environment["TMPDIR"] = str(tmp_path)
        server.start()
        counts = set(tmp_path.iterdir())  # the folder of what /metrics tells
        # A process loads the framework with its first page; the flood must not find one
        # that has answered none. Which one takes a connection is chance.
        for _ in range(40):
            urlopen(f"http://127.0.0.1:{server.port}/").close()
        before = memory_of(server)
        watcher = threading.Thread(target=watch)
        watcher.start()
        answers = [flood(server.port, FLOOD, chunked) for _ in range(3)]
        time.sleep(0.1)
        grown = memory_of(server) - before
        done.set()
        watcher.join()

    assert [line for line, _ in answers] == [b"HTTP/1.1 413 Payload Too Large"] * 3
    assert max(sent for _, sent in answers) < 16 * MB
    assert written == set()
    assert grown < 20 * MB
