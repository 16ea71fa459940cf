"""The promotion case: statements, evidence with dates, what is open and what is done about it."""

import io
import re
import sys
from datetime import date
from urllib.parse import quote

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags
from docx import Document
from pypdfium2 import PdfDocument

from assessment import guests, plans
from assessment.actions import keep_pdf, save_profile
from assessment.answers import Answer
from assessment.exports import pdf_file
from assessment.models import Assessment, ReportPdf
from assessment.sharing import revoke_share_link
from tests.factories import (
    changed_skill,
    make_assessment,
    make_entry,
    make_framework,
    make_guest,
    make_plan,
    make_share_link,
    make_with_planning_as,
    small_spec,
)

RATINGS = {
    "planning": Answer(
        value=3, note="Moved the\narchive.", url="https://example.org/a"
    ),
    "tooling": Answer(value=2),
    "testing": Answer(value=2),
    "communication": Answer(value=2),
    "leadership": Answer(value=2),
}


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        yield


@pytest.fixture
def report(framework, alice):
    return make_assessment(owner=alice, ratings=RATINGS, submit=True)


def page_of(client, report):
    response = client.get(reverse("assessment:case", args=[report.uid]))
    return " ".join(response.content.decode().split())


def row(page, skill):
    """The first row of a skill, up to the room for another view."""
    return page.partition(f'<th scope="row"> <span>{skill}</span> ')[2].partition(
        "</tr>"
    )[0]


def test_a_requirement_stands_with_statement_and_dated_evidence(report, alice_client):
    planning = row(page_of(alice_client, report), "Planning")

    assert "required: 3 Independent" in planning
    assert "I show planning at level 3." in planning
    assert "Moved the archive." in planning
    assert 'href="https://example.org/a"' in planning
    assert "2 March 2026" in planning


def test_a_case_leads_from_the_rung_below_and_not_from_its_own(
    framework, alice, alice_client
):
    required = dict.fromkeys(RATINGS, 5)
    done = make_assessment(owner=alice, ratings=required, submit=True)
    first = make_assessment(
        owner=alice,
        ratings=dict.fromkeys(RATINGS, 2),
        target="senior-tpm",
        submit=True,
    )

    assert "The case for TPM" in page_of(alice_client, done)
    assert "From Junior TPM to Senior TPM" in page_of(alice_client, first)


def test_the_journal_is_evidence_with_its_days(report, alice, alice_client):
    item = make_plan(alice, ("communication", 3)).items.get()
    for day in (3, 5, 7, 9):
        make_entry(item, text=f"Talk {day}.", day=date(2026, 2, day))

    said = row(page_of(alice_client, report), "Communication")

    assert [f"Talk {day}." in said for day in (3, 5, 7, 9)] == [False, True, True, True]
    assert "9 February 2026" in said


def test_without_evidence_the_case_says_so(report, alice_client):
    page = page_of(alice_client, report)

    assert "no evidence written down" in row(page, "Communication")
    assert "no evidence written down" not in row(page, "Planning")


def test_what_is_open_is_told_with_the_first_step_of_each_skill_in_focus(
    report, alice, alice_client
):
    """Those of the same skill that wait come with the detail."""
    plan = make_plan(alice, ("communication", 3), ("tooling", 3), ("tooling", 4))
    done, ahead, _later = plan.items.in_order()
    plans.tick(item=done)
    plans.change_item(item=ahead, due=date(2026, 5, 1))

    page = page_of(alice_client, report)
    first, _, detail = page.partition("Every requirement, by group")

    step = "Tooling, to 3 Independent: Practise tooling towards 3, by 1 May 2026"
    later = "Tooling, to 4 Leading: Practise tooling towards 4"
    assert "2 requirements are open. 3 are met." in page
    assert [step in part for part in (first, detail)] == [True, True]
    assert [later in part for part in (first, detail)] == [False, True]
    assert "Practise communication" not in page


def test_a_step_is_called_as_the_report_calls_its_skill(framework, alice, alice_client):
    make_plan(alice, ("planning", 4))
    before = make_assessment(owner=alice, submit=True)
    make_with_planning_as(("foresight", ("planning",)))
    after = make_assessment(owner=alice, submit=True)

    for report, name in ((before, "Planning"), (after, "Foresight")):
        first, _, detail = page_of(alice_client, report).partition("Every requirement")
        assert f"{name}, to 4 Leading: Practise planning" in first
        assert f"<h3>{name}, to 4 Leading</h3>" in summary_of(alice_client, report)
        assert row(detail, name)


