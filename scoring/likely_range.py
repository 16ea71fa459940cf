"""Where the number would lie in four of five cases if the person rated again, and which
changes are more than that.

A thousand whole-number re-ratings whose errors are partly shared by all skills. The
draws belong to the skill's key: no order, other skill or target changes them.
Source: docs/scoring.md, "The likely range", "Then and now".
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from random import Random
from statistics import NormalDist
from zlib import crc32

from .inputs import AnswerLike, Confidence, Target
from .number import Readiness
from .parameters import Parameters

ZERO = 128  # what an offset of 0 is as a byte


def likely_range_of(number: Readiness) -> tuple[int, int]:
    """The lowest and the highest printed number of the middle 80 in 100 re-ratings."""
    draws, score = draws_of(number), number.score
    tail = len(draws) // 10
    above = sum(draw > score for draw in draws)
    below = sum(draw < score for draw in draws)
    low, high = draws[tail], draws[-1 - tail]
    if above < tail:
        low, high = draws[2 * tail - above], score
    elif below < tail:
        low, high = score, draws[-1 - 2 * tail + below]
    if number.is_provisional:
        low = min(low, int(number.lower_bound))
        high = max(high, int(number.upper_bound))
    return low, high


def score_change_is_clear(earlier_range: tuple[int, int], later: int) -> bool:
    """Whether the later score lies outside the earlier likely range."""
    low, high = earlier_range
    return not low <= later <= high


def skill_change_is_clear(earlier: int, later: int, both_verified: bool) -> bool:
    """From two levels on; from one if both ratings are verified."""
    return abs(later - earlier) >= (1 if both_verified else 2)


def draws_of(number: Readiness) -> list[int]:
    """The printed numbers of all re-ratings, in ascending order."""
    target = number.target
    mask = (1 << target.shift) - 1
    # Many re-ratings come to the same sum: each is printed once.
    sums = Counter(map(sum, zip(*_columns(number), strict=True)))
    draws: list[int] = []
    for total, times in sums.items():
        tenths = number.tenths_if(total & mask, total >> target.shift)
        draws += [tenths // 10] * times
    return sorted(draws)


def _columns(number: Readiness) -> Sequence[list[int]]:
    """For each answered skill, what each re-rating is worth (`Row.worth`)."""
    target = number.target
    columns = []
    for row in target.rows:
        rating = target.rating_of(row.key, number.answers)
        if rating is None:
            continue
        spread = spread_of(number.answers[row.key], target)
        offsets = offsets_of(row.key, spread, target.parameters)
        worth = {
            offset: row.worth[
                min(target.top, max(target.lowest, rating + offset - ZERO))
            ]
            for offset in set(offsets)
        }
        columns.append(list(map(worth.__getitem__, offsets)))
    return columns


def spread_of(answer: AnswerLike, target: Target) -> int:
    """Hundredths of a level by which an answer is spread on the target's scale."""
    numbers = target.parameters
    is_low = answer.confidence == Confidence.LOW
    spreads = numbers.spread_hundredths_low if is_low else numbers.spread_hundredths
    steps = target.top - target.lowest
    return spreads[answer.evidence] * steps // numbers.error_scale_top


def offsets_of(key: str, spread: int, parameters: Parameters) -> bytes:
    """By how many levels each re-rating of a skill is off, plus `ZERO`."""
    return _offsets(
        key, spread, parameters.draws, parameters.common_tenths, parameters.own_tenths
    )


# A thousand bytes each; twenty skills take 15 ms once and then nothing.
@lru_cache(maxsize=2048)
def _offsets(
    key: str, spread: int, draws: int, common_tenths: int, own_tenths: int
) -> bytes:
    common = quantiles(draws)
    source = Random(crc32(key.encode()))
    marks = [source.random() for _ in range(draws)]
    own = [common[place] for place in sorted(range(draws), key=marks.__getitem__)]
    # Hundredths of a level x tenths x thousandths: a million parts of a level.
    return bytes(
        ZERO
        + (spread * (common_tenths * shared + own_tenths * single) + 500_000)
        // 1_000_000
        for shared, single in zip(common, own, strict=True)
    )


@lru_cache(maxsize=4)
def quantiles(draws: int) -> tuple[int, ...]:
    """Thousandths of a standard deviation at the middles of equally likely parts."""
    normal = NormalDist()
    return tuple(
        round(1000 * normal.inv_cdf((2 * place + 1) / (2 * draws)))
        for place in range(draws)
    )
