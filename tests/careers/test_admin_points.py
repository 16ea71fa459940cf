"""The admin says points of the scale with their names, and what each level asks of a skill."""

import pytest
from django.urls import reverse

from careers.models import (
    DevelopmentAction,
    InterviewQuestion,
    ProficiencyLevel,
    Requirement,
    Skill,
)
from tests.careers.admin_pages import errors_of, filled_form, url_of
from tests.factories import SCALE, make_framework

pytestmark = pytest.mark.django_db
CHOICES = [
    (1, "1 Aware"),
    (2, "2 Guided"),
    (3, "3 Independent"),
    (4, "4 Leading"),
    (5, "5 Shaping"),
]


@pytest.fixture
def live(db):
    return make_framework()


@pytest.fixture
def draft(live):
    return make_framework(version="1.1", publish=False)


def fields_of(client, row):
    """{name of a field: its choices} of all forms on the page of a row."""
    context = client.get(url_of(row, "change")).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {
        field.html_name: list(getattr(field.field, "choices", ()))
        for form in forms
        for field in form
    }


def test_a_point_is_asked_for_once(editor_client, draft):
    page = editor_client.get(url_of(draft.skills.get(key="planning"), "change"))

    names = [field["label"] for field in levels_of(page).fields()]
    assert names == ["Value", "Statement", "Hours", "Counts", "Does not count"]


def levels_of(page):
    return page.context["inline_admin_formsets"][0]


def test_a_level_requires_points_by_their_names(editor_client, draft):
    fields = fields_of(editor_client, draft.levels.get(key="tpm"))

    assert fields["requirements-0-required"] == [
        ("", "---------"),
        (0, "0, not asked"),
        *CHOICES,
    ]


@pytest.mark.parametrize(
    "name",
    [
        "levels-0-value",
        "prerequisites-0-min_value",
        "prerequisites-0-applies_from",
        "questions-0-probes_value",
    ],
)
def test_a_skill_names_its_points(editor_client, draft, name):
    row = draft.skills.get(key="leadership")

    assert fields_of(editor_client, row)[name] == [
        ("", "---------"),
        (0, "0 Not yet"),
        *CHOICES,
    ]


def test_points_of_the_scale_itself_are_numbers(editor_client, draft):
    row = ProficiencyLevel.objects.get(framework=draft, value=3)

    assert fields_of(editor_client, row)["name"] == []
    page = editor_client.get(url_of(row, "change")).content.decode()
    assert '<div class="readonly">3</div>' in page


def test_a_point_that_is_no_more_stays_until_it_is_changed(editor_client, draft):
    question = InterviewQuestion.objects.filter(framework=draft).first()
    InterviewQuestion.objects.filter(pk=question.pk).update(probes_value=7)

    data = filled_form(editor_client, url_of(question, "change"))
    editor_client.post(url_of(question, "change"), data | {"question": "Why?"})

    question.refresh_from_db()
    assert (question.question, question.probes_value) == ("Why?", 7)


def test_a_point_off_the_scale_is_refused_with_what_to_do(editor_client, draft):
    level = draft.levels.get(key="tpm")
    data = filled_form(editor_client, url_of(level, "change"))

    answer = editor_client.post(
        url_of(level, "change"), data | {"requirements-0-required": "9"}
    )

    assert errors_of(answer) == {
        "requirements-0-required": ["Choose a point of the scale."]
    }


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (DevelopmentAction, "from_value"),
        (DevelopmentAction, "to_value"),
        (InterviewQuestion, "probes_value"),
    ],
)
def test_lists_name_points(editor_client, draft, model, column):
    page = editor_client.get(url_of(model, "changelist")).content.decode()
    values = model.objects.filter(framework=draft).values_list(column, flat=True)
    names = {f"{n} {SCALE[n]}" for n in values}

    assert names
    for name in names:
        assert f'<td class="field-{column}_named">{name}</td>' in page


def test_frozen_pages_name_points(editor_client, live):
    level = editor_client.get(url_of(live.levels.get(key="tpm"), "change"))
    skill = editor_client.get(url_of(live.skills.get(key="leadership"), "change"))

    assert "<p>3 Independent</p>" in level.content.decode()
    assert "<p>2 Guided</p>" in skill.content.decode()


def test_a_frozen_level_says_what_is_not_asked(editor_client, live):
    level = editor_client.get(url_of(live.levels.get(key="junior-tpm"), "change"))

    assert "<p>0, not asked</p>" in level.content.decode()


# What each level asks of a skill
# ------------------------------------------------------------------------------------


def asked_on(client, skill):
    context = client.get(url_of(skill, "change")).context
    return [
        (str(each.career_level), required, each.importance, each.must_have)
        for each, required in context["requirements"]
    ]


def test_a_skill_says_what_each_level_asks_of_it(editor_client, draft):
    Requirement.objects.filter(
        career_level__framework=draft, career_level__key="tpm"
    ).filter(skill__key="leadership").update(importance=5, must_have=True)

    assert asked_on(editor_client, draft.skills.get(key="leadership")) == [
        ("Junior TPM", "0, not asked", 2, False),
        ("TPM", "2 Guided", 5, True),
        ("Senior TPM", "4 Leading", 2, False),
        ("Coordinator", "1 Aware", 2, False),
        ("Cloud", "2 Guided", 2, False),
    ]


def test_each_of_them_leads_to_its_cell_of_the_matrix(editor_client, draft):
    skill = draft.skills.get(key="planning")
    level = draft.levels.get(key="cloud")
    page = editor_client.get(url_of(skill, "change")).content.decode()
    matrix = reverse("admin:careers_framework_matrix", args=[draft.pk])

    address = f"{matrix}?careers=specialization"
    cell = f"r{level.pk}-{skill.pk}"

    assert f'href="{address}#{cell}"' in page
    assert f'id="{cell}"' in editor_client.get(address).content.decode()


def test_of_a_frozen_skill_they_lead_to_the_level(editor_client, live):
    page = editor_client.get(url_of(live.skills.get(key="planning"), "change"))

    level = url_of(live.levels.get(key="tpm"), "change")
    assert f'<a href="{level}">TPM</a>' in page.content.decode()


def test_a_skill_that_is_added_has_no_levels_yet(editor_client, draft):
    page = editor_client.get(url_of(Skill, "add"))

    assert "What each level asks of it" not in page.content.decode()
