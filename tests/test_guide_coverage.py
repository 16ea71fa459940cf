"""Each section of the guide that this began with has an address that answers it."""

import re

import pytest
from django.test import Client

from tests.factories import make_shipped_framework
from tests.guides import make_shipped_guide
from tests.house import ROOT

ROW = re.compile(r"^\| (\d+) \| (.+?) \| `([^`]+)` \|$", re.MULTILINE)
SECTIONS = 65  # of the guide, and no fewer


@pytest.fixture
def shipped(db):
    make_shipped_framework()
    make_shipped_guide()


def rows():
    """(number, section, address) of the table."""
    return ROW.findall((ROOT / "docs" / "guide-coverage.md").read_text())


def unanswered(addresses):
    """Those that do not open, or whose page has no such place."""
    pages = {}
    for address in addresses:
        path, _, place = address.partition("#")
        if path not in pages:
            pages[path] = Client().get(path)
        page = pages[path]
        has_place = not place or f'id="{place}"' in page.content.decode()
        if page.status_code != 200 or not has_place:
            yield address


def test_each_section_has_its_address(shipped):
    assert [int(number) for number, *_ in rows()] == list(range(1, SECTIONS + 1))
    assert list(unanswered(address for *_, address in rows())) == []


def test_what_leads_nowhere_is_caught(shipped):
    wrong = ["/role/#none", "/none/"]

    assert list(unanswered(["/role/#duties", *wrong])) == wrong
