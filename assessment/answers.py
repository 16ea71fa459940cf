"""One answer to one skill, away from any row. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from assessment.scoring.inputs import Confidence, Evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of one skill.

    `value` is 0..5, or None. `not_applicable` comes with a reason and without a value.
    Neither of them: the skill is not answered, though a note or a link may be kept.
    """

    value: int | None = None
    not_applicable: bool = False
    reason: str = ""
    confidence: str = Confidence.MEDIUM
    note: str = ""
    url: str = ""
    rated_at: datetime.datetime | None = None
    revision: int = 0

    @property
    def rating(self) -> int | None:
        """The value, as the scoring reads it (`scoring.inputs.AnswerLike`)."""
        return self.value

    @property
    def is_answered(self) -> bool:
        return self.value is not None or self.not_applicable

    @property
    def kind(self) -> str:
        """`rated`, a 0 too; `not_relevant`; or `not_answered`. As files say it."""
        if self.not_applicable:
            return "not_relevant"
        return "not_answered" if self.value is None else "rated"

    @property
    def evidence(self) -> Evidence:
        """What stands behind the rating, derived and never asked."""
        if self.url:
            return Evidence.LINKED
        return Evidence.DESCRIBED if self.note.strip() else Evidence.NONE

    @property
    def says(self) -> tuple[int | None, bool, str, str, str, str]:
        """Everything that the person chose or wrote, to compare two answers by."""
        return (
            self.value,
            self.not_applicable,
            self.reason,
            self.confidence,
            self.note,
            self.url,
        )

    @property
    def choice(self) -> tuple[int | None, bool]:
        """The answer itself, without what explains it."""
        return self.value, self.not_applicable


NO_ANSWER = Answer()


def longest_run(ratings: Iterable[int | None]) -> int:
    """How often the same rating stands in a row, at most: a sign of answering unread.

    An unanswered skill ends a run and is not part of one; without answers it is 0.

    >>> longest_run([3, 3, None, 3, 3, 3, 1])
    3
    """
    return max(
        (len(list(run)) for rating, run in groupby(ratings) if rating is not None),
        default=0,
    )
