"""The guide in the admin: what is saved is right, is live, and is remembered."""

import pytest
from django.contrib.admin.models import LogEntry

from careers.models import (
    Fact,
    Guide,
    GuideEntry,
    GuidePage,
    GuideQuestion,
    GuideSection,
    GuideSource,
    PayRange,
)
from careers.store import load_guide
from tests import guides
from tests.careers.admin_pages import (
    GUIDE_MODELS,
    errors_of,
    filled_form,
    messages_of,
    url_of,
)
from tests.guides import named, section_of, small_guide

pytestmark = pytest.mark.django_db
every_model = pytest.mark.parametrize(
    "model", GUIDE_MODELS, ids=lambda model: model.__name__
)


def make_guide():
    """A guide that this process has loaded: a change must be told to be seen."""
    guides.make_guide()
    load_guide()


def saved(client, row, **changes):
    """The answer to a form that is saved with changes; nothing else is touched."""
    url = url_of(row, "change")
    return client.post(url, filled_form(client, url) | changes, follow=True)


def routes():
    return GuideSection.objects.get(page__key="start", key="all-routes")


def test_every_part_of_the_guide_can_be_edited():
    inlines = {Fact, GuideEntry}

    assert set(GUIDE_MODELS) | inlines | {Guide} == {
        Guide,
        GuidePage,
        GuideSection,
        Fact,
        GuideEntry,
        PayRange,
        GuideQuestion,
        GuideSource,
    }


@every_model
def test_editor_opens_a_form_and_saves_it_as_it_is(editor_client, model):
    make_guide()
    before = load_guide()

    response = saved(editor_client, model.objects.order_by("pk").first())

    assert response.status_code == 200
    assert load_guide() == before
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


@every_model
def test_others_do_not_get_in(alice_client, model):
    make_guide()

    assert alice_client.get(url_of(model, "changelist")).status_code == 302


@every_model
def test_list_needs_no_query_a_row(editor_client, django_assert_max_num_queries, model):
    make_guide()

    with django_assert_max_num_queries(9):
        editor_client.get(url_of(model, "changelist"))


# What is saved is live, and the log remembers what was there
# --------------------------------------------------------------------------------------


def test_saved_figure_is_live_and_its_old_value_is_in_the_log(editor_client):
    make_guide()
    section = routes()

    response = saved(editor_client, section, **{"facts-0-value": "8 percent"})

    facts = section_of(load_guide(), "start", "all-routes").facts
    assert named(facts, "growth").value == "8 percent"
    assert "The guide section" in messages_of(response)[-1]
    assert LogEntry.objects.get().get_change_message() == (
        "Changed fact “Growth: 8 percent”: Value: “7 percent” became “8 percent”."
    )


def test_log_names_sources_and_empty_texts(editor_client):
    make_guide()
    pay = PayRange.objects.get(key="india")
    bureau = GuideSource.objects.get(key="bureau")

    saved(editor_client, pay, source=bureau.pk, note="", order=0)

    assert LogEntry.objects.get().get_change_message().splitlines() == [
        "Order: “2” became “0”.",
        "Source: “The guide” became “The bureau”.",
        "Note: “Living costs less.” became nothing.",
    ]


def test_a_line_break_of_the_browser_is_no_change(editor_client):
    make_guide()
    question = GuideQuestion.objects.get(key="score")

    saved(editor_client, question, answer=question.answer.replace("\n", "\r\n"))

    assert LogEntry.objects.get().get_change_message() == "No fields changed."
    assert load_guide() == small_guide()


def test_added_and_deleted_entries_are_in_the_log(editor_client):
    make_guide()

    saved(
        editor_client,
        routes(),
        **{
            "entries-0-DELETE": "on",
            "entries-TOTAL_FORMS": 3,
            "entries-2-key": "third",
            "entries-2-order": 3,
            "entries-2-title": "The third",
            "entries-2-time": "a day",
            "entries-2-cost": "a coin",
        },
    )

    entries = section_of(load_guide(), "start", "all-routes").entries
    assert [entry.key for entry in entries] == ["second", "third"]
    assert LogEntry.objects.get().get_change_message().splitlines() == [
        "Added guide entry “The third”.",
        "Deleted guide entry “The first”.",
    ]


