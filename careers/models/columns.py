"""The few kinds of column and constraint that the framework's tables share."""

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from careers.names import CHOICES, COLUMNS

ONE_A_LINE = _("One a line.")


def choices(names):
    return [(name, CHOICES[name]) for name in names]


def between(field, low, high, name, nullable=False):
    """A named constraint: low <= field <= high, or empty where `nullable`."""
    within = Q((f"{field}__gte", low), (f"{field}__lte", high))
    if nullable:
        within |= Q((f"{field}__isnull", True))
    return models.CheckConstraint(
        condition=within,
        name=name,
        violation_error_message=format_lazy(
            _("{column} is {low} to {high}."),
            column=capfirst(COLUMNS[field]),
            low=low,
            high=high,
        ),
    )


def unique_key(name, parent="framework", key="key"):
    return models.UniqueConstraint(fields=[parent, key], name=name)


def part_of(whole, name):
    """What holds the row, and takes it along when it goes; `name` is its for all of them."""
    return models.ForeignKey(whole, models.CASCADE, related_name=name)


def optional_line(length, says=""):
    return models.CharField(max_length=length, blank=True, default="", help_text=says)


def optional_text(says=""):
    return models.TextField(blank=True, default="", help_text=says)


def lines(says=ONE_A_LINE):
    """A list of texts, one a line."""
    return optional_text(says)
