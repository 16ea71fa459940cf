"""Every page of ours as a reader gets it: its structure, its headers, its queries.

The pages are those that tests/addresses.py declares; a new one is tested from its first
day. Alice reads them, with a draft, a report of hers, and a share link that she opened.
"""

import sys
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.template import Context, Template, engines
from django.template.base import Node, Origin
from django.test.utils import CaptureQueriesContext

from tests.addresses import ADDRESSES, address_of, knows_nobody
from tests.factories import make_assessment
from tests.house import ROOT, components, said
from tests.test_house_templates import arguments_of

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Same page at two addresses: the title may be the same.
TITLES_SHARED = {
    f"frameworks:{page}"
    for page in (
        "ladder",
        "skills",
        "specializations",
        "related",
        "certifications",
        "interview",
    )
}

# Queries of a page for Alice, whose session and account are two of them. The promise is
# at most five, of a file six, and as many for three assessments as for one.
MOST_QUERIES, MOST_OF_FILE = 5, 6
QUERIES = {
    "assessment:example/framework_key": 3,
    "assessment:unclear": 3,
    "careers:frameworks": 3,
    "frameworks:apply": 3,
    "frameworks:guide": 3,
    "frameworks:market": 3,
    "frameworks:pay": 4,
    "frameworks:questions": 3,
    "frameworks:role": 3,
    "frameworks:start": 3,
    "assessment:home": 4,
    "assessment:how_it_works": 3,
    "assessment:privacy": 2,
    "assessment:me": 5,
    "assessment:profile": 3,
    "assessment:reminders": 2,
    "assessment:leave": 4,
    "assessment:bring": 2,
    "styleguide": 3,
    "assessment:search": 3,
    "assessment:sitemap": 1,
    "assessment:robots": 0,
    "healthz": 0,
    "readyz": 5,
    "metrics": 5,
    "assessment:example": 3,
    "assessment:start": 5,
    "assessment:find_level": 3,
    "assessment:quick_look": 4,
    "assessment:dashboard": 4,
    "assessment:progress": 5,
    "assessment:correct": 4,
    "assessment:rate": 4,
    "assessment:review": 4,
    "assessment:delete": 3,
    "assessment:rename": 3,
    "assessment:forget": 3,
    "assessment:interview": 5,
    "assessment:report": 5,
    "assessment:kit": 4,
    "assessment:summary": 5,
    "assessment:report_csv": 4,
    "assessment:report_json": 4,
    "assessment:report_xlsx": 4,
    "assessment:report_pdf": 5,  # kept; to make it takes more
    "assessment:share": 4,
    "assessment:shared_report": 4,
    "assessment:fit": 4,
    "assessment:compare": 4,
    "assessment:what_if": 3,
    "assessment:earlier": 4,
    "assessment:then": 4,
    "assessment:plan": 4,
    "assessment:propose": 4,
    "assessment:steps": 5,
    "assessment:plan_change": 4,
    "assessment:plan_item": 3,
    "assessment:plan_focus": 4,
    "assessment:case": 5,
    "assessment:case_pdf": 6,  # those of the case, and one for what is kept
    "assessment:case_docx": 5,
    "assessment:journal": 5,
    "assessment:journal_entry": 4,
    "careers:guide": 3,
    "careers:role": 3,
    "careers:start": 3,
    "careers:apply": 3,
    "careers:pay": 5,
    "careers:market": 3,
    "careers:questions": 3,
    "careers:ladder": 5,
    "careers:level": 5,
    "careers:skills": 3,
    "careers:skill": 3,
    "frameworks:ladder": 4,
    "frameworks:level": 4,
    "frameworks:skills": 3,
    "frameworks:skill": 3,
    "careers:job_description": 3,
    "careers:job_description_text": 1,
    "careers:certifications": 3,
    "careers:interview": 3,
    "careers:specializations": 5,
    "careers:specialization": 5,
    "careers:related": 5,
    "careers:related_career": 5,
    "frameworks:job_description": 3,
    "frameworks:job_description_text": 1,
    "frameworks:certifications": 3,
    "frameworks:interview": 3,
    "frameworks:specializations": 4,
    "frameworks:specialization": 4,
    "frameworks:related": 4,
    "frameworks:related_career": 4,
}


def state_shown(name):
    """The state of an assessment in which this page is a page, and not a way on."""
    address = ADDRESSES[name]
    return next(s for s in ("draft", "submitted") if getattr(address, s) == 200)


PAGES = [
    name
    for name, address in ADDRESSES.items()
    if address.is_page and 200 in (address.draft, address.submitted)
]
FILES = [
    name
    for name, address in ADDRESSES.items()
    if address.is_file and 200 in (address.draft, address.submitted)
]


@pytest.fixture
def open_page(scene, alice, alice_client, settings):
    """Opens a page by its name, as Alice."""
    settings.DEBUG = True  # the style guide is a page, too
    make_assessment(owner=alice, submit=True)  # an earlier one
    made = {
        "draft": scene(make_assessment(owner=alice, ratings={"sdlc": 3})),
        "submitted": scene(make_assessment(owner=alice, submit=True)),
    }

    alice_client.get(address_of("assessment:open_share", made["submitted"]))

    def opened(name, client=alice_client):
        return client.get(address_of(name, made[state_shown(name)]))

    return opened


