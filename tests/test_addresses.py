"""Every address, opened by every kind of visitor in every way."""

import re
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib import admin
from django.core import serializers
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.models import (
    Assessment,
    Guest,
    JournalEntry,
    Plan,
    PlanItem,
    PracticeNote,
    Rating,
    ReportPdf,
    ShareGrant,
    ShareLink,
)
from careers.models import Framework
from tests.addresses import (
    ADDRESSES,
    RULES,
    Address,
    Pattern,
    Who,
    address_of,
    address_of_rule,
    all_patterns,
    declared,
)
from tests.browser.visits import ACCOUNTS, NOT_SHOWN
from tests.factories import make_assessment, make_guest
from tests.house import said

MISSING_UID = "00000000-0000-4000-8000-000000000000"
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
WRITES = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE
)
GUESTS = ("nobody", "holder", "guest", "other guest")  # nobody has no token yet
SIGN_IN = re.compile(r"/accounts/login/\?")


def named(*who, method="GET"):
    """Names of the addresses that these may open in this way."""
    return [n for n, a in ADDRESSES.items() if a.who in who and method in a.methods]


@pytest.fixture
def visitors(client, alice_client, bob_client, editor_client, admin_client):
    cast = {
        "nobody": client,
        "alice": alice_client,
        "bob": bob_client,
        "editor": editor_client,
        "admin": admin_client,
        "holder": Client(),
        "guest": make_guest()[1],
        "other guest": make_guest()[1],
    }
    for each in cast.values():
        each.raise_request_exception = False  # a 500 in a table says more
    return cast


@pytest.fixture
def scenes(scene, alice, visitors):
    """What the addresses' examples are made from: Alice's draft, Alice's report.

    The holder has opened the report by its share link.
    """
    make_assessment(owner=alice, submit=True)  # an earlier one
    scenes = {
        "draft": scene(make_assessment(owner=alice, ratings={"sdlc": 3})),
        "submitted": scene(make_assessment(owner=alice, submit=True)),
    }
    visitors["holder"].get(address_of("assessment:open_share", scenes["submitted"]))
    return scenes


@pytest.fixture
def guests_scenes(scene, visitors):
    """The same of the first guest, who cannot share a report."""
    guest = Guest.objects.earliest("pk")
    make_assessment(guest=guest, submit=True)
    return {
        "draft": scene(make_assessment(guest=guest, ratings={"sdlc": 3})),
        "submitted": scene(make_assessment(guest=guest, submit=True)),
    }


def answer_to(response):
    """A short word for a response: its status, or that it leads to the sign-in."""
    if response.status_code == 302 and SIGN_IN.match(response.url):
        return "sign in"
    return response.status_code


# All are declared
# ------------------------------------------------------------------------------------


def undeclared(patterns, table=None):
    for pattern in patterns:
        if declared(pattern, table) is None:
            yield (
                f"{pattern.name or pattern.route} takes {list(pattern.parameters)}. Who may "
                "open it? Add it to ADDRESSES in tests/addresses.py."
            )


def test_every_address_is_declared():
    faults = list(undeclared(all_patterns()))

    assert not faults, said(faults)


def test_every_declaration_has_an_address():
    used = {declared(pattern) for pattern in all_patterns()}

    assert {*ADDRESSES, *RULES} - used == set(), "Remove what is no longer there."


def test_every_page_of_the_accounts_is_looked_at_in_a_browser():
    rules = tuple(rule for rule, who in RULES.items() if who is Who.ACCOUNTS)
    names = {
        pattern.name for pattern in all_patterns() if pattern.name.startswith(rules)
    }

    assert {*ACCOUNTS, *NOT_SHOWN} - {"admin:login"} == names


def test_an_undeclared_address_is_caught():
    table = {"careers:skill": Address(Who.ANYBODY, example={"key": "skill"})}
    new = [
        Pattern("careers:skill", "skills/<slug:key>/", ("key",)),
        Pattern("careers:skill", "skills/<slug:key>/<int:value>/", ("key", "value")),
        Pattern("careers:new", "new/", ()),
        Pattern("", "nameless/", ()),
        Pattern("account_login", "accounts/login/", ()),
    ]

    assert len(list(undeclared(new, table))) == 3


# Who may open what
# ------------------------------------------------------------------------------------


OF_SOMEBODY = (Who.OWNER, Who.KEEPER, Who.HOLDER)


