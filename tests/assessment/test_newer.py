"""When a newer version is live: what is said, what is carried over, what is asked."""

import datetime

import pytest
from django.urls import reverse

from assessment.actions import AlreadySubmitted, carry_over, start_assessment
from assessment.answers import Answer, answers_of
from assessment.draft import load_draft
from assessment.models import Assessment
from tests.factories import (
    SKILLS,
    changed_level,
    changed_skill,
    make_assessment,
    make_framework,
    make_guest,
    make_with_planning_as,
    small_spec,
)
from tests.reading import links, texts

pytestmark = pytest.mark.django_db

RATINGS = {
    "planning": Answer(value=3, note="The move."),
    "tooling": Answer(value=2),
    "testing": Answer(not_applicable=True, reason="Others test."),
    "communication": Answer(value=2),
}
LONG_AGO = datetime.datetime(2026, 1, 2, 12, tzinfo=datetime.UTC)


def page(name, assessment, *more):
    return reverse(f"assessment:{name}", args=[assessment.uid, *more])


@pytest.fixture
def draft(framework, alice):
    """Alice's, rated long ago but for leadership."""
    draft = make_assessment(owner=alice, ratings=RATINGS)
    draft.ratings.update(rated_at=LONG_AGO)
    return draft


@pytest.fixture
def report(framework, alice):
    ratings = dict.fromkeys(SKILLS, 2) | {"planning": 3}
    return make_assessment(owner=alice, ratings=ratings, submit=True)


def reworded(value=2, **changes):
    """Version 1.1, in which tooling reads otherwise at one point."""
    tooling = small_spec().skills_by_key["tooling"]
    levels = tuple(
        each.replaced(statement="I choose tools.") if each.value == value else each
        for each in tooling.levels
    )
    skills = changed_skill("tooling", levels=levels)
    return make_framework(version="1.1", skills=skills, **changes)


def harder():
    """Levels of which tpm requires more of planning."""
    level = small_spec().levels_by_key["tpm"]
    return changed_level(
        "tpm",
        requirements=tuple(
            each.replaced(required=4) if each.skill == "planning" else each
            for each in level.requirements
        ),
    )


def carried(draft, framework, level="tpm"):
    target = framework.levels.get(key=level)
    return carry_over(assessment=draft, target=target)


# What is carried over


def test_unchanged_answers_go_along_with_rating_note_and_date(draft):
    new = carried(draft, reworded())

    found = answers_of(new)
    assert {
        key: (each.value, each.note, each.reason) for key, each in found.items()
    } == {
        "planning": (3, "The move.", ""),
        "testing": (None, "", "Others test."),
        "communication": (2, "", ""),
    }
    assert {each.rated_at for each in found.values()} == {LONG_AGO}


def test_a_changed_sentence_is_suggested_old_and_new(draft, alice_client):
    new = carried(draft, reworded())
    loaded = load_draft(new)

    assert list(loaded.suggestions) == ["tooling"]
    assert loaded.statement_then("tooling") == "I show tooling at level 2."
    assert loaded.unchanged == []
    said = texts(alice_client.get(page("rate", new, "delivery")), "main")[0]
    assert "I show tooling at level 2." in said
    assert "It reads otherwise now: I choose tools." in said


def test_a_sentence_that_was_not_chosen_changes_nothing(draft):
    assert "tooling" in answers_of(carried(draft, reworded(value=5)))


def test_what_is_kept_as_all_still_true_leaves_out_what_changed(draft, alice_client):
    new = carried(draft, reworded())

    alice_client.post(page("keep", new, "delivery"))
    assert "tooling" not in answers_of(new)
    alice_client.post(page("keep", new, "delivery", "tooling"))
    assert answers_of(new)["tooling"].value == 2


def test_a_replaced_skill_is_suggested_under_its_new_name(draft, alice_client):
    new = carried(draft, make_with_planning_as(("plans", ("planning",))))

    assert set(answers_of(new)) == {"tooling", "testing", "communication"}
    assert load_draft(new).suggestions["plans"].value == 3
    said = texts(alice_client.get(page("rate", new, "delivery")), "main")[0]
    assert "It takes the place of Planning." in said


