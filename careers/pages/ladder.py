"""The ladder: one picture of what the rungs ask, and every career level as a list."""

import math
from fractions import Fraction

from careers import charts
from careers.addresses import level_url, related_url, specializations_url
from careers.pages.parts import (
    AverageRow,
    Entry,
    Fact,
    LadderPage,
    LadderView,
    Rung,
    RungEntry,
)
from careers.pages.standing import standing_on_ladder
from careers.pages.words import money, sentence, years
from careers.shape import CareerLevel, FrameworkSpec
from careers.standing import Standing, marks_at
from careers.words import counted, in_words

PAY_NOTE = (
    "Pay is the median that the career guide gives for the United States, a year. It is "
    "the guide's own figure and was not checked against official statistics."
)


def ladder_page(spec: FrameworkSpec, standing: Standing | None = None) -> LadderPage:
    """Everything that the page of the ladder shows; with marks where its reader stands."""
    rungs = counted(len(spec.ladder), "rung", "rungs")
    return LadderPage(
        title=sentence(f"{rungs}, and what each one asks"),
        lede=_lede(spec),
        you=standing_on_ladder(spec, standing),
        ladder=ladder_view(spec, standing=standing, detailed=True),
        rungs=tuple(_rung_entry(spec, level) for level in spec.ladder),
        pay_note=PAY_NOTE if any(level.pay_median for level in spec.ladder) else "",
        specializations=_entries(spec, "specialization"),
        specializations_url=specializations_url(spec),
        related=_entries(spec, "related"),
        related_url=related_url(spec),
    )


def ladder_view(
    spec: FrameworkSpec,
    current: CareerLevel | None = None,
    standing: Standing | None = None,
    detailed: bool = False,
) -> LadderView:
    """The picture of the ladder; the rung `current` is tinted, the reader's are marked.

    `detailed` says the autonomy and the pay of each rung as well.
    """
    at = spec.ladder.index(current) if current in spec.ladder else None
    averages = [
        (_average(spec, rung, "soft"), _average(spec, rung, "technical"))
        for rung in spec.ladder
    ]
    return LadderView(
        picture=charts.ladder_picture(averages, current=at),
        rungs=tuple(
            Rung(
                title=level.short_title,
                years=years(level),
                scope=level.scope,
                url=level_url(spec, level.key),
                current=place == at,
                facts=_below_rung(level) if detailed else (),
                marks=marks_at(standing, level.key),
            )
            for place, level in enumerate(spec.ladder)
        ),
        averages=tuple(
            AverageRow(level.short_title, charts.points(soft), charts.points(technical))
            for level, (soft, technical) in zip(spec.ladder, averages, strict=True)
        ),
        people=f"{_count(spec, 'soft')} people and judgment skills",
        technical=f"{_count(spec, 'technical')} technical skills",
    )


def _below_rung(level: CareerLevel) -> tuple[str, ...]:
    pay = money(level.pay_median, level.currency)
    texts = (level.autonomy, f"median pay {pay}" if pay else "")
    return tuple(text for text in texts if text)


def _lede(spec: FrameworkSpec) -> str:
    """What rises from the lowest rung to the highest, in figures."""
    if len(spec.ladder) < 2 or not (_count(spec, "soft") and _count(spec, "technical")):
        return ""
    first, last = spec.ladder[0], spec.ladder[-1]

    def span(kind):
        low, high = _average(spec, first, kind), _average(spec, last, kind)
        return f"from {charts.points(low)} to {charts.points(high)}"

    return (
        f"From {first.short_title} to {last.short_title}, people and judgment skills "
        f"rise {span('soft')} on a scale of 0 to {charts.TOP_LEVEL}. Technical skills "
        f"rise {span('technical')}."
    )


def _kinds(spec: FrameworkSpec) -> dict[str, str]:
    """{skill key: technical or soft}."""
    kinds = {group.key: group.kind for group in spec.groups}
    return {skill.key: kinds[skill.group] for skill in spec.skills}


def _count(spec: FrameworkSpec, kind: str) -> int:
    return sum(each == kind for each in _kinds(spec).values())


def _average(spec: FrameworkSpec, level: CareerLevel, kind: str) -> int:
    """The average required level of the skills of a kind, in printed tenths."""
    kinds = _kinds(spec)
    asked = [item.required for item in level.requirements if kinds[item.skill] == kind]
    if not asked:
        return 0
    return math.floor(Fraction(10 * sum(asked), len(asked)) + Fraction(1, 2))


def _rung_entry(spec: FrameworkSpec, level: CareerLevel) -> RungEntry:
    facts = [
        Fact("Experience", years(level)),
        Fact("Scope", sentence(level.scope)),
        Fact("Autonomy", sentence(level.autonomy)),
        Fact("Median pay", money(level.pay_median, level.currency)),
    ]
    return RungEntry(
        key=level.key,
        title=level.title,
        url=level_url(spec, level.key),
        summary=level.summary,
        facts=tuple(fact for fact in facts if fact.value),
    )


def _entries(spec: FrameworkSpec, kind: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(level.title, level_url(spec, level.key), level.summary)
        for level in spec.levels
        if spec.careers_by_key[level.career].kind == kind
    )


def rungs_title(spec: FrameworkSpec) -> str:
    """How a picture of the ladder is headed elsewhere: "Seven rungs to aim at"."""
    return sentence(f"{in_words(len(spec.ladder))} rungs to aim at")
