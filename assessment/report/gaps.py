"""The gaps that matter most, each with its next step."""

import math

from assessment import charts, scoring, sentences
from assessment.report.case import Case
from assessment.report.parts import GapCard

MOST_GAPS = 3


def gaps_title(case: Case) -> str:
    return sentences.gaps_title(min(MOST_GAPS, len(case.result.gaps)))


def gaps_note(case: Case) -> str:
    return sentences.gaps_note(
        gaps=len(case.result.gaps),
        binding=[case.names[key] for key in case.result.binding],
        together=sentences.printed_gain(case.result.bundle_gain),
    )


def gap_cards(case: Case) -> list[GapCard]:
    return [
        gap_card(case, place, gap)
        for place, gap in enumerate(case.result.gaps[:MOST_GAPS], start=1)
    ]


def gap_card(case: Case, place: int, gap: scoring.Gap) -> GapCard:
    requirement = case.level.requirement(gap.key)
    rating = case.rating(requirement)
    skill = case.skill(requirement)
    action = next(iter(skill.actions_of_step(rating)), None)
    held = case.result.display.held_tenths if gap.pinned else 0
    alone = len(case.result.binding) == 1
    return GapCard(
        key=gap.key,
        place=place,
        name=skill.name,
        mark=charts.gap_mark(rating, requirement.required),
        you=case.level_text(rating),
        asked=case.level_text(requirement.required),
        short=sentences.short_by(requirement.required - rating),
        must_have=gap.must_have,
        holds=sentences.holds_back(held) if alone else "",
        next=skill.statement(rating + 1),
        gain=sentences.printed_gain(gap.step_gain or gap.step_gain_banked),
        gain_label=gain_label(case, gap),
        shown_later=not gap.step_gain,
        hours=str(math.ceil(gap.step_hours)),
        action_title=action.title if action else "",
        action_text=sentences.action_with_hours(action.what_to_do, action.hours)
        if action
        else "",
    )


def gain_label(case: Case, gap: scoring.Gap) -> str:
    if gap.step_gain:
        return sentences.ONE_STEP
    others = [key for key in _weakest_must_haves(case) if key != gap.key]
    return sentences.gain_shown_later([case.names[key] for key in others])


def _weakest_must_haves(case: Case) -> list[str]:
    """The open must-haves that set the ceiling, whether or not they hold points now."""
    worst = case.result.worst_must_have_gap
    return [key for key in case.result.open_must_haves if case.gaps[key].gap == worst]