@pytest.mark.parametrize(
    ("skills", "said"),
    [
        (
            [("craft", ("planning", "tooling"))],
            {"craft": ["Planning", "Tooling"]},
        ),
        (
            [("dates", ("planning",)), ("scope", ("planning",))],
            {"dates": ["Planning"], "scope": ["Planning"]},
        ),
    ],
)
def test_joined_and_parted_skills_are_explained_and_not_suggested(
    draft, alice_client, skills, said
):
    new = carried(draft, make_with_planning_as(*skills))
    loaded = load_draft(new)

    assert not set(said) & {*loaded.suggestions, *loaded.answers}
    for key, names in said.items():
        assert [name for name, *_ in loaded.came_from(key)] == names
    shown = texts(alice_client.get(page("rate", new, "delivery")), "main")[0]
    assert "Planning: 3 Independent, fairly sure I show planning at level 3." in shown


def test_what_was_suggested_before_is_suggested_still(report, alice):
    draft = make_assessment(owner=alice, ratings={"planning": 4}, based_on=report)

    new = carried(draft, reworded())

    loaded = load_draft(new)
    assert loaded.answers.keys() == {"planning"}
    assert loaded.suggestions.keys() == set(SKILLS) - {"planning"}
    assert loaded.unchanged == ["testing", "communication", "leadership"]


def test_twice_over_nothing_is_lost(draft):
    second = carried(draft, reworded())
    third = carried(
        second, make_with_planning_as(("plans", ("planning",)), version="1.2")
    )

    loaded = load_draft(third)

    assert loaded.answers.keys() | loaded.suggestions.keys() >= {
        "plans",
        "tooling",
        "testing",
        "communication",
    }


def test_the_old_draft_is_frozen_behind_the_new_one(draft, alice, alice_client):
    new = carried(draft, reworded())

    draft.refresh_from_db()
    assert draft.is_carried_over
    assert new.based_on == draft
    assert list(alice.assessments.drafts()) == [new]
    names = texts(
        alice_client.get(reverse("assessment:dashboard")), "a", "report-line__name"
    )
    assert names == ["TPM"]
    with pytest.raises(AlreadySubmitted):
        carried(draft, new.framework)


@pytest.mark.parametrize("name", ["resume", "review", "quick_look"])
def test_a_bookmark_of_the_old_one_leads_on(draft, alice_client, name):
    new = carried(draft, reworded())

    assert alice_client.get(page(name, draft)).url.startswith(f"/assess/{new.uid}/")


def test_another_tab_is_told_and_writes_nothing(draft, alice_client, bob_client):
    new = carried(draft, reworded())
    sent = {"planning-value": "1", "planning-revision": "1"}

    saved = alice_client.post(page("save", draft, "planning"), sent)
    whole = alice_client.post(page("rate", draft, "delivery"), sent)
    strange = bob_client.post(page("save", draft, "planning"), sent)

    assert saved.status_code == 410
    assert "carried over to a newer version" in saved.content.decode()
    assert whole.url == page("resume", new)
    assert strange.status_code == 404
    assert answers_of(draft)["planning"].value == 3
    assert answers_of(new)["planning"].value == 3


def test_deleting_leaves_nothing_behind(draft, alice_client):
    second = carried(draft, reworded())
    third = carried(
        second, make_with_planning_as(("plans", ("planning",)), version="1.2")
    )

    alice_client.post(page("delete", third))

    assert not Assessment.objects.exists()


def test_a_guest_carries_over_and_takes_it_into_an_account(framework):
    guest, client = make_guest()
    draft = make_assessment(guest=guest, ratings=RATINGS)
    reworded()

    client.post(page("carry_over", draft), {"target": "tpm"})

    new = Assessment.objects.drafts().get()
    assert (new.guest, new.based_on) == (guest, draft)


def test_only_to_a_live_version_of_the_same_ladder(draft):
    other = make_framework(key="another")
    with pytest.raises(ValueError, match="another version"):
        carried(draft, other)
    with pytest.raises(ValueError, match="another version"):
        carried(draft, draft.framework)
    live = reworded()
    make_framework(version="1.2")
    live.refresh_from_db()
    with pytest.raises(ValueError, match="published"):
        carried(draft, live)


# The page of it


def test_an_open_draft_says_that_a_newer_version_is_live(draft, alice_client):
    ways = (page("rate", draft, "delivery"), page("review", draft))
    for way in ways:
        assert "is live" not in alice_client.get(way).content.decode()

    reworded()

    for way in ways:
        shown = alice_client.get(way)
        assert (
            "You rate on 1.0. One thing is different for you."
            in texts(shown, "main")[0]
        )
        assert page("carry_over", draft) in links(shown).values()


