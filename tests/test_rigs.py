"""The rigs of make load, crash, power, pdf-load and fuzz count and compare rightly."""

import contextlib
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tools.rig import drill, power
from tools.rig.browser import Away, Sample, form_of
from tools.rig.crash import crash
from tools.rig.databases import HEALTHY, postgres_url, sqlite_database
from tools.rig.fuzz import CONTROL_REQUESTS, Tally, fuzz
from tools.rig.guest import revision_in, said_in
from tools.rig.ledger import Entry, Ledger, Said, Stored, compare, faults_of, percentile
from tools.rig.load import measure
from tools.rig.pdf_load import ALONE, BESIDE, Rounds

CARD = ("uid", "sdlc")
A, B, C = (Said(value) for value in (1, 2, 3))


# Bookkeeping
# ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "stored", "faults"),
    [
        (Entry(A, 1), Stored(A, 1), []),
        (Entry(A, 1), None, ["lost"]),
        (Entry(B, 2), Stored(A, 1), ["lost"]),
        (Entry(B, 2), Stored(A, 2), ["differs"]),
        (Entry(B, 2), Stored(B, 3), ["differs"]),
        (Entry(B, 2, [C]), Stored(B, 2), []),
        (Entry(B, 2, [C]), Stored(C, 3), []),
        (Entry(B, 2, [C]), Stored(C, 2), ["differs"]),
        (Entry(B, 2, [C]), Stored(C, 4), ["differs"]),
        (Entry(B, 2, [C]), Stored(A, 1), ["lost"]),
        (Entry(pending=[A]), None, []),
        (Entry(pending=[A]), Stored(A, 1), []),
        (Entry(pending=[A]), Stored(B, 1), ["differs"]),
    ],
)
def test_stored_is_what_was_acknowledged_or_sent_after_it(entry, stored, faults):
    assert faults_of(entry, stored) == faults


def test_a_ledger_keeps_the_newest_acknowledged_and_what_is_pending():
    ledger = Ledger()

    ledger.attempted(CARD, A)
    ledger.acknowledged(CARD, 1)
    ledger.attempted(CARD, B)
    ledger.attempted(CARD, B)

    assert ledger.entries == {CARD: Entry(A, 1, [B])}
    assert (ledger.attempts, ledger.acknowledgements, ledger.faults) == (3, 1, [])


@pytest.mark.parametrize("revision", [0, 1, 3])
def test_a_revision_that_cannot_be_is_a_fault(revision):
    ledger = Ledger()
    ledger.attempted(CARD, A)
    ledger.acknowledged(CARD, 1)
    ledger.attempted(CARD, B)

    ledger.acknowledged(CARD, revision)

    assert len(ledger.faults) == 1


def test_what_nobody_sent_is_found():
    found = compare([Ledger()], {CARD: Stored(A, 1)})

    assert (found.cards, found.lost, found.differing) == (0, [], [])
    assert len(found.faults) == len(found.never_sent) == 1


