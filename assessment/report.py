"""What a report is made of: one person's answers against one career level, scored.

The domain that templates, files and PDFs read. No text is put together here and no
number is rounded but by the scoring; docs/scoring.md says how each comes about.
"""

# What is read of a result is there where the caller has asked `is_measured`.
# mypy: disable-error-code="union-attr"

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unicodedata import category

from assessment.answers import (
    NO_ANSWER,
    Answer,
    answers_of,
    measure,
    place,
    readiness_below,
    target_of,
)
from assessment.models import PlanItem
from careers.shape import (
    CareerLevel,
    Certification,
    DevelopmentAction,
    FrameworkSpec,
    InterviewQuestion,
    Skill,
)
from careers.store import skill_once
from scoring import inputs
from scoring.inputs import Evidence
from scoring.ladder import Placement
from scoring.number import Insufficient, Readiness
from scoring.parameters import CURRENT
from scoring.result import Gap, Range, Scored

FIRST_GAPS = 3  # as many goals as people pursue at once
FIRST_STRENGTHS = 4
FAR = 2  # rungs above the one held, from which a target is far away
NEAR = 1  # levels that an interview question may lie off the one to show
WEB = ("https://", "http://")
WAYS = ("learn", "do", "with-people", "")  # heads of actions, as they are shown


@dataclass(frozen=True)
class SkillStanding:
    """One skill of the target: what is required, what was answered, what it costs."""

    report: "Report"
    skill: Skill
    requirement: inputs.Requirement
    answer: Answer

    @property
    def key(self) -> str:
        return self.skill.key

    @property
    def required(self) -> int:
        return self.requirement.required

    @cached_property
    def is_must_have(self) -> bool:
        return self.requirement.is_must_have

    @cached_property
    def rating(self) -> int | None:
        """The level that counts; None where it is not answered or left out."""
        return None if self.answer.not_applicable else self.answer.value

    @property
    def is_left_out(self) -> bool:
        return not self.report.result.target.counts(self.requirement, self.answer)

    @cached_property
    def is_met(self) -> bool:
        return self.rating is not None and self.rating >= self.required

    @property
    def state(self) -> str:
        """In one word: open (not answered), met or short."""
        if self.rating is None:
            return "open"
        return "met" if self.is_met else "short"

    @property
    def short(self) -> int:
        """Levels below what is required; 0 where it is met or not answered."""
        return 0 if self.rating is None else max(0, self.required - self.rating)

    @cached_property
    def missing_levels(self) -> int:
        """Must-have levels that are missing; each takes a part of the number."""
        if self.rating is None:
            return 0
        return max(0, self.requirement.must_have_level - self.rating)

    @property
    def is_short_but_not_of_must_have(self) -> bool:
        """Whether it is short of what is required, though its must-have level is there."""
        return self.is_must_have and bool(self.short) and not self.missing_levels

    @property
    def must_have_since(self) -> CareerLevel | None:
        """The lower rung that this must-have is carried from; None for the target's own."""
        return self.report.carried.get(self.key)

    @property
    def gap(self) -> Gap | None:
        return self.report.gaps_by_key.get(self.key)

    @property
    def lost_tenths(self) -> int:
        return self.report.lost_tenths.get(self.key, 0)

    @property
    def earned_tenths(self) -> int:
        return self.report.result.display.earned_tenths.get(self.key, 0)

    @property
    def next_value(self) -> int | None:
        """The next point that the skill has; None at its top or without a rating."""
        if self.rating is None:
            return None
        above = (each.value for each in self.skill.levels if each.value > self.rating)
        return next(above, None)

    @property
    def next_statement(self) -> str:
        return "" if self.next_value is None else self.skill.statement(self.next_value)

    @property
    def actions(self) -> tuple[DevelopmentAction, ...]:
        """What can be done for the next step."""
        return () if self.rating is None else self.skill.actions_of_step(self.rating)

    @property
    def actions_by_head(self) -> list[tuple[str, list[DevelopmentAction]]]:
        """Those to learn, to do, and with people; others with an empty head, at last."""
        heads = [(head, [a for a in self.actions if a.head == head]) for head in WAYS]
        return [(head, actions) for head, actions in heads if actions]

    @property
    def certifications(self) -> list[Certification]:
        """Those that support the next step: up to its point, and no lower or higher one."""
        if self.next_value is None:
            return []
        return [
            each
            for each in self.report.spec.certifications
            for support in each.supports
            if support.skill == self.key
            and (self.rating or 0) < support.up_to <= self.next_value
        ]

    @property
    def statement(self) -> str:
        """What was said to be true."""
        return "" if self.rating is None else self.skill.statement(self.rating)

    @cached_property
    def evidence(self) -> str:
        """What stands beside the rating; nothing can without one."""
        return Evidence.NONE if self.rating is None else self.answer.evidence

    @property
    def has_evidence(self) -> bool:
        return self.evidence != Evidence.NONE

    @property
    def note(self) -> str:
        return self.answer.note.strip()

    @property
    def note_in_one_line(self) -> str:
        """Without line breaks; a control character is a blank."""
        note = self.answer.note
        shown = "".join(" " if category(sign) == "Cc" else sign for sign in note)
        return " ".join(shown.split())

    @cached_property
    def question(self) -> InterviewQuestion | None:
        """What probes the next level of a gap, or the level shown where it is met.

        Of two that are equally near, the harder one: it shows more.
        """
        wanted = (self.rating or 0) + (not self.is_met)
        return min(
            (
                each
                for each in self.skill.questions
                if abs(each.probes_value - wanted) <= NEAR
            ),
            key=lambda each: (abs(each.probes_value - wanted), -each.probes_value),
            default=None,
        )

    @property
    def shown(self) -> str:
        """What a good answer to the question shows."""
        return self.skill.statement(self.question.probes_value)

    @property
    def url(self) -> str:
        """The link beside the answer, if it leads to a web page."""
        return self.answer.url if self.answer.url.startswith(WEB) else ""


