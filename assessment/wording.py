"""Words for results that templates, files and mails share. All else stands in templates."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessment.scoring.number import BANDS, Band, Reason
from assessment.scoring.parameters import CURRENT

VERDICTS = {
    Band.EXPLORING: _("Exploring"),
    Band.FOUNDATION: _("Building the base"),
    Band.DEVELOPING: _("On the way"),
    Band.NEARLY: _("Nearly there"),
    Band.READY: _("Ready to make the case"),
}


def verdict(band) -> str:
    """The word for a band; empty without one."""
    return VERDICTS[Band(band)] if band else ""


def verdict_step(band) -> int:
    """1 for the lowest verdict, 5 for the highest."""
    return BANDS.index(Band(band)) + 1


def points(tenths: int) -> str:
    """Whole tenths of a point as they are printed: "12.6"."""
    return number_format(Decimal(tenths) / 10, decimal_pos=1)


def you_of_required(line) -> str:
    """A SkillStanding as the table says it. A function: twenty rows have one."""
    said = {"rating": line.rating, "required": line.required, "short": line.short}
    if line.rating is None:
        return gettext("not answered, required %(required)d") % said
    if line.is_met:
        return gettext("%(rating)d of %(required)d") % said
    return gettext("%(rating)d of %(required)d, %(short)d short") % said


def gain(tenths: int) -> str:
    """A gain of printed tenths: "+10.0"."""
    if tenths <= 0:
        return gettext("less than 0.1")
    return f"+{points(tenths)}"


REASONS = {
    Reason.COVERAGE_BELOW_MIN: _("Less than {share} of what counts is answered."),
    Reason.MUST_HAVE_UNANSWERED: _("A must-have of this level is not answered."),
    Reason.TOO_MANY_NOT_APPLICABLE: _(
        "More than {most} of what counts is left out as not relevant."
    ),
    Reason.NOTHING_ANSWERED: _("Nothing is answered yet."),
    Reason.NO_REQUIRED_SKILLS: _("This level asks for none of the skills that apply."),
}


def why_no_score(result) -> list[str]:
    """Why there is no number, a sentence for each reason of an Insufficient result."""
    numbers = result.target.parameters
    return [
        REASONS[reason].format(
            share=per_cent(numbers.min_answered_share),
            most=per_cent(numbers.max_not_applicable_share),
        )
        for reason in result.reasons
    ]


def per_cent(share) -> str:
    """A share of one, rounded down to a whole per cent: "80 %"."""
    return f"{int(100 * share)} %"


def names(texts) -> str:
    """ "a", "a and b", "a, b and c"."""
    return get_text_list(list(texts), gettext("and"))


# Before answers are submitted
# ------------------------------------------------------------------------------------


def left_out(share, numbers=CURRENT) -> str:
    """What leaving skills out means for a score to come; empty without any."""
    if not share:
        return ""
    return gettext(
        "What you left out is %(share)s of the importance of this level. A score is about "
        "the rest; above %(most)s there is none."
    ) % {"share": per_cent(share), "most": per_cent(numbers.max_not_applicable_share)}


def not_answered(count: int) -> str:
    """How many skills are still to be answered; empty without any."""
    if not count:
        return ""
    return ngettext(
        "One skill is not answered.", "%(count)d skills are not answered.", count
    ) % {"count": count}


def insists(level: str, skills) -> str:
    """Asks for a level where must-haves are left out; `skills` is not empty."""
    return ngettext(
        "%(skills)s is a must-have of %(level)s, so no score can do without. Not a part of "
        "your work today? Think of the last time it was, and choose the highest sentence "
        "that was true.",
        "%(skills)s are must-haves of %(level)s, so no score can do without. Not a part of "
        "your work today? Think of the last time it was, and choose the highest sentence "
        "that was true.",
        len(skills),
    ) % {"skills": names(skills), "level": level}


def all_alike(count: int) -> str:
    """Said where `count` answers in a row have the same level."""
    return gettext(
        "%(count)d answers in a row are the same. Few people stand at one level in so "
        "much: is there a skill that you use much less than another?"
    ) % {"count": count}


TOO_QUICK = _(
    "These answers came quicker than the sentences can be read. A second look makes the "
    "report worth more."
)


def rated_long_ago(skills) -> str:
    """Asks whether answers of more than a year ago still hold; `skills` is not empty."""
    return ngettext(
        "Rated more than a year ago: %(skills)s. Is it still true?",
        "Rated more than a year ago: %(skills)s. Are they still true?",
        len(skills),
    ) % {"skills": names(skills)}
