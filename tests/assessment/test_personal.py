"""The registry of personal data knows every model, field and table there is."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from assessment.models import Assessment, Guest, Plan, PlanItem, ShareLink
from assessment.personal import IMPERSONAL, REGISTRY
from tests.factories import make_assessment, make_framework, make_guest
from tests.house import said

BY_TABLE = {kept.table: kept for kept in REGISTRY}
PEOPLE = {
    get_user_model(),
    Guest,
    Assessment,
    Plan,
    PlanItem,
    ShareLink,
}  # who points there, is theirs
OF_DJANGO = {"django_migrations"}


def unnamed(models, registry):
    """What no line of the registry says of these models."""
    for model in models:
        label, kept = model._meta.label, registry.get(model._meta.label)
        own = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
        if kept is None and label not in IMPERSONAL:
            yield f"{label} is neither in REGISTRY nor in IMPERSONAL of assessment/personal.py."
        if kept is None:
            for field in own:
                if field.related_model in PEOPLE:
                    yield f"{label}.{field.name} points at people: give it a line in REGISTRY."
            continue
        named = [*kept.fields, *kept.withheld, *kept.plain]
        there = {field.name for field in own}
        for name in sorted(set(named) - there):
            yield f"{label} has no field {name!r}: take it out of REGISTRY."
        for name in sorted({name for name in named if named.count(name) > 1}):
            yield f"{label}.{name} is named twice."
        if not kept.only:
            for name in sorted(there - set(named)):
                yield f"{label}.{name} is not in REGISTRY: what is it, who sees it, how long?"


def test_every_model_and_field_is_in_the_registry():
    faults = list(unnamed(apps.get_models(), BY_TABLE))

    assert not faults, said(faults)


def test_nothing_is_named_that_is_not_there():
    labels = {model._meta.label for model in apps.get_models()}

    assert IMPERSONAL - labels == set()
    assert {t for t in BY_TABLE if "." in t} - labels == set()
    assert IMPERSONAL & set(BY_TABLE) == set()


@pytest.mark.django_db
def test_every_table_is_of_a_model_or_in_the_registry():
    models = apps.get_models(include_auto_created=True)
    known = {model._meta.db_table for model in models} | set(BY_TABLE) | OF_DJANGO

    assert set(connection.introspection.table_names()) - known == set()


def test_each_line_has_a_key_of_its_own_and_says_all():
    keys = [kept.key for kept in REGISTRY]
    empty = [
        kept.key
        for kept in REGISTRY
        if not all([kept.name, kept.why, kept.seen_by, kept.kept, kept.said])
    ]

    assert (len(keys), empty) == (len(set(keys)), [])


def without(label, **changes):
    """The registry with a line that lacks something."""
    return BY_TABLE | {label: replace(BY_TABLE[label], **changes)}


@pytest.mark.parametrize(
    ("label", "registry"),
    [
        ("assessment.PracticeNote", {}),
        ("assessment.PracticeNote", without("assessment.PracticeNote", plain=())),
        ("auth.User", without("auth.User", withheld={})),
        (
            "assessment.PracticeNote",
            without("assessment.PracticeNote", plain=("id", "owner", "guest", "mood")),
        ),
        (
            "assessment.PracticeNote",
            without("assessment.PracticeNote", plain=("id", "owner", "guest", "text")),
        ),
        ("careers.Framework", {}),
    ],
)
def test_what_is_missing_is_caught(label, registry):
    assert list(unnamed([apps.get_model(label)], registry))


def test_a_model_about_people_cannot_be_called_impersonal(monkeypatch):
    monkeypatch.setattr(
        "tests.assessment.test_personal.IMPERSONAL", {"assessment.ShareLink"}
    )

    assert list(unnamed([ShareLink], {})) == [
        "assessment.ShareLink.assessment points at people: give it a line in REGISTRY."
    ]


def test_rows_are_those_of_the_person_and_of_nobody_else(alice, bob):
    make_framework()
    mine = make_assessment(owner=alice, ratings={"planning": 2})
    make_assessment(owner=bob, ratings={"planning": 3})
    guest, _ = make_guest()
    theirs = make_assessment(guest=guest, ratings={"planning": 1})

    def found(key, holder):
        kept = next(kept for kept in REGISTRY if kept.key == key)
        rows = kept.rows_of(holder)
        return None if rows is None else list(rows.values_list("pk", flat=True))

    assert found("assessments", alice) == [mine.pk]
    assert found("assessments", guest) == [theirs.pk]
    assert found("account", alice) == [alice.pk]
    assert found("account", guest) is None
    assert found("mail", alice) is None


@pytest.mark.django_db
def test_the_privacy_page_shows_every_line():
    page = Client().get("/privacy/").content.decode()

    missing = [
        kept.key
        for kept in REGISTRY
        if f'<th scope="row">{kept.name} ' not in page or str(kept.kept) not in page
    ]

    assert missing == []
