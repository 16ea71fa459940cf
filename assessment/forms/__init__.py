"""All input of the assessment pages. Error texts say what to do."""

from assessment.forms.practice import PracticeForm
from assessment.forms.rating import RatingForm
from assessment.forms.reports import LabelForm, ShareForm, WhatIfForm
from assessment.forms.search import SearchForm
from assessment.forms.targets import (
    AnewForm,
    CompareForm,
    LevelQuestionsForm,
    StartForm,
    TargetForm,
)

__all__ = [
    "AnewForm",
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
