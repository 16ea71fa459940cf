"""Differences and problems of a framework in the words of its owner, with links."""

from dataclasses import dataclass

from django.urls import reverse

from careers.models import Framework
from careers.problems import errors, warnings
from careers.publishing import CHANGE, CREATE, REMOVE, differences
from careers.rules import problems_of
from careers.shape import FrameworkSpec, items, parts_within
from careers.store import TABLES, spec_of

WITHIN_A_SKILL = {
    "levels": "level {name}",
    "prerequisites": "needs {name}",
    "actions": "action {name}",
    "questions": "question {name}",
    "requirements": "required skill {name}",
    "supports": "supported skill {name}",
}


@dataclass(frozen=True)
class Line:
    """One part of a framework, where to edit it, and what is said of it."""

    label: str
    url: str = ""
    sentence: str = ""
    edits: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Differences:
    created: list[Line]
    changed: list[Line]
    removed: list[Line]

    @property
    def none(self):
        return not (self.created or self.changed or self.removed)


@dataclass(frozen=True)
class Preview:
    """What publishing a draft would change, and what stands against it."""

    live: Framework | None
    differences: Differences
    errors: list[Line]
    warnings: list[Line]


def build_preview(draft):
    live = Framework.objects.published().for_key(draft.key).first()
    spec = spec_of(draft)
    before = spec_of(live) if live else None
    names = {**(names_in(before) if before else {}), **names_in(spec)}
    urls = _load_urls(draft)
    problems = problems_of(spec)
    return Preview(
        live=live,
        differences=differences_in_words(differences(before, spec), names, urls),
        errors=[_problem(each, names, urls) for each in errors(problems)],
        warnings=[_problem(each, names, urls) for each in warnings(problems)],
    )


def differences_in_words(changes, names, urls=None):
    """The changes as lines; the parts within what is new or gone are left out."""
    lines = {CREATE: [], CHANGE: [], REMOVE: []}
    whole = {change.path for change in changes if change.action in (CREATE, REMOVE)}
    for change in changes:
        within = change.path.rsplit("/", 2)[0] in whole and change.action != CHANGE
        if change.action in lines and not within:
            url = _url(change.path, urls or {}) if change.action != REMOVE else ""
            edits = zip(change.fields, change.values, strict=True)
            lines[change.action].append(
                Line(
                    label(change.path, names),
                    url,
                    edits=tuple(
                        (field.replace("_", " "), in_words(old), in_words(new))
                        for field, (old, new) in edits
                    ),
                )
            )
    return Differences(lines[CREATE], lines[CHANGE], lines[REMOVE])


def in_words(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        value = "; ".join(value)
    return "nothing" if value in (None, "") else str(value)


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
    """ "skills/sdlc/levels/3" as "Skill Software development life cycle, level 3"."""
    section, _, rest = path.partition("/")
    if section in ("framework", "") or not rest:
        return "The framework" if section == "framework" else section.replace("_", " ")
    kinds = parts_within(FrameworkSpec)
    key, *inner = rest.split("/")
    table = next((each for each in TABLES if each.part is kinds.get(section)), None)
    if table is None:
        return path
    kind = table.model._meta.verbose_name.capitalize()
    words = f"{kind} {names.get(f'{section}/{key}') or key}"
    if len(inner) >= 2 and inner[0] in WITHIN_A_SKILL:
        name = names.get(path) or names.get(f"skills/{inner[1]}") or inner[1]
        words += ", " + WITHIN_A_SKILL[inner[0]].format(name=name)
    return words


def _problem(problem, names, urls):
    return Line(label(problem.path, names), _url(problem.path, urls), problem.sentence)


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
        model = next(table.model for table in TABLES if table.part is part)
        name = "value" if section == "scale" else "key"
        rows = model.objects.filter(framework=framework).values_list(name, "pk")
        for key, pk in rows:
            url = reverse(page.format(model._meta.model_name), args=[pk])
            urls[f"{section}/{key}"] = url
    return urls
