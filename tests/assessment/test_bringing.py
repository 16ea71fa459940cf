"""A person's own file comes into another account: whole, once, and by the rules."""

import io
import json
import uuid
import zipfile
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import CheckConstraint
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment import downloads, plans
from assessment.actions import (
    carry_over,
    delete_assessment,
    rename_assessment,
    save_profile,
)
from assessment.answers import Answer, answers_of
from assessment.bringing import bring_in, plan_bringing
from assessment.models import (
    Assessment,
    JournalEntry,
    Plan,
    PlanItem,
    PracticeNote,
    Profile,
)
from assessment.own_data import NotReadable, own_data, parse_own_data, write_archive
from assessment.reminders import set_reminders
from careers.store import spec_of
from tests.factories import (
    make_assessment,
    make_entry,
    make_framework,
    make_plan,
    make_with_planning_as,
)

BRING = "/me/bring/"
ANSWERS = {
    "planning": Answer(
        value=3, confidence="high", note="Mine", url="https://a.example/"
    ),
    "tooling": Answer(not_applicable=True, reason="Others do."),
}


@pytest.fixture
def file(framework, alice):
    """Alice's data: an old report, a draft that goes on from it, a note."""
    with time_machine.travel("2026-01-05T12:00:00Z", tick=False):
        report = make_assessment(owner=alice, submit=True)
    rename_assessment(assessment=report, label="First")
    make_assessment(owner=alice, ratings=ANSWERS, based_on=report)
    PracticeNote.objects.create(
        owner=alice,
        framework_key="k",
        question_key="q",
        text="A note",
        updated_at=timezone.now(),
    )
    return json.dumps(own_data(alice)).encode()


def of(person):
    columns = ("label", "status", "readiness_tenths", "range_low", "submitted_at")
    return [
        (*(getattr(each, name) for name in columns), answers_said(each))
        for each in Assessment.objects.filter(owner=person).order_by("pk")
    ]


def answers_said(assessment):
    return {
        key: (
            each.value,
            each.reason,
            each.confidence,
            each.note,
            each.url,
            each.rated_at,
        )
        for key, each in answers_of(assessment).items()
    }


def test_a_correction_lands_in_its_place(framework, alice, bob):
    with time_machine.travel("2026-01-05T12:00:00Z", tick=False):
        wrong = make_assessment(owner=alice, submit=True)
    with time_machine.travel("2026-02-05T12:00:00Z", tick=False):
        later = make_assessment(owner=alice, submit=True)
    right = make_assessment(owner=alice, corrects=wrong, submit=True)
    delete_assessment(assessment=wrong)
    content = json.dumps(own_data(alice)).encode()

    bring_in(person=bob, data=parse_own_data(content))

    here = Assessment.objects.filter(owner=bob).newest_first()
    moments = [later.submitted_at, wrong.submitted_at]
    assert [each.counts_at for each in here] == moments
    assert here[1].submitted_at == right.submitted_at


def test_what_was_carried_over_stands_behind_what_it_became(framework, alice, bob):
    draft = make_assessment(owner=alice, ratings=ANSWERS)
    newer = make_framework(version="2.0")
    carry_over(assessment=draft, target=newer.levels.get(key="tpm"))
    data = parse_own_data(json.dumps(own_data(alice)).encode())

    bring_in(person=bob, data=data)

    shown = Assessment.objects.filter(owner=bob).shown().get()
    assert shown.framework == newer
    assert shown.based_on.is_carried_over
    assert of(bob) == of(alice)


def test_what_was_carried_over_is_open_where_what_it_became_has_no_place(
    framework, alice, bob
):
    draft = make_assessment(owner=alice, ratings=ANSWERS)
    newer = make_framework(version="2.0")
    carry_over(assessment=draft, target=newer.levels.get(key="tpm"))
    content = own_data(alice)
    content["assessments"][1]["framework"]["digest"] = "other"

    bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    assert Assessment.objects.filter(owner=bob).shown().get().status == "draft"


def test_no_assessment_goes_on_from_itself_by_any_way(framework, alice, bob):
    """Who follows what an assessment goes on from would never come to an end."""
    for target in ("tpm", "junior-tpm", "senior-tpm"):
        make_assessment(owner=alice, target=target)
    content = own_data(alice)
    rows = content["assessments"]
    for row, other in zip(rows, [*rows[1:], rows[0]], strict=True):
        row["based_on"] = row["corrects"] = other["uid"]

    bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    first, second, third = Assessment.objects.filter(owner=bob).order_by("pk")
    chains = [(each.based_on, each.corrects) for each in (first, second, third)]
    assert chains == [(None, None), (None, None), (first, first)]


