"""What goes into the scoring: what a target asks for, and what a person answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from .parameters import CURRENT, Parameters

HIGHEST_TOP = 10
CREDIT = 2520
"""Credit of a met requirement of importance 1: whole for each part of 1..10 levels."""


class ScoringError(ValueError):
    """Input that cannot be scored: what is wrong, of which skill, and the cure."""

    def __init__(self, problem: str, cure: str, *, skill: str | None = None) -> None:
        self.problem, self.cure, self.skill = problem, cure, skill
        place = "" if skill is None else f'skill "{skill}": '
        super().__init__(f"{place}{problem}; {cure}.")


class Confidence(StrEnum):
    """How sure a person is of a rating; widens the range, never moves the score."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"  # alone narrows nothing


class Evidence(StrEnum):
    """What stands behind a rating; narrows the range, never moves the score."""

    NONE = "none"
    DESCRIBED = "described"
    LINKED = "linked"
    VERIFIED = "verified"  # reserved for reviews by somebody else


class AnswerLike(Protocol):
    """A person's answer to one skill; `rating` None and nothing else: not answered."""

    @property
    def rating(self) -> int | None: ...
    @property
    def not_applicable(self) -> bool: ...
    @property
    def confidence(self) -> str: ...
    @property
    def evidence(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The plainest answer."""

    rating: int | None = None
    not_applicable: bool = False
    confidence: str = Confidence.MEDIUM
    evidence: str = Evidence.NONE


Answers = Mapping[str, AnswerLike]
"""By skill; a skill that is missing is not answered, one that is not asked for is unread."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a target asks of one skill; `required` 0: nothing.

    `must_have_level` is the part of `required` that must not be missing (0: none), as
    `ladder.must_have_levels` carries it up. `hours` lead from level to level of the
    scale; None where the framework has none.
    """

    key: str
    required: int
    importance: int
    must_have_level: int = 0
    group: str | None = None
    hours: tuple[int, ...] | None = CURRENT.hours

    @property
    def is_must_have(self) -> bool:
        return self.must_have_level > 0


class Row(NamedTuple):
    """A requirement that counts, in whole numbers.

    `worth` of a rating is its credit, plus its missing levels shifted by `Target.shift`.
    """

    key: str
    importance: int
    is_must_have: bool
    worth: dict[int, int]


@dataclass(frozen=True)
class Target:
    """The requirements of one career level in framework order, on a scale lowest..top.

    `own_ready_line` is the owner's stricter line, if any. Scores any number of people;
    what is derived is computed once. Raises `ScoringError` for what cannot be asked.
    """

    requirements: tuple[Requirement, ...]
    own_ready_line: int | None = None
    lowest: int = 0
    top: int = 5
    parameters: Parameters = CURRENT

    def __post_init__(self) -> None:
        _check_target(self)

    @property
    def ready_line(self) -> int:
        return self.own_ready_line or self.parameters.ready_line

    @cached_property
    def by_key(self) -> dict[str, Requirement]:
        """The requirements that ask for something, in framework order."""
        return {item.key: item for item in self.requirements if item.required}

    @cached_property
    def importance(self) -> int:
        return sum(item.importance for item in self.by_key.values())

    @cached_property
    def shift(self) -> int:
        """Bits that hold any sum of credits."""
        return (CREDIT * self.importance).bit_length()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        scale = range(self.lowest, self.top + 1)
        return tuple(
            Row(
                item.key,
                item.importance,
                item.is_must_have,
                {
                    rating: credit(item, rating)
                    + (max(0, item.must_have_level - rating) << self.shift)
                    for rating in scale
                },
            )
            for item in self.by_key.values()
        )

    def counts(self, item: Requirement, answer: AnswerLike | None) -> bool:
        """Whether a requirement is applicable to who answered so."""
        if not item.required:
            return False
        return item.is_must_have or answer is None or not answer.not_applicable

    def rating_of(self, key: str, answers: Answers) -> int | None:
        """The rating that counts: None if it is not answered or not applicable."""
        answer = answers.get(key)
        return None if answer is None or answer.not_applicable else answer.rating


def credit(item: Requirement, rating: int) -> int:
    """The whole number that a rating earns: `CREDIT` x importance if it is met."""
    return item.importance * min(rating, item.required) * CREDIT // item.required


def check_answers(target: Target, answers: Answers) -> None:
    """Raises `ScoringError` for the first answer that nobody can give."""
    for key in target.by_key:
        answer = answers.get(key)
        if answer is None:
            continue
        rating = answer.rating
        if rating is not None and not _is_whole(rating, target.lowest, target.top):
            raise bad_rating(key, rating, target)
        for name, word, words in (
            ("not_applicable", answer.not_applicable, {True: "true", False: "false"}),
            ("confidence", answer.confidence, _CONFIDENCES),
            ("evidence", answer.evidence, _EVIDENCES),
        ):
            if word not in words:
                cure = f"choose one of {', '.join(words.values())}"
                raise ScoringError(f"{name} is {word!r}", cure, skill=key)


def bad_rating(key: str, rating: object, target: Target) -> ScoringError:
    return ScoringError(
        f"rating is {rating}",
        f"rate it with a whole number from {target.lowest} to {target.top}, or leave it "
        "unanswered",
        skill=key,
    )


_CONFIDENCES = {word.value: word.value for word in Confidence}
_EVIDENCES = {word.value: word.value for word in Evidence}


def _check_target(target: Target) -> None:
    limits = target.parameters
    _check(
        _is_whole(target.lowest, 0, 1)
        and _is_whole(target.top, target.lowest + 1, HIGHEST_TOP),
        None,
        f"the scale is {target.lowest}..{target.top}",
        f"begin at 0 or 1 and end above it, at {HIGHEST_TOP} at most",
    )
    least, most = limits.ready_line, limits.strictest_ready_line
    _check(
        target.own_ready_line is None or _is_whole(target.own_ready_line, least, most),
        None,
        f"ready_line is {target.own_ready_line}",
        f"give a whole number from {least} to {most}, or leave it out",
    )
    seen: set[str] = set()
    for item in target.requirements:
        _check_requirement(item, target)
        _check(
            item.key not in seen, item.key, "key is used twice", "keep one of the rows"
        )
        seen.add(item.key)


def _check_requirement(item: Requirement, target: Target) -> None:
    key, steps = item.key, target.top - target.lowest
    _check(isinstance(key, str), str(key), "key is not a text", "write it as a text")
    _check(
        _is_whole(item.required, 0, target.top),
        key,
        f"required is {item.required}",
        f"give a whole number from 0 to {target.top}",
    )
    _check(
        _is_whole(item.importance, 1, None),
        key,
        f"importance is {item.importance}",
        "give a whole number from 1",
    )
    _check(
        _is_whole(item.must_have_level, 0, item.required),
        key,
        f"must_have_level is {item.must_have_level}",
        f"give a whole number from 0 to {item.required}, which is required",
    )
    _check(
        item.hours is None
        or (
            len(item.hours) == steps and all(_is_whole(h, 1, None) for h in item.hours)
        ),
        key,
        f"hours are {item.hours}",
        f"give {steps} whole numbers above 0, from level to level, or null",
    )


def _check(holds: bool, skill: str | None, problem: str, cure: str) -> None:
    if not holds:
        raise ScoringError(problem, cure, skill=skill)


def _is_whole(value: object, least: int, most: int | None) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return least <= value and (most is None or value <= most)
