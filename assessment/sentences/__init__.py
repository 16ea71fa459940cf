"""Every sentence that depends on a result. Pure; about the task, never about the person;
each with its singular, plural and zero form.

One module for each subject: `words` is what the others share.
"""

from assessment.sentences.answers import left_out_sentence
from assessment.sentences.change import (
    level_change,
    measured_against,
    other_framework,
    score_change,
    skills_change,
)
from assessment.sentences.fit import asked_by_one, fit_note, not_measured, steps_note
from assessment.sentences.next_step import answer_next, nothing_next, raise_next
from assessment.sentences.points import points_note
from assessment.sentences.sensitivity import (
    importance_matters,
    no_importance_matters,
    no_requirement_matters,
    requirement_matters,
    seen_lower,
)
from assessment.sentences.trend import ONE_DAY, hollow_note, trend_note
from assessment.sentences.verdict import (
    ceiling_note,
    current_level,
    held_sentence,
    high_cut,
    is_ready_but_provisional,
    open_sentence,
    strengths_note,
    verdict,
)
from assessment.sentences.what_if import (
    closed_gaps,
    what_if_band,
    what_if_held,
    what_if_sentence,
)
from assessment.sentences.words import (
    BAND_TITLES,
    REASON_SENTENCES,
    band_step,
    decimal,
    percent,
    points_of,
    printed,
    short_by,
    span,
)

__all__ = [
    "BAND_TITLES",
    "ONE_DAY",
    "REASON_SENTENCES",
    "answer_next",
    "asked_by_one",
    "band_step",
    "ceiling_note",
    "closed_gaps",
    "current_level",
    "decimal",
    "fit_note",
    "held_sentence",
    "high_cut",
    "hollow_note",
    "importance_matters",
    "is_ready_but_provisional",
    "left_out_sentence",
    "level_change",
    "measured_against",
    "no_importance_matters",
    "no_requirement_matters",
    "not_measured",
    "nothing_next",
    "open_sentence",
    "other_framework",
    "percent",
    "points_note",
    "points_of",
    "printed",
    "raise_next",
    "requirement_matters",
    "score_change",
    "seen_lower",
    "short_by",
    "skills_change",
    "span",
    "steps_note",
    "strengths_note",
    "trend_note",
    "verdict",
    "what_if_band",
    "what_if_held",
    "what_if_sentence",
]
