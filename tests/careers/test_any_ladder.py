"""docs/any-ladder.md: each shape of a ladder goes in, and people rate themselves on it."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careers.addresses import level_url, page_url
from careers.files import text_of
from careers.models import Framework
from careers.publishing import publish_framework
from careers.store import spec_of
from tests.factories import make_assessment, small_spec
from tests.reading import elements

pytestmark = pytest.mark.django_db

LADDERS = Path(__file__).parent / "ladders"
DOCUMENT = Path(__file__).parents[2] / "docs" / "any-ladder.md"


def eighty_by_nine():
    """80 skills in 8 groups on 9 rungs, on a scale of 3 points."""
    groups = "".join(f"- key: g{n}\n  name: Group {n}\n" for n in range(8))
    skills = "".join(
        f"- key: s{n}\n  group: g{n % 8}\n  name: Skill {n}\n  levels:\n"
        f"    1: {{statement: I see {n}.}}\n    2: {{statement: I do {n}.}}\n"
        for n in range(80)
    )
    levels = "".join(
        f"- key: r{rung}\n  career: c\n  title: Rung {rung}\n  short_title: R{rung}\n"
        "  requirements:\n"
        + "".join(
            f"    s{n}: {{required: {min(2, (n + 3 * rung) // 20)}}}\n"
            for n in range(80)
        )
        for rung in range(9)
    )
    return (
        "key: wide\nversion: '1.0'\ntitle: Wide\nlanguage: en\n"
        "scale:\n- {value: 0, name: Not yet}\n- {value: 1, name: Sees}\n"
        "- {value: 2, name: Does}\n"
        f"groups:\n{groups}skills:\n{skills}"
        f"careers:\n- {{key: c, kind: ladder, title: Wide}}\nlevels:\n{levels}"
    )


A_STATEMENT_FOR_EACH_RUNG = """key: rungs
version: '1.0'
title: A statement for each rung
language: en
scale:
- {value: 1, name: Helper}
- {value: 2, name: Maker}
- {value: 3, name: Lead}
groups:
- {key: work, name: Work}
skills:
- key: care
  group: work
  name: Care
  levels:
    1: {statement: I wipe.}
    2: {statement: I mend.}
    3: {statement: I teach.}
- key: plan
  group: work
  name: Plan
  levels:
    2: {statement: I plan a week.}
careers:
- {key: ladder, kind: ladder, title: Ladder}
levels:
- {key: helper, career: ladder, title: A helper, short_title: Helper}
- {key: maker, career: ladder, title: A maker, short_title: Maker}
- {key: lead, career: ladder, title: A lead, short_title: Lead}
"""
TWO_TRACKS = """key: tracks
version: '1.0'
title: Two tracks
language: en
scale:
- {value: 1, name: Sees}
- {value: 2, name: Does}
- {value: 3, name: Leads}
groups:
- {key: work, name: Work}
skills:
- key: dough
  group: work
  name: Dough
  levels: {2: {statement: I mix.}, 3: {statement: I invent.}}
- key: people
  group: work
  name: People
  levels: {2: {statement: I explain.}, 3: {statement: I lead.}}
careers:
- {key: craft, kind: ladder, title: Craft}
- {key: shop, kind: ladder, title: Shop}
levels:
- key: baker
  career: craft
  title: Baker
  short_title: Baker
  requirements: {dough: {required: 2, must_have: true}}
- key: master
  career: craft
  title: Master
  short_title: Master
  requirements: {dough: {required: 3}, people: {required: 2}}
- key: head
  career: shop
  after: baker
  title: Head of a shop
  short_title: Head
  requirements: {dough: {required: 2}, people: {required: 3}}
