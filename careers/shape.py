"""The one shape of a framework and of a guide. Pure.

Files parse to it, rows load to it, export writes it, differences compare it and pages read
it. It holds keys, never primary keys, and knows no person. What a single value may be
stands beside its field, and pydantic checks it (`careers.rules`); a part is built without
that check, so that a draft that breaks a rule can still be loaded, shown and mended.

A framework: `FrameworkSpec`. Skills stand group by group, career levels career by career,
the ladder first; `in_order` brings them there.

A guide: `GuideSpec`, all that a reader wants to know of the career besides the framework.
`guide.page("pay")` is a page with title, lead and sections; what a section is shown as says
its `kind`. A `doubt` is what speaks against a figure: it is shown wherever the figure is.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal, Protocol, TypeVar, get_args

from pydantic import ConfigDict, Field
from pydantic.fields import FieldInfo

TOP_LEVEL = 5
"""Highest point of the scale on which people rate today."""

HIGHEST = 10
"""No scale goes further: 2 to 10 points, from 0 or 1."""
USUAL_IMPORTANCE = 3
KindOfCareer = Literal["ladder", "specialization", "related"]
KindOfAction = Literal[
    "course-topic", "reading", "on-the-job-practice", "mentoring", "certification"
]
Head = Literal["", "do", "learn", "with-people"]
EvidenceGrade = Literal["direct", "guide-general", "supported", "inferred"]
Verification = Literal["looked-up", "guide", "general"]
Page = Literal["role", "start", "apply", "pay", "market", "questions"]
KindOfSection = Literal["points", "steps", "routes", "examples", "letter"]
Topic = Literal["career", "tool"]

KINDS_OF_CAREER: tuple[str, ...] = get_args(KindOfCareer)
KINDS_OF_ACTION: tuple[str, ...] = get_args(KindOfAction)
HEADS: tuple[str, ...] = get_args(Head)[1:]
EVIDENCE_GRADES: tuple[str, ...] = get_args(EvidenceGrade)
VERIFICATIONS: tuple[str, ...] = get_args(Verification)
PAGES: tuple[str, ...] = get_args(Page)
"""The pages that the site has; a guide has each of them exactly once."""
KINDS_OF_SECTION: tuple[str, ...] = get_args(KindOfSection)
TOPICS: tuple[str, ...] = get_args(Topic)

MOST_PAY = 2_000_000_000
LONGEST_KEY = 60
LONGEST_TEXT = 4000
LONGEST_ADDRESS = 120

# Signs that not every database keeps, and those that break a line.
_CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\ufffe\uffff"
_BREAKS = "\\n\\r\u2028\u2029"
TEXT = f"^[^{_CONTROLS}]*$"
TEXT_NEEDED = f"^\\s*[^\\s{_CONTROLS}][^{_CONTROLS}]*$"
LINE = f"^[^{_CONTROLS}{_BREAKS}]*$"
LINE_NEEDED = f"^[^\\S{_BREAKS}]*[^\\s{_CONTROLS}][^{_CONTROLS}{_BREAKS}]*$"
KEY = "^[a-z0-9]+(-[a-z0-9]+)*$"


# What a field may hold
# --------------------------------------------------------------------------------------


def key_field(says: str = "") -> Any:
    """The name of a part in files and addresses."""
    return Field(max_length=LONGEST_KEY, pattern=KEY, description=says)


def reference_field(to: str, says: str = "", *, needed: bool = True) -> Any:
    """The key of another part; `to` is the kind of part that is meant."""
    return Field(
        max_length=LONGEST_KEY,
        pattern=TEXT_NEEDED if needed else TEXT,
        description=says,
        json_schema_extra={"refers_to": to},
    )


def line_field(limit: int, says: str = "") -> Any:
    """A text of one line; longer than `limit` is an error."""
    return Field(max_length=limit, pattern=LINE, description=says)


def prose_field(advised: int, says: str = "", *, needed: bool = False) -> Any:
    """A text of several lines; past `advised` characters the owner is warned."""
    return Field(
        max_length=LONGEST_TEXT,
        pattern=TEXT_NEEDED if needed else TEXT,
        description=says,
        json_schema_extra={"advised": advised},
    )


def whole_field(at_least: int, at_most: int, says: str = "") -> Any:
    return Field(ge=at_least, le=at_most, strict=True, description=says)


def point_field(at_least: int, says: str = "", *, below: int = 0) -> Any:
    """A point of the framework's scale, `below` its end; `careers.rules` knows the end."""
    return Field(
        ge=at_least,
        le=HIGHEST - below,
        strict=True,
        description=says,
        json_schema_extra={"below_end": below},
    )