def expected(address, visitor, state):
    if address.who in OF_SOMEBODY:
        may = "holder" if address.who is Who.HOLDER else "alice"
        return getattr(address, state) if visitor == may else 404
    if address.who is Who.TOKEN:
        return getattr(address, state)
    if address.who is Who.SIGNED_IN and visitor in GUESTS:
        return "sign in"
    return 200


# The tables that a GET may write to: docs/decisions/ 8, 9 and 10 say why.
MAY_WRITE = {
    "assessment:open_share": {
        ShareLink._meta.db_table,
        ShareGrant._meta.db_table,
        Guest._meta.db_table,  # whoever opens it becomes one
    },
    "assessment:case_pdf": {ReportPdf._meta.db_table},
    "assessment:report_pdf": {ReportPdf._meta.db_table},
}


def test_get_answers_as_declared_and_writes_nothing(visitors, scenes):
    names = named(*Who)  # what makes holders of all comes last
    names.sort(key=lambda name: ADDRESSES[name].who is Who.TOKEN)
    faults = []
    for name, path, state in in_each_state(names, scenes):
        for who, client in visitors_of(ADDRESSES[name], visitors):
            with writing() as tables:
                found = answer_to(client.get(path))
            right = expected(ADDRESSES[name], who, state)
            if found != right:
                faults.append(f"{name} answers {who} with {found}, not {right}.")
            if tables - MAY_WRITE.get(name, set()):
                faults.append(f"{name} writes to {tables} for {who}.")

    assert not faults, said(faults)


def visitors_of(address, visitors):
    """(who, browser) of who may differ: where nothing is somebody's, nobody is a stranger."""
    strangers = () if address.who in OF_SOMEBODY else ("bob", "other guest")
    return [each for each in visitors.items() if each[0] not in strangers]


def in_each_state(names, scenes):
    """(name, path, state): once, where the path is the same whatever the state."""
    paths = {}
    for state, scene in scenes.items():
        for name in names:
            paths.setdefault(address_of(name, scene), (name, state))
    return [(name, path, state) for path, (name, state) in paths.items()]


def test_what_is_a_guests_opens_for_that_guest_alone(visitors, guests_scenes):
    faults = []
    for same_here in ("bob", "holder"):  # as Alice and nobody: here they have nothing
        del visitors[same_here]
    for name, path, state in in_each_state(named(Who.OWNER, Who.KEEPER), guests_scenes):
        for who, client in visitors.items():
            found = client.get(path).status_code
            right = getattr(ADDRESSES[name], state) if who == "guest" else 404
            if ADDRESSES[name].who is Who.KEEPER:
                right = 404  # a guest has none
            if found != right:
                faults.append(f"{name} answers {who} with {found}, not {right}.")

    assert not faults, said(faults)


@pytest.mark.parametrize(
    ("whose", "owner"), [("scenes", "alice"), ("guests_scenes", "guest")]
)
def test_nobody_writes_into_what_is_anothers(whose, owner, visitors, request):
    scenes = request.getfixturevalue(whose)
    names = named(Who.OWNER, Who.KEEPER, method="POST")
    paths = [path for _, path, _ in in_each_state(names, scenes)]
    strangers = {who: visitors[who] for who in visitors if who != owner}
    before = everything_of_people()

    found = {
        (who, path): client.post(path).status_code
        for who, client in strangers.items()
        for path in paths
    }

    assert {k: v for k, v in found.items() if v != 404} == {}
    assert everything_of_people() == before


def everything_of_people():
    models = (
        Assessment,
        Rating,
        ShareLink,
        ShareGrant,
        PracticeNote,
        Plan,
        PlanItem,
        JournalEntry,
    )
    rows = [row for model in models for row in model.objects.order_by("pk")]
    return serializers.serialize("json", rows)


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_an_empty_post_of_a_guest_is_answered(state, visitors, guests_scenes):
    names = [n for n in named(Who.OWNER, method="POST") if n != "assessment:revoke"]
    names.sort(key=lambda name: name == "assessment:delete")  # at last
    paths = [address_of(name, guests_scenes[state]) for name in names]

    found = {path: visitors["guest"].post(path).status_code for path in paths}

    assert {path: s for path, s in found.items() if s not in (200, 302, 410, 422)} == {}


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_an_empty_post_of_the_owner_is_answered(state, visitors, scenes):
    names = named(Who.OWNER, Who.KEEPER, Who.SIGNED_IN, method="POST")
    names = [name for name in names if getattr(ADDRESSES[name], state) != 404]
    names.sort(key=lambda name: name == "assessment:delete")  # at last
    paths = [address_of(name, scenes[state]) for name in names]

    found = {path: visitors["alice"].post(path).status_code for path in paths}

    assert {path: s for path, s in found.items() if s not in (200, 302, 410, 422)} == {}


