"""Ladders of other shapes, each as the one that is served: every page that can be reached.

The files of tests/data/ladders say what their owners had to say, and no more.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from careers.files import parse_framework
from careers.problems import errors
from careers.publishing import apply_import, plan_spec, publish_framework
from tests.factories import make_assessment
from tests.house import said
from tests.reading import elements, texts

LADDERS = Path(__file__).parent / "data" / "ladders"
NAMES = sorted(path.stem for path in LADDERS.glob("*.yaml"))
NOT_FOLLOWED = re.compile(r"/(admin|accounts|static)/|.*\.(pdf|xlsx|docx|ics|zip)")
OF_THE_MODEL = ("/how-it-works/", "/privacy/", "/me/")
"""Pages that explain the tool itself, whatever the ladder."""


def spec_in(name):
    read = parse_framework({f"{name}.yaml": (LADDERS / f"{name}.yaml").read_text()})
    assert errors(read.problems) == []
    return read.spec


@pytest.fixture(params=NAMES)
def ladder(request, db, settings):
    """(spec, framework) of a file; it is the one that is served."""
    spec = spec_in(request.param)
    settings.FRAMEWORK_KEY = spec.key
    return spec, publish_framework(framework=apply_import(plan_spec(spec)))


@pytest.fixture
def visited(ladder, alice):
    """{path: answer} of all that Alice reaches by links, from a report and a draft on."""
    spec, framework = ladder
    client, level = Client(), spec.ladder[-1]
    client.force_login(alice)
    asked = [item for item in level.requirements if item.required]
    ratings = {item.skill: item.required for item in asked[1:]}
    ratings[asked[0].skill] = spec.lowest
    known = {"owner": alice, "framework": framework, "target": level.key}
    for _ in range(2):
        report = make_assessment(**known, ratings=ratings, submit=True)
    draft = make_assessment(**known)
    return crawled(client, "/", report.get_absolute_url(), draft.get_absolute_url())


def crawled(client, *paths):
    """What is answered to each path, and to each that these lead to."""
    found, wanted = {}, list(paths)
    while wanted:
        path = wanted.pop()
        if path in found or NOT_FOLLOWED.match(path):
            continue
        found[path] = client.get(path, follow=True)
        if found[path]["Content-Type"].startswith("text/html"):
            for attributes, _ in elements(found[path], "a"):
                parts = urlsplit(attributes.get("href", ""))
                if not parts.scheme and parts.path.startswith("/"):
                    wanted.append(parts._replace(fragment="").geturl())
    return found


def never_said(spec):
    """{what no page may say: the pages that explain the tool and may}."""
    parts = [part for skill in spec.skills for part in (*skill.levels, *skill.actions)]
    never = {
        r"technical project manag|\bTPMs?\b|\btwenty\b|\b20 skills|\bNone\b(?! of)": ()
    }
    if not any(part.hours for part in parts):
        never[r"(?<![Nn]o[ -])\bhours?\b"] = ("/privacy/", "/me/")
    if not any(level.must_haves for level in spec.levels):
        never["must-have"] = OF_THE_MODEL
    if not (spec.skills_of_kind("soft") and spec.skills_of_kind("technical")):
        never["[Pp]eople and judgment|[Tt]echnical skills"] = ()
    if not spec.tracks_to_ask:
        never["Three questions"] = ()
    return never


def faults_in(path, response, never):
    if response.status_code != 200:
        return [f"{path} answers {response.status_code}"]
    if response["Content-Type"] == "application/json":
        return []  # its keys are those of the format
    text = response.content.decode()
    if response["Content-Type"].startswith("text/html"):
        kept = [each.get("content", "") for each, _ in elements(response, "meta")]
        text = " ".join([*texts(response, "title"), *texts(response, "body"), *kept])
    return [
        f"{path} says: {text[max(0, found.start() - 60) : found.end() + 40]}"
        for pattern, allowed in never.items()
        if path not in allowed
        for found in re.finditer(pattern, text)
    ]


@pytest.mark.slow
def test_no_page_breaks_or_says_what_the_ladder_does_not(ladder, visited):
    spec, _ = ladder
    never = never_said(spec)

    faults = [
        fault
        for path, response in visited.items()
        for fault in faults_in(path, response, never)
    ]

    assert not faults, said(faults)
    pages = ("start", "example", "plan", "search")
    assert {reverse(f"assessment:{name}") for name in pages} < visited.keys()
    assert {"fit", "what-if", "then", "case", "report.csv", "report.json"} <= {
        part for path in visited for part in urlsplit(path).path.strip("/").split("/")
    }


def test_each_skill_is_rated_and_drawn_on_the_points_it_has(ladder, alice):
    spec, framework = ladder
    client, level = Client(), spec.ladder[-1]
    client.force_login(alice)
    draft = make_assessment(owner=alice, framework=framework, target=level.key)

    offered, drawn = {}, {}
    for group in spec.groups:
        page = client.get(reverse("assessment:rate", args=[draft.uid, group.key]))
        for attributes, _ in elements(page, "input"):
            skill, _, field = attributes.get("name", "").rpartition("-")
            if field == "value" and attributes["value"].isdecimal():
                offered.setdefault(skill, []).append(attributes["value"])
    for skill in spec.skills:
        page = client.get(f"/skills/{skill.key}/")
        drawn[skill.key] = next(
            title for title in texts(page, "title") if "Required level" in title
        )

    points = {
        skill.key: [str(point.value) for point in spec.points_of(skill)]
        for skill in spec.skills
    }
    assert offered == points
    ends = f"Required level, {spec.lowest} to {spec.top}:"
    assert {title.startswith(ends) for title in drawn.values()} == {True}


def test_nothing_is_offered_that_the_ladder_has_no_lines_for(ladder, alice):
    spec, framework = ladder
    client, level = Client(), spec.ladder[-1]
    client.force_login(alice)
    draft = make_assessment(owner=alice, framework=framework, target=level.key)

    start = client.get("/assess/", {"target": level.key})
    quick = client.get(f"/assess/{draft.uid}/rate/must-haves/")
    questions = client.get("/assess/which-level/")

    assert "Only the must-haves" not in texts(start, "main")[0] or spec.tells_must_haves
    assert quick.status_code == (200 if spec.tells_must_haves else 404)
    assert questions.status_code == (200 if spec.tracks_to_ask else 404)


@pytest.mark.slow
def test_the_admin_names_no_other_job(ladder, admin_client):
    pages = crawled_once(admin_client, reverse("admin:index"))

    faults = [
        fault
        for path, response in pages.items()
        for fault in faults_in(path, response, {r"[Tt]echnical project manag": ()})
    ]

    assert not faults, said(faults)
    assert reverse("admin:careers_framework_changelist") in pages


def crawled_once(client, path):
    """A page of the admin, and those of the ladder that it leads to."""
    first = client.get(path)
    paths = [each["href"] for each, _ in elements(first, "a") if each.get("href")]
    wanted = {path for path in paths if path.startswith("/admin/careers/")}
    return {path: first} | {
        path: client.get(path, follow=True) for path in sorted(wanted)
    }
