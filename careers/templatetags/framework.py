"""What templates ask of a framework beside its own attributes."""

from django import template
from django.conf import settings
from django.conf.global_settings import LANGUAGES_BIDI
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from careers import addresses, charts, search, store, wording
from careers.shape import CareerLevel, FrameworkSpec, Skill

register = template.Library()

# Addresses: {% page_url spec "interview" skill=skill.key %}, {% level_url spec key %}

register.simple_tag(addresses.page_url, name="page_url")
register.simple_tag(addresses.level_url, name="level_url")


register.simple_tag(addresses.url_of, name="url_of")


@register.simple_tag(takes_context=True)
def other_ladder(context):
    """The framework that a page is about, if it is not the served one; else None."""
    about = ("report", "draft", "agenda", "progress", "case")
    specs = (getattr(context.get(name), "spec", None) for name in about)
    spec = context.get("spec") or next(filter(None, specs), None)
    if spec is None and (assessment := context.get("assessment")):
        spec = store.spec_of(assessment.framework)
    return spec if spec and spec.key != settings.FRAMEWORK_KEY else None


@register.simple_tag
def has_guide(spec):
    """Whether there is a guide to lead to, of a framework or else of the served one."""
    return store.has_guide(spec.key if spec else settings.FRAMEWORK_KEY)


@register.filter
def language_of(spec):
    """The language of a framework in the reader's words; its code where it has no name."""
    try:
        return get_language_info(spec.language)["name_translated"]
    except KeyError:
        return spec.language


@register.simple_tag
def skill_url(spec, key):
    return addresses.page_url(spec, "skill", key)


# Words


@register.filter
def speaks(spec):
    """The attributes of an element with a sentence of a framework; none in the page's language.

    `<p{{ spec|speaks }}>{{ skill.description }}</p>`. A PDF knows no "auto".
    """
    if not spec or _main_part(spec.language) == _main_part(get_language() or ""):
        return ""
    direction = "rtl" if _main_part(spec.language) in LANGUAGES_BIDI else "auto"
    return format_html(' lang="{}" dir="{}"', spec.language, direction)


def _main_part(language):
    return language.partition("-")[0].lower()


register.filter("years", wording.years)
register.filter("isolated", wording.isolated)
register.filter("kicker", wording.kicker)
register.filter("money", wording.money)
register.simple_tag(wording.money_range, name="money_range")
register.simple_tag(wording.pay_note, name="pay_note")
register.filter("moves_from", wording.moves_from)
register.filter("targets", wording.targets)
register.filter("rungs_by_scope", wording.rungs_by_scope)
register.filter("track_title", wording.track_title)


@register.filter
def point(spec, value):
    """A point of the scale with its name, as it can stand in a sentence."""
    return wording.isolated(wording.point(spec, value))


@register.filter
def kind_of_career(kind):
    return wording.KINDS_OF_CAREER[kind]


@register.filter
def skill_names(spec, parts):
    """The skills of requirements, or of what certifications support: "a, b and c"."""
    return wording.names([spec.skills_by_key[part.skill].name for part in parts])


@register.filter
def skill_list(spec, parts):
    """The same in a list: "a, b, c". Several have an "and" in their names."""
    names = (spec.skills_by_key[part.skill].name for part in parts)
    return ", ".join(map(wording.isolated, names))


@register.filter
def supported(spec, supports):
    """How far a certification helps: "a up to 4 and b up to 3"."""
    return wording.names(
        [
            gettext("%(skill)s up to %(level)d")
            % {
                "skill": wording.isolated(spec.skills_by_key[each.skill].name),
                "level": each.up_to,
            }
            for each in supports
        ]
    )


@register.filter
def change_from(now, before):
    """By how much a number has changed: "+2", with a minus sign where it fell."""
    return f"{now - before:+}".replace("-", "\N{MINUS SIGN}")


@register.filter
def skill_name(spec, key):
    return spec.skills_by_key[key].name


@register.filter
def names_of(spec, keys):
    """Skills and careers in a sentence: "a, b and c"."""
    skills, careers = spec.skills_by_key, spec.careers_by_key
    return wording.names(
        [skills[key].name if key in skills else careers[key].title for key in keys]
    )


@register.filter
def group_name(spec, key):
    return next(group.name for group in spec.groups if group.key == key)


@register.filter
def short_title(spec, key):
    """Of a career level."""
    return spec.levels_by_key[key].short_title


