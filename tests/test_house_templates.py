"""The rules of the house for templates: structure, no inline code, and components.

A component opens with `{# name: needed, needed; optional: other #}`; whoever includes it
passes what it needs, nothing that it does not know, and `only`.
"""

import re
from typing import NamedTuple

import pytest
from django.template import engines
from django.utils.text import smart_split

from tests.house import ROOT, components, said, sources, templates

INCLUDE = re.compile(r"{%\s*include\s+(.+?)\s*%}", re.DOTALL)
DRAW = re.compile(r"{%\s*draw\s+\"([\w/]+)\"(.*?)\s*%}", re.DOTALL)
OPENING = re.compile(
    r"{# (?P<name>[\w/]+):(?P<needs>[^;#]*)(; optional:(?P<may>.*))? #}"
)

# "template that includes": why the name of what it includes is a variable
VARIABLE_INCLUDES = {}


# Structure
# ------------------------------------------------------------------------------------

OFFENCES = {
    r"\sstyle\s*=": "an inline style. Write a class, or an SVG attribute.",
    r"<style\b": "an inline style sheet. It belongs in static/css/.",
    r"<script\b(?![^>]*\ssrc=)": "an inline script. It belongs in static/js/.",
    r"\son[a-z]+\s*=": "an inline handler. Use data-behaviour and a module.",
    r"\shx-on\b": "an inline handler of htmx. Use data-behaviour and a module.",
    r"javascript:": "a script in an address.",
    r'<button class="(?![^"]*btn-danger)[^"]*"[^>]* name="delete"': (
        "what deletes without looking like it. Its class is btn-danger."
    ),
    r"#[0-9a-fA-F]{6}\b|(fill|stroke|color)=\"#": "a colour. Write a class for it.",
    r"\|\s*safe\b|autoescape\s+off": "unescaped text. Let the template escape.",
    # One of the same line needs no name; djade takes it away.
    r"(?m)^(?!.*{% block ).*{%\s*endblock\s*%}": "an endblock without its name.",
    r"\.(all|objects|exists|\w+_set)\b": "a query. The view or the report loads.",
}


def without_comments(text):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


def offences(path, text):
    """Inline code, unescaped text, queries, and blocks that are hard to follow."""
    text = without_comments(text)
    for pattern, sentence in OFFENCES.items():
        for found in re.finditer(pattern, text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path}:{line}: {sentence}"
    if "{% extends" in text and not text.lstrip().startswith("{% extends"):
        yield f"{path}: extends is not the first thing in it."


def test_templates_are_plain():
    faults = [fault for each in templates().items() for fault in offences(*each)]

    assert not faults, said(faults)


@pytest.mark.parametrize(
    "offence",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<script type="module">let a</script>',
        '<a onclick="f()">',
        '<a hx-on:click="f()">',
        '<a href="javascript:f()">',
        '<rect fill="#fff"/>',
        '<rect fill="{% if met %}#0b5a58{% else %}none{% endif %}"/>',
        "{{ text|safe }}",
        "{% autoescape off %}",
        "{% block a %}\n{% endblock %}",
        '{% load static %}{% extends "base.html" %}',
        "{% for row in framework.skills.all %}",
        "{% for row in skill.action_set %}",
    ],
)
def test_an_offence_is_caught(offence):
    assert list(offences("x.html", offence)) != []


def test_plain_templates_pass():
    plain = (
        '{% extends "base.html" %}\n{% block title %}A{% endblock %}\n'
        '{% block a %}<script src="x.js" type="module"></script>{% endblock a %}'
        '<rect fill="none"/><a href="#fade">b</a>{# style="said in a comment" #}'
    )

    assert list(offences("x.html", plain)) == []


# Components
# ------------------------------------------------------------------------------------


class Arguments(NamedTuple):
    needed: set
    optional: set


def arguments_of(name, text):
    """What the component's opening comment says, or None if it says nothing."""
    opening = OPENING.match(text)
    if opening is None or opening["name"] != name:
        return None
    return Arguments(_names(opening["needs"]), _names(opening["may"]))


def _names(listed):
    return {name.strip() for name in (listed or "").split(",")} - {""}


class Use(NamedTuple):
    target: str  # as written: quoted, or the name of a variable
    passed: set
    only: bool


def uses(text):
    """Every include and every drawing of a template."""
    text = DRAW.sub(r'{% include "components/\1.html" with\2 only %}', text)
    for tag in INCLUDE.finditer(without_comments(text)):
        target, *rest = smart_split(tag[1])
        passed = {word.partition("=")[0] for word in rest if "=" in word}
        yield Use(target, passed, "only" in rest)


def component_of(target):
    found = re.fullmatch(r"""["']components/(.+)\.html["']""", target)
    return found and found[1]


def faults_of_use(path, use, known):
    """`known`: {component: its arguments}."""
    name = component_of(use.target)
    if use.target[0] not in "\"'" and path not in VARIABLE_INCLUDES:
        yield f"{path}: includes {use.target}, a variable. Name the template."
    if name is None:
        return
    arguments = known.get(name)
    if arguments is None:
        yield f"{path}: includes the component {name}, which does not exist."
        return
    if not use.only:
        yield f"{path}: includes {name} without `only`. What it gets must be said."
    if unknown := use.passed - arguments.needed - arguments.optional:
        yield f"{path}: passes {sorted(unknown)} to {name}, which does not know it."
    if missing := arguments.needed - use.passed:
        yield f"{path}: includes {name} without {sorted(missing)}."


