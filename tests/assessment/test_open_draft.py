"""The header of every page knows which draft this browser has open."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.urls import reverse

from assessment import actions, open_draft
from assessment.answers import Answer
from assessment.models import Assessment
from tests.factories import SKILLS

pytestmark = pytest.mark.django_db

GROUP = "delivery"
PASSWORD = "a long one, for this test"
FIRST, SECOND = list(SKILLS)[:2]


def page(name, *args):
    return reverse(f"assessment:{name}", args=args)


def begin(client):
    client.post(page("begin"), {"target": "tpm"}, follow=True)
    return Assessment.objects.latest("pk")


def sign_in(client, person):
    person.set_password(PASSWORD)
    person.save()
    sent = {"login": person.email, "password": PASSWORD}
    client.post(reverse("account_login"), sent)
    assert client.session["_auth_user_id"] == str(person.pk)


def act(client, address):
    """The act of the header, as (text, address)."""
    html = client.get(address, follow=True).content.decode()
    link = html.split("site-head__act", 1)[1].split("</a>", 1)[0]
    text = re.sub(r"<[^>]+>", "", link.split(">", 1)[1])
    return text, link.split('href="', 1)[1].split('"')[0]


def save(client, assessment, skill, revision=0, **said):
    sent = {f"{skill}-{name}": value for name, value in said.items()}
    sent |= {f"{skill}-confidence": "medium", f"{skill}-revision": revision}
    return client.post(page("save", assessment.uid, skill), sent)


def test_every_public_page_offers_to_start(framework, client):
    pages = [page("home"), page("how_it_works"), "/skills/", "/ladder/", "/pay/"]

    acts = {act(client, each) for each in pages}

    assert acts == {("Start", page("start"))}


def test_an_open_draft_is_offered_with_its_count_on_public_pages(framework, client):
    assessment = begin(client)
    save(client, assessment, FIRST, value="2")
    save(client, assessment, SECOND, value="2")

    assert act(client, "/ladder/") == (
        f"Go on, 2 of {len(SKILLS)}",
        page("resume", assessment.uid),
    )


def test_an_answer_that_is_changed_is_not_counted_twice(framework, client):
    assessment = begin(client)
    save(client, assessment, FIRST, value="2")
    save(client, assessment, FIRST, revision=1, value="3")

    assert act(client, "/ladder/")[0] == f"Go on, 1 of {len(SKILLS)}"


def test_the_count_costs_a_save_no_query(
    framework, client, django_assert_max_num_queries
):
    assessment = begin(client)
    del client.cookies[settings.DRAFT_COOKIE_NAME]
    with django_assert_max_num_queries(100) as without:
        save(client, assessment, FIRST, value="2")
    client.get(page("rate", assessment.uid, GROUP))

    with django_assert_max_num_queries(100) as counted:
        save(client, assessment, SECOND, value="2")

    assert len(counted) == len(without)


def test_a_page_that_names_a_draft_is_kept_by_its_reader_alone(framework, client):
    before = client.get("/ladder/")
    begin(client)
    client.cookies.pop(settings.GUEST_COOKIE_NAME)

    after = client.get("/ladder/")

    assert before["Cache-Control"].startswith("public")
    assert after["Cache-Control"].startswith("private")


@pytest.mark.parametrize("leave", ["submit", "delete", "forget"])
def test_what_is_not_open_any_more_is_not_offered(framework, client, leave):
    assessment = begin(client)
    actions.save_answers(
        assessment=assessment, answers={key: Answer(value=2) for key in SKILLS}
    )
    client.post(page(leave, *([] if leave == "forget" else [assessment.uid])))

    assert act(client, "/ladder/")[0] == "Start"


def test_a_draft_that_is_gone_is_offered_once(framework, client):
    assessment = begin(client)
    assessment.delete()

    response = client.get(page("resume", assessment.uid))

    assert response.status_code == 404
    assert act(client, "/ladder/")[0] == "Start"


@pytest.mark.parametrize("address", ["account_logout", "admin:logout"])
def test_signing_out_forgets_the_draft(framework, admin_client, address):
    begin(admin_client)

    admin_client.post(reverse(address))

    assert act(admin_client, "/ladder/")[0] == "Start"


def test_a_cookie_of_another_release_says_nothing(framework, client):
    value = signing.dumps(["one", "thing"], salt=open_draft.SALT)
    client.cookies[settings.DRAFT_COOKIE_NAME] = value

    assert act(client, "/ladder/")[0] == "Start"


def test_a_cookie_that_was_tampered_with_says_nothing(framework, client):
    begin(client)
    client.cookies[settings.DRAFT_COOKIE_NAME] = (
        "x" + client.cookies[settings.DRAFT_COOKIE_NAME].value
    )

    assert act(client, "/ladder/")[0] == "Start"


def test_another_person_who_signs_in_is_not_offered_the_draft(
    framework, client, alice, bob
):
    client.force_login(alice)
    begin(client)
    del client.cookies[settings.SESSION_COOKIE_NAME]  # it has ended by itself

    sign_in(client, bob)

    assert act(client, "/ladder/")[0] == "Start"


def test_who_signs_in_goes_on_with_what_they_began_as_a_guest(framework, client, bob):
    assessment = begin(client)

    sign_in(client, bob)

    assert act(client, "/ladder/")[1] == page("resume", assessment.uid)


def test_a_draft_of_a_session_that_has_ended_is_not_offered(framework, client, alice):
    client.force_login(alice)
    begin(client)

    del client.cookies[settings.SESSION_COOKIE_NAME]

    assert act(client, "/ladder/")[0] == "Start"


def test_a_draft_of_who_was_signed_out_elsewhere_is_not_offered(
    framework, client, alice
):
    client.force_login(alice)
    begin(client)
    Session.objects.all().delete()

    acts = [act(client, each)[0] for each in ("/ladder/", "/how-it-works/", "/")]

    assert acts == ["Start"] * 3


def test_to_offer_a_draft_costs_no_query(
    framework, client, alice, django_assert_num_queries
):
    client.force_login(alice)
    begin(client)

    # session, person, live version, reader's last report
    with django_assert_num_queries(4):
        assert act(client, "/ladder/")[0].startswith("Go on")
    del client.cookies[settings.DRAFT_COOKIE_NAME]
    with django_assert_num_queries(4):
        assert act(client, "/ladder/")[0] == "Start"
