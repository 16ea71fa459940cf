"""What goes into the engine, and the one place where it is checked.

Numbers are whole or `Fraction`: a binary float is refused, because 0.1 is not a
tenth and a score must not depend on how a number happened to be stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from json import dumps

from .errors import ScoringError
from .parameters import Number, Parameters
from .words import Confidence, Evidence

EXACT_TYPES = (int, Fraction)
CONFIDENCES = tuple(Confidence)
EVIDENCES = tuple(Evidence)
SMALLEST_MUST_HAVE = 1


@dataclass(frozen=True, slots=True)
class SkillInput:
    """One skill: what the target level asks for, and what the person answered.

    `required` and `rating` are levels of the scale; `required` 0 means that the
    target does not ask for the skill. `weight` is the requirement's importance: only
    ratios matter. `rating` None means not answered. `not_applicable` sets an ordinary
    skill aside, and makes a must-have count as not answered. `hours` are those from
    each level to the next, None for the parameters' own. `domain` names the part of
    the framework that the skill belongs to.
    """

    key: str
    required: Number
    weight: Number
    must_have: bool = False
    rating: Number | None = None
    not_applicable: bool = False
    confidence: str = Confidence.MEDIUM
    evidence: str = Evidence.NONE
    hours: tuple[Number, ...] | None = None
    domain: str = ""

    @property
    def is_required(self) -> bool:
        """True if the target asks for the skill at all."""
        return self.required > 0

    @property
    def is_applicable(self) -> bool:
        """True if the skill counts; nobody can set a must-have aside."""
        return self.is_required and (self.must_have or not self.not_applicable)

    @property
    def is_answered(self) -> bool:
        """True if there is a rating that counts."""
        return self.is_required and not self.not_applicable and self.rating is not None


def is_exact_number(value: object) -> bool:
    """True for whole numbers and fractions; False for booleans and floats."""
    return isinstance(value, EXACT_TYPES) and not isinstance(value, bool)


def check_skills(skills: Iterable[SkillInput], parameters: Parameters) -> None:
    """Raise `ScoringError` for the first skill that cannot be scored."""
    seen: set[str] = set()
    for skill in skills:
        _check_key(skill.key)
        if skill.key in seen:
            raise ScoringError(
                "appears twice", "give every skill its own id", skill=skill.key
            )
        seen.add(skill.key)
        _check_requirement(skill, parameters)
        _check_answer(skill, parameters)
        _check_hours(skill, parameters)


def check_rating(key: str, rating: object, parameters: Parameters) -> None:
    """Raise `ScoringError` unless the rating is a number on the scale."""
    if not _is_on_scale(rating, parameters):
        raise ScoringError(
            f"rating is {show(rating)}",
            f"rate it from 0 to {parameters.scale_top}, or leave it unanswered",
            skill=key,
        )


def show(value: object) -> str:
    """Return a value as a person would write it, on one line."""
    if value is None:
        return "missing"
    return str(value) if isinstance(value, Fraction) else dumps(value, default=str)


def _is_on_scale(value: object, parameters: Parameters) -> bool:
    return (
        isinstance(value, EXACT_TYPES)
        and not isinstance(value, bool)
        and 0 <= value <= parameters.scale_top
    )


def _check_key(key: object) -> None:
    if not isinstance(key, str) or not key:
        raise ScoringError(
            f"id is {show(key)}", "name the skill with a text", skill=key
        )


def _check_requirement(skill: SkillInput, parameters: Parameters) -> None:
    _check_flags(skill)
    if not _is_on_scale(skill.required, parameters):
        raise ScoringError(
            f"required is {show(skill.required)}",
            f"require a level from 0 to {parameters.scale_top}",
            skill=skill.key,
        )
    if not is_exact_number(skill.weight) or skill.weight <= 0:
        raise ScoringError(
            f"weight is {show(skill.weight)}",
            "give a number above 0, or require level 0 to leave the skill out",
            skill=skill.key,
        )
    if skill.must_have and skill.required < SMALLEST_MUST_HAVE:
        raise ScoringError(
            f"is a must-have but requires only level {skill.required}",
            "require level 1 or more, or drop the must-have mark",
            skill=skill.key,
        )


def _check_flags(skill: SkillInput) -> None:
    for name in ("must_have", "not_applicable"):
        value = getattr(skill, name)
        if not isinstance(value, bool):
            raise ScoringError(
                f"{name} is {show(value)}", "give true or false", skill=skill.key
            )
    if not isinstance(skill.domain, str):
        raise ScoringError(
            f"domain is {show(skill.domain)}", "give a text", skill=skill.key
        )


def _check_answer(skill: SkillInput, parameters: Parameters) -> None:
    if skill.rating is not None:
        check_rating(skill.key, skill.rating, parameters)
    _check_word(skill, "confidence", CONFIDENCES)
    _check_word(skill, "evidence", EVIDENCES)


def _check_word(skill: SkillInput, name: str, words: tuple[str, ...]) -> None:
    value = getattr(skill, name)
    if value not in words:
        raise ScoringError(
            f"{name} is {show(value)}",
            f"choose one of {', '.join(words)}",
            skill=skill.key,
        )


def _check_hours(skill: SkillInput, parameters: Parameters) -> None:
    if skill.hours is None:
        return
    wanted = parameters.scale_top
    if len(skill.hours) != wanted or not all(
        is_exact_number(hours) and hours > 0 for hours in skill.hours
    ):
        raise ScoringError(
            f"hours are {', '.join(show(hours) for hours in skill.hours) or 'empty'}",
            f"give {wanted} numbers above 0, one for each level, or leave them out",
            skill=skill.key,
        )
