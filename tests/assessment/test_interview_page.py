"""Which questions are asked, in which order, and what stands beside them. No database."""

import pytest

from assessment.answers import Answer
from assessment.interview_page import MOST_GAPS, MOST_STRENGTHS, interview_page
from assessment.report import report_of
from careers.shape import InterviewQuestion
from tests.factories import SKILLS, changed_skill, shipped_spec, small_spec


def page_of(spec, target, ratings, **said):
    answers = {key: Answer(value=value, **said) for key, value in ratings.items()}
    return interview_page(report_of(spec, spec.levels_by_key[target], answers))


def about_planning(*probed, rating):
    """The keys of what is asked about planning, of which the rung TPM asks 3."""
    questions = tuple(
        InterviewQuestion(f"at-{value}", "tpm", value, "How?") for value in probed
    )
    spec = small_spec(skills=changed_skill("planning", questions=questions))
    ratings = dict.fromkeys(SKILLS, 3) | {"planning": rating}
    page = page_of(spec, "tpm", ratings)
    return [each.key for each in page.questions if each.skill == "Planning"]


@pytest.mark.parametrize(
    ("probed", "rating", "expected"),
    [
        ((3, 5), 2, ["at-3"]),
        ((1, 2, 3), 1, ["at-2"]),  # the next level of a gap
        ((4,), 3, ["at-4"]),  # one level off is near
        ((5,), 3, []),  # two are not
        ((3, 5), 4, ["at-5"]),  # as near on either side: the harder one
        ((1,), 2, []),
        ((), 2, []),
    ],
)
def test_a_question_is_near_you_and_your_target(probed, rating, expected):
    assert about_planning(*probed, rating=rating) == expected


def test_gaps_come_in_the_order_of_the_report_and_strengths_by_weight():
    ratings = {
        "planning": 2,
        "tooling": 3,
        "testing": 3,
        "communication": 1,
        "leadership": 2,
    }
    spec = small_spec()
    case = report_of(
        spec,
        spec.levels_by_key["tpm"],
        {key: Answer(value=value) for key, value in ratings.items()},
    )

    page = interview_page(case)

    ranked = [gap.key for gap in case.result.gaps]
    assert [each.key for each in page.gaps] == [f"{key}-tpm" for key in ranked]
    assert [each.skill for each in page.strengths] == [
        "Tooling",
        "Testing",
        "Leadership",
    ]


def test_a_question_says_why_it_is_here_and_what_to_show():
    page = page_of(small_spec(), "tpm", dict.fromkeys(SKILLS, 2), note=" My note. ")

    first = next(each for each in page.gaps if each.skill == "Planning")
    assert (first.state, first.standing) == ("short", "You 2, required 3")
    assert first.shows_level == "3 Independent"
    assert first.shows == "I show planning at level 3."
    assert (first.note, first.prompt) == ("My note.", "When did planning help?")


def test_there_are_never_more_questions_than_one_sitting_takes():
    spec = shipped_spec()
    half = {skill.key: 2 + place % 3 for place, skill in enumerate(spec.skills)}

    page = page_of(spec, "senior-tpm", half)

    assert (len(page.gaps), len(page.strengths)) == (MOST_GAPS, MOST_STRENGTHS)
    assert len({each.key for each in page.questions}) == MOST_GAPS + MOST_STRENGTHS
