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
    """An expression of a template whose value is set apart."""

    def __init__(self, expression):
        self.expression = expression

    def resolve(self, context):
        return isolated(self.expression.resolve(context))


@register.tag
def blocktranslate(parser, token):
    node = i18n.do_block_translate(parser, token)
    places = {
        each.contents
        for each in (*node.singular, *node.plural)
        if each.token_type == TokenType.VAR
    }
    values = {name: parser.compile_filter(name) for name in places - {node.countervar}}
    values |= node.extra_context
    node.extra_context = {name: Isolated(value) for name, value in values.items()}
    return node
