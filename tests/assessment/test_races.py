"""Several tabs do something at the same moment: nothing is lost and nothing overwritten."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier, Event

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment import actions, guests
from assessment.answers import NO_ANSWER, Answer, answers_of
from assessment.leaving import remove_account, remove_those_who_left
from assessment.models import (
    Assessment,
    Guest,
    Plan,
    PracticeNote,
    Profile,
    ShareGrant,
)
from tests.factories import (
    make_assessment,
    make_framework,
    make_guest,
    make_plan,
    make_share_link,
)

TABS, ROUNDS = 6, 4


def at_once(*deeds):
    """What each of them returns, all begun at the same moment."""
    start = Barrier(len(deeds))

    def do(deed):
        start.wait()
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def tab_of(browser):
    """Another tab, with the cookies of the browser as they are now."""
    tab = Client()
    tab.cookies.update(browser.cookies)
    return tab


def race(person, assessment, revision):
    """What each tab is answered, as (value, status)."""
    address = reverse("assessment:save", args=[assessment.uid, "tooling"])
    signed_in = Client()
    signed_in.force_login(person)

    def save(tab, value):
        said = {"tooling-value": value, "tooling-revision": revision}
        return value, tab.post(address, said).status_code

    return at_once(*(partial(save, tab_of(signed_in), n) for n in range(TABS)))


@pytest.mark.django_db(transaction=True)
def test_one_of_many_tabs_wins_and_the_others_are_told(alice):
    make_framework()
    for ratings, revision in (({}, 0), ({"tooling": Answer(note="Before")}, 1)):
        for _ in range(ROUNDS):
            draft = make_assessment(owner=alice, ratings=ratings)

            answered = race(alice, draft, revision)

            winners = [value for value, status in answered if status == 200]
            assert sorted(status for _, status in answered) == [200] + [409] * 5
            assert [answers_of(draft)["tooling"].value] == winners


@pytest.mark.django_db
@pytest.mark.parametrize("read", [NO_ANSWER, Answer(2, revision=1)])
def test_what_was_overtaken_since_it_was_read_is_not_written(framework, alice, read):
    draft = make_assessment(owner=alice, ratings={"tooling": Answer(2)})
    if read.revision:
        newer = {"tooling": Answer(3, revision=1)}
        actions.save_answers(assessment=draft, answers=newer)
    before = answers_of(draft)["tooling"]
    answer = Answer(5, revision=read.revision)

    saved, stale = actions.save_answers(assessment=draft, answers={"tooling": answer})

    assert (saved, stale) == ({}, {"tooling": before})
    assert answers_of(draft)["tooling"] == before


# What a guest begins
# ------------------------------------------------------------------------------------


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


def at_the_form():
    """A guest's browser that has opened the form and done nothing else."""
    browser = Client()
    browser.get(page("start"))
    return browser


def presses(browser, target="tpm"):
    """A press of the button in another tab; returns where it leads."""
    tab = tab_of(browser)
    return lambda: tab.post(page("begin"), {"target": target}).url


def opens(browser, address):
    return browser.get(address, follow=True).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["guest", "person"])
def test_a_button_pressed_twice_begins_one_assessment(who, alice):
    make_framework()
    for _ in range(ROUNDS):
        Assessment.objects.all().delete()
        cache.clear()  # these are more than the limit for an hour
        browser = at_the_form()
        if who == "person":
            browser.force_login(alice)

        led_to = at_once(*[presses(browser)] * TABS)

        assert len(set(led_to)) == Assessment.objects.count() == 1
        assert opens(browser, led_to[0])


@pytest.mark.django_db(transaction=True)
def test_without_a_lock_one_press_may_begin_several():
    """The control: what the test above would find."""
    framework = make_framework()
    target = framework.levels.get(key="tpm")
    counts = set()
    for _ in range(5 * ROUNDS):
        guest, _ = make_guest()
        what = {"guest": guest, "framework": framework, "target": target}

        at_once(*[partial(actions.begin_assessment, **what)] * TABS)

        counts.add(guest.assessments.count())
    assert max(counts) > 1


@pytest.mark.django_db(transaction=True)
def test_what_is_begun_at_once_is_all_there():
    make_framework()
    targets = ("junior-tpm", "tpm", "senior-tpm", "cloud", "coordinator")
    for _ in range(ROUNDS):
        browser = at_the_form()

        led_to = at_once(*(presses(browser, target) for target in targets))

        assert [opens(browser, address) for address in led_to] == [True] * len(targets)


