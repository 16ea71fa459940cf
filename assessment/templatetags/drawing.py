"""Draw a component once for all who need the same one.

The marks and signs of a report are few: a rating of 0 to 5 against a requirement of 0 to 5
gives 36 marks, whoever they are for. So what a component shows for the same arguments is
kept. Only for components that hold no person's text.
"""

from functools import lru_cache

from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag
def draw(component, **arguments):
    """`components/<component>.html` with these arguments, and nothing else to see.

    Each argument must be hashable, and all of them together one of a few hundred.
    """
    return _drawn(component, *arguments.items())


@lru_cache(maxsize=1024)
def _drawn(component, *arguments):
    return get_template(f"components/{component}.html").render(dict(arguments))