def test_no_assessment_goes_on_from_one_of_another_ladder(framework, alice, bob):
    """Its answers would be looked for among versions of which it is none."""
    other = make_framework(key="another-ladder")
    make_assessment(owner=alice, framework=other, submit=True)
    make_assessment(owner=alice, framework=framework)
    content = own_data(alice)
    report, draft = content["assessments"]
    draft["based_on"] = draft["corrects"] = report["uid"]

    bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    draft = Assessment.objects.drafts().get(owner=bob)
    assert (draft.based_on, draft.corrects) == (None, None)


def test_everything_lands_with_its_dates_and_the_same_score(file, alice, bob):
    brought = bring_in(person=bob, data=parse_own_data(file))

    assert (brought.assessments, brought.notes, brought.known) == (2, 1, 0)
    assert brought.left_out == []
    assert of(bob) == of(alice)
    report, draft = Assessment.objects.filter(owner=bob).order_by("pk")
    assert draft.based_on == report
    assert PracticeNote.objects.get(owner=bob).text == "A note"


def test_nothing_comes_twice_and_nothing_here_is_written_over(file, alice, bob):
    data = parse_own_data(file)
    bring_in(person=bob, data=data)
    PracticeNote.objects.filter(owner=bob).update(text="Newer")
    before = of(bob)

    again = bring_in(person=bob, data=data)
    own = bring_in(person=alice, data=data)

    assert (again.assessments, again.notes, again.known) == (0, 0, 3)
    assert (own.assessments, own.known) == (0, 3)
    assert of(bob) == before
    assert PracticeNote.objects.get(owner=bob).text == "Newer"


def test_a_uid_that_nobody_has_here_stays(file, alice, bob):
    uids = set(Assessment.objects.values_list("uid", flat=True))
    Assessment.objects.all().delete()

    bring_in(person=bob, data=parse_own_data(file))

    assert set(Assessment.objects.values_list("uid", flat=True)) == uids


@pytest.mark.parametrize("part", ["key", "version", "digest"])
def test_a_version_that_is_not_here_is_said(file, bob, part):
    content = json.loads(file)
    content["assessments"][0]["framework"][part] = "other"

    brought = bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    assert brought.assessments == 1
    [sentence] = brought.left_out
    assert sentence.startswith("“tpm” of 2026-01-05: version ")
    assert sentence.endswith(" is not here.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": 6}, "Planning: Choose one of the levels 0 to 5."),
        ({"url": "javascript:alert(1)"}, "Planning: This is not a web address."),
        ({"note": "x" * 4001}, "Planning: Shorten the note to 4,000 characters"),
        ({"skill": "juggling"}, "the skill juggling has no place."),
        ({"skill": "tooling"}, "the skill tooling has no place."),
    ],
)
def test_an_answer_that_the_card_refuses_is_refused(file, bob, change, said):
    content = json.loads(file)
    of_draft = [r for r in content["answers"] if r["note"] == "Mine"]
    of_draft[0].update(change)

    brought = bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    assert brought.assessments == 1
    assert said in brought.left_out[0]


def test_a_score_is_computed_here_and_never_believed(file, bob):
    content = json.loads(file)
    content["assessments"][0] |= {"readiness_tenths": 1000, "band": "ready"}

    brought = bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    report = Assessment.objects.filter(owner=bob).earliest("pk")
    assert report.readiness_tenths < 1000
    assert "is computed anew here" in brought.left_out[0]


def test_a_clock_that_is_a_little_ahead_brings_no_date_that_lies_ahead(file, bob):
    content = json.loads(file)
    ahead = (timezone.now() + timedelta(hours=5)).isoformat()
    content["assessments"][0] |= {"submitted_at": ahead, "changed_at": ahead}

    bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    report = Assessment.objects.filter(owner=bob).earliest("pk")
    assert report.submitted_at <= timezone.now()


def test_the_rest_comes_the_next_time(file, bob, monkeypatch):
    monkeypatch.setattr("assessment.bringing.MOST_AT_ONCE", 1)
    data = parse_own_data(file)

    first, second = (bring_in(person=bob, data=data) for _ in range(2))

    assert (first.assessments, first.waiting) == (1, 1)
    assert (second.assessments, second.waiting) == (1, 0)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"PK\x03\x04", b"[1", b'{"schema": "x"}']
)
@pytest.mark.django_db
def test_what_is_no_such_file_is_refused(content):
    with pytest.raises(NotReadable):
        parse_own_data(content)


