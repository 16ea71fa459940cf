"""How a framework is put into words."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from careers import wording
from tests.factories import changed_level, required, small_spec


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0, 2, "0 to 2 years"),
        (15, None, "15+ years"),
        (None, 3, "up to 3 years"),
        (None, 1, "up to 1 year"),
        (None, None, ""),
    ],
)
def test_years_are_said_as_a_span(low, high, text):
    level = changed_level("tpm", years_min=low, years_max=high)[1]

    assert wording.years(level) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [(140_000, "USD", "USD 140,000"), (75_000, "EUR", "EUR 75,000"), (None, "USD", "")],
)
def test_money_is_said_with_its_currency(amount, currency, text):
    assert wording.money(amount, currency) == text


@pytest.mark.parametrize(
    ("texts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_said_as_a_list(texts, said):
    assert wording.names(texts) == said


def test_a_point_of_the_scale_has_its_name_where_there_is_one():
    spec = small_spec()

    assert (wording.point(spec, 3), wording.point(spec, 7)) == ("3 Independent", "7")


@pytest.mark.parametrize(
    ("key", "kicker"),
    [
        ("tpm", "Rung 2 of 3"),
        ("cloud", "Specialization"),
        ("coordinator", "Related career"),
    ],
)
def test_kicker_says_the_place_of_a_rung_and_the_kind_of_another(key, kicker):
    spec = small_spec()

    assert wording.kicker(spec, spec.levels_by_key[key]) == kicker


@pytest.mark.parametrize(
    ("planning", "tooling", "testing", "said"),
    [
        (4, 4, 3, "3 skills rise."),
        (4, 4, 2, "2 skills rise. The others stay as they are."),
        (4, 3, 1, "1 skill rises. 1 skill falls. The others stay as they are."),
        (2, 1, 1, "3 skills fall."),
        (3, 3, 2, "All skills stay as they are."),
    ],
)
def test_moves_count_what_rises_and_what_falls(planning, tooling, testing, said):
    before = required(planning=(3,), tooling=(3,), testing=(2,))
    now = required(planning=(planning,), tooling=(tooling,), testing=(testing,))
    levels = {each.key: each for each in changed_level("tpm", requirements=now)}
    base = changed_level("junior-tpm", requirements=before)[0]

    assert wording.moves_from(levels["tpm"], base) == said


def test_money_is_grouped_as_the_language_does_it():
    with override("de"):
        assert wording.money(1_140_000, "EUR") == "EUR 1.140.000"
        assert wording.money_range(90_000, 140_000, "EUR").endswith("140.000")


def test_a_name_from_right_to_left_stands_apart_in_a_sentence():
    sentence = Template(
        "{% load i18n %}{% blocktranslate with b=name count n=n %}One {{ a }}, {{ b }}."
        "{% plural %}{{ n }} {{ a }}, {{ b }}.{% endblocktranslate %}"
    )
    known = {"a": "الدرجة 2", "name": "<Planning>", "n": 3}

    assert sentence.render(Context(known)) == (
        "3 \u2068الدرجة 2\u2069, &lt;Planning&gt;."
    )
    assert (
        wording.names(["Risk", "تخطيط", "SDLC"]) == "Risk, \u2068تخطيط\u2069 and SDLC"
    )
    assert wording.isolated(mark_safe("<b>تخطيط</b>")) == mark_safe(
        "\u2068<b>تخطيط</b>\u2069"
    )
    assert [
        wording.isolated(each) for each in (3, None, "計画 é", "\u2068د\u2069")
    ] == [
        3,
        None,
        "計画 é",
        "\u2068د\u2069",
    ]
