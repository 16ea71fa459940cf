"""All input of the assessment pages. Error texts say what to do."""

from assessment.forms.practice import PracticeForm
from assessment.forms.rating import REFUSED_FOR_MUST_HAVES, RatingForm
from assessment.forms.reports import LabelForm, ShareForm, WhatIfForm
from assessment.forms.search import SearchForm
from assessment.forms.targets import (
    CompareForm,
    LevelQuestionsForm,
    StartForm,
    TargetForm,
)

__all__ = [
    "REFUSED_FOR_MUST_HAVES",
    "CompareForm",
    "LabelForm",
    "LevelQuestionsForm",
    "PracticeForm",
    "RatingForm",
    "SearchForm",
    "ShareForm",
    "StartForm",
    "TargetForm",
    "WhatIfForm",
]