def test_the_page_says_what_stays_and_what_does_not(draft, alice_client):
    make_with_planning_as(("craft", ("planning", "tooling")))

    said = texts(alice_client.get(page("carry_over", draft)), "main")[0]

    assert "2 answers stay as they are, with their dates." in said
    assert (
        "2 have no place of their own there: Planning and Tooling. They are not guessed"
    ) in said
    assert "One skill made of Planning and Tooling." in said


def test_it_does_not_tell_what_the_target_requires(draft, alice_client):
    reworded(levels=harder())

    said = texts(alice_client.get(page("carry_over", draft)), "main")[0]

    assert "The target asks otherwise of it now; the report will say what." in said
    assert "Required" not in said


def test_get_writes_nothing_and_post_carries_over(draft, alice_client):
    framework = reworded()

    alice_client.get(page("carry_over", draft))
    assert Assessment.objects.count() == 1
    response = alice_client.post(page("carry_over", draft), {"target": "tpm"})

    new = Assessment.objects.drafts().get()
    assert response.url == page("resume", new)
    assert new.framework == framework


def test_a_second_press_leads_to_what_the_draft_became(draft, alice_client):
    reworded()
    way = page("carry_over", draft)
    alice_client.post(way, {"target": "tpm"})
    new = Assessment.objects.drafts().get()

    again, back = alice_client.post(way, {"target": "tpm"}), alice_client.get(way)

    assert again.url == back.url == page("resume", new)
    assert Assessment.objects.count() == 2


def without_tpm(**testing):
    """Version 1.1, in which a manager stands in the place of tpm."""
    skills = changed_skill("testing", **testing)
    return make_framework(
        version="1.1",
        levels=changed_level("tpm", key="manager", title="Manager"),
        careers=tuple(
            each.replaced(base_level="junior-tpm") if each.base_level else each
            for each in small_spec().careers
        ),
        skills=tuple(each.replaced(questions=()) for each in skills),
    )


def test_a_target_that_is_gone_changes_no_requirement(report, draft, alice_client):
    without_tpm(name="Trying out")

    of_report = texts(alice_client.get(page("report", report)), "section", "newer")[0]
    of_draft = texts(alice_client.get(page("carry_over", draft)), "main")[0]

    assert "It has no TPM any more. One thing is different for you" in of_report
    assert "It was called Testing." in of_report
    assert "No longer required." not in of_report
    assert "The target asks otherwise of it now" not in of_draft


def test_a_target_that_is_gone_is_chosen_anew(draft, alice_client):
    without_tpm()
    way = page("carry_over", draft)

    said = texts(alice_client.get(way), "main")[0]
    refused = alice_client.post(way, {"target": "tpm"})
    alice_client.post(way, {"target": "manager"})

    assert "Version 1.1 has no TPM. Choose your target:" in said
    assert refused.status_code == 422
    assert Assessment.objects.drafts().get().target.key == "manager"


def test_nothing_is_carried_into_a_target_that_has_an_open_draft(
    draft, alice, alice_client
):
    framework = reworded()
    make_assessment(owner=alice, framework=framework, target="cloud")

    refused = alice_client.post(page("carry_over", draft), {"target": "cloud"})

    assert refused.status_code == 422
    assert "You have another open assessment for it." in refused.content.decode()
    draft.refresh_from_db()
    assert not draft.is_carried_over


# Old reports and the list


def test_an_old_report_says_what_is_different_and_what_the_answers_give(
    report, alice_client
):
    before = alice_client.get(page("report", report))
    reworded(levels=harder())

    after = alice_client.get(page("report", report))

    assert "newer-title" not in before.content.decode()
    said = texts(after, "section", "newer")[0]
    assert "Version 1.1 is live" in said
    assert "This report was made on 1.0, and stays as it is." in said
    assert (
        f"The same answers give {report.score - 14} there, here {report.score}." in said
    )
    assert "2 things are different for you" in said
    assert "Required: 3 Independent, now 4 Leading." in said
    assert (
        "You chose 2 Guided. It read: I show tooling at level 2. Now: I choose tools."
        in said
    )


def test_a_report_of_the_live_version_says_nothing_of_it(report, alice, alice_client):
    framework = reworded()
    new = make_assessment(owner=alice, framework=framework, submit=True)

    assert "newer-title" not in alice_client.get(page("report", new)).content.decode()


