"""Hypothesis strategies for people and targets."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from scoring.inputs import Answer, Confidence, Evidence, Requirement, Target

few = settings(max_examples=100, deadline=None, database=None, derandomize=True)
fewer = settings(max_examples=25, deadline=None, database=None, derandomize=True)

KEYS = ("planning", "risk", "budget", "Zürich", "cloud", "team", "metrics", "x")
SCALES = ((0, 5), (0, 5), (0, 5), (0, 1), (1, 4), (1, 7), (0, 10))


# Plain numbers first, fitted to the scale afterwards: quick to draw, and shrinks well.
_row = st.tuples(
    st.integers(0, 11),  # required: 0 is rarer than on the scale
    st.sampled_from([1, 2, 3, 4, 5, 90]),
    st.integers(0, 20),  # must-have level: none, as required, or between
    st.sampled_from([None, "", "soft", "technical"]),
    st.integers(0, 10),  # rating
    st.integers(0, 29),  # 0: not answered, 1: set aside, 2: no answer at all
    st.sampled_from(Confidence),
    st.sampled_from(Evidence),
)
_people = st.tuples(
    st.sampled_from(SCALES),
    st.lists(_row, min_size=1, max_size=3)
    | st.lists(_row, min_size=len(KEYS), max_size=len(KEYS)),
    st.sampled_from([None, None, 90, 91, 95, 100]),
    st.booleans(),  # whether there are hours
)


def people(*, most=8):
    """A target and one person's answers: some not given, some set aside."""
    return _people.map(lambda drawn: _person(*drawn, most))


def _person(scale, rows, line, has_hours, most):
    lowest, top = scale
    steps = top - lowest
    hours = tuple(range(3, 3 + steps)) if has_hours else None
    requirements, answers = [], {}
    for key, row in zip(KEYS[:most], rows, strict=False):
        required, importance, must, group, rating, open_how, confidence, evidence = row
        required = required and 1 + required % top
        must = required if must > 15 else max(0, min(required, must - 8))
        requirements.append(Requirement(key, required, importance, must, group, hours))
        if open_how != 2:
            answers[key] = Answer(
                None if open_how == 0 else lowest + rating % (steps + 1),
                open_how == 1,
                confidence,
                evidence,
            )
    return Target(tuple(requirements), line, lowest, top), answers


def rated(answers, key, rating):
    """The answers with one rating changed."""
    return answers | {key: replace(answers[key], rating=rating)}


@st.composite
def ladders(draw):
    """Rungs as [{skill: (required, importance, marked as must-have)}], and ratings."""
    keys = KEYS[: draw(st.integers(1, 4))]
    rungs = [
        {
            key: (
                draw(st.integers(0, 5)),
                draw(st.integers(1, 5)),
                draw(st.booleans()),
            )
            for key in keys
        }
        for _ in range(draw(st.integers(1, 4)))
    ]
    return rungs, {key: draw(st.integers(0, 5)) for key in keys}
