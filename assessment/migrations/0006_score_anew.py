"""Computes every submitted score anew with version 2.0 of the model, the only one read.

Who left out or did not answer what is a must-have since then has no score any more: the
assessment becomes a draft again, with every answer, and can be submitted when that is
answered. Its share links and its PDF go, for there is no report that they could open.

Reads rows and the scoring alone, so that later changes elsewhere cannot change it.
"""

from django.db import migrations
from django.db.models import Q

from assessment.scoring.inputs import Answer, Requirement, Target
from assessment.scoring.ladder import must_have_levels
from assessment.scoring.number import Insufficient
from assessment.scoring.parameters import PARAMETERS
from assessment.scoring.result import score

VERSION = "2.0"


def score_anew(apps, schema_editor):
    assessments = apps.get_model("assessment", "Assessment").objects
    # A range is missing, too, where the way back took it.
    is_old = ~Q(scoring_version=VERSION) | Q(range_low=None)
    submitted = assessments.filter(is_old, status="submitted")
    targets = {}
    for pk in list(submitted.order_by("pk").values_list("pk", flat=True)):
        assessment = assessments.select_related("target__career").get(pk=pk)
        if assessment.target_id not in targets:
            targets[assessment.target_id] = target_of(assessment.target)
        score_one(assessment, targets[assessment.target_id])


def score_one(assessment, target):
    result = score(target, {row.skill.key: answer_of(row) for row in rated(assessment)})
    if isinstance(result, Insufficient):
        assessment.status = "draft"
        assessment.submitted_at = assessment.readiness_tenths = None
        assessment.is_provisional = False
        assessment.band = assessment.scoring_version = ""
        assessment.share_links.all().delete()
        assessment.pdfs.all().delete()
    else:
        assessment.readiness_tenths = result.readiness_tenths
        assessment.is_provisional = result.is_provisional
        assessment.band = result.band.value
        assessment.scoring_version = VERSION
        assessment.range_low, assessment.range_high = result.likely_range
    assessment.save()


def rated(assessment):
    return assessment.ratings.select_related("skill")


def answer_of(row):
    """A link beside it counts for more than a note."""
    evidence = "described" if row.note.strip() else "none"
    if row.url:
        evidence = "linked"
    return Answer(row.value, row.not_applicable, row.confidence, evidence)


def target_of(level):
    parameters = PARAMETERS[VERSION]
    asked = {row.skill.key: row for row in requirements_of(level)}
    marks = [
        {row.skill.key: row.required for row in requirements_of(each) if row.must_have}
        for each in levels_that_count(level)
    ]
    levels = must_have_levels({key: row.required for key, row in asked.items()}, marks)
    line = level.ready_line
    return Target(
        tuple(
            Requirement(key, row.required, row.importance, levels[key])
            for key, row in asked.items()
        ),
        None if line is None else max(line, parameters.ready_line),
        parameters=parameters,
    )


def requirements_of(level):
    return level.requirements.select_related("skill")


def levels_that_count(level):
    """The level and those whose must-haves it takes over: the rungs up to it or its base."""
    rungs = type(level).objects.filter(
        framework=level.framework_id, career__kind="ladder"
    )
    if level.career.kind == "ladder":
        return list(rungs.filter(order__lte=level.order))
    if level.career.kind == "related":
        return [level]
    base = rungs.filter(key=level.career.base_level).first()
    return [level, *(rungs.filter(order__lte=base.order) if base else [])]


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0005_likely_range"),
        ("careers", "0006_ready_line_from_90"),
    ]

    operations = [migrations.RunPython(score_anew, migrations.RunPython.noop)]