"""
RUNGS_AS_A_TABLE = """key;name;group;Helper;Maker;Lead
care;Care;Work;I wipe.;I mend.;I teach.
plan;Plan;Work;;I plan a week.;
"""


def ladder(name):
    return name, (LADDERS / name).read_bytes()


def text(content, name="a.yaml"):
    return name, content.encode()


SHAPES = {  # row of the document: files; points, skills, rungs
    "four points": ([ladder("four-points-naive.yaml")], "01234", 12, 6),
    "seven points from 1, skills at some of them": (
        [ladder("seven-points-naive.yaml")],
        "1234567",
        3,
        7,
    ),
    "met or not": ([ladder("met-or-not.yaml")], "01", 4, 2),
    "a statement for each rung and skill": (
        [text(A_STATEMENT_FOR_EACH_RUNG)],
        "123",
        2,
        3,
    ),
    "the same as a table": ([text(RUNGS_AS_A_TABLE, "a.csv")], "123", 2, 3),
    "no hours, importance or must-haves": ([ladder("no-hours.yaml")], "012345", 5, 3),
    "another language": ([ladder("japanese.yaml")], "012345", 5, 4),
    "another direction": ([ladder("arabic.yaml")], "012345", 5, 3),
    "80 skills on 9 rungs": ([text(eighty_by_nine())], "012", 80, 9),
    "two tracks over the same skills": ([text(TWO_TRACKS)], "123", 2, 3),
    "a workbook": ([ladder("bakery.xlsx")], "1234", 6, 3),
    "two CSV files": (
        [ladder("bakery-skills.csv"), ladder("bakery-matrix.csv")],
        "1234",
        6,
        3,
    ),
}


def brought_in(client, files):
    """The draft that these files make in the admin: sent, looked at, confirmed."""
    sent = [SimpleUploadedFile(*each) for each in files]
    plan = client.post(
        reverse("admin:careers_framework_import"), {"file": sent, "title": "A table"}
    )
    client.post(
        reverse("admin:careers_framework_confirm_import"), plan.context["form"].initial
    )
    return Framework.objects.get()


@pytest.mark.parametrize("shape", SHAPES)
def test_shape_goes_in_as_it_is_and_is_rated(editor_client, alice, alice_client, shape):
    files, points, skills, rungs = SHAPES[shape]

    draft = brought_in(editor_client, files)
    framework = publish_framework(framework=draft)

    spec = spec_of(framework)
    assert "".join(str(point.value) for point in spec.scale) == points
    assert (len(spec.skills), len(spec.ladder)) == (skills, rungs)
    highest, skill = spec.ladder[-1].key, spec.skills[-1]
    draft, worst, best = (
        make_assessment(
            owner=alice,
            framework=framework,
            target=highest,
            ratings={each.key: spec.points_of(each)[at].value for each in spec.skills},
            submit=is_done,
        )
        for at, is_done in ((0, False), (0, True), (-1, True))
    )
    card = alice_client.get(reverse("assessment:rate", args=[draft.uid, skill.group]))
    offered = [
        field["value"]
        for field, _ in elements(card, "input")
        if field.get("name") == f"{skill.key}-value"
    ]
    pages = [
        reverse("assessment:report", args=[worst.uid]),
        reverse("assessment:report", args=[best.uid]),
        page_url(spec, "ladder"),
        page_url(spec, "skills"),
        *(page_url(spec, "skill", each.key) for each in spec.skills[:5]),
        *(level_url(spec, rung.key) for rung in spec.ladder),
    ]
    answers = [alice_client.get(page) for page in pages]
    assert (worst.readiness_tenths < 1000, best.readiness_tenths) == (True, 1000)
    assert offered == [str(point.value) for point in spec.points_of(skill)]
    assert [answer.status_code for answer in answers] == [200] * len(pages)
    between = "or" if len(points) == 2 else "to"
    explained = "The marks are the levels" in answers[-1].content.decode()
    assert explained == (len(points) > 2)
    assert f"{points[0]} {between} {points[-1]} chooses." in card.content.decode()
    absent = re.compile(r"\bNone\b(?! of the)")
    assert not any(absent.search(each.content.decode()) for each in answers)


def test_rungs_of_a_statement_for_each_stand_at_their_points(editor_client):
    of_yaml, of_table = (
        spec_of(brought_in_alone(editor_client, *SHAPES[shape][0]))
        for shape in ("a statement for each rung and skill", "the same as a table")
    )

    expected = [("Helper", [1, 0]), ("Maker", [2, 2]), ("Lead", [3, 2])]
    for spec in (of_yaml, of_table):
        assert [
            (rung.short_title, [item.required for item in rung.requirements])
            for rung in spec.ladder
        ] == expected


def test_rungs_of_two_tracks_are_each_measured_by_their_own(editor_client, alice):
    draft = brought_in(editor_client, *SHAPES["two tracks over the same skills"][:1])
    framework = publish_framework(framework=draft)

    spec = spec_of(framework)
    ready = {
        rung.key: make_assessment(
            owner=alice,
            framework=framework,
            target=rung.key,
            ratings={"dough": 2, "people": 3},
            submit=True,
        ).readiness_tenths
        == 1000
        for rung in spec.ladder
    }
    assert [[rung.key for rung in track] for track in spec.tracks] == [
        ["baker", "master"],
        ["baker", "head"],
    ]
    assert spec.must_have_keys(spec.levels_by_key["head"]) == {"dough"}
    assert ready == {"baker": True, "master": False, "head": True}


def brought_in_alone(client, *files):
    Framework.objects.all().delete()
    return brought_in(client, files)


def test_ladder_that_adds_up_points_is_refused_with_the_cure(editor_client):
    said = text_of(small_spec())
    place = said.index("  title: Junior TPM")
    ladders = (
        text(f"{said[:place]}  points_needed: 12\n{said[place:]}"),
        text("key;Maker;Lead\ntotal points;10;25", "a.csv"),
    )

    for each in ladders:
        answer = editor_client.post(
            reverse("admin:careers_framework_import"),
            {"file": SimpleUploadedFile(*each), "title": "Points"},
        )
        errors = answer.context["form"].errors["file"]
        assert any(
            "Write what each rung requires of each skill in place of the points."
            in error
            for error in errors
        )
    assert Framework.objects.count() == 0


def test_document_names_each_shape_that_is_tried_here():
    rows = re.findall(
        r"^\| (?!shape|---)([^|]+?) \|", DOCUMENT.read_text(), re.MULTILINE
    )

    assert rows == [*SHAPES, "points added up over any skills"]
