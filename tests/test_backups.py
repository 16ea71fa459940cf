"""A backup is of one moment, can be restored, and brings back nobody who was deleted."""

import json
import os
import shutil
from contextlib import closing
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment import actions, sharing
from assessment.calendar_feed import end_address, make_address
from assessment.erasure import (
    KEPT_FOR,
    erasures_as_lines,
    forget_old_erasures,
    play_back,
    read_erasures,
    record_erasure,
)
from assessment.models import (
    Assessment,
    Erased,
    Guest,
    PracticeNote,
    Profile,
    ShareLink,
)
from tests.factories import make_assessment, make_guest, make_share_link
from tpmguide.backups import make_backup
from tpmguide.sqlite.base import DatabaseWrapper

# In an installation of its own: people save while a backup is made; then some are deleted,
# and others come; prints what is to be expected.
SAVE_AND_LEAVE = """
import json, threading
from concurrent.futures import Future, ThreadPoolExecutor
import django
django.setup()
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import connection
from assessment import actions, guests
from assessment.answers import Answer, answers_of
from assessment.erasure import record_erasure
from assessment.models import Assessment
from tests.factories import make_assessment, make_framework, make_guest
from tpmguide import backups

make_framework()
def person(name):
    return User.objects.create_user(name, f"{name}@example.org", "x")
alice, bob, carol = map(person, ("alice", "bob", "carol"))
kept = make_assessment(owner=alice, submit=True)
deleted = make_assessment(owner=alice, submit=True)
make_assessment(owner=bob, submit=True)
drafts = [make_assessment(owner=carol) for _ in range(3)]
send_mail("a code", "1234", None, ["alice@example.org"])
ended, acknowledged = threading.Event(), {}

def save(draft):
    number = 0
    while not ended.is_set():
        number += 1
        for skill in ("planning", "tooling", "testing"):
            answer = Answer(number % 6, note=f"{number}", revision=number - 1)
            actions.save_answers(assessment=draft, answers={skill: answer})
        acknowledged[draft.pk] = number
    connection.close()

with ThreadPoolExecutor(len(drafts)) as pool:
    savers = [pool.submit(save, each) for each in drafts]
    try:
        while len(acknowledged) < len(drafts) and not any(map(Future.done, savers)):
            ended.wait(0.01)
        before = dict(acknowledged)
        path = backups.make_backup(settings.BACKUP_DIR)
        after = dict(acknowledged)
    finally:
        ended.set()
for each in savers:
    each.result()  # raises what stopped it before its time

record_erasure(User, [bob.pk])
bob.delete()
actions.delete_assessment(assessment=deleted)
dave = person("dave")
backups.write_erasures(settings.BACKUP_DIR)
print(json.dumps({
    "path": str(path), "before": before, "after": after, "kept": str(kept.uid),
    "score": kept.readiness_tenths,
}))
"""
LOOK = """
import json
import django
django.setup()
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from assessment.models import Assessment, Rating
from tpmguide.models import Mail
people = User.objects.order_by("pk").values_list("username", flat=True)
notes = {}
for pk, note in Rating.objects.exclude(note="").values_list("assessment", "note"):
    notes.setdefault(pk, []).append(int(note))
print(json.dumps({
    "people": list(people),
    "submitted": [str(uid) for uid in Assessment.objects.submitted().values_list("uid", flat=True)],
    "notes": notes, "mails": Mail.objects.count(),
}))
"""
LOSE = """
import django
django.setup()
from assessment.models import Erased
Erased.objects.all().delete()
"""


@pytest.mark.slow
def test_a_restored_backup_is_of_one_moment_and_without_the_deleted(manage, tmp_path):
    manage("manage.py", "migrate", "--verbosity", "0")
    made = json.loads(manage("-c", SAVE_AND_LEAVE).splitlines()[-1])

    refused = manage("manage.py", "restore", made["path"], fails=True)
    manage("-c", LOSE)  # the file beside the backup must be enough
    told = manage("manage.py", "restore", made["path"], "--replace")
    found = json.loads(manage("-c", LOOK))

    assert "Say --replace" in refused
    assert "Deleted again: 2." in told
    assert "1 scores computed anew, 0 differ." in told
    assert found["people"] == ["alice", "carol"]
    assert found["submitted"] == [made["kept"]]
    assert found["mails"] == 0
    for pk, numbers in found["notes"].items():
        # What was acknowledged before is there, nothing that came after it ended.
        assert max(numbers) >= made["before"][pk]
        assert max(numbers) <= made["after"][pk] + 1
        # Saved one after the other: of one moment.
        assert max(numbers) - min(numbers) <= 1
    assert len(found["notes"]) == 3


