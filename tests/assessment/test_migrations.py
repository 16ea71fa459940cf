"""Reports of before, when their scores are computed anew by the migration."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from assessment.answers import Answer, measure
from assessment.models import Assessment
from careers.store import spec_of
from tests.factories import make_assessment, make_framework, make_share_link, small_spec

pytestmark = pytest.mark.slow

BEFORE = [("assessment", "0004_report_pdf")]
SAID = {
    "planning": Answer(value=2, confidence="low", note="Two plans."),
    "tooling": Answer(value=1, url="https://example.org/a"),
    "testing": Answer(value=2),
    "communication": Answer(value=3, confidence="high", note=" "),
}


def framework_where_junior_alone_marks_tooling():
    junior, *others = small_spec().levels
    asked = tuple(
        item.replaced(must_have=item.must_have or item.skill == "tooling")
        for item in junior.requirements
    )
    coordinator = others[-1].replaced(ready_line=95)
    levels = (junior.replaced(requirements=asked), *others[:-1], coordinator)
    return make_framework(levels=levels)


@pytest.mark.django_db(transaction=True)
def test_reports_of_version_1_are_computed_anew(alice):
    framework = framework_where_junior_alone_marks_tooling()
    spec = spec_of(framework)
    targets = ("junior-tpm", "tpm", "senior-tpm", "cloud", "coordinator")
    kept = {
        key: make_assessment(owner=alice, ratings=SAID, target=key, submit=True).pk
        for key in targets
    }
    without_tooling = SAID | {
        "tooling": Answer(not_applicable=True, reason="None here")
    }
    lost = make_assessment(owner=alice, ratings=without_tooling, target="tpm")
    link, _ = make_share_link(Assessment.objects.get(pk=kept["tpm"]))

    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    then = timezone.now() - timedelta(days=1)
    old_assessments = old.get_model("assessment", "Assessment").objects
    old_assessments.update(
        status="submitted",
        submitted_at=then,
        readiness_tenths=333,
        band="foundation",
        scoring_version="1.0",
    )
    old.get_model("assessment", "ShareLink").objects.create(
        assessment_id=lost.pk,
        token_digest="0",
        created_at=then,
        expires_at=then + timedelta(days=9),
    )
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    for key, pk in kept.items():
        result = measure(spec, spec.levels_by_key[key], SAID)
        now = Assessment.objects.get(pk=pk)
        assert (
            now.readiness_tenths,
            now.is_provisional,
            now.band,
            now.likely_range,
        ) == (
            result.readiness_tenths,
            result.is_provisional,
            result.band,
            result.likely_range,
        )
        assert (now.scoring_version, now.submitted_at) == ("2.0", then)
    assert Assessment.objects.get(pk=kept["tpm"]).share_links.get() == link
    lost.refresh_from_db()
    assert (lost.status, lost.submitted_at, lost.readiness_tenths, lost.band) == (
        "draft",
        None,
        None,
        "",
    )
    assert (lost.likely_range, lost.share_links.count()) == (None, 0)
    assert lost.ratings.count() == len(SAID)


@pytest.mark.django_db(transaction=True)
def test_the_way_back_and_forward_keeps_every_score(alice):
    make_framework()
    done = make_assessment(owner=alice, ratings=SAID, submit=True)
    before = (done.readiness_tenths, done.band, done.likely_range)

    MigrationExecutor(connection).migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    done = Assessment.objects.get(pk=done.pk)
    assert (done.readiness_tenths, done.band, done.likely_range) == before
