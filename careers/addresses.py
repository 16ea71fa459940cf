"""Where the pages of a framework and of its guide are.

Of the served one at the top, of others below their key.
"""

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

PAGE_OF_KIND = {
    "ladder": "level",
    "specialization": "specialization",
    "related": "related_career",
}


def page_url(spec, page, *args, **chosen):
    """A page by the name of its address; `chosen` narrows a list, as ?skill=planning."""
    url = url_of(spec.key, page, *args)
    return f"{url}?{urlencode(chosen)}" if chosen else url


def url_of(framework_key, page, *args):
    """The same by the key of the framework; without one, of the served framework."""
    served = settings.FRAMEWORK_KEY
    return _address(served, framework_key or served, page, *args)


def level_url(spec, key):
    """A rung stands below the ladder; what is not a rung, among its kind."""
    kind = spec.careers_by_key[spec.levels_by_key[key].career].kind
    return page_url(spec, PAGE_OF_KIND[kind], key)


@lru_cache(maxsize=1024)
def _address(served, framework_key, page, *args):
    """Kept: without it the ladder costs a tenth more, and the skills (`make cost`)."""
    if framework_key == served:
        return reverse(f"careers:{page}", args=args)
    return reverse(f"frameworks:{page}", args=[framework_key, *args])
