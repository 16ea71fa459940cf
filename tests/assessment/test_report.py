"""From answers to what every page and file reads: lists, their order, the ladder."""

import pytest

from assessment.answers import Answer
from assessment.report import FIRST_STRENGTHS, report_context, report_of
from careers.shape import CertificationSupport
from tests.factories import changed_skill, small_spec
from tests.test_any_ladder import spec_in

SKILLS = ("planning", "tooling", "testing", "communication", "leadership")
LEFT_OUT = Answer(not_applicable=True, reason="We buy our tools.")


def report(values, level="tpm", spec=None, **more):
    """The report of the small framework from digits; "-" is not answered.

    TPM asks 3 3 2 3 2 with importance 5 3 3 4 2; planning and communication are must-haves.
    """
    said = {
        key: Answer(value=int(digit))
        for key, digit in zip(SKILLS, values, strict=True)
        if digit != "-"
    }
    spec = spec or small_spec()
    return report_of(spec, spec.levels_by_key[level], said | more)


def keys(lines):
    return [line.key for line in lines]


def with_marks(level, *marked):
    """The small framework in which a level marks these must-haves alone."""
    levels = tuple(
        each.replaced(
            requirements=tuple(
                item.replaced(must_have=item.skill in marked)
                for item in each.requirements
            ),
        )
        if each.key == level
        else each
        for each in small_spec().levels
    )
    return small_spec(levels=levels)


# The skills


@pytest.mark.parametrize(
    ("rating", "up_to", "is_there"),
    [(0, 2, False), (1, 2, True), (1, 3, False), (2, 2, False), (5, 5, False)],
)
def test_a_certificate_is_for_the_step_that_it_leads_to(rating, up_to, is_there):
    support = CertificationSupport(skill="planning", up_to=up_to)
    certificate = small_spec().certifications[0].replaced(supports=(support,))
    made = report(f"{rating}3222", spec=small_spec(certifications=(certificate,)))

    assert (made.by_key["planning"].certifications == [certificate]) is is_there


@pytest.mark.parametrize(
    ("values", "expected"),
    [("33332", (True, False)), ("23332", (False, False)), ("43342", (False, False))],
)
def test_a_must_have_can_be_there_though_more_is_required(values, expected):
    """Senior asks 4 3 3 4 4, and marks nothing itself: planning is carried with 3."""
    made = report(values, "senior-tpm", with_marks("senior-tpm"))

    found = [
        made.by_key[key].is_short_but_not_of_must_have
        for key in ("planning", "tooling")
    ]
    assert tuple(found) == expected


def test_gaps_stand_by_what_closing_each_brings():
    """(5/3 + 3 + 3 + 8/3 + 2) / 17 · 0.9³ = 52.8; planning closed 82.9, testing no gap."""
    made = report("13222")

    assert made.result.readiness_tenths == 528
    assert [
        (line.key, line.gap.gain_step_tenths, line.gap.gain_close_tenths, line.short)
        for line in made.gaps
    ] == [("planning", 139, 301, 2), ("communication", 123, 123, 1)]
    assert keys(made.first_gaps) == ["planning", "communication"]


def test_at_most_three_gaps_come_first():
    made = report("00000")

    assert keys(made.first_gaps) == keys(made.gaps)[:3]
    assert len(made.gaps) == 5


def test_a_must_have_may_be_short_without_a_level_missing():
    """Tooling is a must-have of Junior TPM at 2; TPM asks 3 and takes over the 2."""
    made = report("32233", spec=with_marks("junior-tpm", "tooling"))

    line = made.by_key["tooling"]
    assert (line.is_must_have, line.short, line.missing_levels) == (True, 1, 0)
    assert line.must_have_since.key == "junior-tpm"
    assert made.by_key["planning"].must_have_since is None
    assert keys(made.must_haves) == ["planning", "tooling", "communication"]
    assert (made.must_haves_met, made.open_must_haves) == (3, [])
    assert made.gaps == [line]


def test_open_must_haves_are_those_with_a_missing_level():
    made = report("13222")

    assert [(line.key, line.missing_levels) for line in made.open_must_haves] == [
        ("planning", 2),
        ("communication", 1),
    ]
    assert made.must_haves_met == 0


def test_strengths_are_met_must_haves_first_then_by_importance():
    made = report("34230")

    assert keys(made.met) == ["planning", "communication", "tooling", "testing"]
    assert keys(made.strengths) == keys(made.met)[:FIRST_STRENGTHS]
    assert [line.is_met for line in made.skills] == [True, True, True, True, False]


def test_a_must_have_is_a_strength_before_what_counts_more():
    """Of Junior TPM, which takes over none."""
    spec = with_marks("junior-tpm", "testing")

    made = report("22120", level="junior-tpm", spec=spec)

    assert keys(made.strengths) == ["testing", "planning", "communication", "tooling"]


