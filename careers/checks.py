"""System checks of the framework, each with an id and a cure."""

import re

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import FieldDoesNotExist
from django.db import connections

from careers.fields import limit, own_fields
from careers.models import Framework
from careers.store import GUIDE_TABLES, TABLES


@register(Tags.models)
def check_tables(app_configs, **kwargs):
    """Every field of the spec has a column that holds whatever the spec allows."""
    messages = []
    for table in [*TABLES, *GUIDE_TABLES]:
        for name, info in own_fields(table.part).items():
            column = table.links[name][0] if name in table.links else name
            message = _check_column(table.model, column, limit(info, "max_length"))
            messages += [message] if message else []
    return messages


def _check_column(model, column, most):
    try:
        length = model._meta.get_field(column).max_length
    except FieldDoesNotExist:
        return Error(
            f"The spec has a field '{column}' that {model.__name__} has no column for.",
            hint="Add the column, or name its link in careers/store.py.",
            obj=model,
            id="careers.E001",
        )
    if length and most and length < most:
        return Error(
            f"'{column}' holds {length} characters, the spec allows {most}.",
            hint="Make the column as long as the limit in the shape.",
            obj=model,
            id="careers.E002",
        )
    return None


@register(Tags.models)
def check_framework_key(app_configs, **kwargs):
    """The setting FRAMEWORK_KEY can be a key."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", settings.FRAMEWORK_KEY):
        return []
    return [
        Error(
            f"FRAMEWORK_KEY is '{settings.FRAMEWORK_KEY}', which is not a key.",
            hint="Use small letters, digits and single hyphens.",
            id="careers.E003",
        )
    ]


@register(Tags.database)
def check_live_framework(app_configs, databases=None, **kwargs):
    """There is something to show at /ladder/."""
    for alias in databases or []:
        if (
            Framework._meta.db_table
            not in connections[alias].introspection.table_names()
        ):
            continue
        frameworks = Framework.objects.using(alias).published()
        if not frameworks.for_key(settings.FRAMEWORK_KEY).exists():
            return [
                Warning(
                    f"No version of '{settings.FRAMEWORK_KEY}' is published.",
                    hint="Run `manage.py import_framework --publish`, or publish a "
                    "draft in the admin.",
                    id="careers.W004",
                )
            ]
    return []
