"""What machines ask: is the process there, can it work, what did it count."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import make_assessment
from tests.house import ROOT
from tpmguide import readiness
from tpmguide.models import Mail

OPERATORS_ONLY = ("/readyz", "/metrics")
FROM_ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def checks(response):
    """{check: what is said of it}"""
    lines = response.content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def samples(response):
    """{(name, labels in the order of their names): value}"""
    return {
        (
            sample.name,
            *(sample.labels[name] for name in sorted(sample.labels)),
        ): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def wait_since(seconds, **fields):
    written = timezone.now() - timedelta(seconds=seconds)
    return Mail.objects.create(
        recipients=["carol@example.org"], headers={}, written_at=written, **fields
    )


# Who is told
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", OPERATORS_ONLY)
@pytest.mark.parametrize(
    "from_where",
    [
        FROM_ELSEWHERE,
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": ""},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": ""},
        FROM_ELSEWHERE | {"HTTP_AUTHORIZATION": "Bearer "},
        FROM_ELSEWHERE | {"HTTP_AUTHORIZATION": "Bearer None"},
    ],
)
def test_a_visitor_is_told_what_a_wrong_address_tells(
    client, framework, path, from_where
):
    told = client.get(path, **from_where)
    nothing = client.get("/nothing/", **from_where)

    assert (told.status_code, told.content) == (404, nothing.content)


@pytest.mark.parametrize("path", OPERATORS_ONLY)
def test_the_token_opens_them_to_another_machine(client, framework, settings, path):
    settings.METRICS_TOKEN = "wonderland"

    def status(token):
        said = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
        return client.get(path, **FROM_ELSEWHERE, **said).status_code

    found = [status(each) for each in ("wonderland", "wonderlan", "", "wonderländ")]

    assert found == [200, 404, 404, 404]


@pytest.mark.parametrize("path", OPERATORS_ONLY)
def test_this_machine_asks_by_any_name(client, framework, path):
    response = client.get(path, headers={"Host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.cookies == {}


# Ready
# ------------------------------------------------------------------------------------


def test_ready_is_who_has_database_cache_migrations_and_framework(client, framework):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert checks(response) == {
        "database": "ok",
        "cache": "ok",
        "migrations": "ok",
        "framework": "ok",
        "mail": "0 waiting, the oldest for 0 s",
    }


def test_not_ready_without_a_framework(client, db):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert checks(response)["framework"] == "none is published"
    assert checks(response)["database"] == "ok"


def test_not_ready_before_it_is_migrated(client, framework):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("assessment", "0004_report_pdf")
    recorder.record_applied("assessment", "9999_of_a_newer_release")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert checks(response)["migrations"] == "1 to be applied"


def test_not_ready_without_a_cache(client, framework, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }

    response = client.get("/readyz")

    assert response.status_code == 503
    assert checks(response)["cache"] == "does not answer"
    assert checks(response)["database"] == "ok"


def test_not_ready_while_the_database_is_away(transactional_db):
    place = "NAME" if connection.vendor == "sqlite" else "PORT"
    there = connection.settings_dict[place]
    connection.close()
    connection.settings_dict[place] = "/nowhere/at/all" if place == "NAME" else "1"

    response, counted = Client().get("/readyz"), Client().get("/metrics")

    connection.close()
    connection.settings_dict[place] = there
    assert response.status_code == 503
    assert "mail" not in checks(response)
    assert checks(response)["database"] == "does not answer"
    assert samples(counted)["tpmguide_ready", "database"] == 0


def test_mail_that_waits_is_told_and_stops_nobody(client, framework):
    wait_since(90_000)
    wait_since(60)

    response = client.get("/readyz")

    assert response.status_code == 200
    assert checks(response)["mail"].startswith("2 waiting, the oldest for 900")


# Counted
# ------------------------------------------------------------------------------------


def test_answers_are_counted_by_address_and_status(client, framework):
    def counted():
        found = samples(client.get("/metrics"))
        return [
            found.get(name, 0)
            for name in (
                ("tpmguide_answers_total", "200", "careers:ladder"),
                ("tpmguide_answers_total", "404", "careers:skill"),
                ("tpmguide_answers_total", "404", "none"),
                ("tpmguide_answer_seconds_count", "careers:ladder"),
                ("tpmguide_refusals_total", "too_large"),
            )
        ]

    before = counted()
    client.get("/ladder/")
    client.get("/ladder/")
    client.get("/skills/nothing/")
    client.get("/nothing/")
    client.post("/assess/begin/", CONTENT_LENGTH=10**9)
    after = counted()

    assert [b - a for a, b in zip(before, after, strict=True)] == [2, 1, 1, 2, 1]


def test_waiting_mail_and_checks_are_gauges(client, framework):
    wait_since(100)
    wait_since(50)

    found = samples(client.get("/metrics"))

    assert found["tpmguide_mails_waiting",] == 2
    assert 100 <= found["tpmguide_oldest_mail_seconds",] < 110
    assert found["tpmguide_ready", "database"] == 1
    assert found["tpmguide_ready", "framework"] == 1


def test_no_label_holds_what_a_visitor_sent(alice, alice_client, framework):
    report = make_assessment(owner=alice, submit=True)
    wait_since(1, subject="canary", text="canary")
    alice_client.get(report.get_absolute_url())
    alice_client.get("/skills/canary/?q=canary", headers={"User-Agent": "canary"})
    alice_client.generic("CANARY", "/canary/")

    page = alice_client.get("/metrics").content.decode()

    assert "assessment:report" in page
    assert "canary" not in page.lower()
    assert "alice" not in page
    assert str(report.uid) not in page


COUNT_AND_TELL = """
import sys
from types import SimpleNamespace
import django
django.setup()
from tpmguide import metrics
asked = SimpleNamespace(resolver_match=SimpleNamespace(view_name="careers:ladder"))
for _ in range(int(sys.argv[1])):
    metrics.count_answer(asked, 200, 0.01)
metrics.Now.collect = lambda self: []
sys.stdout.buffer.write(metrics.latest())
"""


@pytest.mark.slow
def test_processes_count_together(tmp_path):
    """The last of three tells the sum; without the folder, only its own."""

    def told(times, **folder):
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "-c", COUNT_AND_TELL, str(times)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment | folder, capture_output=True, check=True
        )
        families = text_string_to_metric_families(done.stdout.decode())
        found = {
            each.name: each.value for family in families for each in family.samples
        }
        return found["tpmguide_answers_total"], found["tpmguide_answer_seconds_count"]

    together = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    sums = [told(times, **together) for times in (2, 3, 5)]

    assert sums == [(2, 2), (5, 5), (10, 10)]
    assert told(4) == (4, 4)


def test_known_migrations_are_read_once():
    assert readiness._known_migrations() is readiness._known_migrations()
    assert ("assessment", "0001_assessment") in readiness._known_migrations()
