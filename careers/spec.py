"""The one shape of a framework: what a file parses to, rows load to and a report reads.

Pure. Holds keys, never primary keys, and knows no person.
A spec that breaks a rule can be built; `careers.spec_rules` says what is wrong with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from careers.fields import (
    choice_field,
    key_field,
    keyed_parts,
    line_field,
    prose_field,
    reference_field,
    texts_field,
    whole_field,
)

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


@dataclass(frozen=True, slots=True)
class ProficiencyLevel:
    """One point of the scale, with what separates it from its neighbours."""

    value: int = whole_field(0, TOP_LEVEL)
    name: str = line_field(40)
    definition: str = prose_field(160)
    scope: str = line_field()
    autonomy: str = line_field()
    complexity: str = line_field()


@dataclass(frozen=True, slots=True)
class Source:
    key: str = key_field()
    title: str = line_field(200)
    where: str = prose_field(200)
    licence: str = prose_field(200)
    use: str = prose_field(200)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A topic that has no skill of its own, and where it is covered instead."""

    key: str = key_field()
    topic: str = line_field()
    folded_into: tuple[str, ...] = texts_field(60, refers_to="skill or career")
    why: str = prose_field(200)


@dataclass(frozen=True, slots=True)
class SkillGroup:
    key: str = key_field()
    name: str = line_field(60)
    kind: str = choice_field(KINDS_OF_GROUP)
    description: str = prose_field(200)


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """One skill at one level: its statement, and the hours from the level below."""

    value: int = whole_field(1, TOP_LEVEL)
    statement: str = prose_field(130, needed=True)
    hours: int = whole_field(1, 2000)


@dataclass(frozen=True, slots=True)
class SkillPrerequisite:
    """To reach `applies_from` of the skill, `skill` should stand at `min_value`."""

    skill: str = reference_field("skill")
    min_value: int = whole_field(1, TOP_LEVEL)
    applies_from: int = whole_field(1, TOP_LEVEL)


@dataclass(frozen=True, slots=True)
class DevelopmentAction:
    """Something to do on one step of one skill; `hours` are part of the step's."""

    key: str = key_field()
    from_value: int = whole_field(0, TOP_LEVEL - 1)
    to_value: int = whole_field(1, TOP_LEVEL)
    kind: str = choice_field(KINDS_OF_ACTION)
    title: str = line_field(80)
    description: str = prose_field(240)
    hours: int = whole_field(1, 2000)
    certifications: tuple[str, ...] = texts_field(
        60, refers_to="certification", default=()
    )


@dataclass(frozen=True, slots=True)
class InterviewQuestion:
    """A good answer shows the skill's statement at `probes_value`."""

    key: str = key_field()
    career_level: str = reference_field("career level")
    probes_value: int = whole_field(1, TOP_LEVEL)
    question: str = prose_field(200)


@dataclass(frozen=True, slots=True)
class Skill:
    key: str = key_field()
    group: str = reference_field("skill group")
    order: int = whole_field(1, 999)
    name: str = line_field(60)
    description: str = prose_field(240)
    why_it_matters: str = prose_field(240)
    basis: str = prose_field(600)
    levels: tuple[SkillLevel, ...] = keyed_parts("value")
    example: str = prose_field(200, default="")
    evidence_prompts: tuple[str, ...] = texts_field(300, default=())
    prerequisites: tuple[SkillPrerequisite, ...] = keyed_parts("skill")
    actions: tuple[DevelopmentAction, ...] = ()
    questions: tuple[InterviewQuestion, ...] = ()
    replaces: tuple[str, ...] = texts_field(60, default=())

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

    skill: str = reference_field("skill")
    required: int = whole_field(0, TOP_LEVEL)
    importance: int = whole_field(1, 5)
    must_have: bool = False
    evidence_grade: str = choice_field(EVIDENCE_GRADES, default="inferred")
    basis: str = prose_field(400, default="")


@dataclass(frozen=True, slots=True)
class CareerLevel:
    """A rung of the ladder, or the single level of another career."""

    key: str = key_field()
    career: str = reference_field("career")
    order: int = whole_field(1, 99)
    title: str = line_field(80)
    short_title: str = line_field(40)
    summary: str = prose_field(240)
    scope: str = line_field(default="")
    autonomy: str = line_field(default="")
    people_impact: str = line_field(default="")
    years_min: int | None = whole_field(0, 60, default=None)
    years_max: int | None = whole_field(0, 60, default=None)
    years_note: str = line_field(default="")
    responsibilities: tuple[str, ...] = texts_field(300, default=())
    focus_areas: tuple[str, ...] = texts_field(300, default=())
    pay_median: int | None = whole_field(1, 10_000_000, default=None)
    pay_average: int | None = whole_field(1, 10_000_000, default=None)
    currency: str = line_field(3, default="USD")
    ready_cut: int | None = whole_field(85, 100, default=None)
    requirements: tuple[Requirement, ...] = keyed_parts("skill")

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

    key: str = key_field()
    order: int = whole_field(1, 999)
    title: str = line_field(80)
    kind: str = choice_field(KINDS_OF_CAREER)
    summary: str = prose_field(300)
    differs: str = prose_field(300, default="")
    topics: tuple[str, ...] = texts_field(120, default=())
    base_level: str = reference_field("rung of the ladder", default="")
    evidence_grade: str = choice_field(EVIDENCE_GRADES, default="inferred")
    basis: str = prose_field(600, default="")


@dataclass(frozen=True, slots=True)
class CertificationSupport:
    """The certification helps with `skill` up to proficiency level `up_to`."""

    skill: str = reference_field("skill")
    up_to: int = whole_field(1, TOP_LEVEL)


@dataclass(frozen=True, slots=True)
class Certification:
    key: str = key_field()
    name: str = line_field()
    issuer: str = line_field()
    entry: str = prose_field(240)
    verification: str = choice_field(VERIFICATIONS)
    named_in_guide: bool = False
    suits: tuple[str, ...] = texts_field(60, refers_to="career level", default=())
    supports: tuple[CertificationSupport, ...] = keyed_parts("skill")


@dataclass(frozen=True)
class FrameworkSpec:
    """One version of everything a career asks for.

    Skills stand in framework order (group by group), career levels in the order of their
    careers, the ladder first: `spec_tree.in_order` brings any spec into that order.
    """

    key: str = key_field()
    version: str = line_field(20)
    title: str = line_field()
    language: str = line_field(10)
    attribution: str = prose_field(1000)
    notes: str = prose_field(4000, default="")
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
