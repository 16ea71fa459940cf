"""My data: the page, the profile, and the zone in which times are shown."""

import sys
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from assessment.actions import save_profile
from assessment.exports import pdf_file
from assessment.models import PlanItem, Profile
from careers.shape import CertificationSupport
from careers.store import spec_of
from tests.factories import (
    SKILLS,
    make_assessment,
    make_framework,
    make_guest,
    make_share_link,
    small_spec,
)

ME, PROFILE = "/me/", "/me/profile/"
LATE = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)  # in Tokyo the second of March


def text_of(client, path=ME):
    return " ".join(client.get(path).content.decode().split())


def test_the_page_counts_what_is_held(framework, alice, alice_client, bob):
    make_assessment(owner=alice, submit=True)
    make_assessment(owner=alice, ratings={"planning": 2, "tooling": 1})
    make_assessment(owner=bob, submit=True)

    page = text_of(alice_client)

    assert "<li>1 report</li>" in page
    assert "<li>1 open assessment</li>" in page
    assert "<li>7 answers</li>" in page
    assert "0 practice notes" not in page
    assert "Also plans and journal, your profile," in page
    assert "alice@example.org" in page


def test_a_guest_sees_the_same_of_this_browser(framework):
    guest, browser = make_guest()
    make_assessment(guest=guest, ratings={"planning": 2})

    page = text_of(browser)

    assert "<li>1 open assessment</li>" in page
    assert "<li>1 answer</li>" in page
    assert "Forget on this device" in page
    assert "Also plans and journal" not in page
    assert "Delete my account" not in page


def test_what_a_person_says_of_themselves_is_kept(alice, alice_client):
    sent = {"name": " Alice A. ", "time_zone": "Asia/Tokyo"}

    response = alice_client.post(PROFILE, sent)

    assert response.url == ME
    assert Profile.objects.values("user", "name", "time_zone", "language").get() == {
        "user": alice.pk,
        "name": "Alice A.",
        "time_zone": "Asia/Tokyo",
        "language": "",
    }
    page = text_of(alice_client)
    assert "Time zone: Asia/Tokyo, as you chose" in page
    assert "Name: Alice A." in page


def test_what_cannot_be_is_said_at_the_field_and_kept(alice_client):
    response = alice_client.post(PROFILE, {"name": "x" * 81, "time_zone": "Mars/Base"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Shorten the name to 80 characters." in page
    assert "Choose a time zone of the list." in page
    assert "x" * 81 in page
    assert not Profile.objects.exists()


def test_there_is_one_profile_a_person(alice):
    Profile.objects.create(user=alice)

    with pytest.raises(IntegrityError):
        Profile.objects.create(user=alice)


@pytest.fixture
def report_of_late(framework, alice):
    with time_machine.travel(LATE, tick=False):
        return make_assessment(owner=alice, submit=True)


def day_of(client, report):
    page = client.get(f"/reports/{report.uid}/").content.decode()
    return next(day for day in ("1 March 2026", "2 March 2026") if day in page)


def test_times_are_shown_as_the_profile_says_then_the_browser(
    report_of_late, alice, alice_client
):
    at_first = day_of(alice_client, report_of_late)
    alice_client.cookies[django_settings.ZONE_COOKIE_NAME] = "Asia/Tokyo"
    by_browser = day_of(alice_client, report_of_late)
    save_profile(person=alice, time_zone="Europe/Berlin")
    by_profile = day_of(alice_client, report_of_late)
    save_profile(person=alice, time_zone="Mars/Base")
    unknown = day_of(alice_client, report_of_late)

    assert (at_first, by_browser, by_profile, unknown) == (
        "1 March 2026",
        "2 March 2026",
        "1 March 2026",
        "2 March 2026",
    )


def test_a_zone_stays_with_its_reader(report_of_late, alice, alice_client):
    save_profile(person=alice, time_zone="Asia/Tokyo")

    assert day_of(alice_client, report_of_late) == "2 March 2026"
    assert "Asia/Tokyo" not in text_of(Client())


def test_a_language_is_offered_where_there_are_two(alice, alice_client, settings):
    before = text_of(alice_client, PROFILE)
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    after = text_of(alice_client, PROFILE)
    alice_client.post(PROFILE, {"language": "de"})

    assert "Deutsch" not in before
    assert "Deutsch" in after
    assert Profile.objects.get().language == "de"
    # Django's own words are there in German; ours come with a catalogue.
    assert "Dieses Feld" in text_of_refusal(alice_client)


def text_of_refusal(client):
    answer = client.post("/accounts/password/change/", {})
    return answer.content.decode()


def test_who_may_not_sign_in_any_more_is_nobody(alice, alice_client):
    User.objects.update(is_active=False)

    assert "Create an account" in text_of(alice_client)


# Experience, education, certificates
# ------------------------------------------------------------------------------------


def test_what_one_brings_is_kept_with_certificates_of_the_ladder(
    framework, alice, alice_client
):
    certificate = spec_of(framework).certifications[0]
    Profile.objects.create(user=alice, certifications=["of-another-ladder"])
    sent = {
        "years": "6",
        "education": " M.Sc. ",
        "certifications": [certificate.key],
    }

    alice_client.post(PROFILE, sent)

    kept = Profile.objects.values_list("years", "education", "certifications").get()
    assert kept == (6, "M.Sc.", [certificate.key, "of-another-ladder"])
    assert certificate.name in text_of(alice_client, PROFILE)


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"years": "61"}, "Write 60 years at most."),
        ({"years": "-1"}, "Write 0 or more, or leave it empty."),
        ({"years": "many"}, "Write a whole number, such as 4."),
        ({"certifications": ["none-such"]}, "Choose certificates of the list."),
    ],
)
def test_what_one_brings_is_checked(sent, error, framework, alice_client):
    answer = alice_client.post(PROFILE, sent)

    assert (answer.status_code, error in answer.content.decode()) == (422, True)
    assert not Profile.objects.exists()


