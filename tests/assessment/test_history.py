"""No edit of a ladder breaks anybody's history: random edits, and what must stay as it was."""

import re
from itertools import combinations

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, answers_of, target_of
from assessment.draft import load_draft
from assessment.models import Assessment, ReportPdf
from assessment.report import load_report, report_context
from careers import store
from careers.changes import TwoVersions
from careers.fields import items, name_of, own_fields
from careers.problems import errors
from careers.publishing import (
    CHANGE,
    apply_import,
    differences,
    plan_spec,
    publish_framework,
)
from careers.rules import problems_of
from careers.shape import ProficiencyLevel, Requirement, SkillLevel
from tests.assessment.test_pdf import pdf_of, texts_of
from tests.factories import make_assessment, small_spec

TARGET = "tpm"


def bare_spec():
    """The small spec without what names a skill from elsewhere."""
    spec = small_spec()
    skills = tuple(
        each.replaced(actions=(), questions=(), prerequisites=(), example="")
        for each in spec.skills
    )
    return spec.replaced(skills=skills, leaves_out=(), certifications=()).in_order()


# Edits, each of a spec and of what hypothesis draws
# ------------------------------------------------------------------------------------


def one_of(draw, spec):
    return draw(st.sampled_from(spec.skills))


def new_key(spec, draw):
    """Of no skill of any version: keys are not used twice."""
    return f"new-{draw(st.integers(10**6, 10**9))}"


def with_skills(spec, skills, requirements):
    """`requirements` is {level key: {skill key: Requirement}}."""
    groups = {}
    for skill in skills:
        groups.setdefault(skill.group, []).append(skill)
    numbered = tuple(
        skill.replaced(order=n)
        for found in groups.values()
        for n, skill in enumerate(found, 1)
    )
    levels = tuple(
        level.replaced(
            requirements=tuple(requirements[level.key][skill.key] for skill in numbered)
        )
        for level in spec.levels
    )
    return spec.replaced(skills=numbered, levels=levels).in_order()


def required(spec):
    return {
        level.key: {each.skill: each for each in level.requirements}
        for level in spec.levels
    }


def add(draw, spec):
    like, key = one_of(draw, spec), new_key(spec, draw)
    asked = required(spec)
    for found in asked.values():
        found[key] = Requirement(skill=key, required=draw(st.integers(0, spec.top)))
    new = like.replaced(key=key, name=f"Skill {key}", replaces=())
    return with_skills(spec, (*spec.skills, new), asked)


def remove(draw, spec):
    if len(spec.skills) < 4:
        return spec
    gone = one_of(draw, spec)
    kept = tuple(each for each in spec.skills if each != gone)
    return with_skills(spec, kept, required(spec))


def replace(draw, spec):
    old, key = one_of(draw, spec), new_key(spec, draw)
    new = old.replaced(key=key, name=f"Skill {key}", replaces=(old.key,))
    asked = required(spec)
    for found in asked.values():
        found[key] = found[old.key].replaced(skill=key)
    skills = tuple(new if each == old else each for each in spec.skills)
    return with_skills(spec, skills, asked)


def merge(draw, spec):
    if len(spec.skills) < 4:
        return spec
    first, second = draw(st.permutations(spec.skills))[:2]
    key = draw(st.sampled_from([first.key, new_key(spec, draw)]))
    replaces = tuple(old.key for old in (first, second) if old.key != key)
    new = first.replaced(key=key, name=f"Skill {key}", replaces=replaces)
    asked = required(spec)
    for found in asked.values():
        found[key] = found[first.key].replaced(skill=key)
    kept = tuple(each for each in spec.skills if each not in (first, second))
    return with_skills(spec, (*kept, new), asked)


