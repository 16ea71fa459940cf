"""The few kinds of column and constraint that the framework's tables share."""

from django.db import models
from django.db.models import Q

KEY_LENGTH = 60


def choices(words):
    return [(word, word.replace("-", " ").capitalize()) for word in words]


def between(field, low, high, name, nullable=False):
    """A named constraint: low <= field <= high, or empty where `nullable`."""
    within = Q((f"{field}__gte", low), (f"{field}__lte", high))
    if nullable:
        within |= Q((f"{field}__isnull", True))
    return models.CheckConstraint(condition=within, name=name)


def unique_key(name, parent="framework", key="key"):
    return models.UniqueConstraint(fields=[parent, key], name=name)


def lines(**options):
    """A list of texts, one a line."""
    options.setdefault("help_text", "One a line.")
    return models.TextField(blank=True, default="", **options)
