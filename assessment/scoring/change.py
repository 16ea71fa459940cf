"""Then and now: which changes are more than rating again would explain.

Both times are measured against one target, the present one. Source: docs/scoring.md,
"Then and now".
"""

from dataclasses import dataclass

from .inputs import Answers, Evidence, Target


@dataclass(frozen=True, slots=True)
class SkillChange:
    """One skill, rated at both times."""

    key: str
    earlier: int
    later: int
    both_verified: bool

    @property
    def is_clear(self) -> bool:
        return skill_change_is_clear(self.earlier, self.later, self.both_verified)


def score_change_is_clear(earlier_range: tuple[int, int], later: int) -> bool:
    """Whether the later score lies outside the earlier likely range."""
    low, high = earlier_range
    return not low <= later <= high


def skill_change_is_clear(earlier: int, later: int, both_verified: bool) -> bool:
    """From two levels on; from one if both ratings are verified."""
    return abs(later - earlier) >= (1 if both_verified else 2)


def changes_of_skills(
    target: Target, earlier: Answers, later: Answers
) -> tuple[SkillChange, ...]:
    """The required skills that went up or down, in framework order."""
    found = []
    for key in target.by_key:
        before, after = target.rating_of(key, earlier), target.rating_of(key, later)
        if before is None or after is None or before == after:
            continue
        verified = all(
            answers[key].evidence == Evidence.VERIFIED for answers in (earlier, later)
        )
        found.append(SkillChange(key, before, after, verified))
    return tuple(found)