def split(draw, spec):
    old = one_of(draw, spec)
    keys = [draw(st.sampled_from([old.key, new_key(spec, draw)])), new_key(spec, draw)]
    if keys[0] == keys[1]:
        return spec
    parts = tuple(
        old.replaced(
            key=key,
            name=f"Skill {key}",
            replaces=() if key == old.key else (old.key,),
        )
        for key in keys
    )
    asked = required(spec)
    for found in asked.values():
        before = found[old.key]
        found.update({key: before.replaced(skill=key) for key in keys})
    kept = tuple(each for each in spec.skills if each != old)
    return with_skills(spec, (*kept, *parts), asked)


def reorder(draw, spec):
    return with_skills(spec, tuple(draw(st.permutations(spec.skills))), required(spec))


def change_skill(draw, spec):
    old = one_of(draw, spec)
    name = draw(st.sampled_from(["name", "description", "why_it_matters", "statement"]))
    if name == "statement":
        value = draw(st.sampled_from([each.value for each in old.levels]))
        levels = tuple(
            each.replaced(statement=f"I do it otherwise, {draw(st.integers(0, 9))}.")
            if each.value == value
            else each
            for each in old.levels
        )
        new = old.replaced(levels=levels)
    else:
        new = old.replaced(**{name: f"Otherwise {draw(st.integers(0, 10**9))}"})
    skills = tuple(new if each == old else each for each in spec.skills)
    return spec.replaced(skills=skills)


def change_requirement(draw, spec):
    level, skill = draw(st.sampled_from(spec.levels)), one_of(draw, spec)
    asked = required(spec)
    asked[level.key][skill.key] = Requirement(
        skill=skill.key,
        required=draw(st.integers(0, spec.top)),
        importance=draw(st.integers(1, 5)),
        must_have=draw(st.booleans()),
    )
    return with_skills(spec, spec.skills, asked)


def change_level(draw, spec):
    level = draw(st.sampled_from(spec.levels))
    changes = draw(
        st.sampled_from(
            [
                {"title": "Another title", "short_title": "Another"},
                {"summary": "Another summary."},
                {"ready_line": 95},
                {"key": f"{level.key}-now"},
            ]
        )
    )
    career = spec.careers_by_key[level.career]
    if "key" in changes and career.kind != "ladder":
        return spec
    levels = tuple(
        each.replaced(**changes) if each == level else each for each in spec.levels
    )
    careers = tuple(
        each.replaced(base_level=changes.get("key", level.key))
        if each.base_level == level.key
        else each
        for each in spec.careers
    )
    return spec.replaced(levels=levels, careers=careers)


def change_scale(draw, spec):
    how = draw(st.sampled_from(["longer", "shorter", "named"]))
    top = spec.top
    if how == "named":
        last = spec.scale[-1].replaced(name=f"Point {draw(st.integers(0, 9))}")
        return spec.replaced(scale=(*spec.scale[:-1], last))
    if how == "longer":
        if top >= 8:
            return spec
        point = ProficiencyLevel(value=top + 1, name=f"Point {top + 1}")
        new = SkillLevel(value=top + 1, statement="I do more of it.", hours=90)
        skills = tuple(
            each.replaced(levels=(*each.levels, new)) for each in spec.skills
        )
        return spec.replaced(scale=(*spec.scale, point), skills=skills)
    if top <= 2:
        return spec
    skills = tuple(
        each.replaced(levels=tuple(it for it in each.levels if it.value < top))
        for each in spec.skills
    )
    asked = {
        level: {
            key: each.replaced(required=min(each.required, top - 1))
            for key, each in found.items()
        }
        for level, found in required(spec).items()
    }
    return with_skills(spec.replaced(scale=spec.scale[:-1]), skills, asked)


def change_any_field(draw, spec):
    """Another value in one field of one part, whatever part and field that is."""
    parts = [((), spec), *items(spec)]
    path, part = draw(st.sampled_from(parts))
    fields = [name for name in own_fields(type(part)) if name not in ("key", "version")]
    name = draw(st.sampled_from(fields))
    value = getattr(part, name)
    if isinstance(value, bool):
        new = not value
    elif isinstance(value, tuple):
        new = (*value, f"Otherwise {draw(st.integers(0, 9))}")
    elif isinstance(value, str):
        new = f"Otherwise {draw(st.integers(0, 10**9))}"
    else:
        new = draw(st.integers(0, 95))
    return changed_at(spec, path, **{name: new})