def plain_field(says: str, **extra: Any) -> Any:
    """A field of which its type tells the rest; `refers_to` as in `reference_field`."""
    return Field(description=says, json_schema_extra=extra)


def keyed_parts(by: str, says: str) -> Any:
    """Parts that a file writes as a mapping from their `by` to the rest of them."""
    return Field(description=says, json_schema_extra={"keyed_by": by})


Line = Annotated[str, Field(max_length=300, pattern=LINE_NEEDED)]
ShortLine = Annotated[str, Field(max_length=120, pattern=LINE_NEEDED)]
Key = Annotated[str, Field(max_length=LONGEST_KEY, pattern=LINE_NEEDED)]
Flag = Annotated[bool, Field(strict=True)]


class Part:
    """What all parts share: names that a part does not have are refused."""

    __slots__ = ()
    __pydantic_config__ = ConfigDict(extra="forbid")


# A framework
# --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProficiencyLevel(Part):
    """One point of the scale, with what separates it from its neighbours."""

    value: Annotated[int, whole_field(0, HIGHEST)]
    name: Annotated[str, line_field(40, "Such as `Guided`")]
    definition: Annotated[
        str, prose_field(160, 'In the words of the person: "I do …"')
    ] = ""
    scope: Annotated[str, line_field(120, "What separates it from its neighbours")] = ""
    autonomy: Annotated[str, line_field(120, "The same")] = ""
    complexity: Annotated[str, line_field(120, "The same")] = ""


@dataclass(frozen=True, slots=True)
class Source(Part):
    """Where a part of the framework comes from."""

    key: Annotated[str, key_field()]
    title: Annotated[str, line_field(200)]
    where: Annotated[
        str, prose_field(200, "A public address or name that a reader can use")
    ]
    licence: Annotated[str, prose_field(200, "What may be done with it")]
    use: Annotated[str, prose_field(200, "What it was used for")]


@dataclass(frozen=True, slots=True)
class LeftOut(Part):
    """A topic that has no skill of its own, and where it is covered instead."""

    key: Annotated[str, key_field()]
    topic: Annotated[str, line_field(120)]
    folded_into: Annotated[
        tuple[Key, ...],
        plain_field("Where it is covered", refers_to="skill or career"),
    ]
    why: Annotated[str, prose_field(200)]


@dataclass(frozen=True, slots=True)
class SkillGroup(Part):
    key: Annotated[str, key_field()]
    name: Annotated[str, line_field(60)]
    kind: Annotated[
        str,
        line_field(
            40,
            "In the owner's words; `technical` and `soft` are told apart on the ladder",
        ),
    ] = ""
    description: Annotated[str, prose_field(200)] = ""


@dataclass(frozen=True, slots=True)
class SkillLevel(Part):
    """One skill at one level: its statement, and the hours from the level below."""

    value: Annotated[int, point_field(1, "Written as the name before the colon")]
    statement: Annotated[
        str,
        prose_field(
            130,
            "Never empty. Behaviour that others could see, in the words of the person",
            needed=True,
        ),
    ]
    hours: Annotated[
        int | None,
        whole_field(
            1,
            2000,
            "Hours of learning and practice from the level below; an estimate",
        ),
    ] = None
    counts: Annotated[
        str,
        prose_field(
            200, 'A case that shows the statement, in the second person: "You …"'
        ),
    ] = ""
    does_not_count: Annotated[
        str, prose_field(200, "A case that comes near it and does not show it yet")
    ] = ""


