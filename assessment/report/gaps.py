"""The gaps that matter most, each with its next step."""

import math
from fractions import Fraction

from assessment import charts, scoring, sentences
from assessment.report.case import Case
from assessment.report.parts import GapCard
from assessment.sentences import printed
from careers.words import in_words, listed

MOST_GAPS = 3


def gaps_title(case: Case) -> str:
    shown = min(MOST_GAPS, len(case.result.gaps))
    if shown == 1:
        return "The one gap"
    return f"The {in_words(shown)} gaps that matter most"


def gaps_note(case: Case) -> str:
    binding = case.result.binding
    if not case.result.gaps:
        return ""
    if len(case.result.gaps) == 1:
        return "Close it, and every skill that you answered is met."
    if not binding:
        return "The order weighs points, must-haves and hours."
    if len(binding) == 1:
        return (
            "The first one comes before the others: until it is raised, their "
            "points are banked but do not show."
        )
    names = listed([case.names[key] for key in binding])
    return (
        f"Raise {names} together by one level: {printed_gain(case.result.bundle_gain)}."
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
        holds=f"Holds {sentences.points_of(held)} back" if held and alone else "",
        next=skill.statement(rating + 1),
        gain=printed_gain(gap.step_gain or gap.step_gain_banked),
        gain_label=gain_label(case, gap),
        shown_later=not gap.step_gain,
        hours=str(math.ceil(gap.step_hours)),
        action_title=action.title if action else "",
        action_text=f"{action.description} About {action.hours} hours."
        if action
        else "",
    )


def gain_label(case: Case, gap: scoring.Gap) -> str:
    if gap.step_gain:
        return "points for one step up"
    others = [key for key in _weakest_must_haves(case) if key != gap.key]
    skills = listed([case.names[key] for key in others])
    verb = "is" if len(others) == 1 else "are"
    return f"points for one step up, shown once {skills} {verb} raised too"


def _weakest_must_haves(case: Case) -> list[str]:
    """The open must-haves that set the ceiling, whether or not they hold points now."""
    worst = case.result.worst_must_have_gap
    return [key for key in case.result.open_must_haves if case.gaps[key].gap == worst]


def printed_gain(points: Fraction | None) -> str:
    """A gain as it is printed, to the nearest tenth: "+14.3"; "under 0.1" if less."""
    gain = points or Fraction(0)
    tenths = round(10 * gain)
    return "under 0.1" if gain and not tenths else f"+{printed(tenths)}"
