"""An entry in seconds: what is kept, of which skill, and who reads it."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessment import plans
from assessment.actions import carry_over
from assessment.models import JournalEntry
from tests.factories import (
    changed_skill,
    make_assessment,
    make_entry,
    make_framework,
    make_plan,
    make_with_planning_as,
)

JOURNAL = "/journal/"
LOW = {"planning": 2, "tooling": 2, "testing": 1, "communication": 2, "leadership": 1}


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        yield


@pytest.fixture
def item(framework, alice):
    return make_plan(alice, ("planning", 3), ("tooling", 3)).items.first()


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("wanted", "number", "first", "count"),
    [
        ("", 1, "Line 51", 50),
        ("2", 2, "Line 1", 2),
        ("0", 1, "Line 51", 50),
        ("3", 1, "Line 51", 50),
        ("9" * 30, 1, "Line 51", 50),
        ("9" * 5000, 1, "Line 51", 50),
        ("-1", 1, "Line 51", 50),
        ("two", 1, "Line 51", 50),
    ],
)
def test_it_turns_pages(framework, alice, alice_client, wanted, number, first, count):
    for n in range(52):
        plans.write_entry(owner=alice, day=date(2026, 3, 2), text=f"Line {n}")

    response = alice_client.get(JOURNAL, {"page": wanted})

    page = response.context["page"]
    assert (page.number, page[0].text, len(page)) == (number, first, count)
    assert f"Page {number} of 2" in text(response)


def test_what_the_last_report_has_reached_is_offered_no_more(item, alice, alice_client):
    reached = alice.plans.get().items.get(skill_key="tooling")
    make_assessment(owner=alice, submit=True, ratings={**LOW, "tooling": 3})

    offered = alice_client.get(JOURNAL).context["form"].items.values()
    alice_client.post(JOURNAL, {"text": "From another tab.", "about": reached.uid})

    assert list(offered) == ["Planning"]
    assert JournalEntry.objects.get().skill_key == "tooling"


def test_one_line_is_enough(framework, alice, alice_client):
    answer = alice_client.post(JOURNAL, {"text": "  Found two  risks. "})

    entry = JournalEntry.objects.get()
    assert answer.url == JOURNAL
    assert (entry.owner, entry.text, entry.day, entry.skill_key, entry.item) == (
        alice,
        "Found two risks.",
        date(2026, 3, 2),
        "",
        None,
    )


def test_an_entry_bears_the_skill_of_its_item(item, alice_client):
    sent = {"text": "Found two risks.", "about": str(item.uid), "day": "2026-02-27"}

    alice_client.post(JOURNAL, sent | {"url": "example.org/risks"})

    entry = JournalEntry.objects.get()
    assert (entry.item, entry.skill_key, entry.skill_name, entry.framework_key) == (
        item,
        "planning",
        "Planning",
        item.plan.framework_key,
    )
    assert (entry.day, entry.url) == (date(2026, 2, 27), "https://example.org/risks")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "Write one line"),
        ({"text": "x" * 281}, "Shorten this to 280 characters."),
        ({"day": "2026-03-03"}, "Choose today or a day before."),
        ({"day": "1969-12-31"}, "Choose a day since 1970."),
        ({"day": "yesterday"}, "Write the day as 2027-06-30."),
        ({"url": "no address"}, "This is not a web address."),
        ({"url": "ftp://example.org"}, "begins with https://"),
        ({"about": "other"}, "Choose one of the skills of your plan."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    item, alice_client, wrong, said
):
    page = alice_client.post(JOURNAL, {"text": "A line."} | wrong)

    assert page.status_code == 422
    assert said in text(page)
    (field, typed), *_ = wrong.items()
    assert page.context["form"][field].value() == typed
    assert not JournalEntry.objects.exists()


def test_an_item_of_another_is_no_choice(item, bob_client):
    page = bob_client.post(JOURNAL, {"text": "A line.", "about": str(item.uid)})

    assert page.status_code == 422


def test_each_skill_is_offered_once(item, alice, alice_client):
    make_plan(alice, ("planning", 4))
    plans.tick(item=item)
    second = item.plan.items.get(skill_key="planning", value=4)

    def offered(path):
        return set(alice_client.get(path).context["form"].items)

    tooling = str(item.plan.items.get(skill_key="tooling").uid)
    assert offered(JOURNAL) == {str(item.uid), tooling}
    assert offered(f"{JOURNAL}?item={second.uid}") == {str(second.uid), tooling}


def test_a_skill_that_was_replaced_is_offered_once_by_its_live_name(
    item, alice, alice_client
):
    plans.drop(item=item.plan.items.get(skill_key="tooling"))
    make_with_planning_as(("foresight", ("planning",)))
    make_plan(alice, ("foresight", 4))

    offered = [
        list(alice_client.get(path).context["form"].items.values())
        for path in (JOURNAL, "/plan/")
    ]
    step = text(alice_client.get(item.get_absolute_url()))
    alice_client.post(JOURNAL, {"text": "A line.", "about": str(item.uid)})

    assert offered == [["Foresight"], ["Foresight"]]
    assert "Foresight, to 3" in step
    entry = JournalEntry.objects.get()
    assert (entry.skill_key, entry.skill_name) == ("planning", "Foresight")


def test_an_entry_bears_the_live_name_of_its_skill(item, alice_client):
    entry = make_entry(item)
    make_with_planning_as(("foresight", ("planning",)))

    for path in (JOURNAL, reverse("assessment:journal_entry", args=[entry.uid])):
        page = text(alice_client.get(path)).partition("<main")[2]
        assert ("Foresight" in page, ">Planning" in page) == (True, False)


def test_a_skill_of_another_ladder_is_another_skill(item, alice, alice_client):
    beside = make_framework(key="baker", skills=changed_skill("planning", name="Dough"))
    make_plan(alice, ("planning", 3), framework=beside)

    offered = alice_client.get(JOURNAL).context["form"].items

    assert sorted(offered.values()) == ["Dough", "Planning", "Tooling"]


def test_what_is_done_asks_for_a_line_and_then_shows_it(item, alice_client):
    plans.tick(item=item)
    note = f'href="{JOURNAL}?item={item.uid}">Note what shows it'
    before = text(alice_client.get("/plan/"))

    make_entry(item, text="Minutes of 2 March.")

    after = text(alice_client.get("/plan/"))
    assert note in before
    assert note not in after
    assert "Minutes of 2 March." in after


def test_who_presses_twice_writes_one_line(item, alice_client):
    line = {"text": "Found two shared risks.", "about": str(item.uid)}

    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        for seconds in (0, 9, 1):
            clock.shift(seconds)
            alice_client.post(JOURNAL, line)
        alice_client.post(JOURNAL, line | {"about": ""})

    kept = JournalEntry.objects.order_by("pk").values_list("written_at__second", "item")
    assert list(kept) == [(0, item.pk), (10, item.pk), (10, None)]


def test_an_entry_is_changed_and_deleted(item, alice_client):
    entry = make_entry(item)
    path = reverse("assessment:journal_entry", args=[entry.uid])

    alice_client.post(path, {"text": "Found three.", "day": "2026-03-01"})
    entry.refresh_from_db()
    assert (entry.text, entry.day, entry.skill_key) == (
        "Found three.",
        date(2026, 3, 1),
        "planning",
    )

    alice_client.post(path, {"delete": "yes"})
    assert not JournalEntry.objects.exists()


def test_an_entry_is_given_another_skill_or_none(item, alice, alice_client):
    other = item.plan.items.get(skill_key="tooling")
    entry, seen = make_entry(item), []
    path = reverse("assessment:journal_entry", args=[entry.uid])

    for about in (str(other.uid), ""):
        page = text(alice_client.get(path))
        seen.append(re.search(r'name="about" value="([^"]*)" checked', page)[1])
        alice_client.post(path, {"text": "Found three.", "about": about})
        entry.refresh_from_db()
        seen.append((entry.item, entry.skill_key, entry.skill_name))

    assert seen == [
        str(item.uid),
        (other, "tooling", "Tooling"),
        str(other.uid),
        (None, "", ""),
    ]


def test_an_entry_about_what_is_in_no_plan_keeps_its_skill(item, alice_client):
    entry = make_entry(item)
    path = reverse("assessment:journal_entry", args=[entry.uid])
    plans.drop(item=item)

    page = text(alice_client.get(path))
    alice_client.post(path, {"text": "Found three.", "about": ""})

    entry.refresh_from_db()
    assert 'name="about"' not in page
    assert (entry.text, entry.skill_key) == ("Found three.", "planning")


def test_nobody_else_reads_or_changes_an_entry(item, bob_client):
    entry = make_entry(item)
    path = reverse("assessment:journal_entry", args=[entry.uid])

    assert bob_client.post(path, {"delete": "yes"}).status_code == 404
    assert entry.text not in text(bob_client.get(JOURNAL))
    assert Client().get(JOURNAL).url.startswith("/accounts/login/")
    assert JournalEntry.objects.exists()


# At the next rating
# ------------------------------------------------------------------------------------


@pytest.fixture
def report(item, alice):
    with time_machine.travel("2026-02-20T12:00:00Z", tick=False):
        return make_assessment(owner=alice, submit=True)


def rated_again(client, assessment, group="delivery"):
    return text(client.get(reverse("assessment:rate", args=[assessment.uid, group])))


def test_entries_since_the_last_time_stand_beside_their_skill(
    report, item, alice, alice_client
):
    make_entry(item, text="Before.", day=date(2026, 2, 19))
    make_entry(item, text="Same day.", day=date(2026, 2, 20))
    make_entry(item, text="Since.", day=date(2026, 2, 27))
    again = make_assessment(owner=alice, based_on=report)

    page = rated_again(alice_client, again)

    assert "Before." not in page
    assert page.index("Since.") < page.index("Same day.")
    assert page.count("From your journal since the last time") == 1
    assert "From your journal" not in rated_again(alice_client, again, "people")


def test_an_entry_stands_beside_its_skill_though_that_was_renamed_twice(
    report, item, alice, alice_client
):
    make_entry(item, text="Since.")
    make_with_planning_as(("plans", ("planning",)), version="1.1")
    make_with_planning_as(("roadmaps", ("plans",)), version="1.2")
    again = make_assessment(owner=alice, based_on=report)

    assert "Since." in rated_again(alice_client, again)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_draft_that_was_carried_over_offers_what_came_since_each_skill_was_rated(
    framework, alice, alice_client, is_first
):
    with time_machine.travel("2026-02-10T12:00:00Z", tick=False):
        report = None if is_first else make_assessment(owner=alice, submit=True)
    with time_machine.travel("2026-02-20T12:00:00Z", tick=False):
        draft = make_assessment(
            owner=alice, based_on=report, ratings={"planning": 3, "tooling": 2}
        )
    keys = ("planning", "tooling", "testing")
    for key in keys:
        for day in (9, 10, 19, 20, 27):
            plans.write_entry(
                owner=alice,
                day=date(2026, 2, day),
                text=f"{key} on {day}",
                framework_key=framework.key,
                skill_key=key,
            )
    newer = make_framework(version="1.1", skills=changed_skill("tooling", name="Tools"))
    carried = carry_over(assessment=draft, target=newer.levels.get(key="tpm"))

    page = rated_again(alice_client, carried)

    found = {key: re.findall(rf">{key} on (\d+)<", page) for key in keys}
    since_the_report = [] if is_first else ["27", "20", "19", "10"]
    assert [found[key] for key in keys] == [
        ["27", "20"],
        ["27", "20"],
        since_the_report,
    ]


def test_a_line_is_seen_beside_what_was_said_the_last_time(
    report, item, alice, alice_client
):
    """It is above the press that takes it over, outside of what is folded."""
    make_entry(item, text="Since.")
    page = rated_again(alice_client, make_assessment(owner=alice, based_on=report))

    skills = re.findall(
        r'<li class="skill-list__item" id="([\w-]+)".*?<button(.*?)<details class="disclosure"(.*?)</details>',
        page,
    )
    assert [key for key, *_ in skills] == ["planning", "tooling", "testing"]
    assert "Since." in page.partition("Still true<")[0]
    assert not any("Since." in folded for *_, folded in skills)


@pytest.mark.parametrize("press", ["", "keep/", "keep/{skill}/"])
def test_a_line_that_is_ticked_becomes_evidence_without_scripts(
    report, item, alice, alice_client, press
):
    report.ratings.update(note="Earlier.")
    again = make_assessment(owner=alice, based_on=report)
    page = reverse("assessment:rate", args=[again.uid, "delivery"])
    line = "Since. (27 February 2026)"

    alice_client.post(
        page + press.format(skill=item.skill_key),
        {f"{item.skill_key}-lines": [line], f"{item.skill_key}-revision": 0},
    )

    kept = again.ratings.get(skill__key=item.skill_key)
    assert (kept.note, kept.value is None) == (
        (f"Earlier.\n{line}", False) if press else (line, True)
    )
    assert "It is in your evidence." not in rated_again(alice_client, again)


def test_a_line_that_is_kept_is_kept_once(report, item, alice, alice_client):
    entry = make_entry(item, text="Since.")
    again = make_assessment(owner=alice, based_on=report)
    page = reverse("assessment:rate", args=[again.uid, "delivery"])
    sent = {f"{item.skill_key}-lines": [entry.as_evidence]}

    for revision in (0, 1):
        alice_client.post(page, sent | {f"{item.skill_key}-revision": revision})

    assert again.ratings.get(skill__key=item.skill_key).note == entry.as_evidence
    assert "It is in your evidence." in rated_again(alice_client, again)


def test_a_line_that_makes_a_note_too_long_is_said(report, item, alice, alice_client):
    again = make_assessment(owner=alice, based_on=report)
    page = reverse("assessment:rate", args=[again.uid, "delivery"])
    key = item.skill_key

    answer = alice_client.post(
        page, {f"{key}-note": "n" * 4000, f"{key}-lines": ["Since."]}
    )

    assert "Shorten the note to 4,000 characters" in text(answer)


def test_a_line_that_no_database_keeps_is_refused(report, item, alice, alice_client):
    again = make_assessment(owner=alice, based_on=report)
    page = reverse("assessment:rate", args=[again.uid, "delivery"])
    sent = {f"{item.skill_key}-lines": ["Since\0."], f"{item.skill_key}-value": 3}

    answer = alice_client.post(page, sent | {f"{item.skill_key}-revision": 0})

    assert "Null characters are not allowed." in text(answer)
    kept = again.ratings.get(skill__key=item.skill_key)
    assert (kept.value, kept.note) == (3, "")


def test_an_entry_is_evidence_only_when_it_is_kept(report, item, alice, alice_client):
    make_entry(item, text="Since.")
    again = make_assessment(owner=alice, based_on=report)

    rated_again(alice_client, again)

    assert not again.ratings.exists()


def test_a_first_rating_asks_for_no_journal(item, alice, alice_client):
    make_entry(item, text="Since.")
    first = make_assessment(owner=alice)

    assert "Since." not in rated_again(alice_client, first)
