"""Every page and file as the cast gets it, word for word, with its number of queries.

`make golden` writes the files in tests/golden/ anew; the diff is the review.
"""

import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessment import plans
from tests.addresses import ADDRESSES, address_of, admin_pages
from tests.factories import (
    EARLIER,
    IN_SMALL_FRAMEWORK,
    RATINGS,
    make_assessment,
    make_entry,
    make_framework,
    make_plan,
    make_share_link,
)
from tests.golden_pages import lines_of, written
from tests.guides import make_guide, with_origins
from tests.house import said

GOLDEN = Path(__file__).parent / "golden"
# What is in a PDF or a sheet is read in tests of its own; the style guide is for developers;
# the time zones that a profile offers are the machine's;
# what the process has counted depends on what went before.
WITHOUT = {
    "assessment:case_docx",
    "assessment:case_pdf",
    "assessment:profile",
    "assessment:report_pdf",
    "assessment:report_xlsx",
    "metrics",
    "styleguide",
}
FRAMED = "assessment:home"  # what stands around every page is told of one
NAMES = [
    name
    for name, address in ADDRESSES.items()
    if "GET" in address.methods and name not in WITHOUT
]


@pytest.fixture
def noon():
    """All that happens, happens at one moment of one day."""
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        yield


@pytest.fixture
def asked(noon, alice, bob, editor, alice_client, bob_client, editor_client):
    """{name: {visitor: lines}} of every address, for a small framework and guide.

    Alice has a draft and nothing else; Bob has two reports, and has opened his own link.
    """
    make_framework()
    make_guide(pages=with_origins())
    make_framework(key="another-ladder")
    make_guide(framework="another-ladder", pages=with_origins())
    draft = make_assessment(owner=alice, ratings=EARLIER)
    earlier = make_assessment(owner=bob, ratings=EARLIER, submit=True)
    report = make_assessment(owner=bob, ratings=RATINGS, submit=True)
    link, token = make_share_link(report)
    plan = make_plan(bob, ("planning", 4), ("tooling", 3), ("testing", 2, "Test it."))
    plans.change_item(item=plan.items.last(), due=date(2026, 3, 1))
    entry = make_entry(plan.items.first(), url="https://example.org/risks")
    of_draft = SimpleNamespace(
        **IN_SMALL_FRAMEWORK,
        uid=draft.uid,
        earlier=draft.uid,
        link=draft.uid,
        token="t" * 43,
        item=draft.uid,
        plan=draft.uid,
        entry=draft.uid,
    )
    of_report = SimpleNamespace(
        **IN_SMALL_FRAMEWORK,
        uid=report.uid,
        earlier=earlier.uid,
        link=link.uid,
        token=token,
        item=plan.items.first().uid,
        plan=plan.uid,
        entry=entry.uid,
    )
    bob_client.get(address_of("assessment:open_share", of_report))
    cast = {
        "a visitor": (Client(), of_report),
        "an owner with a draft": (alice_client, of_draft),
        "an owner with reports": (bob_client, of_report),
        "an editor": (editor_client, of_report),
    }
    found = {
        name: {
            who: answer(client, address_of(name, scene), with_frame=name == FRAMED)
            for who, (client, scene) in cast.items()
        }
        for name in NAMES
    }
    for name, path in admin_pages().items():
        found[name] = {"an editor": answer(editor_client, path)}
    return found


def answer(client, path, *, with_frame=False):
    """The second answer, when what a process keeps is there, after its queries."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    return [f"{len(queries)} queries", *lines_of(response, with_frame=with_frame)]


def test_every_page_stays_as_it_is(asked):
    texts = {
        f"{name.replace(':', '.').replace('/', '.')}.txt": written(lines)
        for name, lines in asked.items()
    }
    if os.environ.get("GOLDEN") == "rewrite":
        GOLDEN.mkdir(exist_ok=True)
        for path in GOLDEN.glob("*.txt"):
            path.unlink()
        for name, text in texts.items():
            (GOLDEN / name).write_text(text)
    held = {path.name: path.read_text() for path in GOLDEN.glob("*.txt")}

    faults = [
        f"{name}: {first_difference(held.get(name, ''), texts.get(name, ''))}"
        for name in sorted({*held, *texts})
        if held.get(name) != texts.get(name)
    ]

    assert not faults, said(faults)


def first_difference(before, after):
    lines = zip([*before.splitlines(), None], [*after.splitlines(), None], strict=False)
    was, became = next(pair for pair in lines if pair[0] != pair[1])
    return f"{was!r} became {became!r}. `make golden` takes it over."
