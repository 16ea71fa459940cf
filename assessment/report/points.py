"""Where the hundred points are: earned, held and lost."""

from assessment import charts, sentences
from assessment.report.case import Case
from assessment.report.parts import LedgerRow
from assessment.sentences import printed


def account(case: Case) -> list[LedgerRow]:
    display = case.result.display
    rows = [
        LedgerRow(group.name, printed(earned))
        for group in case.spec.groups
        if (earned := earned_in(case, group.key)) is not None
    ]
    rows.append(LedgerRow("Earned (coverage)", printed(display.coverage_tenths), "sum"))
    if display.held_tenths:
        names = [case.names[key] for key in case.result.binding]
        rows.append(
            LedgerRow(
                sentences.held_until(names),
                f"\u2212{printed(display.held_tenths)}",
                "held",
            )
        )
    rows.append(LedgerRow("Readiness", printed(display.readiness_tenths), "total"))
    return rows


def earned_in(case: Case, group_key: str) -> int | None:
    """Earned tenths of a group; None where nothing of it is answered."""
    earned = case.result.display.earned_tenths
    tenths = [
        earned[skill.key]
        for skill in case.spec.skills_in(group_key)
        if skill.key in earned
    ]
    return sum(tenths) if tenths else None


def points_bar(case: Case) -> charts.PointsBar:
    display = case.result.display
    lost = [display.lost_tenths[key] for key in _most_first(case)]
    return charts.points_bar(display.readiness_tenths, display.held_tenths, lost)


def _most_first(case: Case) -> list[str]:
    """The skills that lose points, what loses most first."""
    lost = case.result.display.lost_tenths
    return sorted((key for key in lost if lost[key]), key=lambda key: -lost[key])


def missing(case: Case) -> list[LedgerRow]:
    lost = case.result.display.lost_tenths
    held = case.result.display.held_tenths
    rows = [
        LedgerRow(
            case.names[key],
            printed(lost[key]),
            note=sentences.WITH_HELD if held and key in case.result.binding else "",
        )
        for key in _most_first(case)
    ]
    total = printed(1000 - case.result.display.readiness_tenths)
    return [*rows, LedgerRow("Missing to 100", total, "total")]


def points_note(case: Case) -> str:
    display = case.result.display
    return sentences.points_note(
        missing=1000 - display.readiness_tenths,
        holders=[case.names[key] for key in case.result.binding]
        if display.held_tenths
        else [],
    )


def missing_head(case: Case) -> str:
    return sentences.missing_head(1000 - case.result.display.readiness_tenths)