@pytest.mark.slow
def test_a_backup_is_tried_and_the_oldest_go(manage, tmp_path):
    manage("manage.py", "release", "--verbosity", "0")
    folder = tmp_path / "backups"

    told = [
        manage("manage.py", "backup", "--check", "--keep", "1"),
        manage("manage.py", "backup", "--keep", "1"),
    ]
    left = sorted(path.name for path in folder.iterdir())
    backup = folder / left[-2]
    backup.with_name("plain").write_bytes(backup.read_bytes())
    whole = backup.read_bytes()
    backup.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    broken = manage("manage.py", "restore", str(backup), fails=True)
    unknown = manage("manage.py", "restore", str(folder / "plain"), fails=True)

    assert "It was restored and compared." in told[0]
    assert "Removed tpmguide-" in told[1]
    assert [name.partition(".")[2] for name in left] in (
        ["jsonl", "sqlite3", "sqlite3.json"],
        ["jsonl", "dump", "dump.json"],
    )
    assert {path.stat().st_mode & 0o777 for path in folder.glob("tpm*")} == {0o600}
    assert "its digest differs" in broken
    assert "manifest" in unknown
    shutil.rmtree(folder)


GHOST = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("PRAGMA journal_mode=WAL")
database.execute("CREATE TABLE ghost (x)")
database.commit()
os._exit(0)
"""


@pytest.mark.slow
def test_a_restore_that_was_cut_short_spoils_neither_the_old_nor_the_next(
    manage, tmp_path
):
    """On PostgreSQL it is one transaction."""
    if not manage.environment["DATABASE_URL"].startswith("sqlite"):
        return
    place = tmp_path / "rig.sqlite3"
    manage("manage.py", "migrate", "--verbosity", "0")
    manage("manage.py", "backup")
    [backup] = (tmp_path / "backups").glob("*.sqlite3")
    unfinished = place.with_name(f".{place.name}.unfinished")
    manage("-c", GHOST, str(unfinished))
    assert place.with_name(f"{unfinished.name}-wal").stat().st_size > 0

    with closing(DatabaseWrapper.Database.connect(place)) as app:
        app.execute("CREATE TABLE in_log (x)")
        app.commit()
        told = manage("manage.py", "restore", str(backup), fails=True)
        tables = names_of_tables(app)
    manage("manage.py", "restore", str(backup))

    assert "Something else has the database open. Stop the app" in told
    assert "in_log" in tables
    with closing(DatabaseWrapper.Database.connect(place)) as restored:
        assert not {"ghost", "in_log"} & names_of_tables(restored)
        assert restored.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    left = {path.name for path in tmp_path.iterdir() if path.name.startswith(".")}
    assert left == set()


# Passes everything on, and tells the words that it was called with.
LISTENING = """#!/bin/sh
echo "$0 $*" >> {log}
PATH={path} exec $(basename $0) "$@"
"""


NOT_ANALYZED = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT relname FROM pg_stat_user_tables "
        "WHERE relname LIKE 'assessment_%' AND last_analyze IS NULL"
    )
    print(cursor.fetchall())
"""


@pytest.mark.slow
def test_a_restore_of_postgresql_leaves_statistics_and_no_data_in_a_temporary_folder(
    manage, tmp_path
):
    """That folder may be in memory; without statistics, queries read whole tables."""
    if manage.environment["DATABASE_URL"].startswith("sqlite"):
        return
    programs, log = tmp_path / "programs", tmp_path / "log"
    programs.mkdir()
    for name in ("pg_restore", "psql"):
        said = LISTENING.format(log=log, path=manage.environment["PATH"])
        (programs / name).write_text(said)
        (programs / name).chmod(0o700)
    manage("manage.py", "migrate", "--verbosity", "0")
    manage("manage.py", "backup")
    folder = tmp_path / "backups"
    [backup] = folder.glob("*.dump")
    before = set(folder.iterdir())
    manage.environment["PATH"] = f"{programs}:{manage.environment['PATH']}"

    manage("manage.py", "restore", str(backup))

    out, into = log.read_text().splitlines()
    script = f"--file={folder / f'.{backup.name}.sql.unfinished'}"
    assert script in out.split()
    assert script in into.split()
    assert manage("-c", NOT_ANALYZED).splitlines()[-1] == "[]"
    assert set(folder.iterdir()) == before


def names_of_tables(database):
    return {name for (name,) in database.execute("SELECT name FROM sqlite_master")}


def test_what_a_backup_that_was_cut_short_left_goes_after_a_day(
    tmp_path, transactional_db
):
    names = ".tpmguide-a.sqlite3.unfinished", ".tpmguide-b.sqlite3.unfinished"
    old, young = (tmp_path / name for name in names)
    for path, hours in ((old, 25), (young, 23)):
        path.write_bytes(b"half")
        then = timezone.now().timestamp() - hours * 3600
        os.utime(path, (then, then))

    make_backup(tmp_path)

    assert (old.exists(), young.exists()) == (False, True)


