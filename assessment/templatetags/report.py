"""What templates ask of a result beside its own attributes."""

from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

from django import template
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext

from assessment import charts, wording
from assessment.agenda import Agenda
from assessment.models import PlanItem, Rating
from assessment.templatetags.drawing import draw
from assessment.transfer import Transfer
from careers.shape import Skill
from careers.store import name_once, spec_of
from careers.wording import names as names_in_a_sentence

register = template.Library()

register.filter("points", wording.points)
register.filter("gain", wording.gain)
register.filter("verdict", wording.verdict)
register.filter("rated", wording.rated)
register.filter("met_of", wording.met_of)
register.filter("short", wording.short)
register.filter("whole_verdict", wording.whole_verdict)
register.filter("to_its_line", wording.to_its_line)
register.filter("lost", wording.lost)
register.filter("missing_must_haves", wording.missing_must_haves)
register.filter("lost_then_and_now", wording.lost_then_and_now)
register.filter("verdict_step", wording.verdict_step)
register.filter("per_cent", wording.per_cent)
register.filter("where_you_stand", wording.where_you_stand)
register.filter("promise", wording.promise)
register.filter("minutes_to_rate", wording.minutes_to_rate)
register.filter("left_out", wording.left_out)
register.filter("answer", wording.answer)
register.filter("whole_answer", wording.whole_answer)
register.filter("why_no_score", wording.why_no_score)
register.filter("points_moved", wording.points_moved)
register.filter("level_named", wording.level_named)
register.filter("edit_in_words", wording.edit_in_words)
register.filter("answer_to", Transfer.answer)
register.filter("sentence_of", Transfer.sentence)
register.filter("skill_of_item", Agenda.skill)
register.filter("is_late", PlanItem.is_late)
register.filter("actions_of_step", Skill.actions_of_step)


@register.filter
def called_in(each, spec):
    """What the skill of an item or entry is called in a version, else as it was."""
    return name_once(spec, each.skill_key, each.skill_name)


@register.filter
def day_to_rate_again(user, last):
    """The day that a person chose, if the last report was not made on it or since."""
    day = getattr(getattr(user, "profile", None), "rate_again_on", None)
    is_over = day and last and day <= timezone.localdate(last.counts_at)
    return None if is_over else day


@register.filter
def skill_of_example(key):
    return wording.SKILLS_OF_EXAMPLE[key]


@register.filter
def skills_named(skills):
    """Skills in a sentence: "a, b and c"."""
    return names_in_a_sentence([skill.name for skill in skills])


@register.filter
def rungs_named(rungs):
    """The same of Rungs."""
    return names_in_a_sentence([rung.level.short_title for rung in rungs])


@register.simple_tag(takes_context=True)
def start_url(context, **wanted):
    """The start page with a choice made (target, from, based_on), on this framework."""
    made = {name: value for name, value in wanted.items() if value}
    query = urlencode({"framework": context["spec"].key} | made)
    return f"{reverse('assessment:start')}?{query}"


@register.filter
def names(lines):
    """The skills of some SkillStandings in a sentence: "a, b and c"."""
    return names_in_a_sentence([line.skill.name for line in lines])


@register.filter
def named(report, keys):
    """The same of skill keys."""
    return names([report.by_key[key] for key in keys])


@register.filter
def address(draft, page):
    """Where a page of an assessment is rated, or of a trial."""
    return draft.address(page)


@register.filter
def confidence(form):
    """Of a RatingForm: how sure one is. What is none of the choices is not kept."""
    field, choices = form["confidence"], Rating.Confidence
    chosen = field.value()
    known = chosen if chosen in choices.values else None
    return draw("confidence", name=field.html_name, choices=choices, chosen=known)


@register.simple_tag
def gap_mark(spec, rating, required):
    """A rating, or None, against what is required, drawn."""
    return draw(
        "gap_mark", mark=charts.gap_mark(rating, required, spec.lowest, spec.top)
    )


@register.filter
def first_cells(line):
    """Of a SkillStanding: the cells of its row that are the same for who rated the same."""
    report = line.report
    return draw(
        "first_cells",
        spec=report.spec,
        level=report.level.key,
        skill=line.skill.key,
        must_have=line.is_must_have,
        is_there=line.is_short_but_not_of_must_have,
        rating=line.rating,
        required=line.required,
        short=line.short,
        evidence=line.evidence,
        is_linked=not report.is_of_draft,
    )


