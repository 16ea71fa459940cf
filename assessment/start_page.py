"""Where to start: links with choices made, what could be a good target, how long it takes."""

import math
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from assessment.measuring import answers_of, place
from careers.pages.guide import ORIGINS
from careers.store import guide_of, spec_of


def start_url(**wanted):
    """The start page with choices made: framework, target, based_on."""
    return f"{reverse('assessment:start')}?{urlencode(wanted)}"


def origins(framework, spec):
    """The guide's entries on jobs that one may come from, each with a level to start with.

    The guide is about the ladder of the short addresses; another one has none.
    `framework` carries `guide_digest`.
    """
    known = framework.key == settings.FRAMEWORK_KEY
    guide = guide_of(framework.guide_digest) if known else None
    if guide is None:
        return ()
    page, section = ORIGINS
    try:
        entries = guide.page(page).section(section).entries
    except KeyError:
        return ()
    return tuple(each for each in entries if each.level in spec.levels_by_key)


WORDS_A_MINUTE = 200  # plain prose, read with care
SECONDS_TO_CHOOSE = 10  # between two sentences that both sound true


def minutes_to_rate(spec, skills):
    """Whole minutes to read the sentences of these skills and to choose among them.

    An estimate: nobody's time is measured.
    """
    texts = [skill.name + " " + skill.description for skill in skills]
    texts += [level.statement for skill in skills for level in skill.levels]
    texts += [point.name for point in spec.scale] * len(skills)
    words = sum(len(text.split()) for text in texts)
    seconds = 60 * words / WORDS_A_MINUTE + SECONDS_TO_CHOOSE * len(skills)
    return max(1, math.ceil(seconds / 60))


def has_questions(spec):
    """Whether each of the three questions has a line for every rung to choose from."""
    lines = ("scope", "autonomy", "people_impact")
    return bool(spec.ladder) and all(
        getattr(rung, line) for rung in spec.ladder for line in lines
    )


def suggested_level(spec, form):
    """The rung in the middle of the three answers of a valid LevelQuestionsForm."""
    rungs = sorted(int(answer) for answer in form.cleaned_data.values())
    return spec.ladder[rungs[len(rungs) // 2]]


def suggestion(assessments, framework):
    """A sentence on the rung above the current level of the last report, or nothing.

    `assessments` are the visitor's own; two queries.
    """
    last = assessments.submitted().with_framework().first()
    if last is None or last.framework.key != framework.key:
        return ""
    spec = spec_of(last.framework)
    level = place(spec, answers_of(last)).level
    if level is None or level >= len(spec.ladder):
        return ""
    following = spec.ladder[level].title
    if level == 0:
        return f"By your last report the next rung for you is {following}."
    here = spec.ladder[level - 1].title
    return f"By your last report you hold {here}. The next rung is {following}."