def test_what_is_above_its_requirement_is_named_the_furthest_first():
    made = report("34250")

    required = {line.key: (line.rating, line.required) for line in made.met}
    assert required == {
        "planning": (3, 3),
        "tooling": (4, 3),
        "testing": (2, 2),
        "communication": (5, 3),
    }
    assert keys(made.above) == ["communication", "tooling"]


def test_only_an_answer_lacks_evidence():
    made = report("1322-")

    assert made.count_showing("without-evidence") == made.answered == 4


def test_a_blank_a_zero_and_left_out_are_three_things():
    made = report("3-03-", tooling=LEFT_OUT, leadership=Answer(note="Not sure."))

    assert keys(made.skills) == ["planning", "testing", "communication", "leadership"]
    assert [(line.key, line.answer.reason) for line in made.left_out] == [
        ("tooling", "We buy our tools.")
    ]
    assert keys(made.unanswered) == ["leadership"]
    said = {line.key: (line.rating, line.short, line.is_met) for line in made.asked}
    assert said == {
        "planning": (3, 0, True),
        "tooling": (None, 0, False),
        "testing": (0, 2, False),
        "communication": (3, 0, True),
        "leadership": (None, 0, False),
    }
    assert made.answered == 3


def test_a_must_have_cannot_be_left_out():
    with pytest.raises(ValueError, match="must_have_unanswered"):
        report("-3233", planning=LEFT_OUT)


@pytest.mark.parametrize(
    ("show", "delivery", "people"),
    [
        ("all", ["planning", "tooling", "testing"], ["communication", "leadership"]),
        ("open", ["planning"], ["communication"]),
        ("must-haves", ["planning"], ["communication"]),
        ("without-evidence", ["tooling", "testing"], ["communication"]),
    ],
)
def test_the_table_shows_all_or_a_part_of_the_skills(show, delivery, people):
    linked = Answer(value=2, url="https://example.org")
    made = report("1322-", planning=Answer(value=1, note="x"), leadership=linked)

    assert [(group.key, keys(lines)) for group, lines in made.groups_showing(show)] == [
        ("delivery", delivery),
        ("people", people),
    ]
    assert made.count_showing(show) == len(delivery) + len(people)


def test_the_table_offers_no_part_that_is_empty():
    made = report("33333", "junior-tpm", with_marks("junior-tpm"))

    assert report_context(made)["shows"] == [("all", 4), ("without-evidence", 4)]
    chosen = report_context(made, "open")
    assert chosen["shows"] == [("all", 4), ("open", 0), ("without-evidence", 4)]


def test_a_group_of_which_nothing_counts_is_left_out():
    made = report("3333-", level="junior-tpm", spec=with_marks("junior-tpm"))

    assert [(group.key, keys(lines)) for group, lines in made.groups] == [
        ("delivery", ["planning", "tooling", "testing"]),
        ("people", ["communication"]),
    ]
    left_out = {"communication": LEFT_OUT}
    assert [
        group.key
        for group, _ in report(
            "333--", level="junior-tpm", spec=with_marks("junior-tpm"), **left_out
        ).groups
    ] == ["delivery"]


def test_points_of_a_skill_are_what_the_engine_prints():
    made = report("13222")

    lost = {line.key: line.lost_tenths for line in made.skills}
    assert sum(lost.values()) == 1000 - 528
    assert [key for key, tenths in lost.items() if tenths] == [
        "planning",
        "communication",
    ]
    assert sum(line.earned_tenths for line in made.skills) == 725


# One skill's next step and evidence


def test_the_next_step_is_one_level_up():
    line = report("13222").by_key["planning"]

    assert line.statement == "I show planning at level 1."
    assert (line.next_value, line.next_statement) == (2, "I show planning at level 2.")


def test_the_next_step_leads_to_the_next_point_that_the_skill_has():
    levels = small_spec().skills_by_key["planning"].levels
    spec = small_spec(skills=changed_skill("planning", levels=levels[2:]))

    line = report("02222", spec=spec).by_key["planning"]

    assert (line.next_value, line.next_statement) == (3, "I show planning at level 3.")


@pytest.mark.parametrize(
    ("values", "skill"), [("53233", "planning"), ("3323-", "leadership")]
)
def test_there_is_no_step_above_the_top_or_from_nothing(values, skill):
    line = report(values).by_key[skill]

    assert (line.next_value, line.next_statement, line.short) == (None, "", 0)


