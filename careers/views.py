"""Browse the ladder, skills and other careers of a framework. Public: knows no person.

What a page says about its reader comes from `reader`, which the wiring hands to every
address of this app: a function from request and spec to a Standing, or None.
"""

from functools import partial, wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers import pages, store
from careers.addresses import level_url
from careers.forms import CertificationFilter, PracticeFilter
from careers.public import for_everybody


def of_framework(view=None, *, with_standing=False):
    """Hands the spec of the live framework to a page; 404 where none is published.

    The served framework has one address: under its key it redirects to the short one.
    A page `with_standing` also gets its reader's `standing`, at two queries; it is None
    for a visitor without a report.
    """
    if view is None:
        return partial(of_framework, with_standing=with_standing)

    @require_safe
    @for_everybody
    @wraps(view)
    def page(request, framework_key=None, reader=None, **kwargs):
        if framework_key == settings.FRAMEWORK_KEY:
            return _to_short_address(request, kwargs)
        spec = _spec_or_404(framework_key)
        if with_standing:
            return _personal(view, request, spec, reader, kwargs)
        return view(request, spec, **kwargs)

    return page


def _to_short_address(request, kwargs):
    """The same page at the top, with what was chosen on it."""
    url = reverse(f"careers:{request.resolver_match.url_name}", kwargs=kwargs)
    query = request.GET.urlencode()
    return redirect(f"{url}?{query}" if query else url, permanent=True)


def _spec_or_404(key):
    framework = store.live_frameworks(key).first()
    if framework is None:
        raise Http404("No framework of this name is published.")
    return store.spec_of(framework)


def _personal(view, request, spec, reader, kwargs):
    """The page as its reader gets it; what says where somebody stands is not stored."""
    standing = reader(request, spec) if reader else None
    response = view(request, spec, standing=standing, **kwargs)
    if standing:
        add_never_cache_headers(response)
    return response


@of_framework(with_standing=True)
def ladder(request, spec, standing):
    """All rungs in one picture, and the careers beside them."""
    context = {"page": pages.ladder_page(spec, standing), "nav": "ladder"}
    return render(request, "careers/ladder.html", context)


@of_framework(with_standing=True)
def level(request, spec, key, standing):
    """One rung: what it asks for. Another career level has moved to its own kind."""
    found = spec.levels_by_key.get(key)
    if found is None:
        raise Http404("The ladder has no level of this name.")
    if found not in spec.ladder:
        return redirect(level_url(spec, key), permanent=True)
    context = {
        "page": pages.level_page(spec, found),
        "ladder": pages.ladder_view(spec, current=found, standing=standing),
        "you": pages.standing_at(standing, found),
        "nav": "ladder",
    }
    return render(request, "careers/level.html", context)


@of_framework
def job_description(request, spec, key):
    """What a rung asks, as a text for those who hire."""
    page = pages.job_description(spec, _rung_or_404(spec, key))
    context = {"page": page, "nav": "ladder"}
    return render(request, "careers/job_description.html", context)


@of_framework
def job_description_text(request, spec, key):
    """The same as plain text, to copy as it is."""
    page = pages.job_description(spec, _rung_or_404(spec, key))
    text = pages.job_description_text(page)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _rung_or_404(spec, key):
    found = next((rung for rung in spec.ladder if rung.key == key), None)
    if found is None:
        raise Http404("The ladder has no rung of this name.")
    return found


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


@of_framework(with_standing=True)
def specializations(request, spec, standing):
    """All specializations, and what each asks more of."""
    return _careers(request, spec, "specialization", standing)


@of_framework(with_standing=True)
def specialization(request, spec, key, standing):
    """One specialization, against the rung that it starts from."""
    return _career(request, spec, "specialization", key, standing)


@of_framework(with_standing=True)
def related(request, spec, standing):
    """All related careers, and what each asks more or less of."""
    return _careers(request, spec, "related", standing)


@of_framework(with_standing=True)
def related_career(request, spec, key, standing):
    """One related career, against the rung that it is compared with."""
    return _career(request, spec, "related", key, standing)


def _careers(request, spec, kind, standing):
    context = {"page": pages.careers_page(spec, kind, standing), "nav": "ladder"}
    return render(request, "careers/careers.html", context)


def _career(request, spec, kind, key, standing):
    found = spec.levels_by_key.get(key)
    if found is None or spec.careers_by_key[found.career].kind != kind:
        raise Http404("The framework has no career of this name and kind.")
    context = {
        "page": pages.career_page(spec, found),
        "you": pages.standing_at(standing, found),
        "nav": "ladder",
    }
    return render(request, "careers/career.html", context)


@of_framework
def certifications(request, spec):
    """All certifications side by side, or those that fit what was chosen."""
    form = CertificationFilter(request.GET, spec=spec)
    page = pages.certifications_page(spec, form.chosen())
    context = {"page": page, "form": form, "nav": "guide"}
    return render(request, "careers/certifications.html", context)


@of_framework
def interview(request, spec):
    """Questions to practise with, and what a good answer shows."""
    form = PracticeFilter(request.GET, spec=spec)
    page = pages.interview_page(spec, form.chosen())
    context = {"page": page, "form": form, "nav": "guide"}
    return render(request, "careers/interview.html", context)