@pytest.mark.parametrize(
    "certificates", [5, "abc", [5], ["a" * 61], ["a"] * 1001, None, {"a": "b"}]
)
def test_certificates_are_a_list_of_keys(growth, alice, bob_client, certificates):
    content = own_data(alice)
    content["profile"][0]["certifications"] = certificates
    file = SimpleUploadedFile("mine.json", json.dumps(content).encode())

    answer = bob_client.post(BRING, {"file": file, "look": "yes"})

    assert answer.status_code == 422
    [said] = answer.context["form"].errors["file"]
    place = "The file is not as this site writes it: profile > 0 > certifications"
    assert said.startswith(place)


def test_a_file_that_leaves_out_what_may_be_empty_is_brought(growth, alice, bob):
    content = own_data(alice)
    gone = ("name", "time_zone", "education", "certifications", "url", "order")
    for table in ("profile", "plans", "plan_items", "journal"):
        content[table] = [
            {name: value for name, value in row.items() if name not in gone}
            for row in content[table]
        ]

    brought = bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    assert (brought.plans, brought.steps, brought.lines) == (1, 4, 1)
    assert (brought.has_profile, brought.left_out) == (True, [])


def test_a_row_without_its_uid_is_refused(file, growth, alice):
    whole = json.dumps(own_data(alice))
    for table in ("assessments", "plans", "plan_items", "journal"):
        content = json.loads(whole)
        del content[table][0]["uid"]

        with pytest.raises(NotReadable, match=f"{table} > 0 > uid"):
            parse_own_data(json.dumps(content).encode())


def test_a_sign_that_no_database_keeps_is_refused(file, growth, alice):
    whole = json.dumps(own_data(alice))
    for table, field, value in (
        ("assessments", "label", "a\0b"),
        ("assessments", "target", "tp\0m"),
        ("assessments", "framework", {"key": "k", "version": "\0", "digest": ""}),
        ("answers", "note", "\0"),
        ("plan_items", "title", "\0"),
        ("profile", "certifications", ["\0"]),
    ):
        content = json.loads(whole)
        content[table][0][field] = value

        with pytest.raises(NotReadable) as refused:
            parse_own_data(json.dumps(content).encode())

        said = str(refused.value)
        where = f"The file is not as this site writes it: {table} > 0 > "
        assert said.startswith(where)
        assert said.endswith(": It holds a sign that is no text.")


@pytest.mark.parametrize("place", ["label", "framework > key"])
def test_a_key_that_stands_twice_is_refused(file, place):
    """The last one would count, and nobody would know."""
    row = json.dumps(json.loads(file)["assessments"][1])
    key = place.split(" > ")[-1]
    text = file.decode().replace(
        row, row.replace(f'"{key}": ', f'"{key}": "a", "{key}": ', 1)
    )

    with pytest.raises(NotReadable) as refused:
        parse_own_data(text.encode())

    where = f"assessments > 1 > {place} stands twice."
    assert str(refused.value) == f"The file is not as this site writes it: {where}"


@pytest.mark.parametrize("method", ["ZIP_DEFLATED", "ZIP_LZMA", "ZIP_BZIP2"])
def test_an_archive_that_was_damaged_is_refused(method):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", getattr(zipfile, method)) as archive:
        archive.writestr("own-data.json", json.dumps(list(range(1000))))
    whole, start = made.getvalue(), 30 + len("own-data.json")

    for place in range(start, start + 300, 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        with pytest.raises(NotReadable):
            parse_own_data(bytes(damaged))


def test_the_archive_is_brought_through_the_page(file, alice, bob_client, bob):
    archive = write_archive(alice)
    upload = SimpleUploadedFile("mine.zip", archive.read())
    archive.close()

    page = bob_client.post(BRING, {"file": upload}).content.decode()

    assert "<li>2 assessments</li>" in page
    assert Assessment.objects.filter(owner=bob).count() == 2


def test_a_fault_stands_at_the_field(framework, bob_client):
    upload = SimpleUploadedFile("mine.json", b'{"schema": "x"}')

    response = bob_client.post(BRING, {"file": upload})

    assert response.status_code == 422
    assert "The file is not as this site writes it: schema" in response.content.decode()


def test_the_file_of_a_stranger_is_not_read(framework):
    strict = Client(enforce_csrf_checks=True)
    upload = SimpleUploadedFile("mine.json", b"{}")

    assert strict.post(BRING, {"file": upload}).url.startswith("/accounts/login/")


def test_a_file_without_the_token_is_refused(framework, bob):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob)

    answer = strict.post(BRING, {"file": SimpleUploadedFile("mine.json", b"{}")})

    assert answer.status_code == 403


