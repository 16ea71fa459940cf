"""What waits to be done after an answer."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class MailQuerySet(models.QuerySet):
    def due(self):
        """Those whose time to be sent has come, the oldest first."""
        return self.filter(next_try__lte=timezone.now()).order_by("next_try", "pk")


class Mail(models.Model):
    """A message from the moment it is written until a mail server has taken it.

    It is deleted then, and after `KEPT_FOR` in any case: nobody waits for it any more.
    """

    KEPT_FOR = timedelta(days=1)

    sender = models.TextField()
    recipients = models.JSONField()  # addresses
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()  # empty: text alone
    headers = models.JSONField()  # with the Message-ID: a second try is known as one
    written_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now, db_index=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mail"

    def __str__(self):
        return f"Mail {self.pk}, tried {self.tries} times"
