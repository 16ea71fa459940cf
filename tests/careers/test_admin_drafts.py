"""Editing a draft in the admin: what lands where, and what is refused."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from careers.admin.forms import NO_LONGER_A_DRAFT, SAVED_MEANWHILE, TAKEN
from careers.models import (
    Career,
    CareerLevel,
    Framework,
    InterviewQuestion,
    Requirement,
    Skill,
    SkillGroup,
    SkillLevel,
    Source,
)
from careers.publishing import publish_framework
from careers.store import links_out_of, load_rows
from tests.careers.admin_pages import (
    MODELS,
    errors_of,
    filled_form,
    messages_of,
    row_named,
    url_of,
)
from tests.careers.test_publishing import rows
from tests.factories import make_framework

pytestmark = pytest.mark.django_db
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)

SOURCE = {"key": "book", "title": "Book", "where": "a", "licence": "b", "use": "c"}


@pytest.fixture
def live(db):
    return make_framework()


@pytest.fixture
def draft(live):
    return make_framework(version="1.1", publish=False)


def save(client, row, **changes):
    url = url_of(row, "change")
    return client.post(url, {**filled_form(client, url), **changes}, follow=True)


# Saving
# --------------------------------------------------------------------------------------


@every_model
def test_saving_a_page_as_it_is_changes_nothing(editor_client, draft, model):
    before = rows()

    answer = save(editor_client, row_named(model, draft))

    assert rows() == before
    assert messages_of(answer)[-1].startswith("Draft. Not live yet.")


def test_example_of_a_skill_is_explained_and_saved(editor_client, live, draft):
    skill = draft.skills.get(key="planning")
    shown = editor_client.get(url_of(skill, "change")).context["adminform"].form

    save(editor_client, skill, example="For example: you plan. That counts as 2.")
    spec = load_rows(draft)
    save(editor_client, skill, example="")

    assert "the level that it shows" in shown.fields["example"].help_text
    assert shown.initial["example"] == live.skills.get(key="planning").example
    assert spec.skills_by_key["planning"].example == (
        "For example: you plan. That counts as 2."
    )
    assert load_rows(draft).skills_by_key["planning"].example == ""


def test_saving_leaves_the_live_version_alone(editor_client, live, draft):
    before = rows(live)

    for model in MODELS:
        row = row_named(model, draft)
        text = "definition" if hasattr(row, "definition") else "title"
        save(editor_client, row, **{text: "Changed"})

    assert rows(live) == before


def test_saved_text_has_plain_line_breaks(editor_client, draft):
    skill = draft.skills.get(key="planning")

    save(editor_client, skill, description="One.\r\nTwo.", replaces="a\r\nb")

    spec = load_rows(draft).skills_by_key["planning"]
    assert (spec.description, spec.replaces) == ("One.\nTwo.", ("a", "b"))


def test_key_stays_as_it_is(editor_client, draft):
    save(editor_client, draft.skills.get(key="planning"), key="plans", name="Plans")

    assert draft.skills.get(key="planning").name == "Plans"


def test_version_label_that_is_taken_is_refused(editor_client, draft):
    answer = save(editor_client, draft, version="1.0")

    assert errors_of(answer) == {
        "__all__": [TAKEN % {"field_labels": "Key and Version"}]
    }


# Adding
# --------------------------------------------------------------------------------------


def test_added_row_lands_in_the_draft(editor_client, draft):
    editor_client.post(url_of(Source, "add"), {**SOURCE, "order": 2})

    assert Source.objects.get(key="book").framework == draft


def test_added_row_lands_in_the_draft_that_is_named(editor_client, draft):
    other = make_framework(key="other", publish=False)

    answer = editor_client.post(url_of(Source, "add"), {**SOURCE, "order": 2})
    editor_client.post(
        url_of(Source, "add"), {**SOURCE, "order": 2, "framework": other.pk}
    )

    assert errors_of(answer) == {"framework": ["This field is required."]}
    assert Source.objects.get(key="book").framework == other


def test_added_row_cannot_land_in_a_frozen_version(editor_client, live, draft):
    make_framework(key="other", publish=False)

    answer = editor_client.post(
        url_of(Source, "add"), {**SOURCE, "order": 2, "framework": live.pk}
    )

    assert list(errors_of(answer)) == ["framework"]
    assert not Source.objects.filter(key="book").exists()


@every_model
def test_nothing_can_be_added_without_a_draft(editor_client, live, model):
    answer = editor_client.get(url_of(model, "add"))

    assert answer.status_code == (302 if model is Framework else 403)


@pytest.mark.parametrize(
    ("key", "error"),
    [
        ("guide", {"__all__": [TAKEN % {"field_labels": "Framework and Key"}]}),
        ("A_key", {"key": ["Use small letters, digits and single hyphens."]}),
        ("A key!", {"key": ["Use small letters, digits and single hyphens."]}),
    ],
)
def test_added_row_needs_a_key_of_its_own(editor_client, draft, key, error):
    data = {**SOURCE, "order": 2, "key": key}

    answer = editor_client.post(url_of(Source, "add"), data)

    assert errors_of(answer) == error


def test_added_rung_needs_an_order_of_its_own(editor_client, draft):
    data = filled_form(editor_client, url_of(CareerLevel, "add"))
    career = draft.careers.get(kind="ladder")
    data |= {"key": "new", "career": career.pk, "title": "New", "short_title": "New"}

    answer = editor_client.post(url_of(CareerLevel, "add"), data | {"order": 1})

    assert errors_of(answer) == {
        "__all__": [
            "Another one has the same Career and Order. Choose another here, or change "
            "that one first."
        ]
    }


def test_added_skill_has_room_for_every_statement(editor_client, draft):
    data = filled_form(editor_client, url_of(Skill, "add"))

    values = [data[f"levels-{place}-value"] for place in range(5)]
    assert values == [1, 2, 3, 4, 5]


def test_level_offers_the_skills_that_it_lacks(editor_client, draft):
    level = draft.levels.get(key="tpm")
    level.requirements.filter(skill__key="testing").delete()
    page = url_of(level, "change")
    data = filled_form(editor_client, page)

    data |= {"requirements-4-required": 2, "requirements-4-importance": 3}
    editor_client.post(page, data)

    added = level.requirements.get(skill__key="testing")
    assert (added.required, added.importance) == (2, 3)


def test_two_questions_with_one_key_are_refused(editor_client, draft):
    skill = draft.skills.get(key="planning")
    new = {
        "question": "Why?",
        "career_level": draft.levels.get(key="tpm").pk,
        "probes_value": 2,
        "key": "why",
        "order": 2,
    }
    forms = {f"questions-{n}-{name}": v for n in (1, 2) for name, v in new.items()}

    answer = save(editor_client, skill, **forms, **{"questions-TOTAL_FORMS": 3})

    assert errors_of(answer) == {
        "questions": ["Two rows have the key 'why'. Change one of them."]
    }


def test_question_with_a_key_of_another_skill_is_refused(editor_client, draft):
    question = InterviewQuestion.objects.get(framework=draft, key="planning-tpm")

    answer = save(editor_client, question.skill, **{"questions-0-key": "testing-tpm"})

    assert errors_of(answer) == {
        "questions-0-__all__": [TAKEN % {"field_labels": "Framework and Key"}]
    }


# Links stay within one framework
# --------------------------------------------------------------------------------------


def test_choices_are_those_of_the_same_framework(editor_client, draft):
    page = editor_client.get(url_of(draft.skills.get(key="leadership"), "change"))

    field = page.context["adminform"].form.fields["group"]
    groups = {group.pk for group in field.queryset}
    assert groups == set(draft.groups.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("model", "key", "field", "target"),
    [
        (Skill, "planning", "group", SkillGroup),
        (CareerLevel, "tpm", "career", Career),
        (Skill, "leadership", "prerequisites-0-needs", Skill),
        (Skill, "planning", "questions-0-career_level", CareerLevel),
    ],
)
def test_link_to_another_framework_is_refused(
    editor_client, live, draft, model, key, field, target
):
    row = model.objects.get(framework=draft, key=key)
    before = rows()

    answer = save(editor_client, row, **{field: row_named(target, live).pk})

    assert list(errors_of(answer)) == [field]
    assert rows() == before


def test_added_row_with_a_link_to_another_draft_is_refused(editor_client, draft):
    other = make_framework(key="other", publish=False)
    data = {
        "framework": draft.pk,
        "career": other.careers.get(key="ladder").pk,
        "key": "new",
        "title": "New",
        "short_title": "New",
        "summary": "New.",
        "order": 9,
        "currency": "USD",
        "requirements-TOTAL_FORMS": 0,
        "requirements-INITIAL_FORMS": 0,
    }

    answer = editor_client.post(url_of(CareerLevel, "add"), data)

    assert errors_of(answer) == {
        "career": ["This belongs to another framework: Small ladder."]
    }


def test_required_skill_of_another_framework_is_refused(editor_client, live, draft):
    level = draft.levels.get(key="tpm")
    stranger = live.skills.get(key="planning")
    Requirement.objects.get(career_level=level, skill__key="testing").delete()

    answer = save(
        editor_client,
        level,
        **{
            "requirements-4-skill": stranger.pk,
            "requirements-4-required": 2,
            "requirements-4-importance": 2,
        },
    )

    assert list(errors_of(answer)) == ["requirements-4-skill"]
    assert links_out_of(draft) == []


# Two editors
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "key", "first", "second"),
    [
        (Skill, "planning", {"name": "Mine"}, {"name": "Yours"}),
        (Skill, "planning", {"levels-0-statement": "Mine"}, {"name": "Yours"}),
        (CareerLevel, "tpm", {"requirements-0-required": 5}, {"title": "Yours"}),
    ],
)
def test_second_of_two_editors_is_told(editor_client, draft, model, key, first, second):
    row = model.objects.get(framework=draft, key=key)
    url = url_of(row, "change")
    data = filled_form(editor_client, url)
    save(editor_client, row, **first)
    before = rows()

    told = editor_client.post(url, {**data, **second})

    assert errors_of(told) == {"__all__": [SAVED_MEANWHILE]}
    assert rows() == before


def test_second_of_two_editors_may_save_again(editor_client, draft):
    skill = draft.skills.get(key="planning")
    url = url_of(skill, "change")
    data = filled_form(editor_client, url)
    save(editor_client, skill, name="Mine")

    told = editor_client.post(url, {**data, "name": "Yours"})
    seen = told.context["adminform"].form["seen"].value()
    editor_client.post(url, {**data, "name": "Yours", "seen": seen})

    skill.refresh_from_db()
    assert skill.name == "Yours"


def test_page_of_a_draft_that_was_published_meanwhile_is_refused(
    editor_client, draft, monkeypatch
):
    skill = draft.skills.get(key="planning")
    url = url_of(skill, "change")
    data = filled_form(editor_client, url)
    publish_framework(framework=draft)
    before = rows()

    typed = {"name": "Late", "levels-0-statement": "I typed all of this."}
    answer = editor_client.post(url, data | typed)

    assert errors_of(answer) == {"__all__": [NO_LONGER_A_DRAFT]}
    assert filled_again(answer).items() >= typed.items()
    assert rows() == before


@pytest.mark.parametrize(
    "end", [lambda draft: publish_framework(framework=draft), Framework.delete]
)
@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_new_row_of_a_draft_that_is_gone_keeps_what_was_typed(
    editor_client, draft, end, others
):
    data = filled_form(editor_client, url_of(Skill, "add"))
    group = draft.groups.first().pk
    end(draft)
    for key in ("baker", "nurse")[:others]:
        make_framework(key=key, publish=False)
    before = rows()

    typed = {
        "name": "Late",
        "key": "late",
        "levels-0-statement": "I typed all of this.",
    }
    answer = editor_client.post(
        url_of(Skill, "add"), data | typed | {"order": 9, "group": group}
    )

    assert NO_LONGER_A_DRAFT in errors_of(answer)["__all__"]
    assert filled_again(answer).items() >= typed.items()
    assert rows() == before


def test_a_new_row_goes_into_the_draft_for_which_it_was_typed(editor_client, draft):
    data = filled_form(editor_client, url_of(Source, "add"))
    make_framework(key="baker", publish=False)

    editor_client.post(url_of(Source, "add"), {**SOURCE, **data, "order": 2})

    assert draft.sources.filter(key=SOURCE["key"]).exists()


def test_a_draft_that_was_chosen_and_is_gone_is_told(editor_client, draft):
    make_framework(key="baker", publish=False)
    data = filled_form(editor_client, url_of(Source, "add"))
    publish_framework(framework=draft)
    sent = {**data, **SOURCE, "order": 2, "framework": draft.pk}

    answer = editor_client.post(url_of(Source, "add"), sent)

    assert errors_of(answer) == {"framework": [NO_LONGER_A_DRAFT]}
    assert filled_again(answer)["title"] == SOURCE["title"]


def filled_again(page):
    """What the fields of a page that came back hold."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {each.html_name: each.value() for form in forms for each in form}