def test_a_step_that_the_report_has_reached_is_not_open(report, alice, alice_client):
    make_plan(alice, ("planning", 3), ("tooling", 3))

    page = page_of(alice_client, report)

    assert "Practise tooling towards 3" in page
    assert "Practise planning" not in page
    assert "Practise planning" not in summary_of(alice_client, report)
    assert "Practise tooling" in summary_of(alice_client, report)


def test_the_plan_of_another_target_is_left_out(report, alice, alice_client):
    make_plan(alice, ("tooling", 3), target="senior-tpm")

    assert "Practise tooling" not in page_of(alice_client, report)


def test_the_first_page_lists_what_is_asked_must_haves_first(report, alice_client):
    page = page_of(alice_client, report)
    first, _, detail = page.partition("Every requirement, by group")

    text = " ".join(strip_tags(first).split())
    must_haves, _, besides = text.partition("Must-haves")[2].partition("Besides")
    assert "Planning 3 of 3" in must_haves
    assert "Tooling 2 of 3, 1 short" in besides
    assert '<th scope="row">' not in first
    assert row(detail, "Planning")
    assert row(detail, "Tooling")


def test_an_entry_follows_a_skill_that_was_renamed(framework, alice, alice_client):
    item = make_plan(alice, ("communication", 3)).items.get()
    make_entry(item, text="A talk.")
    skills = changed_skill(
        "communication", key="talking", name="Talking", replaces=("communication",)
    )
    skills = tuple(
        each.replaced(prerequisites=()) if each.key == "leadership" else each
        for each in skills
    )
    levels = tuple(
        level.replaced(
            requirements=tuple(
                each.replaced(skill="talking")
                if each.skill == "communication"
                else each
                for each in level.requirements
            )
        )
        for level in small_spec().levels
    )
    make_framework(version="2.0", skills=skills, levels=levels)
    report = make_assessment(owner=alice, submit=True)

    assert "A talk." in row(page_of(alice_client, report), "Talking")


def test_a_guest_has_a_case_without_a_journal(framework):
    guest, client = make_guest()
    report = make_assessment(guest=guest, ratings=RATINGS, submit=True)

    assert "Moved the archive." in page_of(client, report)


def address(report, name="case"):
    return reverse(f"assessment:{name}", args=[report.uid])


def test_a_requirement_says_since_when_it_is_held(framework, alice, alice_client):
    with time_machine.travel("2025-09-01T12:00:00Z", tick=False):
        make_assessment(owner=alice, ratings=RATINGS | {"tooling": 3}, submit=True)
    with time_machine.travel("2025-12-01T12:00:00Z", tick=False):
        make_assessment(owner=alice, ratings=RATINGS, submit=True)
    now = make_assessment(owner=alice, ratings=RATINGS | {"tooling": 3}, submit=True)

    page = page_of(alice_client, now)
    detail = page.partition("Every requirement, by group")[2]

    assert "held since 1 September 2025" in row(page, "Planning")
    assert "held since 2 March 2026" in row(detail, "Tooling")
    assert "1 short" in row(page, "Communication")
    assert "held since" not in row(page, "Communication")


def test_a_mistake_that_was_corrected_breaks_nothing(framework, alice, alice_client):
    with time_machine.travel("2025-09-01T12:00:00Z", tick=False):
        make_assessment(owner=alice, ratings=RATINGS, submit=True)
    with time_machine.travel("2025-12-01T12:00:00Z", tick=False):
        wrong = make_assessment(
            owner=alice, ratings=RATINGS | {"planning": 1}, submit=True
        )
    now = make_assessment(owner=alice, ratings=RATINGS, submit=True)
    Assessment.objects.filter(pk=now.pk).update(corrects=wrong)

    assert "held since 1 September 2025" in row(page_of(alice_client, now), "Planning")
    assert "1 short" not in row(page_of(alice_client, now), "Planning")
    assert "2 short" in row(page_of(alice_client, wrong), "Planning")


