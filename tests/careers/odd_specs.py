"""Specs with texts that are hard to write down in YAML or in a spreadsheet."""

from hypothesis import strategies as st

from careers.shape import (
    Career,
    CareerLevel,
    FrameworkSpec,
    ProficiencyLevel,
    Requirement,
    Skill,
    SkillGroup,
    SkillLevel,
)
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
    skill = skill.replaced(
        name=draw(lines),
        description=draw(prose),
        levels=tuple(each.replaced(statement=draw(lines)) for each in skill.levels),
        actions=(),
        example=draw(prose),
        evidence_prompts=tuple(draw(st.lists(lines, max_size=3))),
    )
    level = level.replaced(
        title=draw(lines),
        years_note=draw(lines),
        years_min=draw(numbers),
        pay_median=draw(numbers),
        ready_line=draw(numbers),
        focus_areas=tuple(draw(st.lists(lines, max_size=3))),
        requirements=tuple(
            each.replaced(basis=draw(prose), must_have=draw(st.booleans()))
            for each in level.requirements
        ),
    )
    whole = spec.replaced(
        title=draw(lines), notes=draw(prose), skills=(skill,), levels=(level,)
    )
    return whole.in_order()


short = (
    lines | st.sampled_from(["=1+1", "'=1", "-1", "@a", "key", "Key", "name"])
).map(lambda text: text[:40].strip())
short = short.filter(bool)


@st.composite
def odd_ladders(draw):
    """A framework of what two tables hold, in odd words, and of hours, which none holds."""
    lowest = draw(st.integers(0, 1))
    names = draw(st.lists(short, min_size=2, max_size=5))
    scale = tuple(
        ProficiencyLevel(value=value, name=name)
        for value, name in enumerate(names, lowest)
    )
    values = [point.value for point in scale if point.value]
    groups = tuple(
        SkillGroup(key=f"g{n}", name=draw(short))
        for n in range(draw(st.integers(1, 3)))
    )
    skills = tuple(
        draw(_odd_skills(f"s{n}", groups[n % len(groups)].key, n, values))
        for n in range(1, draw(st.integers(3, 5)) + 1)
    )
    levels = tuple(
        CareerLevel(
            key=f"r{n}",
            career="ladder",
            order=10 * n,
            title=draw(short),
            short_title=draw(short),
            requirements=tuple(draw(_odd_requirements(skill)) for skill in skills),
        )
        for n in range(1, draw(st.integers(1, 4)) + 1)
    )
    return FrameworkSpec(
        key="odd",
        version="1.0",
        title="Odd",
        language="en",
        scale=scale,
        groups=groups,
        skills=skills,
        careers=(Career(key="ladder", order=1, title="Odd", kind="ladder"),),
        levels=levels,
    ).in_order()


@st.composite
def _odd_skills(draw, key, group, order, values):
    at = draw(st.sets(st.sampled_from(values), min_size=1))
    return Skill(
        key=key,
        group=group,
        order=order,
        name=draw(short),
        levels=tuple(
            SkillLevel(
                value=value, statement=draw(prose), hours=draw(st.none() | st.just(3))
            )
            for value in sorted(at)
        ),
    )


@st.composite
def _odd_requirements(draw, skill):
    required = draw(st.sampled_from([0, *(level.value for level in skill.levels)]))
    return Requirement(
        skill=skill.key,
        required=required,
        importance=draw(st.integers(1, 5)),
        must_have=required > 0 and draw(st.booleans()),
    )
