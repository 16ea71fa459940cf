"""The guide: what a reader wants to know of the career besides the framework. Public."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers import pages, store
from careers.public import for_everybody


def of_guide(view):
    """Hands the guide to a page; 404 before the first import.

    These pages say nothing of their reader, so they do not ask `reader` of the wiring.
    """

    @require_safe
    @for_everybody
    @wraps(view)
    def page(request, reader=None):
        guide = store.load_guide()
        if guide is None:
            raise Http404("No guide has been imported.")
        return view(request, guide)

    return page


@of_guide
def index(request, guide):
    """All pages of the guide, and what each one answers."""
    context = {"page": pages.guide_index(guide), "nav": "guide"}
    return render(request, "careers/guide.html", context)


@of_guide
def role(request, guide):
    """What the job is, and is not."""
    return _page(request, guide, "role")


@of_guide
def start(request, guide):
    """Six steps, ways to learn, and how long it takes."""
    framework = store.live_frameworks().first()
    return _page(request, guide, "start", framework and store.spec_of(framework))


@of_guide
def apply(request, guide):
    """Where to look, what to write, how to prepare."""
    return _page(request, guide, "apply")


@of_guide
def market(request, guide):
    """Demand, trends and places; the good and the hard sides."""
    return _page(request, guide, "market")


@of_guide
def questions(request, guide):
    """Questions about the work and about this tool, answered."""
    context = {"page": pages.questions_page(guide), "nav": "guide"}
    return render(request, "careers/questions.html", context)


@require_safe
@for_everybody
def pay(request, reader=None):
    """Pay by level and region; the reader's own levels are marked."""
    framework = store.with_guide(store.live_frameworks()).first()
    guide = framework and store.guide_of(framework.guide_digest)
    if guide is None:
        raise Http404("No framework is published, or no guide has been imported.")
    spec = store.spec_of(framework)
    standing = reader(request, spec) if reader else None
    context = {"page": pages.pay_page(guide, spec, standing), "nav": "guide"}
    response = render(request, "careers/pay.html", context)
    if standing:
        add_never_cache_headers(response)
    return response


def _page(request, guide, key, spec=None):
    context = {"page": pages.guide_page(guide, key, spec), "nav": "guide"}
    return render(request, "careers/guide_page.html", context)
