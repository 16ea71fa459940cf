"""The one shape of a framework: `FrameworkSpec`. Pure.

Files parse to it, rows load to it, export writes it, differences compare it and pages read
it. It holds keys, never primary keys, and knows no person. Skills stand group by group,
career levels career by career, the ladder first; `in_order` brings them there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Literal, get_args

from careers.fields import (
    Key,
    Line,
    Part,
    ShortLine,
    field,
    key_of_part,
    line,
    name_of,
    place,
    places,
    point,
    prose,
    reference,
    whole,
)
from scoring.inputs import HIGHEST_TOP

USUAL_IMPORTANCE = 3
KindOfCareer = Literal["ladder", "specialization", "related"]
KindOfAction = Literal[
    "course-topic", "reading", "on-the-job-practice", "mentoring", "certification"
]
Head = Literal["", "do", "learn", "with-people"]
EvidenceGrade = Literal["direct", "guide-general", "supported", "inferred"]
Verification = Literal["looked-up", "guide", "general"]

KINDS_OF_CAREER: tuple[str, ...] = get_args(KindOfCareer)
KINDS_OF_ACTION: tuple[str, ...] = get_args(KindOfAction)
HEADS: tuple[str, ...] = get_args(Head)[1:]
EVIDENCE_GRADES: tuple[str, ...] = get_args(EvidenceGrade)
VERIFICATIONS: tuple[str, ...] = get_args(Verification)

TENTH = Decimal("0.1")


class ProficiencyLevel(Part):
    """One point of the scale, with what separates it from its neighbours."""

    value: int = whole(0, HIGHEST_TOP)
    name: str = line(40, "Such as `Guided`")
    definition: str = prose(160, 'In the words of the person: "I do …"', "")
    scope: str = line(120, "What separates it from its neighbours", "")
    autonomy: str = line(120, "The same", "")
    complexity: str = line(120, "The same", "")


class Source(Part):
    """Where a part of the framework comes from."""

    key: str = key_of_part()
    title: str = line(200)
    where: str = prose(200, "A public address or name that a reader can use")
    licence: str = prose(200, "What may be done with it")
    use: str = prose(200, "What it was used for")


class LeftOut(Part):
    """A topic that has no skill of its own, and where it is covered instead."""

    key: str = key_of_part()
    topic: str = line(120)
    folded_into: tuple[Key, ...] = field(
        "Where it is covered", refers_to="skill or career"
    )
    why: str = prose(200)


class SkillGroup(Part):
    key: str = key_of_part()
    name: str = line(60)
    kind: str = line(
        40,
        "In the owner's words; `technical` and `soft` are told apart on the ladder",
        "",
    )
    description: str = prose(200, "", "")


class SkillLevel(Part):
    """One skill at one level: its statement, and the hours from the level below."""

    value: int = point(1, "Written as the name before the colon")
    statement: str = prose(
        130,
        "Never empty. Behaviour that others could see, in the words of the person",
        needed=True,
    )
    hours: int | None = whole(
        1,
        2000,
        "Hours of learning and practice from the level below; an estimate",
        None,
    )
    counts: str = prose(
        200, 'A case that shows the statement, in the second person: "You …"', ""
    )
    does_not_count: str = prose(
        200, "A case that comes near it and does not show it yet", ""
    )


class SkillPrerequisite(Part):
    """To reach `applies_from` of the skill, `skill` should stand at `min_value`."""

    skill: str = reference("skill", "Written as the name before the colon")
    min_value: int = point(1, "Where the other skill should stand")
    applies_from: int = point(1, "From which level of this skill on")


class DevelopmentAction(Part):
    """Something to do on one step of one skill; `hours` are part of the step's."""

    key: str = key_of_part("No other skill may use it")
    from_value: int = point(0, below=1, says="Where the step begins")
    to_value: int = point(1, "Where it ends: one higher")
    kind: KindOfAction
    title: str = line(80)
    description: str = prose(240)
    hours: int | None = whole(
        1, 2000, "A part of the step's hours, never added to them", None
    )
    certifications: tuple[Key, ...] = field(
        "Those that fit", (), refers_to="certification"
    )
    head: Head = field("What one does: something, learn something, meet people", "")
    first_piece: str = prose(
        200, "What to do of it this week; `description` goes on from there", ""
    )

    @property
    def what_to_do(self) -> str:
        """The first piece and all that follows it, as one text."""
        return f"{self.first_piece} {self.description}".strip()

    def leads_beyond(self, held: Collection[str]) -> bool:
        """Whether it brings more than certificates that are held, by key."""
        is_exam = self.kind == "certification" and self.certifications
        return not is_exam or not set(self.certifications) <= set(held)


