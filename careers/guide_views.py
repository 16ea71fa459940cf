"""The guide: what a reader wants to know of the career besides the framework. Public."""

from django.shortcuts import render

from careers.public import of_framework
from careers.search import framework_pages

STEP_OF_PAY = 50_000
"""What lies between two lines of the pictures of pay."""


@of_framework(with_guide=True)
def index(request, spec, guide):
    """All pages of the guide, and what each one answers."""
    context = {"spec": spec, "guide": guide, "framework_pages": framework_pages(spec)}
    return render(request, "careers/guide.html", context)


@of_framework(with_guide=True)
def page(request, spec, guide, key):
    """A page of sections: the job, the ways in, how to apply, the market."""
    context = page_context(spec, guide, key)
    if key == "start":
        context["origins"] = guide.origins(spec)
    return render(request, "careers/guide_page.html", context)


@of_framework(with_guide=True)
def questions(request, spec, guide):
    """Questions about the work and about this tool, answered."""
    context = page_context(spec, guide, "questions") | {"sources": ()}
    return render(request, "careers/questions.html", context)


@of_framework(with_guide=True, with_standing=True)
def pay(request, spec, guide, standing):
    """Pay by level and region; the reader's own levels are marked."""
    levels = [each for each in spec.ladder if each.pay_median and each.pay_average]
    in_dollars = [each.in_dollars[1] for each in guide.pay_ranges if each.in_dollars]
    context = page_context(spec, guide, "pay") | {
        "standing": standing,
        "levels": levels,
        "scale_of_levels": scale_up_to(each.pay_average for each in levels),
        "scale_of_regions": scale_up_to(in_dollars),
    }
    return render(request, "careers/pay.html", context)


def page_context(spec, guide, key):
    page = guide.pages_by_key[key]
    sources = guide.sources_of(page)
    return {
        "spec": spec,
        "guide": guide,
        "page": page,
        "sources": sources,
        "origins": (),
    }


def scale_up_to(amounts):
    """Round amounts from 0 to the first that no amount is above."""
    steps = -(-max(amounts, default=1) // STEP_OF_PAY)
    return range(0, (steps + 1) * STEP_OF_PAY, STEP_OF_PAY)
