"""What deploy/nginx.conf lets through to the app, and what it answers itself."""

import contextlib
import http.client
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.rig.proxy import NGINX, OPENSSL, proxy
from tools.rig.server import free_port
from tools.rig.slow import half_sent

needs_nginx = pytest.mark.skipif(
    not (NGINX and OPENSSL), reason="nginx and openssl are not installed"
)
pytestmark = [pytest.mark.rig, needs_nginx]
IMPORT = "/admin/careers/framework/import/"
KB = 1024


class Mirror(BaseHTTPRequestHandler):
    """Stands for the app: answers with the head of the request, and its body's length."""

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = {"headers": self.headers.items(), "length": len(body)}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    do_POST = do_GET

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def front():
    """The proxy before a mirror."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as mirror:
        threading.Thread(target=mirror.serve_forever, daemon=True).start()
        with proxy(mirror.server_port) as front:
            yield front
        mirror.shutdown()


def ask(front, path="/", body=None, headers=(), source="127.0.0.1"):
    """(status, headers, text)."""
    connection = http.client.HTTPSConnection(
        "127.0.0.1",
        front.port,
        timeout=20,
        context=front.tls,
        source_address=(source, 0),
    )
    with contextlib.closing(connection):
        connection.request("POST" if body else "GET", path, body, dict(headers))
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()


def ask_plainly(front, path):
    """Without https. The path is sent as it stands here."""
    connection = http.client.HTTPConnection("127.0.0.1", front.plain_port, timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()


def passed_on(front, headers):
    """{name: [values]} of the headers that reach the app."""
    found = {}
    for name, value in json.loads(ask(front, headers=headers)[2])["headers"]:
        found.setdefault(name.lower(), []).append(value)
    return found


# Headers
# ------------------------------------------------------------------------------------


def test_what_the_client_says_of_itself_is_overwritten(front):
    claimed = {
        "X-Forwarded-For": "10.1.1.1, 10.2.2.2",
        "X-Forwarded-Proto": "http",
        "X-Request-ID": "chosen",
    }

    found = passed_on(front, claimed)

    assert found["x-forwarded-for"] == ["127.0.0.1"]
    assert found["x-forwarded-proto"] == ["https"]
    assert found["host"] == ["127.0.0.1"]
    assert len(found["x-request-id"]) == 1
    assert len(found["x-request-id"][0]) == 32


def test_names_with_underscores_do_not_reach_the_app(front):
    names = ("X_Forwarded_For", "X_Forwarded_Proto", "X_Request_ID", "X-Some_Name")

    found = passed_on(front, dict.fromkeys(names, "10.1.1.1") | {"X-Some": "yes"})

    assert found["x-some"] == ["yes"]
    assert [name for name in found if "_" in name] == []
    assert [name for name in found if "10.1.1.1" in found[name]] == []


# Limits
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kilobytes", "status"),
    [
        ("/assess/begin/", 500, 200),
        ("/assess/begin/", 600, 413),
        (IMPORT, 3000, 200),
        (IMPORT, 3100, 413),
        (f"/assess/{IMPORT}", 600, 413),
    ],
)
def test_a_body_has_a_largest_size(front, path, kilobytes, status):
    answer, headers, text = ask(front, path, b"x" * kilobytes * KB)

    assert answer == status
    if status == 413:
        assert "<h1>That is too large</h1>" in text
        assert headers["Content-Type"] == "text/html; charset=utf-8"
    else:
        assert json.loads(text)["length"] == kilobytes * KB


@pytest.mark.parametrize(
    ("path", "header", "status"),
    [("/?" + "a" * 9000, "", 414), ("/", "a" * 9000, 400), ("/", "a" * 4000, 200)],
)
def test_an_address_and_a_header_have_a_largest_size(front, path, header, status):
    assert ask(front, path, headers={"X-Long": header})[0] == status


def test_one_address_cannot_take_all_connections(front):
    busy = "127.0.0.9"

    with half_sent(front.port, 110, sources=[busy], tls=front.tls):
        status, headers, text = ask(front, source=busy)
        other, *_ = ask(front, source="127.0.0.1")

    assert (status, headers["Retry-After"]) == (429, "10")
    assert "<h1>Too many requests</h1>" in text
    assert other == 200


def test_an_app_that_is_away_is_said_plainly():
    with proxy(free_port()) as front:
        status, headers, text = ask(front)

    assert (status, headers["Retry-After"]) == (503, "5")
    assert "<h1>Back in a moment</h1>" in text
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


# The rest
# ------------------------------------------------------------------------------------


def test_plain_http_leads_to_https(front):
    status, headers, _text = ask_plainly(front, "/ladder/?a=b")

    assert status == 301
    assert headers["Location"] == "https://tpmguide.example/ladder/?a=b"


def test_no_log_of_the_proxy_holds_a_token(front):
    token = "t0ken-of-a-share-link" * 2

    ask(front, f"/shared/{token}/?then={token}")
    ask(front, f"/calendar/{token}.ics?then={token}")
    ask(front, f"/me/reminders/stop/{token}/")
    ask(front, f"/ladder/?next=/shared/{token}/", headers={"Referer": token})

    said = ["/shared/...", "/calendar/...", "/me/reminders/stop/...", "/ladder/"]
    logs = logs_with(front, *(f' GET "{each}" 200 ' for each in said))
    assert token not in logs


def test_no_log_of_the_proxy_holds_a_token_however_its_address_is_written(front):
    token = "t0ken-of-a-share-link" * 2
    paths = [
        "/%73hared/{}/",
        "/%73%68%61%72%65%64%2f{}%2F",
        "//shared//{}/",
        "/./shared/./{}/",
        "/ladder/../shared/{}/",
        "/ladder/%2e%2e/shared/{}/",
        "/shared/{}/../../ladder/",
        "/SHARED/{}/",
        "/shared/%0a{}/",
        "/me/%6beep/{}/",
        "/me//reminders/%73top/{}/",
        "/c%61lendar/{}.ics",
        "/calendar%2f{}.ics?%3f",
        "/ladder/?next=%2Fshared%2F{}%2F",
    ]

    for path in paths:
        ask(front, path.format(token))
        ask_plainly(front, path.format(token))
    ask(front, "/the-last/")
    ask_plainly(front, "/the-last/")

    logs = logs_with(front, ' "/the-last/" 200 ', ' "/the-last/" 301 ')
    assert token not in logs


def test_a_path_cannot_look_like_another_field_of_the_log(front):
    ask(front, '/ladder/"%22%20200%205%0aforged')

    logs = logs_with(front, "forged")
    assert r' GET "/ladder/\x22\x22 200 5\x0Aforged" 200 ' in logs


def logs_with(front, *lines):
    """The text of all logs, once they hold these: nginx writes after it has answered."""
    until = time.monotonic() + 10
    while True:
        logs = "".join(file.read_text() for file in front.folder.glob("*.log"))
        if all(line in logs for line in lines):
            return logs
        assert time.monotonic() < until, logs
        time.sleep(0.02)
