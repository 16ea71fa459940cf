"""seed_demo and verify_scores, as they are called."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

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


def test_verify_scores_reports_a_difference(alice, capsys):
    make_framework()
    done = make_assessment(owner=alice, submit=True)
    Assessment.objects.filter(pk=done.pk).update(readiness_tenths=999)

    with pytest.raises(SystemExit) as ended:
        call_command("verify_scores")

    assert ended.value.code == 1
    assert f"{done.uid}: kept 999 nearly, computed 764" in capsys.readouterr().err


def test_verify_scores_leaves_old_versions_as_they_were(alice, capsys):
    make_framework(version="1.0")
    make_assessment(owner=alice, submit=True)
    make_framework(version="2.0")

    call_command("verify_scores")

    assert capsys.readouterr().out == "1 scores computed anew, 0 differ.\n"
