"""Every sentence of ours can be translated: in templates, in Python, on each page.

The pages are read in a made-up language (tests/made_up.py). What is then neither told in
it, nor a text of the framework, the guide or a person, nor a number, is a word of ours
that no translator would ever see.
"""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib import admin
from django.db.models import CharField, JSONField, SlugField, TextField
from django.test import Client
from django.urls import reverse

from careers.models import Skill, UnclearStatement
from tests import made_up
from tests.accounts import prove
from tests.addresses import (
    ADDRESSES,
    RULES,
    Who,
    address_of,
    admin_pages,
    all_patterns,
    knows_nobody,
)
from tests.factories import (
    EARLIER,
    IN_SMALL_FRAMEWORK,
    RATINGS,
    make_assessment,
    make_entry,
    make_framework,
    make_plan,
    make_share_link,
)
from tests.guides import make_guide, with_origins
from tests.house import said, sources, templates
from tests.test_accounts import NOT_SENT_HERE, of_library
from tpmguide.accounts import AccountAdapter

TOLD = ("alt", "aria-label", "content", "placeholder", "title")
NOT_TOLD = {"script", "style", "code", "textarea", "optgroup"}  # of time zones
NAMES = (
    "tpmguide",
    "Django",
    "YAML",
    "JSON",
    "CSV",
    "XLSX",
    "PDF",
    "name@example.org",
    "UTC",
)
ONE_WORD = {
    # What is not answered is called that; the topics of a field are never asked.
    r"\bnot rated\b|\bno answer\b": {"topics of the field", "it has no answer yet"},
    # `wording.whole_verdict` alone says it of a verdict.
    r", provisional\b": {"%(verdict)s, provisional"},
}
TEMPLATE_TAG = re.compile(
    r"{% comment %}.*?{% endcomment %}|{#.*?#}"
    r"|{% blocktranslate.*?{% endblocktranslate %}"
    r"|{% block (?:body_class|nav) .*?{% endblock %}"
    r"|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Texts(HTMLParser):
    """All that a page tells: between its elements, and in their attributes."""

    def __init__(self, page):
        super().__init__()
        self.texts, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in NOT_TOLD:
            self.open.append(tag)
        names = attributes.get("name", "") or attributes.get("http-equiv", "")
        if tag == "meta" and names != "description":
            return
        told = [attributes.get(name) for name in TOLD]
        told += [
            attributes[name] for name in attributes if name.startswith("data-said")
        ]
        if tag == "input" and attributes.get("type") in ("submit", "button", "reset"):
            told.append(attributes.get("value"))
        self.texts += filter(None, told)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and not self.open:
            self.texts.append(" ".join(data.split()))


def words_in(text, known=()):
    """What is left of a text without what is translated or known."""
    text = re.sub(r"\{\w+\}", " ", made_up.MARKED.sub(" ", text)).lower()
    if not LETTERS.search(text):  # as nearly always
        return []
    for each in (*NAMES, *known):
        text = text.replace(each.lower(), " ")
    return LETTERS.findall(text)


# Templates, as they are written
# ------------------------------------------------------------------------------------


def test_templates_hold_no_words_outside_of_the_tags_for_them():
    faults = [
        f"{path}: {text}"
        for path, source in (templates() | sources("templates/**/*.txt")).items()
        if not path.startswith("tools/") and path != "templates/robots.txt"
        for text in Texts(TEMPLATE_TAG.sub("", source)).texts
        if words_in(text)
    ]

    assert not faults, said(faults)


@pytest.mark.parametrize("other_words", ONE_WORD)
def test_one_thing_has_one_word(other_words):
    found = [
        sentence
        for sentence in made_up.sentences_of_ours()
        if re.search(other_words, sentence, re.IGNORECASE)
        and not any(each in sentence for each in ONE_WORD[other_words])
    ]

    assert found == []


def test_templates_write_dates_as_the_language_does():
    """By the name of a format, which is another in each language."""
    literal = re.compile(r'\|(?:date|time):"[^"A-Z]* [^"]*"|\|date:"j[^"]*"')

    faults = [
        f"{path}: {found[0]}"
        for path, source in templates().items()
        for found in literal.finditer(source)
    ]

    assert not faults, said(faults)


# Scripts
# ------------------------------------------------------------------------------------

TEXT_OF_SCRIPT = re.compile(r"""//.*|"([^"\n]*)"|'([^'\n]*)'|`([^`]*)`""")
SENTENCE = re.compile(r"[A-Z][a-z]+(?![\w-])|[a-z]{2,} [a-z]+ [a-z]+")


def sentences_of_script(source):
    """Texts that a person would read: a capital or three words, and no selector."""
    texts = ["".join(found) for found in TEXT_OF_SCRIPT.findall(source)]
    return [text for text in texts if SENTENCE.match(text)]


def test_scripts_hold_no_sentence():
    """A page gives them what they say, as data-said-… of what has the behaviour."""
    faults = [
        f"{path}: {text}"
        for path, source in sources("static/js/*.js").items()
        for text in sentences_of_script(source)
    ]

    assert not faults, said(faults)


@pytest.mark.parametrize("text", ["Copied", "Not saved: ${name}", "over there it is"])
def test_a_sentence_of_a_script_is_caught(text):
    assert sentences_of_script(f'say("{text}");') == [text]


# Pages, as they are read
# ------------------------------------------------------------------------------------


@pytest.fixture
def language(settings):
    """The whole site speaks the made-up language; says which sentences it did not know."""
    return made_up.install(settings)


def texts_of_rows(*, with_keys=False):
    """Texts of the framework, the guide and people, the longest first: all that rows hold."""
    found = set()
    for model in apps.get_models():
        fields = [
            field
            for field in model._meta.get_fields()
            if isinstance(field, CharField | TextField | JSONField)
            and (with_keys or not isinstance(field, SlugField))
            and not field.choices
        ]
        for row in model.objects.values_list(*(field.name for field in fields)):
            found.update(*map(_texts_in, row))
    return sorted(filter(LETTERS.search, found), key=len, reverse=True)


def _texts_in(value):
    if isinstance(value, str):
        yield " ".join(value.split())
        yield from (" ".join(part.split()) for part in value.split("\n"))
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(each)


@pytest.fixture
def cast(alice, bob, alice_client, bob_client):
    """{visitor: (browser, scene)}: Alice has a draft, Bob two reports and his own link."""
    make_framework()
    make_guide(pages=with_origins())
    make_framework(key="another-ladder")
    draft = make_assessment(owner=alice, ratings=EARLIER)
    earlier = make_assessment(owner=bob, ratings=EARLIER, submit=True)
    report = make_assessment(owner=bob, ratings=RATINGS, submit=True)
    link, token = make_share_link(report)
    plan = make_plan(bob, ("planning", 4), ("tooling", 3), ("testing", 2, "Test it."))
    entry = make_entry(plan.items.first(), url="https://example.org/risks")
    names = IN_SMALL_FRAMEWORK
    of_draft = SimpleNamespace(
        **names,
        uid=draft.uid,
        earlier=draft.uid,
        link=draft.uid,
        item=draft.uid,
        entry=draft.uid,
        plan=draft.uid,
        token="t" * 43,
    )
    of_report = SimpleNamespace(
        **names,
        uid=report.uid,
        earlier=earlier.uid,
        link=link.uid,
        item=plan.items.first().uid,
        entry=entry.uid,
        plan=plan.uid,
        token=token,
    )
    bob_client.get(address_of("assessment:open_share", of_report))
    return {
        "a visitor": (Client(), of_report),
        "Alice": (alice_client, of_draft),
        "Bob": (bob_client, of_report),
    }


def untranslated(told, known):
    """One fault for each word left over; `told`: [(where, texts)]."""
    faults = {}
    for where, texts in told:
        for text in texts:
            if words_in(text, known):
                left = " ".join(words_in(text, known))
                faults.setdefault(left, f"{where}: {left} in: {text}")
    return list(faults.values())


def read(client, path):
    """What a page tells."""
    return Texts(client.get(path).content.decode()).texts


def test_pages_hold_no_word_of_ours_that_is_not_translated(language, cast):
    known = texts_of_rows()
    paths = {
        (who, address_of(name, scene))
        for who, (_, scene) in cast.items()
        for name, address in ADDRESSES.items()
        if address.is_page and name != "styleguide"
        if who == "a visitor" or not knows_nobody(name)
    }
    paths |= {
        (who, path)
        for who in cast
        for path in ("/nothing/", *map(reverse, names_of_accounts()))
    }

    told = [(f"{path} for {who}", read(cast[who][0], path)) for who, path in paths]

    faults = untranslated(told, known)
    assert not faults, said(faults)
    assert not language.missed, "No catalogue can hold these: " + said(language.missed)


def names_of_accounts():
    """Of all pages that allauth has without a row of its own."""
    rules = tuple(rule for rule, who in RULES.items() if who is Who.ACCOUNTS)
    return {
        pattern.name
        for pattern in all_patterns()
        if pattern.name.startswith(rules) and not pattern.parameters
    }


def test_pages_of_the_second_step_are_translated(language, alice, alice_client):
    TOTP.activate(alice, "A" * 32)
    RecoveryCodes.activate(alice)
    prove(alice_client, "alice's password")
    paths = [reverse(name) for name in names_of_accounts() if name.startswith("mfa_")]

    told = [(path, read(alice_client, path)) for path in paths]

    # No catalogue of allauth's translates the label of a passkey's name.
    faults = untranslated(told, ("Name", *texts_of_rows()))

    assert not faults, said(faults)


def test_pages_of_the_owners_are_translated(language, cast, editor_client):
    """Those of ours, within the frame of Django's."""
    paths, told = admin_pages(), []
    for name in ("import", "impact", "matrix", "preview"):
        page = editor_client.get(paths[f"admin:{name}"]).content.decode()
        title, main = page.partition("</title>")[0], page[page.index("<main") :]
        told.append((name, Texts(title + main).texts))

    faults = untranslated(told, texts_of_rows())

    assert not faults, said(faults)
    assert not language.missed, "No catalogue can hold these: " + said(language.missed)


def rows_of_admin():
    """{model: one of its rows} of each list in the admin that we made, drafts first."""
    models = [
        model
        for model in admin.site._registry
        if model._meta.app_label in ("careers", "assessment")
    ]
    return {model: model.objects.order_by("-pk").first() for model in models}


def pages_of_rows():
    for model, row in rows_of_admin().items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_change", args=[row.pk])
        yield reverse(f"{name}_history", args=[row.pk])


def test_rows_in_the_admin_are_translated(language, cast, admin_client):
    """Names of tables, columns and choices, and what is said beside them."""
    admin_pages()
    skill = Skill.objects.filter(framework__status="published").first()
    UnclearStatement.objects.create(
        statement=skill.levels.first(), last_day=date(2026, 3, 2), count=2
    )

    told = [(path, read(admin_client, path)) for path in pages_of_rows()]

    # Django translates no text that stands for a picture.
    known = ("True", "False", "Search", *texts_of_rows(with_keys=True))
    faults = untranslated(told, known)
    assert not faults, said(faults)
    assert not language.missed, "No catalogue can hold these: " + said(language.missed)


@pytest.mark.parametrize(
    "prefix", of_library("email", "_message.txt", {"base", *NOT_SENT_HERE})
)
def test_mails_are_translated(language, prefix):
    context = {"timestamp": datetime(2026, 11, 27, 12, 5, tzinfo=UTC)}
    context |= {"from_email": "1@2.3", "deleted_email": "1@2.3", "to_email": ""}

    mail = AccountAdapter().render_mail(prefix, "", context)

    told = [mail.subject, *mail.body.split("\n")]
    assert untranslated([(prefix, told)], ()) == []