def test_without_certificates_in_the_ladder_none_are_asked_for(db, alice_client):
    assert "Certificates that you hold" not in text_of(alice_client, PROFILE)


def test_own_years_stand_beside_the_usual_ones_and_count_nothing(
    report_of_late, alice, alice_client
):
    path = f"/reports/{report_of_late.uid}/"
    before = alice_client.get(path).context["report"].result
    save_profile(person=alice, years=6)
    after = alice_client.get(path)

    assert "You have 6 years of experience; beside each rung stand the usual ones." in (
        " ".join(after.content.decode().split())
    )
    assert after.context["report"].result.readiness_tenths == before.readiness_tenths


def test_nobody_else_reads_the_years(report_of_late, alice, client):
    save_profile(person=alice, years=6)
    _link, token = make_share_link(report_of_late, includes_notes=True)

    page = client.get(f"/shared/{token}/", follow=True)

    assert "years of experience" not in page.content.decode()


@pytest.fixture
def exam(db):
    """The first way to the third point of every skill is an exam for one certificate."""
    spec = small_spec()
    certificate = spec.certifications[0].replaced(
        supports=tuple(CertificationSupport(skill=key, up_to=3) for key in SKILLS)
    )
    skills = []
    for skill in spec.skills:
        exam = skill.actions_of_step(2)[0].replaced(
            key=f"exam-{skill.key}",
            kind="certification",
            title=f"Sit the exam of {skill.key}",
            first_piece=f"Book the exam of {skill.key}",
            certifications=(certificate.key,),
        )
        skills.append(skill.replaced(actions=(exam, *skill.actions)))
    make_framework(skills=tuple(skills), certifications=(certificate,))
    return certificate


@pytest.mark.parametrize("holds", [False, True])
def test_a_certificate_that_is_held_is_suggested_nowhere(
    holds, exam, alice, alice_client
):
    """The action that leads to it goes; what else leads there stays."""
    report = make_assessment(owner=alice, ratings=dict.fromkeys(SKILLS, 2), submit=True)
    if holds:
        save_profile(person=alice, certifications=[exam.key])
    asked = {"hours_a_week": 4, "soonest": "on"}
    propose = reverse("assessment:propose", args=[report.uid])
    addresses = {
        "report": f"/reports/{report.uid}/",
        "steps": f"/plan/steps/{report.uid}/",
        "proposal": f"{propose}?{urlencode(asked)}",
        "empty plan": "/plan/",
    }

    pages = {name: text_of(alice_client, path) for name, path in addresses.items()}
    alice_client.post(propose, asked)

    found = {name: " the exam of " in page for name, page in pages.items()}
    assert found == dict.fromkeys(addresses, not holds)
    assert (exam.name in pages["steps"]) == (not holds)
    taken = dict(
        PlanItem.objects.filter(value=3).values_list("skill_key", "action_key")
    )
    start = "exam-{}" if not holds else "{}-2-3"
    assert taken == {key: start.format(key) for key in taken} != {}


def test_a_certificate_of_the_account_counts_for_what_a_guest_wanted(exam, alice):
    save_profile(person=alice, certifications=[exam.key])
    guest, client = make_guest()
    report = make_assessment(guest=guest, ratings=dict.fromkeys(SKILLS, 2), submit=True)
    propose = reverse("assessment:propose", args=[report.uid])
    client.post(propose, {"hours_a_week": 4, "soonest": "on"})

    who = {"login": alice.email, "password": "alice's password"}
    client.post(reverse("account_login"), who)

    assert "exam" not in " ".join(PlanItem.objects.values_list("action_key", flat=True))
    assert PlanItem.objects.filter(action_key="planning-2-3").exists()


def test_a_pdf_suggests_no_certificate_that_is_held(
    exam, alice, alice_client, monkeypatch
):
    script = "import json, sys; print('%PDF-', json.load(sys.stdin)['html'])"
    monkeypatch.setattr(pdf_file, "COMMAND", [sys.executable, "-c", script])
    save_profile(person=alice, certifications=[exam.key])
    report = make_assessment(owner=alice, ratings=dict.fromkeys(SKILLS, 2), submit=True)

    text = text_of(alice_client, f"/reports/{report.uid}/report.pdf")

    assert "First small piece" in text
    assert "the exam of" not in text


def test_what_is_stored_is_folded_and_the_account_comes_before_it(alice_client):
    page = alice_client.get(ME).content.decode()

    fold = page.index('<details class="disclosure fold">')
    assert (
        page.index("E-mail:") < fold < page.index("<table") < page.index("</details>")
    )
    assert "Staff see that an assessment exists, not what is in it." in page
