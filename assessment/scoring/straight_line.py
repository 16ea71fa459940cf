"""A sign that somebody answered without reading: the same answer many times over."""

from collections.abc import Sequence
from itertools import groupby

from .parameters import Number


def longest_run(ratings: Sequence[Number | None]) -> int:
    """Return how often the same rating stands in a row, at most.

    An unanswered skill ends a run and is not part of one; without answers it is 0.

    >>> longest_run([3, 3, None, 3, 3, 3, 1])
    3
    """
    return max(
        (len(list(run)) for rating, run in groupby(ratings) if rating is not None),
        default=0,
    )