class InterviewQuestion(Part):
    """A good answer shows the skill's statement at `probes_value`."""

    key: str = key_of_part("No other skill may use it")
    career_level: str = reference("career level", "The career level where it is asked")
    probes_value: int = point(
        1, "A good answer shows the skill's statement at this level"
    )
    question: str = prose(200)
    strong_answer: str = prose(160, "What to listen for; no marking scheme", "")
    weak_answer: str = prose(160, "The same", "")


class Skill(Part):
    key: str = key_of_part()
    group: str = reference("skill group")
    order: int = place(999, "Its place in its group")
    name: str = line(60)
    description: str = prose(240, "", "")
    why_it_matters: str = prose(240, "", "")
    basis: str = prose(600, "Where the skill comes from", "")
    levels: tuple[SkillLevel, ...] = field(
        "From a point of the scale, from 1 on, to the skill at it. A point that is left "
        "out is not offered for this skill",
        (),
        keyed_by="value",
    )
    example: str = prose(
        200,
        "One thing that would count as true, and the level that it shows: "
        '"… That counts as 2." It is shown while a person rates',
        "",
    )
    evidence_prompts: tuple[Line, ...] = field(
        "Questions that help a person to write a note", ()
    )
    prerequisites: tuple[SkillPrerequisite, ...] = field(
        "From the key of another skill to what is needed of it", (), keyed_by="skill"
    )
    actions: tuple[DevelopmentAction, ...] = ()
    questions: tuple[InterviewQuestion, ...] = ()
    replaces: tuple[Key, ...] = field(
        "Skills of the version before that became this one", ()
    )

    def statement(self, value: int) -> str:
        """The behaviour statement at a level; empty where there is none."""
        level = self.level_at(value)
        return level.statement if level else ""

    def level_at(self, value: int) -> SkillLevel | None:
        return next((level for level in self.levels if level.value == value), None)

    @property
    def levels_with_cases(self) -> tuple[SkillLevel, ...]:
        """Those that tell what counts as them, or what does not yet."""
        return tuple(
            level for level in self.levels if level.counts or level.does_not_count
        )

    def actions_of_step(self, from_value: int) -> tuple[DevelopmentAction, ...]:
        return tuple(
            action for action in self.actions if action.from_value == from_value
        )


class Requirement(Part):
    """What one career level asks of one skill; required 0 means: not asked."""

    skill: str = reference("skill", "Written as the name before the colon")
    required: int = point(0, "0 means: not asked")
    importance: int = whole(1, 5, "Its weight among the skills", USUAL_IMPORTANCE)
    must_have: bool = field("A must-have that is short holds the score down", False)
    evidence_grade: EvidenceGrade = field(
        "How sure the required level is; see below", "inferred"
    )
    basis: str = prose(400, "Why this level", "")


class CareerLevel(Part):
    """A rung of the ladder, or the single level of another career."""

    key: str = key_of_part()
    career: str = reference("career")
    order: int = place(99, "Its place in its career, the lowest rung first")
    after: str = reference(
        "rung of the ladder",
        "The rung that it comes after, of this ladder or another; two may come after "
        "one. Left out: the one before it in its own ladder",
        "",
    )
    title: str = line(80)
    short_title: str = line(40, "For tables and buttons")
    summary: str = prose(240, "", "")
    scope: str = line(120, "", "")
    autonomy: str = line(120, "", "")
    people_impact: str = line(120, "", "")
    years_min: int | None = whole(0, 60, "Left out: not known", None)
    years_max: int | None = whole(0, 60, "Left out: without an end", None)
    years_note: str = line(120, "What the years count", "")
    responsibilities: tuple[Line, ...] = ()
    focus_areas: tuple[Line, ...] = ()
    pay_median: int | None = whole(1, 10_000_000, "A year, in `currency`", None)
    pay_average: int | None = whole(1, 10_000_000, "A year, in `currency`", None)
    currency: str = line(3, "Three letters", "USD")
    ready_line: int | None = whole(
        90,
        100,
        "The score from which a panel of experts calls a person ready. Left out: "
        "the rule in [scoring.md](scoring.md)",
        None,
    )
    requirements: tuple[Requirement, ...] = field(
        "From a skill's key to what is required of it. A skill that is left out is not "
        "asked",
        (),
        keyed_by="skill",
    )

    def requirement(self, skill_key: str) -> Requirement:
        """The requirement for a skill; raises KeyError where the level has none."""
        for requirement in self.requirements:
            if requirement.skill == skill_key:
                return requirement
        raise KeyError(skill_key)

    @property
    def tells_work(self) -> bool:
        """Whether it says what one does there, and how."""
        told = (self.scope, self.autonomy, self.people_impact)
        return any((*told, self.responsibilities, self.focus_areas))

    @property
    def must_haves(self) -> tuple[Requirement, ...]:
        return tuple(item for item in self.requirements if item.must_have)

    def more_than(
        self, other: CareerLevel, what: str = "required"
    ) -> tuple[Requirement, ...]:
        """The requirements of which `what` is higher than at another level.

        `what` is "required" or "importance".
        """
        return tuple(
            item
            for item in self.requirements
            if getattr(item, what) > getattr(other.requirement(item.skill), what)
        )

    @property
    def requires(self) -> tuple[Requirement, ...]:
        """The requirements that ask for something."""
        return tuple(item for item in self.requirements if item.required)


