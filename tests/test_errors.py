"""What is said where a page cannot be: odd requests, and a database in trouble."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
import redis
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import DataError, OperationalError, ProgrammingError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from assessment.answers import answers_of
from assessment.models import Assessment
from careers.models import Framework
from tests.factories import make_assessment, make_framework
from tests.guides import make_guide, with_origins
from tests.reading import texts
from tpmguide.errors import is_trouble
from tpmguide.request import Request
from tpmguide.start import check_start

ON_SQLITE = connection.vendor == "sqlite"
FORM = "application/x-www-form-urlencoded"
BROKEN_PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'
ODD_BODIES = {
    "utf-16": (f"{FORM}; charset=utf-16", b"a=b"),
    "no charset at all": (f"{FORM}; charset=nothing", b"a=b"),
    "not utf-8": (FORM, b"target=\xff\xfe&%ff=%fe"),
    "too many fields": (FORM, b"a=&" * 3000),
    "no boundary": ("multipart/form-data", BROKEN_PART),
    "odd boundary": ("multipart/form-data; boundary=\xe9", BROKEN_PART),
    "no end": ("multipart/form-data; boundary=x", BROKEN_PART),
    "odd encoding": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n",
    ),
    "json": ("application/json", b"{"),
    "no type": ("", b"a=b"),
}
ODD_COOKIES = (
    "csrftoken=",
    "csrftoken=\x00",
    f"csrftoken={'a' * 31}!",
    "sessionid=; csrftoken=a; messages=[",
    "messages=" + "x" * 3000,
    "sessionid=\xff\xfe",
    "=; ;; a=b=c; \x7f",
    "sessionid=" + "z" * 300,
)


@pytest.fixture
def strict():
    """One that must send the token, and to which a 500 is an answer."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


# Odd requests
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ODD_BODIES)
@pytest.mark.parametrize("path", ["/assess/begin/", "/nothing/", "/accounts/login/"])
def test_an_odd_body_is_the_senders_fault(strict, framework, odd, path):
    strict.cookies["csrftoken"] = "a" * 32
    content_type, body = ODD_BODIES[odd]

    response = strict.generic("POST", path, body, content_type=content_type)

    expected = {404} if path == "/nothing/" else {400, 403}
    assert response.status_code in expected
    assert b"</html>" in response.content


def test_an_unreadable_body_is_a_bad_request(strict, framework):
    strict.cookies["csrftoken"] = "a" * 32

    response = strict.post("/assess/begin/", b"a", "multipart/form-data")

    assert response.status_code == 400
    assert texts(response, "h1") == ["This request could not be read"]


@pytest.mark.parametrize("odd", range(len(ODD_COOKIES)))
@pytest.mark.parametrize("path", ["/", "/assess/", "/reports/", "/nothing/"])
def test_odd_cookies_are_no_cookies(strict, framework, odd, path):
    headers = {"HTTP_COOKIE": ODD_COOKIES[odd]}

    looked = strict.get(path, **headers).status_code
    sent = strict.post(path, {"a": "b"}, **headers).status_code

    assert looked == (404 if path == "/nothing/" else 200)
    assert sent in (403, 404, 405)


def test_an_error_page_names_nobody(alice_client, framework):
    page = alice_client.get("/nothing/")

    assert page.status_code == 404
    assert "alice" not in page.content.decode()


def test_a_notice_outlives_an_error_page(alice, alice_client, framework):
    report = make_assessment(owner=alice, submit=True)
    group = framework.groups.first().key
    alice_client.get(reverse("assessment:rate", args=[report.uid, group]))

    alice_client.get("/nothing/")
    page = alice_client.get(reverse("assessment:report", args=[report.uid]))

    assert len(get_messages(page.wsgi_request)) == 1


@pytest.mark.parametrize(
    "page", ["careers_framework", "careers_skill", "auth_user", "assessment_assessment"]
)
def test_a_field_without_a_name_is_a_bad_request(admin, admin_client, framework, page):
    admin_client.raise_request_exception = False
    make_assessment(owner=admin)
    row = {"careers_skill": framework.skills.first(), "auth_user": admin}.get(page)
    pk = row.pk if row else 1
    address = reverse(f"admin:{page}_change", args=[pk])

    found = [
        admin_client.get(f"{address}?_to_field=").status_code,
        admin_client.post(f"{address}?_to_field=").status_code,
        admin_client.post(address, {"_to_field": ""}).status_code,
    ]

    assert found == [400, 400, 400]


