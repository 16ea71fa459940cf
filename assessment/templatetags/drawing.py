"""Draw a component once for all who need the same one.

What a report shows of the framework alone is the same for everybody: a rating against what
is required, the ways to take the next step, the numbers of a rung. So
what a component shows for the same arguments is kept. Only for components that hold no
person's text. Without it, a report costs half as much again (`make cost`).
"""

from functools import lru_cache
from uuid import UUID

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

NOBODY = UUID(int=0)


@register.simple_tag
def draw(component, uid=None, **arguments):
    """`components/<component>.html` with these arguments, and nothing else to see.

    Each argument must be hashable, and all of them together one of some hundreds for each
    published framework. `uid`, of an assessment, is put in each time, and is not kept.
    """
    if not uid:
        return _drawn(get_language(), component, *arguments.items())
    drawn = _drawn(get_language(), component, ("uid", NOBODY), *arguments.items())
    return SafeString(drawn.replace(str(NOBODY), str(uid)))


@lru_cache(maxsize=4096)
def _drawn(language, component, *arguments):
    template = get_template(f"components/{component}.html")
    return template.render(dict(arguments))
