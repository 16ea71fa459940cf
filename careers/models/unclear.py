"""Sentences that readers found unclear. No row says who."""

from django.db import models

from careers.models.framework import SkillLevel


class UnclearStatement(models.Model):
    """How often a statement was reported, and the last day; of a published version."""

    statement = models.OneToOneField(
        SkillLevel, models.CASCADE, related_name="unclear", editable=False
    )
    count = models.PositiveIntegerField(default=0)
    last_day = models.DateField()

    class Meta:
        ordering = ["-last_day", "-pk"]

    def __str__(self):
        return str(self.statement)