@pytest.mark.django_db(transaction=True)
def test_beginning_beside_shared_reports_loses_neither(alice):
    make_framework()
    report = make_assessment(owner=alice, submit=True)
    for _ in range(ROUNDS):
        browser = at_the_form()
        links = [make_share_link(report) for _ in range(2)]
        reads = [
            partial(tab_of(browser).get, page("open_share", token))
            for _, token in links
        ]

        *_, led_to = at_once(*reads, presses(browser))

        assert opens(browser, led_to)
        for link, _ in links:
            assert opens(browser, page("shared_report", link.uid))
            link.delete()


@pytest.mark.django_db(transaction=True)
def test_notes_of_two_tabs_are_both_kept_and_one_note_is_never_written_over():
    make_framework()
    for _ in range(ROUNDS):
        guest, browser = make_guest()
        report = make_assessment(guest=guest, submit=True)

        address = page("interview", report.uid)

        def writing(key, text, address=address, browser=browser):
            return partial(tab_of(browser).post, address, {key: text})

        apart = at_once(
            writing("planning-tpm", "One"), writing("communication-tpm", "Two")
        )
        same = at_once(*(writing("testing-tpm", str(n)) for n in range(TABS)))
        same = [each.status_code for each in same]

        notes = PracticeNote.objects.filter(guest=guest).values_list("text", flat=True)
        assert [each.status_code for each in apart] == [302, 302]
        assert sorted(same) == [302] + [422] * (TABS - 1)
        assert {"One", "Two", str(same.index(302))} == set(notes)


@pytest.mark.django_db(transaction=True)
def test_beginning_beside_a_sign_in_loses_nothing(alice):
    make_framework()
    for _ in range(2 * ROUNDS):
        Assessment.objects.all().delete()
        guest, browser = make_guest()
        earlier = make_assessment(guest=guest)
        signed_in, tab = tab_of(browser), tab_of(browser)
        signed_in.force_login(alice)

        _, begun = at_once(
            partial(signed_in.post, page("claim")),
            partial(tab.post, page("begin"), {"target": "senior-tpm"}),
        )

        # The browser has taken the cookies of both answers, those of the second last.
        signed_in.cookies.update(begun.cookies)
        assert opens(signed_in, begun.url)
        assert opens(signed_in, page("review", earlier.uid))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_in_at_once_one_gets_all(alice, bob):
    make_framework()
    report = make_assessment(owner=alice, submit=True)
    for _ in range(ROUNDS):
        guest, browser = make_guest()
        drafts = [make_assessment(guest=guest) for _ in range(2)]
        link, token = make_share_link(report)
        browser.get(page("open_share", token))

        def claims(person, browser=browser):
            tab = tab_of(browser)
            tab.force_login(person)
            return tab.post(page("claim")).status_code

        at_once(partial(claims, alice), partial(claims, bob))

        owners = {
            Assessment.objects.get(pk=drafts[0].pk).owner,
            Assessment.objects.get(pk=drafts[1].pk).owner,
            ShareGrant.objects.get(link=link).owner,
        }
        assert owners in ({alice}, {bob})
        assert Guest.objects.count() == 0
        link.delete()


@pytest.mark.django_db(transaction=True)
def test_what_is_used_at_this_moment_is_not_removed(alice):
    """A guest is seen again while what is over is removed: all of it stays, or all goes."""
    make_framework()
    now = timezone.now()
    for _ in range(ROUNDS):
        guest, browser = make_guest()
        draft = make_assessment(guest=guest)
        Guest.objects.update(last_seen=now - 2 * Guest.KEPT_FOR)

        _, begun = at_once(
            partial(guests.remove_unseen, now=now),
            partial(browser.post, page("begin"), {"target": "senior-tpm"}),
        )

        assert opens(browser, begun.url)
        assert Assessment.objects.filter(pk=draft.pk).exists() == (
            Guest.objects.filter(pk=guest.pk).exists()
        )