def test_what_is_not_declared_is_not_allowed(visitors, scenes):
    faults = []
    for name, address in ADDRESSES.items():
        path = address_of(name, scenes["draft"])
        methods = {"GET", "POST"} - set(address.methods)
        for method in (*methods, *OTHER_METHODS):
            status = visitors["alice"].generic(method, path).status_code
            if status != 405:
                faults.append(f"{name} answers {method} with {status}.")

    assert not faults, said(faults)


def test_what_is_anothers_looks_like_what_does_not_exist(bob_client, scenes):
    none = dict.fromkeys(("uid", "link", "item", "entry"), MISSING_UID)
    missing = SimpleNamespace(**vars(scenes["draft"]) | none)
    foreign, nothing = {}, {}

    for name in named(*OF_SOMEBODY):
        for state, scene in scenes.items():
            response = bob_client.get(address_of(name, scene))
            foreign[name, state] = masked(response, scene.uid)
            response = bob_client.get(address_of(name, missing))
            nothing[name, state] = masked(response, MISSING_UID)

    assert foreign == nothing


def masked(response, uid):
    """Status and body, without tokens and without the address that was asked for."""
    body = response.content.decode().replace(str(uid), "UID")
    body = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1TOKEN", body)
    return response.status_code, body


def test_a_guests_look_writes_a_stamp_every_five_minutes(visitors, guests_scenes):
    """The first look after them; those that follow write nothing."""
    names = [name for name in named(*Who) if name not in MAY_WRITE]
    paths = [path for _, path, _ in in_each_state(names, guests_scenes)]
    few = [reverse(f"assessment:{name}") for name in ("home", "start", "dashboard")]

    at_once = writes_of(visitors["guest"], paths)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        first = writes_of(visitors["guest"], few)
        later = writes_of(visitors["guest"], few)

    assert (at_once, first, later) == (set(), {Guest._meta.db_table}, set())


def writes_of(client, paths):
    """The tables that asking for these writes to."""
    with writing() as tables:
        for path in paths:
            client.get(path)
    return tables


@contextmanager
def writing():
    """The tables that are written to meanwhile."""
    tables = set()

    def look(execute, sql, *arguments):
        if found := WRITES.match(sql):
            tables.add(found[2])
        return execute(sql, *arguments)

    with connection.execute_wrapper(look):
        yield tables


def test_a_write_is_seen(db):
    with writing() as tables:
        Framework.objects.filter(pk=0).update(notes="")

    assert tables == {"careers_framework"}


# What libraries bring
# ------------------------------------------------------------------------------------


def covered_by(rule):
    return [p for p in all_patterns() if declared(p) == rule]


def test_the_admin_is_for_staff(visitors, framework):
    others = {who: visitors[who] for who in ("nobody", "alice")}
    open_to_all = {"admin:login", "admin:logout", "admin:jsi18n"}
    faults = []

    for pattern in covered_by("admin:"):
        path = address_of_rule(pattern)
        if pattern.name not in open_to_all:
            for who, client in others.items():
                status = client.get(path).status_code
                if status not in (302, 403, 404, 405):
                    faults.append(f"{path} answers {who} with {status}.")

    assert not faults, said(faults)


def test_no_page_of_the_admin_breaks(admin_client, framework):
    """Those that an editor may open, with rows that are there: test_admin_site.py."""
    admin_client.raise_request_exception = False
    faults = []
    for pattern in covered_by("admin:"):
        if pattern.name != "admin:logout":
            response = admin_client.get(address_of_rule(pattern))
            if response.status_code >= 500:
                faults.append(f"{pattern.route} answers with {response.status_code}.")

    assert not faults, said(faults)


def test_ratings_share_links_and_pdfs_are_in_nobodys_admin():
    assert {Guest, Rating, ReportPdf, ShareGrant, ShareLink} & set(
        admin.site._registry
    ) == set()


def test_no_page_of_the_accounts_breaks(visitors, db):
    faults = []
    for pattern in covered_by("account_"):
        path = address_of_rule(pattern)
        for who, client in visitors.items():
            status = client.get(path).status_code
            if status not in (200, 302, 404, 405):
                faults.append(f"{path} answers {who} with {status}.")

    assert not faults, said(faults)
