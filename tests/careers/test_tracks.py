"""Two ladders over the same skills: what comes after a rung, and who stands where on which."""

import re

import pytest
from django.urls import reverse

from assessment.answers import Answer, place
from assessment.forms.targets import PlanTargetForm
from assessment.report import report_of
from careers.files import parse_framework, text_of
from careers.problems import errors
from careers.rules import problems_of
from careers.shape import Career
from careers.store import spec_of
from tests.factories import (
    changed_level,
    make_assessment,
    make_framework,
    required,
    small_spec,
)
from tests.reading import elements, texts


def two_tracks():
    """Changes of the small framework: heads of a team come after a TPM, as seniors do."""
    spec = small_spec()
    head = spec.levels_by_key["senior-tpm"].replaced(
        key="head",
        career="leading",
        order=1,
        after="tpm",
        title="Head of a team",
        short_title="Head",
        requirements=required(
            planning=(3, 1),
            tooling=(0,),
            testing=(0,),
            communication=(4, 5, True),
            leadership=(4, 5, True),
        ),
    )
    leading = Career(key="leading", order=2, title="Leading", kind="ladder", summary="")
    return {"careers": (*spec.careers, leading), "levels": (*spec.levels, head)}


@pytest.fixture
def spec():
    return small_spec(**two_tracks()).in_order()


def keys(levels):
    return [level.key for level in levels]


def test_each_rung_that_none_comes_after_ends_a_track(spec):
    tpm, head = spec.levels_by_key["tpm"], spec.levels_by_key["head"]

    assert [keys(track) for track in spec.tracks] == [
        ["junior-tpm", "tpm", "senior-tpm"],
        ["junior-tpm", "tpm", "head"],
    ]
    assert keys(spec.track_of(head)) == ["junior-tpm", "tpm", "head"]
    assert keys(spec.track_of(spec.levels_by_key["cloud"])) == keys(spec.tracks[0])
    assert spec.level_below(head) == tpm
    assert keys(spec.next_levels(tpm)) == ["senior-tpm", "head", "cloud"]


def test_must_haves_are_carried_along_a_track_alone(spec):
    head, senior = spec.levels_by_key["head"], spec.levels_by_key["senior-tpm"]

    since = {key: rung.key for key, rung in spec.must_have_since(head).items()}

    assert since == {"planning": "junior-tpm"}
    assert "leadership" not in spec.must_have_keys(senior)


def test_one_ladder_is_one_track_and_its_file_says_nothing_of_it():
    spec = small_spec()

    assert spec.tracks == (spec.ladder,)
    assert "after:" not in text_of(spec)


def test_tracks_survive_a_file_and_the_database(db, spec):
    read = parse_framework({"a.yaml": text_of(spec)})

    assert (read.spec, errors(read.problems)) == (spec, [])
    assert spec_of(make_framework(**two_tracks())) == spec


@pytest.mark.parametrize(
    ("level", "after", "problem"),
    [
        ("tpm", "captain", "levels/tpm/after: There is no rung of the ladder"),
        ("cloud", "tpm", "levels/cloud/after: Only a rung comes after another."),
        (
            "junior-tpm",
            "senior-tpm",
            "These rungs come after each other: ",
        ),
        ("tpm", "tpm", "These rungs come after each other: tpm after tpm."),
    ],
)
def test_what_a_rung_comes_after_is_a_rung_below_it(level, after, problem):
    spec = small_spec(levels=changed_level(level, after=after))

    assert problem in "\n".join(map(str, errors(problems_of(spec))))


def test_a_framework_needs_a_ladder():
    careers = [each for each in small_spec().careers if each.kind != "ladder"]

    found = errors(problems_of(small_spec(careers=tuple(careers))))

    assert "No career has the kind 'ladder'. Give one of them this kind." in [
        each.sentence for each in found
    ]


def test_a_person_stands_on_the_track_of_the_target(spec):
    """Who leads and knows no tools holds Head, and not Senior."""
    values = {"planning": 3, "tooling": 0, "testing": 0}
    values |= {"communication": 4, "leadership": 4}
    answers = {key: Answer(value=value) for key, value in values.items()}
    head, senior = spec.levels_by_key["head"], spec.levels_by_key["senior-tpm"]

    leads = report_of(spec, head, answers)
    follows = report_of(spec, senior, answers)

    assert (leads.held, leads.nearest) == (head, None)
    assert follows.held is None
    assert keys(rung.level for rung in leads.rungs) == ["head", "tpm", "junior-tpm"]
    assert place(spec, head, answers).level == 3


