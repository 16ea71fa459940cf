"""What staff see of people's assessments: that they exist."""

import pytest
from django.contrib import admin as django_admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.answers import Answer
from assessment.models import Assessment, Erased, Rating
from tests.factories import SKILLS, make_assessment

pytestmark = pytest.mark.django_db

SECRET = "Between me and myself"


@pytest.fixture
def done(framework, alice):
    said = dict.fromkeys(SKILLS, Answer(value=3, note=SECRET))
    done = make_assessment(owner=alice, ratings=said, submit=True)
    Assessment.objects.filter(pk=done.pk).update(label="My secret plan")
    return done


def pages(done):
    return [
        reverse("admin:assessment_assessment_changelist"),
        reverse("admin:assessment_assessment_change", args=[done.pk]),
        reverse("admin:auth_user_delete", args=[done.owner_id]),
    ]


def is_signed_in(client):
    return client.get("/me/").wsgi_request.user.is_authenticated


def test_ratings_are_not_in_the_admin():
    assert not django_admin.site.is_registered(Rating)


def test_no_admin_page_tells_what_is_in_an_assessment(done, admin_client):
    for address in pages(done):
        content = admin_client.get(address).content.decode()
        assert done.owner.email in content
        for secret in (SECRET, "My secret plan", "Planning: 3", "nearly", "ready"):
            assert secret not in content, (address, secret)


def test_an_assessment_cannot_be_changed_or_added(done, admin_client):
    change = reverse("admin:assessment_assessment_change", args=[done.pk])
    add = reverse("admin:assessment_assessment_add")

    answers = [admin_client.post(change, {}), admin_client.post(add, {})]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_support_staff_may_look_and_not_delete(done, bob, bob_client):
    bob.is_staff = True
    bob.user_permissions.add(Permission.objects.get(codename="view_assessment"))
    bob.save()

    seen = bob_client.get(pages(done)[0]).status_code
    deleted = bob_client.post(
        reverse("admin:assessment_assessment_delete", args=[done.pk]), {"post": "yes"}
    )

    assert (seen, deleted.status_code) == (200, 403)


def test_editors_see_nothing_of_assessments(done, editor_client):
    assert editor_client.get(pages(done)[0]).status_code == 403


def test_a_superuser_can_delete_an_account_with_all_of_it(done, admin_client):
    admin_client.post(pages(done)[2], {"post": "yes"})

    assert (Assessment.objects.count(), Rating.objects.count()) == (0, 0)


@pytest.mark.parametrize("is_of_list", [False, True])
def test_an_account_that_a_superuser_deletes_is_gone_as_when_its_owner_leaves(
    done, client, admin_client, bob_client, is_of_list
):
    """With its sessions and what the log of the staff says of it, and for backups, too."""
    words = {"login": "alice@example.org", "password": "alice's password"}
    client.post(reverse("account_login"), words)
    LogEntry.objects.create(
        user=User.objects.get(username="admin"),
        content_type=ContentType.objects.get_for_model(User),
        object_id=done.owner_id,
        action_flag=CHANGE,
    )
    numbers = {("auth.User", done.owner_id), ("assessment.Assessment", done.pk)}
    of_list = {"action": "delete_selected", "_selected_action": [done.owner_id]}
    sent = {"post": "yes"} | (of_list if is_of_list else {})
    people = reverse("admin:auth_user_changelist")

    answer = admin_client.post(people if is_of_list else pages(done)[2], sent)

    assert answer.url == people
    assert set(Erased.objects.values_list("model", "row")) == numbers
    assert Erased.objects.count() == 2
    assert not LogEntry.objects.exists()
    assert Session.objects.count() == 2  # of the admin and of Bob
    assert not is_signed_in(client)


def test_a_superuser_ends_the_sessions_of_people(
    alice, bob_client, client, admin_client, caplog
):
    words = {"login": "alice@example.org", "password": "alice's password"}
    client.post(reverse("account_login"), words)
    assert is_signed_in(client)
    asked = {"action": "sign_out", "_selected_action": [alice.pk]}

    answer = admin_client.post(
        reverse("admin:auth_user_changelist"), asked, follow=True
    )

    assert "One person is signed out in every browser." in answer.text
    assert not is_signed_in(client)
    assert is_signed_in(bob_client)
    said = [each for each in caplog.records if each.message == "sessions_ended"]
    assert [each.user for each in said] == [alice.pk]


def test_who_may_only_see_accounts_ends_no_sessions(alice, bob, bob_client, client):
    bob.is_staff = True
    bob.user_permissions.add(Permission.objects.get(codename="view_user"))
    bob.save()
    words = {"login": "alice@example.org", "password": "alice's password"}
    client.post(reverse("account_login"), words)
    asked = {"action": "sign_out", "_selected_action": [alice.pk]}

    page = bob_client.get(reverse("admin:auth_user_changelist"))
    bob_client.post(reverse("admin:auth_user_changelist"), asked)

    assert page.status_code == 200
    assert is_signed_in(client)


def test_a_superuser_who_deletes_their_own_account_is_signed_out(admin, admin_client):
    page = reverse("admin:auth_user_delete", args=[admin.pk])

    answer = admin_client.post(page, {"post": "yes"}, follow=True)

    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
    assert not User.objects.exists()
    assert all(each.get_decoded() == {} for each in Session.objects.all())


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_more(
    framework, alice, admin_client, count, django_assert_num_queries
):
    for _ in range(count):
        make_assessment(owner=alice)
    address = reverse("admin:assessment_assessment_changelist")
    admin_client.get(address)

    with django_assert_num_queries(6):
        admin_client.get(address)


def test_the_admin_knows_people_by_their_address(admin, admin_client):
    content = admin_client.get(reverse("admin:index")).content.decode()

    assert f"Signed in as <strong>{admin.email}</strong>" in content


def test_the_list_counts_and_skips_no_more_than_it_shows(
    alice, admin_client, framework, monkeypatch
):
    monkeypatch.setattr("assessment.admin.MOST_LISTED", 3)
    monkeypatch.setattr("assessment.admin.AssessmentAdmin.list_per_page", 2)
    made = [make_assessment(owner=alice).pk for _ in range(5)]

    with CaptureQueriesContext(connection) as queries:
        response = admin_client.get(reverse("admin:assessment_assessment_changelist"))

    found = response.context["cl"]
    asked = [each["sql"] for each in queries if "assessment_assessment" in each["sql"]]
    assert found.result_count == 3
    assert [each.pk for each in found.result_list] == made[:2:-1]
    assert not [sql for sql in asked if "COUNT(" in sql]
    assert all("LIMIT" in sql for sql in asked)