def test_a_retired_version_takes_its_reports(file, bob):
    make_framework(version="2.0")

    brought = bring_in(person=bob, data=parse_own_data(file))

    assert brought.assessments == 2


# Plans, journal, profile
# ------------------------------------------------------------------------------------


@pytest.fixture
def growth(framework, alice):
    """Alice's plan with four skills, a line about a step, and what she says of herself."""
    plan = make_plan(
        alice,
        ("planning", 3),
        ("tooling", 3, "Tidy up"),
        ("testing", 2, "Test"),
        ("leadership", 2),
        hours_a_week=6,
    )
    plans.start_plan(
        owner=alice,
        spec=spec_of(framework),
        level=spec_of(framework).levels_by_key["tpm"],
        asks="One review.",
        agreed_until=date(2026, 9, 1),
    )
    first, second, *_ = plan.items.in_order()
    plans.tick(item=first)
    plans.change_item(item=second, due=date(2026, 5, 1))
    make_entry(first, text="Planned it.", url="https://a.example/")
    set_reminders(
        person=alice,
        rhythm="weekly",
        rate_again_on=date(2026, 12, 1),
        by_mail=True,
        site="https://a.example/",
    )
    save_profile(
        person=alice,
        name="Alice",
        time_zone="Asia/Tokyo",
        years=6,
        education="M.Sc.",
        certifications=["capm"],
    )
    return parse_own_data(json.dumps(own_data(alice)).encode())


def grown(person):
    """All that was brought, without what names a row or a person."""
    left_out = ("id", "uid", "owner", "plan", "item", "user")
    tables = {
        "plans": person.plans.all(),
        "steps": PlanItem.objects.filter(plan__owner=person).in_order(),
        "lines": person.journal.all(),
    }
    return {
        name: [
            {
                field.name: getattr(row, field.name)
                for field in row._meta.fields
                if field.name not in left_out
            }
            for row in rows
        ]
        for name, rows in tables.items()
    }


def test_plans_steps_and_journal_come_whole_and_once(growth, alice, bob):
    brought = bring_in(person=bob, data=growth)
    again = bring_in(person=bob, data=growth)
    own = bring_in(person=alice, data=growth)

    counts = [
        (each.plans, each.steps, each.lines, each.known)
        for each in (brought, again, own)
    ]
    assert counts == [(1, 4, 1, 0), (0, 0, 0, 6), (0, 0, 0, 6)]
    assert grown(bob) == grown(alice)
    assert bob.journal.get().item.plan.owner == bob
    assert brought.left_out == []


def test_a_profile_fills_what_is_empty_and_asks_for_no_mail(growth, bob):
    save_profile(person=bob, name="Bob")

    brought = bring_in(person=bob, data=growth)

    columns = (
        "name",
        "time_zone",
        "years",
        "education",
        "certifications",
        "rate_again_on",
        "reminders",
        "next_reminder",
        "next_rate_again",
        "site",
    )
    assert brought.has_profile
    assert Profile.objects.filter(user=bob).values_list(*columns).get() == (
        "Bob",
        "Asia/Tokyo",
        6,
        "M.Sc.",
        ["capm"],
        date(2026, 12, 1),
        "",
        None,
        None,
        "",
    )
    assert not bring_in(person=bob, data=growth).has_profile


def test_steps_join_the_plan_for_the_same_target_and_wait_where_focus_is_full(
    growth, bob
):
    make_plan(
        bob, ("communication", 3), ("planning", 3, "Mine"), ("leadership", 2, "Mine")
    )

    brought = bring_in(person=bob, data=growth)

    assert (brought.plans, brought.steps) == (0, 4)
    focus = bob.plans.get().items.filter(state="focus")
    assert set(focus.values_list("skill_key", flat=True)) == {
        "communication",
        "planning",
        "leadership",
    }
    assert bob.plans.get().asks == ""


