"""A PDF stops nobody: it is made once, one at a time, by a process that is bounded.

Most of these let another process stand for WeasyPrint, which takes seconds.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from assessment import actions, guests
from assessment.busy import Busy, one_at_a_time
from assessment.exports import pdf_file, pdf_process
from assessment.exports.pdf_file import make_pdf
from assessment.models import ReportPdf
from tests.factories import make_assessment
from tests.house import ROOT

PATIENCE = 30  # seconds


@pytest.fixture
def by(monkeypatch):
    """Lets a script in Python make the PDFs."""

    def script(text):
        monkeypatch.setattr(pdf_file, "COMMAND", [sys.executable, "-c", text])

    return script


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, submit=True)


def pdf_of(client, assessment):
    return client.get(reverse("assessment:report_pdf", args=[assessment.uid]))


# Once
# ------------------------------------------------------------------------------------


def test_a_pdf_is_made_once(done, alice_client, quick_pdf, by):
    first = pdf_of(alice_client, done).content
    by("raise SystemExit(1)")  # whatever process is started now fails

    again = pdf_of(alice_client, done)

    assert first.startswith(b"%PDF-")
    assert (again.status_code, again.content) == (200, first)
    assert again["Content-Type"] == "application/pdf"


def test_another_page_is_another_pdf_in_the_place_of_the_first(
    done, alice_client, quick_pdf
):
    first = pdf_of(alice_client, done).content
    actions.rename_assessment(assessment=done, label="Another name")

    second = pdf_of(alice_client, done).content

    assert second != first
    assert [bytes(kept.content) for kept in ReportPdf.objects.all()] == [second]


def test_what_a_pdf_is_made_of_is_in_its_digest(tmp_path, settings):
    styles = tmp_path / "static" / "css"
    styles.mkdir(parents=True)
    (styles / "a.css").write_text("a {}")
    settings.BASE_DIR = tmp_path
    digests = [pdf_file.digest_of("page", "address") for _ in range(2)]
    digests.append(pdf_file.digest_of("page!", "address"))
    digests.append(pdf_file.digest_of("page", "address!"))
    (styles / "a.css").write_text("b {}")
    digests.append(pdf_file.digest_of("page", "address"))

    assert digests[0] == digests[1]
    assert len(set(digests)) == 4


def test_a_pdf_is_the_report_s_own(framework, alice, alice_client, quick_pdf):
    reports = [make_assessment(owner=alice, submit=True) for _ in range(2)]

    files = [pdf_of(alice_client, report).content for report in reports]

    assert files[0] != files[1]
    assert [pdf_of(alice_client, report).content for report in reports] == files


def test_a_pdf_goes_with_its_report(done, alice_client, quick_pdf):
    pdf_of(alice_client, done)
    kept = ReportPdf.objects.count()

    actions.delete_assessment(assessment=done)
    actions.keep_pdf(
        assessment=done, digest="d", is_unchanged=lambda: True, content=b"%PDF-"
    )  # it took so long

    assert (kept, ReportPdf.objects.count()) == (1, 0)


def test_a_report_that_is_deleted_while_its_pdf_is_made_leaves_none(
    done, alice_client, quick_pdf, monkeypatch
):
    def delete(_request):
        actions.delete_assessment(assessment=done)
        return True

    monkeypatch.setattr(guests, "may_make_pdf", delete)  # asked of a written page
    made = pdf_of(alice_client, done)

    assert (made.status_code, ReportPdf.objects.count()) == (200, 0)
    assert pdf_of(alice_client, done).status_code == 404


def test_a_report_that_is_renamed_while_its_pdf_is_made_leaves_none_with_its_old_name(
    done, alice_client, quick_pdf, monkeypatch
):
    def rename(_request):
        actions.rename_assessment(assessment=done, label="Another name")
        return True

    monkeypatch.setattr(guests, "may_make_pdf", rename)
    pdf_of(alice_client, done)
    kept = ReportPdf.objects.count()
    second = pdf_of(alice_client, done).content

    assert kept == 0
    assert bytes(ReportPdf.objects.get().content) == second


def test_the_oldest_pdfs_give_way(
    framework, alice, alice_client, quick_pdf, monkeypatch
):
    monkeypatch.setattr(actions, "MOST_PDFS", 2)
    first, second, third = (make_assessment(owner=alice, submit=True) for _ in "123")
    pdf_of(alice_client, first)
    pdf_of(alice_client, second)
    actions.rename_assessment(assessment=first, label="Another name")
    pdf_of(alice_client, first)

    pdf_of(alice_client, third)

    kept = ReportPdf.objects.values_list("assessment", flat=True)
    assert set(kept) == {first.pk, third.pk}


def test_a_pdf_that_cannot_be_kept_is_given_nevertheless(
    done, alice_client, quick_pdf, caplog
):
    def refuse(execute, sql, *rest):
        if "INSERT" in sql and ReportPdf._meta.db_table in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        response = pdf_of(alice_client, done)

    assert response.content.startswith(b"%PDF-")
    assert "disk is full" in caplog.text
    assert not ReportPdf.objects.exists()


# One at a time
# ------------------------------------------------------------------------------------


def test_beside_a_pdf_that_is_being_made_the_page_says_when_to_try_again(
    done, alice_client, quick_pdf
):
    with one_at_a_time("pdf"):
        response = pdf_of(alice_client, done)

    assert (response.status_code, response["Retry-After"]) == (429, "5")
    page = response.content.decode()
    assert "Another PDF is being made" in page
    assert "choose Print" in page
    assert "no-store" in response["Cache-Control"]
    assert not ReportPdf.objects.exists()
    assert pdf_of(alice_client, done).status_code == 200


def test_a_kept_pdf_needs_no_turn(done, alice_client, quick_pdf):
    first = pdf_of(alice_client, done).content

    with one_at_a_time("pdf"):
        assert pdf_of(alice_client, done).content == first


def test_nobody_has_more_made_in_a_minute_than_their_share(
    done, alice_client, bob, bob_client, settings, by
):
    settings.ACCOUNT_RATE_LIMITS = {"pdf": "1/m/key"}
    by("print('%PDF-')")
    others = make_assessment(owner=bob, submit=True)
    first = pdf_of(alice_client, done)
    actions.rename_assessment(assessment=done, label="Another page")

    response = pdf_of(alice_client, done)

    assert (first.status_code, response.status_code) == (200, 429)
    assert response["Retry-After"] == "60"
    assert "many PDFs in a minute" in response.content.decode()
    assert pdf_of(bob_client, others).status_code == 200


def test_all_of_one_connection_have_no_more_made_than_its_share(
    done, alice_client, bob, bob_client, settings, by
):
    settings.ACCOUNT_RATE_LIMITS = {"pdf": "6/m/key,1/m/ip"}
    by("print('%PDF-')")
    others = make_assessment(owner=bob, submit=True)

    answers = [pdf_of(alice_client, done), pdf_of(bob_client, others)]

    assert [each.status_code for each in answers] == [200, 429]


def test_a_kept_pdf_and_a_busy_minute_count_for_nothing(
    done, alice_client, settings, quick_pdf
):
    settings.ACCOUNT_RATE_LIMITS = {"pdf": "1/m/key"}
    with one_at_a_time("pdf"):
        assert pdf_of(alice_client, done).status_code == 429

    assert [pdf_of(alice_client, done).status_code for _ in range(3)] == [200] * 3


def test_of_two_at_once_one_is_made(by):
    by("import time; time.sleep(1); print('%PDF-')")

    def made(_):
        try:
            return make_pdf("", "")
        except Busy:
            return "busy"

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(made, range(2))) == {b"%PDF-\n", "busy"}


MAKES_A_PDF = """
import sys
import django
django.setup()
from assessment.exports import pdf_file
pdf_file.COMMAND = [sys.executable, "-c", sys.argv[1]]
pdf_file.make_pdf("", "")
"""


def test_after_a_kill_only_an_orphan_at_work_keeps_the_turn(tmp_path):
    """kill -9 of the app leaves a process that still makes its PDF."""
    told = tmp_path / "pid"
    orphan = f"""
