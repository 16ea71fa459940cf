"""Forms of the guide's rows: the rules of its files, said beside the fields."""

from django.core.exceptions import ValidationError
from django.forms.models import (
    BaseInlineFormSet,
    InlineForeignKeyField,
    ModelChoiceField,
)

from careers.admin.forms import PartForm, SeenForm
from careers.models import Guide
from careers.problems import errors, warnings
from careers.rules import problems_in_section, problems_of_part
from careers.store import GUIDE_TABLES

NO_GUIDE = "There is no guide yet. Ask for one to be imported, then add to it."


class GuidePartForm(PartForm):
    """A row of the guide within another row's page, or on its own."""

    def clean(self):
        super().clean()
        self.found = [] if self.errors else list(problems_of_part(part_of(self)))
        self.say(errors(self.found))
        return self.cleaned_data

    def say(self, problems):
        """Puts each sentence beside its field."""
        for problem in problems:
            name = problem.path.partition("/")[0]
            self.add_error(name if name in self.fields else None, problem.sentence)

    @property
    def warnings(self):
        """What an editor should know of, as sentences that name the field."""
        return [
            f"{self.label_of(problem.path.partition('/')[0])}: {problem.sentence}"
            for problem in warnings(self.found)
        ]

    def label_of(self, name):
        field = self.fields.get(name)
        return field.label if field and field.label else name.capitalize()


class GuideRowForm(GuidePartForm, SeenForm):
    """A row of the guide with a page of its own."""

    def clean(self):
        guide = Guide.objects.select_for_update().first()
        if guide is None:
            raise ValidationError(NO_GUIDE)
        if hasattr(self.instance, "guide_id"):
            self.instance.guide = guide
        super().clean()
        self.compare_with_seen()
        return self.cleaned_data


class EntryFormSet(BaseInlineFormSet):
    """Entries have what the kind of their section asks for."""

    def clean(self):
        super().clean()
        for form in self.forms:
            deleted = form in self.deleted_forms
            if (
                deleted
                or form.errors
                or (not form.has_changed() and not form.instance.pk)
            ):
                continue
            found = list(problems_in_section(part_of(form), self.instance.kind))
            form.found += found
            form.say(errors(found))


def part_of(form):
    """The part of the guide's spec that a form without errors holds."""
    table = next(table for table in GUIDE_TABLES if table.model is form._meta.model)
    return table.part(**{name: _value(form, table, name) for name in table.fields})


def _value(form, table, name):
    value = form.cleaned_data.get(name, getattr(form.instance, name))
    if name in table.links:
        return value.key
    if name in table.lists:
        return tuple(line.strip() for line in value.split("\n") if line.strip())
    return value


def changes_in_words(form):
    """What a form changed, one a line: the guide has no versions to look it up in."""
    lines = []
    for name, field in form.fields.items():
        aside = name in ("seen", "DELETE", "id") or isinstance(
            field, InlineForeignKeyField
        )
        before, after = form.initial.get(name), form.cleaned_data.get(name)
        if isinstance(field, ModelChoiceField):
            after = after and after.pk
        if not aside and before != after:
            was, became = _shown(field, before), _shown(field, after)
            lines.append(f"{form.label_of(name)}: {was} became {became}.")
    return lines


def _shown(field, value):
    if value in (None, ""):
        return "nothing"
    if isinstance(field, ModelChoiceField):
        value = field.queryset.get(pk=value)
    return f"“{value}”"