def test_steps_of_a_skill_and_its_successor_take_one_place_in_focus(
    framework, alice, bob
):
    make_plan(bob, ("planning", 3), ("tooling", 3), ("testing", 2))
    make_with_planning_as(("plans", ("planning",)))
    make_plan(alice, ("plans", 4), ("leadership", 2))

    bring_in(person=bob, data=parse_own_data(json.dumps(own_data(alice)).encode()))

    states = dict(bob.plans.get().items.values_list("skill_key", "state"))
    assert (states["plans"], states["leadership"]) == ("focus", "waiting")


def test_what_is_shown_first_changes_nothing(growth, bob):
    shown = plan_bringing(person=bob, data=growth)

    assert (shown.plans, shown.steps, shown.lines) == (1, 4, 1)
    assert grown(bob) == {"plans": [], "steps": [], "lines": []}
    assert not Profile.objects.filter(user=bob).exists()


def test_the_page_shows_first_and_brings_then(growth, alice, bob, bob_client):
    content = json.dumps(own_data(alice)).encode()
    pages = []
    for more in ({"look": "yes"}, {}):
        sent = {"file": SimpleUploadedFile("own-data.json", content)} | more
        page = bob_client.post(BRING, sent).content.decode()
        pages.append((page, bob.plans.count()))

    assert "What would come" in pages[0][0]
    assert "1 line of the journal" in pages[0][0]
    assert "What came" in pages[1][0]
    assert [count for _page, count in pages] == [0, 1]


def a_look(alice):
    content = json.dumps(own_data(alice)).encode()
    return {"file": SimpleUploadedFile("own-data.json", content), "look": "yes"}


def test_one_at_a_time_is_brought_in_and_who_comes_meanwhile_is_told_when(
    framework, alice, bob_client
):
    with downloads.MAKING:
        shown, refused = bob_client.get(BRING), bob_client.post(BRING, a_look(alice))
    answer = bob_client.post(BRING, a_look(alice))

    assert (refused.status_code, refused["Retry-After"]) == (429, "5")
    assert f'href="{BRING}"' in refused.content.decode()
    assert (shown.status_code, answer.status_code) == (200, 200)


def test_so_many_files_are_brought_in_an_hour(framework, alice, bob_client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"bring": "2/h/key"}

    answers = [bob_client.post(BRING, a_look(alice)) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert bob_client.get(BRING).status_code == 200


AHEAD = "in two days"


@pytest.mark.usefixtures("file", "growth")
def test_a_day_that_nobody_can_mean_refuses_the_file_and_names_its_row(alice):
    whole = json.dumps(own_data(alice))
    for table, field, value in (
        ("assessments", "started_at", "1969-12-31T12:00:00Z"),
        ("assessments", "submitted_at", AHEAD),
        ("answers", "rated_at", AHEAD),
        ("practice_notes", "updated_at", AHEAD),
        ("plans", "until", "0001-01-01"),
        ("plans", "agreed_until", "2999-01-01"),
        ("plan_items", "due", "9999-12-31"),
        ("plan_items", "done_at", AHEAD),
        ("journal", "day", "1969-12-31"),
        ("journal", "day", AHEAD),
        ("journal", "written_at", AHEAD),
        ("profile", "rate_again_on", "2999-01-01"),
    ):
        content = json.loads(whole)
        number = len(content[table]) - 1
        if value == AHEAD:
            moment = timezone.now() + timedelta(days=2)
            value = (moment.date() if field == "day" else moment).isoformat()
        content[table][number][field] = value

        with pytest.raises(NotReadable, match=f"{table} > {number} > {field}: It lies"):
            parse_own_data(json.dumps(content).encode())


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("plan_items", "state", "someday"),
        ("plan_items", "title", ""),
        ("plan_items", "hours", 5000),
        ("plan_items", "skill_key", "no key"),
        ("plan_items", "done_at", "2026-01-01T00:00:00Z"),
        ("plans", "hours_a_week", 99),
        ("plans", "hours_a_week", 0),
        ("plan_items", "hours", 0),
        ("journal", "text", " "),
        ("journal", "framework_key", ""),
        ("practice_notes", "question_key", "q" * 61),
        ("plan_items", "action_key", "a" * 61),
    ],
)
@pytest.mark.usefixtures("file")
def test_what_cannot_be_is_left_out_with_a_sentence(
    table, field, value, growth, alice, bob
):
    content = json.loads(json.dumps(own_data(alice)))
    content[table][-1][field] = value

    brought = bring_in(person=bob, data=parse_own_data(json.dumps(content).encode()))

    assert len(brought.left_out) == 1


