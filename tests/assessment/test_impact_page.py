"""The page and the command that count whom a draft moves."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assessment import impact_runs
from assessment.answers import Answer, answers_of
from assessment.busy import one_at_a_time
from assessment.impact_runs import Versions, count_slice, load_run, start_run
from assessment.models import Assessment
from assessment.transfer import to_live
from careers.models import Requirement
from careers.publishing import publish_framework
from tests.factories import (
    SKILLS,
    make_assessment,
    make_framework,
    make_guest,
    make_with_planning_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(db):
    return make_framework()


@pytest.fixture
def draft(live):
    """In which a TPM needs one level of testing more."""
    draft = make_framework(version="1.1", publish=False)
    Requirement.objects.filter(
        career_level__framework=draft, career_level__key="tpm", skill__key="testing"
    ).update(required=3)
    return draft


def url_of(draft):
    return reverse("admin:assessment_impact", args=[draft.pk])


def people(count, *, target="tpm", **values):
    ratings = {**dict.fromkeys(SKILLS, 3), **values}
    for _ in range(count):
        name = f"person-{User.objects.count()}"
        make_assessment(
            owner=User.objects.create(username=name, email=f"{name}@example.org"),
            target=target,
            ratings={key: Answer(value=value) for key, value in ratings.items()},
            submit=True,
        )


def counted(client, draft):
    client.post(url_of(draft))
    return client.get(url_of(draft))


def text_of(response):
    return " ".join(response.content.decode().split())


# Counting
# ------------------------------------------------------------------------------------


def test_the_last_report_of_each_person_is_counted(draft, alice):
    both = dict.fromkeys(SKILLS, Answer(value=3))
    make_assessment(owner=alice, target="tpm", ratings=both, submit=True)
    last = make_assessment(owner=alice, target="senior-tpm", ratings=both, submit=True)
    make_assessment(owner=alice, target="tpm", ratings=both)  # is not done
    guest, _ = make_guest()
    guests = make_assessment(guest=guest, target="tpm", ratings=both, submit=True)

    found = Assessment.objects.latest_of_each(draft.key)

    assert set(found) == {last, guests}


def test_reports_of_other_ladders_are_not_counted(draft, alice):
    make_framework(key="nurses")
    both = dict.fromkeys(SKILLS, Answer(value=3))
    make_assessment(owner=alice, ratings=both, submit=True)

    assert Assessment.objects.latest_of_each("nurses").count() == 0
    assert Assessment.objects.latest_of_each(draft.key).count() == 1


def test_old_reports_are_measured_on_the_live_version(live):
    people(5, testing=2)
    make_framework(version="1.1")
    draft = make_framework(version="1.2", publish=False)
    versions = Versions(draft)

    run = count_slice(start_run(versions), versions)

    assert run.impact.counts == {("tpm", 0, False): 5}


def test_a_renamed_skill_keeps_its_answer(draft):
    people(5, testing=2)
    draft.skills.filter(key="testing").update(key="checking", replaces="testing")
    versions = Versions(draft)

    run = count_slice(start_run(versions), versions)

    assert run.impact.people == 5
    assert {by < 0 for _, by, _ in run.impact.counts} == {True}
    assert run.impact.causes == {("tpm", "checking"): 5}


def test_a_skill_that_was_renamed_twice_keeps_its_answer(live):
    people(5, planning=2)
    make_with_planning_as(("plans", ("planning",)), version="1.1")
    draft = make_with_planning_as(
        ("roadmaps", ("plans",)), version="1.2", publish=False
    )
    versions = Versions(draft)

    run = count_slice(start_run(versions), versions)

    assert run.impact.counts == {("tpm", 0, False): 5}


@pytest.mark.parametrize(
    ("skills", "kept"),
    [
        ([("foresight", ("planning", "tooling"))], 3),
        ([("plans", ("planning",)), ("maps", ("planning",))], 4),
    ],
    ids=["joined", "parted"],
)
def test_what_is_joined_or_parted_loses_its_answer_as_reports_do(live, skills, kept):
    people(1)
    report = Assessment.objects.get()
    said = answers_of(report)
    draft = make_with_planning_as(*skills, publish=False)

    before, after = Versions(draft).answers(live.digest, said)
    publish_framework(framework=draft)

    assert (before, len(after)) == (said, kept)
    assert after == to_live(report, said).found


def test_slices_add_up_to_the_whole(draft, monkeypatch):
    people(7, testing=2)
    people(6, testing=4)
    versions = Versions(draft)
    whole = count_slice(start_run(versions), versions)
    monkeypatch.setattr(impact_runs, "AT_ONCE", 4)

    run, slices = start_run(versions), 0
    while not run.is_done:
        count_slice(run, versions, seconds=0)
        slices += 1

    assert slices == 4
    assert run.done == run.total == 13
    assert run.lists == whole.lists


def test_a_slice_costs_three_queries(draft, django_assert_num_queries):
    people(6, testing=2)
    versions = Versions(draft)
    run = start_run(versions)
    assert versions.changes

    with django_assert_num_queries(3):
        count_slice(run, versions)


# The page
# ------------------------------------------------------------------------------------


def test_nothing_is_counted_by_looking(editor_client, draft):
    people(6, testing=2)

    page = editor_client.get(url_of(draft))

    assert "Count whom it moves" in text_of(page)
    assert load_run(draft) is None


def test_what_counting_does_is_said_before_it_and_where_it_is_stale(
    editor_client, draft
):
    people(6, testing=2)
    before = text_of(editor_client.get(url_of(draft)))
    done = text_of(counted(editor_client, draft))
    Requirement.objects.filter(skill__framework=draft).update(importance=1)
    stale = text_of(editor_client.get(url_of(draft)))

    said = "up to a minute for 100,000 people, and changes nobody's report."
    assert [said in page for page in (before, done, stale)] == [True, False, True]


def test_the_page_says_how_many_and_by_how_much(editor_client, draft):
    people(7, testing=2)
    people(6, testing=4)

    page = text_of(counted(editor_client, draft))

    assert "7 of 13 people would read another number" in page
    assert "All of them would fall, nobody would rise." in page
    assert "Testing: required 3, was 2" in page
    assert "points less" in page
    assert "no change" in page


def test_under_five_people_nothing_is_shown(editor_client, draft):
    people(4, testing=2)

    page = text_of(counted(editor_client, draft))

    main = page.split('id="content-main"')[1].split("<form")[0]
    assert "Too few people to say" in main
    assert "<td" not in main
    assert "4" not in main


def test_a_small_group_within_many_is_not_told(editor_client, draft):
    people(3, testing=2)
    people(9, testing=4)

    page = text_of(counted(editor_client, draft))

    assert "Some of 12 people would read another number" in page
    assert ">3<" not in page
    assert ">9<" not in page
    assert "Testing: required 3" not in page


def test_a_count_is_stale_when_the_draft_changes(editor_client, draft):
    people(7, testing=2)
    counted(editor_client, draft)

    Requirement.objects.filter(
        career_level__framework=draft, career_level__key="tpm", skill__key="testing"
    ).update(required=4)
    stale = text_of(editor_client.get(url_of(draft)))
    anew = text_of(counted(editor_client, draft))

    assert "has changed since this was counted" in stale
    assert "has changed since" not in anew
    assert "Testing: required 4, was 2" in anew


def test_progress_is_shown_and_goes_on(editor_client, draft, monkeypatch):
    people(6, testing=2)
    monkeypatch.setattr(impact_runs, "AT_ONCE", 4)
    monkeypatch.setattr(count_slice, "__kwdefaults__", {"seconds": 0})

    first = text_of(counted(editor_client, draft))
    second = text_of(counted(editor_client, draft))

    assert "4 of 6 people are counted." in first
    assert 'data-behaviour="go-on"' in first
    assert "6 of 6 people would read another number" in second


def preview(client, draft):
    return client.get(reverse("admin:careers_framework_preview", args=[draft.pk]))


def test_the_preview_names_what_moves_most_people(editor_client, draft):
    people(6, testing=2, tooling=2)
    asked = Requirement.objects.filter(
        career_level__framework=draft, career_level__key="tpm"
    )
    asked.filter(skill__key="leadership").update(importance=5)
    before = text_of(preview(editor_client, draft))

    counted(editor_client, draft)

    after = text_of(preview(editor_client, draft))
    assert "What moves most people" not in before
    assert (
        "<li>TPM: Testing: required 3, was 2</li>"
        "<li>TPM: Leadership: importance 5, was 2</li>"
    ) in after


def test_the_preview_says_nothing_of_a_stale_count(editor_client, draft):
    people(6, testing=2)
    counted(editor_client, draft)
    draft.skills.filter(key="testing").update(name="Checking")

    assert "What moves most people" not in text_of(preview(editor_client, draft))


def test_the_preview_names_nothing_that_moves_fewer_than_five(editor_client, draft):
    people(4, testing=2)
    people(9, target="senior-tpm")
    counted(editor_client, draft)

    assert "What moves most people" not in text_of(preview(editor_client, draft))


def test_who_counts_while_another_does_is_told_to_come_again(editor_client, draft):
    people(6, testing=2)

    with one_at_a_time("impact"):
        refused = editor_client.post(url_of(draft))
    kept = load_run(draft)
    again = editor_client.post(url_of(draft))

    assert (refused.status_code, refused["Retry-After"]) == (429, "2")
    assert "Somebody else is counting at this moment." in text_of(refused)
    assert "go-on.js" not in text_of(refused)
    assert kept is None
    assert again.status_code == 302
    assert load_run(draft).done == 6


def test_looking_waits_for_nobody(editor_client, draft):
    with one_at_a_time("impact"):
        assert editor_client.get(url_of(draft)).status_code == 200


def test_counting_again_takes_in_who_came_since(editor_client, draft):
    people(6, testing=2)
    counted(editor_client, draft)
    people(5, testing=2)

    same = text_of(editor_client.get(url_of(draft)))
    editor_client.post(url_of(draft), {"anew": "1"})
    anew = text_of(editor_client.get(url_of(draft)))

    assert "6 of 6 people" in same
    assert "11 of 11 people" in anew


def test_without_a_live_version_nobody_is_moved(editor_client):
    draft = make_framework(publish=False)

    assert "No version is live" in text_of(editor_client.get(url_of(draft)))


def test_a_published_version_has_no_impact(editor_client, draft):
    publish_framework(framework=draft)

    assert editor_client.get(url_of(draft)).status_code == 302


def test_only_who_keeps_the_ladder_sees_it(draft, bob):
    bob.is_staff = True
    bob.save()
    bob.user_permissions.set(
        Permission.objects.filter(codename__in=["view_framework", "view_assessment"])
    )
    client = Client()
    client.force_login(bob)

    assert client.get(url_of(draft)).status_code == 403
    assert client.post(url_of(draft)).status_code == 403
    assert Client().get(url_of(draft)).status_code == 302


def test_the_page_costs_the_same_whatever_the_number_of_people(
    editor_client, draft, django_assert_max_num_queries
):
    people(9, testing=2)
    counted(editor_client, draft)

    with django_assert_max_num_queries(23):
        editor_client.get(url_of(draft))


# The command
# ------------------------------------------------------------------------------------


def test_the_command_counts_at_once_for_the_page(editor_client, draft):
    people(6, testing=2)
    said = StringIO()

    call_command("impact", stdout=said, stderr=StringIO())

    assert "Counted 6 people" in said.getvalue()
    assert "6 of 6 people" in text_of(editor_client.get(url_of(draft)))


def test_the_command_needs_a_draft_and_a_live_version(db):
    with pytest.raises(CommandError, match="There is no draft"):
        call_command("impact")
    make_framework(publish=False)
    with pytest.raises(CommandError, match="is live"):
        call_command("impact")
