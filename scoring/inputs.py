"""What goes into the scoring: what a target asks for, and what a person answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from .parameters import CURRENT, Parameters

HIGHEST_TOP = 10
"""No scale goes further: 2 to 10 points, from 0 or 1."""
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


class Weighed(Protocol):
    """What a requirement asks of a skill, whoever writes it down."""

    @property
    def required(self) -> int: ...
    @property
    def importance(self) -> int: ...


def credit(item: Weighed, rating: int) -> int:
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
        for name, words in _WORDS.items():
            if (word := getattr(answer, name)) not in words:
                cure = f"choose one of {', '.join(words.values())}"
                raise ScoringError(f"{name} is {word!r}", cure, skill=key)


def bad_rating(key: str, rating: object, target: Target) -> ScoringError:
    return ScoringError(
        f"rating is {rating}",
        f"rate it with a whole number from {target.lowest} to {target.top}, or leave it "
        "unanswered",
        skill=key,
    )


_WORDS: dict[str, dict[object, str]] = {
    "not_applicable": {True: "true", False: "false"},
    "confidence": {word.value: word.value for word in Confidence},
    "evidence": {word.value: word.value for word in Evidence},
}


def _check_target(target: Target) -> None:
    if not (
        _is_whole(target.lowest, 0, 1)
        and _is_whole(target.top, target.lowest + 1, HIGHEST_TOP)
    ):
        raise ScoringError(
            f"the scale is {target.lowest}..{target.top}",
            f"begin at 0 or 1 and end above it, at {HIGHEST_TOP} at most",
        )
    limits, line = target.parameters, target.own_ready_line
    least, most = limits.ready_line, limits.strictest_ready_line
    if line is not None and not _is_whole(line, least, most):
        raise ScoringError(
            f"ready_line is {line}",
            f"give a whole number from {least} to {most}, or leave it out",
        )
    seen: set[str] = set()
    for item in target.requirements:
        for problem, cure in _faults_of(item, target):
            raise ScoringError(problem, cure, skill=str(item.key))
        if item.key in seen:
            raise ScoringError(
                "key is used twice", "keep one of the rows", skill=item.key
            )
        seen.add(item.key)


def _faults_of(item: Requirement, target: Target) -> Iterator[tuple[str, str]]:
    """(what is wrong, the cure)"""
    if not isinstance(item.key, str):
        yield "key is not a text", "write it as a text"
    for name, least, most, end in (
        ("required", 0, target.top, f" to {target.top}"),
        ("importance", 1, None, ""),
        (
            "must_have_level",
            0,
            item.required,
            f" to {item.required}, which is required",
        ),
    ):
        value = getattr(item, name)
        if not _is_whole(value, least, most):
            yield f"{name} is {value}", f"give a whole number from {least}{end}"
    steps, hours = target.top - target.lowest, item.hours
    if hours is not None and not (
        len(hours) == steps and all(_is_whole(each, 1, None) for each in hours)
    ):
        cure = f"give {steps} whole numbers above 0, from level to level, or null"
        yield f"hours are {hours}", cure


def _is_whole(value: object, least: int, most: int | None) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return least <= value and (most is None or value <= most)
