"""Where the pages of a framework are: the served one at the top, others below their key."""

from django.conf import settings
from django.urls import reverse


def skill_url(spec, key):
    return _url(spec, "skill", key)


def level_url(spec, key):
    return _url(spec, "level", key)


def ladder_url(spec):
    return _url(spec, "ladder")


def skills_url(spec):
    return _url(spec, "skills")


def _url(spec, page, *args):
    if spec.key == settings.FRAMEWORK_KEY:
        return reverse(f"careers:{page}", args=args)
    return reverse(f"frameworks:{page}", args=[spec.key, *args])
