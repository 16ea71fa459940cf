"""Answers of one version of a framework beside a later version: what still holds of them.

Nothing is guessed: what was joined, parted or rated on another scale has no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.answers import NO_ANSWER, Answer, statement_of
from careers.changes import Kind, SkillChange, TwoVersions
from careers.shape import Skill
from careers.store import two_versions


def to_live(assessment, answers: Mapping[str, Answer]) -> Transfer | None:
    """Its answers beside the version that is live; None where it is of that one."""
    if not assessment.has_newer:
        return None
    versions = two_versions(assessment.framework.digest, assessment.live_digest)
    return Transfer(versions, assessment.target.key, answers)


@dataclass(frozen=True, eq=False)
class Transfer:
    """`said` is {skill key of the earlier version: Answer}; `level` the target's key."""

    versions: TwoVersions
    level: str
    said: Mapping[str, Answer]

    # By the keys of the later version

    @cached_property
    def found(self) -> dict[str, Answer]:
        """The answers that are there on the later version, changed sentences or not."""
        pairs = ((key, self.versions.before(key)) for key in self._later)
        return {
            key: self.said[before.key]
            for key, before in pairs
            if before and before.key in self.said and key not in self.absent
        }

    @cached_property
    def absent(self) -> dict[str, str]:
        """Why a skill cannot be compared.

        "new", "merged", "split", or "scale": rated on a point that is no more.
        """
        found = {}
        for key in self._later:
            before = self.versions.before(key)
            answer = self.said.get(before.key, NO_ANSWER) if before else NO_ANSWER
            if before is None:
                found[key] = str(self.versions.kind(key))
            elif answer.value not in (None, *self.versions.same_points):
                found[key] = "scale"
        return found

    @cached_property
    def unchanged(self) -> dict[str, Answer]:
        """Answers whose skill has its key and whose sentence reads as before."""
        return {
            key: answer
            for key, answer in self.found.items()
            if self.versions.kind(key) == Kind.KEPT
            and self._reads_as_before(key, answer)
        }

    @property
    def answered_unchanged(self) -> list[str]:
        return [key for key, each in self.unchanged.items() if each.is_answered]

    @property
    def unplaced(self) -> list[Skill]:
        """Earlier skills that were answered and have no one skill that takes the answer."""
        taken = {self.sources(key)[0].key for key in self.found}
        return [
            skill
            for skill in self.versions.earlier.skills
            if skill.key not in taken
            and self.said.get(skill.key, NO_ANSWER).is_answered
        ]

    @cached_property
    def to_confirm(self) -> list[SkillChange]:
        """What has an answer that has to be looked at again: to be suggested."""
        open_keys = {
            key
            for key, answer in self.found.items()
            if key not in self.unchanged and answer.is_answered
        }
        return [each for each in self.all_changes if each.key in open_keys]

    def sources(self, key: str) -> tuple[Skill, ...]:
        return self.versions.sources[key]

    # What differs, and what of it concerns who said this

    @cached_property
    def all_changes(self) -> list[SkillChange]:
        """Of the skills alone where the target is gone: it asks for nothing more or less."""
        return self.versions.changes(self.level if self.has_target else "")

    @cached_property
    def changes(self) -> list[SkillChange]:
        """Those that concern this person: requirements, the sentence chosen, the skills."""
        return [each for each in self.all_changes if self._concerns(each)]

    def _concerns(self, change: SkillChange) -> bool:
        is_other = change.kind != Kind.KEPT or change.absorbed or change.is_renamed
        moved = change.has_moved_requirement or change.has_moved_importance
        return bool(is_other or moved or self.sentence(change))

    def sentence(self, change: SkillChange) -> tuple[int, str, str] | None:
        """(point, before, now) of the sentence that was chosen, if it reads otherwise."""
        value = self.answer(change).value
        return next((each for each in change.statements if each[0] == value), None)

    def answer(self, change: SkillChange) -> Answer:
        """What was said of the one skill that a change is about."""
        key = change.sources[0].key if len(change.sources) == 1 or change.before else ""
        return self.said.get(key, NO_ANSWER)

    def answers(self, change: SkillChange) -> list[tuple[Skill, Answer]]:
        """What was said of each skill that another came from."""
        return [(each, self.said.get(each.key, NO_ANSWER)) for each in change.sources]

    @property
    def has_target(self) -> bool:
        return self.level in self.versions.later.levels_by_key

    @property
    def _later(self):
        return self.versions.later.skills_by_key

    def _reads_as_before(self, key: str, answer: Answer) -> bool:
        before = self.sources(key)[0]
        then = statement_of(self.versions.earlier, before.key, answer)
        return then == statement_of(self.versions.later, key, answer)
