"""Browse the ladder, its levels and its skills. Public: knows no person."""

from functools import wraps

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careers import catalogue, pages


def of_framework(view):
    """Hands the spec of the live framework to a page; 404 where none is published.

    The served framework has one address: under its key it redirects to the short one.
    """

    @require_safe
    @wraps(view)
    def page(request, framework_key=None, **kwargs):
        if framework_key == settings.FRAMEWORK_KEY:
            name = request.resolver_match.url_name
            return redirect(f"careers:{name}", permanent=True, **kwargs)
        framework = catalogue.live_frameworks(framework_key).first()
        if framework is None:
            raise Http404("No framework of this name is published.")
        return view(request, catalogue.spec_of(framework), **kwargs)

    return page


@of_framework
def ladder(request, spec):
    """All rungs in one picture, and the careers beside them."""
    context = {"page": pages.ladder_page(spec), "nav": "ladder"}
    return render(request, "careers/ladder.html", context)


@of_framework
def level(request, spec, key):
    """One career level: what it asks for."""
    found = spec.levels_by_key.get(key)
    if found is None:
        raise Http404("The ladder has no level of this name.")
    context = {
        "page": pages.level_page(spec, found),
        "ladder": pages.ladder_view(spec, current=found),
        "nav": "ladder",
    }
    return render(request, "careers/level.html", context)


@of_framework
def skills(request, spec):
    """All skills by group."""
    context = {"page": pages.skills_page(spec), "nav": "skills"}
    return render(request, "careers/skills.html", context)


@of_framework
def skill(request, spec, key):
    """One skill: its statements, and who asks for it."""
    found = spec.skills_by_key.get(key)
    if found is None:
        raise Http404("The framework has no skill of this name.")
    context = {"page": pages.skill_page(spec, found), "nav": "skills"}
    return render(request, "careers/skill.html", context)
