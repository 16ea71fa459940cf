"""What holds for every person and every target: a test per row of the table in
docs/scoring.md, "What is always true"."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.scoring import (
    BANDS,
    PARAMETERS,
    Band,
    Confidence,
    Evidence,
    SkillInput,
    Status,
    place_on_ladder,
    prepare_ladder,
    score,
)
from tests.assessment.score_cases import make_ladder_levels
from tests.assessment.score_strategies import (
    QUARTERS,
    complete,
    few,
    headline,
    level_below,
    provisional,
    raised,
    scored,
)

V1 = PARAMETERS["1.0"]
ON_TEN_LEVELS = replace(
    V1,
    scale_top=10,
    must_have_rail=tuple(2 * gap for gap in V1.must_have_rail),
    confidence_spread={word: 2 * size for word, size in V1.confidence_spread.items()},
    what_if_shift=2 * V1.what_if_shift,
    step=2 * V1.step,
    hours=tuple(Fraction(hours, 2) for hours in V1.hours for _ in range(2)),
)


@few
@given(scored)
def test_bounded(skills):
    result = score(skills)

    assert 0 <= result.lower_bound <= result.readiness <= 100
    assert result.readiness <= result.coverage <= 100
    assert result.readiness <= result.ceiling <= 100


@few
@given(scored, level_below, st.integers(0, 6), st.integers(1, 20))
def test_monotone_readiness_and_band(skills, below, position, quarters):
    before = score(skills, level_below_coverage=below)

    after = score(raised(skills, position, quarters), level_below_coverage=below)

    assert after.readiness >= before.readiness
    assert BANDS.index(after.band) >= BANDS.index(before.band)


@few
@given(complete, st.booleans())
def test_readiness_is_100_exactly_if_every_requirement_is_met(skills, is_met):
    if is_met:
        skills = [replace(s, rating=max(s.rating, s.required)) for s in skills]

    result = score(skills)

    all_met = all(skill.rating >= skill.required for skill in skills)
    assert (result.readiness == 100) is all_met
    assert (result.display.score == 100) is all_met
    assert result.meets_all is all_met
    assert (result.requirements_met == result.requirements_total) is all_met


@few
@given(scored)
def test_surplus_never_counts(skills):
    trimmed = [
        s if s.rating is None else replace(s, rating=min(s.rating, s.required))
        for s in skills
    ]

    before, after = score(skills), score(trimmed)

    assert headline(after) == headline(before)
    assert after.lost == before.lost
    assert after.gaps == before.gaps


@few
@given(scored, level_below)
def test_must_have_gap_cannot_be_hidden(skills, below):
    result = score(skills, level_below_coverage=below)

    gaps = [s.required - s.rating for s in skills if s.must_have]
    assert result.ceiling == 100 - 16 * max([0, *gaps])
    assert result.band is not Band.READY or not result.open_must_haves


@few
@given(scored)
def test_parts_add_up_exactly_and_as_printed(skills):
    result = score(skills)

    shown = result.display
    assert sum(result.earned.values()) - result.held == result.readiness
    assert sum(result.lost.values()) == 100 - result.readiness
    assert min(result.lost.values()) >= 0
    assert shown.readiness_tenths == int(10 * result.readiness)
    assert sum(shown.earned_tenths.values()) == shown.coverage_tenths
    assert shown.coverage_tenths - shown.held_tenths == shown.readiness_tenths
    assert sum(shown.lost_tenths.values()) == 1000 - shown.readiness_tenths
    for key, lost in result.lost.items():
        assert abs(shown.lost_tenths[key] - 10 * lost) < 1
        assert abs(shown.earned_tenths[key] - 10 * result.earned[key]) < 1


@few
@given(scored, st.fractions(Fraction(1, 9), 50, max_denominator=9))
def test_invariant_to_the_scale_of_the_weights(skills, factor):
    scaled = [replace(skill, weight=factor * skill.weight) for skill in skills]

    before, after = score(skills), score(scaled)

    assert headline(after) == headline(before)
    assert after.lost == before.lost
    assert after.gaps == before.gaps


@few
@given(
    scored.flatmap(lambda skills: st.tuples(st.just(skills), st.permutations(skills)))
)
def test_invariant_to_the_order_of_the_skills(pair):
    before, after = score(pair[0]), score(pair[1])

    assert headline(after) == headline(before)
    assert after.lost == before.lost
    assert set(after.binding) == set(before.binding)
    assert sorted(g.priority for g in after.gaps) == sorted(
        g.priority for g in before.gaps
    )


@few
@given(complete, st.integers(0, 5))
def test_invariant_to_skills_that_are_not_required_or_not_applicable(skills, level):
    weight = sum(skill.weight for skill in skills if skill.required)
    added = [
        SkillInput("unasked", 0, 7, rating=level),
        SkillInput("aside", 3, Fraction(weight, 3), rating=level, not_applicable=True),
    ]

    before, after = score(skills), score([*skills, *added])

    assert replace(after, not_applicable_share=Fraction(0)) == before
    assert after.not_applicable_share == Fraction(1, 4)


@few
@given(scored, level_below)
def test_invariant_to_the_scale_of_the_ratings(skills, below):
    on_ten = [
        replace(
            s,
            required=2 * s.required,
            rating=None if s.rating is None else 2 * s.rating,
        )
        for s in skills
    ]

    before = score(skills, level_below_coverage=below)
    after = score(on_ten, level_below_coverage=below, parameters=ON_TEN_LEVELS)

    assert headline(after) == headline(before)
    assert after.lost == before.lost
    assert (after.what_if_lower, after.what_if_higher) == (
        before.what_if_lower,
        before.what_if_higher,
    )
    assert [gap.step_gain_per_10h for gap in after.gaps] == [
        gap.step_gain_per_10h for gap in before.gaps
    ]


@few
@given(scored, st.sampled_from(Confidence), st.sampled_from(Evidence))
def test_confidence_and_evidence_never_change_the_score(skills, confidence, evidence):
    surer = [replace(s, confidence=confidence, evidence=evidence) for s in skills]

    before, after = score(skills), score(surer)

    assert replace(after, likely_range=before.likely_range) == before


@few
@given(scored)
def test_domains_add_up_to_the_coverage(skills):
    result = score(skills)

    domains = result.domains.values()
    assert sum(domain.share for domain in domains) == 1
    assert sum(domain.share * domain.coverage for domain in domains) == result.coverage


@few
@given(provisional, st.integers(0, 5 * QUARTERS), level_below)
def test_provisional_bounds_contain_every_completion(skills, quarters, below):
    completed = [*skills[:-1], replace(skills[-1], rating=Fraction(quarters, QUARTERS))]

    before = score(skills, level_below_coverage=below)
    after = score(completed, level_below_coverage=below)

    assert before.status is Status.PROVISIONAL
    assert before.lower_bound <= after.readiness <= before.upper_bound
    assert before.band is not Band.READY or after.band is Band.READY


@few
@given(provisional)
def test_provisional_bounds_are_reached_by_the_worst_and_the_best_answer(skills):
    *answered, later = skills

    result = score(skills)

    worst = score([*answered, replace(later, rating=0)])
    best = score([*answered, replace(later, rating=later.required)])
    assert result.lower_bound == worst.readiness == worst.lower_bound
    assert result.upper_bound == best.readiness == best.upper_bound


@few
@given(scored)
def test_range_contains_the_readiness_and_its_bounds(skills):
    result = score(skills)

    low, high = result.likely_range
    assert 0 <= low <= float(result.lower_bound)
    assert low <= float(result.readiness) <= high
    assert float(result.upper_bound) <= high <= 100


LADDER = prepare_ladder(make_ladder_levels())
LADDER_KEYS = [skill.key for skill in make_ladder_levels()[0]]


@few
@given(
    st.lists(st.integers(0, 5 * QUARTERS), min_size=20, max_size=20),
    st.integers(0, 19),
    st.integers(1, 8),
)
def test_level_index_is_monotone(quarters, position, more):
    ratings = dict(
        zip(LADDER_KEYS, (Fraction(q, QUARTERS) for q in quarters), strict=True)
    )
    key = LADDER_KEYS[position]

    before = place_on_ladder(LADDER, ratings)
    after = place_on_ladder(
        LADDER, {**ratings, key: min(5, ratings[key] + Fraction(more, QUARTERS))}
    )

    assert after.index >= before.index
