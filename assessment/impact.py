"""What publishing a draft would do to people's numbers, so told that nobody's is. Pure.

People are counted over their latest report, measured on the live version and on the draft.
What is shown keeps these rules: of fewer than SMALLEST_GROUP people nothing is shown; bars
are joined with their neighbours until each holds that many; career levels are counted
together until each holds, of every bar, nobody or that many; a sum is shown only where what
it leaves is nobody or that many, too; causes are named in their order, without a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from scoring.inputs import Answers, Requirement, Target
from scoring.number import Insufficient, readiness_of

SMALLEST_GROUP = 5
MOST_CAUSES = 3
NO_NUMBER = -1000  # in the place of a difference: the draft allows no number


class Edit(NamedTuple):
    """What becomes of one requirement of a target; None: it did not count, or no longer."""

    target: str
    skill: str
    old: Requirement | None
    new: Requirement | None

    @property
    def is_of_importance(self) -> bool:
        """Whether nothing but the importance is another one."""
        if self.old is None or self.new is None:
            return False
        return self.new.required == self.old.required and (
            self.new.must_have_level == self.old.must_have_level
        )


class Change(NamedTuple):
    """One career level in both versions, with one target more for each edit alone.

    `keys` are {skill key of the draft: what the skill is called in the live version}.
    """

    before: Target
    after: Target
    alone: tuple[tuple[Edit, Target], ...]


def change_of(
    level: str, before: Target, after: Target, keys: Mapping[str, str]
) -> Change:
    """What the draft makes of one career level."""
    old = {item.key: item for item in before.requirements}
    edits = []
    for item in after.requirements:
        was = old.pop(keys.get(item.key, item.key), None)
        if _weight(was) != _weight(item):
            edits.append(Edit(level, item.key, was, item))
    edits += [
        Edit(level, item.key, item, None) for item in old.values() if item.required
    ]
    return Change(
        before, after, tuple((edit, _with_one(before, edit)) for edit in edits)
    )


def _weight(item: Requirement | None) -> tuple[int, int, int] | None:
    """What of a requirement moves a number."""
    if item is None or not item.required:
        return None
    return item.required, item.importance, item.must_have_level


def _with_one(before: Target, edit: Edit) -> Target:
    """The live target with one edit of the draft."""
    changed = {item.key for item in (edit.old, edit.new) if item is not None}
    items = [item for item in before.requirements if item.key not in changed]
    if edit.new is not None:
        items.append(edit.new)
    return Target(
        # Of hours there may be another number on the other scale; no number needs them.
        tuple(replace(item, hours=None) for item in items),
        before.own_ready_line,
        lowest=before.lowest,
        top=max([before.top, *(item.required for item in items)]),
        parameters=before.parameters,
    )


class Bar(NamedTuple):
    """How many people's number changes by `low` to `high` points; NO_NUMBER: has none."""

    low: int
    high: int
    people: int

    @property
    def has_still(self) -> bool:
        """Whether people are among them whose number stays."""
        return self.low <= 0 <= self.high

    @property
    def loses_number(self) -> bool:
        return self.low == NO_NUMBER


class Row(NamedTuple):
    """Career levels that are counted together; `moved` is None where it would tell too much."""

    targets: tuple[str, ...]
    people: int
    moved: int | None
    causes: tuple[Edit, ...]