def test_new_question_comes_last_and_is_live(editor_client):
    make_guide()
    url = url_of(GuideQuestion, "add")

    data = filled_form(editor_client, url)
    new = {"key": "why", "topic": "tool", "question": "Why?", "answer": "Because."}
    editor_client.post(url, data | new)

    assert [each.key for each in load_guide().questions] == ["hours", "score", "why"]


def test_new_pay_range_and_new_fact_name_their_source(editor_client):
    make_guide()
    source = GuideSource.objects.get(key="bureau").pk
    url = url_of(PayRange, "add")
    pay = {"key": "mars", "region": "Mars", "currency": "MRS", "low": 1, "high": 2}

    data = filled_form(editor_client, url) | pay | {"year": "2025", "source": source}
    editor_client.post(url, data)
    fact = {"key": "new", "order": 2, "label": "New", "value": "1", "year": "2025"}
    in_form = {f"facts-1-{name}": value for name, value in fact.items()}
    in_form |= {"facts-1-source": source, "facts-TOTAL_FORMS": 2}
    saved(editor_client, routes(), **in_form)

    guide = load_guide()
    facts = section_of(guide, "start", "all-routes").facts
    assert named(guide.pay_ranges, "mars").source == "bureau"
    assert named(facts, "new").source == "bureau"


def test_deleted_question_is_gone(editor_client):
    make_guide()
    question = GuideQuestion.objects.get(key="hours")

    editor_client.post(url_of(question, "delete"), {"post": "yes"})

    assert [each.key for each in load_guide().questions] == ["score"]


def test_source_that_is_named_cannot_be_deleted(editor_client):
    make_guide()
    source = GuideSource.objects.get(key="guide")

    response = editor_client.post(url_of(source, "delete"), {"post": "yes"})

    assert "Cannot delete" in response.content.decode()
    assert load_guide() == small_guide()


@pytest.mark.parametrize("who", ["editor_client", "admin_client"])
def test_pages_are_those_of_the_site(request, who):
    client = request.getfixturevalue(who)
    make_guide()
    page = GuidePage.objects.get(key="pay")

    assert client.get(url_of(GuidePage, "add")).status_code == 403
    assert client.post(url_of(page, "delete"), {"post": "yes"}).status_code == 403
    assert load_guide() == small_guide()


# What is wrong stands beside its field, and nothing typed is lost
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"currency": "eur"},
            "currency",
            "Write a currency as three capital letters, such as USD.",
        ),
        ({"high": "1"}, "high", "This is below 'low'. Correct one."),
        ({"low_usd": ""}, "low_usd", "Fill in both low_usd and high_usd, or neither."),
        ({"low": "0"}, "low", "Write a whole number from 1 to 2000000000, not 0."),
        (
            {"region": "a\x07b"},
            "region",
            "This holds an invisible control character. Type it anew.",
        ),
    ],
)
def test_rule_of_the_files_stands_beside_the_field(
    editor_client, changes, field, sentence
):
    make_guide()

    response = saved(editor_client, PayRange.objects.get(key="india"), **changes)

    assert errors_of(response)[field][0] == sentence
    assert response.context["adminform"].form[field].value() == changes[field]
    assert load_guide() == small_guide()


def test_link_that_leads_away_is_refused(editor_client):
    make_guide()
    question = GuideQuestion.objects.get(key="score")

    response = saved(editor_client, question, link="https://example.org/")

    assert errors_of(response) == {
        "link": ["Write an address of this site, such as '/pay/' or '/start/#steps'."]
    }


def test_route_without_its_cost_is_refused(editor_client):
    make_guide()

    response = saved(editor_client, routes(), **{"entries-1-cost": ""})

    assert errors_of(response) == {
        "entries-1-cost": ["A route has a cost. Fill it in."]
    }
    assert load_guide() == small_guide()


