"""What the framework's pages show, from specs alone."""

from dataclasses import replace

import pytest

from careers import pages
from careers.pages import words
from careers.pages.parts import Fact
from careers.shape import CareerLevel, Requirement
from careers.words import counted
from tests.factories import changed_skill, small_spec


def level_of(spec, key, **changes):
    """The small framework with one level changed, and that level."""
    levels = tuple(
        replace(each, **changes) if each.key == key else each for each in spec.levels
    )
    spec = replace(spec, levels=levels)
    return spec, spec.levels_by_key[key]


# Words
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0, 2, "0 to 2 years"),
        (15, None, "15+ years"),
        (None, 3, "up to 3 years"),
        (None, None, ""),
    ],
)
def test_years_are_said_as_a_span(low, high, text):
    level = CareerLevel(
        "a", "ladder", 1, "A", "A", "A level.", years_min=low, years_max=high
    )

    assert words.years(level) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [(140_000, "USD", "USD 140,000"), (75_000, "EUR", "EUR 75,000"), (None, "USD", "")],
)
def test_money_is_said_with_its_currency(amount, currency, text):
    assert words.money(amount, currency) == text


def test_small_numbers_are_words():
    said = [counted(n, "rung", "rungs") for n in (0, 1, 12, 13)]

    assert said == ["no rungs", "one rung", "twelve rungs", "13 rungs"]


# The ladder
# --------------------------------------------------------------------------------------


def test_ladder_draws_the_average_requirement_of_both_kinds():
    page = pages.ladder_page(small_spec())

    rows = [(row.title, row.people, row.technical) for row in page.ladder.averages]
    assert rows == [
        ("Junior TPM", "1.0", "1.7"),
        ("TPM", "2.5", "2.7"),
        ("Senior TPM", "4.0", "3.3"),
    ]
    assert [rung.people.text for rung in page.ladder.picture.rungs] == [
        "1.0",
        "2.5",
        "4.0",
    ]
    assert page.ladder.people == "2 people and judgment skills"
    assert page.ladder.technical == "3 technical skills"


def test_ladder_says_what_rises_in_figures():
    page = pages.ladder_page(small_spec())

    assert page.title == "Three rungs, and what each one asks"
    assert page.lede == (
        "From Junior TPM to Senior TPM, people and judgment skills rise from 1.0 to 4.0 "
        "on a scale of 0 to 5. Technical skills rise from 1.7 to 3.3."
    )


def test_ladder_lists_each_rung_with_its_facts():
    spec, _ = level_of(small_spec(), "tpm", scope="one project", autonomy="alone")

    entry = pages.ladder_page(spec).rungs[1]

    assert (entry.title, entry.url) == ("TPM", "/ladder/tpm/")
    assert entry.facts == (
        Fact("Experience", "2 to 4 years"),
        Fact("Scope", "One project"),
        Fact("Autonomy", "Alone"),
        Fact("Median pay", "USD 100,000"),
    )


def test_ladder_says_autonomy_and_pay_below_its_picture():
    spec, level = level_of(small_spec(), "tpm", autonomy="alone")

    rungs = pages.ladder_page(spec).ladder.rungs

    assert rungs[1].facts == ("alone", "median pay USD 100,000")
    assert rungs[0].facts == ("median pay USD 80,000",)
    assert pages.ladder_view(spec, current=level).rungs[1].facts == ()


def test_pay_is_called_the_guides_own_where_it_is_shown():
    spec = small_spec()
    without = tuple(replace(level, pay_median=None) for level in spec.levels)

    assert "the guide's own figure" in pages.ladder_page(spec).pay_note
    assert pages.ladder_page(replace(spec, levels=without)).pay_note == ""


def test_specializations_and_related_careers_lead_to_their_level():
    page = pages.ladder_page(small_spec())

    others = [
        (entry.title, entry.url) for entry in (*page.specializations, *page.related)
    ]
    assert others == [
        ("Cloud", "/specializations/cloud/"),
        ("Coordinator", "/related/coordinator/"),
    ]


def test_another_framework_keeps_its_own_addresses():
    page = pages.ladder_page(small_spec(key="other"))

    assert page.rungs[0].url == "/frameworks/other/ladder/junior-tpm/"


# One level
# --------------------------------------------------------------------------------------


def test_requirement_shows_what_is_new_since_the_level_below():
    spec = small_spec()

    row = pages.level_page(spec, spec.levels_by_key["tpm"]).groups[0].rows[0]

    assert (row.name, row.level, row.before) == (
        "Planning",
        "3 Independent",
        "was 2 at Junior TPM",
    )
    assert row.statement == "I show planning at level 3."
    assert row.must_have
    assert [pip.state for pip in row.pips] == ["on", "on", "new", "off", "off"]


