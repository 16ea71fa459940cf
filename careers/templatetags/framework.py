"""What templates ask of a framework beside its own attributes."""

from django import template

from careers import addresses
from careers.pages import words
from careers.shape import KINDS_OF_CAREER

register = template.Library()


@register.filter
def years(level):
    """ "4 to 7 years", "15+ years"; empty where the career level names none."""
    return words.years(level)


@register.filter
def levels_by_kind(spec):
    """[(kind of career, its career levels)], the ladder first; kinds without any left out."""
    kinds = {kind: [] for kind in KINDS_OF_CAREER}
    for level in spec.levels:
        kinds[spec.careers_by_key[level.career].kind].append(level)
    return [(kind, levels) for kind, levels in kinds.items() if levels]


@register.simple_tag
def skill_url(spec, key):
    return addresses.skill_url(spec, key)


@register.simple_tag
def level_url(spec, key):
    return addresses.level_url(spec, key)


@register.simple_tag
def certifications_url(spec, skill):
    """Those that help with a skill."""
    return addresses.certifications_url(spec, skill=skill)


@register.filter
def base_of(spec, level):
    """The rung that a specialization or related career is compared with, or None."""
    return spec.levels_by_key.get(spec.careers_by_key[level.career].base_level)


@register.filter
def point(spec, value):
    """A point of the scale as it is said: "3 Independent"."""
    return words.scale_text(spec, value)


@register.filter
def kicker(spec, level):
    """What kind of career level it is: "Rung 3 of 7", "Specialization"."""
    return words.kicker(spec, level)
