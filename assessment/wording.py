"""Words for results that templates, files and mails share. All else stands in templates."""

import math

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.wording import isolated, names, point
from scoring.inputs import Confidence
from scoring.number import BANDS, Band, Reason
from scoring.parameters import CURRENT

MOST_NAMED = 3  # must-haves in a cell; of more their number is said

VERDICTS = {
    Band.EXPLORING: _("Exploring"),
    Band.FOUNDATION: _("Building the base"),
    Band.DEVELOPING: _("On the way"),
    Band.NEARLY: _("Nearly there"),
    Band.READY: _("Ready to make the case"),
}


def verdict(band) -> str:
    """The word for a band; empty without one."""
    return str(VERDICTS[Band(band)]) if band else ""


def whole_verdict(number) -> str:
    """The verdict of a number, or of a submitted assessment; and if it is provisional."""
    if number.is_provisional:
        return gettext("%(verdict)s, provisional") % {"verdict": verdict(number.band)}
    return verdict(number.band)


def verdict_step(band) -> int:
    """1 for the lowest verdict, 5 for the highest."""
    return BANDS.index(Band(band)) + 1


def points(tenths: int) -> str:
    """Whole tenths of a point as they are printed: "12.6"."""
    return f"{tenths / 10:.1f}".replace(".", get_format("DECIMAL_SEPARATOR"))


def met_of(lines, score=None) -> str:
    """How many of some SkillStandings are met, and their GroupScore where there is one.

    A function: each group of skills has one.
    """
    said = {"met": sum(line.is_met for line in lines), "total": len(lines)}
    if score is None:
        return gettext("%(met)d of %(total)d met") % said
    covered = f"{points(score.coverage_tenths)}\N{NO-BREAK SPACE}%"
    return gettext("%(met)d of %(total)d met · %(covered)s covered") % (
        said | {"covered": covered}
    )


def rated(line) -> str:
    """What a SkillStanding was answered with. A function: forty cells have one."""
    if line.rating is not None:
        return isolated(point(line.report.spec, line.rating))
    return gettext("left out") if line.is_left_out else gettext("not answered")


def short(line) -> str:
    """How far a SkillStanding is below what is required: "2 short"."""
    return gettext("%(short)s short") % {"short": line.short}


def held_since(day) -> str:
    """Since when a requirement is met. A function: a row of each has one."""
    return gettext("held since %(day)s") % {"day": date_format(day)}


def of_required(line) -> str:
    """What of a requirement is there: "3 of 4, 1 short". A function: twenty lines have one."""
    said = {"rating": line.rating, "required": line.required, "short": line.short}
    if line.rating is None:
        return gettext("not answered, required %(required)s") % said
    if line.short:
        return gettext("%(rating)s of %(required)s, %(short)s short") % said
    return gettext("%(rating)s of %(required)s") % said


def to_its_line(report) -> str:
    """How far a Report is from being ready: "4.2 below 90". A function: a row of each target."""
    said = {"points": points(report.tenths_to_ready), "line": report.result.ready_line}
    if report.tenths_to_ready > 0:
        return gettext("%(points)s below %(line)s") % said
    return gettext("reaches %(line)s") % said


def missing_must_haves(report) -> str:
    """Which must-haves of a Report are missing. A function: a row of each target."""
    missing, skills = report.result.open_must_haves, report.spec.skills_by_key
    if len(missing) > MOST_NAMED:
        return gettext("%(must_haves)s must-haves") % {"must_haves": len(missing)}
    if missing:
        named = ngettext("Must-have %(skills)s", "Must-haves %(skills)s", len(missing))
        return named % {"skills": names([skills[key].name for key in missing])}
    if report.must_haves:
        return gettext("No must-have")
    return gettext("It has no must-haves")


def lost(line) -> str:
    """The points that a SkillStanding loses: "12.6 lost"."""
    return gettext("%(points)s lost") % {"points": points(line.lost_tenths)}


def lost_then_and_now(row) -> str:
    """The same of a Row of two times: "12.6, now 4.0"."""
    then, now = (points(side.lost_tenths) for side in row.sides)
    return gettext("%(then)s, now %(now)s") % {"then": then, "now": now}


def gain(tenths: int) -> str:
    """A gain of printed tenths: "+10.0"."""
    if tenths <= 0:
        return gettext("less than 0.1")
    return f"+{points(tenths)}"


