"""Everything of a person as one file: one at a time, and by the worker where it is much."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assessment import downloads
from assessment.downloads import make_next_download
from assessment.models import Download
from assessment.views import me
from tests.factories import make_assessment, make_entry, make_guest, make_plan

DOWNLOAD, MADE, ME = "/me/download/", "/me/download/made/", "/me/"


@pytest.fixture
def much(monkeypatch, framework, alice):
    """Alice has one answer more than is made while she waits."""
    assessment = make_assessment(owner=alice, submit=True)
    monkeypatch.setattr(downloads, "LARGE", assessment.ratings.count() - 1)
    return alice


def names_in(response):
    content = b"".join(response.streaming_content)
    response.close()
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_one_at_a_time_is_made_and_who_comes_meanwhile_is_told_when(
    framework, alice, alice_client
):
    with downloads.MAKING:
        refused = [alice_client.post(DOWNLOAD) for _ in range(12)]
    answer = alice_client.post(DOWNLOAD)

    assert {(each.status_code, each["Retry-After"]) for each in refused} == {(429, "5")}
    assert b"That was too often in a short time" in refused[0].content
    assert answer.status_code == 200  # those that were refused do not count
    assert "own-data.json" in names_in(answer)


def test_a_file_that_fails_gives_the_turn_back(alice_client, monkeypatch):
    def fail(holder):
        raise ValueError

    monkeypatch.setattr(me, "write_archive", fail)
    with pytest.raises(ValueError):  # noqa: PT011 - ours
        alice_client.post(DOWNLOAD)
    monkeypatch.undo()

    assert "own-data.json" in names_in(alice_client.post(DOWNLOAD))


def test_what_is_not_much_is_made_at_once(monkeypatch, framework, alice, alice_client):
    assessment = make_assessment(owner=alice, submit=True)
    monkeypatch.setattr(downloads, "LARGE", assessment.ratings.count())

    answer = alice_client.post(DOWNLOAD)

    assert not Download.objects.exists()
    assert "own-data.json" in names_in(answer)


def test_what_is_much_is_made_by_the_worker(much, alice_client):
    asked = alice_client.post(DOWNLOAD, follow=True).content.decode()
    early = alice_client.get(MADE)

    call_command("work", once=True)

    page = alice_client.get(ME).content.decode()
    assert "The file will be on this page in some minutes." in asked
    assert "is being made. Open this page again" in asked
    assert early.status_code == 404
    assert "is being made" not in page
    assert f'href="{MADE}"' in page
    assert names_in(alice_client.get(MADE)) == [
        "README.txt",
        "own-data.json",
        "answers.csv",
    ]


def test_nobody_else_gets_it(much, alice_client, bob_client, client):
    alice_client.post(DOWNLOAD)
    make_next_download()

    assert bob_client.get(MADE).status_code == 404
    assert client.get(MADE).status_code == 404
    assert make_guest()[1].get(MADE).status_code == 404


@pytest.mark.parametrize("what", ["assessment", "plan", "line"])
def test_a_file_goes_with_what_is_deleted_of_it(much, bob, alice_client, what):
    """Made or being made; one that nobody has begun will not hold it."""
    plan = make_plan(much, ("planning", 3))
    entry = make_entry(plan.items.get())
    pages = {
        "assessment": reverse("assessment:delete", args=[much.assessments.get().uid]),
        "plan": reverse("assessment:plan_change", args=[plan.uid]),
        "line": reverse("assessment:journal_entry", args=[entry.uid]),
    }
    now = timezone.now()
    Download.objects.create(owner=much, asked_at=now, begun_at=now)
    others = Download.objects.create(owner=bob, asked_at=now, begun_at=now)

    alice_client.post(pages[what], {"delete": ""})

    assert list(Download.objects.all()) == [others]


def test_a_file_that_waits_is_made_without_what_is_deleted_meanwhile(
    much, alice_client
):
    alice_client.post(DOWNLOAD)

    alice_client.post(reverse("assessment:delete", args=[much.assessments.get().uid]))

    assert make_next_download()
    archive = zipfile.ZipFile(io.BytesIO(bytes(Download.objects.get().content)))
    assert json.loads(archive.read("own-data.json"))["assessments"] == []


def test_to_ask_again_waits_for_the_first_and_then_makes_it_anew(much, alice_client):
    alice_client.post(DOWNLOAD)
    first = Download.objects.get().asked_at
    alice_client.post(DOWNLOAD)
    assert Download.objects.get().asked_at == first

    make_next_download()
    alice_client.post(DOWNLOAD)

    again = Download.objects.get()
    assert again.asked_at > first
    assert (again.made_at, again.content) == (None, None)


def test_two_workers_make_one_once(much, alice_client, monkeypatch):
    alice_client.post(DOWNLOAD)
    made = []

    def write(person):
        made.append(person)
        assert make_next_download() is False  # another worker, meanwhile
        return io.BytesIO(b"PK")

    monkeypatch.setattr(downloads, "write_archive", write)
    assert make_next_download()

    assert made == [much]
    assert bytes(Download.objects.get().content) == b"PK"


def test_what_a_killed_worker_began_is_begun_again(much, alice_client):
    alice_client.post(DOWNLOAD)
    now = timezone.now()
    Download.objects.update(begun_at=now)

    assert not make_next_download()
    with time_machine.travel(now + downloads.LOST_AFTER + timedelta(seconds=1)):
        assert make_next_download()
    assert Download.objects.get().made_at


def test_what_cannot_be_made_does_not_stop_the_worker(much, alice_client, monkeypatch):
    alice_client.post(DOWNLOAD)

    def fail(person):
        raise ValueError

    monkeypatch.setattr(downloads, "write_archive", fail)

    assert make_next_download()
    assert not make_next_download()


def test_it_is_kept_for_a_day(much, alice_client):
    alice_client.post(DOWNLOAD)
    call_command("remove_unclaimed", verbosity=0)
    assert Download.objects.exists()

    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        call_command("remove_unclaimed", verbosity=0)

    assert not Download.objects.exists()
