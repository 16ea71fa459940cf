"""What templates ask of a result beside its own attributes."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from assessment import charts, wording
from careers.store import spec_of

register = template.Library()

register.filter("points", wording.points)
register.filter("gain", wording.gain)
register.filter("verdict", wording.verdict)
register.filter("you_of_required", wording.you_of_required)
register.filter("verdict_step", wording.verdict_step)
register.filter("per_cent", wording.per_cent)


@register.filter
def names(lines):
    """The skills of some SkillStandings in a sentence: "a, b and c"."""
    return get_text_list([line.skill.name for line in lines], _("and"))


@register.filter
def named(report, keys):
    """The same of skill keys."""
    return names([report.by_key[key] for key in keys])


@register.filter
def gap_mark(line):
    """The drawing of a SkillStanding, for {% draw "gap_mark" mark=... %}."""
    return charts.gap_mark(line.rating, line.required)


@register.filter
def met_of(lines):
    """How many of some SkillStandings are met."""
    return sum(line.is_met for line in lines)


@register.filter
def at(mapping, key):
    """The value of a mapping at a key, or None."""
    return mapping.get(key)


@register.filter
def missing_to_100(tenths):
    return 1000 - tenths


@register.filter
def skill_count(framework):
    """How many skills a framework has; no query."""
    return len(spec_of(framework).skills)


@register.filter
def when_among(assessment, others):
    """The day of a report; with the time where another of these has the same day."""
    moment = timezone.localtime(assessment.submitted_at)
    days = [
        timezone.localtime(each.submitted_at).date()
        for each in others
        if each.submitted_at
    ]
    return date(moment, "j F Y, H:i" if days.count(moment.date()) > 1 else "j F Y")


# The label of a range on a scale of 0 to 100: under its middle, but inside the picture.


@register.filter
def width_of(likely_range):
    low, high = likely_range
    return high - low


@register.filter
def label_anchor(likely_range):
    low, high = likely_range
    return "end" if high > 86 else "start" if low < 12 else "middle"


@register.filter
def label_place(likely_range):
    """Per cent of the width."""
    low, high = likely_range
    return {"end": high, "start": low, "middle": (low + high) // 2}[
        label_anchor(likely_range)
    ]


@register.filter
def levels(part):
    """A Fraction of a level: "0.3"."""
    return number_format(Decimal(part.numerator) / part.denominator)


@register.filter
def hundredths(number):
    """The same of whole hundredths: "0.6"."""
    return levels(Fraction(number, 100))


@register.filter
def whole(number):
    """A number of points as it is printed: rounded down."""
    return int(number)