def test_a_correction_is_read_in_its_place(framework, alice, alice_client):
    with time_machine.travel("2025-09-01T12:00:00Z", tick=False):
        wrong = make_assessment(
            owner=alice, ratings=RATINGS | {"planning": 1}, submit=True
        )
    with time_machine.travel("2025-12-01T12:00:00Z", tick=False):
        later = make_assessment(owner=alice, ratings=RATINGS, submit=True)
    right = make_assessment(owner=alice, ratings=RATINGS, corrects=wrong, submit=True)

    for each in (later, right):
        page = page_of(alice_client, each)
        assert "held since 1 September 2025" in row(page, "Planning")
    assert "Self-assessment of 1 September 2025 against" in page
    assert "held since" not in row(page_of(alice_client, wrong), "Planning")


def test_a_case_looks_back_and_not_ahead(framework, alice, alice_client):
    with time_machine.travel("2025-09-01T12:00:00Z", tick=False):
        then = make_assessment(owner=alice, ratings=RATINGS, submit=True)
    make_assessment(owner=alice, ratings=RATINGS | {"planning": 1}, submit=True)

    assert "held since 1 September 2025" in row(page_of(alice_client, then), "Planning")


def test_what_is_asked_for_and_agreed_stays_with_the_plan(report, alice, alice_client):
    said = {
        "asks": "One review.\nYour view.",
        "agreed": "From May on.",
        "agreed_until": "2026-06-30",
    }

    sent = alice_client.post(address(report), said)
    page = page_of(alice_client, report)

    assert (sent.status_code, sent.url) == (302, address(report))
    assert '<p dir="auto">One review.<br>Your view.</p>' in page
    assert "From May on. Until 30 June 2026." in page
    assert list(alice.plans.values_list("target_key", "asks", "agreed_until")) == [
        ("tpm", "One review.\nYour view.", date(2026, 6, 30))
    ]


def test_a_plan_keeps_its_hours_when_the_case_is_written(report, alice, alice_client):
    make_plan(alice, ("tooling", 3), hours_a_week=6)

    alice_client.post(address(report), {"asks": "One review."})

    assert list(alice.plans.values_list("hours_a_week", "asks")) == [(6, "One review.")]


def test_what_is_too_long_stays_in_the_form(report, alice, alice_client):
    answer = alice_client.post(address(report), {"asks": "x" * 401, "agreed": "So."})

    assert answer.status_code == 422
    assert "Shorten this to 400 characters." in answer.content.decode()
    assert "x" * 401 in answer.content.decode()
    assert not alice.plans.exists()


def test_a_guest_is_asked_to_sign_up_to_keep_what_is_written(framework):
    guest, client = make_guest()
    report = make_assessment(guest=guest, ratings=RATINGS, submit=True)

    answer = client.post(address(report), {"asks": "One review."})

    assert (
        answer.url
        == f"{reverse('account_signup')}?next={quote(address(report), safe='')}"
    )
    assert "Create an account" in page_of(client, report)


# Files and links
# ------------------------------------------------------------------------------------


def test_the_document_holds_what_the_page_says(report, alice, alice_client):
    make_entry(make_plan(alice, ("communication", 3)).items.get(), text="A talk.")
    alice_client.post(address(report), {"asks": "One review.\nYour view."})

    answer = alice_client.get(address(report, "case_docx"))
    document = Document(io.BytesIO(answer.content))

    assert answer["Content-Disposition"] == (
        'attachment; filename="case-tpm-2026-03-02.docx"'
    )
    said = [each.text for each in document.paragraphs]
    assert said[0] == "From Junior TPM to TPM"
    assert said[said.index("What I ask for") + 1] == "One review.\nYour view."
    first, second = (
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in document.tables
    )
    assert first[0] == [
        "Requirement",
        "My statement",
        "Evidence, with dates",
        "Your view",
    ]
    assert first[1] == [
        "Planning\nrequired: 3 Independent\nheld since 2 March 2026",
        "3 Independent. I show planning at level 3.",
        "Moved the archive. https://example.org/a 2 March 2026",
        "☐ agree\n☐ see it as ____",
    ]
    assert second[1][2] == "A talk. 2 March 2026"
    assert "Keep it" not in said


def test_signs_that_no_document_holds_are_left_out_of_it(report, alice, alice_client):
    item = make_plan(alice, ("communication", 3)).items.get()
    make_entry(item, text="A \x02talk\uffff.")
    alice_client.post(address(report), {"asks": "One\x1f review\ufffe."})

    answer = alice_client.get(address(report, "case_docx"))
    document = Document(io.BytesIO(answer.content))

    said = [each.text for each in document.paragraphs]
    assert said[said.index("What I ask for") + 1] == "One review."
    assert document.tables[1].rows[1].cells[2].text == "A talk. 2 March 2026"