def known_components():
    """{name: arguments}."""
    return {
        name: arguments_of(name, text) or Arguments(set(), set())
        for name, text in components().items()
    }


def test_components_open_with_their_arguments():
    faults = [
        f"templates/components/{name}.html: open with {{# {name}: needed; optional: … #}}"
        for name, text in components().items()
        if arguments_of(name, text) is None
    ]

    assert not faults, said(faults)


def test_components_get_what_they_need_and_nothing_else():
    known = known_components()
    faults = [
        fault
        for path, text in templates().items()
        for use in uses(text)
        for fault in faults_of_use(path, use, known)
    ]

    assert not faults, said(faults)


@pytest.mark.parametrize(
    ("include", "fault"),
    [
        ('"components/gap.html" with a=1 only', "without ['b']"),
        ('"components/gap.html" with a=1 b=2 d=4 only', "['d']"),
        ('"components/gap.html" with a=1 b="x y"', "without `only`"),
        ('"components/gab.html" with a=1 only', "does not exist"),
        ("part with a=1 only", "a variable"),
    ],
)
def test_a_wrong_use_is_caught(include, fault):
    known = {"gap": arguments_of("gap", "{# gap: a, b; optional: c #}")}

    (use,) = uses("{% include " + include + " %}")

    assert fault in said(faults_of_use("x.html", use, known))


def test_a_right_use_passes():
    known = {"gap": arguments_of("gap", "{# gap: a, b; optional: c #}")}
    page = '{% include "components/gap.html" with a="x = y" b=1|add:2 c=3 only %}'

    (use,) = uses(page + '{# {% include "components/old.html" %} #}')

    assert list(faults_of_use("x.html", use, known)) == []


@pytest.mark.parametrize(
    "text", ["<p>", "{# other: a #}", "{# gap a #}", " {# gap: #}"]
)
def test_a_wrong_opening_is_caught(text):
    assert arguments_of("gap", text) is None


# What a template loads
# ------------------------------------------------------------------------------------

LOAD = re.compile(r"{%\s*load\s+([\w ]+?)\s*%}")
NAMED = re.compile(r"(?:{%|\|)\s*(\w+)")  # a tag or a filter
OF_OURS = ("drawing", "framework", "report", "site")


def library(name):
    """The tags and filters of a library."""
    found = engines["django"].engine.template_libraries[name]
    return {*found.tags, *found.filters}


def loaded_in_vain(text):
    named = set(NAMED.findall(text))
    loaded = " ".join(LOAD.findall(text)).split()
    return [name for name in loaded if not named & library(name)]


def test_templates_load_what_they_use():
    loaded = {path: loaded_in_vain(text) for path, text in templates().items()}
    faults = [f"{path}: {name}" for path, names in loaded.items() for name in names]

    assert not faults, said(faults)


def test_a_library_that_is_loaded_in_vain_is_caught():
    page = "{% load i18n report static %}{% translate 'a' %}{{ number|points }}"

    assert loaded_in_vain(page) == ["static"]


def test_every_tag_and_filter_of_ours_is_used():
    texts = sources("templates/**/*.*", "tools/*/templates/*.html").values()
    named = {name for text in texts for name in NAMED.findall(text)}

    assert sorted(set().union(*map(library, OF_OURS)) - named) == []


# What a component may hold, and who uses it
# ------------------------------------------------------------------------------------


def holds_too_much(text):
    """Forms stay in the page: `only` drops the CSRF token."""
    return re.findall(r"<form\b|{%\s*csrf_token\s*%}", without_comments(text))


def test_components_hold_fields_and_no_forms():
    faults = [name for name, text in components().items() if holds_too_much(text)]

    assert not faults, said(faults)


def test_a_form_in_a_component_is_caught():
    assert holds_too_much('<form method="post">{% csrf_token %}') != []


def used_by(pages, parts):
    """Names of all components that these pages include, and those that they include."""
    used, texts = set(), list(pages)
    while texts:
        found = {component_of(use.target) for use in uses(texts.pop())} - {None} - used
        texts += [parts[name] for name in found if name in parts]
        used |= found
    return used


def test_every_component_is_used():
    pages = [
        text
        for path, text in templates().items()
        if not path.startswith(("templates/components/", "tools/"))
    ]

    filters = (ROOT / "assessment/templatetags/report.py").read_text()
    drawn = set(re.findall(r'\bdraw\(\s*"([\w/]+)"', filters))

    unused = set(components()) - used_by(pages, components()) - drawn

    assert not unused, said(sorted(unused))


def test_a_part_of_a_part_that_is_not_used_is_not_used():
    parts = {
        "a": '{% include "components/b.html" only %}',
        "b": '{% include "components/a.html" only %}',
        "c": '{% include "components/d.html" only %}',
        "d": "",
    }

    assert used_by(['{% include "components/a.html" only %}'], parts) == {"a", "b"}
