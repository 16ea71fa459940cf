"""Public pages: the first page, the example report, and what explains the tool."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from assessment import access
from assessment.agenda import Agenda, latest_for, live_spec_of
from assessment.example import example_report, worked_example
from assessment.personal import REGISTRY
from assessment.report import load_report, report_context
from assessment.views.limits import searches_seldom, seldom
from assessment.views.sending import form_page, sent
from careers.addresses import page_url
from careers.forms import SearchForm, UnclearForm
from careers.public import for_everybody
from careers.publishing import report_unclear
from careers.search import MOST_OF_GROUP, SUGGESTIONS, index_of, public_paths
from careers.store import all_live, guide_of, live_framework, spec_of

MOST_LISTED = 3  # reports on the first page


@require_safe
@for_everybody
def home(request):
    """What the tool does, shown by a small real report; to whoever returns, where they are."""
    if found := _of_who_returns(request):
        response = render(request, "assessment/home_back.html", found)
        add_never_cache_headers(response)
        return response
    framework = live_framework()
    if framework is None:
        return render(request, "assessment/no_framework.html")
    spec, report = spec_of(framework), example_report(framework.digest)
    # The question is about what the example beside it puts first.
    first = report and next(iter([*report.gaps, *report.skills]))
    context = {
        "spec": spec,
        "report": report,
        "skill": first.skill if first else spec.skills[0],
        "chosen": first.rating if first else None,
    }
    return render(request, "assessment/home.html", context)


def _of_who_returns(request):
    """A visitor's plan, or the largest gap of the last report, with the last reports.

    None without any of them; three queries at most.
    """
    reports = access.recent_reports(request)
    agenda = _agenda(request)
    if agenda:
        target = agenda.plan.framework_key, agenda.plan.target_key
    elif reports:
        target = _target_of(reports[0])
    else:
        return None
    same = [each for each in reports if _target_of(each) == target]
    found = {
        "agenda": agenda,
        "today": timezone.localdate(),
        "next_target": target,
        "last": same[0] if same else None,
        "before": same[1] if same[1:] else None,
        "reports": reports[:MOST_LISTED],
    }
    if agenda is None:
        found |= {
            "assessment": reports[0],
            "report": load_report(reports[0]),
            "held": access.certificates_held(request),
        }
    return found


def _target_of(report):
    return report.framework.key, report.target.key


def _agenda(request):
    """The newest plan with a step that is not done, or None; no query if none is known."""
    if not access.has_plan(request):
        return None
    items = list(access.own_plan_items(request).with_live().unfinished())
    if not items:
        return None
    plan = max((each.plan for each in items), key=lambda each: each.pk)
    items = [each for each in items if each.plan_id == plan.pk]
    latest = latest_for(plan, access.own_assessments(request))
    spec = live_spec_of(items[0])
    return Agenda(plan, items, timezone.localdate(), *latest, spec)


@require_safe
@for_everybody
def example(request, framework_key=None):
    """A whole report of made-up answers."""
    if framework_key == settings.FRAMEWORK_KEY:
        return redirect("assessment:example", permanent=True)
    framework = live_framework(framework_key)
    report = framework and example_report(framework.digest)
    if report is None:
        raise Http404("There is nothing to make an example of.")
    context = report_context(report, request.GET.get("show")) | {"is_example": True}
    return render(request, "assessment/report.html", context)


@require_safe
@for_everybody
def how_it_works(request):
    """Scoring in plain words, with the engine's own numbers."""
    framework = live_framework()
    context = {
        "worked": worked_example(),
        "spec": framework and spec_of(framework),
    }
    return render(request, "assessment/how_it_works.html", context)


@require_safe
@for_everybody
def privacy(request):
    """What is stored, why, and who sees it."""
    return render(request, "assessment/privacy.html", {"registry": REGISTRY})


@require_http_methods(["GET", "HEAD", "POST"])
@seldom("unclear", key_of=lambda request: None)  # by connection alone
def unclear(request, framework, skill):
    """Which sentence of a skill is unclear; it is counted, and who says so is not kept."""
    live = live_framework(framework)
    spec = live and spec_of(live)
    found = spec and spec.skills_by_key.get(skill)
    if not found:
        raise Http404("No skill of this name is published.")
    form = UnclearForm(sent(request), skill=found)
    if form.is_bound and form.is_valid():
        value = form.cleaned_data["value"]
        report_unclear(framework=live, skill=skill, value=value)
        messages.success(
            request, gettext("Thank you. The owners of the ladder see it.")
        )
        return redirect(page_url(spec, "skill", skill))
    context = {"spec": spec, "skill": found, "form": form}
    return form_page(request, "assessment/unclear.html", context)


@require_safe
@searches_seldom
@for_everybody
def search(request):
    """Everything that can be read here, by words."""
    form = SearchForm(
        {name: request.GET.get(name, "") for name in SearchForm.base_fields}
    )
    form.is_valid()
    question = form.cleaned_data.get("q", "")
    key = form.cleaned_data.get("framework")
    framework = live_framework(key) or live_framework()
    spec = framework and spec_of(framework)
    index = index_of(spec, framework and guide_of(framework))
    found, words = index.find(question)
    groups = {}
    for document in found:
        groups.setdefault(document.group, []).append(document)
    context = {
        "spec": spec,
        "form": form,
        "question": question,
        "found": found,
        "words": words,
        "groups": groups,
        "most": MOST_OF_GROUP,
        "nearest": () if found else index.nearest_titles(question),
        "starts": index.documents[:SUGGESTIONS],
    }
    return render(request, "assessment/search.html", context)


@require_safe
@for_everybody
def sitemap(request):
    """All pages that a search engine may show, as its format asks."""
    paths = dict.fromkeys(
        path
        for row in all_live() or [None]
        for path in public_paths(row and spec_of(row), row and guide_of(row))
    )
    context = {"addresses": [request.build_absolute_uri(path) for path in paths]}
    return render(
        request, "sitemap.xml", context, content_type="application/xml; charset=utf-8"
    )


@require_safe
@for_everybody
def robots(request):
    """What search engines need not read."""
    context = {"sitemap": request.build_absolute_uri(reverse("assessment:sitemap"))}
    return render(
        request, "robots.txt", context, content_type="text/plain; charset=utf-8"
    )