@dataclass(frozen=True, slots=True)
class SkillPrerequisite(Part):
    """To reach `applies_from` of the skill, `skill` should stand at `min_value`."""

    skill: Annotated[
        str,
        reference_field("skill", "Written as the name before the colon"),
    ]
    min_value: Annotated[int, point_field(1, "Where the other skill should stand")]
    applies_from: Annotated[int, point_field(1, "From which level of this skill on")]


@dataclass(frozen=True, slots=True)
class DevelopmentAction(Part):
    """Something to do on one step of one skill; `hours` are part of the step's."""

    key: Annotated[str, key_field("No other skill may use it")]
    from_value: Annotated[int, point_field(0, below=1, says="Where the step begins")]
    to_value: Annotated[int, point_field(1, "Where it ends: one higher")]
    kind: Annotated[KindOfAction, plain_field("")]
    title: Annotated[str, line_field(80)]
    description: Annotated[str, prose_field(240)]
    hours: Annotated[
        int | None,
        whole_field(1, 2000, "A part of the step's hours, never added to them"),
    ] = None
    certifications: Annotated[
        tuple[Key, ...],
        plain_field("Those that fit", refers_to="certification"),
    ] = ()
    head: Annotated[
        Head, plain_field("What one does: something, learn something, meet people")
    ] = ""
    first_piece: Annotated[
        str,
        prose_field(
            200,
            "What to do of it this week; `description` goes on from there",
        ),
    ] = ""

    @property
    def what_to_do(self) -> str:
        """The first piece and all that follows it, as one text."""
        return f"{self.first_piece} {self.description}".strip()


@dataclass(frozen=True, slots=True)
class InterviewQuestion(Part):
    """A good answer shows the skill's statement at `probes_value`."""

    key: Annotated[str, key_field("No other skill may use it")]
    career_level: Annotated[
        str, reference_field("career level", "The career level where it is asked")
    ]
    probes_value: Annotated[
        int,
        point_field(1, "A good answer shows the skill's statement at this level"),
    ]
    question: Annotated[str, prose_field(200)]
    strong_answer: Annotated[
        str, prose_field(160, "What to listen for; no marking scheme")
    ] = ""
    weak_answer: Annotated[str, prose_field(160, "The same")] = ""


@dataclass(frozen=True, slots=True)
class Skill(Part):
    key: Annotated[str, key_field()]
    group: Annotated[str, reference_field("skill group")]
    order: Annotated[int, whole_field(1, 999, "Its place in its group")]
    name: Annotated[str, line_field(60)]
    description: Annotated[str, prose_field(240)]
    why_it_matters: Annotated[str, prose_field(240)]
    basis: Annotated[str, prose_field(600, "Where the skill comes from")]
    levels: Annotated[
        tuple[SkillLevel, ...],
        keyed_parts(
            "value", "From each point of the scale, from 1 on, to the skill at it"
        ),
    ] = ()
    example: Annotated[
        str,
        prose_field(
            200,
            "One thing that would count as true, and the level that it shows: "
            '"… That counts as 2." It is shown while a person rates',
        ),
    ] = ""
    evidence_prompts: Annotated[
        tuple[Line, ...], plain_field("Questions that help a person to write a note")
    ] = ()
    prerequisites: Annotated[
        tuple[SkillPrerequisite, ...],
        keyed_parts("skill", "From the key of another skill to what is needed of it"),
    ] = ()
    actions: Annotated[tuple[DevelopmentAction, ...], plain_field("")] = ()
    questions: Annotated[tuple[InterviewQuestion, ...], plain_field("")] = ()
    replaces: Annotated[
        tuple[Key, ...],
        plain_field("Skills of the version before that became this one"),
    ] = ()

    def statement(self, value: int) -> str:
        """The behaviour statement at a level; empty where there is none."""
        return next(
            (level.statement for level in self.levels if level.value == value), ""
        )

    @property
    def levels_with_cases(self) -> tuple[SkillLevel, ...]:
        """Those that tell what counts as them, or what does not yet."""
        return tuple(
            level for level in self.levels if level.counts or level.does_not_count
        )

    @property
    def hours(self) -> tuple[int, ...] | None:
        """Hours of the steps 0-1, 1-2 … in that order; None where one has none."""
        hours = tuple(level.hours for level in self.levels if level.hours is not None)
        return hours if len(hours) == len(self.levels) else None

    def actions_of_step(self, from_value: int) -> tuple[DevelopmentAction, ...]:
        return tuple(
            action for action in self.actions if action.from_value == from_value
        )


