"""The list of my assessments, the report page, and what can be done from it."""

import pytest
from django.urls import reverse

from assessment.actions import delete_assessment, submit_assessment
from assessment.answers import Answer, answers_of
from assessment.models import Assessment
from careers.models import Framework
from tests.factories import (
    SKILLS,
    changed_level,
    make_assessment,
    make_framework,
    make_share_link,
    small_spec,
)
from tests.reading import links

pytestmark = pytest.mark.django_db


def page(name, assessment, *args):
    return reverse(f"assessment:{name}", args=[assessment.uid, *args])


@pytest.fixture
def done(framework, alice):
    return make_assessment(owner=alice, submit=True)


# The report


def test_report_stands_in_its_order(done, alice_client):
    content = alice_client.get(page("report", done)).content.decode()

    sections = ["gaps", "strengths", "skills", "ladder", "sure"]
    places = [content.index(f'<section class="section" id="{key}"') for key in sections]
    assert places == sorted(places)
    assert "it is not a promotion decision" in content


def test_a_draft_has_no_report_yet(framework, alice, alice_client):
    draft = make_assessment(owner=alice)

    response = alice_client.get(page("report", draft))

    assert response.url == page("resume", draft)


def test_a_report_does_not_change_when_the_framework_does(done, alice_client):
    before = alice_client.get(page("report", done)).context["report"]
    spec = small_spec(version="2.0")
    make_framework(version="2.0", title=spec.title + ", anew")

    after = alice_client.get(page("report", done)).context["report"]

    assert Framework.objects.get(version="1.0").status == "retired"
    assert (after.spec, after.result) == (before.spec, before.result)


def test_report_needs_five_queries(done, alice_client, django_assert_num_queries):
    alice_client.get(page("report", done))

    # session, user, assessment with framework and target, ratings, its correction
    with django_assert_num_queries(5):
        alice_client.get(page("report", done))


def test_a_corrected_report_leads_its_owner_to_what_stands_in_its_place(
    done, alice, alice_client, client
):
    def leads_to(report):
        answer = alice_client.get(page("report", report))
        return links(answer).get("Open the correction")

    draft = make_assessment(owner=alice, corrects=done)
    assert leads_to(done) is None
    submit_assessment(assessment=draft)
    done.refresh_from_db()
    again = make_assessment(owner=alice, corrects=done, submit=True)
    once_more = make_assessment(owner=alice, corrects=again, submit=True)
    _link, token = make_share_link(done)

    assert [leads_to(each) for each in (done, draft, again, once_more)] == [
        page("report", again),
        page("report", again),
        page("report", once_more),
        None,
    ]
    shared = client.get(reverse("assessment:open_share", args=[token]), follow=True)
    assert "Shared report" in shared.text
    assert "Open the correction" not in shared.text
    delete_assessment(assessment=again)
    assert leads_to(done) == page("report", draft)


# From the report


def test_rename_is_shown_in_report_and_list(done, alice_client):
    alice_client.post(page("rename", done), {"label": "  Before <the> review "})

    for address in (page("report", done), reverse("assessment:dashboard")):
        content = alice_client.get(address).content.decode()
        assert "Before &lt;the&gt; review" in content


def test_rename_refuses_a_long_name_and_keeps_it_on_the_page(done, alice_client):
    response = alice_client.post(page("rename", done), {"label": "x" * 81})

    content = response.content.decode()
    assert response.status_code == 422
    assert "Shorten the name to 80 characters." in content
    assert "x" * 81 in content


def test_correct_starts_anew_with_name_and_every_answer(done, alice_client):
    alice_client.post(page("rename", done), {"label": "Spring"})
    alice_client.post(page("correct", done))

    new = Assessment.objects.drafts().get()
    assert (new.corrects, new.target, new.label) == (done, done.target, "Spring")
    assert answers_of(new).keys() == answers_of(done).keys() != set()


def test_correct_moves_to_the_live_version(done, alice_client):
    live = make_framework(version="2.0")

    alice_client.post(page("correct", done), {"version": "live"})

    new = Assessment.objects.drafts().get()
    assert (new.framework, new.based_on) == (live, done)


def test_correct_asks_for_a_target_where_nothing_live_has_it(done, alice_client):
    make_framework(
        version="2.0",
        levels=changed_level("tpm", key="manager"),
        careers=tuple(
            each.replaced(base_level="junior-tpm") if each.base_level else each
            for each in small_spec().careers
        ),
        skills=tuple(each.replaced(questions=()) for each in small_spec().skills),
    )

    response = alice_client.post(page("correct", done), {"version": "live"})

    key = done.framework.key
    asked = f"framework={key}&based_on={done.uid}"
    assert response.url == f"{reverse('assessment:start')}?{asked}"
    assert Assessment.objects.drafts().count() == 0


def test_delete_asks_first_and_then_removes_all(done, alice, alice_client):
    later = make_assessment(owner=alice, based_on=done)

    asked = alice_client.get(page("delete", done)).content.decode()
    alice_client.post(page("delete", done))

    assert "cannot be undone" in asked
    assert list(Assessment.objects.values_list("uid", "based_on")) == [
        (later.uid, None)
    ]


def test_notes_are_folded_away_and_not_on_paper(framework, alice, alice_client):
    said = dict.fromkeys(SKILLS, Answer(value=2, note="Between me and myself"))
    done = make_assessment(owner=alice, ratings=said, submit=True)

    content = alice_client.get(page("report", done)).content.decode()
    summary = alice_client.get(page("summary", done)).content.decode()

    head, _, notes = content.partition('<details class="disclosure fold" id="notes">')
    assert notes.count("Between me and myself") == len(SKILLS)
    assert "Between me and myself" not in head + summary


def test_a_report_without_notes_has_no_part_for_them(done, alice_client):
    content = alice_client.get(page("report", done)).content.decode()

    assert 'id="notes"' not in content
    assert 'href="#notes"' not in content


def test_naming_has_a_page_of_its_own(done, alice_client):
    alice_client.post(page("rename", done), {"label": "Before the review"})

    response = alice_client.get(page("rename", done))

    assert 'value="Before the review"' in response.content.decode()