class Career(Part):
    """The ladder itself, a specialization of it, or a related career."""

    key: str = key_of_part()
    order: int = place(999, "Its place among careers of its kind")
    title: str = line(80)
    kind: KindOfCareer
    summary: str = prose(300, "", "")
    differs: str = prose(300, "How it differs from its base level", "")
    topics: tuple[ShortLine, ...] = field(
        "What one has to know about besides the skills", ()
    )
    base_level: str = reference(
        "rung of the ladder",
        "What it is compared with; needed for all but the ladder",
        "",
    )
    evidence_grade: EvidenceGrade = field(
        "How sure its levels are; see below", "inferred"
    )
    basis: str = prose(600, "Where it comes from", "")


class CertificationSupport(Part):
    """The certification helps with `skill` up to proficiency level `up_to`."""

    skill: str = reference("skill", "Written as the name before the colon")
    up_to: int = point(1, "How far it helps")


class Certification(Part):
    key: str = key_of_part()
    name: str = line(120)
    issuer: str = line(120)
    entry: str = prose(240, "What one must bring")
    verification: Verification = field(
        "How the entry rules were checked: looked up on a page about it, named in "
        "the guide, or general knowledge"
    )
    named_in_guide: bool = False
    suits: tuple[Key, ...] = field("Whom it suits", (), refers_to="career level")
    supports: tuple[CertificationSupport, ...] = field(
        "From the key of a skill to how far it helps", (), keyed_by="skill"
    )
    checked: str = line(20, "When the entry rules were looked up, such as 2026-11", "")
    where: str = prose(200, "Where: a public address or name that a reader can use", "")
    sure: str = prose(200, "How far that place is to be trusted", "")


