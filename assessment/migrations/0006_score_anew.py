"""Computes every submitted score anew with version 2.0 of the model, the only one read.

Who left out or did not answer what is a must-have since then has no score any more: the
assessment becomes a draft again, with every answer, and can be submitted when that is
answered. Its share links and its PDF go, for there is no report that they could open.

The arithmetic of that version on its scale of 0..5 stands here once more, in short, so
that later changes of the scoring cannot change what this does.
"""

from fractions import Fraction
from functools import cache
from random import Random
from statistics import NormalDist
from zlib import crc32

from django.db import migrations
from django.db.models import Q

VERSION = "2.0"
CREDIT = 2520  # of a met requirement of importance 1
TOP = 5
BANDS = ((80, "nearly"), (35, "developing"), (15, "foundation"), (0, "exploring"))
DRAWS = 1000
SPREADS = {  # hundredths of a level, by evidence: usual, and with low confidence
    "none": (60, 80),
    "described": (57, 76),
    "linked": (54, 72),
}


def score_anew(apps, schema_editor):
    assessments = apps.get_model("assessment", "Assessment").objects
    # A range is missing, too, where the way back took it.
    is_old = ~Q(scoring_version=VERSION) | Q(range_low=None)
    submitted = assessments.filter(is_old, status="submitted")
    targets = {}
    for pk in list(submitted.order_by("pk").values_list("pk", flat=True)):
        assessment = assessments.select_related("target__career").get(pk=pk)
        if assessment.target_id not in targets:
            targets[assessment.target_id] = requirements_of(assessment.target)
        score_one(assessment, targets[assessment.target_id])


def score_one(assessment, requirements):
    answers = {row.skill.key: row for row in rows_of(assessment.ratings)}
    scored = scored_of(requirements, answers, assessment.target.ready_line)
    if scored is None:
        assessment.status = "draft"
        assessment.submitted_at = assessment.readiness_tenths = None
        assessment.is_provisional = False
        assessment.band = assessment.scoring_version = ""
        assessment.share_links.all().delete()
        assessment.pdfs.all().delete()
    else:
        for name, value in scored.items():
            setattr(assessment, name, value)
        assessment.scoring_version = VERSION
    assessment.save()


# What a level asks for
# --------------------------------------------------------------------------------------


def requirements_of(level):
    """[(skill, required, importance, must-have level)] of what it asks for."""
    reached = {}
    for each in levels_that_count(level):
        for row in rows_of(each.requirements.filter(must_have=True)):
            key = row.skill.key
            reached[key] = max(row.required, reached.get(key, 0))
    return [
        (key, row.required, row.importance, min(row.required, reached.get(key, 0)))
        for row in rows_of(level.requirements.filter(required__gt=0))
        for key in [row.skill.key]
    ]


def rows_of(rows):
    return rows.select_related("skill")


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


# The score
# --------------------------------------------------------------------------------------


def scored_of(requirements, answers, ready_line):
    """{column: value} of a report's score, or None where there is none."""
    rated = []  # [(requirement, answer)]
    applicable = unanswered = 0  # importance
    for item in requirements:
        _, _, importance, must_have = item
        answer = answers.get(item[0])
        is_left_out = answer is not None and answer.not_applicable
        if is_left_out and not must_have:
            continue
        applicable += importance
        if answer is not None and answer.value is not None and not is_left_out:
            rated.append((item, answer))
        elif must_have:
            return None
        else:
            unanswered += importance
    total = sum(importance for _, _, importance, _ in requirements)
    answered = applicable - unanswered
    is_too_little = 5 * answered < 4 * applicable or not answered
    if is_too_little or 10 * (total - applicable) > 3 * total:
        return None

    def tenths_of(credit, missing):
        tenths = int(10 * points_of(credit, missing, answered))
        return min(tenths, 990) if unanswered else tenths

    def band_at(points):
        lines = ((max(ready_line or 0, 90), "ready"), *BANDS)
        return next(band for line, band in lines if points >= line)

    credit, missing = map(sum, zip(*(worth(*each) for each in rated), strict=True))
    readiness_tenths = tenths_of(credit, missing)
    band = band_at(points_of(credit, missing, answered))
    if unanswered and band == "ready":
        lowest = band_at(points_of(credit, missing, applicable))
        band = "ready" if lowest == "ready" else "nearly"
    low, high = middle_of(draws_of(rated, tenths_of), readiness_tenths // 10)
    if unanswered:
        most = credit + CREDIT * unanswered
        low = min(low, int(points_of(credit, missing, applicable)))
        high = max(high, int(points_of(most, missing, applicable)))
    return {
        "readiness_tenths": readiness_tenths,
        "is_provisional": bool(unanswered),
        "band": band,
        "range_low": low,
        "range_high": high,
    }


def worth(item, answer, off=0):
    """(credit, missing must-have levels) of a rating that is some levels off."""
    _, required, importance, must_have = item
    rating = min(TOP, max(0, answer.value + off))
    credit = importance * min(rating, required) * CREDIT // required
    return credit, max(0, must_have - rating)


def points_of(credit, missing, importance):
    return Fraction(100 * credit * 9**missing, CREDIT * importance * 10**missing)


def middle_of(draws, score):
    """The lowest and the highest of the middle 80 in 100 draws; the score is among them."""
    tail = DRAWS // 10
    above = sum(draw > score for draw in draws)
    below = sum(draw < score for draw in draws)
    if above < tail:
        return draws[2 * tail - above], score
    if below < tail:
        return score, draws[-1 - 2 * tail + below]
    return draws[tail], draws[-1 - tail]


def draws_of(rated, tenths_of):
    """The printed numbers of all re-ratings, in ascending order."""
    columns = []
    for item, answer in rated:
        offsets = offsets_of(item[0], spread_of(answer))
        worths = {off: worth(item, answer, off) for off in set(offsets)}
        columns.append([worths[off] for off in offsets])
    sums = (map(sum, zip(*draw, strict=True)) for draw in zip(*columns, strict=True))
    return sorted(tenths_of(*each) // 10 for each in sums)


def spread_of(answer):
    """A link beside an answer counts for more than a note."""
    evidence = "described" if answer.note.strip() else "none"
    if answer.url:
        evidence = "linked"
    return SPREADS[evidence][answer.confidence == "low"]


@cache
def offsets_of(key, spread):
    """By how many levels each re-rating of a skill is off."""
    normal = NormalDist()
    common = [
        round(1000 * normal.inv_cdf((2 * place + 1) / (2 * DRAWS)))
        for place in range(DRAWS)
    ]
    source = Random(crc32(key.encode()))
    marks = [source.random() for _ in range(DRAWS)]
    own = [common[place] for place in sorted(range(DRAWS), key=marks.__getitem__)]
    return [
        (spread * (6 * shared + 8 * single) + 500_000) // 1_000_000
        for shared, single in zip(common, own, strict=True)
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0005_likely_range"),
        ("careers", "0006_ready_line_from_90"),
    ]

    operations = [migrations.RunPython(score_anew, migrations.RunPython.noop)]
