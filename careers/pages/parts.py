"""The parts of the framework's pages, as they are shown: texts, lists, geometry."""

from dataclasses import dataclass

from careers import charts
from careers.shape import SkillLevel
from careers.standing import Mark


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts, or one figure."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a page of its own."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung below the picture of the ladder."""

    title: str
    years: str
    scope: str
    url: str
    current: bool
    facts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingNote:
    """What the reader's own report says here, and its address."""

    marks: tuple[Mark, ...]
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class AverageRow:
    """One line of the picture as a table: averages as printed texts."""

    title: str
    people: str
    technical: str


@dataclass(frozen=True, slots=True)
class LadderView:
    """The ladder in one picture, with what stands below and beside it."""

    picture: charts.LadderPicture
    rungs: tuple[Rung, ...]
    averages: tuple[AverageRow, ...]
    people: str
    technical: str


@dataclass(frozen=True, slots=True)
class RungEntry:
    """One rung with what tells it from its neighbours."""

    key: str
    title: str
    url: str
    summary: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class LadderPage:
    title: str
    lede: str
    you: StandingNote | None
    ladder: LadderView
    rungs: tuple[RungEntry, ...]
    pay_note: str
    specializations: tuple[Entry, ...]
    specializations_url: str
    related: tuple[Entry, ...]
    related_url: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """What a level asks of one skill."""

    name: str
    url: str
    pips: tuple[charts.Pip, ...]
    level: str
    before: str
    statement: str
    must_have: bool
    must_have_since: str


@dataclass(frozen=True, slots=True)
class RequirementGroup:
    key: str
    name: str
    description: str
    rows: tuple[RequirementRow, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What changes from the level below, and the skills that it changes for."""

    text: str
    skills: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An interview question, and what a good answer shows."""

    question: str
    asked_of: Entry
    shows: str


@dataclass(frozen=True, slots=True)
class CertificationEntry:
    name: str
    issuer: str
    entry: str
    helps: str
    check: str


@dataclass(frozen=True, slots=True)
class CertificationRow:
    """One certification beside the others."""

    name: str
    issuer: str
    suits: tuple[Entry, ...]
    supports: tuple[Entry, ...]
    entry: str
    sure: str
    checked: str
    where: str
    trust: str


@dataclass(frozen=True, slots=True)
class CertificationsPage:
    """`count` says how many of how many are shown; `rule` how far one helps."""

    count: str
    rule: str
    rows: tuple[CertificationRow, ...]
    all_url: str
    narrowed: bool


@dataclass(frozen=True, slots=True)
class PracticeQuestion:
    """A question with what it is about, whom it is asked of, and what is wanted."""

    question: str
    skill: Entry
    level: Entry
    shows: str
    strong_answer: str
    weak_answer: str


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    key: str
    name: str
    count: str
    questions: tuple[PracticeQuestion, ...]


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """`count` says how many of how many are shown."""

    count: str
    groups: tuple[QuestionGroup, ...]
    all_url: str
    narrowed: bool


@dataclass(frozen=True, slots=True)
class BasisRow:
    """Why a requirement is as it is."""

    name: str
    asked: str
    importance: str
    grade: str
    basis: str


@dataclass(frozen=True, slots=True)
class TextList:
    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelPage:
    key: str
    framework_key: str
    title: str
    short_title: str
    kicker: str
    summary: str
    figures: tuple[Fact, ...]
    pay_note: str
    job_description_url: str
    lists: tuple[TextList, ...]
    facts: tuple[Fact, ...]
    below: Entry | None
    changes_title: str
    changes_note: str
    changes: tuple[Change, ...]
    groups: tuple[RequirementGroup, ...]
    key_note: str
    next: tuple[Entry, ...]
    questions: tuple[Question, ...]
    questions_url: str
    certifications: tuple[CertificationEntry, ...]
    certifications_url: str
    basis: tuple[BasisRow, ...]


@dataclass(frozen=True, slots=True)
class JobDescriptionSkill:
    """A skill, and what one does at the level that is asked for."""

    name: str
    statement: str


@dataclass(frozen=True, slots=True)
class JobDescription:
    """`also` names what counts much without being a must-have."""

    title: str
    summary: str
    responsibilities: tuple[str, ...]
    focus_areas: tuple[str, ...]
    facts: tuple[Fact, ...]
    must_haves: tuple[JobDescriptionSkill, ...]
    also: tuple[JobDescriptionSkill, ...]
    level: Entry
    text_url: str


@dataclass(frozen=True, slots=True)
class CareerEntry:
    """A specialization or related career; `more` and `less` name skills.

    `marks` and `fit` speak of the reader, and are empty for one who is not known.
    """

    title: str
    url: str
    summary: str
    differs: str
    base: str
    marks: tuple[Mark, ...]
    fit: str
    more: str
    less: str


@dataclass(frozen=True, slots=True)
class CareersPage:
    name: str
    title: str
    lede: str
    entries: tuple[CareerEntry, ...]


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A skill of which another level is asked than at the rung compared with."""

    name: str
    url: str
    mark: charts.LevelShift
    before: str
    now: str
    by: str
    must_have: bool


@dataclass(frozen=True, slots=True)
class CareerPage:
    key: str
    framework_key: str
    title: str
    kicker: str
    summary: str
    differs: str
    figures: tuple[Fact, ...]
    base: Entry
    base_name: str
    shifts_title: str
    shifts_note: str
    shifts: tuple[ShiftRow, ...]
    weights: str
    topics: tuple[str, ...]
    groups: tuple[RequirementGroup, ...]
    key_note: str
    certifications: tuple[CertificationEntry, ...]
    grade: str
    ground: str
    basis: tuple[BasisRow, ...]


@dataclass(frozen=True, slots=True)
class SkillGroupEntry:
    key: str
    name: str
    description: str
    skills: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SkillsPage:
    title: str
    lede: str
    groups: tuple[SkillGroupEntry, ...]
    scale: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ActionEntry:
    title: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One level of a skill: what is true there, and the step that leads to it."""

    value: int
    name: str
    statement: str
    cases: SkillLevel | None
    hours: str
    actions: tuple[ActionEntry, ...]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What one career level asks of the skill."""

    title: str
    url: str
    asked: str
    pips: tuple[charts.Pip, ...]
    must_have: bool
    importance: str


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """`text` begins with the skill that `url` leads to."""

    name: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class SkillPage:
    key: str
    name: str
    group: str
    description: str
    why_it_matters: str
    statements: tuple[Statement, ...]
    steps_note: str
    stair: charts.SkillLevels
    asked_note: str
    rungs: tuple[AskedRow, ...]
    others: tuple[AskedRow, ...]
    needs: tuple[Prerequisite, ...]
    opens: tuple[Prerequisite, ...]
    evidence_prompts: tuple[str, ...]
    example: str
    questions: tuple[Question, ...]
    questions_url: str
    certifications: tuple[CertificationEntry, ...]
    certifications_url: str
    basis: str
