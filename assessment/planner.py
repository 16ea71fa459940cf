"""The set of steps with the most readiness for some hours. Pure and exact.

A step raises one skill by one level, up to what is required, for that level's hours. A
step to a level from `applies_from` on needs the other skill at `min_value`, rated so or
raised before.

Best: highest exact readiness, then fewer hours, then fewer steps, then the first skill in
framework order in which two sets differ is raised further.

Readiness is coverage x (9/10)^m. Among sets that raise the same number of must-have
levels for the same hours, the one with the most credit is best, and credits add up skill
by skill: a knapsack over whole hours for each number of levels. So skills are taken one
after another, and of all sets with the same levels and hours the best is kept (dynamic
programming). Two things keep it quick. A set is dropped that cannot pass the best known
one even with the most that the hours left can bring without prerequisites. And skills
that prerequisites join stand close together, so that a set owes little to those to come.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from math import gcd, inf, log
from typing import NamedTuple

from scoring.inputs import CREDIT, Answer, Answers, Target, credit
from scoring.number import (
    Band,
    Insufficient,
    Readiness,
    readiness_of,
)

MOST_SETS = 300_000
"""Sets kept in all before a plan is only the best found: about a second."""
BEAM = 30
"""Sets kept after each skill while a first good one is looked for."""
SAFE = 1e-9
"""More than the floating error of a bound: only sets beyond it are dropped."""


class Prerequisite(NamedTuple):
    """To reach `applies_from` of `skill`, `needs` must stand at `min_value`."""

    skill: str
    needs: str
    min_value: int
    applies_from: int


class Step(NamedTuple):
    """One skill raised by one level, to `value`."""

    skill: str
    value: int
    hours: int


@dataclass(frozen=True)
class Plan:
    """A set of steps: the levels that it reaches, its hours, and the number after it.

    `is_best` is False where the search was cut off: then it is the best found.
    """

    levels: Mapping[str, int]  # of the skills that it raises, in framework order
    hours: int
    after: Readiness
    is_best: bool


class Planner:
    """Plans of one person for one target.

    Skills that are not answered, not applicable or without hours are not planned. Raises
    `ValueError` where `readiness_of` is Insufficient: unanswered skills come first.
    """

    def __init__(
        self,
        target: Target,
        answers: Answers,
        prerequisites: Iterable[Prerequisite] = (),
    ) -> None:
        now = readiness_of(target, answers)
        if isinstance(now, Insufficient):
            raise ValueError("Without a number there is nothing to plan.")
        self.target, self.answers, self.now = target, answers, now
        self.prerequisites = tuple(prerequisites)
        self.ratings = {
            key: rating
            for key in {**target.by_key, **answers}
            if (rating := target.rating_of(key, answers)) is not None
        }

    # What can be raised
    # ----------------------------------------------------------------------------------

    @cached_property
    def caps(self) -> dict[str, int]:
        """How far each skill can be raised without a limit of hours, framework order.

        Skills that cannot be raised are left out.
        """
        levels = dict(self.ratings)
        wanted = {
            key: item.required
            for key, item in self.target.by_key.items()
            if key in levels and item.hours is not None
        }
        while raised := [
            key
            for key, required in wanted.items()
            if levels[key] < required and not self.in_the_way(key, levels)
        ]:
            for key in raised:
                levels[key] += 1
        return {key: levels[key] for key in wanted if levels[key] > self.ratings[key]}

    def in_the_way(self, key: str, levels: Mapping[str, int]) -> list[Prerequisite]:
        """The prerequisites that the next step of a skill waits for at these levels."""
        return [
            each
            for each in self.prerequisites
            if each.skill == key
            and each.applies_from <= levels[key] + 1
            and not _is_met(each, levels)
        ]

    @property
    def closed(self) -> dict[str, list[Prerequisite]]:
        """Skills whose next step can never be taken, with what is in the way."""
        levels = self.ratings | self.caps
        return {
            key: waits
            for key, item in self.target.by_key.items()
            if key in levels
            and levels[key] < item.required
            and (waits := self.in_the_way(key, levels))
        }

    @property
    def all_hours(self) -> int:
        """Hours of all steps that can be taken."""
        return sum(self.hours_to(key, cap) for key, cap in self.caps.items())

    @cached_property
    def unit(self) -> int:
        """Hours of which every step is a multiple; 0 without a step."""
        return gcd(
            *(
                self.step_hours(key, value)
                for key, cap in self.caps.items()
                for value in range(self.ratings[key] + 1, cap + 1)
            )
        )

    def step_hours(self, key: str, value: int) -> int:
        """Hours of the step that ends at a value."""
        hours = self.target.by_key[key].hours or ()
        return hours[value - 1 - self.target.lowest]

    def hours_to(self, key: str, value: int) -> int:
        """Hours from the rating to a value."""
        first = self.ratings[key] + 1
        return sum(self.step_hours(key, each) for each in range(first, value + 1))

    # Plans
    # ----------------------------------------------------------------------------------

    def best(self, hours: int) -> Plan:
        """The best set of steps for at most so many hours."""
        if not self.caps or hours < self.unit:
            return self._plan(0, True)
        search = _Search(self, min(hours, self.all_hours) // self.unit)
        return self._plan(*search.most_readiness())

    def soonest(self) -> Plan | None:
        """The set with the least hours that reaches the ready line; None if none does.

        Of several with these hours: the best of them.
        """
        if self.now.band is Band.READY:
            return self._plan(0, True)
        least = {
            key: item.must_have_level
            for key, item in self.target.by_key.items()
            if self.ratings.get(key, item.must_have_level) < item.must_have_level
        }
        if any(self.caps.get(key, 0) < level for key, level in least.items()):
            return None
        if not self.caps:
            return None
        search = _Search(self, self.all_hours // self.unit, least)
        raised = search.least_hours(self._credit_of_ready() - self.now.credit)
        return None if raised is None else self._plan(raised, True)

    def _credit_of_ready(self) -> int:
        """The least credit of the answered that is ready, no must-have level missing.

        While skills are unanswered, ready even with these at the lowest rating.
        """
        now, line = self.now, CREDIT * self.now.ready_line
        of_answered = -(-line * now.answered // 100)
        of_applicable = -(-line * now.applicable // 100)
        return max(of_answered, of_applicable - (now.credit_if_lowest - now.credit))

    def _plan(self, raised: int, is_best: bool) -> Plan:
        levels = {
            key: self.ratings[key] + steps
            for place, key in enumerate(self.caps)
            if (steps := raised >> _digit(place, len(self.caps)) & 15)
        }
        hours = sum(self.hours_to(key, value) for key, value in levels.items())
        return Plan(levels, hours, self.after(levels), is_best)

    def after(self, levels: Mapping[str, int]) -> Readiness:
        """The number of who stands at these levels, elsewhere as rated."""
        reached = {key: Answer(level) for key, level in levels.items()}
        after = readiness_of(self.target, {**self.answers, **reached})
        assert isinstance(after, Readiness)  # no answer was taken away
        return after

    def steps(self, plan: Plan) -> list[Step]:
        """The steps of a plan, in an order in which each can be taken.

        Of those that can be taken next, the one with the most readiness an hour.
        """
        levels, steps = dict(self.ratings), []
        while open_steps := [
            Step(key, levels[key] + 1, self.step_hours(key, levels[key] + 1))
            for key, level in plan.levels.items()
            if levels[key] < level and not self.in_the_way(key, levels)
        ]:
            now = self.after(levels).readiness
            gains = [
                (self.after({**levels, key: value}).readiness - now) / hours
                for key, value, hours in open_steps
            ]
            step = open_steps[gains.index(max(gains))]
            levels[step.skill] = step.value
            steps.append(step)
        return steps


def _is_met(prerequisite: Prerequisite, levels: Mapping[str, int]) -> bool:
    level = levels.get(prerequisite.needs)
    return level is not None and level >= prerequisite.min_value


def _digit(place: int, of: int) -> int:
    """Where the bits stand that tell how far a skill is raised: the first the highest.

    Four bits: no scale has more than eleven points.
    """
    return 4 * (of - 1 - place)


# The search
# --------------------------------------------------------------------------------------


class Option(NamedTuple):
    """What raising one skill to one level brings; all of it adds up skill by skill.

    `worth` orders sets of the same hours and must-have levels: more credit, then fewer
    steps, then skills raised further in framework order. A prerequisite is a bit of
    `owes` where a skill yet to come must meet it, and of `clears` where one before had to.
    """

    hours: int  # in units of the planner
    missing: int  # must-have levels raised
    credit: int
    worth: int
    owes: int
    clears: int


Sets = dict[int, dict[int, int]]
"""{what is owed: {must-have levels raised and hours: worth}}"""


class _Search:
    """All sets of steps within some hours; `least` is what some skills must come to.

    Hours are in units of the planner.
    """

    def __init__(
        self, planner: Planner, hours: int, least: Mapping[str, int] | None = None
    ) -> None:
        self.planner, self.hours, self.least = planner, hours, least or {}
        caps = planner.caps
        self.hour_bits = hours.bit_length()  # below the must-have levels raised
        self.raised_bits = 4 * len(caps)
        self.low_bits = self.raised_bits + 12  # of a worth, below its credit
        self.joins = [
            each
            for each in planner.prerequisites
            if caps.get(each.skill, -1) >= each.applies_from
            and not _is_met(each, planner.ratings)
        ]
        self.order = self._order()
        self.stages = [self._options(key) for key in self.order]
        self.settled = [self._settled_at(place) for place in range(len(self.order))]

    def _order(self) -> list[str]:
        """The skills, those that prerequisites join close together."""
        joined: dict[str, set[str]] = {key: set() for key in self.planner.caps}
        for each in self.joins:
            joined[each.skill].add(each.needs)
            joined[each.needs].add(each.skill)
        order: list[str] = []

        def owing(key: str) -> tuple[int, bool]:
            taken = {*order, key}
            return sum(bool(joined[each] - taken) for each in taken), not joined[key]

        while left := [key for key in joined if key not in order]:
            order.append(min(left, key=owing))
        return order

    def _options(self, key: str) -> list[Option]:
        planner = self.planner
        item, rating = planner.target.by_key[key], planner.ratings[key]
        behind = self.order[self.order.index(key) + 1 :]
        digit = _digit(list(planner.caps).index(key), len(planner.caps))
        first = max(rating, self.least.get(key, rating))
        options = []
        for value in range(first, planner.caps[key] + 1):
            owes = clears = 0
            for bit, each in enumerate(self.joins):
                if each.skill == key:
                    other, binds = each.needs, value >= each.applies_from
                    binds = binds and value > rating
                elif each.needs == key:
                    other, binds = each.skill, value < each.min_value
                else:
                    continue
                owes |= (binds and other in behind) << bit
                clears |= (binds and other not in behind) << bit
            gained, steps = credit(item, value) - credit(item, rating), value - rating
            options.append(
                Option(
                    planner.hours_to(key, value) // planner.unit,
                    max(0, min(value, item.must_have_level) - rating),
                    gained,
                    (gained << self.low_bits)
                    - (steps << self.raised_bits)
                    + (steps << digit),
                    owes,
                    clears,
                )
            )
        return options

    def _settled_at(self, place: int) -> int:
        """The prerequisites whose second skill stands at this place, as bits."""
        seen = self.order[: place + 1]
        return sum(
            1 << bit
            for bit, each in enumerate(self.joins)
            if self.order[place] in (each.skill, each.needs)
            and each.skill in seen
            and each.needs in seen
        )

    def _raised(self, worth: int) -> int:
        """How far a set raises each skill, as `Planner` reads it."""
        return worth & ((1 << self.raised_bits) - 1)

    def _extended(self, sets: Sets, place: int, hours: int) -> Sets:
        """Each set with each option of the next skill."""
        extended: Sets = {}
        hour_mask = (1 << self.hour_bits) - 1
        for owed, front in sets.items():
            for option in self.stages[place]:
                if owed & option.clears:
                    continue
                owes = (owed | option.owes) & ~self.settled[place]
                more = extended.setdefault(owes, {})
                room, gain = hours - option.hours, option.worth
                move = (option.missing << self.hour_bits) + option.hours
                for at, worth in front.items():
                    if (
                        at & hour_mask <= room
                        and more.get(at + move, -1) < worth + gain
                    ):
                        more[at + move] = worth + gain
        return extended

    def _most(self, gain: Callable[[Option], float], hours: int) -> list[list[float]]:
        """[place][hours left]: the most that the skills from there on can still gain.

        Without prerequisites, so a bound; -inf where `least` needs more hours.
        """
        most = [[0.0] * (hours + 1)]
        for options in reversed(self.stages):
            after, best = most[-1], [-inf] * (hours + 1)
            for option in options:
                if option.hours <= hours:
                    gained = gain(option)
                    moved = [
                        each + gained for each in after[: hours + 1 - option.hours]
                    ]
                    best[option.hours :] = map(max, best[option.hours :], moved)
            most.append(best)
        return most[::-1]

    def _gained(self, worth: int) -> int:
        """The credit that a set gains."""
        return -(-worth >> self.low_bits)

    def _hours(self, at: int) -> int:
        return at & ((1 << self.hour_bits) - 1)

    # The most readiness within the hours
    # ----------------------------------------------------------------------------------

    def most_readiness(self) -> tuple[int, bool]:
        """How far each skill is raised in the best set, and whether that is proven."""
        known, better = (0, 0), self._swept((0, 0), BEAM)[0]
        while self._rank(better) > self._rank(known):
            known, better = better, self._swept(better, BEAM)[0]
        found, is_whole = self._swept(known, MOST_SETS // len(self.order))
        return self._raised(max(found, known, key=self._rank)[1]), is_whole

    def _rank(self, found: tuple[int, int]) -> tuple[int, int, int]:
        """Sorts sets: readiness times a constant, fewer hours, then as `worth` does."""
        at, worth = found
        now, cut = self.planner.now, self.planner.target.parameters.must_have_cut
        raised = at >> self.hour_bits
        kept = (cut.denominator - cut.numerator) ** (now.missing_levels - raised)
        readiness = (now.credit + self._gained(worth)) * kept * cut.denominator**raised
        return (
            readiness,
            -self._hours(at),
            worth - (self._gained(worth) << self.low_bits),
        )

    def _swept(
        self, known: tuple[int, int], width: int
    ) -> tuple[tuple[int, int], bool]:
        """The best set that is at least as good as a known one, else that one.

        With it, whether all sets were looked at that could be better: after each skill
        only `width` are kept. A set is bounded by the logarithm of its readiness, log
        credit + raised x log 10/9, where log credit <= log x + credit/x - 1, the line
        that touches it at the credit x of the known set.
        """
        now, cut = self.planner.now, self.planner.target.parameters.must_have_cut
        level = -log(1 - cut)
        credit_known = now.credit + self._gained(known[1])
        x = credit_known or CREDIT
        floor = (known[0] >> self.hour_bits) * level + self._gained(known[1]) / x - SAFE
        if not credit_known:
            floor = -inf
        most = self._most(
            lambda each: each.credit / x + each.missing * level, self.hours
        )
        sets: Sets = {0: {0: 0}}
        is_whole = True
        for place, left in enumerate(most[1:]):
            bounded = [
                (bound, owed, at, worth)
                for owed, front in self._extended(sets, place, self.hours).items()
                for at, worth in front.items()
                if (
                    bound := self._gained(worth) / x
                    + (at >> self.hour_bits) * level
                    + left[self.hours - self._hours(at)]
                )
                >= floor
            ]
            if len(bounded) > width:
                bounded, is_whole = nlargest(width, bounded), False
            sets = {}
            for _, owed, at, worth in bounded:
                sets.setdefault(owed, {})[at] = worth
        found = max(sets.get(0, {}).items(), key=self._rank, default=known)
        return max(found, known, key=self._rank), is_whole

    # The least hours for some credit
    # ----------------------------------------------------------------------------------

    def least_hours(self, needed: int) -> int | None:
        """How far each skill is raised in the best of the shortest sets with the credit.

        The hours that would do without prerequisites are tried first, then more.
        """
        most = self._most(lambda each: each.credit, self.hours)
        enough = [hours for hours, gain in enumerate(most[0]) if gain >= needed]
        while enough:
            hours = enough[0]
            sets: Sets = {0: {0: 0}}
            for place, left in enumerate(most[1:]):
                sets = {
                    owed: {
                        at: worth
                        for at, worth in front.items()
                        if self._gained(worth) + left[hours - self._hours(at)] >= needed
                    }
                    for owed, front in self._extended(sets, place, hours).items()
                }
            if found := sets.get(0):
                best = min(found, key=lambda at: (self._hours(at), -found[at]))
                return self._raised(found[best])
            enough = enough[1 + hours // 50 :] or enough[1:][-1:]
        return None