def test_requirement_that_stays_has_no_new_step():
    spec = small_spec()

    row = pages.level_page(spec, spec.levels_by_key["senior-tpm"]).groups[0].rows[1]

    assert (row.name, row.before) == ("Tooling", "")
    assert [pip.state for pip in row.pips] == ["on", "on", "on", "off", "off"]


def test_what_is_not_asked_for_is_left_out():
    spec = small_spec()

    page = pages.level_page(spec, spec.levels_by_key["junior-tpm"])

    people = next(group for group in page.groups if group.key == "people")
    assert [row.name for row in people.rows] == ["Communication"]
    assert "Leadership" not in [row.name for row in page.basis]


def test_a_group_that_is_not_asked_for_is_left_out():
    spec = small_spec()
    asked = spec.levels_by_key["junior-tpm"].requirements
    none = tuple(
        Requirement(each.skill, 0, 1)
        if each.skill in ("communication", "leadership")
        else each
        for each in asked
    )
    spec, level = level_of(spec, "junior-tpm", requirements=none)

    assert [group.key for group in pages.level_page(spec, level).groups] == ["delivery"]


def changes_of(spec, key):
    page = pages.level_page(spec, spec.levels_by_key[key])
    return [(each.text, [s.title for s in each.skills]) for each in page.changes]


def test_changes_stand_in_lines_by_step():
    assert changes_of(small_spec(), "tpm") == [
        ("From 0 Not yet to 2 Guided", ["Leadership"]),
        ("From 1 Aware to 2 Guided", ["Testing"]),
        ("From 2 Guided to 3 Independent", ["Planning", "Tooling", "Communication"]),
    ]


def test_what_falls_or_becomes_a_must_have_is_said():
    spec, _ = level_of(
        small_spec(),
        "senior-tpm",
        requirements=(
            Requirement("planning", 0, 5),
            Requirement("tooling", 3, 3, must_have=True),
            Requirement("testing", 2, 3),
            Requirement("communication", 3, 4),
            Requirement("leadership", 2, 2),
        ),
    )

    page = pages.level_page(spec, spec.levels_by_key["senior-tpm"])

    assert changes_of(spec, "senior-tpm") == [
        ("Less: from 3 Independent to 0 Not yet", ["Planning"]),
        ("Now a must-have", ["Tooling"]),
        ("No longer a must-have", ["Planning"]),
    ]
    assert (
        page.changes_note == "No skills rise, one falls. The others stay as they are."
    )


def test_a_must_have_of_a_lower_rung_stays_one_and_says_since_when():
    spec, _ = level_of(
        small_spec(),
        "tpm",
        requirements=(
            Requirement("planning", 3, 5),
            Requirement("tooling", 3, 3, must_have=True),
            Requirement("testing", 2, 3),
            Requirement("communication", 3, 4, must_have=True),
            Requirement("leadership", 2, 2),
        ),
    )

    tags = {
        key: {
            row.name: row.must_have_since or row.must_have
            for group in pages.level_page(spec, spec.levels_by_key[key]).groups
            for row in group.rows
        }
        for key in ("tpm", "senior-tpm")
    }

    assert tags == {
        "tpm": {
            "Planning": "Junior TPM",
            "Tooling": True,
            "Testing": False,
            "Communication": True,
            "Leadership": False,
        },
        "senior-tpm": {
            "Planning": True,
            "Tooling": "TPM",
            "Testing": False,
            "Communication": True,
            "Leadership": False,
        },
    }
    tpm = spec.levels_by_key["tpm"]
    assert Fact("must-haves", "3") in pages.level_page(spec, tpm).figures
    assert [
        row.must_have
        for row in pages.skill_page(spec, spec.skills_by_key["planning"]).rungs
    ] == [
        True,
        True,
        True,
    ]
    # Planning is a must-have of all three: it neither ends at TPM nor begins above it.
    assert not [
        text for text, names in changes_of(spec, "senior-tpm") if "must-have" in text
    ]


def test_next_is_the_rung_above_and_what_builds_on_this_one():
    spec = small_spec()

    following = pages.level_page(spec, spec.levels_by_key["tpm"]).next

    assert [entry.title for entry in following] == ["Senior TPM", "Cloud"]
    assert following[0].text.endswith("Four skills rise on the way there.")


def test_the_highest_rung_has_nothing_above():
    spec = small_spec()

    page = pages.level_page(spec, spec.levels_by_key["senior-tpm"])

    assert page.kicker == "Rung 3 of 3"
    assert page.next == ()