def test_the_list_says_it_of_each_that_is_older(report, draft, alice_client):
    reworded()

    shown = alice_client.get(reverse("assessment:dashboard"))

    assert (
        texts(shown, "main")[0].count("Version 1.1 is live: one thing is different")
        == 2
    )
    ways = links(shown).values()
    assert page("carry_over", draft) in ways
    assert f"{page('report', report)}#newer" in ways


def test_the_list_costs_one_query_more(
    report, draft, alice_client, django_assert_num_queries
):
    reworded()
    alice_client.get(reverse("assessment:dashboard"))

    # session, user, count of the pages, the page, the answers of the older ones
    with django_assert_num_queries(5):
        alice_client.get(reverse("assessment:dashboard"))


# To correct a report


def test_a_correction_asks_on_which_version(report, alice_client):
    live = reworded()

    asked = alice_client.post(page("correct", report))
    shown = alice_client.get(asked.url)

    assert asked.url == page("correct", report)
    assert not Assessment.objects.drafts().exists()
    said = texts(shown, "main")[0]
    assert "On which version of the ladder?" in said
    assert "It read: I show tooling at level 2. Now: I choose tools." in said
    alice_client.post(asked.url, {"version": "live"})
    assert Assessment.objects.drafts().get().framework == live


def test_a_correction_on_the_version_of_the_report(report, alice_client):
    reworded()

    alice_client.post(page("correct", report), {"version": "same"})

    new = Assessment.objects.drafts().get()
    assert (new.framework, new.corrects) == (report.framework, report)
    assert set(answers_of(new)) == set(SKILLS)


def test_a_correction_on_the_live_version_suggests_what_reads_otherwise(
    report, alice_client
):
    reworded()

    alice_client.post(page("correct", report), {"version": "live"})

    new = load_draft(Assessment.objects.drafts().get())
    assert new.assessment.corrects == report
    assert (set(new.suggestions), new.spec.version) == ({"tooling"}, "1.1")
    assert set(new.answers) == set(SKILLS) - {"tooling"}


def test_a_correction_begins_with_every_answer_and_its_date(report, alice_client):
    report.ratings.update(rated_at=LONG_AGO)

    begun = alice_client.post(page("correct", report))

    new = Assessment.objects.drafts().get()
    assert begun.url == page("review", new)
    found = {key: (each.value, each.rated_at) for key, each in answers_of(new).items()}
    assert found == {key: (3 if key == "planning" else 2, LONG_AGO) for key in SKILLS}
    said = texts(alice_client.get(begun.url), "main")[0]
    assert "These are the answers of your report of" in said
    again = alice_client.post(page("correct", report))
    assert (again.url, Assessment.objects.drafts().get()) == (begun.url, new)


def test_a_correction_leads_to_what_is_not_answered(framework, alice, alice_client):
    rated = [key for key in SKILLS if key != "tooling"]
    report = make_assessment(owner=alice, ratings=dict.fromkeys(rated, 2), submit=True)

    begun = alice_client.post(page("correct", report))

    new = Assessment.objects.drafts().get()
    assert begun.url == f"{page('rate', new, 'delivery')}#tooling"


def test_a_corrected_draft_that_is_carried_over_corrects_still(report, alice_client):
    alice_client.post(page("correct", report))
    draft = Assessment.objects.drafts().get()

    assert carried(draft, reworded()).corrects == report


def test_a_correction_without_a_choice_says_so(report, alice_client):
    reworded()

    refused = alice_client.post(page("correct", report), {"version": ""})

    assert refused.status_code == 422
    assert "Choose a version." in refused.content.decode()


def test_where_nothing_is_live_a_correction_stays_on_its_version(report, alice_client):
    report.framework.__class__.objects.update(status="retired")

    alice_client.post(page("correct", report))

    assert Assessment.objects.drafts().get().framework == report.framework


def test_only_a_correction_starts_on_a_retired_version(report, draft, alice):
    reworded()
    report.framework.refresh_from_db()
    where = {"framework": report.framework, "target": report.target, "owner": alice}

    assert start_assessment(**where, based_on=report, corrects=report)
    for based_on in (None, draft, report):
        with pytest.raises(ValueError, match="published"):
            start_assessment(**where, based_on=based_on)