def test_an_empty_installation_says_so(strict, db):
    assert texts(strict.get("/"), "h1") == ["No ladder is published yet"]
    assert strict.get("/assess/").status_code == 404
    assert strict.post("/assess/begin/").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/skills/nothing/",
        "/admin/nothing/",
        "/reports/00000000-0000-4000-8000-000000000000/",
    ],
)
def test_a_wrong_address_looks_the_same_in_development(
    admin_client, framework, settings, path
):
    pages = []
    for settings.DEBUG in (False, True):
        response = admin_client.get(path)
        pages.append((response.status_code, response.content))

    assert pages[0] == pages[1]
    assert pages[0][0] == 404


# A database in trouble
# ------------------------------------------------------------------------------------


@contextmanager
def read_only():
    """Reads go on; on a full disk it is the same."""
    set_to = (
        "PRAGMA query_only={}" if ON_SQLITE else "SET default_transaction_read_only={}"
    )
    run(set_to.format("on"))
    yield
    run(set_to.format("off"))


@contextmanager
def full():
    run("VACUUM")
    run("PRAGMA max_page_count=1")  # SQLite takes the present count
    yield
    run("PRAGMA max_page_count=1000000")


@contextmanager
def locked():
    """Another connection writes for longer than is waited for."""
    run("PRAGMA busy_timeout=10")
    other = connection.copy()
    other.settings_dict = connection.settings_dict
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        yield
        cursor.execute("ROLLBACK")
    other.close()
    connection.close()


@contextmanager
def away():
    """Nothing answers at the address of the database."""
    place = "NAME" if ON_SQLITE else "PORT"
    there = connection.settings_dict[place]
    connection.close()
    connection.settings_dict[place] = "/nowhere/at/all" if ON_SQLITE else "1"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict[place] = there


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


TROUBLES = [read_only, full, locked, away] if ON_SQLITE else [read_only, away]


def is_honest(response):
    return (
        response.status_code == 503
        and response.headers["Retry-After"] == "5"
        and "no-store" in response.headers["Cache-Control"]
        and texts(response, "h1") == ["The database does not answer just now"]
    )


@pytest.fixture
def outage(transactional_db):
    """The database itself, without the transaction that tests run in."""


@pytest.mark.parametrize("trouble", TROUBLES)
def test_nothing_is_called_saved_that_is_not(
    outage, framework, alice, alice_client, trouble
):
    alice_client.raise_request_exception = False
    draft = make_assessment(owner=alice)
    skill = framework.skills.first().key
    address = reverse("assessment:save", args=[draft.uid, skill])
    answer = {f"{skill}-value": "3", f"{skill}-note": "ж" * 4000}  # needs a page

    with trouble():
        refused = alice_client.post(address, answer)
    stored = dict(answers_of(draft))
    saved = alice_client.post(address, answer)

    assert is_honest(refused)
    assert stored == {}
    assert (saved.status_code, answers_of(draft)[skill].value) == (200, 3)


@pytest.mark.parametrize("trouble", [each for each in TROUBLES if each is not full])
def test_a_session_that_cannot_be_stored_is_no_bad_request(
    outage, settings, alice_client, trouble
):
    settings.ROOT_URLCONF = "tests.broken_urls"
    alice_client.raise_request_exception = False

    with trouble():
        refused = alice_client.get("/remember/")

    assert is_honest(refused)
    assert alice_client.get("/remember/").content == b"Saved"


def test_every_page_that_needs_the_database_says_that_it_is_away(
    outage, framework, alice_client
):
    alice_client.raise_request_exception = False
    pages = ["/assess/", "/reports/", "/ladder/", "/search/", "/admin/"]

    with away():
        found = {path: is_honest(alice_client.get(path)) for path in pages}
        nothing = alice_client.get("/nothing/")

    assert found == dict.fromkeys(pages, True)
    assert nothing.status_code == 404


def test_pages_can_be_read_while_nothing_can_be_written(
    outage, framework, alice_client
):
    with read_only():
        pages = [alice_client.get(path).status_code for path in ("/", "/reports/")]

    assert pages == [200, 200]


@pytest.mark.parametrize(
    "sql",
    ["SELECT * FROM nothing", "SELEC 1", "SELECT nothing FROM auth_user"],
)
def test_a_wrong_question_is_our_fault(db, sql):
    with pytest.raises((OperationalError, ProgrammingError)) as raised:
        run(sql)

    assert not is_trouble(raised.value)


def test_an_error_without_a_driver_is_our_fault():
    assert not is_trouble(ProgrammingError("Cannot open a new connection."))
    assert not is_trouble(DataError("too long"))
    assert not is_trouble(ValueError("odd"))
    assert not is_trouble(None)


# Before any page is asked
# ------------------------------------------------------------------------------------