def test_publication_between_opening_and_saving_is_told(editor_client, draft):
    skill = draft.skills.get(key="planning")
    form_class = editor_client.get(url_of(skill, "change")).context["adminform"].form
    form = type(form_class)({"name": "Late"}, instance=skill)
    publish_framework(framework=draft)

    assert form.errors["__all__"] == [NO_LONGER_A_DRAFT]


# Removing
# --------------------------------------------------------------------------------------


@every_model
def test_row_of_a_draft_can_be_removed(editor_client, live, draft, model):
    before = rows(live)
    row = row_named(model, draft)

    editor_client.post(url_of(row, "delete"), {"post": "yes"})

    assert not model.objects.filter(pk=row.pk).exists()
    assert rows(live) == before


@pytest.mark.parametrize("of", [CareerLevel, Career])
def test_the_key_of_a_removed_level_goes_out_of_what_it_suits(editor_client, draft, of):
    level = draft.levels.get(key="cloud")
    row = level if of is CareerLevel else level.career
    draft.certifications.update(suits="tpm\ncloud\nsenior-tpm")

    editor_client.post(url_of(row, "delete"), {"post": "yes"})

    assert draft.certifications.get().suits == "tpm\nsenior-tpm"
    entries = LogEntry.objects.filter(action_flag=CHANGE)
    assert [each.get_change_message() for each in entries] == [
        "suits: tpm; cloud; senior-tpm → tpm; senior-tpm"
    ]


def test_the_key_of_a_removed_certification_goes_out_of_actions(editor_client, draft):
    row = draft.certifications.get()

    editor_client.post(url_of(row, "delete"), {"post": "yes"})

    assert not draft.actions.exclude(certifications="").exists()
    publish_framework(framework=draft)


def test_statement_can_be_removed(editor_client, draft):
    save(editor_client, draft.skills.get(key="planning"), **{"levels-4-DELETE": "on"})

    levels = SkillLevel.objects.filter(skill__framework=draft, skill__key="planning")
    assert [level.value for level in levels] == [1, 2, 3, 4]
