"""What every answer says to browsers, whatever it is and whoever made it."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import make_assessment

SECURE = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_REDIRECT_EXEMPT": [r"^(healthz|readyz|metrics)$"],
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "MESSAGES_COOKIE_NAME": "__Host-messages",
}
FIXED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}
UTF_8 = {"text/html", "text/plain", "text/css", "application/xml", "text/javascript"}


@pytest.fixture
def https(settings):
    for name, value in SECURE.items():
        setattr(settings, name, value)
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def faults_of(response):
    found = {name: response.headers.get(name) for name in FIXED}
    faults = [f"{name}: {found[name]}" for name in FIXED if found[name] != FIXED[name]]
    policy = response.headers.get("Content-Security-Policy", "")
    if set(policy.split("; ")) != POLICY:
        faults.append(policy)
    permissions = response.headers.get("Permissions-Policy", "")
    if not {"camera=()", "geolocation=()"} <= set(permissions.split(", ")):
        faults.append(permissions)
    kind, _, charset = response.headers.get("Content-Type", "").partition("; ")
    if kind in UTF_8 and charset.replace('"', "") != "charset=utf-8":
        faults.append(f"{kind}: {charset}")
    if "Access-Control-Allow-Origin" in response.headers:
        faults.append("Others may read it.")
    return faults


def answers(client, admin):
    """(status, response) of every kind of answer there is."""
    yield 200, client.get("/", secure=True)
    yield 200, client.get("/assess/", secure=True)
    yield 200, client.get("/healthz", secure=True)
    yield 200, client.get("/robots.txt", secure=True)
    yield 200, client.get("/sitemap.xml", secure=True)
    yield 200, client.head("/static/css/app.css", secure=True)
    yield 200, client.get("/accounts/login/", secure=True)
    yield 301, client.get("/ladder", secure=True)
    yield 302, client.get("/admin/", secure=True)
    yield 400, client.get("/", secure=True, headers={"Host": "elsewhere.example"})
    yield 403, client.post("/assess/begin/", secure=True)
    yield 404, client.get("/nothing/", secure=True)
    yield 404, client.get("/static/nothing.css", secure=True)
    yield 405, client.get("/assess/begin/", secure=True)
    yield 405, client.options("/assess/begin/", secure=True)
    yield 413, client.post("/", "x" * 600_000, "text/plain", secure=True)
    client.force_login(admin)
    yield 200, client.get("/admin/", secure=True)
    yield 404, client.get("/admin/nothing/", secure=True)


def test_every_kind_of_answer_has_every_header(https, framework, admin):
    for status, response in answers(https, admin):
        at = response.wsgi_request.path
        assert (at, response.status_code) == (at, status)
        assert (at, faults_of(response)) == (at, [])


def test_an_answer_to_too_many_tries_has_every_header(https, framework, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/h/ip"}
    client = Client()
    form = {"login": "who@example.org", "password": "no"}

    found = [client.post("/accounts/login/", form, secure=True) for _ in range(2)]

    assert [each.status_code for each in found] == [200, 429]
    assert faults_of(found[1]) == []


def test_an_answer_without_a_database_has_every_header(https, transactional_db):
    place = "NAME" if connection.vendor == "sqlite" else "PORT"
    there = connection.settings_dict[place]
    connection.close()
    connection.settings_dict[place] = "/nowhere/at/all" if place == "NAME" else "1"

    try:
        response = https.get("/", secure=True)
    finally:
        connection.close()
        connection.settings_dict[place] = there

    assert (response.status_code, faults_of(response)) == (503, [])


def test_an_answer_to_our_own_fault_has_every_header(https, framework, settings):
    settings.ROOT_URLCONF = "tests.broken_urls"

    response = https.get("/", secure=True)

    assert (response.status_code, faults_of(response)) == (500, [])
    assert "Something broke on our side" in response.content.decode()


# Cookies
# ------------------------------------------------------------------------------------


def test_the_cookie_of_notices_is_bound_to_this_host(https, alice, framework):
    """It may hold the address of a fresh share link."""
    https.handler.enforce_csrf_checks = False
    https.force_login(alice)
    report = make_assessment(owner=alice, submit=True)
    form = {"label": "My manager", "days": "30"}

    https.post(reverse("assessment:share", args=[report.uid]), form, secure=True)
    cookie = https.cookies["__Host-messages"]
    page = https.get(reverse("assessment:report", args=[report.uid]), secure=True)

    kept = {name: cookie[name] for name in ("secure", "httponly", "path", "domain")}
    assert kept == {"secure": True, "httponly": True, "path": "/", "domain": ""}
    assert cookie["samesite"] == "Lax"
    assert "messages" not in https.cookies
    gone = page.cookies["__Host-messages"]
    assert (gone.value, gone["secure"], gone["path"]) == ("", True, "/")


@pytest.mark.django_db
def test_a_public_page_with_a_notice_is_kept_by_nobody_else(framework):
    client = Client()
    client.cookies[settings.MESSAGES_COOKIE_NAME] = "anything"

    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/assess/?target=tpm", "/accounts/login/", "/admin/login/"]
)
def test_what_sets_a_cookie_is_kept_by_nobody(framework, path):
    response = Client().get(path, follow=True)

    assert settings.CSRF_COOKIE_NAME in response.cookies
    assert "no-store" in response.headers["Cache-Control"]


# Health
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "elsewhere.example", "[::1]", "_"])
def test_health_answers_whoever_asks(https, host):
    """Without the database, which no test without `db` may touch, and without https."""
    response = https.get("/healthz", headers={"Host": host})

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]
    assert response.cookies == {}


def test_other_addresses_lead_to_https(https):
    response = https.get("/healthz/../", headers={"Host": "testserver"})

    assert response.status_code == 301
    assert response.url.startswith("https://testserver/")