def changed_at(part, path, **changes):
    """The same with changes of the part at a path: ("skills", "planning", "levels", "3")."""
    if not path:
        return part.replaced(**changes)
    section, name, *rest = path
    parts = tuple(
        changed_at(each, rest, **changes) if name_of(each) == name else each
        for each in getattr(part, section)
    )
    return part.replaced(**{section: parts})


EDITS = [
    add,
    remove,
    replace,
    merge,
    split,
    reorder,
    change_skill,
    change_requirement,
    change_level,
    change_scale,
    change_any_field,
]


@st.composite
def histories(draw):
    """Versions of a ladder, each with one to four edits more than the one before."""
    versions = [bare_spec()]
    for _ in range(draw(st.integers(1, 3))):
        spec = versions[-1]
        for edit in draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=4)):
            changed = edit(draw, spec)
            spec = spec if errors(problems_of(changed)) else changed
        versions.append(spec.replaced(version=f"1.{len(versions)}").in_order())
    return versions


answers = st.one_of(
    st.none(),
    st.builds(Answer, value=st.integers(0, 9), note=st.sampled_from(["", "A note."])),
    st.just(Answer(not_applicable=True, reason="Others do it.")),
)


def said(draw, spec):
    """{skill key: Answer} on a spec; of some skills none."""
    found = {skill.key: draw(answers) for skill in spec.skills}
    points = {point.value for point in spec.scale}
    return {
        key: each
        for key, each in found.items()
        if each and each.value in {None, *points}
    }


def enough(draw, spec):
    """The same with a level for all, so that a score is there."""
    levels = st.integers(spec.lowest, spec.top)
    return {skill.key: Answer(value=draw(levels)) for skill in spec.skills} | {
        key: each for key, each in said(draw, spec).items() if each.value is not None
    }


def publish(spec):
    return publish_framework(framework=apply_import(plan_spec(spec)))


def frozen(client, report):
    """What must not change of a report: (its JSON, what its PDF is made of, its page).

    The page is told without the notice of a newer version.
    """
    data = client.get(reverse("assessment:report_json", args=[report.uid])).content
    page = client.get(reverse("assessment:report", args=[report.uid])).content.decode()
    page = page[page.index("<main") : page.index("</main>")]
    notice = re.compile(r'<section class="section newer" id="newer".*?</section>', re.S)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    page = token.sub("", notice.sub("", page))
    # What the notice leaves around itself is white space.
    return data, paper_of(report), re.sub(r"\s+", " ", page)


def paper_of(report):
    """The page that its PDF is printed from: the same page makes the same PDF."""
    report = Assessment.objects.for_report().get(pk=report.pk)
    context = report_context(load_report(report))
    context |= {"assessment": report, "is_paper": True}
    return render_to_string("assessment/report.html", context)


def target_in(framework):
    """The target, or whatever bears another key by now."""
    level = framework.levels.filter(key=TARGET).first()
    return (level or framework.levels.order_by("pk").first()).key


def test_a_change_at_a_path_changes_that_part_alone():
    spec = bare_spec()

    new = changed_at(
        spec, ("skills", "planning", "levels", "3"), statement="Otherwise."
    )

    assert new.skills_by_key["planning"].statement(3) == "Otherwise."
    changed = [each.path for each in differences(spec, new) if each.action == CHANGE]
    assert changed == ["skills/planning/levels/3"]


@pytest.mark.django_db
@settings(
    max_examples=6,
    phases=[Phase.generate],  # to shrink takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck],
)
@given(versions=histories(), data=st.data())
def test_history_survives_every_edit(alice, versions, data):
    for cache in (store.skill_pks, store.two_versions):
        cache.cache_clear()
    with transaction.atomic():
        _survives(alice, versions, data.draw)
        transaction.set_rollback(True)


