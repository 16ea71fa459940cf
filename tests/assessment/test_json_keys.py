"""A key that stands twice is found wherever it stands, and nothing else is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.json_keys import doubled_key

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANY)
def test_what_python_writes_has_every_key_once(value):
    assert doubled_key(json.dumps(value)) is None


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ('{"a": 1, "a": 1}', ["a"]),
        ('{"a": 1, "\\u0061": 2}', ["a"]),
        ('[[{}, {"b": [{"c": 1, "d": 2, "c": 3}]}]]', [0, 1, "b", 0, "c"]),
        ('{"a": {"a": 1}, "b": {"a": 1}}', None),
        ('{"a": {"x": 1, "x": 2}, "a": 3}', ["a"]),
        ('{"a": {"x": 1, "x": 2}, "b": {"y": 1, "y": 2}}', ["a", "x"]),
        ('{"a": ' + "9" * 5000 + ', "a": 1}', ["a"]),
    ],
)
def test_the_way_leads_to_the_key(text, way):
    assert doubled_key(text) == way