@dataclass(frozen=True, slots=True)
class Requirement(Part):
    """What one career level asks of one skill; required 0 means: not asked."""

    skill: Annotated[
        str, reference_field("skill", "Written as the name before the colon")
    ]
    required: Annotated[int, point_field(0, "0 means: not asked")]
    importance: Annotated[int, whole_field(1, 5, "Its weight among the skills")] = (
        USUAL_IMPORTANCE
    )
    must_have: Annotated[
        Flag, plain_field("A must-have that is short holds the score down")
    ] = False
    evidence_grade: Annotated[
        EvidenceGrade, plain_field("How sure the required level is; see below")
    ] = "inferred"
    basis: Annotated[str, prose_field(400, "Why this level")] = ""


@dataclass(frozen=True, slots=True)
class CareerLevel(Part):
    """A rung of the ladder, or the single level of another career."""

    key: Annotated[str, key_field()]
    career: Annotated[str, reference_field("career")]
    order: Annotated[
        int, whole_field(1, 99, "Its place in its career, the lowest rung first")
    ]
    title: Annotated[str, line_field(80)]
    short_title: Annotated[str, line_field(40, "For tables and buttons")]
    summary: Annotated[str, prose_field(240)]
    scope: Annotated[str, line_field(120)] = ""
    autonomy: Annotated[str, line_field(120)] = ""
    people_impact: Annotated[str, line_field(120)] = ""
    years_min: Annotated[int | None, whole_field(0, 60, "Left out: not known")] = None
    years_max: Annotated[int | None, whole_field(0, 60, "Left out: without an end")] = (
        None
    )
    years_note: Annotated[str, line_field(120, "What the years count")] = ""
    responsibilities: Annotated[tuple[Line, ...], plain_field("")] = ()
    focus_areas: Annotated[tuple[Line, ...], plain_field("")] = ()
    pay_median: Annotated[
        int | None, whole_field(1, 10_000_000, "A year, in `currency`")
    ] = None
    pay_average: Annotated[
        int | None, whole_field(1, 10_000_000, "A year, in `currency`")
    ] = None
    currency: Annotated[str, line_field(3, "Three letters")] = "USD"
    ready_line: Annotated[
        int | None,
        whole_field(
            90,
            100,
            "The score from which a panel of experts calls a person ready. Left out: "
            "the rule in [scoring.md](scoring.md)",
        ),
    ] = None
    requirements: Annotated[
        tuple[Requirement, ...],
        keyed_parts("skill", "From every skill's key to what is required of it"),
    ] = ()

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
class Career(Part):
    """The ladder itself, a specialization of it, or a related career."""

    key: Annotated[str, key_field()]
    order: Annotated[int, whole_field(1, 999, "Its place among careers of its kind")]
    title: Annotated[str, line_field(80)]
    kind: Annotated[KindOfCareer, plain_field("")]
    summary: Annotated[str, prose_field(300)]
    differs: Annotated[str, prose_field(300, "How it differs from its base level")] = ""
    topics: Annotated[
        tuple[ShortLine, ...],
        plain_field("What one has to know about besides the skills"),
    ] = ()
    base_level: Annotated[
        str,
        reference_field(
            "rung of the ladder",
            "What it is compared with; needed for all but the ladder",
            needed=False,
        ),
    ] = ""
    evidence_grade: Annotated[
        EvidenceGrade, plain_field("How sure its levels are; see below")
    ] = "inferred"
    basis: Annotated[str, prose_field(600, "Where it comes from")] = ""


@dataclass(frozen=True, slots=True)
class CertificationSupport(Part):
    """The certification helps with `skill` up to proficiency level `up_to`."""

    skill: Annotated[
        str, reference_field("skill", "Written as the name before the colon")
    ]
    up_to: Annotated[int, point_field(1, "How far it helps")]


