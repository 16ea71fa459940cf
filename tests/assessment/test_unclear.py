"""A reader reports a sentence as unclear; owners see the sentence, and nobody sees who."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.models import Assessment
from careers.models import UnclearStatement
from tests.factories import make_assessment, make_framework, make_guest

pytestmark = pytest.mark.django_db
LIST = "admin:careers_unclearstatement_changelist"


@pytest.fixture
def page(framework):
    return reverse("assessment:unclear", args=[framework.key, "planning"])


def report(page, value=2, client=None):
    return (client or Client()).post(page, {"value": value})


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_page_offers_every_sentence_of_the_skill(framework, page):
    form = Client().get(page).context["form"]

    planning = framework.skills.get(key="planning")
    assert form["value"].field.choices == list(
        planning.levels.order_by("value").values_list("value", "statement")
    )


def test_a_report_counts_and_leads_back_to_the_skill(framework, page):
    answer = report(page)

    statement = framework.skills.get(key="planning").levels.get(value=2)
    assert answer.url == reverse("careers:skill", args=["planning"])
    assert model_to_dict(UnclearStatement.objects.get()) == {
        "id": statement.unclear.pk,
        "count": 1,
        "last_day": timezone.localdate(),
    }
    assert UnclearStatement.objects.get().statement == statement


def test_reports_of_one_sentence_are_counted_together(framework, page):
    UnclearStatement.objects.create(
        statement=framework.skills.get(key="planning").levels.get(value=2),
        count=4,
        last_day=datetime.date(2026, 1, 2),
    )

    report(page)
    report(page, 3)

    counts = UnclearStatement.objects.values_list("statement__value", "count")
    assert sorted(counts) == [(2, 5), (3, 1)]
    assert {each.last_day for each in UnclearStatement.objects.all()} == {
        timezone.localdate()
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "Choose the sentence that is unclear."),
        ("9", "This sentence is not there any more. Choose again."),
        ("0", "This sentence is not there any more. Choose again."),
    ],
)
def test_what_is_no_sentence_is_refused_beside_the_choice(page, value, said):
    answer = report(page, value)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert UnclearStatement.objects.count() == 0


@pytest.mark.parametrize("key", ["nothing", "draft-only"])
def test_only_skills_that_are_live_have_the_page(framework, key):
    draft = make_framework(version="1.1", publish=False)
    draft.skills.filter(key="testing").update(key="draft-only")

    page = reverse("assessment:unclear", args=[framework.key, key])

    assert Client().get(page).status_code == 404


def test_nothing_of_the_reader_is_kept(page, alice, alice_client):
    _, guest_client = make_guest()
    rows = [Assessment.objects.count(), Session.objects.count()]

    report(page, client=alice_client)
    report(page, client=guest_client)

    columns = [column.name for column in UnclearStatement._meta.get_fields()]
    assert columns == ["id", "statement", "count", "last_day"]
    assert [Assessment.objects.count(), Session.objects.count()] == rows
    assert Client().get(page).cookies.keys() <= {"csrftoken"}


def test_a_connection_reports_only_so_many(page, settings):
    settings.ACCOUNT_RATE_LIMITS |= {"unclear": "2/h/ip"}

    answers = [report(page) for _ in range(3)]

    assert [each.status_code for each in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert UnclearStatement.objects.get().count == 2
    assert Client().get(page).status_code == 200


# Where it is offered
# ------------------------------------------------------------------------------------


def test_the_page_of_a_skill_leads_to_it(page):
    skill = Client().get(reverse("careers:skill", args=["planning"]))

    assert f'href="{page}"' in text_of(skill)


def test_each_card_of_the_rating_leads_to_it(page, alice, alice_client):
    draft = make_assessment(owner=alice)

    rating = alice_client.get(reverse("assessment:rate", args=[draft.uid, "delivery"]))

    assert f'href="{page}"' in text_of(rating)


def test_who_rates_on_a_retired_version_is_not_asked(page, alice, alice_client):
    draft = make_assessment(owner=alice)
    make_framework(version="1.1")

    rating = alice_client.get(reverse("assessment:rate", args=[draft.uid, "delivery"]))

    assert f'href="{page}"' not in text_of(rating)


# What owners see
# ------------------------------------------------------------------------------------


def test_owners_see_what_was_reported(framework, page, editor_client, alice_client):
    report(page, client=alice_client)
    skill = framework.skills.get(key="planning")

    listed = text_of(editor_client.get(reverse(LIST)))

    for said in (
        "Small ladder 1.0 (published)",
        f'<a href="/admin/careers/skill/{skill.pk}/change/">Planning</a>',
        "2 Guided",
        skill.levels.get(value=2).statement,
        '<td class="field-count">1</td>',
    ):
        assert said in listed
    assert "alice" not in listed


def test_the_list_costs_the_same_whatever_its_length(
    framework, editor_client, django_assert_max_num_queries
):
    for skill in framework.skills.all():
        for statement in skill.levels.all():
            UnclearStatement.objects.create(
                statement=statement, count=1, last_day=timezone.localdate()
            )

    with django_assert_max_num_queries(8):
        editor_client.get(reverse(LIST))


def test_owners_delete_what_is_mended_and_add_nothing(framework, page, editor_client):
    report(page)
    row = UnclearStatement.objects.get()

    add = editor_client.get(reverse("admin:careers_unclearstatement_add"))
    editor_client.post(
        reverse(LIST),
        {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"},
    )

    assert add.status_code == 403
    assert UnclearStatement.objects.count() == 0


def test_the_list_is_for_owners(page, alice_client):
    assert alice_client.get(reverse(LIST)).status_code == 302