MANY = "&".join(["a=1"] * 3000)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "a=%ff", MANY], ids=["none", "odd", "many"])
@pytest.mark.parametrize(
    "content_type",
    [
        f"{FORM}; charset=utf-16",
        f"{FORM}; charset=base64",
        f"{FORM}; charset=undefined",
        "text/plain; charset*=nothing''%41",
        "x" * 20_000,
    ],
    ids=lambda text: text[-20:],
)
def test_an_odd_type_of_content_gets_an_answer(framework, content_type, query):
    environ = RequestFactory().post("/assess/begin/", b"", content_type="x").environ
    environ |= {
        "CONTENT_TYPE": content_type,
        "QUERY_STRING": query,
        "HTTP_COOKIE": f"csrftoken={'a' * 32}",
    }

    response = WSGIHandler().get_response(Request(environ))

    assert response.status_code in (400, 403)
    assert b"</html>" in response.content


# Public pages while the database is away
# ------------------------------------------------------------------------------------


@pytest.fixture
def read_once(outage, settings):
    """What a process has in memory after its start."""
    make_framework()
    make_guide(pages=with_origins())
    make_framework(key="another-ladder")
    settings.DEBUG = True  # without static files
    check_start()
    settings.DEBUG = False
    return Client(raise_request_exception=False)


FROM_MEMORY = [
    "/",
    "/ladder/",
    "/ladder/tpm/",
    "/skills/planning/",
    "/frameworks/technical-project-manager/skills/",
    "/pay/",
    "/start/",
    "/guide/",
    "/search/?q=planning",
    "/how-it-works/",
    "/privacy/",
    "/reports/example/",
    "/sitemap.xml",
]


def test_a_stranger_reads_on_while_the_database_is_away(read_once):
    before = {path: read_once.get(path) for path in FROM_MEMORY}

    with away():
        found = {path: read_once.get(path) for path in FROM_MEMORY}

    assert {path: page.status_code for path, page in found.items()} == {
        path: page.status_code for path, page in before.items()
    }
    for path, page in found.items():
        assert page.content == before[path].content, path


@pytest.mark.parametrize("path", ["/", "/ladder/", "/search/", "/pay/"])
def test_who_is_signed_in_reads_on_as_a_stranger(read_once, alice, path):
    make_assessment(owner=alice, submit=True)
    read_once.force_login(alice)

    with away():
        page = read_once.get(path)
        own = read_once.get("/reports/")
    back = read_once.get(path)

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Your own pages will be back".lower() in page.content.decode().lower()
    assert "Sign out" not in page.content.decode()
    assert page.cookies == {}  # the session outlives the outage
    assert is_honest(own)
    assert "Sign out" in back.content.decode()
    assert "will be back" not in back.content.decode()


def test_what_was_never_read_is_not_in_memory(read_once):
    with away():
        assert is_honest(read_once.get("/frameworks/nothing/skills/"))


def test_a_retired_framework_is_forgotten(read_once):
    Framework.objects.published().update(status=Framework.Status.RETIRED)

    assert read_once.get("/ladder/").status_code == 404
    with away():
        assert is_honest(read_once.get("/ladder/"))


def test_nothing_begins_from_memory(read_once):
    read_once.get("/assess/")

    with away():
        begun = read_once.post("/assess/begin/", {"target": "tpm"})

    assert is_honest(begun)


# Redis
# ------------------------------------------------------------------------------------


def in_redis(url):
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": f"tpmguide-tests-{uuid4().hex}",
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }


def test_what_is_counted_says_so_while_redis_is_away(strict, framework, settings):
    settings.CACHES = in_redis("redis://127.0.0.1:1/0")
    client = Client(raise_request_exception=False)

    refused = client.post("/assess/begin/", {"target": "tpm"})
    page = client.get("/ladder/")

    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert page.status_code == 200  # it counts nothing
    assert not Assessment.objects.exists()


def test_limits_are_counted_in_redis(framework, settings):
    settings.CACHES = in_redis("redis://127.0.0.1:6379/0")
    settings.ACCOUNT_RATE_LIMITS = {"begin": "2/h/key", "begin_as_guest": "2/h/ip"}
    try:
        cache.get("readyz")
    except redis.exceptions.ConnectionError:
        pytest.skip("No Redis answers on this machine.")

    found = [
        Client().post("/assess/begin/", {"target": "tpm"}).status_code for _ in range(3)
    ]
    cache.delete_many([key.decode().split(":", 2)[2] for key in own_keys()])

    assert found == [302, 302, 429]
    assert own_keys() == []


def own_keys():
    """Of this test alone: others may use the same Redis."""
    return cache._cache.get_client().keys(f"{cache.key_prefix}:*")
