"""What the pages of the rating ask for beside the domain's own attributes."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def start_url(context, target, based_on=None):
    """The start page of one target, on the framework of this page."""
    wanted = {"framework": context["spec"].key, "target": target}
    if based_on:
        wanted["based_on"] = based_on
    return f"{reverse('assessment:start')}?{urlencode(wanted)}"