def test_what_is_agreed_is_agreed_until_a_day_not_too_far(report, alice, alice_client):
    answer = alice_client.post(
        address(report), {"agreed": "So.", "agreed_until": "9999-12-31"}
    )

    assert answer.status_code == 422
    assert "Choose a day within the next ten years." in answer.content.decode()
    assert 'value="9999-12-31"' in answer.content.decode()
    assert not alice.plans.exists()


@pytest.mark.slow
def test_the_pdf_is_made_once_and_goes_when_a_line_is_deleted(
    report, alice, alice_client
):
    entry = make_entry(make_plan(alice, ("communication", 3)).items.get())
    first = alice_client.get(address(report, "case_pdf"))
    kept = ReportPdf.objects.get()
    again = alice_client.get(address(report, "case_pdf"))

    assert first.content == again.content
    assert "Found two shared risks." in " ".join(
        page.get_textpage().get_text_range() for page in PdfDocument(first.content)
    )
    assert ReportPdf.objects.get().pk == kept.pk
    assert kept.what == "case"

    plans.delete_entry(entry=entry)

    assert not ReportPdf.objects.exists()


@pytest.mark.parametrize("is_meanwhile", [False, True])
def test_a_pdf_that_shows_what_was_deleted_while_it_was_made_is_not_kept(
    is_meanwhile, report, alice, alice_client, monkeypatch
):
    """It is given to who asked before; the next one asks for another."""
    entry = make_entry(make_plan(alice, ("communication", 3)).items.get())
    script = "import sys; print('%PDF-' + sys.stdin.read())"
    monkeypatch.setattr(pdf_file, "COMMAND", [sys.executable, "-c", script])

    def delete(*_):
        plans.delete_entry(entry=entry)
        return True

    if is_meanwhile:
        monkeypatch.setattr(guests, "may_make_pdf", delete)  # asked once it is written
    else:
        delete()
    first = alice_client.get(address(report, "case_pdf")).content.decode()

    assert (entry.text in first) == is_meanwhile
    assert ReportPdf.objects.count() == (not is_meanwhile)


@pytest.mark.parametrize("name", ["report_pdf", "case_pdf"])
def test_a_page_on_paper_leaves_its_sheets_to_the_pdf(
    name, report, alice_client, monkeypatch
):
    script = "import sys; print('%PDF-' + sys.stdin.read())"
    monkeypatch.setattr(pdf_file, "COMMAND", [sys.executable, "-c", script])

    page = alice_client.get(address(report, name)).content.decode()

    assert "<title>" in page
    assert "stylesheet" not in page


def test_the_pdfs_of_a_report_and_of_its_case_are_kept_beside_each_other(
    report, alice_client, quick_pdf
):
    kept = []
    for name in ("report_pdf", "case_pdf", "report_pdf"):
        alice_client.get(address(report, name))
        kept.append(dict(ReportPdf.objects.values_list("what", "pk")))

    assert [set(each) for each in kept] == [
        {"report"},
        {"report", "case"},
        {"report", "case"},
    ]
    assert kept[0]["report"] == kept[2]["report"]


