"""Whom a draft moves: what is counted, and that nothing shown tells of fewer than five."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import targets
from assessment.impact import NO_NUMBER, Bar, Impact, change_of
from scoring.inputs import Answer
from tests.factories import SKILLS, small_spec


def changed(**requirements):
    """(live targets, changes) after edits {level: {skill: {field: value}}}."""
    before = small_spec()
    levels = tuple(
        level.replaced(
            requirements=tuple(
                item.replaced(
                    **requirements.get(level.key.replace("-", "_"), {}).get(
                        item.skill, {}
                    )
                )
                for item in level.requirements
            )
        )
        for level in before.levels
    )
    after = before.replaced(levels=levels)
    old, new = targets(before), targets(after)
    keys = {key: key for key in SKILLS}
    return {key: change_of(key, old[key], new[key], keys) for key in old}


def rated(**values):
    return {
        key: Answer(value)
        for key, value in ({**dict.fromkeys(SKILLS, 3), **values}).items()
    }


# Counting
# ------------------------------------------------------------------------------------


def test_a_requirement_that_rises_moves_who_is_short_of_it():
    changes = changed(tpm={"testing": {"required": 3}})
    impact = Impact()

    impact.add("tpm", changes["tpm"], rated(testing=2), rated(testing=2))
    impact.add("tpm", changes["tpm"], rated(testing=3), rated(testing=3))
    impact.add("senior-tpm", changes["senior-tpm"], rated(testing=2), rated(testing=2))

    (fell,) = (by for _, by, _ in impact.counts if by)
    assert fell < 0
    assert Counter(key for key, by, _ in impact.counts.elements() if by) == {"tpm": 1}
    assert impact.causes == {("tpm", "testing"): 1}
    assert impact.people == 3


def test_a_must_have_is_carried_to_the_rungs_above():
    changes = changed(tpm={"testing": {"must_have": True}})

    found = {
        key: [edit.skill for edit, _ in each.alone] for key, each in changes.items()
    }

    assert found == {
        "junior-tpm": [],
        "tpm": ["testing"],
        "senior-tpm": ["testing"],
        "cloud": ["testing"],
        "coordinator": [],
    }


def test_importance_alone_is_told_apart():
    changes = changed(tpm={"testing": {"importance": 5}, "tooling": {"required": 1}})

    edits = {edit.skill: edit.is_of_importance for edit, _ in changes["tpm"].alone}

    assert edits == {"testing": True, "tooling": False}


def test_the_cause_is_the_edit_that_moves_by_itself():
    changes = changed(tpm={"testing": {"required": 5}, "tooling": {"importance": 4}})
    impact = Impact()

    impact.add(
        "tpm", changes["tpm"], rated(testing=2, tooling=3), rated(testing=2, tooling=3)
    )

    assert ("tpm", "testing") in impact.causes


def test_who_is_not_measured_before_is_left_out():
    changes = changed(tpm={"testing": {"required": 3}})
    impact = Impact()

    impact.add("tpm", changes["tpm"], {}, {})

    assert impact.people == 0


def test_who_has_no_number_any_more_is_counted_as_such():
    changes = changed(tpm={"testing": {"required": 3}})
    impact = Impact()

    impact.add("tpm", changes["tpm"], rated(), {})
    impact.add("old-rung", None, rated(), rated())

    assert impact.counts == {
        ("tpm", NO_NUMBER, True): 1,
        ("old-rung", NO_NUMBER, True): 1,
    }


def test_counts_survive_being_kept():
    impact = Impact({("tpm", -2, True): 5}, {("tpm", "testing"): 5})

    again = Impact.from_lists(impact.as_lists())

    assert (again.counts, again.causes) == (impact.counts, impact.causes)


# What is shown
# ------------------------------------------------------------------------------------


def impact_of(*counts):
    """From (target, difference, whether the verdict changes, people)."""
    return Impact({tuple(key): n for *key, n in counts})


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_under_five_in_all_nothing_is_shown(people, shown):
    impact = impact_of(("tpm", -3, True, people))

    assert impact.is_shown is shown
    assert bool(impact.bars) is shown
    assert bool(impact.rows({})) is shown


def test_neighbouring_bars_are_joined_until_each_holds_five():
    impact = impact_of(
        ("tpm", 0, False, 158),
        ("tpm", -1, False, 41),
        ("tpm", -2, False, 6),
        ("tpm", -6, False, 4),
        ("tpm", -8, False, 3),
        ("tpm", -9, False, 2),
    )

    assert impact.bars == (
        Bar(-9, -8, 5),
        Bar(-6, -2, 10),
        Bar(-1, -1, 41),
        Bar(0, 0, 158),
    )
    assert (impact.at_least, impact.is_exact, impact.direction) == (56, True, "fall")


def test_a_small_side_is_joined_with_who_stays():
    impact = impact_of(
        ("tpm", 0, False, 20), ("tpm", -1, False, 3), ("tpm", 2, False, 7)
    )

    assert impact.bars == (Bar(-1, 0, 23), Bar(2, 2, 7))
    assert (impact.at_least, impact.is_exact) == (7, False)
    assert impact.verdicts is None
    assert impact.direction == ""


def test_few_who_stay_are_joined_with_their_neighbour():
    impact = impact_of(("tpm", 0, False, 2), ("tpm", -1, False, 8))

    assert impact.bars == (Bar(-1, 0, 10),)
    assert (impact.at_least, impact.is_exact) == (0, False)


@pytest.mark.parametrize(
    ("moved", "verdicts", "shown"),
    [
        (10, 5, 5),
        (10, 10, 10),
        (10, 4, None),  # fewer than five
        (10, 6, None),  # with the ten who move, it would tell of four
        (10, 0, None),
    ],
)
def test_verdicts_are_told_only_where_no_smaller_group_can_be_worked_out(
    moved, verdicts, shown
):
    impact = impact_of(
        ("tpm", 0, False, 30),
        ("tpm", -1, False, moved - verdicts),
        ("tpm", -1, True, verdicts),
    )

    assert impact.verdicts == shown


def test_small_targets_are_counted_together():
    changes = changed(tpm={"testing": {"required": 3}})
    impact = impact_of(
        ("junior-tpm", 0, False, 3),
        ("tpm", -1, False, 9),
        ("tpm", 0, False, 8),
        ("senior-tpm", 0, False, 6),
    )

    rows = [(row.targets, row.people, row.moved) for row in impact.rows(changes)]

    assert rows == [(("junior-tpm", "senior-tpm"), 9, 0), (("tpm",), 17, 9)]


def test_what_a_bar_and_a_target_have_in_common_is_not_worked_out():
    """Who knows that an edit of one level alone costs nine points, would know of one."""
    impact = impact_of(
        ("senior-tpm", -1, False, 21),
        ("senior-tpm", 0, False, 13),
        ("tpm", -9, False, 5),
        ("tpm", -1, False, 1),
        ("tpm", 0, False, 14),
        ("junior-tpm", 0, False, 7),
    )

    assert impact.bars == (Bar(-9, -9, 5), Bar(-1, -1, 22), Bar(0, 0, 34))
    rows = impact.rows(changed())
    assert [(row.targets, row.people, row.moved) for row in rows] == [
        (("junior-tpm",), 7, 0),
        (("tpm", "senior-tpm"), 54, 27),
    ]


@pytest.mark.parametrize(("changed", "few"), [(0, True), (4, True), (5, False)])
def test_few_verdicts_are_told_as_few(changed, few):
    impact = impact_of(("tpm", -1, False, 20), ("tpm", -1, True, changed))

    assert impact.verdicts_are_few is few


def test_no_target_tells_how_many_move_where_the_whole_does_not():
    impact = impact_of(
        ("tpm", -1, False, 3), ("tpm", 0, False, 9), ("senior-tpm", 0, False, 9)
    )

    assert [row.moved for row in impact.rows({})] == [None, None]


def test_causes_that_move_few_are_not_named():
    changes = changed(tpm={"testing": {"required": 4}, "tooling": {"importance": 5}})
    impact = Impact(
        {("tpm", -3, False): 20},
        {("tpm", "testing"): 20, ("tpm", "tooling"): 4},
    )

    (row,) = impact.rows(changes)

    assert [edit.skill for edit in row.causes] == ["testing"]
    assert impact.first_cause(changes, importance=False).skill == "testing"
    assert impact.first_cause(changes, importance=True) is None


counts = st.dictionaries(
    st.tuples(
        st.sampled_from(["junior-tpm", "tpm", "senior-tpm", "cloud"]),
        st.integers(-4, 4) | st.just(NO_NUMBER),
        st.booleans(),
    ).filter(lambda key: key[1] or not key[2]),
    st.integers(1, 12),
    max_size=12,
)


@given(counts)
def test_whatever_is_added_or_taken_away_no_smaller_group_comes_out(found):
    """Sums and differences of all that one table shows, and of the sums over it."""
    impact = Impact(found)
    rows = impact.rows({})
    if impact.people < 5:
        assert impact.bars == rows == ()
        return

    of_bars = [bar.people for bar in impact.bars]
    for row in rows:
        for bar in impact.bars:
            both = sum(
                n
                for (key, by, _), n in found.items()
                if key in row.targets and bar.low <= by <= bar.high
            )
            assert both == 0 or both >= 5
    told = [row for row in rows if row.moved is not None]
    of_rows = [n for row in told for n in (row.moved, row.people - row.moved)]
    of_rows += [row.people for row in rows if row.moved is None]

    assert sum(of_bars) == sum(of_rows) == impact.people
    assert all(n == 0 or n >= 5 for n in of_bars + of_rows)
    for size in (1, 2):
        for some in combinations(range(len(rows)), size):
            left = impact.people - sum(rows[n].people for n in some)
            assert left == 0 or left >= 5
    if told:  # what the rows sum up to is what the bars sum up to, and no more
        assert len(told) == len(rows)
        assert sum(row.moved for row in told) == impact.at_least
    if impact.verdicts is not None:
        moved = impact.at_least
        for left in (impact.verdicts, moved - impact.verdicts, impact.people - moved):
            assert left == 0 or left >= 5