def test_level_holds_its_questions_certifications_and_grounds():
    spec = small_spec()

    tpm = pages.level_page(spec, spec.levels_by_key["tpm"])
    junior = pages.level_page(spec, spec.levels_by_key["junior-tpm"])

    assert tpm.questions[0].question == "Tell me of planning."
    assert tpm.questions[0].asked_of.url == "/skills/planning/"
    assert tpm.questions[0].shows == "3 Independent: I show planning at level 3."
    assert junior.questions == ()
    assert [each.helps for each in junior.certifications] == ["Helps with Planning."]
    assert tpm.certifications == ()
    assert (tpm.basis[0].grade, tpm.basis[0].importance) == ("Our own judgment", "5")


# Skills
# --------------------------------------------------------------------------------------


def test_skills_stand_by_group_with_their_description():
    page = pages.skills_page(small_spec())

    assert page.title == "Five skills in two groups"
    assert [(g.name, [s.title for s in g.skills]) for g in page.groups] == [
        ("Delivery", ["Planning", "Tooling", "Testing"]),
        ("People", ["Communication", "Leadership"]),
    ]
    assert page.groups[0].skills[0].text == "Planning of technical work."


def test_statements_begin_with_the_scale_and_carry_hours_and_actions():
    spec = small_spec()

    statements = pages.statements(spec, spec.skills_by_key["planning"])

    assert [each.value for each in statements] == [0, 1, 2, 3, 4, 5]
    assert statements[0].statement == "I stand at 0."
    assert (statements[0].hours, statements[0].actions) == ("", ())
    assert statements[2].statement == "I show planning at level 2."
    assert statements[2].hours == "About 20 hours from 1 to 2"
    assert statements[2].actions[0].title == "Practise planning towards 2"
    assert statements[2].actions[0].note == "Practice at work, about 4 of the hours"


def test_skill_says_which_level_asks_for_what():
    spec = small_spec()

    page = pages.skill_page(spec, spec.skills_by_key["leadership"])

    assert [(row.title, row.asked, row.importance) for row in page.rungs] == [
        ("Junior TPM", "Not asked for", ""),
        ("TPM", "2 Guided", "2 of 5"),
        ("Senior TPM", "4 Leading", "2 of 5"),
    ]
    assert [step.required for step in page.stair.steps] == [0, 2, 4]
    assert [row.title for row in page.others] == ["Cloud", "Coordinator"]


@pytest.mark.parametrize(
    ("key", "note"),
    [
        ("leadership", "It rises up to Senior TPM, which asks for 4."),
        ("tooling", "From TPM on, it stays at 3."),
    ],
)
def test_skill_says_where_the_demand_stops_rising(key, note):
    spec = small_spec()

    assert pages.skill_page(spec, spec.skills_by_key[key]).asked_note == note


def test_prerequisites_are_said_on_both_sides():
    spec = small_spec()

    leadership = pages.skill_page(spec, spec.skills_by_key["leadership"])
    communication = pages.skill_page(spec, spec.skills_by_key["communication"])

    assert [(each.name, each.text) for each in leadership.needs] == [
        ("Communication", "at 2 Guided, before you go for 3 Independent here")
    ]
    assert [(each.name, each.text) for each in communication.opens] == [
        ("Leadership", "at 3 Independent builds on 2 Guided here")
    ]
    assert (leadership.opens, communication.needs) == ((), ())


def test_skill_holds_its_questions_certifications_hours_and_basis():
    spec = small_spec(skills=changed_skill("planning", basis="The guide says so."))

    page = pages.skill_page(spec, spec.skills_by_key["planning"])

    assert page.questions[0].asked_of.url == "/ladder/tpm/"
    assert [(each.name, each.helps) for each in page.certifications] == [
        ("CAPM", "Helps up to 2 Guided.")
    ]
    assert page.certifications[0].entry == "A course."
    assert page.steps_note.startswith("About 205 hours from 0 to 5.")
    assert page.basis == "The guide says so."


# Where it comes from
# --------------------------------------------------------------------------------------


def test_topics_left_out_name_what_covers_them():
    assert pages.topics_left_out(small_spec()) == (
        Fact("Budget", "Covered in Planning. It is planning."),
    )


def test_grounds_count_what_a_source_says_of_that_very_level():
    grades = ("direct", "supported", "guide-general", "inferred", "direct")
    spec = small_spec()
    asked = zip(spec.levels_by_key["tpm"].requirements, grades, strict=True)
    graded = tuple(replace(item, evidence_grade=grade) for item, grade in asked)
    spec, _ = level_of(spec, "tpm", requirements=graded)

    assert pages.grounds(spec) == (
        "For 3 of the 14 required levels on the ladder a published source says that the "
        "skill belongs to that level. Every number is our own judgment."
    )
