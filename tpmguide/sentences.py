"""The tags of `i18n`, of which `blocktranslate` sets its values apart from its words.

So a name that runs from right to left reorders no sentence of ours, on whatever page. The
settings give this library the name of Django's.
"""

from django.template import Library
from django.template.base import TokenType
from django.templatetags import i18n

from careers.wording import isolated

register = Library()
register.tags = dict(i18n.register.tags)
register.filters = dict(i18n.register.filters)


class Isolated:
    """An expression of a template whose value is set apart; `look` gives it of a context."""

    def __init__(self, look):
        self.look = look

    def resolve(self, context):
        return isolated(self.look(context))


@register.tag
def blocktranslate(parser, token):
    node = i18n.do_block_translate(parser, token)
    places = {
        each.contents
        for each in (*node.singular, *node.plural)
        if each.token_type == TokenType.VAR
    }
    # A place without `with` is a plain name.
    looks = {name: plain(name) for name in places - {node.countervar}}
    looks |= {name: value.resolve for name, value in node.extra_context.items()}
    node.extra_context = {name: Isolated(look) for name, look in looks.items()}
    return node


def plain(name):
    return lambda context: context.get(name, "")
