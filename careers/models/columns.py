"""The few kinds of column and constraint that the framework's tables share."""

from django.db import models
from django.db.models import Q

KEY_LENGTH = 60


def words(name):
    return name.replace("-", " ").replace("_", " ").capitalize()


def choices(names):
    return [(name, words(name)) for name in names]


def between(field, low, high, name, nullable=False):
    """A named constraint: low <= field <= high, or empty where `nullable`."""
    within = Q((f"{field}__gte", low), (f"{field}__lte", high))
    if nullable:
        within |= Q((f"{field}__isnull", True))
    return models.CheckConstraint(
        condition=within,
        name=name,
        violation_error_message=f"{words(field)} is {low} to {high}.",
    )


def unique_key(name, parent="framework", key="key"):
    return models.UniqueConstraint(fields=[parent, key], name=name)


def lines(**options):
    """A list of texts, one a line."""
    options.setdefault("help_text", "One a line.")
    return models.TextField(blank=True, default="", **options)
