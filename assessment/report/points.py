"""Where the hundred points are: earned, held and lost."""

from assessment.report.case import Case
from assessment.report.parts import LedgerRow
from assessment.sentences import printed
from careers.words import listed


def account(case: Case) -> list[LedgerRow]:
    display = case.result.display
    rows = [
        LedgerRow(group.name, printed(earned))
        for group in case.spec.groups
        if (earned := earned_in(case, group.key)) is not None
    ]
    rows.append(LedgerRow("Earned (coverage)", printed(display.coverage_tenths), "sum"))
    if display.held_tenths:
        names = listed([case.names[key] for key in case.result.binding])
        rows.append(
            LedgerRow(
                f"Held until {names} {_rise(case)}",
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


def missing(case: Case) -> list[LedgerRow]:
    lost = case.result.display.lost_tenths
    held = case.result.display.held_tenths
    ordered = sorted(lost, key=lambda key: -lost[key])
    rows = [
        LedgerRow(
            case.names[key],
            printed(lost[key]),
            note="with held points" if held and key in case.result.binding else "",
        )
        for key in ordered
        if lost[key]
    ]
    total = printed(1000 - case.result.display.readiness_tenths)
    return [*rows, LedgerRow("Missing to 100", total, "total")]


def points_note(case: Case) -> str:
    held = case.result.display.held_tenths
    if not held:
        return "Every point that is missing stands beside its skill."
    names = listed([case.names[key] for key in case.result.binding])
    return f"Held points are yours already. They come back when {names} {_rise(case)}."


def missing_head(case: Case) -> str:
    total = printed(1000 - case.result.display.readiness_tenths)
    return f"The missing {total}"


def _rise(case: Case) -> str:
    return "rises" if len(case.result.binding) == 1 else "rise"
