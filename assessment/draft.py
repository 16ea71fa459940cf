"""An assessment while it is rated: its answers group by group, and what they still lack."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from assessment import wording
from assessment.answers import (
    NO_ANSWER,
    Answer,
    answers_of,
    joined,
    longest_run,
    statement_of,
    targets,
)
from assessment.models import NOTE_LENGTH, Assessment
from assessment.report import any_report_of
from assessment.transfer import Transfer, to_live
from careers.shape import CareerLevel, FrameworkSpec, Skill
from careers.store import spec_of, two_versions
from scoring.number import Reason, readiness_of

MUST_HAVES = (
    "must-haves"  # the rating page of the quick look, beside those of the groups
)
MOST_ALIKE = 12  # equal answers in a row; from here on, a look again is asked for
ENOUGH_TO_TIME = 10
TIME_TO_READ = timedelta(seconds=3)  # the sentences of one skill
LONG_AGO = timedelta(days=365)


def must_haves_of(spec: FrameworkSpec, level: CareerLevel) -> list[Skill]:
    """The skills that a level cannot do without, carried ones included."""
    requirements = targets(spec)[level.key].by_key
    return [
        skill
        for skill in spec.skills
        if skill.key in requirements and requirements[skill.key].is_must_have
    ]


@dataclass(frozen=True, eq=False)
class Draft:
    """The answers of an assessment so far, {skill key: Answer}, against its target."""

    assessment: Assessment
    answers: Mapping[str, Answer]

    @cached_property
    def spec(self):
        return spec_of(self.assessment.framework)

    @cached_property
    def level(self):
        return self.spec.levels_by_key[self.assessment.target.key]

    def answer(self, key):
        return self.answers.get(key, NO_ANSWER)

    # How far it is

    @cached_property
    def groups(self):
        """[(skill group, [(skill, its answer)], how many of them are answered)]."""
        found = []
        for group in self.spec.groups:
            skills = self.spec.skills_in(group.key)
            pairs = [(skill, self.answer(skill.key)) for skill in skills]
            count = sum(answer.is_answered for _, answer in pairs)
            found.append((group, pairs, count))
        return found

    @property
    def answered(self):
        return sum(count for _, _, count in self.groups)

    @property
    def total(self):
        return len(self.spec.skills)

    @property
    def line(self):
        """A line in parts: [(skill group, skills before it, in it, in it answered)]."""
        parts, before = [], 0
        for group, pairs, count in self.groups:
            parts.append((group, before, len(pairs), count))
            before += len(pairs)
        return parts

    # Its pages: one of each skill group, and one of the must-haves

    @cached_property
    def must_haves(self):
        return must_haves_of(self.spec, self.level)

    def skills_on(self, page):
        return self.must_haves if page == MUST_HAVES else self.spec.skills_in(page)

    @property
    def is_quick_look(self):
        """Whether it was begun with the must-haves, and nothing else is answered yet."""
        must_haves = {skill.key for skill in self.must_haves}
        answered = {key for key, each in self.answers.items() if each.is_answered}
        return (
            self.assessment.is_quick_look
            and bool(must_haves)
            and answered <= must_haves
        )

    @property
    def first_page(self):
        """The address where it goes on: of the quick look, else of all skills."""
        if not self.is_quick_look:
            return self.first_of_all
        return self.first_must_have or self.page_after(MUST_HAVES)

    @property
    def first_must_have(self):
        """The address of the first open one on their page; None where all are answered."""
        return self._first_open(MUST_HAVES)

    @property
    def must_haves_to_rate(self):
        return [s for s in self.must_haves if not self.answer(s.key).is_answered]

    @property
    def first_of_all(self):
        """The address of the first open skill of any group, else of the review."""
        pages = (self._first_open(group.key) for group in self.spec.groups)
        return next(filter(None, pages), self.last_address)

    @property
    def first_in_the_way(self):
        """The address of what a score waits for: an open skill, else one that is left out.

        Of those that the target requires; no other would change anything.
        """
        left_out = self.must_haves_left_out or [
            each for each in self.spec.skills if each.key in self.number.left_out
        ]
        if not left_out or self.not_answered:
            return self.first_of_all
        return f"{self.address(left_out[0].group)}#{left_out[0].key}"

    def _first_open(self, page):
        """The address of its first open skill, or None.

        Of the page alone where nothing on it is answered.
        """
        skills = self.skills_on(page)
        is_open = [s.key for s in skills if not self.answer(s.key).is_answered]
        if not is_open:
            return None
        address = self.address(page)
        return address if len(is_open) == len(skills) else f"{address}#{is_open[0]}"

    def page_after(self, page):
        """The address of the group after this one; after the last, of the review."""
        if page == MUST_HAVES:
            return reverse("assessment:quick_look", args=[self.assessment.uid])
        keys = [group.key for group in self.spec.groups]
        following = keys[keys.index(page) + 1 :]
        return self.address(following[0]) if following else self.last_address

    def address(self, page):
        return reverse("assessment:rate", args=[self.assessment.uid, page])

    @property
    def last_address(self):
        return reverse("assessment:review", args=[self.assessment.uid])

    # What was answered in the assessment that it is based on

    @cached_property
    def _before(self):
        """The one that it is based on; if that was carried over, also what that was based on."""
        found, before = [], self.assessment.based_on_id and self.assessment.based_on
        while before:
            found.append(before)
            before = before.based_on if before.is_carried_over else None
        return found

    @cached_property
    def _transfers(self):
        """Their answers beside this version; a query for each assessment with some."""
        now = self.assessment.framework.digest
        return [
            Transfer(
                two_versions(each.framework.digest, now),
                self.level.key,
                answers_of(each),
            )
            for each in self._before
        ]

    @cached_property
    def last_rated(self):
        """{skill key: the day of its rating before}: of a report for all, else of each."""
        found = {}
        for before, transfer in zip(self._before, self._transfers, strict=True):
            for key in self.spec.skills_by_key:
                days = [
                    timezone.localdate(transfer.said[skill.key].rated_at)
                    for skill in transfer.sources(key)
                    if transfer.said.get(skill.key, NO_ANSWER).is_answered
                ]
                if before.is_submitted:
                    days = [timezone.localdate(before.counts_at)]
                if days:
                    found.setdefault(key, max(days))
        return found

    @cached_property
    def _sources(self):
        """{skill key: the Transfer that has an answer for it} of the skills still open."""
        return {
            key: transfer
            for transfer in reversed(self._transfers)
            for key, answer in transfer.found.items()
            if answer.is_answered and not self.answer(key).is_answered
        }

    @cached_property
    def suggestions(self):
        """{skill key: earlier answer} of the skills that are still open."""
        return {key: each.found[key] for key, each in self._sources.items()}

    def skill_then(self, key):
        """The skill that the suggestion was given for, as it was then."""
        return self._sources[key].sources(key)[0]

    def name_then(self, key):
        """What the skill of a suggestion was called, if it had another key."""
        if key not in self.suggestions or self.skill_then(key).key == key:
            return ""
        return self.skill_then(key).name

    def statement_then(self, key):
        """What the suggestion for a skill stood for, in the words of its own version."""
        if key not in self.suggestions:
            return ""
        then = self._sources[key].versions.earlier
        return statement_of(then, self.skill_then(key).key, self.suggestions[key])

    @property
    def unchanged(self):
        """Keys of the skills whose suggestion stands for the same words as before."""
        return [key for key, each in self._sources.items() if key in each.unchanged]

    def came_from(self, key):
        """[(earlier skill, what was said of it, in words)] of one that has no suggestion.

        Only of a skill that was joined or parted, or rated on a point that is no more.
        """
        if key in self.suggestions or self.answer(key).is_answered:
            return []
        for transfer in self._transfers:
            said = [
                (skill, transfer.said[skill.key])
                for skill in transfer.sources(key)
                if key in transfer.absent and skill.key in transfer.said
            ]
            if said:
                then = transfer.versions.earlier
                return [
                    (
                        skill.name,
                        wording.answer(then, answer),
                        statement_of(then, skill.key, answer),
                    )
                    for skill, answer in said
                    if answer.is_answered
                ]
        return []

    @cached_property
    def newer(self):
        """These answers beside the version that is live by now; None where it is this one."""
        return to_live(self.assessment, self.answers)

    def still_true(self, keys):
        """The suggestions for these skills, as answers that can be saved.

        What is noted by now stays, below the earlier note while there is room for both.
        """
        found = {}
        for key in keys:
            if key not in self.suggestions:
                continue
            earlier, now = self.suggestions[key], self.answer(key)
            note = joined(earlier.note, now.note)
            found[key] = replace(
                earlier,
                revision=now.revision,
                note=note if len(note) <= NOTE_LENGTH else now.note,
                url=now.url or earlier.url,
            )
        return found

    # What the scoring says of it

    @cached_property
    def number(self):
        return readiness_of(targets(self.spec)[self.level.key], self.answers)

    @property
    def not_answered(self):
        """Keys of required skills of which nothing is said, not even that they do not apply."""
        return [
            key for key in self.number.unanswered if not self.answer(key).is_answered
        ]

    @property
    def leaves_out_too_much(self):
        """Whether so much is left out as not relevant that there is no score."""
        if Reason.NO_REQUIRED_SKILLS in self.number.reasons:
            return bool(self.number.left_out)
        return Reason.TOO_MANY_NOT_APPLICABLE in self.number.reasons

    @cached_property
    def report(self):
        """As it would be read if it was submitted now, with or without a score."""
        return any_report_of(self.spec, self.level, self.answers)

    @property
    def open_must_haves(self):
        """Must-haves of the target that are short or not rated."""
        return [
            each
            for each in self.report.must_haves
            if each.rating is None or each.missing_levels
        ]

    @property
    def must_have_share(self):
        """The must-haves' share of the importance of the target."""
        important = sum(each.requirement.importance for each in self.report.must_haves)
        return Fraction(important, self.number.target.importance)

    @property
    def least_answered(self):
        """The share of importance that a score needs."""
        return self.number.target.parameters.min_answered_share

    @property
    def must_have_minutes(self):
        return wording.minutes_to_rate(self.spec, self.must_haves)

    @cached_property
    def must_haves_left_out(self):
        """Those for which "not relevant" was chosen; no score can do without them."""
        return [
            skill for skill in self.must_haves if self.answer(skill.key).not_applicable
        ]

    # Second thoughts, none of which stops anybody

    @property
    def alike(self):
        """How many answers in a row are the same; None where they are few."""
        run = longest_run(self.answer(skill.key).value for skill in self.spec.skills)
        return run if run >= MOST_ALIKE else None

    @property
    def is_too_quick(self):
        """Whether many answers were given within seconds of each other."""
        if self.assessment.based_on_id:
            return False  # to say that an earlier answer is still true takes no reading
        moments = [
            answer.rated_at
            for answer in self.answers.values()
            if answer.value is not None
        ]
        if len(moments) < ENOUGH_TO_TIME:
            return False
        return max(moments) - min(moments) < TIME_TO_READ * len(moments)

    @property
    def rated_long_ago(self):
        """Skills whose answer is older than a year."""
        before = timezone.now() - LONG_AGO
        return [
            self.spec.skills_by_key[key]
            for key, answer in self.answers.items()
            if answer.is_answered and answer.rated_at < before
        ]


def load_draft(assessment):
    """One query for the answers, and one for earlier ones where they are asked for."""
    return Draft(assessment, answers_of(assessment))
