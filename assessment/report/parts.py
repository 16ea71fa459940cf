"""The parts of a report, as the page shows them: texts, ordered lists, geometry."""

from dataclasses import dataclass
from datetime import datetime

from assessment import charts


@dataclass(frozen=True, slots=True)
class Figure:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Strength:
    name: str
    level: str
    must_have: bool
    statement: str


@dataclass(frozen=True, slots=True)
class GapCard:
    """One of the gaps that matter most, with what to do about it."""

    key: str
    place: int
    name: str
    mark: charts.GapMark
    you: str
    asked: str
    short: str
    must_have: bool
    holds: str
    next: str
    gain: str
    gain_label: str
    shown_later: bool
    hours: str
    action_title: str
    action_text: str


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill of the target: what was answered, what is asked, what is lost."""

    key: str
    name: str
    url: str
    must_have: bool
    mark: charts.GapMark
    text: str
    state: str
    short: str
    rating: int | None
    required: int
    gap: int
    lost_tenths: int
    lost: str
    priority: str
    priority_rank: int | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    label: str
    points: str
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A skill group: percent of it that is covered, and its share of the points."""

    name: str
    bar: charts.GroupBar
    covered: int
    worth: int
    met: str


@dataclass(frozen=True, slots=True)
class LadderRow:
    name: str
    url: str
    bar: charts.LadderBar
    score: int | None
    range: str
    ready_cut: int
    band: str
    ready: bool
    target: bool
    held: bool


@dataclass(frozen=True, slots=True)
class LeftOutSkill:
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class SkillNote:
    """What was written beside a rating; `url` is empty unless it leads to a web page."""

    name: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the table of all skills; `sort` is the ARIA word, or empty."""

    text: str
    url: str
    sort: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the report's contents."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The first screen. `score` is the headline; points are printed texts."""

    target: str
    target_short: str
    framework_version: str
    scoring_version: str
    submitted_at: datetime | None
    score: int
    readiness_tenths: int
    provisional: bool
    band: str
    band_title: str
    band_step: int
    figure: str
    of: str
    verdict: str
    next_step: str
    scale: charts.ScoreScale
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that the report page sees. Points are printed texts, such as "12.6"."""

    summary: Summary
    contents: tuple[Entry, ...]

    strengths_note: str
    strengths: tuple[Strength, ...]
    gaps_title: str
    gaps_note: str
    gaps: tuple[GapCard, ...]
    must_have_note: str
    must_haves: tuple[SkillRow, ...]
    groups: tuple[GroupRow, ...]
    scale_note: str
    sort: str
    columns: tuple[Column, ...]
    rows: tuple[SkillRow, ...]
    lost_total: str
    not_asked: tuple[str, ...]
    left_out_note: str
    left_out: tuple[LeftOutSkill, ...]
    unanswered: tuple[str, ...]

    points_note: str
    points_bar: charts.PointsBar
    account: tuple[LedgerRow, ...]
    missing_head: str
    missing: tuple[LedgerRow, ...]
    ladder_note: str
    ladder: tuple[LadderRow, ...]
    sensitivity: tuple[str, ...]
    made_of: tuple[Figure, ...]
    notes: tuple[SkillNote, ...]