def test_a_correction_asks_before_an_open_draft_goes(report, draft, alice_client):
    asked = alice_client.post(page("correct", report))
    said = texts(alice_client.get(asked.url), "main")[0]
    still = alice_client.post(asked.url, {"version": "same"})

    assert "You have begun an assessment for this level" in said
    assert still.status_code == 200
    assert Assessment.objects.drafts().get() == draft
    alice_client.post(asked.url, {"version": "same", "fresh": "true"})
    assert Assessment.objects.drafts().get().corrects == report


# To start where there are reports, and one open draft for a target


def test_the_start_offers_the_last_answers_of_the_target(report, alice, alice_client):
    make_assessment(owner=alice, target="cloud", submit=True)
    way = f"{reverse('assessment:start')}?target=tpm"

    shown = alice_client.get(way)

    assert "Start from your answers of" in texts(shown, "main")[0]
    assert f'name="based_on" value="{report.uid}"' in shown.content.decode()


def test_the_start_offers_the_last_answers_for_another_target(
    report, alice, alice_client
):
    last = make_assessment(owner=alice, target="cloud", submit=True)
    way = f"{reverse('assessment:start')}?target=senior-tpm"

    shown = alice_client.get(way)

    assert "Start from your answers for Cloud of" in texts(shown, "main")[0]
    assert f'name="based_on" value="{last.uid}"' in shown.content.decode()


def test_one_target_has_one_open_draft_in_any_version(draft, alice_client):
    reworded()
    begin = reverse("assessment:begin")

    asked = alice_client.post(begin, {"target": "tpm"})

    assert "You have begun an assessment for this level" in asked.content.decode()
    assert "Delete its 4 answers, and start afresh" in asked.content.decode()
    alice_client.post(begin, {"target": "tpm", "fresh": "true"})
    new = Assessment.objects.get()
    assert (new.framework.version, answers_of(new)) == ("1.1", {})


def test_a_draft_is_not_aimed_where_another_is_open(draft, alice, alice_client):
    other = make_assessment(owner=alice, target="cloud")

    refused = alice_client.post(page("retarget", other), {"target": "tpm"})

    assert refused.status_code == 422
    assert (
        "You have another open assessment for this level." in refused.content.decode()
    )
    other.refresh_from_db()
    assert other.target.key == "cloud"


# What the owners say of a version
# ------------------------------------------------------------------------------------

WHY = "Testers asked for it."


@pytest.mark.parametrize("name", ["report", "dashboard", "correct", "then"])
def test_the_note_of_a_version_stands_by_the_reports_that_it_touches(
    name, report, alice, alice_client
):
    live = reworded(levels=harder(), notes=WHY)
    address = reverse("assessment:dashboard")
    if name in ("report", "correct"):
        address = page(name, report)
    elif name == "then":
        now = make_assessment(owner=alice, framework=live, submit=True)
        address = page("then", now, report.uid)

    said = alice_client.get(address).content.decode()

    assert said.count("What its owners say of 1.1:") == 1
    assert said.count(f"<p>{WHY}</p>") == 1


@pytest.mark.parametrize("name", ["dashboard", "rate", "review", "carry_over"])
def test_the_note_of_a_version_stands_by_the_drafts_that_it_touches(
    name, draft, alice_client
):
    reworded(levels=harder(), notes=WHY)
    more = ["delivery"] if name == "rate" else []
    address = reverse("assessment:dashboard")
    address = address if name == "dashboard" else page(name, draft, *more)

    said = alice_client.get(address).content.decode()

    assert said.count("What its owners say of 1.1:") == 1
    assert said.count(f"<p>{WHY}</p>") == 1


def test_the_notes_of_all_versions_since_are_shown_the_newest_first(
    report, alice_client
):
    make_framework(version="1.1", levels=harder(), notes="First of two.")
    make_framework(version="1.2", levels=harder(), notes="Second of two.")

    said = alice_client.get(page("report", report)).content.decode()

    assert 0 < said.index("Second of two.") < said.index("First of two.")


def test_the_dashboard_says_nothing_of_a_version_that_changes_nothing_for_me(
    report, alice_client
):
    make_framework(version="1.1", title="Another title", notes=WHY)

    response = alice_client.get(reverse("assessment:dashboard"))

    assert WHY not in response.content.decode()


def test_a_note_is_kept_from_being_read_as_markup(report, alice_client):
    reworded(levels=harder(), notes="One <b>line</b>.\n\nAnother.")

    said = alice_client.get(page("report", report)).content.decode()

    assert "<p>One &lt;b&gt;line&lt;/b&gt;.</p>\n\n<p>Another.</p>" in said