@dataclass(frozen=True, slots=True)
class Certification(Part):
    key: Annotated[str, key_field()]
    name: Annotated[str, line_field(120)]
    issuer: Annotated[str, line_field(120)]
    entry: Annotated[str, prose_field(240, "What one must bring")]
    verification: Annotated[
        Verification,
        plain_field(
            "How the entry rules were checked: looked up on a page about it, named in "
            "the guide, or general knowledge"
        ),
    ]
    named_in_guide: Annotated[Flag, plain_field("")] = False
    suits: Annotated[
        tuple[Key, ...],
        plain_field("Whom it suits", refers_to="career level"),
    ] = ()
    supports: Annotated[
        tuple[CertificationSupport, ...],
        keyed_parts("skill", "From the key of a skill to how far it helps"),
    ] = ()
    checked: Annotated[
        str, line_field(20, "When the entry rules were looked up, such as 2026-11")
    ] = ""
    where: Annotated[
        str, prose_field(200, "Where: a public address or name that a reader can use")
    ] = ""
    sure: Annotated[str, prose_field(200, "How far that place is to be trusted")] = ""


@dataclass(frozen=True)
class FrameworkSpec(Part):
    """One version of everything a career asks for."""

    key: Annotated[str, key_field("The same in every version")]
    version: Annotated[
        str, line_field(20, "A label such as `'1.1'`, new for every published version")
    ]
    title: Annotated[str, line_field(120)]
    language: Annotated[str, line_field(10, "Such as `en-US`")]
    attribution: Annotated[
        str,
        prose_field(
            1000, "The credit that the licences of the sources ask for; it is shown"
        ),
    ]
    person: Annotated[
        str, line_field(80, "What the ladder calls a person, such as `project manager`")
    ] = ""
    certification_rule: Annotated[
        str,
        prose_field(
            400,
            "By what `up_to` of a certification was set; it stands once above them all",
        ),
    ] = ""
    notes: Annotated[str, prose_field(4000, "What is new in this version")] = ""
    scale: Annotated[
        tuple[ProficiencyLevel, ...],
        plain_field("2 to 10 points without a hole, from 0 or 1"),
    ] = ()
    sources: Annotated[tuple[Source, ...], plain_field("")] = ()
    leaves_out: Annotated[
        tuple[LeftOut, ...], plain_field("Topics that have no skill of their own")
    ] = ()
    groups: Annotated[tuple[SkillGroup, ...], plain_field("")] = ()
    skills: Annotated[tuple[Skill, ...], plain_field("At least one")] = ()
    careers: Annotated[tuple[Career, ...], plain_field("With exactly one ladder")] = ()
    levels: Annotated[tuple[CareerLevel, ...], plain_field("")] = ()
    certifications: Annotated[tuple[Certification, ...], plain_field("")] = ()

    def __hash__(self) -> int:
        """Equal specs have equal keys and versions; hashing all the texts would be slow."""
        return hash((self.key, self.version))

    @cached_property
    def top(self) -> int:
        """The last point of the scale; HIGHEST while there is no scale."""
        return max((point.value for point in self.scale), default=HIGHEST)

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

    def levels_that_count(self, level: CareerLevel) -> list[CareerLevel]:
        """The level and those whose must-haves it takes over, the highest first.

        Rungs take over from all rungs below, a specialization from its base level and
        below; a related career has its own alone.
        """
        found = [level]
        while (below := self.level_below(found[-1])) and below not in found:
            found.append(below)
        return found

    def must_have_since(self, level: CareerLevel) -> dict[str, CareerLevel]:
        """{skill key: the lowest level that marks it} of must-haves that a level takes over.

        Only of skills that the level asks for and does not mark itself.
        """
        own = {item.skill for item in level.must_haves}
        takes = {item.skill for item in level.requirements if item.required} - own
        return {
            item.skill: lower
            for lower in self.levels_that_count(level)[1:]
            for item in lower.must_haves
            if item.skill in takes
        }

    def must_have_keys(self, level: CareerLevel) -> set[str]:
        """The skills that a level cannot do without: marked by it, or taken over."""
        return {item.skill for item in level.must_haves} | set(
            self.must_have_since(level)
        )

    def in_order(self) -> FrameworkSpec:
        """The same framework with every part in its one order, unknown keys last.

        Groups, sources, topics left out, actions, questions and certifications keep the
        order in which their owner wrote them.
        """
        group_place = _places(group.key for group in self.groups)
        kind_place = _places(KINDS_OF_CAREER)
        skills = sorted(
            self.skills, key=lambda s: (group_place(s.group), s.order, s.key)
        )
        careers = sorted(
            self.careers, key=lambda c: (kind_place(c.kind), c.order, c.key)
        )
        skill_place = _places(skill.key for skill in skills)
        career_place = _places(career.key for career in careers)
        levels = sorted(
            self.levels, key=lambda v: (career_place(v.career), v.order, v.key)
        )
        level_place = _places(level.key for level in levels)

        def by_skill(parts: Iterable[Any]) -> tuple[Any, ...]:
            return tuple(sorted(parts, key=lambda part: skill_place(part.skill)))

        return dataclasses.replace(
            self,
            scale=_by_value(self.scale),
            skills=tuple(
                dataclasses.replace(
                    skill,
                    levels=_by_value(skill.levels),
                    prerequisites=by_skill(skill.prerequisites),
                )
                for skill in skills
            ),
            careers=tuple(careers),
            levels=tuple(
                dataclasses.replace(level, requirements=by_skill(level.requirements))
                for level in levels
            ),
            certifications=tuple(
                dataclasses.replace(
                    item,
                    suits=tuple(sorted(item.suits, key=level_place)),
                    supports=by_skill(item.supports),
                )
                for item in self.certifications
            ),
        )


