"""Public pages: the first page, the example report, and what explains the tool."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment import home_page, how_page
from assessment import styleguide as samples
from assessment.example import example_report
from assessment.report import SORTS
from careers.catalogue import live_frameworks, spec_of
from careers.pages import grounds, topics_left_out


@require_safe
def home(request):
    """What the tool does, shown by a small real report."""
    framework = live_frameworks().first()
    if framework is None:
        return render(request, "assessment/no_framework.html")
    report = example_report(framework.digest)
    context = {"page": home_page.home_page(spec_of(framework), report)}
    return render(request, "assessment/home.html", context)


@require_safe
def example(request):
    """A whole report of made-up answers."""
    sort = request.GET.get("sort")
    framework = live_frameworks().first()
    report = framework and example_report(
        framework.digest, sort if sort in SORTS else SORTS[0]
    )
    if report is None:
        raise Http404("There is no example for this framework.")
    context = {"report": report, "is_example": True}
    return render(request, "assessment/report.html", context)


@require_safe
def how_it_works(request):
    """Scoring in plain words, with the engine's own numbers."""
    framework = live_frameworks().first()
    context = {"page": how_page.how_page(), "nav": "how"}
    if framework:
        spec = spec_of(framework)
        context |= {
            "topics": topics_left_out(spec),
            "sources": spec.sources,
            "grounds": grounds(spec),
            "attribution": spec.attribution,
        }
    return render(request, "assessment/how_it_works.html", context)


@require_safe
def privacy(request):
    """What is stored, why, and who sees it."""
    return render(request, "assessment/privacy.html")


@require_safe
def questions(request):
    """Questions about the tool, answered."""
    return render(request, "assessment/questions.html", {"page": how_page.how_page()})


@require_safe
def styleguide(request):
    """Every component in every state, for those who build pages."""
    if not settings.DEBUG:
        raise Http404("The style guide is for development only.")
    return render(request, "styleguide.html", samples.samples())
