"""The one write path of assessments."""

import threading

import pytest
from django.db import connection

from assessment.actions import (
    AlreadySubmitted,
    CannotBeScored,
    change_target,
    delete_assessment,
    rename_assessment,
    save_answers,
    start_assessment,
    submit_assessment,
)
from assessment.answers import Answer, answers_of
from assessment.models import Assessment, Rating
from careers.models import Framework
from tests.factories import SKILLS, make_assessment, make_framework

pytestmark = pytest.mark.django_db


def rows():
    """Everything that is stored of all answers, to compare before and after."""
    return list(Assessment.objects.order_by("pk").values()) + list(
        Rating.objects.order_by("pk").values()
    )


def test_start_assessment_pins_framework_and_target(framework, alice):
    target = framework.levels.get(key="tpm")

    assessment = start_assessment(owner=alice, framework=framework, target=target)

    assert (assessment.framework, assessment.target) == (framework, target)
    assert (assessment.status, assessment.score) == ("draft", None)


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_start_assessment_needs_a_published_framework(alice, status):
    framework = make_framework(version="1.0", publish=status != "draft")
    if status == "retired":
        make_framework(version="2.0")
    framework = Framework.objects.get(version="1.0")

    with pytest.raises(ValueError, match="published framework"):
        start_assessment(
            owner=alice, framework=framework, target=framework.levels.first()
        )


def test_start_assessment_refuses_a_target_of_another_version(alice):
    old = make_framework(version="1.0").levels.get(key="tpm")
    new = make_framework(version="2.0")

    with pytest.raises(ValueError, match="not of this framework version"):
        start_assessment(owner=alice, framework=new, target=old)


def test_save_answers_stores_all_that_was_said(framework, alice):
    said = Answer(value=3, confidence="high", note=" A note. ", url="https://a.example")
    left_out = Answer(not_applicable=True, reason="We have no tools.")
    assessment = make_assessment(owner=alice)

    sent = {"testing": said, "tooling": left_out}
    saved, stale = save_answers(assessment=assessment, answers=sent)

    stored = answers_of(assessment)
    assert stored["testing"].is_same_as(said)
    assert stored["tooling"].is_same_as(left_out)
    assert (saved, stale) == (stored, {})


@pytest.mark.parametrize("seen", [0, 1])
def test_save_answers_leaves_an_equal_answer_alone(framework, alice, seen):
    assessment = make_assessment(owner=alice, ratings={"testing": 3})
    before = answers_of(assessment)
    sent = {"testing": Answer(3, revision=seen)}

    saved, stale = save_answers(assessment=assessment, answers=sent)

    assert (saved, stale) == (before, {})
    assert answers_of(assessment) == before


def test_save_answers_overwrites_nothing_that_was_not_seen(framework, alice):
    assessment = make_assessment(owner=alice, ratings={"testing": 3, "tooling": 1})
    sent = {"testing": Answer(5), "tooling": Answer(2, revision=1)}

    saved, stale = save_answers(assessment=assessment, answers=sent)

    stored = answers_of(assessment)
    assert saved == {"tooling": stored["tooling"]}
    assert stale == {"testing": stored["testing"]}
    assert (stored["testing"].value, stored["tooling"].value) == (3, 2)


def test_save_answers_counts_revisions(framework, alice):
    assessment = make_assessment(owner=alice, ratings={"testing": 3})

    save_answers(assessment=assessment, answers={"testing": Answer(4, revision=1)})

    assert answers_of(assessment)["testing"].revision == 2


def test_a_note_does_not_make_a_rating_younger(framework, alice):
    assessment = make_assessment(owner=alice, ratings={"testing": 3})
    before = answers_of(assessment)["testing"].rated_at

    later = Answer(3, note="Later thought", revision=1)
    save_answers(assessment=assessment, answers={"testing": later})

    after = answers_of(assessment)["testing"]
    assert (after.note, after.rated_at) == ("Later thought", before)


def test_save_answers_stores_nothing_if_one_skill_is_unknown(framework, alice):
    assessment = make_assessment(owner=alice)

    with pytest.raises(KeyError):
        save_answers(
            assessment=assessment, answers={"testing": Answer(3), "juggling": Answer(1)}
        )

    assert answers_of(assessment) == {}


def test_submit_freezes_the_score(framework, alice):
    assessment = make_assessment(owner=alice, submit=True)

    stored = Assessment.objects.get(pk=assessment.pk)

    assert stored.status == "submitted"
    assert (stored.readiness_tenths, stored.band) == (619, "developing")
    assert (stored.scoring_version, stored.likely_range) == ("2.0", (38, 82))


def test_submit_a_second_time_changes_nothing(framework, alice):
    assessment = make_assessment(owner=alice, submit=True)
    before = rows()

    submit_assessment(assessment=Assessment.objects.get(pk=assessment.pk))

    assert rows() == before


