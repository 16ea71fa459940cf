"""An editor tries a draft: the pages of an assessment, and no row of one."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from assessment.models import Assessment, Rating
from careers.models import Requirement
from careers.publishing import publish_framework
from tests.factories import SKILLS, make_framework
from tests.reading import texts

pytestmark = pytest.mark.django_db
NOTE = "Kept in the session alone."


@pytest.fixture
def draft(framework):
    """In which a TPM needs one level of testing more."""
    draft = make_framework(version="1.1", publish=False)
    Requirement.objects.filter(
        career_level__framework=draft, career_level__key="tpm", skill__key="testing"
    ).update(required=5)
    return draft


def url(page, draft, *args):
    return reverse(f"admin:assessment_{page}", args=[draft.pk, *args])


def start(client, draft, target="tpm"):
    return client.post(url("start_trial", draft), {"target": target})


def rate(client, draft, group, **values):
    data = {f"{key}-value": value for key, value in values.items()}
    data |= {f"{key}-note": NOTE for key in values}
    return client.post(url("trial", draft, group), data)


def rate_all(client, draft):
    start(client, draft)
    rate(client, draft, "delivery", planning=3, tooling=3, testing=2)
    return rate(client, draft, "people", communication=3, leadership=2)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_trial_rates_page_by_page_and_ends_at_the_report(draft, editor_client):
    begun = start(editor_client, draft)
    second = rate(editor_client, draft, "delivery", planning=3, tooling=3, testing=2)
    last = rate(editor_client, draft, "people", communication=3, leadership=2)

    assert [begun.url, second.url, last.url] == [
        url("trial", draft, "delivery"),
        url("trial", draft, "people"),
        url("trial_report", draft),
    ]


def test_trial_is_measured_against_the_draft(draft, editor_client):
    rate_all(editor_client, draft)

    report = editor_client.get(url("trial_report", draft)).context["report"]

    assert report.spec.version == "1.1"
    assert report.by_key["testing"].required == 5
    assert report.by_key["testing"].rating == 2
    assert report.by_key["testing"].note == NOTE


def test_trial_follows_the_draft_as_it_is_edited(draft, editor_client):
    rate_all(editor_client, draft)
    Requirement.objects.filter(
        career_level__framework=draft, career_level__key="tpm", skill__key="testing"
    ).update(required=1)

    report = editor_client.get(url("trial_report", draft)).context["report"]

    assert report.by_key["testing"].required == 1


def test_trial_leaves_no_row(draft, editor_client):
    rate_all(editor_client, draft)
    editor_client.get(url("trial_report", draft))

    assert Assessment.objects.count() == Rating.objects.count() == 0


@pytest.mark.parametrize("name", ["trial", "trial_report"])
def test_each_page_of_a_trial_says_that_it_is_one(name, draft, editor_client):
    rate_all(editor_client, draft)
    args = ["people"] if name == "trial" else []

    text = text_of(editor_client.get(url(name, draft, *args)))

    assert "You are trying the draft 1.1, for TPM" in text
    assert f'action="{url("stop_trial", draft)}"' in text
    for of_a_person in ("/save/", "/assess/", "/correct/", "/share/"):
        assert f'post="{of_a_person}' not in text
        assert of_a_person not in text.replace('href="/assess/"', "")


def test_no_link_of_a_trial_leads_to_what_is_live(draft, editor_client):
    rate_all(editor_client, draft)

    read = editor_client.get(url("trial_report", draft))

    main = read.content.decode().partition("<main")[2].partition("</main>")[0]
    for live in ("/skills/", "/ladder/", "/certifications/"):
        assert f'href="{live}' not in main
    assert "Testing" in texts(read, "h3", "gap__name")


def test_what_is_wrong_is_said_beside_it_and_the_rest_is_held(draft, editor_client):
    start(editor_client, draft)

    refused = rate(editor_client, draft, "delivery", planning=9, tooling=3, testing=2)
    again = editor_client.get(url("trial", draft, "delivery"))

    assert refused.status_code == 422
    assert "Choose one of the levels 0 to 5." in text_of(refused)
    assert set(again.context["draft"].answers) == {"tooling", "testing"}


def test_report_of_too_few_answers_says_why_there_is_none(draft, editor_client):
    start(editor_client, draft)
    rate(editor_client, draft, "people", communication=3, leadership=2)

    answer = editor_client.get(url("trial_report", draft), follow=True)

    assert answer.redirect_chain == [(url("trial", draft, "delivery"), 302)]
    assert "No level is chosen for a must-have." in text_of(answer)


def test_another_target_keeps_the_answers(draft, editor_client):
    rate_all(editor_client, draft)

    start(editor_client, draft, "senior-tpm")

    report = editor_client.get(url("trial_report", draft)).context["report"]
    assert report.level.key == "senior-tpm"
    assert set(report.answers) == set(SKILLS)


def test_stopping_forgets_the_answers(draft, editor_client):
    rate_all(editor_client, draft)

    editor_client.post(url("stop_trial", draft))

    assert "trial" not in editor_client.session
    gone = editor_client.get(url("trial_report", draft))
    assert gone.url == reverse("admin:careers_framework_preview", args=[draft.pk])


def test_trial_is_over_when_the_draft_is_published(draft, editor_client):
    rate_all(editor_client, draft)
    publish_framework(framework=draft)

    gone = editor_client.get(url("trial_report", draft))
    again = start(editor_client, draft)

    preview = reverse("admin:careers_framework_preview", args=[draft.pk])
    assert [gone.url, again.url] == [preview, preview]


def test_draft_with_errors_cannot_be_tried(draft, editor_client):
    rate_all(editor_client, draft)
    draft.skills.get(key="testing").levels.all().delete()
    draft.levels.get(key="tpm").requirements.filter(skill__key="planning").delete()

    preview = editor_client.get(
        reverse("admin:careers_framework_preview", args=[draft.pk])
    )

    assert preview.context["errors"]
    assert "Try this draft" not in text_of(preview)
    assert start(editor_client, draft).url == preview.request["PATH_INFO"]
    assert editor_client.get(url("trial_report", draft)).status_code == 302


def test_preview_offers_to_try_the_draft(draft, editor_client):
    preview = editor_client.get(
        reverse("admin:careers_framework_preview", args=[draft.pk])
    )

    assert f'action="{url("start_trial", draft)}"' in text_of(preview)
    assert '<option value="senior-tpm">Senior TPM</option>' in text_of(preview)


def test_trial_is_for_who_keeps_the_ladder(draft, editor_client, bob, bob_client):
    rate_all(editor_client, draft)
    bob.is_staff = True
    bob.save()
    bob.user_permissions.add(Permission.objects.get(codename="view_framework"))

    answers = [
        start(bob_client, draft),
        bob_client.get(url("trial", draft, "people")),
        bob_client.get(url("trial_report", draft)),
        bob_client.post(url("stop_trial", draft)),
    ]

    assert [each.status_code for each in answers] == [403] * 4


def test_trial_of_another_session_is_not_seen(draft, editor_client, admin_client):
    rate_all(editor_client, draft)

    assert admin_client.get(url("trial_report", draft)).status_code == 302