def _by_value(parts: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(parts, key=lambda part: part.value))


def _places(keys: Iterable[str]) -> Callable[[str], tuple[int, str]]:
    """A sort key: the place of a key among `keys`, unknown ones after them by name."""
    places = {key: place for place, key in enumerate(keys)}
    return lambda key: (places.get(key, len(places)), key)


# A guide
# --------------------------------------------------------------------------------------


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Part = TypeVar("_Part", bound=_Keyed)


def _named(parts: Iterable[_Part], key: str) -> _Part:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)


@dataclass(frozen=True, slots=True)
class GuideSource(Part):
    """Where figures come from, and what they may be used for."""

    key: Annotated[str, key_field()]
    title: Annotated[str, line_field(200)]
    where: Annotated[
        str, prose_field(200, "A public address or name that a reader can use")
    ]
    use: Annotated[
        str, prose_field(200, "What may be done with it, and what it was used for")
    ]


@dataclass(frozen=True, slots=True)
class Fact(Part):
    """A figure with its year and source."""

    key: Annotated[str, key_field()]
    label: Annotated[str, line_field(120, "Such as `Open jobs a year`")]
    value: Annotated[str, line_field(120, "The figure with its unit, as it is shown")]
    year: Annotated[str, line_field(20, "The year or years that it is about")]
    source: Annotated[str, reference_field("source", "Where it comes from")]
    doubt: Annotated[
        str, prose_field(400, "What speaks against the figure. It is shown with it")
    ] = ""


@dataclass(frozen=True, slots=True)
class GuideEntry(Part):
    """One item of a section."""

    key: Annotated[str, key_field()]
    title: Annotated[str, line_field(120)]
    text: Annotated[str, prose_field(600)] = ""
    points: Annotated[tuple[Line, ...], plain_field("")] = ()
    time: Annotated[
        str,
        line_field(
            120, "Needed in a section of the kind `routes`, and shown only there"
        ),
    ] = ""
    cost: Annotated[str, line_field(120, "The same")] = ""
    basis: Annotated[str, prose_field(300, "What it was built from")] = ""
    doubt: Annotated[str, prose_field(400, "What speaks against it")] = ""
    link: Annotated[
        str,
        line_field(
            LONGEST_ADDRESS,
            "An address of this site, such as `/pay/` or `/start/#education`",
        ),
    ] = ""
    link_text: Annotated[
        str, line_field(60, "What is written on the link. Both or neither")
    ] = ""
    level: Annotated[
        str,
        line_field(
            LONGEST_KEY,
            "Key of a career level of the site's ladder. In the section `coming-from` "
            "of the page `start` it is what somebody from there is led to",
        ),
    ] = ""