def test_submit_refuses_what_cannot_be_scored(framework, alice):
    assessment = make_assessment(owner=alice, ratings={"testing": 3})

    with pytest.raises(CannotBeScored) as refused:
        submit_assessment(assessment=assessment)

    assert "planning" in refused.value.result.unanswered
    assert Assessment.objects.get(pk=assessment.pk).status == "draft"


def test_submit_with_an_open_skill_is_provisional(framework, alice):
    ratings = dict.fromkeys(["planning", "tooling", "testing", "communication"], 5)
    assessment = make_assessment(owner=alice, ratings=ratings)

    submitted = submit_assessment(assessment=assessment)

    assert submitted.is_provisional
    assert (submitted.readiness_tenths, submitted.score) == (990, 99)


@pytest.mark.parametrize(
    "write",
    [
        lambda a: save_answers(
            assessment=a, answers={"testing": Answer(5, revision=1)}
        ),
        lambda a: change_target(assessment=a, target=a.framework.levels.last()),
    ],
)
def test_a_submitted_assessment_is_never_written(framework, alice, write):
    assessment = make_assessment(owner=alice, submit=True)
    before = rows()

    with pytest.raises(AlreadySubmitted):
        write(assessment)

    assert rows() == before


def test_what_was_submitted_in_another_tab_is_not_written(framework, alice):
    here = make_assessment(owner=alice, ratings=dict.fromkeys(SKILLS, 2))
    there = Assessment.objects.get(pk=here.pk)
    submit_assessment(assessment=there)
    before = rows()

    with pytest.raises(AlreadySubmitted):
        save_answers(assessment=here, answers={"testing": Answer(5, revision=1)})
    with pytest.raises(AlreadySubmitted):
        change_target(assessment=here, target=framework.levels.last())

    assert not here.is_submitted  # it knows nothing of it
    assert rows() == before


def test_change_target_keeps_the_ratings(framework, alice):
    assessment = make_assessment(owner=alice, ratings={"testing": 3, "planning": 1})
    before = answers_of(assessment)

    change_target(assessment=assessment, target=framework.levels.get(key="senior-tpm"))

    stored = Assessment.objects.get(pk=assessment.pk)
    assert stored.target.key == "senior-tpm"
    assert answers_of(stored) == before


def test_a_new_assessment_holds_no_ratings_of_the_earlier_one(framework, alice):
    earlier = make_assessment(owner=alice, submit=True)

    assessment = make_assessment(owner=alice, based_on=earlier)

    assert assessment.ratings.count() == 0


def test_rename_and_delete(framework, alice):
    assessment = make_assessment(owner=alice, submit=True)

    rename_assessment(assessment=assessment, label="Before the review")
    label = Assessment.objects.get(pk=assessment.pk).label
    delete_assessment(assessment=assessment)

    assert label == "Before the review"
    assert (Assessment.objects.count(), Rating.objects.count()) == (0, 0)


def test_submitting_leaves_a_name_given_meanwhile(framework, alice):
    assessment = make_assessment(owner=alice, ratings=dict.fromkeys(SKILLS, 2))
    rename_assessment(assessment=assessment, label="Before the review")

    submit_assessment(assessment=assessment)

    assert Assessment.objects.get().label == "Before the review"


@pytest.mark.django_db(transaction=True)
def test_simultaneous_submits_and_writes_leave_one_frozen_score(alice):
    make_framework()
    assessment = make_assessment(owner=alice, ratings={})
    keys = [s.key for s in assessment.framework.skills.all()]
    save_answers(assessment=assessment, answers={k: Answer(2) for k in keys})
    refused = []

    def submit():
        submit_assessment(assessment=Assessment.objects.get(pk=assessment.pk))
        connection.close()

    def rate():
        try:
            mine = Assessment.objects.get(pk=assessment.pk)
            changed = {"planning": Answer(5, revision=1)}
            save_answers(assessment=mine, answers=changed)
        except AlreadySubmitted as error:
            refused.append(error)
        connection.close()

    threads = [threading.Thread(target=work) for work in (submit, rate, submit, rate)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    stored = Assessment.objects.get(pk=assessment.pk)
    planning = answers_of(stored)["planning"].value
    assert stored.status == "submitted"
    assert stored.readiness_tenths == {2: 619, 5: 776}[planning]


def test_submitting_scores_the_target_that_stands_now(alice):
    framework = make_framework()
    ratings = {"planning": 2, "tooling": 2, "testing": 1, "communication": 2}
    here = make_assessment(owner=alice, framework=framework, ratings=ratings)
    there = Assessment.objects.get(pk=here.pk)
    assert here.target.key == "tpm"  # read, and kept by the first tab

    change_target(assessment=there, target=framework.levels.get(key="junior-tpm"))
    done = submit_assessment(assessment=here)

    assert (done.target.key, done.readiness_tenths) == ("junior-tpm", 1000)
