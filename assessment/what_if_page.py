"""The page that says what other answers would make of the score. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from assessment import charts, scoring, sentences
from assessment.answers import NO_ANSWER, Answer
from assessment.measuring import answers_in, measure, target_of
from assessment.pairs import PairFact
from assessment.report.gaps import MOST_GAPS
from assessment.report.summary import score_scale, shown_range
from assessment.scoring import Parameters, Scored, Status
from assessment.sentences import printed
from careers.shape import CareerLevel, FrameworkSpec
from careers.words import listed


@dataclass(frozen=True)
class WhatIf:
    """Answers that are stored, and the levels that are tried instead, {skill key: 0..5}."""

    spec: FrameworkSpec
    level: CareerLevel
    answers: Mapping[str, Answer]
    parameters: Parameters
    tried: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def stands(self) -> dict[str, int | None]:
        """The skills that the level asks for, in framework order, as they are rated."""
        return {
            item.skill: _rated(self.answers, item.skill)
            for item in self.level.requirements
            if item.required > 0
        }

    @cached_property
    def query(self) -> str:
        """The one address of what is tried: in framework order, what stands left out."""
        return urlencode(self.tried)

    def trying(self, levels: Mapping[str, int]) -> "WhatIf":
        """The same answers with these levels; those that stand already are left out."""
        tried = {
            key: levels[key]
            for key, now in self.stands.items()
            if key in levels and levels[key] != now
        }
        return replace(self, tried=tried)

    @cached_property
    def now(self) -> Scored:
        return self._measured(self.answers)

    @cached_property
    def then(self) -> Scored:
        answers = dict(self.answers)
        for key, value in self.tried.items():
            answer = answers.get(key, NO_ANSWER)
            answers[key] = replace(answer, value=value, not_applicable=False)
        return self._measured(answers)

    def _measured(self, answers) -> Scored:
        """ValueError without a score; to try levels takes no score away."""
        result = measure(self.spec, self.level, answers, self.parameters)
        if not isinstance(result, Scored):
            raise ValueError(f"There is no score: {', '.join(result.reasons)}.")
        return result


def _rated(answers: Mapping[str, Answer], key: str) -> int | None:
    answer = answers.get(key, NO_ANSWER)
    return None if answer.not_applicable else answer.value


def what_if_case(assessment, ratings) -> WhatIf:
    """A submitted assessment, with its ratings that know their skill's key; no query."""
    spec, level = target_of(assessment)
    parameters = scoring.PARAMETERS[assessment.scoring_version]
    return WhatIf(spec, level, answers_in(ratings), parameters)


@dataclass(frozen=True, slots=True)
class Option:
    value: int
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Lever:
    """One skill that can be moved; `error` says what to do about what was sent."""

    key: str
    legend: str
    mark: charts.GapMark
    options: tuple[Option, ...]
    error: str


@dataclass(frozen=True, slots=True)
class LeverGroup:
    name: str
    levers: tuple[Lever, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """Several skills moved at once, as an address."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score and its range as they would be, and where points would be missing."""

    is_changed: bool
    score: str
    sentence: str
    band: str
    band_title: str
    band_step: int
    provisional: bool
    held: str
    range: str
    scale: charts.ScoreScale
    lost: tuple[PairFact, ...]


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """`outcome` is None where the address names a level that does not exist."""

    target: str
    picks: tuple[Pick, ...]
    groups: tuple[LeverGroup, ...]
    outcome: Outcome | None


def what_if_page(case: WhatIf, form) -> WhatIfPage:
    return WhatIfPage(
        target=case.level.short_title,
        picks=tuple(_picks(case)),
        groups=tuple(_groups(case, form)),
        outcome=_outcome(case) if form.is_valid() else None,
    )


def _outcome(case: WhatIf) -> Outcome:
    now, then = case.now, case.then
    names = [case.spec.skills_by_key[key].name for key in then.binding]
    held = then.display.held_tenths
    return Outcome(
        is_changed=bool(case.tried),
        score=str(then.display.score),
        sentence=sentences.what_if_sentence(
            changes=len(case.tried),
            now=now.display.readiness_tenths,
            then=then.display.readiness_tenths,
        ),
        band=sentences.what_if_band(now.band, then.band) if case.tried else "",
        band_title=sentences.BAND_TITLES[then.band],
        band_step=sentences.band_step(then.band),
        provisional=then.status is Status.PROVISIONAL,
        held=sentences.what_if_held(held, listed(names), len(names)),
        range=sentences.span(*shown_range(then)),
        scale=score_scale(case.spec, case.level, then),
        lost=tuple(_lost(case)),
    )


def _lost(case: WhatIf) -> list[PairFact]:
    """What each skill loses now and then: what would lose most on top, the sum last."""
    now, then = case.now.display.lost_tenths, case.then.display.lost_tenths
    keys = [key for key in case.stands if now.get(key) or then.get(key)]
    keys.sort(key=lambda key: -then.get(key, 0))
    rows = [
        PairFact(
            case.spec.skills_by_key[key].name,
            printed(now.get(key, 0)),
            printed(then.get(key, 0)),
        )
        for key in keys
    ]
    return [*rows, PairFact("Missing to 100", _missing(case.now), _missing(case.then))]


def _missing(result: Scored) -> str:
    return printed(1000 - result.display.readiness_tenths)


def _picks(case: WhatIf) -> list[Pick]:
    """What people ask first: every must-have met, and the gaps of the report closed."""
    gaps = [gap.key for gap in case.now.gaps[:MOST_GAPS]]
    picks = [
        ("All must-haves met", case.now.open_must_haves),
        (sentences.closed_gaps(len(gaps)), gaps),
    ]
    required = {item.skill: item.required for item in case.level.requirements}
    return [
        Pick(text, case.trying({key: required[key] for key in keys}).query)
        for text, keys in picks
        if keys
    ]


def _groups(case: WhatIf, form) -> list[LeverGroup]:
    """The skills of the target by group, each with what the form holds."""
    groups = [
        LeverGroup(
            group.name,
            tuple(
                _lever(case, form, skill)
                for skill in case.spec.skills_in(group.key)
                if skill.key in case.stands
            ),
        )
        for group in case.spec.groups
    ]
    return [group for group in groups if group.levers]


def _lever(case: WhatIf, form, skill) -> Lever:
    required = case.level.requirement(skill.key).required
    you = case.stands[skill.key]
    stands = "not rated" if you is None else f"you {you}"
    chosen = str(form[skill.key].value())
    return Lever(
        key=skill.key,
        legend=f"{skill.name}: {stands}, asked {required}",
        mark=charts.gap_mark(you, required, under_cells=True),
        options=tuple(
            Option(point.value, str(point.value), str(point.value) == chosen)
            for point in case.spec.scale
        ),
        error=" ".join(form.errors.get(skill.key, [])),
    )