def test_evidence_is_a_note_or_a_link_beside_a_rating():
    note, link = (
        Answer(value=3, note=" One move. "),
        Answer(value=2, url="http://a.example"),
    )
    odd = Answer(value=3, url="ftp://a.example")
    made = report(
        "3-23-",
        tooling=note,
        communication=odd,
        testing=link,
        leadership=Answer(note="No level yet."),
    )

    assert [line.key for line in made.skills if line.has_evidence] == [
        "tooling",
        "testing",
        "communication",
    ]
    assert made.with_evidence == 3
    assert made.by_key["tooling"].note == "One move."
    assert made.by_key["testing"].url == "http://a.example"
    assert made.by_key["communication"].url == ""
    assert keys(made.notes) == ["tooling", "testing", "leadership"]


def test_notes_of_skills_that_are_not_asked_for_are_kept():
    made = report(
        "2212-", level="junior-tpm", leadership=Answer(value=1, note="A talk.")
    )

    assert "leadership" not in made.by_key
    assert [(line.key, line.note, line.required) for line in made.notes] == [
        ("leadership", "A talk.", 0)
    ]


@pytest.mark.parametrize(
    ("values", "more", "top", "one_short"),
    [
        ("55555", {}, True, False),
        ("55554", {}, False, False),
        ("5555-", {"leadership": Answer(value=5, note="x")}, False, False),
        ("22121", {}, False, True),
        ("22122", {}, False, False),
        ("22120", {}, False, False),
    ],
)
def test_answers_that_are_all_alike_are_known(values, more, top, one_short):
    made = report(values, **more)

    assert (made.is_all_at_the_top, made.is_one_step_short) == (top, one_short)


def test_answers_are_alike_only_if_the_others_are_too_and_there_was_a_choice():
    asked_nothing = report("5555-", leadership=Answer(value=1), level="junior-tpm")
    two_points = spec_in("met-or-not")
    level = two_points.ladder[-1]
    everything = {item.skill: Answer(value=1) for item in level.requirements}
    met = report_of(two_points, level, everything)

    assert "leadership" not in asked_nothing.by_key
    assert not asked_nothing.is_all_at_the_top
    assert met.result.meets_all
    assert not met.is_all_at_the_top


# The ladder


def test_rungs_stand_from_the_highest_with_what_the_answers_amount_to():
    """Exactly what TPM asks: at Senior TPM (5·¾ + 3 + 3·⅔ + 4·¾ + 2·½) / 17 · 0.9²."""
    made = report("33232")

    assert [
        (
            rung.level.key,
            rung.number.score,
            rung.is_target,
            rung.standing,
        )
        for rung in made.rungs
    ] == [
        ("senior-tpm", 60, False, "nearest"),
        ("tpm", 100, True, "held"),
        ("junior-tpm", 100, False, "passed"),
    ]
    assert (made.held.key, made.nearest.key) == ("tpm", "senior-tpm")
    assert not made.is_far


def test_before_the_first_rung_the_first_is_the_nearest():
    made = report("00000")

    assert (made.held, made.nearest.key) == (None, "junior-tpm")
    assert [rung.standing for rung in made.rungs] == ["", "", "nearest"]


def test_a_target_three_rungs_above_is_far_and_gaps_lead_to_the_nearest():
    far, near = report("00000", "senior-tpm"), report("00000", "tpm")

    assert (far.is_far, near.is_far) == (True, False)
    assert far.towards.level.key == "junior-tpm"
    assert near.towards is near
    assert [rung.is_far for rung in far.rungs] == [True, False, False]


def test_the_marker_is_who_exactly_meets_what_lies_below():
    """At TPM with 2 2 1 2 0: (5·⅔ + 3·⅔ + 3·½ + 4·⅔ + 0) / 17 · 0.9² = 45.2."""
    assert (report("33232").marker, report("33232").level_below.key) == (
        45,
        "junior-tpm",
    )
    lowest = report("33232", "junior-tpm")
    assert (lowest.marker, lowest.level_below) == (None, None)
    assert report("33333", "coordinator").level_below is None


def test_two_neighbours_of_which_the_higher_scores_more_are_named():
    """Leadership counts at Senior TPM alone in full; Junior asks less of the rest."""
    assert report("33232").scores_higher_above is None
    easy = (
        small_spec()
        .levels[2]
        .replaced(
            requirements=tuple(
                item.replaced(required=1, must_have=False)
                for item in small_spec().levels[2].requirements
            ),
        )
    )
    spec = small_spec(levels=(*small_spec().levels[:2], easy, *small_spec().levels[3:]))

    higher, lower = report("12111", spec=spec).scores_higher_above

    assert (higher.level.key, lower.level.key) == ("senior-tpm", "tpm")


def test_no_report_without_a_score():
    with pytest.raises(ValueError, match="must_have_unanswered"):
        report("-3333")