@dataclass(frozen=True, slots=True)
class GuideSection(Part):
    """A titled part of a page: a text, then facts, then entries; any of them may lack."""

    key: Annotated[str, key_field()]
    title: Annotated[str, line_field(120)]
    kind: Annotated[
        KindOfSection,
        plain_field(
            "How its entries are shown: beside each other, numbered, as routes with "
            "time and cost, as examples, in which nothing is real, or as a letter of "
            "which each of the `points` is a paragraph, as invented as an example"
        ),
    ] = "points"
    text: Annotated[str, prose_field(1200, "A blank line begins a new paragraph")] = ""
    facts: Annotated[tuple[Fact, ...], plain_field("")] = ()
    entries: Annotated[tuple[GuideEntry, ...], plain_field("")] = ()

    def fact(self, key: str) -> Fact:
        """Raises KeyError."""
        return _named(self.facts, key)

    def entry(self, key: str) -> GuideEntry:
        """Raises KeyError."""
        return _named(self.entries, key)


@dataclass(frozen=True, slots=True)
class GuidePage(Part):
    """One page."""

    key: Annotated[Page, plain_field("It is also the address, such as `/pay/`")]
    title: Annotated[str, line_field(80)]
    description: Annotated[
        str, line_field(160, "For search engines and lists of pages")
    ]
    lead: Annotated[str, prose_field(300, "What stands under the title")]
    sections: Annotated[tuple[GuideSection, ...], plain_field("")] = ()

    def section(self, key: str) -> GuideSection:
        """Raises KeyError: an editor may have removed the section."""
        return _named(self.sections, key)


@dataclass(frozen=True, slots=True)
class PayRange(Part):
    """Pay for a year in one region, in its currency and, where given, in US dollars."""

    key: Annotated[str, key_field()]
    region: Annotated[str, line_field(120)]
    currency: Annotated[str, line_field(3, "Three capital letters, such as `EUR`")]
    low: Annotated[int, whole_field(1, MOST_PAY, "In the currency")]
    high: Annotated[int, whole_field(1, MOST_PAY, "In the currency")]
    year: Annotated[str, line_field(20)]
    source: Annotated[str, reference_field("source", "Where it comes from")]
    low_usd: Annotated[
        int | None, whole_field(1, MOST_PAY, "In US dollars, as the source gives it")
    ] = None
    high_usd: Annotated[int | None, whole_field(1, MOST_PAY, "Both or neither")] = None
    note: Annotated[str, prose_field(240)] = ""
    doubt: Annotated[str, prose_field(400, "What speaks against the figures")] = ""


@dataclass(frozen=True, slots=True)
class GuideQuestion(Part):
    """A question and its answer."""

    key: Annotated[str, key_field()]
    topic: Annotated[
        Topic, plain_field("Whether it is about the work or about this app")
    ]
    question: Annotated[str, line_field(200)]
    answer: Annotated[
        str,
        prose_field(
            1200,
            "Never empty. A blank line begins a new paragraph",
            needed=True,
        ),
    ]
    basis: Annotated[str, prose_field(300, "What the answer was built from")] = ""
    link: Annotated[str, line_field(LONGEST_ADDRESS, "As in an entry")] = ""
    link_text: Annotated[str, line_field(60, "As in an entry")] = ""


@dataclass(frozen=True, slots=True)
class GuideSpec(Part):
    """The whole guide."""

    sources: Annotated[tuple[GuideSource, ...], plain_field("")] = ()
    pages: Annotated[
        tuple[GuidePage, ...], plain_field("Needed with each page that the site has")
    ] = ()
    pay_ranges: Annotated[tuple[PayRange, ...], plain_field("One a region")] = ()
    questions: Annotated[tuple[GuideQuestion, ...], plain_field("")] = ()

    def page(self, key: str) -> GuidePage:
        """One of PAGES; raises KeyError where the guide is not whole."""
        return _named(self.pages, key)

    def source(self, key: str) -> GuideSource:
        """Raises KeyError."""
        return _named(self.sources, key)

    def questions_on(self, topic: str) -> tuple[GuideQuestion, ...]:
        return tuple(each for each in self.questions if each.topic == topic)

    def in_order(self) -> GuideSpec:
        """The same guide with its pages in their one order, unknown ones last.

        Everything else stands as its owner wrote it.
        """
        place = _places(PAGES)
        pages = sorted(self.pages, key=lambda page: place(page.key))
        return dataclasses.replace(self, pages=tuple(pages))