@pytest.mark.parametrize(
    ("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100), (0, 1)]
)
def test_percentiles_are_by_nearest_rank(share, value):
    assert percentile(range(100, 0, -1), share) == value


def test_a_percentile_of_nothing_is_none():
    assert percentile([], 0.5) is None


@pytest.mark.parametrize(("beside", "kept"), [(3.0, True), (3.1, False)])
def test_saves_beside_pdfs_are_compared_with_saves_alone(beside, kept):
    found = Rounds(made=1)
    found.saves[ALONE] = [Sample("save", 200, 0, seconds) for seconds in (0.5, 1, 9)]
    found.saves[BESIDE] = [Sample("save", 200, 0, beside)]

    assert found.is_good == kept
    found.made = 0
    assert not found.is_good


def test_an_answer_of_500_and_none_at_all_are_faults():
    tally = Tally()

    for status in (200, 404, 499, 500, 503, 0):
        tally.take("GET /", status, 0.1)

    assert [fault[:9] for fault in tally.faults] == [
        "500: GET ",
        "503: GET ",
        "no answer",
    ]
    assert tally.slow == []


@pytest.mark.parametrize("status", [200, 409, 500])
def test_who_is_patient_sends_again_what_had_no_answer_and_nothing_else(
    monkeypatch, status
):
    monkeypatch.setattr(drill, "AGAIN", 0)
    guest = drill.Patient(SimpleNamespace(port=1, tls=None), 0)
    answers = iter([Away(), (503, "away"), (status, "said"), (200, "not asked for")])

    def ask():
        answer = next(answers)
        if isinstance(answer, Away):
            raise answer
        return answer

    assert guest._until_answered(ask) == (status, "said")
    assert guest.again == 2


# Pages
# ------------------------------------------------------------------------------------


def test_a_form_is_read_as_a_browser_sends_it():
    form = form_of(
        '<form action="/other/"><input name="x" value="1"></form>'
        '<form action="/rate/"><fieldset hx-post="/save/a/">'
        '<input type="radio" name="a-value" value="0">'
        '<input type="radio" name="a-value" value="1" checked>'
        '<input type="checkbox" name="a-not_applicable">'
        '<input type="hidden" name="a-revision" value="2">'
        '<input type="radio" name="a-confidence" value="low" checked>'
        '<textarea name="a-note">R&amp;D &lt;3</textarea></fieldset></form>',
        "/rate/",
    )

    assert form.saves == ["/save/a/"]
    assert form.choices["a-value"] == ["0", "1"]
    assert form.fields["a-revision"] == "2"
    assert "a-not_applicable" not in form.fields
    assert said_in(form.fields, "a") == Said(1, "low", "R&D <3")


@pytest.mark.django_db
def test_a_form_without_an_address_is_sent_to_its_page(client):
    path = reverse("account_reset_password")

    form = form_of(client.get(path).content.decode(), path, page=path)

    assert form.action == path
    assert {"csrfmiddlewaretoken", "email"} <= form.fields.keys()


def test_only_saved_hands_back_a_revision():
    assert revision_in('<input name="a-revision" value="12">', "a") == 12
    assert revision_in('<input name="b-revision" value="12">', "a") is None
    assert revision_in("Not saved yet", "a") is None


def test_the_scratch_database_is_on_the_same_server():
    server = "postgresql://me:secret@127.0.0.1:5432/postgres?sslmode=disable"

    assert postgres_url(server, "mine") == server.replace("/postgres?", "/mine?")


def test_a_database_is_asked_whether_it_is_whole(tmp_path):
    with sqlite_database(tmp_path) as database:
        with contextlib.closing(database.connect()) as connection:
            connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY)")
            connection.execute("CREATE TABLE b (a INTEGER REFERENCES a)")
        whole = database.integrity()
        with contextlib.closing(database.connect()) as connection:
            connection.execute("INSERT INTO b VALUES (1)")
            connection.commit()

        assert whole in HEALTHY
        assert database.integrity() not in HEALTHY


# The rigs themselves, for seconds and on SQLite
# ------------------------------------------------------------------------------------


@pytest.mark.rig
@pytest.mark.parametrize("control", ["", "forgetful"])
def test_a_short_load_is_good_and_its_control_is_not(control):
    # What is forgotten is found where nothing was saved after it: the more cards, the surer.
    seconds = 12 if control else 4
    minute = measure("", count=10, seconds=seconds, control=control)

    assert minute.acknowledged > 20
    assert minute.is_good == (not control)


@pytest.mark.rig
@pytest.mark.parametrize("control", ["", "late"])
def test_a_crash_loses_nothing_and_its_control_does(control):
    story = crash("", count=10, rounds=1, seconds=3, control=control)

    assert story.acknowledged > 20
    assert bool(story.faults) == bool(control)
    assert control or story.is_good


@pytest.mark.rig
@pytest.mark.skipif(not power.can_cut(), reason=power.NO_DISK)
@pytest.mark.parametrize("control", ["", "unsynced"])
def test_a_power_cut_loses_nothing_and_its_control_does(control):
    rounds = power.CONTROL_ROUNDS if control else 1
    story = power.cut(False, count=20, rounds=rounds, seconds=5, control=control)

    assert story.acknowledged > 20
    assert bool(story.faults) == bool(control)
    assert control or story.is_good


@pytest.mark.rig
@pytest.mark.parametrize("control", ["", "careless"])
def test_odd_requests_are_answered_and_its_control_fails(control):
    tally = fuzz("", count=CONTROL_REQUESTS, seed=1, control=control)

    assert tally.statuses.total() == CONTROL_REQUESTS
    assert bool(tally.faults) == bool(control)