def test_kind_can_be_changed_only_to_one_that_fits_the_entries(editor_client):
    make_guide()
    steps = GuideSection.objects.get(page__key="start", key="all-steps")

    response = saved(editor_client, steps, kind="routes")

    assert set(errors_of(response)) == {
        "entries-0-time",
        "entries-0-cost",
        "entries-1-time",
        "entries-1-cost",
    }
    assert load_guide() == small_guide()


def test_deleted_and_empty_entries_are_not_judged(editor_client):
    make_guide()

    saved(
        editor_client,
        routes(),
        **{
            "entries-0-DELETE": "on",
            "entries-0-cost": "",
            "entries-TOTAL_FORMS": 3,
            "entries-2-order": 1,
        },
    )

    entries = section_of(load_guide(), "start", "all-routes").entries
    assert [entry.key for entry in entries] == ["second"]


def test_of_a_deleted_entry_nothing_is_said(editor_client):
    make_guide()
    steps = GuideSection.objects.get(page__key="start", key="all-steps")
    costs = {"entries-0-cost": "a coin", "entries-1-cost": "a coin"}

    response = saved(editor_client, steps, **costs, **{"entries-0-DELETE": "on"})

    warning = "Cost: This is shown in a section of the kind 'routes' only."
    assert messages_of(response).count(warning) == 1


def test_two_entries_cannot_have_one_key(editor_client):
    make_guide()

    response = saved(editor_client, routes(), **{"entries-1-key": "first"})

    assert response.status_code == 200
    assert errors_of(response) != {}
    assert load_guide() == small_guide()


def test_warnings_are_said_after_saving(editor_client):
    make_guide()
    page = GuidePage.objects.get(key="pay")

    response = saved(editor_client, page, lead="a" * 301)

    assert "Lead: 301 characters are hard to read. Shorten it to 300." in messages_of(
        response
    )
    assert load_guide().pages_by_key["pay"].lead == "a" * 301


def test_what_another_editor_saved_meanwhile_is_not_overwritten(editor_client):
    make_guide()
    section = routes()
    url = url_of(section, "change")
    data = filled_form(editor_client, url)
    saved(editor_client, section, **{"entries-0-title": "First of all"})

    response = editor_client.post(url, data | {"title": "My title"})

    assert (
        "Someone saved this while you were editing" in errors_of(response)["__all__"][0]
    )
    assert response.context["adminform"].form["title"].value() == "My title"
    assert section_of(load_guide(), "start", "all-routes").title == "All routes"


def test_before_the_first_import_nothing_can_be_added(editor_client):
    url = url_of(GuideSource, "add")
    data = {"key": "a", "order": 1, "title": "A", "where": "b", "use": "c"}

    response = editor_client.post(url, data)

    assert errors_of(response)["__all__"] == [
        "There is no guide yet. Ask for one to be imported, then add to it."
    ]
    assert not GuideSource.objects.exists()


# Two guides
# --------------------------------------------------------------------------------------


@pytest.fixture
def bakers(db):
    """The guide of another ladder, which comes first by its key, beside the served one."""
    make_guide()
    return guides.make_guide(framework="baker")


def choices_of(client, url, name):
    field = client.get(url).context["adminform"].form.fields[name]
    return [label for value, label in field.choices if value]


def test_new_row_is_asked_for_its_guide_and_goes_there(editor_client, bakers):
    url = url_of(GuideQuestion, "add")
    data = filled_form(editor_client, url)
    new = {"key": "why", "topic": "tool", "question": "Why?", "answer": "Because."}

    asked = editor_client.post(url, data | new)
    editor_client.post(url, data | new | {"guide": bakers.pk})

    assert errors_of(asked) == {"guide": ["This field is required."]}
    assert load_guide() == small_guide()
    assert [each.key for each in load_guide("baker").questions][-1] == "why"


def test_one_guide_is_not_asked_for(editor_client):
    make_guide()

    page = editor_client.get(url_of(GuideQuestion, "add"))

    assert "guide" not in page.context["adminform"].form.fields


