"""seed_demo and verify_scores, as they are called."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.models import Assessment
from tests.factories import make_assessment, make_framework, make_shipped_framework

pytestmark = pytest.mark.django_db


def test_seed_demo_makes_three_reports_over_a_year(capsys):
    make_shipped_framework()

    call_command("seed_demo")

    reports = Assessment.objects.submitted().order_by("submitted_at")
    assert [report.target.key for report in reports] == ["senior-tpm"] * 3
    assert (reports[2].submitted_at - reports[0].submitted_at).days == 330
    assert reports[0].readiness_tenths < reports[1].readiness_tenths
    assert reports[1].readiness_tenths < reports[2].readiness_tenths
    password = capsys.readouterr().out.split()[-1]
    assert User.objects.get(email="demo@example.org").check_password(password)


def test_seed_demo_twice_changes_nothing(capsys):
    make_shipped_framework()
    call_command("seed_demo")

    call_command("seed_demo")

    assert "Nothing was changed." in capsys.readouterr().out
    assert Assessment.objects.count() == 3


def test_seed_demo_says_what_is_missing():
    with pytest.raises(CommandError, match="import_framework --publish"):
        call_command("seed_demo")


def test_verify_scores_agrees_with_what_was_submitted(alice, capsys):
    make_framework()
    make_assessment(owner=alice, submit=True)
    make_assessment(owner=alice, ratings={"testing": 1})

    call_command("verify_scores")

    assert capsys.readouterr().out == "1 scores computed anew, 0 differ.\n"


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"readiness_tenths": 999}, "999 developing 38-82"),
        ({"band": "nearly"}, "619 nearly 38-82"),
        ({"range_low": 0}, "619 developing 0-82"),
        ({"range_high": 100}, "619 developing 38-100"),
        ({"is_provisional": True}, "619 developing 38-82 provisional"),
    ],
)
def test_verify_scores_reports_and_rewrites_a_difference(alice, capsys, change, kept):
    make_framework()
    done = make_assessment(owner=alice, submit=True)
    Assessment.objects.filter(pk=done.pk).update(**change)

    with pytest.raises(SystemExit) as ended:
        call_command("verify_scores")

    assert ended.value.code == 1
    assert (
        f"{done.uid}: kept {kept}, computed 619 developing 38-82\n"
        in capsys.readouterr().err
    )
    # (5·⅔ + 3·⅔ + 3 + 4·⅔ + 2) / 17 · 100 · 0.9², 61.9: two must-have levels are missing.
    call_command("verify_scores", rewrite=True)
    assert capsys.readouterr().out == (
        "1 scores computed anew, 1 differ. 1 rewritten.\n"
    )
    call_command("verify_scores")
    assert (
        Assessment.objects.values().get()
        == Assessment.objects.filter(pk=done.pk).values().get()
    )


def test_verify_scores_leaves_old_versions_as_they_were(alice, capsys):
    make_framework(version="1.0")
    make_assessment(owner=alice, submit=True)
    make_framework(version="2.0")

    call_command("verify_scores")

    assert capsys.readouterr().out == "1 scores computed anew, 0 differ.\n"


def test_verify_scores_reads_all_in_batches(alice, capsys, monkeypatch):
    monkeypatch.setattr("assessment.management.commands.verify_scores.CHUNK", 2)
    make_framework()
    for _ in range(5):
        make_assessment(owner=alice, submit=True)

    with CaptureQueriesContext(connection) as queries:
        call_command("verify_scores")

    read = [sql["sql"] for sql in queries if "assessment_assessment" in sql["sql"]]
    assert "5 scores computed anew, 0 differ." in capsys.readouterr().out
    assert len([sql for sql in read if "LIMIT 2" in sql]) == 4
