"""What one career level asks: in figures, skill by skill, and the ground of each."""

from careers import charts
from careers.addresses import skill_url
from careers.pages.parts import BasisRow, Fact, RequirementGroup, RequirementRow
from careers.pages.words import GRADES, money, scale_text, years
from careers.shape import CareerLevel, FrameworkSpec, Requirement, SkillGroup


def asked(level: CareerLevel) -> list[Requirement]:
    """The requirements of a level without those that ask for nothing."""
    return [item for item in level.requirements if item.required]


def figures(spec: FrameworkSpec, level: CareerLevel) -> tuple[Fact, ...]:
    """What a level asks in a few figures; what it does not say is left out."""
    must_haves = len(spec.must_have_keys(level))
    facts = [
        Fact("typical experience", years(level)),
        Fact("skills are asked for", str(len(asked(level)))),
        Fact("must-have" if must_haves == 1 else "must-haves", str(must_haves)),
        Fact(
            "median pay, the guide's own figure, United States, a year",
            money(level.pay_median, level.currency),
        ),
    ]
    return tuple(fact for fact in facts if fact.value)


def requirement_groups(
    spec: FrameworkSpec, level: CareerLevel, base: CareerLevel | None
) -> tuple[RequirementGroup, ...]:
    """The level's requirements by skill group; what differs from `base` says so."""
    groups = (_group(spec, group, level, base) for group in spec.groups)
    return tuple(group for group in groups if group.rows)


def _group(
    spec: FrameworkSpec,
    group: SkillGroup,
    level: CareerLevel,
    base: CareerLevel | None,
) -> RequirementGroup:
    since = spec.must_have_since(level)
    rows = [
        _row(spec, item, base, since.get(item.skill))
        for item in asked(level)
        if spec.skills_by_key[item.skill].group == group.key
    ]
    return RequirementGroup(group.key, group.name, group.description, tuple(rows))


def _row(
    spec: FrameworkSpec,
    item: Requirement,
    base: CareerLevel | None,
    since: CareerLevel | None,
) -> RequirementRow:
    skill = spec.skills_by_key[item.skill]
    was = base.requirement(item.skill).required if base else item.required
    return RequirementRow(
        name=skill.name,
        url=skill_url(spec, skill.key),
        pips=charts.pips(item.required, before=was),
        level=scale_text(spec, item.required),
        before=f"was {was} at {base.short_title}"
        if base and was != item.required
        else "",
        statement=skill.statement(item.required),
        must_have=item.must_have,
        must_have_since=since.short_title if since else "",
    )


def key_note(base: CareerLevel | None) -> str:
    """What the five marks of a requirement mean."""
    note = "Five marks are the levels 1 to 5; a filled mark is asked for."
    if base is None:
        return note
    return f"{note} A hollow mark with a strong edge is new since {base.short_title}."


def basis_rows(spec: FrameworkSpec, level: CareerLevel) -> tuple[BasisRow, ...]:
    """Why each requirement is as it is, and how sure that is."""
    return tuple(
        BasisRow(
            name=spec.skills_by_key[item.skill].name,
            asked=str(item.required),
            importance=str(item.importance),
            grade=GRADES[item.evidence_grade],
            basis=item.basis,
        )
        for item in asked(level)
    )
