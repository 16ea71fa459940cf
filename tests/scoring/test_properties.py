"""What is always true of a score; each row of docs/scoring.md, "What is always true"."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.inputs import Answer, Requirement
from scoring.ladder import must_have_levels, place
from scoring.number import BANDS, Readiness, Status, readiness_of
from scoring.result import Scored, score
from tests.scoring.cases import make_target
from tests.scoring.reference import Reference, largest_remainder
from tests.scoring.strategies import few, fewer, ladders, people, rated


def scored(person):
    """The target, the answers and the result of who has one."""
    target, answers = person
    result = score(target, answers)
    assume(isinstance(result, Scored))
    return target, answers, result


def closed(result, gap):
    return rated(result.answers, gap.key, gap.required)


# The model a second time


@few
@given(people())
def test_every_field_is_that_of_a_second_program(person):
    target, answers = person
    result, reference = score(target, answers), Reference(target, answers)

    assert [str(reason) for reason in result.reasons] == reference.reasons
    if reference.applicable:
        assert result.answered_share == reference.answered_share
        assert result.not_applicable_share == reference.not_applicable_share
    open_items = sorted(
        reference.open, key=lambda item: (item.must_have_level == 0, -item.importance)
    )
    assert list(result.unanswered) == [item.key for item in open_items]
    if not reference.reasons:
        assert fields_of(result) == fields_of_reference(reference)


def fields_of(result):
    return {
        "coverage": result.coverage,
        "missing_levels": result.missing_levels,
        "readiness": result.readiness,
        "band": str(result.band),
        "meets_all": result.meets_all,
        "met": result.requirements_met,
        "total": result.requirements_total,
        "open_must_haves": list(result.open_must_haves),
        "bounds": (result.lower_bound, result.upper_bound),
        "earned": result.earned,
        "lost": result.lost,
        "tenths": result.display.readiness_tenths,
        "coverage_tenths": result.display.coverage_tenths,
        "earned_tenths": result.display.earned_tenths,
        "lost_tenths": result.display.lost_tenths,
        "groups": {n: (g.share, g.coverage) for n, g in result.groups.items()},
        "gaps": [
            {name: getattr(gap, name) for name in (*gap.__slots__, "gap")}
            for gap in result.gaps
        ],
        "turning": (list(result.turning_up), list(result.turning_down)),
        "what_if_lower": result.what_if_lower,
    }


def fields_of_reference(reference):
    ratings = reference.ratings
    coverage, readiness = reference.coverage(ratings), reference.readiness(ratings)
    earned, lost = reference.earned(), reference.lost()
    return {
        "coverage": coverage,
        "missing_levels": reference.missing(ratings),
        "readiness": readiness,
        "band": reference.band(ratings),
        "meets_all": not reference.open and readiness == 100,
        "met": sum(ratings[i.key] >= i.required for i in reference.answered),
        "total": len(reference.applicable),
        "open_must_haves": [
            i.key for i in reference.answered if ratings[i.key] < i.must_have_level
        ],
        "bounds": (
            reference.lower_bound(ratings),
            reference.bound(ratings, lambda item: item.required),
        ),
        "earned": earned,
        "lost": lost,
        "tenths": reference.tenths(ratings),
        "coverage_tenths": int(10 * coverage),
        "earned_tenths": largest_remainder(earned, int(10 * coverage)),
        "lost_tenths": largest_remainder(lost, 1000 - int(10 * readiness)),
        "groups": reference.groups(),
        "gaps": reference.gaps(),
        "turning": (reference.turning(1), reference.turning(-1)),
        "what_if_lower": reference.what_if_lower(),
    }


@fewer
@given(people(most=4))
def test_the_range_is_that_of_a_second_program(person):
    target, answers, result = scored(person)

    assert list(result.likely_range) == Reference(target, answers).likely_range()


@few
@given(people())
def test_readiness_of_says_what_score_says(person):
    target, answers = person
    quick, result = readiness_of(target, answers), score(target, answers)

    for name in ("status", "reasons", "answered_share", "not_applicable_share"):
        assert getattr(quick, name) == getattr(result, name)
    assert isinstance(quick, Readiness) is isinstance(result, Scored)
    if isinstance(quick, Readiness):
        for name in ("coverage", "missing_levels", "readiness", "band", "score"):
            assert getattr(quick, name) == getattr(result, name)


# The number


@few
@given(people())
def test_readiness_is_100_exactly_if_every_answered_requirement_is_met(person):
    _, _, result = scored(person)

    assert 0 <= result.readiness <= 100
    assert (result.readiness == 100) is (result.requirements_met == len(result.rated))


@few
@given(people())
def test_a_surplus_never_counts(person):
    target, answers, result = scored(person)
    capped = {
        key: replace(answer, rating=min(answer.rating, target.by_key[key].required))
        if key in target.by_key and answer.rating is not None
        else answer
        for key, answer in answers.items()
    }
    again = score(target, capped)

    assert again.readiness == result.readiness
    assert again.lost == result.lost


@few
@given(people(), st.data())
def test_every_step_and_every_closing_raises_the_number(person, data):
    target, answers, result = scored(person)
    assume(result.gaps)
    gap = data.draw(st.sampled_from(result.gaps))

    for rating in (gap.rating + 1, gap.required):
        after = score(target, rated(answers, gap.key, rating))
        assert after.readiness > result.readiness
        assert BANDS.index(after.band) >= BANDS.index(result.band)


@few
@given(people())
def test_printed_gains_are_what_scoring_again_prints(person):
    target, answers, result = scored(person)

    for gap in result.gaps:
        step = score(target, rated(answers, gap.key, gap.rating + 1))
        close = score(target, closed(result, gap))
        now = result.display.readiness_tenths
        assert step.display.readiness_tenths - now == gap.gain_step_tenths
        assert close.display.readiness_tenths - now == gap.gain_close_tenths


@few
@given(people())
def test_number_and_verdict_never_contradict_each_other_or_the_must_haves(person):
    _, _, result = scored(person)
    lines = {"exploring": 0, "foundation": 15, "developing": 35, "nearly": 80}
    lines["ready"] = result.ready_line

    assert result.missing_levels == 0 or result.band != "ready"
    assert result.missing_levels <= 2 or result.band not in ("ready", "nearly")
    assert result.score >= lines[result.band]
    higher = [line for band, line in lines.items() if line > lines[result.band]]
    if higher and result.status is Status.COMPLETE:
        assert result.score < min(higher)


# Where the points are


@few
@given(people())
def test_points_add_up_exactly_and_as_printed(person):
    _, _, result = scored(person)
    shown = result.display

    assert sum(result.earned.values()) == result.coverage
    assert sum(result.lost.values()) == 100 - result.readiness
    assert sum(shown.earned_tenths.values()) == shown.coverage_tenths
    assert (
        shown.coverage_tenths - shown.must_have_cut_tenths - shown.unanswered_tenths
        == shown.readiness_tenths
    )
    assert (
        sum(shown.lost_tenths.values()) + shown.unanswered_tenths
        == 1000 - shown.readiness_tenths
    )
    assert min(shown.must_have_cut_tenths, shown.unanswered_tenths) >= 0
    in_groups = [key for key in result.earned if result.target.by_key[key].group]
    assert sum(g.share * g.coverage for g in result.groups.values()) == sum(
        result.earned[key] for key in in_groups
    )


@few
@given(people())
def test_rank_is_the_order_of_printed_points_and_of_printed_gains(person):
    _, _, result = scored(person)
    lost = [result.display.lost_tenths[gap.key] for gap in result.gaps]
    gains = [gap.gain_close_tenths for gap in result.gaps]

    assert lost == sorted(lost, reverse=True)
    assert gains == sorted(gains, reverse=True)
    assert [gap.rank for gap in result.gaps] == list(range(1, len(lost) + 1))


@few
@given(people())
def test_lost_is_at_least_what_closing_brings_and_exactly_it_without_must_haves(person):
    target, _, result = scored(person)

    for gap in result.gaps:
        gain = score(target, closed(result, gap)).readiness - result.readiness
        assert result.lost[gap.key] >= gain
        if not result.missing_levels:
            assert result.lost[gap.key] == gain


# What changes nothing


def outcome(result):
    if not isinstance(result, Scored):
        return result.reasons, result.answered_share, result.not_applicable_share
    return result.readiness, result.band, dict(result.lost), result.likely_range


@fewer
@given(people(), st.randoms(use_true_random=False))
def test_scale_of_importance_order_and_unasked_skills_change_nothing(person, source):
    target, answers, result = scored(person)
    triple = [replace(i, importance=3 * i.importance) for i in target.requirements]
    shuffled = source.sample(target.requirements, len(target.requirements))
    more = [Requirement("unasked", 0, 5, hours=None), *target.requirements]

    for requirements in (triple, shuffled, more):
        changed = replace(target, requirements=tuple(requirements))
        again = score(changed, answers | {"unasked": Answer(target.top)})
        assert outcome(again) == outcome(result)


@few
@given(people())
def test_confidence_and_evidence_change_the_range_alone(person):
    target, answers, result = scored(person)
    plain = {
        key: Answer(answer.rating, answer.not_applicable)
        for key, answer in answers.items()
    }

    assert fields_of(score(target, plain)) == fields_of(result)


# Provisional


@few
@given(people(), st.data())
def test_bounds_hold_every_completion(person, data):
    target, answers, result = scored(person)
    rating = st.integers(target.lowest, target.top)
    filled = answers | {key: Answer(data.draw(rating)) for key in result.unanswered}

    after = score(target, filled)

    assert after.status is Status.COMPLETE
    assert result.lower_bound <= after.readiness <= result.upper_bound
    assert result.band != "ready" or after.band == "ready"


@few
@given(people())
def test_a_provisional_number_is_at_most_99_and_bounds_of_a_complete_one_are_it(person):
    _, _, result = scored(person)

    if result.status is Status.COMPLETE:
        assert result.lower_bound == result.upper_bound == result.readiness
    else:
        assert result.display.score <= 99
        assert result.display.readiness_tenths <= 990


@fewer
@given(people())
def test_the_range_holds_the_number(person):
    _, _, result = scored(person)
    low, high = result.likely_range

    assert 0 <= low <= result.score <= high <= 100


# The verdict


@few
@given(people())
def test_turning_answers_are_exactly_those_that_flip_the_verdict(person):
    target, answers, result = scored(person)
    for change, found in ((1, result.turning_up), (-1, result.turning_down)):
        flipping = []
        for each in result.rated:
            rating = each.rating + change
            if target.lowest <= rating <= target.top:
                band = score(target, rated(answers, each.key, rating)).band
                moved = BANDS.index(band) - BANDS.index(result.band)
                flipping += [each.key] if moved * change > 0 else []
        assert list(found) == flipping


# The ladder


def track_of(rungs):
    marks = [{k: r for k, (r, _, marked) in rung.items() if marked} for rung in rungs]
    track = []
    for number, rung in enumerate(rungs, 1):
        levels = must_have_levels(
            {k: row[0] for k, row in rung.items()}, marks[:number]
        )
        rows = [(k, r, w, levels[k]) for k, (r, w, _) in rung.items()]
        track.append(make_target(*rows))
    return track


@few
@given(ladders())
def test_raising_an_answer_lowers_no_rung_and_no_level(ladder):
    rungs, ratings = ladder
    track = track_of(rungs)
    before = place(track, {key: Answer(rating) for key, rating in ratings.items()})

    for key in ratings:
        raised = ratings | {key: min(5, ratings[key] + 1)}
        after = place(track, {k: Answer(rating) for k, rating in raised.items()})
        assert (after.level or 0) >= (before.level or 0)
        for was, now in zip(before.rungs, after.rungs, strict=True):
            if isinstance(was, Readiness):
                assert now.readiness >= was.readiness


@few
@given(ladders())
def test_what_a_held_rung_must_have_no_lower_rung_misses(ladder):
    rungs, ratings = ladder
    track = track_of(rungs)
    answers = {key: Answer(rating) for key, rating in ratings.items()}
    level = place(track, answers).level
    assume(level)
    top = track[level - 1]

    for lower in track[: level - 1]:
        for key, item in lower.by_key.items():
            carried = min(
                item.must_have_level, getattr(top.by_key.get(key), "required", 0)
            )
            assert ratings[key] >= carried
