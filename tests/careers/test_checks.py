"""System checks of the framework, and the group that may edit it."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from careers import checks
from careers.apps import EDITORS, keep_editors_group
from careers.fields import Part, line
from careers.shape import Source
from careers.store import TABLES
from tests.factories import make_framework


class OddSource(Part):
    """A source with a longer title than its column, and a field without one."""

    title: str = line(500)
    colour: str = line(60)


def ids(messages):
    return [message.id for message in messages]


def test_spec_and_tables_agree():
    assert checks.check_tables(None) == []


def test_field_without_a_fitting_column_is_an_error(monkeypatch):
    table = next(table for table in TABLES if table.part is Source)
    odd = replace(table, part=OddSource)
    vars(odd)["model"] = table.model
    monkeypatch.setattr(checks, "TABLES", [odd])

    assert ids(checks.check_tables(None)) == ["careers.E002", "careers.E001"]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("technical-project-manager", []),
        ("nurse2", []),
        ("", ["careers.E003"]),
        ("Nurse", ["careers.E003"]),
        ("a b", ["careers.E003"]),
        ("nurse-", ["careers.E003"]),
    ],
)
def test_framework_key_must_be_a_key(settings, key, found):
    settings.FRAMEWORK_KEY = key

    assert ids(checks.check_framework_key(None)) == found


@pytest.mark.parametrize(
    ("key", "publish", "found"),
    [(None, True, []), (None, False, ["careers.W004"]), ("x", True, ["careers.W004"])],
)
def test_missing_live_version_is_a_warning(db, key, publish, found):
    make_framework(key=key, publish=publish)

    assert ids(checks.check_live_framework(None, databases=["default"])) == found


def test_database_is_not_asked_unless_named():
    assert checks.check_live_framework(None) == []


# The group
# --------------------------------------------------------------------------------------


def test_editors_have_every_right_on_frameworks_and_no_other(db):
    rights = Group.objects.get(name=EDITORS).permissions.all()

    models = [
        model.__name__.lower() for model in apps.get_app_config("careers").get_models()
    ]
    expected = {
        f"{action}_{model}"
        for model in models
        for action in ("view", "add", "change", "delete")
    }
    assert {right.codename for right in rights} == expected
    assert {right.content_type.app_label for right in rights} == {"careers"}


def test_editors_lose_rights_on_people_at_the_next_migration(db):
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.add(Permission.objects.get(codename="view_user"))

    call_command("migrate", verbosity=0)

    assert not editors.permissions.filter(codename="view_user").exists()


def test_editors_group_is_kept_once(db):
    config = apps.get_app_config("careers")

    keep_editors_group(config, using="default", apps=apps)

    assert Group.objects.filter(name=EDITORS).count() == 1