SHOWS = {
    "all": lambda each: True,
    "open": lambda each: not each.is_met,
    "must-haves": lambda each: each.is_must_have,
    "without-evidence": lambda each: each.rating is not None and not each.has_evidence,
}
"""What the table of all skills can be narrowed to."""


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder with what the same answers amount to there."""

    report: "Report"
    level: CareerLevel
    number: Readiness | Insufficient
    place: int  # from 1, the lowest

    @cached_property
    def is_target(self) -> bool:
        return self.level.key == self.report.level.key

    @cached_property
    def standing(self) -> str:
        """held (the highest of which everything that counts is there), passed or nearest."""
        placement = self.report.placement
        if self.place == placement.level:
            return "held"
        if placement.is_passed(self.place):
            return "passed"
        return "nearest" if self.place == placement.next_level else ""

    @cached_property
    def is_far(self) -> bool:
        """So far above the rung held that its verdict says little."""
        held = self.report.placement.level
        return held is not None and self.place > held + FAR


@dataclass(frozen=True, eq=False)
class Report:
    """Answers against one career level of a framework, scored and placed on its ladder.

    `assessment.comparison` makes some with less than a `Scored`: without any number, or
    with the number and the verdict alone. Of a draft no page can be opened: nothing in
    such a report leads to one.
    """

    spec: FrameworkSpec
    level: CareerLevel
    answers: Mapping[str, Answer]
    result: Scored | Readiness | Insufficient
    is_of_draft: bool = False

    @property
    def is_measured(self) -> bool:
        return self.result.is_measured

    # The skills, in framework order unless said otherwise

    @cached_property
    def asked(self) -> tuple[SkillStanding, ...]:
        """Every skill that the target asks for, those left out, too."""
        return tuple(
            SkillStanding(
                self,
                self.spec.skills_by_key[key],
                item,
                self.answers.get(key, NO_ANSWER),
            )
            for key, item in self.result.target.by_key.items()
        )

    @cached_property
    def skills(self) -> tuple[SkillStanding, ...]:
        """Those that count."""
        return tuple(each for each in self.asked if not each.is_left_out)

    @cached_property
    def left_out(self) -> tuple[SkillStanding, ...]:
        return tuple(each for each in self.asked if each.is_left_out)

    @cached_property
    def unanswered(self) -> list[SkillStanding]:
        """Must-haves first, then by importance."""
        return [self.by_key[key] for key in self.result.unanswered]

    @cached_property
    def by_key(self) -> dict[str, SkillStanding]:
        return {each.key: each for each in self.asked}

    @property
    def groups(self):
        """(skill group, its skills that count); groups without any are left out."""
        return self.groups_showing("all")

    def groups_showing(self, show: str):
        """`groups` with the skills of one of SHOWS alone."""
        shown = list(filter(SHOWS[show], self.skills))
        found = [
            (group, [each for each in shown if each.skill.group == group.key])
            for group in self.spec.groups
        ]
        return [(group, skills) for group, skills in found if skills]

    def count_showing(self, show: str) -> int:
        return sum(map(SHOWS[show], self.skills))

    @cached_property
    def must_haves(self) -> tuple[SkillStanding, ...]:
        return tuple(each for each in self.skills if each.is_must_have)

    @cached_property
    def open_must_haves(self) -> list[SkillStanding]:
        return [each for each in self.must_haves if each.missing_levels]

    @cached_property
    def gaps_by_key(self) -> dict[str, Gap]:
        """Without any where there is no score."""
        return {gap.key: gap for gap in self.result.gaps} if self.is_measured else {}

    @cached_property
    def lost_tenths(self) -> Mapping[str, int]:
        """By skill; without any where there is no score."""
        return self.result.display.lost_tenths if self.is_measured else {}

    @cached_property
    def gaps(self) -> list[SkillStanding]:
        """By what closing each alone brings, the most first."""
        return [self.by_key[key] for key in self.gaps_by_key]

    @cached_property
    def first_gaps(self) -> list[SkillStanding]:
        return self.gaps[:FIRST_GAPS]

    @cached_property
    def met(self) -> list[SkillStanding]:
        """Must-haves first, then by importance."""
        return sorted(
            (each for each in self.skills if each.is_met),
            key=lambda each: (not each.is_must_have, -each.requirement.importance),
        )

    @cached_property
    def strengths(self) -> list[SkillStanding]:
        return self.met[:FIRST_STRENGTHS]

    @cached_property
    def above(self) -> list[SkillStanding]:
        """What is rated above its requirement, the furthest first."""
        found = [each for each in self.met if (each.rating or 0) > each.required]
        return sorted(found, key=lambda each: each.required - (each.rating or 0))

    def reaches(self, skill_key: str, value: int) -> bool:
        """Whether a skill, by a key of any version, is rated at this value or above."""
        skill = skill_once(self.spec, skill_key)
        rating = self.answers.get(skill.key, NO_ANSWER).rating if skill else None
        return rating is not None and rating >= value

    def reached(self, items: Iterable[PlanItem]) -> list[PlanItem]:
        """Of the items of a plan, those not done that lead where a skill is already."""
        return [
            each
            for each in items
            if each.is_unfinished and self.reaches(each.skill_key, each.value)
        ]

    @property
    def must_haves_met(self) -> int:
        return len(self.must_haves) - len(self.open_must_haves)

    @cached_property
    def with_evidence(self) -> int:
        return self.result.evidence_count

    @cached_property
    def is_all_at_the_top(self) -> bool:
        """Every answer is the highest, and nothing stands beside any: a first guess.

        Not on a scale of two points, where the highest is all that can be asked.
        """
        if self.with_evidence or len(self.spec.scale) == 2:
            return False
        others = {each.value for each in self.answers.values()} - {None}
        return all(each.rating == self.top for each in self.skills) and others == {
            self.top
        }

    @property
    def is_one_step_short(self) -> bool:
        """Whether every requirement is exactly one level away."""
        return all(each.short == 1 for each in self.skills)

    @property
    def answered(self) -> int:
        return len(self.result.rated)

    @property
    def notes(self) -> list[SkillStanding]:
        """Answers with a note or a link, those to skills that are not asked for, too."""
        asked = self.by_key
        written = (
            asked.get(skill.key)
            or SkillStanding(
                self,
                skill,
                inputs.Requirement(skill.key, 0, 1),
                self.answers[skill.key],
            )
            for skill in self.spec.skills
            if skill.key in self.answers
        )
        return [each for each in written if each.note or each.url]

    @cached_property
    def carried(self) -> dict[str, CareerLevel]:
        return self.spec.must_have_since(self.level)

    # The ladder

    @cached_property
    def placement(self) -> Placement:
        return place(self.spec, self.level, self.answers, self.version)

    @cached_property
    def track(self) -> tuple[CareerLevel, ...]:
        """The rungs on which the same answers are shown, the lowest first."""
        return self.spec.track_of(self.level)

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        """The highest first."""
        rungs = zip(self.track, self.placement.rungs, strict=True)
        return tuple(
            Rung(self, level, number, number_of)
            for number_of, (level, number) in enumerate(rungs, 1)
        )[::-1]

    @cached_property
    def without_number(self) -> list[Rung]:
        """The rungs that are not measured, the lowest first."""
        return [rung for rung in reversed(self.rungs) if not rung.number.is_measured]

    @property
    def to_measure_them(self) -> list[Skill]:
        """Must-haves of those rungs that lack a level: not answered, or "not relevant"."""
        missing = {
            key
            for rung in self.without_number
            for key in rung.number.unanswered
            if rung.number.target.by_key[key].is_must_have
        }
        return [skill for skill in self.spec.skills if skill.key in missing]

    @cached_property
    def held(self) -> CareerLevel | None:
        """The highest rung held; None before the first, or if nothing is measured."""
        level = self.placement.level
        return self.track[level - 1] if level else None

    @cached_property
    def nearest(self) -> CareerLevel | None:
        """The lowest measured rung above the one held."""
        following = self.placement.next_level
        return self.track[following - 1] if following else None

    @property
    def held_below(self) -> CareerLevel | None:
        """The rung held, if it lies below the target on its track."""
        return self.held if self.held in self._below else None

    @property
    def nearest_below(self) -> CareerLevel | None:
        """The nearest rung, if it lies below the target on its track."""
        return self.nearest if self.nearest in self._below else None

    @property
    def _below(self) -> list[CareerLevel]:
        if self.career.kind != "ladder":
            return []
        return self.spec.levels_that_count(self.level)[1:]

    @cached_property
    def is_far(self) -> bool:
        """Whether the target is a rung far above the one held."""
        return any(rung.is_target and rung.is_far for rung in self.rungs)

    @property
    def scores_higher_above(self) -> tuple[Rung, Rung] | None:
        """(higher, lower) of two neighbouring rungs where the higher scores more."""
        for higher, lower in zip(self.rungs, self.rungs[1:], strict=False):
            if not (higher.number.is_measured and lower.number.is_measured):
                continue
            if higher.number.score > lower.number.score:
                return higher, lower
        return None

    @property
    def marker(self) -> int | None:
        """The number of somebody who exactly meets what lies below the target."""
        below = readiness_below(self.spec, self.level)
        return None if below is None else int(below)

    @property
    def level_below(self) -> CareerLevel | None:
        return self.spec.level_below(self.level)

    @cached_property
    def top(self) -> int:
        """The highest point of the scale."""
        return self.spec.scale[-1].value

    @property
    def tenths_to_ready(self) -> int:
        """From the printed score to the ready line of the target; below 0 above it."""
        return 10 * self.result.ready_line - self.result.readiness_tenths

    @property
    def career(self):
        return self.spec.careers_by_key[self.level.career]

    @property
    def version(self) -> str:
        """Of the scoring."""
        return self.result.target.parameters.version

    @cached_property
    def towards(self) -> "Report":
        """Whose gaps come first: of the nearest rung, if the target is far above it."""
        return self.at(self.nearest) if self.is_far and self.nearest else self

    def at(self, level: CareerLevel) -> "Report":
        """The same answers against another career level; ValueError without a score."""
        return report_of(self.spec, level, self.answers, self.version)

    def at_key(self, key: str | None) -> "Report | None":
        """The same; None where no level has this key, or there is no score for it."""
        level = self.spec.levels_by_key.get(key or "")
        if level is None:
            return None
        try:
            return self.at(level)
        except ValueError:
            return None


def load_report(assessment, answers: Mapping[str, Answer] | None = None) -> Report:
    """The report of a submitted assessment; one query for its ratings, if not given.

    Raises ValueError for an assessment that has no score.
    """
    spec, level = target_of(assessment)
    return report_of(
        spec,
        level,
        answers_of(assessment) if answers is None else answers,
        assessment.scoring_version or CURRENT.version,
        likely_range=assessment.likely_range,
    )


def report_of(
    spec: FrameworkSpec,
    level: CareerLevel,
    answers: Mapping[str, Answer],
    version: str = CURRENT.version,
    *,
    likely_range: Range | None = None,
) -> Report:
    """Any answers against any career level; no query. ValueError without a score."""
    report = any_report_of(spec, level, answers, version, likely_range=likely_range)
    if not report.is_measured:
        raise ValueError(f"There is no score: {', '.join(report.result.reasons)}.")
    return report


def any_report_of(
    spec: FrameworkSpec,
    level: CareerLevel,
    answers: Mapping[str, Answer],
    version: str = CURRENT.version,
    *,
    likely_range: Range | None = None,
) -> Report:
    """The same, with a score or without."""
    result = measure(spec, level, answers, version, likely_range=likely_range)
    return Report(spec, level, answers, result)


def report_context(
    report: Report, show: str | None = None, *, with_notes: bool = True
) -> dict[str, Any]:
    """What report.html reads; `show`, one of SHOWS, narrows the table of all skills."""
    show = show if show in SHOWS else "all"
    return {
        "report": report,
        "show": show,
        "shows": [
            (key, n) for key in SHOWS if (n := report.count_showing(key)) or key == show
        ],
        "groups": report.groups_showing(show),
        "scores": report.result.groups if show == "all" else {},
        "notes": report.notes if with_notes else [],
        "is_paper": False,
        "is_example": False,
        "shared": None,
        "trial": None,
        "corrected_by": None,  # the uid of a later report: for the owner alone
        "years": None,  # of experience, and certificates held: of the owner, for them alone
        "held": (),
    }
