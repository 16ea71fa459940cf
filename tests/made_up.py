"""A made-up language, in which each sentence of ours is marked and 40 per cent longer.

Each piece of a sentence between its places and its markup is told by ⟦ and ⟧, so that a
value that was put into a place, and had not been translated, stands out. Sentences of
libraries are told so, too, if a catalogue of theirs has them; others stay as they are.
"""

import ast
import gettext
import re
from functools import cache

from django.template import engines
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trans_real

from tests.house import app_files

CODE = "en-x-long"
CALLS = re.compile(r"n?p?gettext(_lazy|_noop)?|_")
PIECE = re.compile(r"(%\(\w+\)[sd]|%[%sd]|\{\w*\}|<[^>]+>|&#?\w+;|\n)")
IN_TAG = re.compile(r"""_\((?:"([^"]+)"|'([^']+)')\)""")
MARKED = re.compile("⟦[^⟦⟧]*⟧")


def longer(sentence):
    """The sentence in this language: "Save" is "⟦Saavee⟧"."""
    pieces = PIECE.split(sentence.replace("⟦", "").replace("⟧", ""))
    pieces[::2] = [
        f"⟦{re.sub('[aeiou]', lambda vowel: vowel[0] * 2, piece)}⟧" if piece else ""
        for piece in pieces[::2]
    ]
    return "".join(pieces)


class MadeUp(gettext.NullTranslations):
    """As Django holds a language; knows the sentences that are in a catalogue."""

    def __init__(self):
        super().__init__()
        self.known = sentences_of_ours() | sentences_of_libraries()
        self.missed = set()

    def language(self):
        return CODE

    def to_language(self):
        return CODE

    def gettext(self, message):
        *_, sentence = message.partition("\x04")
        sentence = sentence or message
        if sentence not in self.known:
            self.missed.add(sentence)
            return sentence
        return longer(sentence)

    def ngettext(self, singular, plural, number):
        """A catalogue has both under the singular."""
        if singular in self.known:
            return longer(singular if number == 1 else plural)
        return self.gettext(singular)

    def pgettext(self, context, message):
        return self.gettext(message)

    def npgettext(self, context, singular, plural, number):
        return self.ngettext(singular, plural, number)


def install(settings):
    """Let the whole site speak it, also in other threads."""
    made_up = trans_real._translations[CODE] = MadeUp()
    settings.LANGUAGE_CODE = CODE
    return made_up


@cache
def sentences_of_ours():
    """Those that a tool finds in our source: whole, not put together while it runs."""
    found = set()
    for source in app_files().values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and CALLS.fullmatch(_name_of(node.func)):
                found |= {
                    each.value
                    for each in node.args
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    for folder in engines["django"].dirs:
        for file in folder.rglob("*.*"):
            found.update(
                _sentences_in(get_template(str(file.relative_to(folder))).template)
            )
            found |= {a or b for a, b in IN_TAG.findall(file.read_text())}
    return found


def _name_of(function):
    return getattr(function, "id", None) or getattr(function, "attr", "")


def _sentences_in(template):
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        text = node.filter_expression.var.literal
        if text:
            yield text.replace("%", "%%") if "%(" in text else text
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        for part in filter(None, (node.singular, node.plural)):
            yield node.render_token_list(part)[0]


@cache
def sentences_of_libraries():
    """All that Django and its apps have translated into German."""
    keys = trans_real.DjangoTranslation("de")._catalog.keys()
    keys = [key[0] if isinstance(key, tuple) else key for key in keys]
    return {key.rpartition("\x04")[2] for key in keys}
