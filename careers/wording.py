"""Words for a framework that templates, files and mails share. All else stands in templates."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeData
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.shape import CareerLevel, FrameworkSpec

GRADES = {
    "direct": _("Said of this level by the main source"),
    "guide-general": _("Said by the main source, of no one level"),
    "supported": _("Supported by another framework"),
    "inferred": _("Our own judgment"),
}
"""Of how a requirement or a career is known, by its `evidence_grade`."""

VERIFICATIONS = {
    "looked-up": _("Looked up in a public source"),
    "guide": _("As the career guide has it"),
    "general": _("From general knowledge"),
}
"""Of how the entry rules of a certification were checked, by its `verification`."""

KINDS_OF_ACTION = {
    "course-topic": _("Course"),
    "reading": _("Reading"),
    "on-the-job-practice": _("Practice at work"),
    "mentoring": _("Mentoring"),
    "certification": _("Certification"),
}

KINDS_OF_CAREER = {
    "ladder": _("Ladder"),
    "specialization": _("Specialization"),
    "related": _("Related career"),
}

TARGETS_OF_KIND = {
    "ladder": _("The ladder"),
    "specialization": _("Specializations"),
    "related": _("Related careers"),
}


def has_tracks(spec: FrameworkSpec) -> bool:
    """Whether there are several ladders, which then are called by their own titles."""
    return sum(career.kind == "ladder" for career in spec.careers) > 1


def targets(spec: FrameworkSpec) -> list[tuple[str, str, list[CareerLevel]]]:
    """(kind of career, heading, career levels) of all that one can rate against."""
    groups: dict[tuple[str, str], list[CareerLevel]] = {}
    for level in spec.levels:
        career = spec.careers_by_key[level.career]
        is_track = career.kind == "ladder" and has_tracks(spec)
        title = career.title if is_track else str(TARGETS_OF_KIND[career.kind])
        groups.setdefault((career.kind, title), []).append(level)
    return [(kind, title, levels) for (kind, title), levels in groups.items()]


def rungs_by_scope(spec: FrameworkSpec) -> list[tuple[str, list[CareerLevel]]]:
    """(heading, its rungs that say what they lead) of each ladder; without empty ones."""
    tracks = [
        (title, [rung for rung in levels if rung.scope])
        for kind, title, levels in targets(spec)
        if kind == "ladder"
    ]
    return [track for track in tracks if track[1]]


def track_title(spec: FrameworkSpec, track: Sequence[CareerLevel]) -> str:
    """Of the career that the track leads up to; empty where there is one ladder alone."""
    if not has_tracks(spec):
        return ""
    return spec.careers_by_key[track[-1].career].title


RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def isolated(value: Any) -> Any:
    """A text from right to left as it can stand in a sentence: the words around it stay.

    In U+2068 and U+2069, which titles, attributes and mails understand, too; `<bdi>` stands
    in none of them. All else comes back as it is.
    """
    begin, end = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    if not isinstance(value, str) or value.isascii():  # at once, and so for nearly all
        return value
    if value.startswith(begin) or not RIGHT_TO_LEFT.search(value):
        return value
    if isinstance(value, SafeData):
        return format_html("{}{}{}", begin, value, end)
    return f"{begin}{value}{end}"


def names(texts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return get_text_list([isolated(text) for text in texts], gettext("and"))


def years(level: CareerLevel) -> str:
    """ "4 to 7 years", "15+ years"; empty where the level names none."""
    low, high = level.years_min, level.years_max
    said = {"low": low, "high": high}
    if low is None:
        if high is None:
            return ""
        return ngettext("up to %(high)d year", "up to %(high)d years", high) % said
    if high is None:
        return gettext("%(low)d+ years") % said
    return gettext("%(low)d to %(high)d years") % said


def money(amount: int | None, currency: str) -> str:
    """A yearly sum, such as "USD 140,000"; empty where there is none."""
    return "" if amount is None else f"{currency} {_grouped(amount)}"


def money_range(low: int, high: int, currency: str) -> str:
    """Two yearly sums, such as "USD 90,000 to 140,000"."""
    said = {"low": money(low, currency), "high": _grouped(high)}
    return gettext("%(low)s to %(high)s") % said


def pay_note() -> str:
    return gettext(
        "Pay is the median that the career guide gives for the United States, a year. It "
        "is the guide's own figure and was not checked against official statistics."
    )


def _grouped(amount: int) -> str:
    return number_format(amount, force_grouping=True)


def point(spec: FrameworkSpec, value: int) -> str:
    """A point of the scale with its name: "3 Independent"."""
    return f"{value} {spec.point_names.get(value, '')}".strip()


def kicker(spec: FrameworkSpec, level: CareerLevel) -> str:
    """What kind of career level it is: "Rung 3 of 7", "Specialization"."""
    kind = spec.careers_by_key[level.career].kind
    if kind != "ladder":
        return str(KINDS_OF_CAREER[kind])
    track = spec.track_of(level)
    place = track.index(level) + 1
    said: dict[str, int | str] = {"place": place, "whole": len(track)}
    if has_tracks(spec):
        said["ladder"] = isolated(spec.careers_by_key[level.career].title)
        return gettext("%(ladder)s: rung %(place)d of %(whole)d") % said
    return gettext("Rung %(place)d of %(whole)d") % said


def moves_from(level: CareerLevel, base: CareerLevel) -> str:
    """How many skills rise and fall from one level to another."""
    rises, falls = len(level.more_than(base)), len(base.more_than(level))
    said = []
    if rises:
        said.append(
            ngettext("%(n)d skill rises.", "%(n)d skills rise.", rises) % {"n": rises}
        )
    if falls:
        said.append(
            ngettext("%(n)d skill falls.", "%(n)d skills fall.", falls) % {"n": falls}
        )
    if said and rises + falls < len(level.requirements):
        said.append(gettext("The others stay as they are."))
    return " ".join(said) or gettext("All skills stay as they are.")
