"""Browsers for the tests: who sits before them, and what no page may do in them.

Whatever a test is about, its pages may not complain in the console, break the content
security policy, fail to load a part, or ask another server for anything.
"""

import re
from threading import Condition
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.test import Client, override_settings
from playwright.sync_api import expect

from assessment.answers import Answer
from careers.store import live_frameworks, spec_of
from tests.browser.looks import DESKTOP
from tests.browser.steps import wait_until
from tests.factories import make_assessment, make_shipped_framework, optional_skills
from tests.house import said

PATIENCE = 15_000  # milliseconds; the machine may be busy
AS_THEY_ARE = ("css", "js", "map", "svg", "ttf", "txt")
ANSWERS = (409, 410, 422)  # say in words what is the matter with what was sent
LOADING = re.compile("Failed to load|Response Status Error|htmx:(afterReq|sendErr)")

expect.set_options(timeout=PATIENCE)


# The server
# ------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def built_static(tmp_path_factory):
    """Static files as production serves them: hashed, and one stylesheet.

    Without compressing, which takes most of the time.
    """
    changes = {
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "tpmguide.static.Storage"},
        },
        "WHITENOISE_USE_FINDERS": False,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_SKIP_COMPRESS_EXTENSIONS": AS_THEY_ARE,
    }
    with override_settings(**changes):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(scope="package")
def live_server(django_db_setup, built_static, live_server):
    """The app over HTTP, started once the test database has its name.

    Started earlier, it would share one connection with the tests between threads, which
    SQLite does not survive.
    """
    return live_server


class Traffic:
    """Counts the requests that the server is at work on."""

    def __init__(self):
        self.open = 0
        self.changed = Condition()

    def start(self, **_):
        self._count(1)

    def finish(self, **_):
        self._count(-1)

    def _count(self, more):
        with self.changed:
            self.open += more
            self.changed.notify_all()

    def wait_for_end(self):
        with self.changed:
            self.changed.wait_for(lambda: self.open <= 0, timeout=PATIENCE / 1000)


@pytest.fixture
def traffic(live_server):
    """Lets the server finish before the database is emptied for the next test.

    Otherwise it could read, and remember, a framework of which half is gone.
    """
    traffic = Traffic()
    request_started.connect(traffic.start)
    request_finished.connect(traffic.finish)
    yield traffic
    traffic.wait_for_end()
    request_started.disconnect(traffic.start)
    request_finished.disconnect(traffic.finish)


@pytest.fixture
def draft(spec, alice):
    """An assessment of Alice's in which nothing is answered."""
    return make_assessment(owner=alice, target="senior-tpm")


@pytest.fixture
def skills(spec):
    """The skills of the first page of the rating."""
    return [skill.key for skill in spec.skills_in(spec.groups[0].key)]


@pytest.fixture
def spec(live_server, transactional_db):
    """The framework that comes with the app, published, as pages read it."""
    return spec_of(make_shipped_framework())


# Browsers
# ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def playwright(playwright):
    """Its loop would note for each step who called it, as development asks of all loops."""
    playwright._loop.set_debug(False)
    return playwright


class Watch:
    """Collects what no page may do in the browser that it looks at."""

    def __init__(self, context, origin):
        self.faults = []
        self.pending = set()
        self.origin = origin
        context.on("console", self._heard)
        context.on("weberror", self._failed)
        context.on("dialog", self._asked)
        context.on("request", self._requested)
        context.on("response", self._answered)
        context.on("requestfinished", self._settled)
        context.on("requestfailed", self._settled)

    def foresaw(self, *texts):
        """Forgets faults that a test brings about, each of which holds one of the texts.

        The test fails if none of them happened, or anything else.
        """
        odd = [f for f in self.faults if not any(text in f for text in texts)]
        assert self.faults, f"Nothing happened of {texts}."
        assert not odd, said(odd)
        self.faults.clear()

    def _heard(self, message):
        # What did not load is seen in the responses, where answers to forms are known.
        if message.type in ("error", "warning") and not LOADING.match(message.text):
            self.faults.append(
                f"{message.page.url} says in the console: {message.text}"
            )

    def _failed(self, error):
        self.faults.append(f"{error.page.url} has a script that fails: {error.error}")

    def _asked(self, dialog):
        self.faults.append(f"{dialog.page.url} opens a dialog: {dialog.message}")
        dialog.dismiss()

    def _requested(self, request):
        self.pending.add(request)
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.faults.append(f"A page asks for {request.url}, which is not ours.")

    def _settled(self, request):
        self.pending.discard(request)

    def _answered(self, response):
        is_page = response.request.resource_type == "document"
        if response.status in ANSWERS or "retry-after" in response.headers:
            return
        if response.status >= (500 if is_page else 400):
            self.faults.append(f"{response.url} answers with {response.status}.")


@pytest.fixture
def watches():
    """One watch for each browser of the test; a fault in any fails the test."""
    watches = []
    yield watches
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, said(faults)


@pytest.fixture
def open_browser(new_context, live_server, traffic, watches):
    """Opens an empty page in a browser of its own, signed in where a person is given.

    Nothing moves in it unless asked for: colours half-way are nobody's colours.
    """
    pages = []

    def opened(person=None, *, viewport=DESKTOP, **options):
        options = {"reduced_motion": "reduce", "viewport": viewport, **options}
        context = new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        watches.append(Watch(context, live_server.url))
        if person is not None:
            context.add_cookies([_session_of(person, live_server.url)])
        pages.append(context.new_page())
        return pages[-1]

    yield opened
    for page, watch in zip(pages, watches, strict=True):
        if not page.is_closed():
            wait_until(page, lambda watch=watch: not watch.pending)
            page.context.close()


def _session_of(person, url):
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


# What is looked at
# ------------------------------------------------------------------------------------


@pytest.fixture
def stage(live_server, scene, alice, bob):
    """Everything that the ways in visits.py lead to: Alice's assessments, and people."""
    spec = spec_of(live_frameworks().get())
    level = spec.levels_by_key["senior-tpm"]
    values = dict.fromkeys(spec.skills_by_key, 2)
    importance = {item.skill: item.importance for item in level.requirements}
    optional = sorted(optional_skills(spec, level), key=importance.get)
    most = {key: value for key, value in values.items() if key not in optional[:2]}
    required = {item.skill: item.required for item in level.requirements}
    most_met = {key: required[key] for key in most}

    def made(ratings, target="senior-tpm", **options):
        return make_assessment(owner=alice, ratings=ratings, target=target, **options)

    made(values, submit=True)  # an earlier one
    report = made(dict.fromkeys(values, 3), submit=True)
    draft = made({"sdlc": 3})
    left_out = Answer(not_applicable=True, reason="Another team does it.")
    return SimpleNamespace(
        alice=alice,
        bob=bob,
        spec=spec,
        values=values,
        draft=draft,
        report=report,
        of={"draft": scene(draft), "submitted": scene(report)},
        complete=made(values, "lead-tpm"),
        emptied=made(values, "technical-program-manager"),
        most=made(most),
        again=made({}, "junior-tpm", based_on=report),
        provisional=made(most, submit=True),
        most_met=made(most_met, submit=True),
        all_met=made(required, submit=True),
        none_met=made(dict.fromkeys(values, 0), submit=True),
        left_out=made({**values, optional[0]: left_out}, submit=True),
    )
