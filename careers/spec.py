"""The one shape of a framework: what a file parses to, rows load to and a report reads.

Pure: standard library only. Holds keys, never primary keys, and knows no person.
A spec that breaks a rule can be built; `careers.spec_rules` says what is wrong with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

TOP_LEVEL = 5
"""Highest proficiency level of the scale 0..5."""

KINDS_OF_GROUP = ("technical", "soft")
KINDS_OF_CAREER = ("ladder", "specialization", "related")
KINDS_OF_ACTION = (
    "course-topic",
    "reading",
    "on-the-job-practice",
    "mentoring",
    "certification",
)
EVIDENCE_GRADES = ("direct", "guide-general", "supported", "inferred")
VERIFICATIONS = ("looked-up", "guide", "general")


# What a field may hold stands in its metadata: `careers.spec_rules` checks it.


def _key() -> Any:
    return field(metadata={"key": True, "needed": True, "limit": 60})


def _reference(to: str, **more: Any) -> Any:
    """The key of another part: `to` is one of `spec_rules.known_keys`."""
    limits = {"refers_to": to, "limit": 60, "needed": "default" not in more}
    return field(metadata=limits, **more)


def _texts(limit: int, refers_to: str = "", **more: Any) -> Any:
    """Several texts of one line each, in the owner's order; keys with `refers_to`."""
    limits = {"limit": limit, "line": True, "needed": True, "refers_to": refers_to}
    return field(metadata=limits, **more)


def _line(limit: int = 120, **more: Any) -> Any:
    """A short text of one line, at most `limit` characters."""
    return field(metadata={"limit": limit, "line": True}, **more)


def _prose(limit: int, needed: bool = False, **more: Any) -> Any:
    """A text; past `limit` characters the owner is warned, not refused."""
    limits = {"advised": limit, "limit": 4000, "needed": needed}
    return field(metadata=limits, **more)


def _whole(at_least: int, at_most: int, **more: Any) -> Any:
    return field(metadata={"at_least": at_least, "at_most": at_most}, **more)


def _choice(choices: tuple[str, ...], **more: Any) -> Any:
    return field(metadata={"choices": choices, "needed": True}, **more)


def _keyed(by: str) -> Any:
    """Parts that a file writes as a mapping from their `by` to the rest of them."""
    return field(default=(), metadata={"keyed_by": by})


@dataclass(frozen=True, slots=True)
class ProficiencyLevel:
    """One point of the scale, with what separates it from its neighbours."""

    value: int = _whole(0, TOP_LEVEL)
    name: str = _line(40)
    definition: str = _prose(160)
    scope: str = _line()
    autonomy: str = _line()
    complexity: str = _line()


@dataclass(frozen=True, slots=True)
class Source:
    key: str = _key()
    title: str = _line(200)
    where: str = _prose(200)
    licence: str = _prose(200)
    use: str = _prose(200)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A topic that has no skill of its own, and where it is covered instead."""

    key: str = _key()
    topic: str = _line()
    folded_into: tuple[str, ...] = _texts(60, refers_to="skill or career")
    why: str = _prose(200)


@dataclass(frozen=True, slots=True)
class SkillGroup:
    key: str = _key()
    name: str = _line(60)
    kind: str = _choice(KINDS_OF_GROUP)
    description: str = _prose(200)


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """One skill at one level: its statement, and the hours from the level below."""

    value: int = _whole(1, TOP_LEVEL)
    statement: str = _prose(130, needed=True)
    hours: int = _whole(1, 2000)


@dataclass(frozen=True, slots=True)
class SkillPrerequisite:
    """To reach `applies_from` of the skill, `skill` should stand at `min_value`."""

    skill: str = _reference("skill")
    min_value: int = _whole(1, TOP_LEVEL)
    applies_from: int = _whole(1, TOP_LEVEL)


@dataclass(frozen=True, slots=True)
class DevelopmentAction:
    """Something to do on one step of one skill; `hours` are part of the step's."""

    key: str = _key()
    from_value: int = _whole(0, TOP_LEVEL - 1)
    to_value: int = _whole(1, TOP_LEVEL)
    kind: str = _choice(KINDS_OF_ACTION)
    title: str = _line(80)
    description: str = _prose(240)
    hours: int = _whole(1, 2000)
    certifications: tuple[str, ...] = _texts(60, refers_to="certification", default=())


@dataclass(frozen=True, slots=True)
class InterviewQuestion:
    """A good answer shows the skill's statement at `probes_value`."""

    key: str = _key()
    career_level: str = _reference("career level")
    probes_value: int = _whole(1, TOP_LEVEL)
    question: str = _prose(200)


