"""Where the pages of a framework are: the served one at the top, others below their key."""

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

PAGE_OF_KIND = {
    "ladder": "level",
    "specialization": "specialization",
    "related": "related_career",
}


def skill_url(spec, key):
    return _url(spec, "skill", key)


def level_url(spec, key):
    """A rung stands below the ladder; what is not a rung, among its kind."""
    kind = spec.careers_by_key[spec.levels_by_key[key].career].kind
    return _url(spec, PAGE_OF_KIND[kind], key)


def job_description_url(spec, key):
    return _url(spec, "job_description", key)


def job_description_text_url(spec, key):
    return _url(spec, "job_description_text", key)


def ladder_url(spec):
    return _url(spec, "ladder")


def specializations_url(spec):
    return _url(spec, "specializations")


def related_url(spec):
    return _url(spec, "related")


def certifications_url(spec, **chosen):
    """The list of certifications; narrowed by level, skill or issuer."""
    return _narrowed(_url(spec, "certifications"), chosen)


def interview_url(spec, **chosen):
    """Interview practice; narrowed by level or skill."""
    return _narrowed(_url(spec, "interview"), chosen)


def _narrowed(url, chosen):
    return f"{url}?{urlencode(chosen)}" if chosen else url


def _url(spec, page, *args):
    return _address(settings.FRAMEWORK_KEY, spec.key, page, *args)


@lru_cache(maxsize=1024)
def _address(served, framework_key, page, *args):
    """Kept, since a report asks for some thirty, always of the same few."""
    if framework_key == served:
        return reverse(f"careers:{page}", args=args)
    return reverse(f"frameworks:{page}", args=[framework_key, *args])