def test_row_offers_what_its_own_guide_holds(editor_client, bakers):
    pay = PayRange.objects.get(guide=bakers, key="us")
    section = GuideSection.objects.get(
        page__guide=bakers, key="all-steps", page__key="pay"
    )
    of_pay, of_section = url_of(pay, "change"), url_of(section, "change")

    [facts] = [
        inline.formset
        for inline in editor_client.get(of_section).context["inline_admin_formsets"]
        if inline.formset.model is Fact
    ]

    sources = ["The guide", "The bureau"]
    in_facts = facts.forms[0].fields["source"].choices
    assert choices_of(editor_client, of_pay, "source") == sources
    assert [label for value, label in in_facts if value] == sources
    assert len(choices_of(editor_client, of_section, "page")) == bakers.pages.count()


def test_new_row_says_of_which_guide_each_choice_is(editor_client, bakers):
    of_pay = choices_of(editor_client, url_of(PayRange, "add"), "source")
    of_section = choices_of(editor_client, url_of(GuideSection, "add"), "page")

    assert sorted(of_pay) == [
        "baker: The bureau",
        "baker: The guide",
        "technical-project-manager: The bureau",
        "technical-project-manager: The guide",
    ]
    assert "baker: Pay of the work" in of_section


def test_links_to_another_guide_are_refused(editor_client, bakers):
    theirs = GuideSource.objects.exclude(guide=bakers).get(key="guide")
    their_page = GuidePage.objects.exclude(guide=bakers).get(key="market")
    our_page = GuidePage.objects.get(guide=bakers, key="pay")
    section = GuideSection.objects.get(page=our_page, key="all-steps")
    url = url_of(PayRange, "add")
    pay = {
        "guide": bakers.pk,
        "key": "mars",
        "region": "Mars",
        "currency": "MRS",
        "low": 1,
        "high": 2,
        "year": "2025",
        "source": theirs.pk,
    }

    added = editor_client.post(url, filled_form(editor_client, url) | pay)
    moved = saved(editor_client, section, page=their_page.pk)
    changed = saved(editor_client, section, **{"facts-0-source": theirs.pk})

    said = ["This belongs to another guide. Choose one of the same guide."]
    assert errors_of(added) == {"source": said}
    assert errors_of(moved)["page"] == said
    assert errors_of(changed) == {"facts-0-source": said}
    assert load_guide("baker") == small_guide(framework="baker")
    assert load_guide() == small_guide()


def test_source_of_another_guide_can_be_mended(editor_client, bakers):
    pay = PayRange.objects.get(guide=bakers, key="us")
    theirs = GuideSource.objects.exclude(guide=bakers).get(key="guide")
    PayRange.objects.filter(pk=pay.pk).update(source=theirs)
    ours = GuideSource.objects.get(guide=bakers, key="bureau")

    saved(editor_client, pay, source=ours.pk)

    assert LogEntry.objects.get().get_change_message() == (
        "Source: “The guide” became “The bureau”."
    )


# The way to the page
# --------------------------------------------------------------------------------------


def test_form_leads_to_the_page_where_there_is_one(editor_client):
    make_guide()
    question = GuideQuestion.objects.get(key="score")

    response = saved(editor_client, question, answer="By adding.")

    html = editor_client.get(url_of(question, "change")).content.decode()
    assert 'href="/questions/"' in html
    assert any('href="/questions/"' in said for said in messages_of(response))


def test_source_has_no_page_of_its_own(editor_client):
    make_guide()

    source = GuideSource.objects.get(key="bureau")

    response = saved(editor_client, source, use="A second check.")

    assert b"View on site" not in editor_client.get(url_of(source, "change")).content
    assert "This is live now." in messages_of(response)


def test_section_leads_to_its_place(editor_client):
    make_guide()
    page = GuidePage.objects.get(key="questions")

    html = editor_client.get(url_of(page, "change")).content.decode()

    assert 'href="/questions/#all-steps"' in html
