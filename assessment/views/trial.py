"""Who keeps the ladder tries its draft: rates, and reads the report. No row is written.

The answers are in the session alone. A trial is over when it is stopped, when the draft is
published, and while the draft has errors.
"""

from dataclasses import dataclass, field, replace
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessment.access import may_keep_ladder
from assessment.answers import NO_ANSWER, Answer
from assessment.draft import Draft
from assessment.forms.rating import rating_forms
from assessment.forms.targets import TargetForm
from assessment.models import Assessment
from assessment.report import report_context
from assessment.views.rating import cards_page
from assessment.views.sending import sent
from assessment.wording import why_no_score
from careers.models import CareerLevel, Framework
from careers.problems import errors
from careers.rules import problems_of
from careers.shape import FrameworkSpec
from careers.store import spec_of

HELD = (
    "trial"  # session: {"draft": pk, "target": level key, "answers": {skill key: ...}}
)


@dataclass(frozen=True, eq=False)
class Trial(Draft):
    """Answers to a draft of the ladder, of an assessment that has no row."""

    spec: FrameworkSpec = field(kw_only=True)  # a draft would be read anew

    def address(self, page):
        return reverse(
            "admin:assessment_trial", args=[self.assessment.framework.pk, page]
        )

    @property
    def last_address(self):
        return reverse(
            "admin:assessment_trial_report", args=[self.assessment.framework.pk]
        )

    @property
    def page_to_go_on(self):
        """The first page with an open skill; the first of all where every one is answered."""
        page = self.first_page
        return (
            page if page != self.last_address else self.address(self.groups[0][0].key)
        )


def keeps_ladder(view):
    """For who keeps the ladder; hands on the framework in the place of its number."""

    @wraps(view)
    def answer(request, pk, *args, **kwargs):
        if not may_keep_ladder(request.user):
            raise PermissionDenied
        framework = get_object_or_404(Framework, pk=pk)
        return view(request, framework, *args, **kwargs)

    return answer


def is_trying(view):
    """With the trial that this session holds of the draft; without one, the preview."""

    @keeps_ladder
    @wraps(view)
    def answer(request, framework, *args, **kwargs):
        trial = _held(request, framework)
        if trial is None:
            messages.info(request, gettext("You are not trying this draft just now."))
            return redirect("admin:careers_framework_preview", framework.pk)
        return view(request, trial, *args, **kwargs)

    return answer


@require_POST
@keeps_ladder
def start_trial(request, framework):
    """Begins, or goes on with the same answers for another target."""
    spec = _spec_to_try(framework)
    form = spec and TargetForm(request.POST, spec=spec)
    if not form or not form.is_valid():
        problem = gettext("Mend the errors of the draft first, then choose a target.")
        messages.error(request, problem)
        return redirect("admin:careers_framework_preview", framework.pk)
    held = request.session.get(HELD, {})
    answers = held["answers"] if held.get("draft") == framework.pk else {}
    request.session[HELD] = {
        "draft": framework.pk,
        "target": form.cleaned_data["target"],
        "answers": answers,
    }
    return redirect(_held(request, framework).page_to_go_on)


@require_http_methods(["GET", "HEAD", "POST"])
@is_trying
def rate_trial(request, trial, group):
    """The rating page of a skill group; what is valid is held."""
    if group not in [each.key for each, _, _ in trial.groups]:
        raise Http404("This draft has no such skill group.")
    forms = rating_forms(trial, group, sent(request))
    if request.method == "POST":
        _hold(request, {f.skill.key: f.answer() for f in forms if f.can_be_saved})
        if all(form.is_valid() for form in forms):
            return redirect(trial.page_after(group))
        trial = _held(request, trial.assessment.framework)
    return cards_page(request, trial, group, forms, trial=trial)


@require_safe
@is_trying
def read_trial(request, trial):
    """The report, as it would be read if the draft was live."""
    if not trial.report.is_measured:
        messages.info(request, " ".join(why_no_score(trial.number)))
        return redirect(trial.page_to_go_on)
    report = replace(trial.report, is_of_draft=True)
    context = report_context(report, request.GET.get("show"))
    return render(request, "assessment/report.html", context | {"trial": trial})


@require_POST
@keeps_ladder
def stop_trial(request, framework):
    request.session.pop(HELD, None)
    messages.success(
        request, gettext("You stopped trying. What you chose is forgotten.")
    )
    return redirect("admin:careers_framework_preview", framework.pk)


def _spec_to_try(framework):
    """The spec of a draft that has no errors, or None."""
    spec = spec_of(framework) if framework.is_draft else None
    return spec if spec and not errors(problems_of(spec)) else None


def _held(request, framework):
    """The trial of this session; None where it is of another draft, or is over."""
    held = request.session.get(HELD, {})
    spec = _spec_to_try(framework) if held.get("draft") == framework.pk else None
    if spec is None or held["target"] not in spec.levels_by_key:
        return None
    target = CareerLevel.objects.get(framework=framework, key=held["target"])
    points = {None, *(point.value for point in spec.scale)}
    answers = {
        key: Answer(**said | {"rated_at": parse_datetime(said["rated_at"])})
        for key, said in held["answers"].items()
        if key in spec.skills_by_key and said["value"] in points
    }
    assessment = Assessment(owner=request.user, framework=framework, target=target)
    return Trial(assessment, answers, spec=spec)


def _hold(request, answers):
    """Keeps answers in the session; as in an assessment, an empty card takes back nothing."""
    now = timezone.now().isoformat()
    given = {
        key: answer.columns | {"rated_at": now}
        for key, answer in answers.items()
        if answer != NO_ANSWER
    }
    held = request.session[HELD]
    request.session[HELD] = held | {"answers": held["answers"] | given}