def test_a_rung_lies_below_the_target_whatever_its_place_in_its_own_ladder(spec):
    """TPM is the second of its ladder, Head the first of the other one, above it."""
    head = spec.levels_by_key["head"]

    def stands(**values):
        answers = {key: Answer(value=value) for key, value in values.items()}
        made = report_of(
            spec, head, dict.fromkeys(spec.skills_by_key, Answer(value=0)) | answers
        )
        return made.held_below, made.nearest_below

    assert stands(planning=3, tooling=3, testing=2, communication=3, leadership=2) == (
        spec.levels_by_key["tpm"],
        None,
    )
    assert stands(planning=2) == (None, spec.levels_by_key["junior-tpm"])
    assert stands(planning=3, communication=4, leadership=4) == (None, None)


def test_pages_show_each_track(client, db):
    make_framework(**two_tracks())

    ladder, head = client.get("/ladder/"), client.get("/ladder/head/")

    shown = [
        "1 Junior TPM 1 to 3 years median pay USD 80,000 "
        "2 TPM 2 to 4 years median pay USD 100,000 "
        f"3 {last} 3 to 5 years median pay USD 120,000"
        for last in ("Senior TPM", "Head")
    ]
    assert texts(ladder, "ol", "rungs") == shown
    assert texts(ladder, "p", "block-title") == ["Small ladder", "Leading"]
    assert texts(head, "p", "kicker") == ["Leading: rung 3 of 3"]
    assert "What changes from TPM" in texts(head, "h2")
    assert "1 Junior TPM, 2 TPM, 3 Head" in texts(
        client.get("/skills/planning/"), "p", "caption"
    )


def test_each_track_has_a_picture_of_its_own(client, db):
    make_framework(**two_tracks())

    pictures = texts(client.get("/ladder/"), "title")[1:]

    assert [each.partition("People and judgment: ")[2] for each in pictures] == [
        "1.0, 2.5, 4.0. Technical: 1.7, 2.7, 3.3.",
        "1.0, 2.5, 4.0. Technical: 1.7, 2.7, 1.0.",
    ]


def test_targets_stand_under_the_title_of_their_ladder(alice_client, alice, db):
    make_framework(**two_tracks())
    report = make_assessment(owner=alice, submit=True)
    in_groups = ["Small ladder", "Leading", "Specializations", "Related careers"]

    start = alice_client.get(reverse("assessment:start"))
    compare = alice_client.get(reverse("assessment:compare", args=[report.uid]))
    fit = alice_client.get(reverse("assessment:fit", args=[report.uid]))
    plan = PlanTargetForm(spec=spec_of(report.framework)).fields["target"].choices

    assert [title for title in texts(start, "h3") if title in in_groups] == in_groups
    for page in (compare, fit):
        labels = [each["label"] for each, _ in elements(page, "optgroup")]
        assert labels == 2 * in_groups
    assert [title for title, _ in plan] == in_groups


def test_who_holds_a_rung_is_led_to_each_that_comes_next(client, db):
    make_framework(**two_tracks())

    def led_on(level):
        page = client.get(reverse("assessment:start"), {"target": level})
        said = next(text for text in texts(page, "p") if "already?" in text)
        links = page.content.decode().partition("already?")[2].partition("</p>")[0]
        return said, re.findall(r"target=([\w-]+)", links)

    assert led_on("junior-tpm") == (
        "You are Junior TPM already? Then measure yourself against the next rung: TPM.",
        ["tpm"],
    )
    assert led_on("tpm") == (
        "You are TPM already? Then measure yourself against one of the 2 rungs that come "
        "next: Senior TPM, Head.",
        ["senior-tpm", "head"],
    )


def test_three_questions_are_asked_of_one_track(client, db):
    changes = two_tracks()
    lines = {"scope": "a {0}", "autonomy": "as {0}", "people_impact": "with {0}"}
    changes["levels"] = tuple(
        level.replaced(**{name: each.format(level.key) for name, each in lines.items()})
        for level in changes["levels"]
    )
    make_framework(**changes)
    address = reverse("assessment:find_level")
    answers = {"scope": "2", "autonomy": "2", "people": "1"}

    offered = client.get(address)
    asked = client.get(address, {"track": "head"})
    suggested = client.get(address, {"track": "head", **answers})

    links = [each["href"] for each, _ in elements(offered, "a", "choices__link")]
    assert [link.rpartition("=")[2] for link in links] == ["senior-tpm", "head"]
    assert texts(asked, "label", "form-check-label")[:3] == [
        "A junior-tpm",
        "A tpm",
        "A head",
    ]
    assert [level.key for level in suggested.context["levels"]] == ["head"]
    assert texts(client.get(reverse("assessment:start")), "h3")[:2] == [
        "Small ladder",
        "Leading",
    ]