@pytest.mark.parametrize("field", ["framework_key", "target_key"])
def test_a_key_that_is_too_long_is_no_other_key_and_brings_nothing_twice(
    growth, alice, bob, field
):
    content = json.loads(json.dumps(own_data(alice)))
    content["plans"][0][field] = "k" * 61
    data = parse_own_data(json.dumps(content).encode())

    brought = [bring_in(person=bob, data=data) for _ in range(2)]

    assert [len(each.left_out) for each in brought] == [1, 1]
    assert not bob.plans.exists()


def test_a_rule_of_a_table_is_a_rule_here():
    """Django would ask the database for each row: a new constraint needs a line in RULES."""
    names = {
        constraint.name
        for model in (Plan, PlanItem, JournalEntry, PracticeNote)
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    }

    of_fields = {"plan_item_state_known", "plan_item_says_what_and_for_which_skill"}
    made_so = {"practice_note_of_owner_or_guest", "journal_entry_is_one_line"}
    assert names == of_fields | made_so | {
        "practice_note_is_not_empty",
        "plan_hours_a_week_of_a_week",
        "plan_item_done_at_iff_done",
        "plan_item_hours_of_a_step",
        "journal_entry_skill_of_a_framework",
    }


def copies(rows, number, **changes):
    """Rows of a file, each as another one; `changes` are {name: what it is for the nth}."""
    return [
        rows[n % len(rows)]
        | {"uid": str(uuid.UUID(int=n + 1))}
        | {name: of(n) for name, of in changes.items()}
        for n in range(number)
    ]


def much(person, number):
    """The file of a person, with so many rows in each table; for a plan, all steps."""
    content = own_data(person)
    draft = content["assessments"][1]
    elsewhere = draft | {"framework": draft["framework"] | {"digest": "other"}}
    content["assessments"] += copies([elsewhere], number)
    content["plans"] += copies(
        content["plans"], number, framework_key=lambda n: f"k{n}"
    )
    steps = copies(content["plan_items"][2:], number, action_key=lambda n: f"k{n}")
    content["plan_items"] += steps
    content["practice_notes"] = copies(
        content["practice_notes"], number, question_key=lambda n: f"k{n}"
    )
    for note in content["practice_notes"]:
        del note["uid"]
    content["journal"] += copies(
        content["journal"], number, item=lambda n: steps[n]["uid"]
    )
    return parse_own_data(json.dumps(content).encode())


@pytest.mark.usefixtures("file", "growth")
def test_many_rows_are_brought_by_as_many_queries_as_few(alice, bob):
    """On SQLite nobody else writes meanwhile."""
    asked, came = [], []
    for number in (10, 60):
        data = much(alice, number)
        for _time in ("first", "again"):
            with CaptureQueriesContext(connection) as queries:
                brought = bring_in(person=bob, data=data)
            said = brought.notes, brought.plans, brought.steps, brought.lines
            came.append((*said, len(brought.left_out)))
            asked.append(len(queries))
        assert bob.journal.exclude(item=None).count() == number + 1
        for each in (Assessment, PracticeNote, Plan, JournalEntry):
            each.objects.filter(owner=bob).delete()
        Profile.objects.filter(user=bob).delete()

    assert came == [
        (10, 11, 14, 11, 10),
        (0, 0, 0, 0, 10),
        (60, 61, 64, 61, 60),
        (0, 0, 0, 0, 60),
    ]
    assert asked[:2] == asked[2:]


HEAD = {
    "schema": "tpmguide-own-data",
    "schema_version": 1,
    "exported_at": "2026-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"profile": [{}] * 5001}, "profile: List should have at most 5000 items"),
        ({"answers": [{}] * 1001}, "answers > 0 > assessment: Field required."),
        ({f"k{n}": 1 for n in range(1001)}, "The file is not as this site writes it."),
    ],
    ids=["too many rows", "a fault in each row", "too many faults"],
)
def test_a_small_file_of_very_many_parts_takes_no_time_and_no_room(db, more, said):
    """What packs to ten kilobytes took ten gigabytes, a fault at a time."""
    with pytest.raises(NotReadable) as refused:
        parse_own_data(json.dumps(HEAD | more).encode())

    assert said in str(refused.value)
    assert len(str(refused.value)) < 150


def test_of_profiles_the_first_counts(bob):
    rows = [{"name": "Alice"}, {"education": "M.Sc."}]

    bring_in(
        person=bob, data=parse_own_data(json.dumps(HEAD | {"profile": rows}).encode())
    )

    assert (bob.profile.name, bob.profile.education) == ("Alice", "")
