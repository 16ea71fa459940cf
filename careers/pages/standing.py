"""The reader's own standing in a sentence, beside what the guide says to everybody."""

from careers.pages.parts import StandingNote
from careers.shape import CareerLevel, FrameworkSpec
from careers.standing import Fit, Standing, marks_at


def standing_at(standing: Standing | None, level: CareerLevel) -> StandingNote | None:
    """What the reader's latest report says of one career level; None without one."""
    if standing is None:
        return None
    fit = standing.fit.get(level.key)
    return StandingNote(
        marks=marks_at(standing, level.key),
        text=f"By your own rating: {_said(fit)}."
        if fit
        else "Your latest report answers too little for a score here.",
        url=standing.report_url,
    )


def fit_text(standing: Standing | None, level: CareerLevel) -> str:
    """The reader's score and verdict at a level; empty where there is none."""
    fit = standing and standing.fit.get(level.key)
    return _said(fit) if fit else ""


def standing_on_ladder(
    spec: FrameworkSpec, standing: Standing | None
) -> StandingNote | None:
    """The rung that the reader holds, and the target; None without a report."""
    if standing is None:
        return None
    target, fit = spec.levels_by_key[standing.target], standing.fit[standing.target]
    text = f"Your latest report, for {target.short_title}: {_said(fit)}."
    if standing.now:
        held = spec.levels_by_key[standing.now].short_title
        text = f"You hold {held} by your own rating. {text}"
    return StandingNote(marks=(), text=text, url=standing.report_url)


def _said(fit: Fit) -> str:
    return f"{fit.score} of 100, {fit.band}"
