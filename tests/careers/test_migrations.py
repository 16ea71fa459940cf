"""What the migrations of the framework do with rows of before."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careers.files import digest_of
from careers.models import CareerLevel, Framework
from careers.store import load_rows
from tests.factories import make_framework, small_spec

BEFORE = [("careers", "0003_guide")]


@pytest.fixture
def migrate(transactional_db):
    """Goes to a state of the migrations, and back to the last one at the end."""

    def to(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps

    last = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield to
    to(last)


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