class Impact:
    """Counts, and what may be shown of them.

    `counts` are {(target, difference, whether the verdict changes): people}, `causes`
    {(target, skill): people whose number that edit moves by itself}.
    """

    def __init__(
        self,
        counts: Mapping[tuple[str, int, bool], int] | None = None,
        causes: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self.counts = Counter(counts)
        self.causes = Counter(causes)

    def add(
        self, level: str, change: Change | None, old: Answers, new: Answers
    ) -> None:
        """One person, whose answers are given by the keys of both versions.

        `change` is None where the draft has no such level. Who has no number on the live
        version is left out.
        """
        if change is None:
            self.counts[level, NO_NUMBER, True] += 1
            return
        before = readiness_of(change.before, old)
        if isinstance(before, Insufficient):
            return
        after = readiness_of(change.after, new)
        if isinstance(after, Insufficient):
            self.counts[level, NO_NUMBER, True] += 1
        else:
            by = after.score - before.score
            self.counts[level, by, after.band != before.band] += 1
            if not by:
                return
        both = {**new, **old}
        for edit, target in change.alone:
            alone = readiness_of(target, both)
            if isinstance(alone, Insufficient) or alone.score != before.score:
                self.causes[level, edit.skill] += 1

    # Kept between slices

    def as_lists(self) -> list[list[list[Any]]]:
        return [
            [[*key, count] for key, count in counts.items()]
            for counts in (self.counts, self.causes)
        ]

    @classmethod
    def from_lists(cls, lists: Iterable[Iterable[list[Any]]]) -> Impact:
        counts, causes = ({tuple(key): n for *key, n in each} for each in lists)
        return cls(counts, causes)

    # What may be shown

    @cached_property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def is_shown(self) -> bool:
        return self.people >= SMALLEST_GROUP

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """From what falls most to what rises most; none where people are too few."""
        if not self.is_shown:
            return ()
        by_difference: Counter[int] = Counter()
        for (_, by, _), count in self.counts.items():
            by_difference[by] += count
        bars = [Bar(by, by, count) for by, count in sorted(by_difference.items())]
        while (small := _small(bars)) is not None:
            other = _neighbour(bars, small)
            first, second = sorted((small, other))
            one, two = bars[first], bars[second]
            bars[first : second + 1] = [Bar(one.low, two.high, one.people + two.people)]
        return tuple(bars)

    @property
    def most(self) -> int:
        return max((bar.people for bar in self.bars), default=0)

    @property
    def at_least(self) -> int:
        """How many numbers move, of those of whom it can be told."""
        return sum(bar.people for bar in self.bars if not bar.has_still)

    @property
    def is_exact(self) -> bool:
        """Whether `at_least` is all of them."""
        return all(bar.low == bar.high for bar in self.bars if bar.has_still)

    @property
    def verdicts(self) -> int | None:
        """How many verdicts change; None where it would tell of too few."""
        cells: Counter[tuple[bool, bool]] = Counter()
        for (_, by, other), count in self.counts.items():
            cells[by != 0, other] += count
        changed = cells[True, True] + cells[False, True]
        kept = all(_is_told(count) for count in cells.values())
        return changed if changed and kept and self.is_exact else None

    @property
    def verdicts_are_few(self) -> bool:
        """Whether fewer than SMALLEST_GROUP verdicts change, or none."""
        changed = sum(n for (_, _, other), n in self.counts.items() if other)
        return changed < SMALLEST_GROUP

    @property
    def direction(self) -> str:
        """rise or fall, where all numbers that move do the same; else empty."""
        moving = [bar for bar in self.bars if not bar.has_still]
        if not moving or not self.is_exact or self.bars[0].loses_number:
            return ""
        if all(bar.high < 0 for bar in moving):
            return "fall"
        return "rise" if all(bar.low > 0 for bar in moving) else ""

    def rows(self, changes: Mapping[str, Change]) -> tuple[Row, ...]:
        """By target, in the order of `changes`; small ones are counted together."""
        order = [*changes, *({key[0] for key in self.counts} - changes.keys())]
        found = [key for key in order if any(key == each[0] for each in self.counts)]
        groups: list[tuple[str, ...]] = [(key,) for key in found]
        while len(groups) > 1 and not all(map(self._is_told_of, groups)):
            groups.sort(
                key=lambda group: (self._is_told_of(group), self._people(group))
            )
            first, *rest = groups
            heals = (each for each in rest if self._is_told_of(first + each))
            other = next(heals, rest[0])
            groups = [first + other, *(each for each in rest if each != other)]
        if not groups or not self.is_shown:
            return ()
        groups = [tuple(sorted(group, key=found.index)) for group in groups]
        groups.sort(key=lambda group: found.index(group[0]))
        edits = _edits(changes)
        return tuple(self._row(group, edits) for group in groups)

    def _row(self, group: tuple[str, ...], edits: Mapping[Any, Edit]) -> Row:
        is_told = self.is_exact and self._is_told_of(group)
        causes = [
            edits[key] for key in self._by_size() if key[0] in group and key in edits
        ]
        return Row(
            group,
            self._people(group),
            self._moved(group) if is_told else None,
            tuple(causes[:MOST_CAUSES]),
        )

    def _by_size(self) -> list[tuple[str, str]]:
        """The causes that move enough people to be named, what moves most first."""
        told = [key for key, count in self.causes.items() if count >= SMALLEST_GROUP]
        return sorted(told, key=lambda key: (-self.causes[key], key))

    def first_cause(
        self, changes: Mapping[str, Change], *, importance: bool
    ) -> Edit | None:
        """The single requirement, or importance alone, that moves most people."""
        edits = _edits(changes)
        found = (edits[key] for key in self._by_size() if key in edits)
        return next((e for e in found if e.is_of_importance == importance), None)

    def _people(self, group: tuple[str, ...]) -> int:
        return sum(n for (key, _, _), n in self.counts.items() if key in group)

    def _moved(self, group: tuple[str, ...]) -> int:
        return sum(n for (key, by, _), n in self.counts.items() if key in group and by)

    def _is_told_of(self, group: tuple[str, ...]) -> bool:
        in_bars = (
            sum(
                n
                for (key, by, _), n in self.counts.items()
                if key in group and bar.low <= by <= bar.high
            )
            for bar in self.bars
        )
        return self._people(group) >= SMALLEST_GROUP and all(map(_is_told, in_bars))


def _edits(changes: Mapping[str, Change]) -> dict[tuple[str, str], Edit]:
    """{(career level, skill): what becomes of its requirement}."""
    return {
        (edit.target, edit.skill): edit
        for change in changes.values()
        for edit, _ in change.alone
    }


def _is_told(count: int) -> bool:
    return count == 0 or count >= SMALLEST_GROUP


def _small(bars: list[Bar]) -> int | None:
    """The place of a bar that is too small: the farthest from 0 first."""
    small = [n for n, bar in enumerate(bars) if bar.people < SMALLEST_GROUP]
    if len(bars) < 2 or not small:
        return None
    return max(small, key=lambda n: min(abs(bars[n].low), abs(bars[n].high)))


def _neighbour(bars: list[Bar], place: int) -> int:
    """With which bar it is joined: towards 0 on its own side, else away from 0."""
    places = [n for n in (place - 1, place + 1) if 0 <= n < len(bars)]

    def order(n: int) -> tuple[bool, int, int]:
        bar = bars[n]
        same_side = not bar.has_still and (bar.low > 0) == (bars[place].low > 0)
        return not same_side, min(abs(bar.low), abs(bar.high)), bar.people

    if bars[place].has_still:
        return min(places, key=lambda n: bars[n].people)
    return min(places, key=order)
