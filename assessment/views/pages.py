"""Public pages: the first page, the example report, and what explains the tool."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessment import home_page, how_page, search_page
from assessment import styleguide as samples
from assessment.example import example_report
from assessment.forms import SearchForm
from assessment.views.reports import report_context
from careers.pages import grounds, topics_left_out
from careers.public import for_everybody
from careers.store import live_frameworks, load_guide, spec_of


@require_safe
@for_everybody
def home(request):
    """What the tool does, shown by a small real report."""
    framework = live_frameworks().first()
    if framework is None:
        return render(request, "assessment/no_framework.html")
    report = example_report(framework.digest)
    context = {"page": home_page.home_page(spec_of(framework)), "report": report}
    return render(request, "assessment/home.html", context)


@require_safe
@for_everybody
def example(request):
    """A whole report of made-up answers."""
    framework = live_frameworks().first()
    report = framework and example_report(framework.digest)
    if report is None:
        raise Http404("There is no example for this framework.")
    context = report_context(report, request.GET.get("show")) | {"is_example": True}
    return render(request, "assessment/report.html", context)


@require_safe
@for_everybody
def how_it_works(request):
    """Scoring in plain words, with the engine's own numbers."""
    framework = live_frameworks().first()
    context = {
        "worked": how_page.worked_example(),
        "verdicts": how_page.verdict_lines(),
        "nav": "how",
    }
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
@for_everybody
def privacy(request):
    """What is stored, why, and who sees it."""
    return render(request, "assessment/privacy.html")


@require_safe
@for_everybody
def search(request):
    """Everything that can be read here, by words."""
    form = SearchForm({"q": request.GET.get("q", "")})
    question = form.cleaned_data["q"] if form.is_valid() else ""
    framework = live_frameworks().first()
    spec = framework and spec_of(framework)
    page = search_page.search_page(spec, load_guide(), question)
    context = {"form": form, "page": page, "nav": "search"}
    return render(request, "assessment/search.html", context)


@require_safe
@for_everybody
def sitemap(request):
    """All pages that a search engine may show, as its format asks."""
    framework = live_frameworks().first()
    paths = search_page.public_paths(framework and spec_of(framework), load_guide())
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


@require_safe
def styleguide(request):
    """Every component in every state, for those who build pages."""
    if not settings.DEBUG:
        raise Http404("The style guide is for development only.")
    framework = live_frameworks().first()
    report = framework and example_report(framework.digest)
    return render(request, "styleguide.html", samples.samples(report))
