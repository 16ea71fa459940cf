"""The scoring engine: what a target asks for and a person's answers in, a score and
its reasons out.

Pure: it knows no framework, no database, no clock and no setting, and imports the
standard library only. docs/scoring.md is the source that it follows. Read `target`
and `readiness` for the number, `standing` and `points` for its explanation, and
`engine` for how they come together.
"""

from .bands import Cuts
from .engine import score
from .errors import ScoringError
from .inputs import SkillInput
from .ladder import (
    coverage_of_level_below,
    level_below_readiness,
    place_on_ladder,
    prepare_ladder,
)
from .likely_range import (
    clear_change,
    half_width,
    is_clear_score_change,
    likely_range_of,
    score_noise,
)
from .losses import Loss, losses_of
from .panel import panel_cut
from .parameters import CURRENT, PARAMETERS, SCORING_VERSION, Number, Parameters
from .priority import hours_between
from .readiness import Readiness, readiness_of
from .results import (
    Change,
    Display,
    DomainScore,
    Effect,
    Gap,
    Insufficient,
    Placement,
    Result,
    Rung,
    Scored,
    Sensitivity,
    WhatIf,
)
from .sensitivity import what_matters_most
from .straight_line import longest_run
from .target import Target, prepare
from .words import BANDS, Band, Confidence, Evidence, Lane, Reason, Status

__all__ = [
    "BANDS",
    "CURRENT",
    "PARAMETERS",
    "SCORING_VERSION",
    "Band",
    "Change",
    "Confidence",
    "Cuts",
    "Display",
    "DomainScore",
    "Effect",
    "Evidence",
    "Gap",
    "Insufficient",
    "Lane",
    "Loss",
    "Number",
    "Parameters",
    "Placement",
    "Readiness",
    "Reason",
    "Result",
    "Rung",
    "Scored",
    "ScoringError",
    "Sensitivity",
    "SkillInput",
    "Status",
    "Target",
    "WhatIf",
    "clear_change",
    "coverage_of_level_below",
    "half_width",
    "hours_between",
    "is_clear_score_change",
    "level_below_readiness",
    "likely_range_of",
    "longest_run",
    "losses_of",
    "panel_cut",
    "place_on_ladder",
    "prepare",
    "prepare_ladder",
    "readiness_of",
    "score",
    "score_noise",
    "what_matters_most",
]
