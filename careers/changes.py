"""What became of each skill from one version of a framework to a later one. Pure.

A skill is itself by its key, whatever else of it changes; `replaces` says what a key was
called before. Where skills were joined or one was parted, nothing is taken for granted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import islice

from careers.problems import MOST_PROBLEMS, Problem, advice, quoted, warning
from careers.shape import CareerLevel, FrameworkSpec, Requirement, Skill


class Kind(StrEnum):
    """What a skill is beside what it was."""

    KEPT = "kept"  # the same key
    REPLACED = "replaced"  # another key for one skill, which no other took over
    MERGED = "merged"  # it came from several
    SPLIT = "split"  # it is a part of one of which there are other parts
    NEW = "new"
    REMOVED = "removed"  # nothing came of it


@dataclass(frozen=True)
class SkillChange:
    """One skill before and after, with what a career level asks of it (None: nothing).

    `sources` are the earlier skills that it came from; a removed one has no `skill`.
    """

    kind: Kind
    skill: Skill | None
    sources: tuple[Skill, ...]
    requirement_before: Requirement | None = None
    requirement: Requirement | None = None
    was_must_have: bool = False
    is_must_have: bool = False

    @property
    def key(self) -> str:
        return (self.skill or self.sources[0]).key

    @property
    def name(self) -> str:
        return (self.skill or self.sources[0]).name

    @property
    def before(self) -> Skill | None:
        """The one earlier skill that it continues."""
        return self.sources[0] if self.kind in (Kind.KEPT, Kind.REPLACED) else None

    @property
    def absorbed(self) -> tuple[Skill, ...]:
        """Earlier skills that became a part of one that kept its key."""
        return self.sources[1:] if self.kind == Kind.KEPT else ()

    @property
    def is_renamed(self) -> bool:
        return self.before is not None and self.before.name != self.name

    @property
    def required_before(self) -> int:
        return self.requirement_before.required if self.requirement_before else 0

    @property
    def required(self) -> int:
        return self.requirement.required if self.requirement else 0

    @property
    def has_moved_requirement(self) -> bool:
        """Whether the level asks for more or less of a skill that goes on."""
        if self.before is None:
            return False
        return (self.required_before, self.was_must_have) != (
            self.required,
            self.is_must_have,
        )

    @property
    def has_moved_importance(self) -> bool:
        if not (self.before and self.requirement_before and self.requirement):
            return False
        return self.requirement_before.importance != self.requirement.importance

    @property
    def statements(self) -> list[tuple[int, str, str]]:
        """(point, before, now) of each sentence that reads otherwise."""
        if self.before is None or self.skill is None:
            return []
        points = {each.value for each in (*self.before.levels, *self.skill.levels)}
        found = [
            (value, self.before.statement(value), self.skill.statement(value))
            for value in sorted(points)
        ]
        return [each for each in found if each[1] != each[2]]

    @property
    def differs(self) -> bool:
        return bool(
            self.kind != Kind.KEPT
            or self.absorbed
            or self.is_renamed
            or self.has_moved_requirement
            or self.has_moved_importance
            or self.statements
        )


@dataclass(frozen=True, eq=False)
class TwoVersions:
    """Two versions of one framework key. `renames` are all of that key's, of any version.

    {skill key: the keys that it replaced}: a skill may have been renamed twice between.
    `since` are the publications after the earlier one, (version, what changed, when), the
    newest first.
    """

    earlier: FrameworkSpec
    later: FrameworkSpec
    renames: Mapping[str, Collection[str]] = field(default_factory=dict)
    since: tuple[tuple[str, str, datetime], ...] = ()

    @property
    def notes(self) -> list[tuple[str, str]]:
        """[(version, what its owners say of it)], the newest first."""
        return [(version, notes) for version, notes, _ in self.since if notes]

    @cached_property
    def sources(self) -> dict[str, tuple[Skill, ...]]:
        """{key of a later skill: the earlier skills that it came from}, its own first."""
        return {skill.key: self._sources_of(skill) for skill in self.later.skills}

    def _sources_of(self, skill: Skill) -> tuple[Skill, ...]:
        known = self.earlier.skills_by_key
        keys = keys_until(skill, self.renames, known)
        found = [known[key] for key in keys if key in known]
        if found and found[0].key == skill.key:
            # One that goes on by itself was not taken over.
            later = self.later.skills_by_key
            gone = [each for each in found[1:] if each.key not in later]
            return (found[0], *gone)
        return tuple(found)

    @cached_property
    def successors(self) -> dict[str, tuple[str, ...]]:
        """{key of an earlier skill: the keys of what came of it}."""
        return {
            skill.key: tuple(
                key for key, sources in self.sources.items() if skill in sources
            )
            for skill in self.earlier.skills
        }

    def kind(self, key: str) -> Kind:
        """Of a later skill."""
        sources = self.sources[key]
        if not sources:
            return Kind.NEW
        if sources[0].key == key:
            return Kind.KEPT
        if len(sources) > 1:
            return Kind.MERGED
        return (
            Kind.REPLACED if self.successors[sources[0].key] == (key,) else Kind.SPLIT
        )

    def before(self, key: str) -> Skill | None:
        """The one earlier skill that a later one continues; None where there is none."""
        is_one = self.kind(key) in (Kind.KEPT, Kind.REPLACED)
        return self.sources[key][0] if is_one else None

    @cached_property
    def removed(self) -> list[Skill]:
        """Earlier skills of which nothing came."""
        return [each for each in self.earlier.skills if not self.successors[each.key]]

    @cached_property
    def same_points(self) -> frozenset[int]:
        """The points of the scale that mean the same on both.

        All where the scales have the same points, else those of one name.
        """
        before = {point.value: point.name for point in self.earlier.scale}
        now = {point.value: point.name for point in self.later.scale}
        if before.keys() == now.keys():
            return frozenset(now)
        return frozenset(value for value in now if before.get(value) == now[value])

    @property
    def has_moved_scale(self) -> bool:
        points = {point.value for point in self.earlier.scale}
        return points != {point.value for point in self.later.scale}

    def changes(self, level: str = "") -> list[SkillChange]:
        """All that differs, in the later order, with what the career level asks.

        What is gone comes last. A level that one of them lacks asks for nothing there.
        """
        before, now = (
            _requirements(self.earlier, level),
            _requirements(self.later, level),
        )
        own = [self._change(skill, before, now) for skill in self.later.skills]
        gone = [
            SkillChange(
                Kind.REMOVED,
                None,
                (skill,),
                requirement_before=before[0].get(skill.key),
                was_must_have=skill.key in before[1],
            )
            for skill in self.removed
        ]
        return [each for each in own if each.differs] + gone

    def _change(self, skill, before, now):
        earlier = self.before(skill.key)
        key = earlier.key if earlier else ""
        return SkillChange(
            self.kind(skill.key),
            skill,
            self.sources[skill.key],
            requirement_before=before[0].get(key),
            requirement=now[0].get(skill.key),
            was_must_have=key in before[1],
            is_must_have=skill.key in now[1],
        )


def _requirements(
    spec: FrameworkSpec, level: str
) -> tuple[dict[str, Requirement], Collection[str]]:
    """({skill key: requirement that asks for something}, keys of the must-haves)."""
    found: CareerLevel | None = spec.levels_by_key.get(level)
    if found is None:
        return {}, ()
    return {each.skill: each for each in found.requires}, spec.must_have_keys(found)


def keys_until(
    skill: Skill, renames: Mapping[str, Collection[str]], known: Collection[str]
) -> list[str]:
    """The key of a skill and those that it had before, the latest first.

    What one of the `known` was called still earlier is not asked, but for its own.
    """
    found: list[str] = []
    ahead = [skill.key]
    while ahead:
        key = ahead.pop(0)
        if key in found:
            continue
        found.append(key)
        if key == skill.key:
            ahead += sorted({*skill.replaces, *renames.get(key, ())})
        elif key not in known:
            ahead += sorted(renames.get(key, ()))
    return found


def renames_in(rows: Iterable[tuple[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    """{skill key: all keys that it replaced} from (key, the keys) of several versions."""
    found: dict[str, set[str]] = {}
    for key, replaced in rows:
        found.setdefault(key, set()).update(replaced)
    return {key: frozenset(replaced) for key, replaced in found.items()}


def problems_of_replaces(live: FrameworkSpec, spec: FrameworkSpec) -> list[Problem]:
    """A warning of each key in `replaces` that no skill had: it moves nobody's rating.

    What the live version itself names there was right when that was published.
    """
    known = {key for skill in live.skills for key in (skill.key, *skill.replaces)}
    lost = (
        (skill.key, key)
        for skill in spec.skills
        for key in skill.replaces
        if key not in known
    )
    return [
        warning(
            f"skills/{skill}/replaces",
            f"Version {live.version} has no skill {quoted(key)}, so no rating moves over "
            f"from it. {advice(key, known, 'Correct it, or remove it.')}",
        )
        for skill, key in islice(lost, MOST_PROBLEMS)
    ]