# Structure
# ------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Counts what every page has once, and collects what no page has."""

    def __init__(self, text):
        super().__init__()
        self.faults, self.tags, self.ids = [], Counter(), Counter()
        self.title, self._in = "", ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        attributes = dict(attributes)
        self.ids.update([attributes["id"]] if "id" in attributes else [])
        self._in = tag
        for name, value in attributes.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}={value!r}>: inline code.")
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.faults.append(f"<{tag}>: inline code.")
        if tag == "img" and "alt" not in attributes:
            self.faults.append(f"<img src={attributes.get('src')!r}> has no alt.")
        if tag == "html" and not attributes.get("lang"):
            self.faults.append("<html> says no language.")

    def handle_data(self, data):
        if self._in == "title" and self.tags["svg"] == 0:
            self.title += data

    def handle_endtag(self, tag):
        self._in = ""


def faults_of(text):
    page = Page(text)
    yield from page.faults
    for tag in ("h1", "main", "html"):
        if page.tags[tag] != 1:
            yield f"{page.tags[tag]} <{tag}> instead of one."
    if not page.title.strip():
        yield "There is no title."
    yield from (f"The id {i!r} stands {n} times." for i, n in page.ids.items() if n > 1)


def test_pages_are_well_built_and_named_and_all_headers_are_exact(open_page):
    answers = {name: open_page(name) for name in (*PAGES, *FILES)}

    texts = {name: answers[name].content.decode() for name in PAGES}
    faults = [
        f"{name}: {fault}" for name, text in texts.items() for fault in faults_of(text)
    ]
    assert not faults, said(faults)
    titles = Counter(
        Page(text).title for name, text in texts.items() if name not in TITLES_SHARED
    )
    assert [title for title, count in titles.items() if count > 1] == []
    expected = (sorted(CSP.split("; ")), *HEADERS.values())
    assert {name: headers_of(each) for name, each in answers.items()} == dict.fromkeys(
        answers, expected
    )


def headers_of(response):
    policy = sorted(response["Content-Security-Policy"].split("; "))
    return policy, *(response.headers.get(each) for each in HEADERS)


GOOD = '<html lang="en"><title>A</title><main><h1>A</h1></main></html>'


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<h1>A</h1>", ""),
        ("</main>", "</main><main></main>"),
        (' lang="en"', ""),
        ("<title>A</title>", "<svg><title>A</title></svg>"),
        ("<h1>", '<h1 style="color: red">'),
        ("<h1>", '<h1 onclick="f()">'),
        ("<h1>", "<script>f()</script><h1>"),
        ("<h1>", "<style>h1 {}</style><h1>"),
        ("<h1>", '<img src="x"><h1>'),
        ("<h1>", '<p id="a"><p id="a"><h1>'),
    ],
)
def test_a_fault_of_structure_is_caught(good, bad):
    assert list(faults_of(GOOD)) == []
    assert len(list(faults_of(GOOD.replace(good, bad)))) == 1


# Missing variables
# ------------------------------------------------------------------------------------


class MissingVariables(str):
    """Stands for `string_if_invalid`; remembers what our own templates asked in vain."""

    def __new__(cls, found):
        self = super().__new__(cls, "%s")
        self.found = found
        return self

    def __mod__(self, variable):
        path = _path_of_caller()
        name = str(variable).partition(".")[0]
        if path.startswith("templates/") and name not in optional_in(path):
            self.found.add(f"{path}: {variable}")
        return ""


def optional_in(path):
    """The arguments that a component may go without."""
    name = path.removeprefix("templates/components/").removesuffix(".html")
    arguments = arguments_of(name, components().get(name, ""))
    return arguments.optional if arguments else set()


def _path_of_caller():
    """The file of the template node that is being rendered, from our root."""
    frame = sys._getframe()
    while frame := frame.f_back:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name).removeprefix(f"{ROOT}/")
    return ""


@pytest.fixture
def missing(monkeypatch):
    """What templates of ours asked for and did not get."""
    found = set()
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "string_if_invalid", MissingVariables(found))
    return found


def test_no_template_asks_in_vain(open_page, missing):
    for name in PAGES:
        open_page(name)

    assert sorted(missing) == []


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("templates/page.html", ["templates/page.html: hole"]),
        ("a/library/page.html", []),
    ],
)
def test_a_variable_asked_in_vain_is_caught(missing, file, expected):
    text = "{% if hole %}{% endif %}{% with a=there %}{{ hole }}{{ a }}{% endwith %}"
    origin = Origin(str(ROOT / file))
    template = Template(text, origin, engine=engines["django"].engine)

    assert template.render(Context({"there": "x"})) == "x"
    assert sorted(missing) == expected


# Queries
# ------------------------------------------------------------------------------------


def test_no_page_promises_more_queries_than_five():
    most = dict.fromkeys(PAGES, MOST_QUERIES) | dict.fromkeys(FILES, MOST_OF_FILE)

    assert {name: n for name, n in QUERIES.items() if n > most[name]} == {}


PERSONAL = [name for name in QUERIES if not knows_nobody(name)]


def queries_of(open_page, names=tuple(QUERIES)):
    """{name: how many queries it takes}."""
    found = {}
    for name in names:
        with CaptureQueriesContext(connection) as queries:
            open_page(name)
        found[name] = len(queries)
    return found


def test_each_page_has_its_number_of_queries():
    assert set(QUERIES) == {*PAGES, *FILES}, (
        "Give each page its literal number in QUERIES."
    )


def test_pages_take_as_many_queries_as_promised_whatever_one_has(open_page, alice):
    queries_of(open_page)  # what a process keeps of the frameworks is there then

    of_one = queries_of(open_page)
    for _ in range(2):
        make_assessment(owner=alice, ratings={"sdlc": 3, "agile-delivery": 4})
        make_assessment(owner=alice, submit=True)
    of_three = queries_of(open_page, PERSONAL)

    assert of_one == QUERIES
    assert of_three == {name: QUERIES[name] for name in PERSONAL}
