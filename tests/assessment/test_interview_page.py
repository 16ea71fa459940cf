"""Which questions are asked, in which order, and what stands beside them. No database."""

import pytest

from assessment.answers import Answer
from assessment.report import report_of
from assessment.views.prepare import MOST_GAPS, MOST_STRENGTHS, to_practise
from careers.shape import InterviewQuestion
from tests.factories import SKILLS, changed_skill, shipped_spec, small_spec


def asked_of(spec, target, ratings, **said):
    """(gaps, strengths) that are asked about."""
    answers = {key: Answer(value=value, **said) for key, value in ratings.items()}
    return to_practise(report_of(spec, spec.levels_by_key[target], answers))


def about_planning(*probed, rating):
    """The keys of what is asked about planning, of which the rung TPM asks 3."""
    questions = tuple(
        InterviewQuestion(
            key=f"at-{value}", career_level="tpm", probes_value=value, question="How?"
        )
        for value in probed
    )
    spec = small_spec(skills=changed_skill("planning", questions=questions))
    ratings = dict.fromkeys(SKILLS, 3) | {"planning": rating}
    gaps, strengths = asked_of(spec, "tpm", ratings)
    return [each.question.key for each in [*gaps, *strengths] if each.key == "planning"]


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

    gaps, strengths = to_practise(case)

    assert [each.key for each in gaps] == [gap.key for gap in case.result.gaps]
    assert [each.question.key for each in gaps] == [f"{each.key}-tpm" for each in gaps]
    assert [each.key for each in strengths] == ["tooling", "testing", "leadership"]


def test_there_are_never_more_questions_than_one_sitting_takes():
    spec = shipped_spec()
    half = {skill.key: 2 + place % 3 for place, skill in enumerate(spec.skills)}

    gaps, strengths = asked_of(spec, "senior-tpm", half)

    assert (len(gaps), len(strengths)) == (MOST_GAPS, MOST_STRENGTHS)
    questions = {each.question.key for each in [*gaps, *strengths]}
    assert len(questions) == MOST_GAPS + MOST_STRENGTHS