@register.simple_tag
def gap_step(line, held, shared, is_paper):
    """Of a SkillStanding that is short: its mark, and the next step."""
    return draw(
        "gap_step",
        spec=line.report.spec,
        skill=line.skill.key,
        rating=line.rating,
        next_value=line.next_value,
        required=line.required,
        held=held_for(line, held),
        with_actions=not shared,
        is_paper=is_paper,
        is_linked=not line.report.is_of_draft,
    )


@register.filter
def case_line(line):
    """Of a SkillStanding in a promotion case: its name, and what of it is there."""
    return draw(
        "case_line",
        spec=line.report.spec,
        skill=line.key,
        state=line.state,
        text=wording.of_required(line),
        is_there=line.is_short_but_not_of_must_have,
    )


@register.filter
def held_since(case):
    """{skill key: since when it is held, in words} of a Case; a day is written once."""
    said = {day: wording.held_since(day) for day in set(case.since.values())}
    return {key: said[day] for key, day in case.since.items()}


@register.filter
def moved_skill(line):
    """Of a SkillStanding whose rating is another than before: its name."""
    return draw(
        "moved_skill",
        spec=line.report.spec,
        skill=line.key,
        is_must_have=line.is_must_have,
        is_there=line.is_short_but_not_of_must_have,
    )


@register.filter
def case_requirement(line):
    """Of a SkillStanding in a promotion case: its name, and what is required."""
    return draw(
        "case_requirement",
        spec=line.report.spec,
        skill=line.key,
        required=line.required,
    )


@register.filter
def case_statement(line):
    """Of a SkillStanding in a promotion case: the cell with what was said to be true."""
    spec, skill = line.report.spec, line.key
    return draw("case_statement", spec=spec, skill=skill, rating=line.rating)


@register.filter
def fit_name(there, report):
    """Of a Report against another target than that of `report`, or the same: its name."""
    level = there.level
    return draw(
        "fit_name",
        spec=report.spec,
        level=level.key,
        is_target=level is report.level,
    )


@register.filter
def requires(side):
    """Of a SkillStanding: what its target requires."""
    return draw(
        "requires",
        level=side.required,
        is_must_have=side.is_must_have,
        is_there=side.is_short_but_not_of_must_have,
    )


@register.filter
def rung_name(rung):
    """Of a Rung: its name with its link, its years, and where one stands."""
    return draw(
        "rung_name",
        spec=rung.report.spec,
        level=rung.level.key,
        is_target=rung.is_target,
        standing=rung.standing,
        is_linked=not rung.report.is_of_draft,
    )


@register.filter
def number_cells(rung):
    """Of a Rung: its number on a line with the ready line, and its verdict."""
    number = rung.number
    if not number.is_measured:
        return draw("number_cells", score=None)
    return draw(
        "number_cells",
        score=number.score,
        line=number.ready_line,
        verdict=wording.whole_verdict(number),
        is_far=rung.is_far,
    )


@register.filter
def skill_count(framework):
    """How many skills a framework has; no query."""
    return len(spec_of(framework).skills)


@register.filter
def crowded_days(assessments):
    """The days on which several of these were submitted: there the time is said, too."""
    days = [
        timezone.localdate(each.counts_at) for each in assessments if each.counts_at
    ]
    return {day for day in days if days.count(day) > 1}


@register.filter
def when(assessment, crowded_days):
    """The day on which a report counts, in the reader's zone; of a correction, its own, too."""
    moment = timezone.localtime(assessment.counts_at)
    day = date(
        moment, "DATETIME_FORMAT" if moment.date() in crowded_days else "DATE_FORMAT"
    )
    if not assessment.first_submitted_at:
        return day
    since = date(timezone.localtime(assessment.submitted_at), "DATE_FORMAT")
    return gettext("%(day)s, corrected %(since)s") % {"day": day, "since": since}


@register.filter
def when_each(assessments):
    """{assessment: its `when`} where each is told more than once."""
    crowded = crowded_days(assessments)
    return {each: when(each, crowded) for each in assessments}


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


@register.filter
def suggested(actions, held):
    """Without those that lead to certificates which a person holds already, by key."""
    return [each for each in actions if each.leads_beyond(held)]


@register.filter
def without(certifications, held):
    """Keys or certifications that are not among those held."""
    return [each for each in certifications if getattr(each, "key", each) not in held]


def held_for(line, held):
    """Of the certificates held, those that the next step of a skill leads to, sorted."""
    fit = {key for each in line.actions for key in each.certifications}
    return tuple(sorted(fit & set(held)))
