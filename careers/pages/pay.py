"""Pay: by level from the framework, by region from the guide, each as chart and table."""

from collections.abc import Sequence
from dataclasses import dataclass

from careers.addresses import level_url
from careers.pages.guide import GuidePageView, guide_page, origin, sources
from careers.pages.ladder import PAY_NOTE
from careers.pages.parts import Fact
from careers.pages.words import money, money_range
from careers.pay_chart import PayBar, PayScale, PayTick, pay_scale
from careers.shape import CareerLevel, FrameworkSpec, GuideSpec, PayRange
from careers.standing import Mark, Standing, marks_at

DOLLARS = "USD"


@dataclass(frozen=True, slots=True)
class LevelPay:
    title: str
    url: str
    marks: tuple[Mark, ...]
    bar: PayBar
    median: str
    average: str


@dataclass(frozen=True, slots=True)
class RegionPay:
    """`bar` is None where the range is not given in US dollars."""

    region: str
    bar: PayBar | None
    local: str
    dollars: str
    note: str
    doubt: str
    origin: str


@dataclass(frozen=True, slots=True)
class PayPage:
    guide: GuidePageView
    level_note: str
    level_ticks: tuple[PayTick, ...]
    levels: tuple[LevelPay, ...]
    region_ticks: tuple[PayTick, ...]
    regions: tuple[RegionPay, ...]
    sources: tuple[Fact, ...]


def pay_page(
    guide: GuideSpec, spec: FrameworkSpec, standing: Standing | None
) -> PayPage:
    """Everything that the page of pay shows, with the reader's own levels marked."""
    paid = [each for each in spec.ladder if each.pay_median and each.pay_average]
    by_level = pay_scale([each.pay_average or 0 for each in paid])
    in_dollars = [_in_dollars(each) for each in guide.pay_ranges]
    by_region = pay_scale([high for low, high in filter(None, in_dollars)])
    view = guide_page(guide, "pay")
    used = {each.source for each in guide.pay_ranges}
    used |= {fact.source for part in guide.page("pay").sections for fact in part.facts}
    return PayPage(
        guide=view,
        level_note=PAY_NOTE,
        level_ticks=by_level.ticks,
        levels=tuple(_level(spec, each, by_level, standing) for each in paid),
        region_ticks=by_region.ticks,
        regions=tuple(
            _region(guide, each, dollars, by_region)
            for each, dollars in zip(guide.pay_ranges, in_dollars, strict=True)
        ),
        sources=sources(guide, used),
    )


def _level(
    spec: FrameworkSpec,
    level: CareerLevel,
    scale: PayScale,
    standing: Standing | None,
) -> LevelPay:
    median, average = level.pay_median or 0, level.pay_average or 0
    return LevelPay(
        title=level.short_title,
        url=level_url(spec, level.key),
        marks=marks_at(standing, level.key),
        bar=scale.up_to(median, average),
        median=money(median, level.currency),
        average=money(average, level.currency),
    )


def _in_dollars(each: PayRange) -> tuple[int, int] | None:
    if each.currency == DOLLARS:
        return each.low, each.high
    if each.low_usd is None or each.high_usd is None:
        return None
    return each.low_usd, each.high_usd


def _region(
    guide: GuideSpec,
    each: PayRange,
    dollars: Sequence[int] | None,
    scale: PayScale,
) -> RegionPay:
    return RegionPay(
        region=each.region,
        bar=scale.between(*dollars) if dollars else None,
        local=money_range(each.low, each.high, each.currency),
        dollars=money_range(*dollars, DOLLARS) if dollars else "not given",
        note=each.note,
        doubt=each.doubt,
        origin=origin(guide, each.source, each.year),
    )