@register.filter
def verification(certification):
    """How its entry rules were checked."""
    return wording.VERIFICATIONS[certification.verification]


@register.filter
def grade(part):
    """How sure a requirement or a career is."""
    return wording.GRADES[part.evidence_grade]


@register.filter
def kind_of_action(action):
    return wording.KINDS_OF_ACTION[action.kind]


# Parts

register.filter("statement", Skill.statement)
register.filter("level_at", Skill.level_at)
register.filter("more_than", CareerLevel.more_than)
register.filter("points_of", FrameworkSpec.points_of)
register.filter("skills_in", FrameworkSpec.skills_in)
register.filter("skills_of_kind", FrameworkSpec.skills_of_kind)
register.filter("requirements_by_group", FrameworkSpec.requirements_by_group)
register.filter("must_have_since", FrameworkSpec.must_have_since)
register.filter("must_have_keys", FrameworkSpec.must_have_keys)


@register.filter
def at(mapping, key):
    """The value of a mapping at a key, or None."""
    return mapping.get(key)


@register.filter
def hours_of(spec, skill):
    """From the lowest point of a skill to the highest; 0 where a step has none."""
    return sum(spec.hours_of(skill) or ())


@register.filter
def requirement(level, skill):
    """What a level requires of a skill; None where there is no level to compare with."""
    return level and level.requirement(skill.key)


@register.filter
def base_of(spec, level):
    """The rung that a specialization or related career is compared with, or None."""
    return spec.levels_by_key.get(spec.careers_by_key[level.career].base_level)


@register.filter
def snippet(document, words):
    """The part of a found Document to show: [(piece, whether it is one of `words`)]."""
    return search.snippet(document.text, words)


# The guide


@register.filter
def on_scale(amount, scale):
    """Where an amount stands on a scale that begins at 0, in percent of its length."""
    return f"{100 * amount / scale[-1]:.2f}%"


# Drawings


@register.filter
def height_of(spec, value):
    """Where a point of the scale stands, in per cent from its end downwards."""
    return charts.height(value, spec.lowest, spec.top)


@register.filter
def average_stairs(spec, track):
    """[(rung, the step of people and judgment, the technical step)], the lowest first."""
    averages = zip(*(spec.averages[rung.key] for rung in track), strict=True)
    stairs = [charts.stair(each, spec.lowest, spec.top) for each in averages]
    return list(zip(track, *stairs, strict=True))


@register.simple_tag
def required_stair(spec, track, skill):
    """[(rung, its step)] of what the rungs of a track require of a skill."""
    required = [rung.requirement(skill.key).required for rung in track]
    steps = charts.stair(required, spec.lowest, spec.top)
    return list(zip(track, steps, strict=True))


# A cell of the matrix of levels and skills. Put together here, for a template takes three
# times as long: 140 cells are half of the page (tests/careers/test_admin_matrix.py).

CELL = (
    '<td class="{state}"><span class="matrix__cell">'
    '<input class="matrix__in matrix__in--level" name="r{name}" id="r{name}" '
    'value="{required}" {number} aria-labelledby="{named} k-r"{invalid}{off}>'
    '<input class="matrix__in" name="i{name}" '
    'value="{importance}" {number} aria-labelledby="{named} k-i"{off}>'
    '<input class="matrix__must" type="checkbox" name="m{name}" '
    'aria-labelledby="{named} k-m"{checked}{off}>{note}</span></td>'
)
NUMBER = SafeString('inputmode="numeric" maxlength="3" autocomplete="off"')
OFF, CHECKED = SafeString(" disabled"), SafeString(" checked")


@register.simple_tag
def matrix_cell(cell, may_change):
    """The three fields of a cell, and what is said below them."""
    required, importance, must_have = cell.shown
    was, invalid, note = cell.was, "", ""
    if cell.error:
        invalid = format_html(' aria-invalid="true" aria-describedby="e{}"', cell.name)
        note = format_html(
            '<span class="matrix__was" id="e{}">{}</span>', cell.name, cell.error
        )
    elif was:
        note = format_html('<span class="matrix__was">{}</span>', was)
    return format_html(
        CELL,
        state="is-wrong" if cell.error else "is-changed" if was else "",
        name=cell.name,
        required=required,
        importance=importance,
        number=NUMBER,
        named=cell.named,
        invalid=invalid,
        note=note,
        checked=CHECKED if must_have else "",
        off="" if may_change else OFF,
    )