# What a part is made of
# --------------------------------------------------------------------------------------


@functools.cache
def hints_of(kind: Any) -> dict[str, Any]:
    """{field: its type}, without what may stand in it."""
    return {
        name: hint
        for name, hint in typing.get_type_hints(kind).items()
        if name in {field.name for field in dataclasses.fields(kind)}
    }


@functools.cache
def fields_of(kind: Any) -> dict[str, FieldInfo]:
    """{field: what may stand in it}, in the order of the part."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return {
        field.name: next(
            info
            for info in reversed(hints[field.name].__metadata__)
            if isinstance(info, FieldInfo)
        )
        for field in dataclasses.fields(kind)
    }


def told(info: FieldInfo, name: str) -> Any:
    """What a field says of itself besides its limits: `advised`, `keyed_by`, `refers_to`."""
    extra = info.json_schema_extra
    return extra.get(name) if isinstance(extra, dict) else None


def limit(info: FieldInfo, name: str) -> Any:
    """A limit of a field: `ge`, `le` or `max_length`; None where it has none."""
    return next(
        (getattr(each, name) for each in info.metadata if hasattr(each, name)), None
    )


def is_needed(info: FieldInfo) -> bool:
    """Whether a text may not be empty."""
    return limit(info, "pattern") in (TEXT_NEEDED, LINE_NEEDED, KEY)


@functools.cache
def parts_within(kind: Any) -> dict[str, type]:
    """{field: the kind of part that it holds}: the tree that all walk."""
    found = {}
    for name, hint in hints_of(kind).items():
        inner = typing.get_args(hint)
        if inner and isinstance(inner[0], type) and issubclass(inner[0], Part):
            found[name] = inner[0]
    return found


def kinds_of(kind: type) -> list[type]:
    """A kind of whole and all kinds of parts in it, as a reader meets them."""
    within = [kinds_of(each) for each in parts_within(kind).values()]
    return list(dict.fromkeys([kind, *chain.from_iterable(within)]))


def own_fields(kind: type) -> list[str]:
    """The names of a part's own fields, without the parts within it."""
    return [name for name in hints_of(kind) if name not in parts_within(kind)]


def name_of(part: Any) -> str:
    """What tells a part from its siblings: its key, value or skill, as text."""
    for attribute in ("key", "value", "skill"):
        if hasattr(part, attribute):
            return str(getattr(part, attribute))
    raise TypeError(f"{type(part).__name__} has no name among its siblings")


def words_of(kind: type) -> str:
    """The name of a kind of part in words: "a skill level"."""
    name = kind.__name__.removesuffix("Spec")
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def items(
    whole: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every part within a whole with its path, such as ("skills", "sdlc", "levels", "3").

    Parents come before their parts; the whole itself is not among them, and has the `path`.
    """
    kind: type = type(whole)
    for section in parts_within(kind):
        for part in getattr(whole, section):
            here = (*path, section, name_of(part))
            yield here, part
            yield from items(part, here)


def document_of(part: Any) -> dict[str, Any]:
    """A part as the plain mapping that a file holds; what equals its default is left out."""
    document: dict[str, Any] = {}
    kind: type = type(part)
    within = parts_within(kind)
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if value == field.default:
            continue
        if field.name in within:
            keyed_by = told(fields_of(kind)[field.name], "keyed_by")
            document[field.name] = _documents(value, keyed_by)
        else:
            document[field.name] = list(value) if isinstance(value, tuple) else value
    return document


def _documents(parts: tuple[Any, ...], keyed_by: str | None) -> Any:
    documents = [document_of(part) for part in parts]
    if not keyed_by:
        return documents
    return {document.pop(keyed_by): document for document in documents}
