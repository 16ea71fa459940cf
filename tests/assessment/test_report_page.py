"""What the report says in each state, against the shipped framework."""

import html
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from assessment.answers import Answer, measure
from assessment.report import Report
from tests.factories import (
    SKILLS,
    changed_skill,
    make_assessment,
    make_framework,
    make_shipped_framework,
    shipped_spec,
    small_spec,
)
from tests.reading import links, section

pytestmark = pytest.mark.django_db

NOTE = Answer(value=3, note="The move of the archive.", url="https://example.org/x")


def text_of(response):
    """The words of a page, without its head, in one line."""
    body = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def asked(target):
    level = shipped_spec().levels_by_key[target]
    return {item.skill: item.required for item in level.requirements}


def report_of(client, owner, target, ratings):
    assessment = make_assessment(
        owner=owner,
        framework=make_shipped_framework(),
        target=target,
        ratings=ratings,
        submit=True,
    )
    return text_of(client.get(reverse("assessment:report", args=[assessment.uid])))


def short_of(target, *keys, by=1):
    required = asked(target)
    return {
        key: max(0, value - by) if key in keys else value
        for key, value in required.items()
    }


SKILLS_OF_SHIPPED = tuple(skill.key for skill in shipped_spec().skills)
STATES = {
    "all met": (
        "senior-tpm",
        lambda: asked("senior-tpm"),
        "100 Ready to make the case of 100 for Senior TPM "
        "By your own rating you meet everything that Senior TPM asks for.",
    ),
    "one must-have level": (
        "senior-tpm",
        lambda: short_of("senior-tpm", "risk-management"),
        "88 Nearly there of 100 for Senior TPM "
        "Most of Senior TPM is in place. One must-have level is missing.",
    ),
    "ready with a gap": (
        "senior-tpm",
        lambda: short_of("senior-tpm", "databases"),
        "98 Ready to make the case of 100 for Senior TPM "
        "By your own rating you are ready to make the case for Senior TPM.",
    ),
    "half": (
        "senior-tpm",
        lambda: short_of(
            "senior-tpm", "risk-management", "stakeholder-management", by=2
        ),
        "61 On the way of 100 for Senior TPM You have a part of what Senior TPM asks for. "
        "4 must-have levels are missing.",
    ),
    "some way off": (
        "senior-tpm",
        lambda: {key: max(0, value - 2) for key, value in asked("tpm").items()},
        "Senior TPM is far off, which is fine for looking around.",
    ),
    "nothing": (
        "tpm",
        lambda: dict.fromkeys(asked("tpm"), 0),
        "0 Exploring of 100 for TPM Nothing that TPM asks for is rated above “Not yet”; "
        "the first steps stand below.",
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_the_verdict_of_each_state_in_at_most_twenty_words(alice, alice_client, state):
    target, ratings, said = STATES[state]
    assessment = make_assessment(
        owner=alice,
        framework=make_shipped_framework(),
        target=target,
        ratings=ratings(),
        submit=True,
    )

    page = alice_client.get(reverse("assessment:report", args=[assessment.uid]))

    assert said in text_of(page)
    sentence = re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.DOTALL)
    assert 1 <= len(sentence[1].split()) <= 20


@pytest.mark.parametrize(
    ("open_skill", "act"),
    [("databases", "Make your case"), ("risk-management", "Plan the first step")],
)
def test_who_is_ready_makes_the_case_and_who_is_not_plans(
    alice, alice_client, open_skill, act
):
    text = report_of(
        alice_client, alice, "senior-tpm", short_of("senior-tpm", open_skill)
    )

    acts = {"Make your case", "Plan the first step"}
    assert [each for each in acts if each in text] == [act]


def test_one_gap_has_one_number(alice, alice_client):
    """88.4 printed, 100.0 once it is closed: 11.6 in both places."""
    ratings = short_of("senior-tpm", "risk-management")

    text = report_of(alice_client, alice, "senior-tpm", ratings)

    assert "The gap that is left One requirement is open." in text
    assert "Risk management must-have +11.6 points for closing it" in text
    assert "3 of 4, 1 short must-have – none +11.6 " in text


def test_gaps_that_multiply_have_one_number_each(alice, alice_client):
    """What a gap loses of the points to 100 is more than what closing it alone brings."""
    level = shipped_spec().levels_by_key["senior-tpm"]
    keys = [item.skill for item in level.must_haves][:2]
    ratings = short_of("senior-tpm", *keys)

    text = report_of(alice_client, alice, "senior-tpm", ratings)

    printed = re.findall(r"\+(\d+\.\d) points for closing it", text)
    in_table = re.findall(r"1 short must-have – none \+(\d+\.\d) ", text)
    assert len(printed) == len(in_table) == 2
    assert sorted(printed) == sorted(in_table)
    assert " lost" not in text


def test_left_out_skills_are_named_and_the_verdict_is_about_the_rest(
    alice, alice_client
):
    left_out = Answer(not_applicable=True, reason="We have no cloud.")
    ratings = asked("senior-tpm") | {"cloud-foundations": left_out}

    text = report_of(alice_client, alice, "senior-tpm", ratings)

    assert "everything that Senior TPM asks for and that you rated." in text
    assert "One skill is left out: Cloud platform foundations." in text
    assert "Left out: Cloud platform foundations, because “We have no cloud.”" in text


def test_a_provisional_number_says_what_is_open_and_where_it_can_end(
    alice, alice_client
):
    ratings = asked("senior-tpm")
    del ratings["databases"]

    text = report_of(alice_client, alice, "senior-tpm", ratings)

    assert "Ready to make the case, provisional of 100 for Senior TPM" in text
    assert "One skill is not answered: Database fundamentals." in text
    assert "Answer one more" in text
    assert "Kept back until all is answered −1.0" in text


def test_a_specialization_says_what_is_not_rated(alice, alice_client):
    text = report_of(
        alice_client, alice, "quantum-applications", asked("quantum-applications")
    )

    assert (
        "General skills for Quantum computing applications. The topics of the field are "
        "not rated." in text
    )


def test_answers_without_evidence_are_a_first_guess(alice, alice_client):
    ratings = dict.fromkeys(asked("junior-tpm"), 5)

    text = report_of(alice_client, alice, "junior-tpm", ratings)

    assert "Evidence stands beside 0 of 20 answers. Every answer is 5 Shaping" in text
    assert "Check your answers" in text


def test_one_answer_with_evidence_is_no_first_guess(alice, alice_client):
    ratings = dict.fromkeys(asked("junior-tpm"), 5) | {
        "databases": Answer(value=5, note="The migration.")
    }

    text = report_of(alice_client, alice, "junior-tpm", ratings)

    assert "first guess" not in text
    assert "Evidence stands beside 1 of 20 answers" in text


def test_one_step_short_everywhere_is_said_so(alice, alice_client):
    ratings = {key: value - 1 for key, value in asked("tpm").items()}

    text = report_of(alice_client, alice, "tpm", ratings)

    assert "Each of the 20 requirements is one level away." in text
    assert "None of the 20" not in text


def test_a_target_far_above_shows_the_gaps_of_the_nearest_rung(alice, alice_client):
    text = report_of(alice_client, alice, "vp-tpm", asked("junior-tpm"))

    assert "VP lies far above where you stand. TPM is the nearest rung" in text
    assert "First, towards TPM" in text


def test_a_must_have_of_a_lower_rung_says_since_which(alice, alice_client):
    text = report_of(alice_client, alice, "senior-tpm", asked("senior-tpm"))

    assert "Project management tools must-have since Junior TPM" in text
    assert "8 of 8 must-haves met" in text


def test_one_must_have_alone_is_counted_as_several_are(alice, alice_client):
    small = small_spec()
    levels = tuple(
        level.replaced(
            requirements=tuple(
                item.replaced(must_have=item.skill == "planning")
                for item in level.requirements
            )
        )
        for level in small.levels
    )
    framework = make_framework(levels=levels)
    done = make_assessment(owner=alice, framework=framework, submit=True)

    report, case = (
        text_of(alice_client.get(reverse(f"assessment:{name}", args=[done.uid])))
        for name in ("report", "case")
    )

    assert re.search(r"[01] of 1 must-have met", report)
    assert re.search(r"[01] of 1 must-have is met\.", case)


def test_an_open_carried_must_have_is_among_the_first_gaps(alice, alice_client):
    ratings = short_of("senior-tpm", "pm-tooling", by=2)

    text = report_of(alice_client, alice, "senior-tpm", ratings)

    assert "7 of 8 must-haves met" in text
    assert "Short: Project management tools." in text


def test_a_must_have_that_is_there_does_not_look_open(alice, alice_client):
    ratings = short_of("senior-tpm", "pm-tooling")

    text = report_of(alice_client, alice, "senior-tpm", ratings)

    assert "8 of 8 must-haves met" in text
    assert "Project management tools must-have since Junior TPM: met" in text
    assert "1 short must-have: met" in text


def test_a_number_and_its_per_cent_stay_in_one_line(alice, alice_client):
    done = make_assessment(
        owner=alice, framework=make_shipped_framework(), submit=True, target="tpm"
    )

    page = alice_client.get(reverse("assessment:report", args=[done.uid]))

    assert "\N{NO-BREAK SPACE}% covered" in page.content.decode()
    assert " % " not in page.content.decode()


RANGE = "If you rated again, the number would lie between"
SELF_RATING = "it is not a promotion decision"


@pytest.mark.parametrize(
    ("ratings", "count"),
    [(asked("senior-tpm"), 1), (short_of("senior-tpm", *SKILLS_OF_SHIPPED), 0)],
)
def test_the_number_and_ready_are_explained_where_they_are_read(
    alice, alice_client, ratings, count
):
    text = report_of(alice_client, alice, "senior-tpm", ratings)
    first, _, rest = text.partition("Every skill")

    assert (first.count(RANGE), rest.count(RANGE)) == (1, 0)
    assert (first.count(SELF_RATING), rest.count(SELF_RATING)) == (count, 0)


@pytest.mark.parametrize(
    ("show", "there", "not_there"),
    [
        ("open", "Risk management", "Version control literacy"),
        ("must-haves", "Risk management", "Database fundamentals"),
        ("without-evidence", "Database fundamentals", "Agile methods and ceremonies"),
        ("nonsense", "Database fundamentals", "No skill of this kind"),
    ],
)
def test_the_table_can_be_narrowed_by_an_address(
    alice, alice_client, show, there, not_there
):
    ratings = short_of("senior-tpm", "risk-management") | {
        "agile-delivery": Answer(value=4, note="A note.")
    }
    assessment = make_assessment(
        owner=alice,
        framework=make_shipped_framework(),
        target="senior-tpm",
        ratings=ratings,
        submit=True,
    )
    address = reverse("assessment:report", args=[assessment.uid])

    page = alice_client.get(address, {"show": show}).content.decode()

    table = page.split('class="table skills"', 1)[1].split("</table>")[0]
    assert there in table
    assert not_there not in table


def test_a_report_takes_five_queries_at_most(
    alice, alice_client, django_assert_max_num_queries
):
    assessment = make_assessment(
        owner=alice,
        framework=make_shipped_framework(),
        target="senior-tpm",
        ratings=asked("senior-tpm"),
        submit=True,
    )
    address = reverse("assessment:report", args=[assessment.uid])
    alice_client.get(address)

    with django_assert_max_num_queries(5):
        alice_client.get(address)


def test_notes_stand_in_the_report_and_only_safe_links_are_links(alice, alice_client):
    ratings = asked("senior-tpm") | {"agile-delivery": NOTE}

    text = report_of(alice_client, alice, "senior-tpm", ratings)

    assert "One answer has a note or a link" in text
    assert "Agile methods and ceremonies. The move of the archive." in text


def gap_card(client, owner, **changes):
    """The first gap of a small report, as text and as response; planning at 0 of 2."""
    planning = small_spec().skills_by_key["planning"]
    actions = tuple(
        action.replaced(**changes.get(action.key, {})) for action in planning.actions
    )
    another = planning.actions[0].replaced(
        key="planning-0-1-talk",
        title="Ask a planner",
        head="with-people",
        first_piece="Ask a planner this week.",
        description="Then ask another one.",
        hours=3,
        certifications=(),
    )
    make_framework(skills=changed_skill("planning", actions=(*actions, another)))
    ratings = dict.fromkeys(SKILLS, 5) | {"planning": 0}
    assessment = make_assessment(owner=owner, ratings=ratings, submit=True)
    return client.get(reverse("assessment:report", args=[assessment.uid]))


def test_a_gap_shows_the_first_small_piece_and_folds_the_other_heads(
    alice, alice_client
):
    first = {"head": "learn", "first_piece": "Read a page this week.", "hours": None}

    response = gap_card(alice_client, alice, **{"planning-0-1": first})

    shown, _, folded = section(response, "gaps").partition("2 ways to take this step ")
    assert shown.endswith("First small piece Read a page this week. ")
    assert folded == (
        "Learn Practise planning towards 1. Use planning in one real piece of work. "
        "A certification fits "
        "With people Ask a planner. Ask a planner this week. Then ask another one. "
        "About 3 hours, a rough guide."
    )
    assert links(response)["A certification fits"] == "/certifications/?skill=planning"


def test_an_action_without_a_first_piece_is_said_once(alice, alice_client):
    response = gap_card(alice_client, alice)

    card = section(response, "gaps")
    assert card.count("Use planning in one real piece of work.") == 1
    assert "First small piece Use planning in one real piece of work." in card


def test_line_breaks_of_a_statement_are_kept(alice_client, alice, db):
    skills = tuple(
        skill.replaced(
            levels=tuple(
                level.replaced(statement=f"At {level.value} <i>:\n- here\n- there")
                for level in skill.levels
            )
        )
        for skill in small_spec().skills
    )
    make_framework(skills=skills)
    values = {"planning": 2, "tooling": 3, "testing": 2}
    values |= {"communication": 3, "leadership": 2}
    report = make_assessment(owner=alice, ratings=values, submit=True)
    draft = make_assessment(owner=alice, ratings={"planning": 3})

    def broken(path):
        return alice_client.get(path).content.decode().count("&lt;i&gt;:<br>- here<br>")

    assert broken("/skills/planning/") == 5
    assert broken("/ladder/tpm/") == 5
    assert broken(f"/assess/{draft.uid}/rate/delivery/") == 3 * 5
    assert broken(f"/assess/{draft.uid}/review/") == 1
    assert broken(report.get_absolute_url()) > 1
    assert broken(f"/case/{report.uid}/") >= 5


def without(*keys):
    """Every skill at level 4, but these, which are not relevant."""
    left_out = Answer(not_applicable=True, reason="Others do it.")
    return {key: left_out if key in keys else 4 for key in SKILLS_OF_SHIPPED}


def test_the_ladder_says_why_a_rung_has_no_number_and_leads_to_the_answer(
    alice, alice_client
):
    done = make_assessment(
        owner=alice,
        framework=make_shipped_framework(),
        target="junior-tpm",
        ratings=without("risk-management"),
        submit=True,
    )

    page = alice_client.get(reverse("assessment:report", args=[done.uid]))

    content = page.content.decode()
    said = text_of(page)
    assert "Not measured: TPM, Senior TPM, Lead TPM" in said
    assert "There Risk management is a must-have, and needs a level." in said
    assert 'form="correct"' in content.split('id="ladder"')[1].split("</section>")[0]


def test_a_ladder_that_is_measured_gives_no_reason(alice, alice_client):
    said = report_of(alice_client, alice, "junior-tpm", without())

    assert "Not measured" not in said


def test_rungs_of_which_too_little_is_answered_say_that():
    digits = dict(zip(SKILLS, (3, 3, None, 3, None), strict=True))
    answers = {key: Answer(value=value) for key, value in digits.items() if value}
    spec = small_spec()
    level = spec.levels_by_key["junior-tpm"]
    report = Report(spec, level, answers, measure(spec, level, answers))

    said = render_to_string("assessment/_without_number.html", {"report": report})

    assert " ".join(said.split()) == (
        "Not measured: TPM and Senior TPM. Too little that counts there has a level."
    )


def test_the_review_says_which_rungs_an_answer_left_out_costs(alice, alice_client):
    draft = make_assessment(
        owner=alice,
        framework=make_shipped_framework(),
        target="junior-tpm",
        ratings=without("risk-management"),
    )

    said = text_of(alice_client.get(reverse("assessment:review", args=[draft.uid])))

    assert "There Risk management is a must-have, and needs a level." in said