# What was deleted
# ------------------------------------------------------------------------------------


def recorded():
    return set(Erased.objects.values_list("model", "row"))


def test_each_way_to_delete_is_recorded(framework, alice, bob, admin_client):
    own, foreign = (
        make_assessment(owner=alice),
        make_assessment(owner=alice, submit=True),
    )
    link, _ = make_share_link(foreign)
    guest, browser = make_guest()
    pks = own.pk, bob.pk, guest.pk

    actions.delete_assessment(assessment=own)
    sharing.revoke_share_link(link=link)
    sharing.revoke_share_link(link=link)
    browser.post(reverse("assessment:forget"))
    admin_client.post(f"/admin/auth/user/{bob.pk}/delete/", {"post": "yes"})

    assert recorded() == {
        ("assessment.Assessment", pks[0]),
        ("auth.User", pks[1]),
        ("assessment.Guest", pks[2]),
        ("assessment.ShareLink", link.pk),
    }
    assert Erased.objects.count() == 4


def test_what_is_played_back_goes_and_comes_no_second_time(framework, alice, bob):
    make_assessment(owner=bob)
    report = make_assessment(owner=alice, submit=True)
    link, _ = make_share_link(report)
    guest, _ = make_guest()
    PracticeNote.objects.create(
        guest=guest,
        framework_key="a",
        question_key="b",
        text="c",
        updated_at=timezone.now(),
    )
    record_erasure(type(bob), [bob.pk])
    record_erasure(Guest, [guest.pk])
    record_erasure(ShareLink, [link.pk])
    told = read_erasures(erasures_as_lines())
    Erased.objects.all().delete()

    first, second = play_back(told), play_back(told)

    assert (first, second) == (3, 0)
    assert list(Assessment.objects.values_list("owner", flat=True)) == [alice.pk]
    assert not Guest.objects.exists()
    assert not PracticeNote.objects.exists()
    link.refresh_from_db()
    assert not link.is_live
    assert Erased.objects.count() == 3


@pytest.mark.parametrize("end", [end_address, make_address])
def test_a_calendar_address_that_was_ended_stays_ended(end, alice, client):
    """Also where another one took its place, and where one was ended long before it."""
    make_address(person=alice)
    make_address(person=alice)
    as_in_backup = Profile.objects.values("calendar_digest", "calendar_since").get()
    recorded_in_backup = list(Erased.objects.values_list("pk", flat=True))
    before = read_erasures(erasures_as_lines())
    end(person=alice)
    told = read_erasures(erasures_as_lines())
    Profile.objects.update(**as_in_backup)
    Erased.objects.exclude(pk__in=recorded_in_backup).delete()

    gone = [play_back(before), play_back(told), play_back(told)]

    assert gone == [0, 1, 0]
    assert Profile.objects.get().calendar_digest == ""


def test_a_number_given_anew_is_somebody_else(framework, alice):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    report = make_assessment(owner=alice)

    gone = play_back(
        [
            ("auth.User", alice.pk, an_hour_ago),
            ("assessment.Assessment", report.pk, an_hour_ago),
        ]
    )

    assert gone == 0
    assert Assessment.objects.get().owner == alice


def test_what_a_backup_knows_as_deleted_deletes_nothing_in_it(framework, alice):
    """After a restore before it, the number was given anew: to what came with its dates."""
    brought = make_assessment(owner=alice)
    began, an_hour_ago = (timezone.now() - timedelta(hours=h) for h in (2, 1))
    Assessment.objects.filter(pk=brought.pk).update(started_at=began)
    deleted = ("assessment.Assessment", brought.pk, an_hour_ago)
    Erased.objects.create(model=deleted[0], row=deleted[1], erased_at=deleted[2])

    gone = play_back([deleted])

    assert gone == 0
    assert Assessment.objects.get() == brought


def test_what_cannot_be_played_back_cannot_be_recorded(db):
    with pytest.raises(ValueError, match=r"assessment\.Erased"):
        record_erasure(Erased, [1])


def test_records_end(db):
    now = timezone.now()
    for ago in (KEPT_FOR, KEPT_FOR + timedelta(seconds=1)):
        Erased.objects.create(model="auth.User", row=ago.seconds, erased_at=now - ago)

    forget_old_erasures(now=now)

    assert recorded() == {("auth.User", 0)}


def test_a_claimed_guest_is_not_erased(framework, alice, client):
    client.post("/assess/begin/", {"target": "tpm"})

    client.force_login(alice)
    client.get("/reports/")

    assert not Erased.objects.filter(model="assessment.Guest").exists()
