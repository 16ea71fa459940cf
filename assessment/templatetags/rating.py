"""What the pages of the rating ask for beside the domain's own attributes."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def start_url(context, **wanted):
    """The start page with a choice made (target, from, based_on), on this framework."""
    made = {name: value for name, value in wanted.items() if value}
    query = urlencode({"framework": context["spec"].key} | made)
    return f"{reverse('assessment:start')}?{query}"