REASONS = {
    Reason.COVERAGE_BELOW_MIN: _("Less than {share} of what counts is answered."),
    Reason.MUST_HAVE_UNANSWERED: _("No level is chosen for a must-have."),
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
    """A share of one, rounded down to a whole per cent: "80 %", in one piece."""
    return f"{int(100 * share)}\N{NO-BREAK SPACE}%"


# Before somebody rates: the first page, in its text, its title and for search engines
# ------------------------------------------------------------------------------------

WORDS_A_MINUTE = 200  # plain prose, read with care
SECONDS_TO_CHOOSE = 10  # between two sentences that both sound true


def minutes_to_rate(spec, skills=None) -> int:
    """To read the sentences of these skills, or all, and to choose: nobody's time is measured."""
    skills = spec.skills if skills is None else skills
    texts = [skill.name + " " + skill.description for skill in skills]
    texts += [level.statement for skill in skills for level in skill.levels]
    texts += [point.name for point in spec.scale] * len(skills)
    words = sum(len(text.split()) for text in texts)
    seconds = 60 * words / WORDS_A_MINUTE + SECONDS_TO_CHOOSE * len(skills)
    return max(1, math.ceil(seconds / 60))


def where_you_stand(spec) -> str:
    """The visitor's question, in the framework's word for a person."""
    if not spec.person:
        return gettext("Where do you stand?")
    if spec.person[0].lower() in "aeiou":
        return gettext("Where do you stand as an %(person)s?") % {"person": spec.person}
    return gettext("Where do you stand as a %(person)s?") % {"person": spec.person}


def promise(spec) -> str:
    return gettext(
        "Rate %(skills)d skills in about %(minutes)d minutes. See how ready you are for "
        "the next level, why, and what to do about it."
    ) % {"skills": len(spec.skills), "minutes": minutes_to_rate(spec)}


# While answers are given
# ------------------------------------------------------------------------------------


def left_out(share, numbers=CURRENT) -> str:
    """What leaving skills out means for a score to come; empty without any."""
    if not share:
        return ""
    return gettext(
        "What you left out is %(share)s of the importance of this level. A score is about "
        "the rest; above %(most)s there is none."
    ) % {"share": per_cent(share), "most": per_cent(numbers.max_not_applicable_share)}


CONFIDENCES = {
    Confidence.LOW: _("not very sure"),
    Confidence.MEDIUM: _("fairly sure"),
    Confidence.HIGH: _("very sure"),
}


def answer(spec, said) -> str:
    """ "3 Independent, fairly sure", "Left out of the score"; empty without an answer."""
    if said.not_applicable:
        return gettext("Left out of the score")
    if said.value is None:
        return ""
    return gettext("%(point)s, %(confidence)s") % {
        "point": isolated(point(spec, said.value)),
        "confidence": CONFIDENCES[said.confidence],
    }


def whole_answer(spec, said) -> str:
    """All that an answer says, to set two of them side by side."""
    parts = [answer(spec, said) or gettext("not answered")]
    if said.reason:
        parts.append(
            gettext("because “%(reason)s”") % {"reason": isolated(said.reason)}
        )
    if said.note:
        parts.append(gettext("note “%(note)s”") % {"note": isolated(said.note)})
    if said.url:
        parts.append(gettext("link %(address)s") % {"address": said.url})
    return ", ".join(parts)


# Whom a draft moves
# ------------------------------------------------------------------------------------


def points_moved(bar):
    """ "2 to 4 points less", "1 point more", "no change" of a bar of an impact."""
    low, high = bar.low, bar.high
    if bar.loses_number and high == low:
        return gettext("no number any more")
    if bar.loses_number:
        said = {"at_most": _point_moved(high)}
        return gettext("no number any more, or up to %(at_most)s") % said
    if low == high:
        return _point_moved(low)
    said = {"low": _point_moved(low), "high": _point_moved(high)}
    return gettext("%(low)s to %(high)s") % said


def _point_moved(by):
    if not by:
        return gettext("no change")
    n = {"n": abs(by)}
    if by < 0:
        return ngettext("%(n)d point less", "%(n)d points less", abs(by)) % n
    return ngettext("%(n)d point more", "%(n)d points more", by) % n


def level_named(versions, key):
    """The name of a career level in the draft, else in what is live."""
    for spec in (versions.after, versions.before):
        if key in spec.levels_by_key:
            return spec.levels_by_key[key].short_title
    return key


def edit_in_words(edit, versions):
    """What becomes of one requirement, such as "Testing: required 4, was 3"."""
    known = {**versions.before.skills_by_key, **versions.after.skills_by_key}
    name = {"skill": isolated(known[edit.skill].name)}
    old, new = edit.old, edit.new
    if new is None or not new.required:
        return gettext("%(skill)s: no longer required") % name
    if old is None or not old.required:
        said = {**name, "now": new.required}
        return gettext("%(skill)s: newly required, %(now)d") % said
    said = []
    if old.required != new.required:
        n = {"now": new.required, "was": old.required}
        said.append(gettext("required %(now)d, was %(was)d") % n)
    if old.importance != new.importance:
        n = {"now": new.importance, "was": old.importance}
        said.append(gettext("importance %(now)d, was %(was)d") % n)
    if new.is_must_have and not old.is_must_have:
        said.append(gettext("now a must-have"))
    elif old.is_must_have and not new.is_must_have:
        said.append(gettext("no longer a must-have"))
    elif old.must_have_level != new.must_have_level:
        n = {"now": new.must_have_level, "was": old.must_have_level}
        said.append(gettext("must-have from %(now)d, was %(was)d") % n)
    return f"{name['skill']}: {'; '.join(said)}"


SKILLS_OF_EXAMPLE = {
    "planning": _("Planning"),
    "risk": _("Risk"),
    "vendors": _("Vendors"),
    "cloud": _("Cloud"),
    "metrics": _("Metrics"),
    "communication": _("Communication"),
    "coaching": _("Coaching"),
}
"""Of the worked example, which belongs to no framework."""
