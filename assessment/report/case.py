"""One result with everything that the parts of a report look up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment import scoring
from assessment.answers import NO_ANSWER, Answer
from assessment.measuring import answers_of, measure, place, target_of
from assessment.scoring import Parameters, Placement, Scored
from careers.shape import CareerLevel, FrameworkSpec, Requirement, Skill


@dataclass(frozen=True)
class Case:
    """Answers against one career level, scored and placed on the ladder."""

    spec: FrameworkSpec
    level: CareerLevel
    answers: Mapping[str, Answer]
    result: Scored
    placement: Placement

    @property
    def parameters(self) -> Parameters:
        return scoring.PARAMETERS[self.result.scoring_version]

    @property
    def points_per_level(self) -> int:
        """What each level that the weakest must-have is short takes off the ceiling."""
        return self.parameters.ceiling_span // self.parameters.scale_top

    @cached_property
    def names(self):
        return {skill.key: skill.name for skill in self.spec.skills}

    @cached_property
    def scale_names(self):
        return {point.value: point.name for point in self.spec.scale}

    @cached_property
    def asked(self):
        """The requirements that count, in framework order."""
        return [item for item in self.level.requirements if item.required > 0]

    @cached_property
    def gaps(self):
        return {gap.key: gap for gap in self.result.gaps}

    def skill(self, item: Requirement) -> Skill:
        return self.spec.skills_by_key[item.skill]

    def answer(self, item: Requirement) -> Answer:
        return self.answers.get(item.skill, NO_ANSWER)

    def rating_or_none(self, item: Requirement) -> int | None:
        answer = self.answer(item)
        return None if answer.not_applicable else answer.value

    def rating(self, item: Requirement) -> int:
        return self.rating_or_none(item) or 0

    def is_met(self, item: Requirement) -> bool:
        rating = self.rating_or_none(item)
        return rating is not None and rating >= item.required

    def level_text(self, value: int) -> str:
        return f"{value} {self.scale_names[value]}"

    def counts(self, item: Requirement) -> bool:
        """Whether the skill is a part of the score: asked for, and not left out."""
        return item.must_have or not self.answer(item).not_applicable

    def below_name(self) -> str | None:
        below = self.spec.level_below(self.level)
        return below.short_title if below else None

    def holds_below(self) -> bool:
        """Whether the rung below the target is held, so that one step is what is left."""
        below = self.spec.level_below(self.level)
        held = self.placement.level
        return below is not None and held is not None and below.order <= held


def load_case(assessment, answers: Mapping[str, Answer] | None = None) -> Case:
    """A submitted assessment against its own target; one query unless answers are given."""
    spec, level = target_of(assessment)
    version = assessment.scoring_version or scoring.SCORING_VERSION
    answers = answers_of(assessment) if answers is None else answers
    return build_case(spec, level, answers, version)


def build_case(
    spec: FrameworkSpec,
    level: CareerLevel,
    answers: Mapping[str, Answer],
    version: str = scoring.SCORING_VERSION,
) -> Case:
    """Any answers against any career level; ValueError where there is no score."""
    parameters = scoring.PARAMETERS[version]
    result = measure(spec, level, answers, parameters)
    if not isinstance(result, Scored):
        raise ValueError(f"There is no score: {', '.join(result.reasons)}.")
    return Case(spec, level, answers, result, place(spec, answers, parameters))
