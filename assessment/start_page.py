"""Where to start: links with choices made, and what could be a good target."""

from urllib.parse import urlencode

from django.urls import reverse

from assessment.measuring import answers_of, place
from careers.catalogue import spec_of


def start_url(**wanted):
    """The start page with choices made: framework, target, based_on."""
    return f"{reverse('assessment:start')}?{urlencode(wanted)}"


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