@dataclass(frozen=True, slots=True)
class Skill:
    key: str = _key()
    group: str = _reference("skill group")
    order: int = _whole(1, 999)
    name: str = _line(60)
    description: str = _prose(240)
    why_it_matters: str = _prose(240)
    basis: str = _prose(600)
    levels: tuple[SkillLevel, ...] = _keyed("value")
    example: str = _prose(200, default="")
    evidence_prompts: tuple[str, ...] = _texts(300, default=())
    prerequisites: tuple[SkillPrerequisite, ...] = _keyed("skill")
    actions: tuple[DevelopmentAction, ...] = ()
    questions: tuple[InterviewQuestion, ...] = ()
    replaces: tuple[str, ...] = _texts(60, default=())

    def statement(self, value: int) -> str:
        """The behaviour statement at level 1..5; empty where there is none."""
        return next(
            (level.statement for level in self.levels if level.value == value), ""
        )

    @property
    def hours(self) -> tuple[int, ...]:
        """Hours of the steps 0-1, 1-2 … 4-5, in that order."""
        return tuple(level.hours for level in self.levels)

    def actions_of_step(self, from_value: int) -> tuple[DevelopmentAction, ...]:
        return tuple(
            action for action in self.actions if action.from_value == from_value
        )


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one career level asks of one skill; required 0 means: not asked."""

    skill: str = _reference("skill")
    required: int = _whole(0, TOP_LEVEL)
    importance: int = _whole(1, 5)
    must_have: bool = False
    evidence_grade: str = _choice(EVIDENCE_GRADES, default="inferred")
    basis: str = _prose(400, default="")


@dataclass(frozen=True, slots=True)
class CareerLevel:
    """A rung of the ladder, or the single level of another career."""

    key: str = _key()
    career: str = _reference("career")
    order: int = _whole(1, 99)
    title: str = _line(80)
    short_title: str = _line(40)
    summary: str = _prose(240)
    scope: str = _line(default="")
    autonomy: str = _line(default="")
    people_impact: str = _line(default="")
    years_min: int | None = _whole(0, 60, default=None)
    years_max: int | None = _whole(0, 60, default=None)
    years_note: str = _line(default="")
    responsibilities: tuple[str, ...] = _texts(300, default=())
    focus_areas: tuple[str, ...] = _texts(300, default=())
    pay_median: int | None = _whole(1, 10_000_000, default=None)
    pay_average: int | None = _whole(1, 10_000_000, default=None)
    currency: str = _line(3, default="USD")
    ready_cut: int | None = _whole(85, 100, default=None)
    requirements: tuple[Requirement, ...] = _keyed("skill")

    def requirement(self, skill_key: str) -> Requirement:
        """The requirement for a skill; raises KeyError where the level has none."""
        for requirement in self.requirements:
            if requirement.skill == skill_key:
                return requirement
        raise KeyError(skill_key)

    @property
    def must_haves(self) -> tuple[Requirement, ...]:
        return tuple(item for item in self.requirements if item.must_have)


@dataclass(frozen=True, slots=True)
class Career:
    """The ladder itself, a specialization of it, or a related career."""

    key: str = _key()
    order: int = _whole(1, 999)
    title: str = _line(80)
    kind: str = _choice(KINDS_OF_CAREER)
    summary: str = _prose(300)
    differs: str = _prose(300, default="")
    topics: tuple[str, ...] = _texts(120, default=())
    base_level: str = _reference("rung of the ladder", default="")
    evidence_grade: str = _choice(EVIDENCE_GRADES, default="inferred")
    basis: str = _prose(600, default="")


@dataclass(frozen=True, slots=True)
class CertificationSupport:
    """The certification helps with `skill` up to proficiency level `up_to`."""

    skill: str = _reference("skill")
    up_to: int = _whole(1, TOP_LEVEL)


@dataclass(frozen=True, slots=True)
class Certification:
    key: str = _key()
    name: str = _line()
    issuer: str = _line()
    entry: str = _prose(240)
    verification: str = _choice(VERIFICATIONS)
    named_in_guide: bool = False
    suits: tuple[str, ...] = _texts(60, refers_to="career level", default=())
    supports: tuple[CertificationSupport, ...] = _keyed("skill")


@dataclass(frozen=True)
class FrameworkSpec:
    """One version of everything a career asks for.

    Skills stand in framework order (group by group), career levels in the order of their
    careers, the ladder first: `spec_tree.in_order` brings any spec into that order.
    """

    key: str = _key()
    version: str = _line(20)
    title: str = _line()
    language: str = _line(10)
    attribution: str = _prose(1000)
    notes: str = _prose(4000, default="")
    scale: tuple[ProficiencyLevel, ...] = ()
    sources: tuple[Source, ...] = ()
    leaves_out: tuple[LeftOut, ...] = ()
    groups: tuple[SkillGroup, ...] = ()
    skills: tuple[Skill, ...] = ()
    careers: tuple[Career, ...] = ()
    levels: tuple[CareerLevel, ...] = ()
    certifications: tuple[Certification, ...] = ()

    def __hash__(self) -> int:
        """Equal specs have equal keys and versions; hashing all the texts would be slow."""
        return hash((self.key, self.version))

    @cached_property
    def skills_by_key(self) -> dict[str, Skill]:
        return {skill.key: skill for skill in self.skills}

    @cached_property
    def levels_by_key(self) -> dict[str, CareerLevel]:
        return {level.key: level for level in self.levels}

    @cached_property
    def careers_by_key(self) -> dict[str, Career]:
        return {career.key: career for career in self.careers}

    @cached_property
    def ladder(self) -> tuple[CareerLevel, ...]:
        """The rungs, lowest first."""
        ladders = {career.key for career in self.careers if career.kind == "ladder"}
        rungs = (level for level in self.levels if level.career in ladders)
        return tuple(sorted(rungs, key=lambda level: level.order))

    def skills_in(self, group_key: str) -> tuple[Skill, ...]:
        return tuple(skill for skill in self.skills if skill.group == group_key)

    def level_below(self, level: CareerLevel) -> CareerLevel | None:
        """What lies below: the rung below, or a specialization's base level."""
        career = self.careers_by_key[level.career]
        if career.kind == "ladder":
            position = self.ladder.index(level)
            return self.ladder[position - 1] if position else None
        if career.kind == "specialization":
            return self.levels_by_key.get(career.base_level)
        return None
