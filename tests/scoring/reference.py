"""The model a second time, slowly, straight from the formulas of docs/scoring.md.

Everything is a `Fraction`, everything is computed from the ratings anew, and nothing of
`scoring` is used but the shapes of its input. The property tests compare.
"""

import random
from fractions import Fraction
from math import floor
from statistics import NormalDist
from zlib import crc32

LINES = ((80, "nearly"), (35, "developing"), (15, "foundation"), (0, "exploring"))
ORDER = ("exploring", "foundation", "developing", "nearly", "ready")
SPREAD = {"none": 60, "described": 57, "linked": 54, "verified": 36}
SPREAD_LOW = {"none": 80, "described": 76, "linked": 72, "verified": 48}


class Reference:
    """One person against one target; fields as a score file's result has them."""

    def __init__(self, target, answers):
        self.low, self.top = target.lowest, target.top
        self.line = 90 if target.own_ready_line is None else target.own_ready_line
        required = [item for item in target.requirements if item.required > 0]
        said = {item.key: answers.get(item.key) for item in required}
        self.applicable = [
            item
            for item in required
            if item.must_have_level
            or not (said[item.key] and said[item.key].not_applicable)
        ]
        self.ratings = {
            item.key: said[item.key].rating
            for item in self.applicable
            if said[item.key]
            and said[item.key].rating is not None
            and not said[item.key].not_applicable
        }
        self.said, self.required = said, required
        self.answered = [item for item in self.applicable if item.key in self.ratings]
        self.open = [item for item in self.applicable if item.key not in self.ratings]
        self.reasons = self._reasons()

    def _reasons(self):
        if not self.applicable:
            return ["no_required_skills"]
        self.answered_share = weight(self.answered) / weight(self.applicable)
        self.not_applicable_share = 1 - weight(self.applicable) / weight(self.required)
        holds = (
            ("coverage_below_min", self.answered_share < Fraction(4, 5)),
            ("must_have_unanswered", any(i.must_have_level for i in self.open)),
            ("too_many_not_applicable", self.not_applicable_share > Fraction(3, 10)),
            ("nothing_answered", not self.answered),
        )
        return [reason for reason, is_so in holds if is_so]

    # The number

    def coverage(self, ratings, items=None):
        items = self.answered if items is None else items
        reached = sum(
            i.importance * Fraction(min(ratings[i.key], i.required)) / i.required
            for i in items
        )
        return 100 * reached / weight(items)

    def missing(self, ratings):
        return sum(
            max(0, i.must_have_level - ratings[i.key])
            for i in self.applicable
            if i.key in ratings
        )

    def readiness(self, ratings, items=None):
        return self.coverage(ratings, items) * Fraction(9, 10) ** self.missing(ratings)

    def bound(self, ratings, value):
        filled = ratings | {item.key: value(item) for item in self.open}
        return self.readiness(filled, self.applicable)

    def lower_bound(self, ratings):
        return self.bound(ratings, lambda item: self.low)

    def tenths(self, ratings):
        tenths = floor(10 * self.readiness(ratings))
        return min(tenths, 990) if self.open else tenths

    def band(self, ratings):
        number = self.readiness(ratings)
        if number >= self.line:
            if not self.open or self.lower_bound(ratings) >= self.line:
                return "ready"
            return "nearly"
        return next(band for line, band in LINES if number >= line)

    # Its reasons

    def closed(self, item):
        higher = max(self.ratings[item.key], item.required)
        now = self.ratings
        return self.readiness(now | {item.key: higher}) - self.readiness(now)

    def lost(self):
        gains = {item.key: self.closed(item) for item in self.answered}
        whole, short = sum(gains.values()), 100 - self.readiness(self.ratings)
        return {
            key: short * gain / whole if whole else 0 for key, gain in gains.items()
        }

    def earned(self):
        return {
            i.key: 100 * Fraction(i.importance * min(self.ratings[i.key], i.required))
            / (i.required * weight(self.answered))
            for i in self.answered
        }  # fmt: skip

    def gaps(self):
        items = [i for i in self.answered if self.ratings[i.key] < i.required]
        items.sort(key=self.closed, reverse=True)
        return [self._gap(item, rank) for rank, item in enumerate(items, 1)]

    def _gap(self, item, rank):
        rating, now = self.ratings[item.key], self.tenths(self.ratings)
        step = self.ratings | {item.key: rating + 1}
        close = self.ratings | {item.key: item.required}
        hours = item.hours and item.hours[rating - self.low : item.required - self.low]
        return {
            "key": item.key,
            "rating": rating,
            "required": item.required,
            "missing_levels": max(0, item.must_have_level - rating),
            "gain_step_tenths": self.tenths(step) - now,
            "gain_close_tenths": self.tenths(close) - now,
            "step_hours": hours and hours[0],
            "close_hours": hours and sum(hours),
            "rank": rank,
            "gap": item.required - rating,
        }

    def turning(self, change):
        now = ORDER.index(self.band(self.ratings))
        found = []
        for key, rating in self.ratings.items():
            if self.low <= rating + change <= self.top:
                then = ORDER.index(self.band(self.ratings | {key: rating + change}))
                if (then > now) if change > 0 else (then < now):
                    found.append(key)
        return found

    def what_if_lower(self):
        lower = {k: max(self.low, r - Fraction(3, 10)) for k, r in self.ratings.items()}
        missing = Fraction(self.missing(lower))
        whole = floor(missing)
        factor = Fraction(9, 10) ** whole * (1 - (missing - whole) / 10)
        return self.coverage(lower) * factor

    def groups(self):
        names = dict.fromkeys(item.group for item in self.answered if item.group)
        of = {n: [i for i in self.answered if i.group == n] for n in names}
        return {
            name: (
                weight(items) / weight(self.answered),
                self.coverage(self.ratings, items),
            )
            for name, items in of.items()
        }

    # The likely range

    def offset(self, key, draw):
        answer = self.said[key]
        spreads = SPREAD_LOW if answer.confidence == "low" else SPREAD
        spread = spreads[answer.evidence] * (self.top - self.low) // 5
        q, own = quantile(draw), quantile(own_order(key)[draw])
        return (spread * (6 * q + 8 * own) + 500000) // 1000000

    def likely_range(self):
        draws = []
        for draw in range(1000):
            again = {
                key: max(self.low, min(self.top, rating + self.offset(key, draw)))
                for key, rating in self.ratings.items()
            }
            draws.append(self.tenths(again) // 10)
        draws.sort()
        score = self.tenths(self.ratings) // 10
        above, below = sum(d > score for d in draws), sum(d < score for d in draws)
        low, high = draws[100], draws[899]
        if above < 100:
            low, high = draws[200 - above], score
        elif below < 100:
            low, high = score, draws[799 + below]
        if self.open:
            low = min(low, floor(self.lower_bound(self.ratings)))
            high = max(high, floor(self.bound(self.ratings, lambda i: i.required)))
        return [low, high]


_QUANTILES = [
    round(1000 * NormalDist().inv_cdf((2 * draw + 1) / 2000)) for draw in range(1000)
]
_ORDERS = {}


def quantile(draw):
    return _QUANTILES[draw]


def own_order(key):
    if key not in _ORDERS:
        source = random.Random(crc32(key.encode("utf-8")))
        marks = [source.random() for _ in range(1000)]
        _ORDERS[key] = sorted(range(1000), key=lambda draw: marks[draw])
    return _ORDERS[key]


def weight(items):
    return Fraction(sum(item.importance for item in items))


def largest_remainder(values, total):
    """Tenths by skill: rounded down, then one more each by the largest fraction."""
    tenths = {key: floor(10 * value) for key, value in values.items()}
    keys = [key for key in values if values[key] > 0]
    keys.sort(key=lambda key: 10 * values[key] - tenths[key], reverse=True)
    for key in keys[: total - sum(tenths.values())]:
        tenths[key] += 1
    return tenths
