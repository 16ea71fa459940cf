"""Specs with texts that are hard to write down in YAML."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.factories import small_spec

ODD_TEXTS = [
    "yes", "No", "on", "null", "Null", "nULL", "~", "true", "tRUE", "1.0", "089", "0o7",
    "0x1F", "1_000", "12:30", "2024-01-01", "-", "- a", "? a", ": a", "a: b", "a #b", "#",
    "&a", "*a", "!a", "%a", "@a", "`a`", "|", ">", "{a}", "[a]", "'", '"', "''", "a'b",
    "\\n", "=", "<<", "---", "...", "a,b", "é", "日本語", "👩‍💻", "a\u00a0b", "a\u200bb",
    "\ufeffa", "a" * 300, "word " * 90 + "end", "+1", "1e3", ".inf", "1" * 30, "a\tb",
]  # fmt: skip

_signs = st.characters(
    blacklist_categories=("Cc", "Cs"), blacklist_characters="\u2028\u2029\ufffe\uffff"
)
lines = (st.sampled_from(ODD_TEXTS) | st.text(_signs, max_size=60)).map(str.strip)
lines = lines.filter(lambda text: text and text != "\ufeff")
prose = st.lists(lines, min_size=1, max_size=4).map("\n".join)
numbers = st.none() | st.integers(-9, 10**12)


@st.composite
def odd_specs(draw):
    """One skill and one rung of the small spec with odd texts and numbers in it; it may well break rules."""
    spec = small_spec()
    skill, level = spec.skills[0], spec.levels[0]
    skill = replace(
        skill,
        name=draw(lines),
        description=draw(prose),
        levels=tuple(replace(each, statement=draw(lines)) for each in skill.levels),
        actions=(),
        example=draw(prose),
        evidence_prompts=tuple(draw(st.lists(lines, max_size=3))),
    )
    level = replace(
        level,
        title=draw(lines),
        years_note=draw(lines),
        years_min=draw(numbers),
        pay_median=draw(numbers),
        ready_line=draw(numbers),
        focus_areas=tuple(draw(st.lists(lines, max_size=3))),
        requirements=tuple(
            replace(each, basis=draw(prose), must_have=draw(st.booleans()))
            for each in level.requirements
        ),
    )
    whole = replace(
        spec, title=draw(lines), notes=draw(prose), skills=(skill,), levels=(level,)
    )
    return whole.in_order()