CHANGES = {
    "what is asked for": lambda plan, item, entry: plans.start_plan(
        owner=plan.owner, spec=small_spec(), level=small_spec().levels[1], asks=""
    ),
    "another step": lambda plan, item, entry: plans.add_steps(
        plan=plan, steps=plans.steps_of(small_spec(), [("planning", 4, 3)], held=())
    ),
    "another target": lambda plan, item, entry: plans.retarget_plan(
        plan=plan, spec=small_spec(), level=small_spec().levels[2]
    ),
    "no plan": lambda plan, item, entry: plans.delete_plan(plan=plan),
    "own words": lambda plan, item, entry: plans.change_item(
        item=item, title="Something else"
    ),
    "waiting": lambda plan, item, entry: plans.let_wait(item=item),
    "focus": lambda plan, item, entry: plans.put_in_focus(item=item),
    "done": lambda plan, item, entry: plans.tick(item=item),
    "let go": lambda plan, item, entry: plans.drop(item=item),
    "order": lambda plan, item, entry: plans.shift(item=item, by=1),
    "a new line": lambda plan, item, entry: make_entry(item),
    "a changed line": lambda plan, item, entry: plans.change_entry(
        entry=entry, text="Something else"
    ),
    "no line": lambda plan, item, entry: plans.delete_entry(entry=entry),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_plan_or_journal_forgets_the_pdfs_of_cases_alone(
    report, alice, bob, change
):
    plan = make_plan(alice, ("communication", 3), ("tooling", 3))
    item = plan.items.first()
    entry = make_entry(item)
    of_bob = make_assessment(owner=bob, ratings=RATINGS, submit=True)
    for whose, what in ((report, "report"), (report, "case"), (of_bob, "case")):
        keep_pdf(
            assessment=whose,
            what=what,
            digest="d",
            is_unchanged=lambda: True,
            content=b"%PDF-",
        )

    CHANGES[change](plan, item, entry)

    assert set(ReportPdf.objects.values_list("assessment", "what")) == {
        (report.pk, "report"),
        (of_bob.pk, "case"),
    }


def test_a_link_to_the_case_shows_it_with_notes_only_if_wished(
    report, alice, alice_client, client
):
    make_entry(make_plan(alice, ("communication", 3)).items.get(), text="A talk.")
    alice_client.post(address(report), {"asks": "One review."})
    pages = []
    for with_notes in (False, True):
        _, token = make_share_link(
            report, shows_case=True, includes_notes=with_notes, shown_name="Al"
        )
        opened = client.get(reverse("assessment:open_share", args=[token]), follow=True)
        pages.append(opened.content.decode())
    said = ["One review.", "Al", "A talk.", "Moved the archive.", "Keep it", "DOCX"]

    assert [each in pages[0] for each in said] == [True, True, *[False] * 4]
    assert [each in pages[1] for each in said] == [*[True] * 4, False, False]


def test_a_line_of_the_journal_counts_as_written_down_where_it_is_not_shared(
    report, alice, client
):
    make_entry(make_plan(alice, ("communication", 3)).items.get(), text="A talk.")
    _, token = make_share_link(report, shows_case=True)

    opened = client.get(reverse("assessment:open_share", args=[token]), follow=True)
    page = " ".join(opened.content.decode().split())

    assert "written down, not shared" in row(page, "Communication")
    assert "no evidence written down" in row(page, "Leadership")
    assert "A talk." not in page


def test_a_link_to_the_case_ends_as_every_link_does(report, client):
    link, token = make_share_link(report, shows_case=True)
    client.get(reverse("assessment:open_share", args=[token]))
    revoke_share_link(link=link)

    assert client.get(link.get_absolute_url()).status_code == 404


def test_the_owner_chooses_the_case_when_sharing(report, alice_client):
    page = alice_client.get(address(report, "share") + "?case").content.decode()
    alice_client.post(
        address(report, "share"), {"label": "Bo", "days": 7, "shows_case": "on"}
    )

    assert 'name="shows_case"' in page
    assert re.search(r'name="shows_case"[^>]* checked', page)
    assert report.share_links.get().shows_case


# One page for a talk
# ------------------------------------------------------------------------------------


def summary_of(client, report, query=""):
    page = client.get(address(report, "summary") + query).content.decode()
    return " ".join(page.split())


def test_the_page_for_a_talk_shows_focus_asks_and_what_was_agreed(
    report, alice, alice_client
):
    plan = make_plan(
        alice, ("communication", 3, "Give a talk"), ("tooling", 3, "Tidy the board")
    )
    plans.change_item(item=plan.items.first(), due=date(2026, 5, 1))
    plans.let_wait(item=plan.items.get(skill_key="tooling"))
    said = {"asks": "One review.", "agreed": "From May.", "agreed_until": "2026-06-30"}
    alice_client.post(address(report), said)

    page = summary_of(alice_client, report)

    assert "Communication, to 3 Independent</h3>" in page
    assert "Give a talk, by 1 May 2026" in page
    assert "Tidy the board" not in page
    assert '<p class="section__body" dir="auto">One review.</p>' in page
    assert "From May. Until 30 June 2026." in page


def test_without_a_plan_the_page_for_a_talk_names_the_gaps(report, alice_client):
    page = summary_of(alice_client, report)

    assert "What I want to work on" in page
    assert "What I ask for" not in page


def test_a_name_stands_there_only_if_wanted(report, alice, alice_client):
    save_profile(person=alice, name="Alice A.")

    found = [
        "Alice A." in summary_of(alice_client, report, query) for query in ("", "?name")
    ]

    assert found == [False, True]
