"""Ways to offend a named constraint of the database, and to see that it refuses."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction


def taken(model, *names):
    """Gives a row the values that the row before it has."""

    def offend():
        first, second = model.objects.order_by("pk")[:2]
        for name in names:
            setattr(second, name, getattr(first, name))
        second.save()

    return offend


def again(model):
    """Writes one row a second time."""

    def offend():
        row = model.objects.order_by("pk").first()
        row.pk = None
        row.save(force_insert=True)

    return offend


def outside(model, **values):
    def offend():
        model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(
            **values
        )

    return offend


def refused_by(name, offend):
    """Whether the database refuses the offence, and names this constraint for it."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        offend()
    said = str(error.value)
    return name in said or said.endswith(columns_of(name))


def columns_of(name):
    """How SQLite names a broken unique constraint: by its columns."""
    for model in apps.get_app_config("careers").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and getattr(constraint, "fields", None):
                table = model._meta.db_table
                names = [model._meta.get_field(f).column for f in constraint.fields]
                return ", ".join(f"{table}.{column}" for column in names)
    return name


def constraints():
    """The names of all constraints of the app."""
    return {
        constraint.name
        for model in apps.get_app_config("careers").get_models()
        for constraint in model._meta.constraints
    }


def guide_constraints():
    return {
        constraint.name
        for model in apps.get_app_config("careers").get_models()
        if model.__module__ == "careers.models.guide"
        for constraint in model._meta.constraints
    }
