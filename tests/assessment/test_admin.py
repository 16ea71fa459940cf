"""What staff see of people's assessments: that they exist."""

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.answers import Answer
from assessment.models import Assessment, Rating
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
