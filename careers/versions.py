"""All versions of one framework as its owners meet them: what is live, the draft, what is next."""

from collections import Counter
from dataclasses import replace
from functools import cached_property

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from careers.changes import problems_of_replaces
from careers.fields import items
from careers.models import CareerLevel, Framework, Requirement
from careers.problems import errors, warnings
from careers.publishing import CREATE, REMOVE, differences
from careers.rules import problems_of
from careers.store import TABLE_OF, spec_of

LATEST = 10
OF_A_VERSION = {
    "version",
    "notes",
}  # another in each version, and no change of the ladder


def changes_of_ladder(before, after):
    """What differs, without what differs in each version; `before` may be None."""
    found = []
    for change in differences(before, after):
        edits = {
            name: pair
            for name, pair in change.fields.items()
            if name not in OF_A_VERSION
        }
        if edits or change.action in (CREATE, REMOVE):
            found.append(replace(change, fields=edits))
    return found


class Versions:
    """The versions of one key, the newest first; `rows` are all of them.

    `impact_seen` says whether it is known whom the draft moves; the caller sets it.
    """

    impact_seen = False

    def __init__(self, rows):
        self.rows = rows

    def _first(self, status):
        return next((row for row in self.rows if row.status == status), None)

    @cached_property
    def live(self):
        return self._first(Framework.Status.PUBLISHED)

    @cached_property
    def draft(self):
        return self._first(Framework.Status.DRAFT)

    @property
    def newest(self):
        """What the owners work on: the draft, else what is live."""
        return self.draft or self.live or self.rows[0]

    @property
    def key(self):
        return self.newest.key

    @property
    def title(self):
        return self.newest.title

    @cached_property
    def spec(self):
        """Of the newest; 14 queries for a draft."""
        return spec_of(self.newest)

    @cached_property
    def live_spec(self):
        return spec_of(self.live) if self.live else None

    @cached_property
    def changes(self):
        """What the draft makes of the live version; empty without a draft."""
        if self.draft is None:
            return []
        return changes_of_ladder(self.live_spec, self.spec)

    @cached_property
    def problems(self):
        found = problems_of(self.spec)
        if self.draft and self.live_spec:
            found += problems_of_replaces(self.live_spec, self.spec)
        return found

    @property
    def errors(self):
        return errors(self.problems)

    @property
    def warnings(self):
        return warnings(self.problems)

    @property
    def step(self):
        """What to do next: start a draft, edit it, see its impact, or publish it."""
        if self.draft is None:
            return "start"
        if self.errors or not self.changes:
            return "edit"
        return "impact" if self.live and not self.impact_seen else "publish"

    @cached_property
    def parts(self):
        """[(plural name, the page of these parts, how many, how many changed)].

        What has no list of its own is changed with the part that holds it, but for the
        requirements, which are edited in the matrix.
        """
        kinds = self._kinds()
        of_spec = Counter(type(part).__name__ for _, part in items(self.spec))
        changed = Counter(
            kinds[each.path] for each in self.changes if each.path in kinds
        )
        return [
            (
                model._meta.verbose_name_plural,
                self._url_of(model),
                of_spec[model.__name__],
                changed[model],
            )
            for model in dict.fromkeys(kinds.values())
        ]

    def _kinds(self):
        """{path of a part: the model whose list it counts with}."""
        kinds = {}
        for spec in filter(None, (self.live_spec, self.spec)):
            for path, part in items(spec):
                table = TABLE_OF[type(part).__name__]
                has_list = "__" not in table.path_to_whole
                own = has_list or table.model is Requirement
                holder = table.model if own else kinds["/".join(path[:-2])]
                kinds["/".join(path)] = holder
        return kinds

    def _url_of(self, model):
        if model is Requirement and self.draft:
            return reverse("admin:careers_framework_matrix", args=[self.draft.pk])
        model = CareerLevel if model is Requirement else model
        name = f"admin:careers_{model._meta.model_name}_changelist"
        return f"{reverse(name)}?framework={self.newest.pk}"


def load_versions(key=""):
    """(those of a key, else of FRAMEWORK_KEY, else of any; all others by title); one query."""
    by_key = {}
    for row in Framework.objects.order_by("-pk"):
        by_key.setdefault(row.key, []).append(row)
    wanted = [each for each in (key, settings.FRAMEWORK_KEY, *by_key) if each in by_key]
    if not wanted:
        return None, []
    others = [Versions(rows) for each, rows in by_key.items() if each != wanted[0]]
    return Versions(by_key[wanted[0]]), sorted(others, key=lambda each: each.title)


def latest_changes():
    """The last entries of the log about frameworks and the guide, whoever made them."""
    entries = LogEntry.objects.filter(content_type__app_label="careers")
    return entries.select_related("user", "content_type")[:LATEST]
