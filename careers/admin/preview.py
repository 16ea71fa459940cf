"""Differences and problems of a framework in the words of its owner, with links."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.admin.history import in_words
from careers.changes import problems_of_replaces
from careers.fields import items, parts_within
from careers.names import COLUMNS
from careers.problems import errors, warnings
from careers.publishing import CHANGE, CREATE, REMOVE
from careers.rules import problems_of
from careers.shape import FrameworkSpec
from careers.store import TABLE_OF, live_frameworks, spec_of
from careers.versions import changes_of_ladder

WITHIN_A_SKILL = {
    "levels": _("level %(name)s"),
    "prerequisites": _("needs %(name)s"),
    "actions": _("action %(name)s"),
    "questions": _("question %(name)s"),
    "requirements": _("required skill %(name)s"),
    "supports": _("supported skill %(name)s"),
}


@dataclass(frozen=True)
class Line:
    """One part of a framework, where to edit it, and what is said of it."""

    label: str
    url: str = ""
    sentence: str = ""
    place: str = ""  # file and line that it was read from
    edits: Sequence[tuple[str, str, str]] = ()


def preview_of(draft):
    """What publishing a draft would change, and what stands against it: a context."""
    live = live_frameworks(draft.key).first()
    spec = spec_of(draft)
    before = spec_of(live) if live else None
    names = {**(names_in(before) if before else {}), **names_in(spec)}
    urls = _load_urls(draft)
    problems = problems_of(spec)
    if before:
        problems += problems_of_replaces(before, spec)
    return {
        "live": live,
        "levels": spec.levels,
        "differences": differences_in_words(
            changes_of_ladder(before, spec), names, urls
        ),
        "errors": [line_of(each, names, urls) for each in errors(problems)],
        "warnings": [line_of(each, names, urls) for each in warnings(problems)],
    }


def differences_in_words(changes, names, urls=None):
    """{what is done: lines}; the parts within what is new or gone are left out."""
    lines = {CREATE: [], CHANGE: [], REMOVE: []}
    whole = {change.path for change in changes if change.action in (CREATE, REMOVE)}
    for change in changes:
        within = change.path.rsplit("/", 2)[0] in whole and change.action != CHANGE
        if change.action not in lines or within:
            continue
        edits = [
            (COLUMNS[field], in_words(old), in_words(new))
            for field, (old, new) in change.fields.items()
        ]
        url = _url(change.path, urls or {}) if change.action != REMOVE else ""
        line = Line(label(change.path, names), url, edits=edits)
        lines[change.action].append(line)
    return {action: found for action, found in lines.items() if found}


def names_in(spec):
    """{path: what a reader calls the part}."""
    names = {}
    for path, part in items(spec):
        for attribute in ("short_title", "title", "name", "topic"):
            if hasattr(part, attribute):
                names["/".join(path)] = getattr(part, attribute)
                break
    return names


def label(path, names):
    """ "skills/sdlc/levels/3/hours" as "Skill Software development …, level 3, hours"."""
    section, *rest = path.split("/")
    if section == "framework":
        return gettext("The framework")
    part = parts_within(FrameworkSpec).get(section)
    if part is None:
        return path
    called = TABLE_OF[part.__name__].model._meta
    if not rest:
        return str(called.verbose_name_plural)
    key, *inner = rest
    kind = capfirst(called.verbose_name)
    words = f"{kind} {names.get(f'{section}/{key}') or key}"
    if len(inner) >= 2 and inner[0] in WITHIN_A_SKILL:
        name = names.get(path) or names.get(f"skills/{inner[1]}") or inner[1]
        words += ", " + WITHIN_A_SKILL[inner[0]] % {"name": name}
    if len(inner) % 2 and inner[-1] in COLUMNS:
        words += f", {COLUMNS[inner[-1]]}"
    return words


def problems_in_words(problems, spec):
    """(the part, what is said of it)."""
    names = names_in(spec)
    return [(label(each.path, names), each.sentence) for each in problems]


def line_of(problem, names, urls=None):
    """A problem, named as its owner knows the part; its place where it came from a file."""
    place = f"{problem.file}:{problem.line}" if problem.file else ""
    url = _url(problem.path, urls or {})
    return Line(label(problem.path, names), url, problem.sentence, place)


def _url(path, urls):
    return urls.get("/".join(path.split("/")[:2]), "")


def _load_urls(framework):
    """{"skills/sdlc": the page in the admin where that skill is edited}."""
    page = "admin:careers_{}_change"
    urls = {
        f"framework/{framework.key}": reverse(
            page.format("framework"), args=[framework.pk]
        )
    }
    for section, part in parts_within(FrameworkSpec).items():
        model = TABLE_OF[part.__name__].model
        name = "value" if section == "scale" else "key"
        rows = model.objects.filter(framework=framework).values_list(name, "pk")
        for key, pk in rows:
            url = reverse(page.format(model._meta.model_name), args=[pk])
            urls[f"{section}/{key}"] = url
    return urls