@pytest.mark.django_db(transaction=True)
def test_what_is_written_beside_the_end_of_an_account_goes_or_is_refused():
    """The account ends whatever else happens to it, and nothing is left without an owner."""
    make_framework()
    for _ in range(2 * ROUNDS):
        person = User.objects.create_user("dora", "dora@example.org")
        draft = make_assessment(owner=person, target="senior-tpm")
        browser = Client()
        browser.force_login(person)
        save = reverse("assessment:save", args=[draft.uid, "tooling"])
        sent = {
            save: {"tooling-value": 3, "tooling-revision": 0},
            page("begin"): {"target": "tpm"},
            page("journal"): {"text": "A line."},
            page("profile"): {"name": "Dora"},
        }

        _ended, *answers = at_once(
            partial(remove_account, person=person),
            *(partial(tab_of(browser).post, each, sent[each]) for each in sent),
        )

        assert {each.status_code for each in answers} <= {200, 302, 404}
        assert not User.objects.filter(email="dora@example.org").exists()
        assert Assessment.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_made_of_what_is_deleted_at_this_moment_is_refused(alice):
    make_framework()
    browser = Client()
    browser.force_login(alice)
    for _ in range(2 * ROUNDS):
        report = make_assessment(owner=alice, submit=True)
        item = make_plan(alice, ("planning", 3)).items.get()
        plan, move = page("plan_change", item.plan.uid), page("plan_move", item.uid)
        share, delete = page("share", report.uid), page("delete", report.uid)
        again = {"target": "senior-tpm", "based_on": str(report.uid), "fresh": "on"}
        sent = (
            (delete, {}),
            (page("begin"), again),
            (share, {"label": "Bob", "days": 7}),
            (plan, {"delete": "yes"}),
            (move, {"to": "done"}),
        )

        answers = at_once(*(partial(tab_of(browser).post, *each) for each in sent))

        # 429: what counts is under a lock, for which nobody waits long on a busy machine.
        assert {each.status_code for each in answers} <= {302, 404, 429}
        assert not Assessment.objects.submitted().exists()
        assert not Plan.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_guest_saves_beside_forgetting_goes_too():
    make_framework()
    for _ in range(2 * ROUNDS):
        guest, browser = make_guest()
        drafts = [
            make_assessment(guest=guest, target=key) for key in ("tpm", "senior-tpm")
        ]
        browser.get(page("forget"))
        sent = {"tooling-value": 3, "tooling-revision": 0}
        saves = (page("save", each.uid, "tooling") for each in drafts)

        answers = at_once(
            partial(tab_of(browser).post, page("forget")),
            *(partial(tab_of(browser).post, each, sent) for each in saves),
        )

        assert [answers[0].status_code, Assessment.objects.count()] == [302, 0]
        assert {each.status_code for each in answers[1:]} <= {200, 404}


# Locks that are taken in one order: an account or a guest, and then what is theirs
# ------------------------------------------------------------------------------------

WAITS = 0.3  # seconds in which the other one comes to a lock


def beside(deed, *others, holding=lambda: None):
    """What the others return, begun while the deed's transaction holds its locks."""
    held = Event()

    def first():
        with transaction.atomic():
            holding()
            held.set()
            time.sleep(WAITS)
            deed()

    def then(other):
        held.wait()
        return other()

    return at_once(first, *(partial(then, other) for other in others))[1:]


@pytest.mark.django_db(transaction=True)
def test_who_holds_a_draft_may_end_while_it_is_carried_over(alice):
    guest, browser = make_guest()
    browser.get(page("forget"))
    drafts = [
        make_assessment(**holder, framework=make_framework(key=key))
        for key, holder in (("first", {"owner": alice}), ("second", {"guest": guest}))
    ]
    ends = (
        partial(remove_account, person=alice),
        partial(tab_of(browser).post, page("forget")),
    )

    for draft, end in zip(drafts, ends, strict=True):
        live = make_framework(key=draft.framework.key, version="1.1")
        target = live.levels.get(key="tpm")
        carry = partial(actions.carry_over, assessment=draft, target=target)
        beside(lambda: None, end, holding=carry)

    assert Assessment.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_who_left_goes_while_they_change_their_profile(alice):
    long_ago = timezone.now() - timedelta(days=1)
    Profile.objects.create(user=alice, leaves_at=long_ago)

    removed = beside(
        partial(actions.save_profile, person=alice, name="Alice"),
        partial(remove_those_who_left, now=timezone.now()),
        holding=partial(actions.hold_person, alice.pk),
    )

    assert removed == [1]
    assert not User.objects.filter(pk=alice.pk).exists()