class FrameworkSpec(Part):
    """One version of everything a career asks for."""

    key: str = key_of_part("The same in every version")
    version: str = line(20, "A label such as `'1.1'`, new for every published version")
    title: str = line(120)
    language: str = line(10, "Such as `en-US`")
    attribution: str = prose(
        1000, "The credit that the licences of the sources ask for; it is shown", ""
    )
    person: str = line(
        80, "What the ladder calls a person, such as `project manager`", ""
    )
    certification_rule: str = prose(
        400,
        "By what `up_to` of a certification was set; it stands once above them all",
        "",
    )
    notes: str = prose(4000, "What is new in this version", "")
    scale: tuple[ProficiencyLevel, ...] = field(
        "2 to 10 points without a hole, from 0 or 1", ()
    )
    sources: tuple[Source, ...] = ()
    leaves_out: tuple[LeftOut, ...] = field(
        "Topics that have no skill of their own", ()
    )
    groups: tuple[SkillGroup, ...] = ()
    skills: tuple[Skill, ...] = field("At least one", ())
    careers: tuple[Career, ...] = field(
        "With at least one ladder; several are tracks over the same skills", ()
    )
    levels: tuple[CareerLevel, ...] = ()
    certifications: tuple[Certification, ...] = ()

    def __hash__(self) -> int:
        return self.hash_of_all

    @cached_property
    def hash_of_all(self) -> int:
        """Taken once: 0.3 ms for the shipped one. By key and version alone, whatever is kept
        of specs would be found by comparing all drafts of a version, up to 1 ms each.
        """
        return hash(tuple(getattr(self, name) for name in type(self).model_fields))

    @cached_property
    def top(self) -> int:
        """The last point of the scale; HIGHEST_TOP while there is no scale."""
        return max((point.value for point in self.scale), default=HIGHEST_TOP)

    @cached_property
    def lowest(self) -> int:
        """The first point of the scale; 0 while there is no scale."""
        return min((point.value for point in self.scale), default=0)

    @cached_property
    def point_names(self) -> dict[int, str]:
        return {point.value: point.name for point in self.scale}

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
        """The rungs of every ladder, ladder by ladder, the lowest first."""
        keys = (career.key for career in self.careers)
        return _sorted(self.levels_of_kind("ladder"), "career", keys)

    @cached_property
    def tracks(self) -> tuple[tuple[CareerLevel, ...], ...]:
        """For each rung that none comes after, the way up to it, the lowest first."""
        below = [self.level_below(rung) for rung in self.ladder]
        return tuple(
            tuple(reversed(self.levels_that_count(rung)))
            for rung in self.ladder
            if rung not in below
        )

    def track_of(self, level: CareerLevel) -> tuple[CareerLevel, ...]:
        """The first track with this rung, or with the rung that a career is compared with."""
        base = self.careers_by_key[level.career].base_level
        rung = self.levels_by_key.get(base, level)
        return next((track for track in self.tracks if rung in track), self.ladder)

    @cached_property
    def ladder_requirements(self) -> tuple[Requirement, ...]:
        """Every required level on the ladder; what is not asked for is left out."""
        return tuple(item for rung in self.ladder for item in rung.requires)

    @cached_property
    def said_of_level(self) -> tuple[Requirement, ...]:
        """Those of them that a source says of that very level.

        Not "guide-general": what it says of the whole career says nothing of one level.
        """
        return tuple(
            item
            for item in self.ladder_requirements
            if item.evidence_grade in ("direct", "supported")
        )

    def points_of(self, skill: Skill) -> tuple[ProficiencyLevel, ...]:
        """The points on which a skill is rated: the lowest, and those that it has."""
        return tuple(
            point
            for point in self.scale
            if point.value == self.lowest or skill.level_at(point.value)
        )

    def hours_of(self, skill: Skill) -> tuple[int, ...] | None:
        """Hours of each step of the scale, from the lowest point; None where one has none."""
        steps = range(self.lowest + 1, self.top + 1)
        levels = [skill.level_at(value) for value in steps]
        hours = tuple(level.hours for level in levels if level and level.hours)
        return hours if len(hours) == len(steps) else None

    def skills_in(self, group_key: str) -> tuple[Skill, ...]:
        return tuple(skill for skill in self.skills if skill.group == group_key)

    def levels_of_kind(self, kind: str) -> list[CareerLevel]:
        """The career levels of all careers of a kind."""
        careers = {career.key for career in self.careers if career.kind == kind}
        return [level for level in self.levels if level.career in careers]

    @cached_property
    def tells_hours(self) -> bool:
        """Whether a step, or something to do on it, has an estimate of its hours."""
        return any(
            any(level.hours for level in skill.levels)
            or any(action.hours for action in skill.actions)
            for skill in self.skills
        )

    @cached_property
    def tells_actions(self) -> bool:
        """Whether some skill has something to do."""
        return any(skill.actions for skill in self.skills)

    @cached_property
    def tells_must_haves(self) -> bool:
        """Whether some level cannot do without some skill."""
        return any(level.must_haves for level in self.levels)

    @cached_property
    def tells_importance(self) -> bool:
        """Whether some requirements count for more than others."""
        found = {each.importance for level in self.levels for each in level.requires}
        return len(found) > 1

    @cached_property
    def tells_basis(self) -> bool:
        """Whether a career or a requirement says where it comes from, or how surely."""
        asked = [each for level in self.levels for each in level.requirements]
        parts: list[Career | Requirement] = [*self.careers, *asked]
        return any(each.basis or each.evidence_grade != "inferred" for each in parts)

    @cached_property
    def tracks_to_ask(self) -> tuple[tuple[CareerLevel, ...], ...]:
        """The tracks whose every rung has a line on scope, autonomy and others' work."""
        return tuple(
            track
            for track in self.tracks
            if all(
                rung.scope and rung.autonomy and rung.people_impact for rung in track
            )
        )

    @property
    def tells_rungs(self) -> bool:
        """Whether a rung says more of itself than its name."""
        return any(
            rung.tells_work
            or rung.summary
            or (rung.years_min, rung.years_max, rung.pay_median) != (None,) * 3
            for rung in self.ladder
        )

    @property
    def tells_pay(self) -> bool:
        """Whether a rung has a figure of pay."""
        return any(rung.pay_median for rung in self.ladder)

    def skills_of_kind(self, kind: str) -> tuple[Skill, ...]:
        """Those of the groups of a kind."""
        groups = {group.key for group in self.groups if group.kind == kind}
        return tuple(skill for skill in self.skills if skill.group in groups)

    @cached_property
    def questions(self) -> tuple[tuple[Skill, InterviewQuestion], ...]:
        """Every interview question with its skill."""
        return tuple((skill, each) for skill in self.skills for each in skill.questions)

    def questions_where(
        self, *, level: str = "", skill: str = ""
    ) -> list[tuple[Skill, InterviewQuestion]]:
        """Those that are asked at a level, and those about a skill, where one is given."""
        return [
            (about, each)
            for about, each in self.questions
            if level in ("", each.career_level) and skill in ("", about.key)
        ]

    def certifications_where(
        self, *, level: str = "", skill: str = "", issuer: str = ""
    ) -> list[Certification]:
        """Those that suit a level, help with a skill or are of an issuer, where given.

        One that suits no level in particular is left out where a level is given.
        """
        return [
            each
            for each in self.certifications
            if (not level or level in each.suits)
            and (not skill or skill in {support.skill for support in each.supports})
            and issuer in ("", each.issuer)
        ]

    @cached_property
    def averages(self) -> dict[str, tuple[Decimal, Decimal]]:
        """{rung: what it requires of soft and of technical skills on average}, to a tenth.

        Empty where the groups do not tell both kinds apart.
        """
        soft, technical = map(self.skills_of_kind, ("soft", "technical"))
        if not (soft and technical):
            return {}

        def average(rung: CareerLevel, skills: tuple[Skill, ...]) -> Decimal:
            total = sum(rung.requirement(skill.key).required for skill in skills)
            return (Decimal(total) / len(skills)).quantize(TENTH, ROUND_HALF_UP)

        return {
            each.key: (average(each, soft), average(each, technical))
            for each in self.ladder
        }

    def requirements_by_group(
        self, level: CareerLevel
    ) -> list[tuple[SkillGroup, list[tuple[Skill, Requirement]]]]:
        """What a level requires, without skills and groups of which it requires nothing."""
        found: dict[str, list[tuple[Skill, Requirement]]] = {}
        for item in level.requires:
            skill = self.skills_by_key[item.skill]
            found.setdefault(skill.group, []).append((skill, item))
        return [(each, found[each.key]) for each in self.groups if each.key in found]

    def next_levels(self, level: CareerLevel) -> list[CareerLevel]:
        """The rungs that come after this one, and the specializations that start from it."""
        return [other for other in self.levels if self.level_below(other) == level]

    def level_below(self, level: CareerLevel) -> CareerLevel | None:
        """What lies below: the rung that this one comes after, or a specialization's base."""
        career = self.careers_by_key[level.career]
        if career.kind == "ladder":
            if level.after:
                return self.levels_by_key.get(level.after)
            own = [rung for rung in self.ladder if rung.career == level.career]
            position = own.index(level)
            return own[position - 1] if position else None
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
        own = (item.skill for item in level.must_haves)
        return {*own, *self.must_have_since(level)}

    def in_order(self) -> FrameworkSpec:
        """The same framework with every part in its one order, unknown keys last.

        Groups, sources, topics left out, actions, questions and certifications keep the
        order in which their owner wrote them.
        """
        skills = _sorted(self.skills, "group", (group.key for group in self.groups))
        careers = _sorted(self.careers, "kind", KINDS_OF_CAREER)
        levels = _sorted(self.levels, "career", (career.key for career in careers))
        keys = [skill.key for skill in skills]
        level_place = places(level.key for level in levels)
        return self.replaced(
            scale=_by_value(self.scale),
            skills=tuple(
                skill.replaced(
                    levels=_by_value(skill.levels),
                    prerequisites=_sorted(skill.prerequisites, "skill", keys),
                )
                for skill in skills
            ),
            careers=careers,
            levels=tuple(
                level.replaced(requirements=_sorted(level.requirements, "skill", keys))
                for level in levels
            ),
            certifications=tuple(
                item.replaced(
                    suits=tuple(sorted(item.suits, key=level_place)),
                    supports=_sorted(item.supports, "skill", keys),
                )
                for item in self.certifications
            ),
        )


def _sorted(parts: Iterable[Any], name: str, keys: Iterable[str]) -> tuple[Any, ...]:
    """By the place of what they name among `keys`, then by their own order and key."""
    place = places(keys)

    def of(part: Any) -> Any:
        return place(getattr(part, name)), getattr(part, "order", 0), name_of(part)

    return tuple(sorted(parts, key=of))


def _by_value(parts: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(parts, key=lambda part: part.value))
