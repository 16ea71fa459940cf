"""What tables and columns are called."""

from types import SimpleNamespace

from careers import names
from careers.models import SkillGroup


def test_a_column_that_names_itself_keeps_its_name_and_others_get_theirs(monkeypatch):
    monkeypatch.setattr(names, "COLUMNS", dict(names.COLUMNS))
    own = SimpleNamespace(name="pitfall", verbose_name="what goes wrong")
    other = SimpleNamespace(name="low_usd", verbose_name="low usd")
    options = SimpleNamespace(fields=[own, other])

    names.name_tables([SimpleNamespace(__name__="LeftOut", _meta=options)])

    called = (options.verbose_name, options.verbose_name_plural)
    assert called == ("topic left out", "topics left out")
    assert (own.verbose_name, other.verbose_name) == (
        "what goes wrong",
        "low in US dollars",
    )
    assert names.COLUMNS["pitfall"] == "what goes wrong"


def test_tables_are_named_at_the_start():
    key = SkillGroup._meta.get_field("key")

    assert key.verbose_name is names.COLUMNS["key"]
