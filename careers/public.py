"""Public pages: who may keep one, the framework that it shows, and what it says of its reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial, wraps

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.http import require_safe

from careers import store

KEPT_BY_ALL = "public, max-age=60, must-revalidate"  # a new version is seen in a minute
# Asked for again each time: it may say more of its reader.
KEPT_BY_ONE = "private, no-cache"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reader stands by the latest report. Career levels are given by their keys.

    Filled in by whoever knows people (`reader` in `tpmguide/urls.py`); pages know nobody.
    """

    now: str | None  # the highest rung held with every rung below it
    target: str  # what the report was made for; not always a rung
    report_url: str
    results: Mapping[str, str]  # in words; no level of which too little is answered


def for_everybody(view):
    """Lets a view's page be kept: by everybody, or by the one whom its cookies name.

    Any cookie but the CSRF token and the time zone may change what the header says. A page
    that says more of its reader says so in a Cache-Control of its own, which stays. Answers
    carry `Vary: Cookie`; ConditionalGetMiddleware adds the ETag.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        plain = {settings.CSRF_COOKIE_NAME, settings.ZONE_COOKIE_NAME}
        known = request.COOKIES.keys() - plain
        kept = KEPT_BY_ONE if known else KEPT_BY_ALL
        response.headers.setdefault("Cache-Control", kept)
        return response

    page.is_for_everybody = True  # type: ignore[attr-defined]
    return page


def of_framework(view=None, *, with_standing=False, with_guide=False):
    """Hands the spec of the live framework to a page; 404 where none is published.

    The served framework has one address: under its key it redirects to the short one.
    A page `with_guide` also gets the framework's `guide`; 404 where none is written.
    A page `with_standing` also gets its reader's `standing`, at two queries; it is None
    for a visitor without a report. What says where somebody stands is kept by no cache.
    """
    if view is None:
        return partial(of_framework, with_standing=with_standing, with_guide=with_guide)

    @require_safe
    @for_everybody
    @wraps(view)
    def page(request, framework_key=None, reader=None, **kwargs):
        if framework_key == settings.FRAMEWORK_KEY:
            name, query = request.resolver_match.url_name, request.GET.urlencode()
            url = reverse(f"careers:{name}", kwargs=kwargs)
            return redirect(f"{url}?{query}" if query else url, permanent=True)
        framework = store.live_framework(framework_key)
        if framework is None:
            raise Http404("No framework of this name is published.")
        spec = store.spec_of(framework)
        if with_guide:
            kwargs["guide"] = store.guide_of(framework)
            if kwargs["guide"] is None:
                raise Http404("No guide is written for this framework.")
        if not with_standing:
            return view(request, spec, **kwargs)
        standing = reader(request, spec) if reader else None
        response = view(request, spec, standing=standing, **kwargs)
        if standing:
            add_never_cache_headers(response)
        return response

    return page
