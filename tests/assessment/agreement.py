"""Random assessments, and whether every way out of the app tells the same of them.

The engine is asked with the answers as they were drawn, not as they were stored.
"""

import csv
import io
import json
from dataclasses import replace

from openpyxl import load_workbook

from assessment.answers import Answer, measure
from assessment.exports.json_file import report_as_json
from assessment.exports.table_file import report_as_csv, report_as_xlsx
from assessment.report import load_report
from assessment.score_files.reading import parse_score_file
from assessment.score_files.writing import json_of_result, score_vectors
from scoring.inputs import Confidence
from scoring.result import Scored
from tests.factories import make_assessment

TEXTS = (
    "Ran the risk review of two linked projects.",
    "=HYPERLINK(1)",
    '"+1 from the team"',
    "- first\n- second",
    "<b>bold</b> & 'quoted', with commas; naïve ＝1, 開発, \u202ertl",
    "0",
)


def random_case(spec, source, answer=None):
    """(career level, answers, result): one that has a score."""
    answer = answer or random_answer
    while True:
        level = source.choice(spec.levels)
        answers = {
            skill.key: answer(level.requirement(skill.key), source)
            for skill in spec.skills
        }
        result = measure(spec, level, answers)
        if isinstance(result, Scored):
            return level, answers, result


def random_answer(requirement, source):
    """Mostly a rating near what is asked; sometimes one of the three kinds of nothing."""
    note, url = (
        source.choice(["", "", *TEXTS]),
        source.choice(["", "https://a.example/b"]),
    )
    kind = source.random()
    if kind < 0.04 and not requirement.must_have:
        return Answer(not_applicable=True, reason=source.choice(TEXTS))
    if kind < 0.07 and not requirement.must_have:
        return Answer(note=note, url=url)
    near = requirement.required + source.choice([-3, -2, -1, -1, 0, 0, 1])
    return Answer(
        value=min(max(near, 0), 5),
        confidence=source.choice(list(Confidence)),
        note=note,
        url=url,
    )


def near_answer(requirement, source):
    """Of somebody near a rung: as is asked, or one level off; nothing is left out."""
    near = requirement.required + source.choice([-1, 0, 0, 0, 1])
    return Answer(value=min(max(near, 0), 5))


def submitted(owner, framework, level, answers):
    return make_assessment(
        owner=owner,
        framework=framework,
        target=level.key,
        ratings={key: said for key, said in answers.items() if said != Answer()},
        submit=True,
    )


def printed(tenths):
    """Tenths of a point as every page and file writes them."""
    return f"{tenths // 10}.{tenths % 10}"


def gains(spec, level, answers, result):
    """{skill: (step, close)}: the score printed after re-scoring less the one printed now."""

    def gain(key, rating):
        answer = replace(answers[key], value=rating)
        after = measure(spec, level, answers | {key: answer}).readiness_tenths
        return after - result.readiness_tenths

    return {
        each.key: (gain(each.key, each.rating + 1), gain(each.key, each.item.required))
        for each in result.rated
        if not each.is_met
    }


def check_report(assessment, result):
    """The report's numbers are the engine's, and so is what is kept for lists."""
    report = load_report(assessment)
    assert report.result.display == result.display
    assert report.result.likely_range == result.likely_range == assessment.likely_range
    assert (assessment.readiness_tenths, assessment.score, assessment.band) == (
        result.display.readiness_tenths,
        result.display.score,
        result.band,
    )
    assert [(line.key, line.gap) for line in report.gaps] == [
        (gap.key, gap) for gap in result.gaps
    ]
    lost = {
        line.key: line.lost_tenths for line in report.skills if line.rating is not None
    }
    assert lost == result.display.lost_tenths


def check_json(assessment, answers, result):
    """The file's result is the engine's, again when worked out from the file alone."""
    text = report_as_json(assessment)
    file = json.loads(text)
    assert file["result"] == json.loads(json.dumps(json_of_result(result)))
    again = score_vectors(parse_score_file(text))["vectors"]["report"]
    assert json.loads(json.dumps(again)) == file["result"]
    assert {said["skill"]: answer_of_json(said) for said in file["answers"]} == answers


def answer_of_json(said):
    """An answer as it was, from the file's words."""
    return Answer(
        value=said["rating"],
        not_applicable=said["answer"] == "not_relevant",
        reason=said["reason"] or "",
        confidence=said["confidence"] or "medium",
        note=said["note"] or "",
        url=said["url"] or "",
    )


def check_table(assessment, answers, result):
    """Each row says what was answered and what it earns; the sums are the engine's."""
    rows = rows_of(report_as_csv(assessment))
    assert {row["key"]: answer_of_csv(row) for row in rows} == answers
    display = result.display
    for column, tenths in (
        ("points_earned", display.earned_tenths),
        ("points_lost", display.lost_tenths),
        ("gain_step", {gap.key: gap.gain_step_tenths for gap in result.gaps}),
        ("gain_close", {gap.key: gap.gain_close_tenths for gap in result.gaps}),
    ):
        shown = {row["key"]: row[column] for row in rows if row[column]}
        assert shown == {key: printed(each) for key, each in tenths.items()}
    head, *cells = load_workbook(io.BytesIO(report_as_xlsx(assessment))).active.values
    assert list(head) == list(rows[0])
    for row, line in zip(rows, cells, strict=True):
        for text, value in zip(row.values(), line, strict=True):
            said = "" if value is None else str(value)
            if isinstance(value, int | float) and "." in text:
                said = f"{value:.1f}"
            assert text in (said, f"'{said}")


def rows_of(text, delimiter=","):
    """The table as a program reads it."""
    file = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return list(csv.DictReader(file, delimiter=delimiter))


def answer_of_csv(row):
    return Answer(
        value=int(row["rating"]) if row["rating"] else None,
        not_applicable=row["answer"] == "not_relevant",
        reason=row["reason"].removeprefix("'"),
        confidence=row["confidence"] or "medium",
        note=row["note"].removeprefix("'"),
        url=row["url"],
    )
