"""Points of the scale with their names, "3 Independent", in the forms and lists of the admin."""

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext

from careers.models import ProficiencyLevel
from careers.names import COLUMNS
from careers.store import TABLES

POINTS = (
    "required",
    "value",
    "min_value",
    "applies_from",
    "probes_value",
    "from_value",
    "to_value",
    "up_to",
)
PATHS = {table.model: table.path_to_whole for table in TABLES}  # to its framework


def points_in(model):
    """The columns of a model that hold a point of the scale; of the scale itself none."""
    if model is ProficiencyLevel or model not in PATHS:
        return []
    columns = {column.name for column in model._meta.fields}
    return [name for name in POINTS if name in columns]


def offer_points(form, framework):
    """Makes choices of the fields of a form that take a point; one query a framework.

    A point that the scale has no more stays a choice of the row that holds it.
    """
    for name in points_in(form._meta.model):
        field = form.fields.get(name)
        if field is None:
            continue
        names = dict(_scale_of(framework))
        held = getattr(form.instance, name, None)
        if name == "required":
            names[0] = _not_asked()
        elif held is not None:
            names.setdefault(held, str(held))
        form.fields[name] = forms.TypedChoiceField(
            choices=[("", "---------"), *sorted(names.items())],
            coerce=int,
            empty_value=None,
            required=field.required,
            label=field.label,
            help_text=field.help_text,
            initial=field.initial,
            error_messages={"invalid_choice": gettext("Choose a point of the scale.")},
        )


def _scale_of(framework):
    if not hasattr(framework, "named_points"):
        framework.named_points = [
            (point.value, str(point)) for point in framework.scale.all()
        ]
    return framework.named_points


def _not_asked():
    return gettext("0, not asked")


def with_names(rows):
    """Rows with the name of each point that they hold, as `required_name`; no query more."""
    path = PATHS.get(rows.model)
    return rows.annotate(
        **{
            f"{name}_name": Subquery(
                ProficiencyLevel.objects.filter(
                    framework=OuterRef(path), value=OuterRef(name)
                ).values("name")[:1]
            )
            for name in points_in(rows.model)
        }
    )


def _column(name):
    @admin.display(description=COLUMNS[name], ordering=name)
    def column(row):
        value = getattr(row, name)
        if name == "required" and value == 0:
            return _not_asked()
        return f"{value} {getattr(row, f'{name}_name') or ''}".strip()

    column.__name__ = f"{name}_named"
    return column


NAMED = {name: _column(name) for name in POINTS}
"""{column: what a list or a frozen page shows in its place} of rows `with_names`."""
