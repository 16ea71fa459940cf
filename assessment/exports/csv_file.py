"""A report as CSV for a spreadsheet: one row for each skill.

docs/report-format.md names every column.
"""

import csv
import io
import re

from assessment import scoring
from assessment.answers import NO_ANSWER, Answer
from assessment.measuring import answers_of, measure, target_of
from assessment.scoring import Scored
from assessment.sentences import printed
from careers.shape import Requirement, Skill

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for something else

# What a spreadsheet may run instead of showing it: also behind spaces and quotes, which
# some drop, and as the wide signs of East Asian keyboards.
FORMULA = re.compile(
    r"""[\s"'\u2018-\u201f]*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n]"""
)


def report_as_csv(assessment) -> str:
    """The skills of a submitted assessment in framework order; one query for its ratings.

    The points lost add up to what is missing to 100, as on the report.
    """
    spec, level = target_of(assessment)
    answers = answers_of(assessment)
    parameters = scoring.PARAMETERS[assessment.scoring_version]
    result = measure(spec, level, answers, parameters)
    groups = {group.key: group.name for group in spec.groups}
    rows = [
        _row(
            skill,
            groups[skill.group],
            level.requirement(skill.key),
            answers.get(skill.key, NO_ANSWER),
            result,
        )
        for skill in spec.skills
    ]
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return BYTE_ORDER_MARK + file.getvalue()


def _row(
    skill: Skill, group: str, requirement: Requirement, answer: Answer, result: Scored
) -> dict[str, str | int | None]:
    """One line of the table by its columns; None is an empty cell."""
    key, rated = skill.key, answer.value is not None
    return {
        "skill": as_text(skill.name),
        "key": key,
        "group": as_text(group),
        "required": requirement.required,
        "importance": requirement.importance,
        "must_have": "yes" if requirement.must_have else "no",
        "answer": answer.kind,
        "rating": answer.value,
        "confidence": answer.confidence if rated else None,
        "evidence": answer.evidence,
        "reason": as_text(answer.reason),
        "note": as_text(answer.note),
        "url": as_text(answer.url),
        "rated_at": answer.rated_at.isoformat() if answer.rated_at else None,
        "points_earned": _points(result.display.earned_tenths.get(key)),
        "points_lost": _points(result.display.lost_tenths.get(key)),
    }


def as_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what might be.

    Source of the signs: OWASP, "CSV Injection".
    """
    return f"'{text}" if FORMULA.match(text) else text


def _points(tenths: int | None) -> str | None:
    return None if tenths is None else printed(tenths)