import os, pathlib, time
pathlib.Path({str(told)!r}).write_text(str(os.getpid()))
time.sleep({PATIENCE})
"""
    environment = os.environ | {
        "TMPDIR": tempfile.gettempdir(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-c", MAKES_A_PDF, orphan]
    app = subprocess.Popen(command, cwd=ROOT, env=environment)
    assert soon(lambda: told.exists() and told.read_text())

    app.kill()
    app.wait()
    while_it_works = is_free()
    os.kill(int(told.read_text()), signal.SIGKILL)

    assert not while_it_works
    assert soon(is_free)


def is_free():
    try:
        with one_at_a_time("pdf"):
            return True
    except Busy:
        return False


def soon(question):
    """The first answer that is true, or the last one."""
    end = time.monotonic() + PATIENCE
    while not (answer := question()) and time.monotonic() < end:
        time.sleep(0.02)
    return answer


# Bounded
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "logged"),
    [
        ("pass", "Status 0, 0 bytes."),
        ("print('<p>no PDF')", "Status 0, 10 bytes."),
        ("raise ValueError('no such font')", "ValueError: no such font"),
        ("print('%PDF-', flush=True); import os; os.abort()", "Status -6, 6 bytes."),
        ("import time; time.sleep(60)", "It took more than 0.5 seconds."),
    ],
)
def test_a_failure_is_told_logged_and_not_kept(
    script, logged, done, alice_client, by, monkeypatch, caplog
):
    monkeypatch.setattr(pdf_file, "SECONDS", 0.5 if "sleep" in script else PATIENCE)
    by(script)

    response = pdf_of(alice_client, done)

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "The PDF could not be made" in response.content.decode()
    assert logged in caplog.text
    assert not ReportPdf.objects.exists()
    by("print('%PDF-')")
    assert pdf_of(alice_client, done).status_code == 200


def test_the_process_bounds_itself_before_it_reads_anything():
    with subprocess.Popen(
        pdf_file.COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        own = os.getpriority(os.PRIO_PROCESS, 0)

        def is_lower():
            return os.getpriority(os.PRIO_PROCESS, process.pid) > own

        lower = soon(is_lower)
        memory = soon(lambda: memory_of(process.pid) == pdf_process.MEMORY)
        process.kill()

    assert lower
    assert memory


def memory_of(pid):
    if sys.platform != "linux":
        return pdf_process.MEMORY  # it has no bound there
    return resource.prlimit(pid, resource.RLIMIT_AS)[0]


def test_the_process_ends_itself_without_its_parent():
    script = """
from assessment.exports import pdf_process
pdf_process.SECONDS = 1
pdf_process.main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE
    )

    with process:
        assert process.wait(PATIENCE) == -signal.SIGALRM


def test_the_process_is_told_no_secret(by):
    by("import json, os; print('%PDF-', json.dumps(dict(os.environ)))")

    told = json.loads(make_pdf("", "").removeprefix(b"%PDF-"))

    assert {"SECRET_KEY", "DATABASE_URL"} <= set(os.environ)
    assert {"SECRET_KEY", "DATABASE_URL"} & set(told) == set()
    assert set(told) - set(pdf_file.PASSED_ON) <= {"LC_CTYPE"}  # Python's own