def _survives(alice, versions, draw):
    """Looked at at the end, each report has seen another number of later versions."""
    client = Client()
    client.force_login(alice)
    reports, kept = [], {}
    for spec in versions:
        framework = publish(spec)
        report = make_assessment(
            owner=alice,
            framework=framework,
            target=target_in(framework),
            ratings=enough(draw, spec),
            submit=True,
        )
        reports.append(report)
        kept[report.pk] = frozen(client, report)
        if spec is versions[0]:
            draft = make_assessment(
                owner=alice,
                framework=framework,
                target=target_in(framework),
                ratings=said(draw, spec),
                based_on=draw(st.sampled_from([None, report])),
            )
        _is_compared(client, reports)
    _is_carried_over(client, draft, framework)
    for report in reports:
        assert frozen(client, report) == kept[report.pk]


def _is_compared(client, reports):
    for then, now in combinations(reports, 2):
        address = reverse("assessment:then", args=[now.uid, then.uid])
        assert client.get(address).status_code == 200
    page = client.get(reverse("assessment:progress"))
    assert page.status_code == 200
    last = reports[-1]
    same = [each for each in reports if each.target.key == last.target.key]
    progress = page.context["progress"]
    shown = {each["target_key"]: each["count"] for each in page.context["others"]}
    shown[progress.level.key] = len(progress.points)
    assert sum(shown.values()) == len(reports)
    assert shown[last.target.key] == len(same)


def _is_carried_over(client, draft, framework):
    """Whatever was answered goes along, is suggested, or is said to have no place."""
    before = answers_of(draft)
    answered = {key for key, each in before.items() if each.is_answered}
    address = reverse("assessment:carry_over", args=[draft.uid])
    page = client.get(address)
    if page.status_code == 302:  # an edit that changed nothing made no other version
        assert target_of(draft)[0] == store.spec_of(framework)
        return
    client.post(address, {"target": target_in(framework)})
    carried = Assessment.objects.get(based_on=draft)
    loaded = load_draft(carried)
    versions = TwoVersions(*(store.spec_of(x.framework) for x in (draft, carried)))
    placed = {loaded.skill_then(key).key for key in loaded.suggestions} | {
        versions.before(key).key for key in loaded.answers if versions.before(key)
    }
    unplaced = {skill.key for skill in page.context["transfer"].unplaced}
    assert answered <= placed | unplaced
    assert not unplaced & {versions.before(key).key for key in loaded.answers}
    assert answers_of(draft) == before
    for key, answer in loaded.answers.items():
        old = before[versions.before(key).key]
        assert answer.is_same_as(old)
        assert answer.rated_at == old.rated_at
    for group in versions.later.groups:
        rate = reverse("assessment:rate", args=[carried.uid, group.key])
        if versions.later.skills_in(group.key):
            assert client.get(rate).status_code == 200
    assert (
        client.get(reverse("assessment:review", args=[carried.uid])).status_code == 200
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_the_pdf_of_an_old_report_says_the_same(alice, alice_client):
    first = publish(bare_spec())
    report = make_assessment(owner=alice, framework=first, submit=True)
    before = texts_of(pdf_of(alice_client, report).content)
    spec = bare_spec()
    renamed = tuple(
        each.replaced(key=f"{each.key}-now", name="Other", replaces=(each.key,))
        for each in spec.skills
    )
    asked = {
        level: {
            f"{key}-now": each.replaced(skill=f"{key}-now", required=5)
            for key, each in found.items()
        }
        for level, found in required(spec).items()
    }
    publish(with_skills(spec, renamed, asked).replaced(version="1.1"))

    ReportPdf.objects.all().delete()
    assert texts_of(pdf_of(alice_client, report).content) == before
