"""What the migrations of the framework do with rows of before."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careers.files import digest_of
from careers.models import CareerLevel, Framework, Guide
from careers.store import load_guide, load_rows
from tests.factories import changed_skill, make_framework, small_spec
from tests.guides import make_guide, small_guide

pytestmark = pytest.mark.slow

BEFORE = [("careers", "0003_guide")]


@pytest.fixture
def migrate(django_db_reset_sequences):
    """Goes to a state of the migrations, and back to the last one at the end."""

    def to(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps

    last = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield to
    to(last)


def test_the_guide_of_before_is_that_of_the_served_ladder(migrate, settings):
    settings.FRAMEWORK_KEY = "baker"
    make_guide()
    last = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate([("careers", "0010_guide_revision")])

    migrate(last)
    make_guide(framework="another-ladder", questions=())

    assert load_guide("baker") == small_guide()
    assert load_guide("another-ladder").questions == ()


def test_of_several_guides_that_of_the_served_ladder_stays(migrate, settings):
    make_guide(framework="another-ladder", questions=())
    make_guide(framework="baker")
    settings.FRAMEWORK_KEY = "baker"
    last = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate([("careers", "0013_digests_without_empty_texts")])

    migrate(last)

    assert load_guide("baker") == small_guide()
    assert Guide.objects.count() == 1


def test_cuts_become_ready_lines_and_digests_are_rewritten(migrate):
    make_framework()
    last = MigrationExecutor(connection).loader.graph.leaf_nodes()
    apps = migrate(BEFORE)
    levels = apps.get_model("careers", "CareerLevel").objects
    levels.filter(key="tpm").update(ready_cut=86)
    levels.filter(key="senior-tpm").update(ready_cut=97)
    apps.get_model("careers", "Framework").objects.update(digest="0" * 64)

    migrate(last)

    lines = dict(CareerLevel.objects.values_list("key", "ready_line"))
    framework = Framework.objects.get()
    assert (lines["tpm"], lines["senior-tpm"], lines["junior-tpm"]) == (90, 97, None)
    assert framework.digest == digest_of(load_rows(framework))
    assert framework.digest != digest_of(small_spec())


def test_digests_are_rewritten_without_texts_that_are_empty(migrate):
    make_framework(skills=changed_skill("planning", why_it_matters="", description=""))
    last = MigrationExecutor(connection).loader.graph.leaf_nodes()
    apps = migrate([("careers", "0012_unclear_statement")])
    apps.get_model("careers", "Framework").objects.update(digest="0" * 64)

    migrate(last)

    framework = Framework.objects.get()
    assert framework.digest == digest_of(load_rows(framework))
