"""The list of `make mutants` is of the code as it is."""

import pytest

from tests.house import ROOT
from tools.mutants import MUTANTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.rule)
def test_a_rule_stands_once_where_it_can_be_broken(mutant):
    assert (ROOT / mutant.file).read_text().count(mutant.text) == 1
    assert mutant.instead != mutant.text
    for test in mutant.tests.split():
        path, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / path).read_text()
