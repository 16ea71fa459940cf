"""Mail is written to a table with what causes it, and sent by the worker.

Nobody waits for a mail server. A message stays until a server has taken it; one that was
not taken is tried again, later each time. Two workers never send one: it belongs to who
took it until its next try is due. Where a worker is killed between sending and deleting,
the message is sent again with the same Message-ID, which is better than not at all.
"""

import logging
from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from tpmguide.models import Mail

logger = logging.getLogger(__name__)

SECONDS_TO_NEXT_TRY = (60, 60, 120, 300, 900, 3600)
"""After the first try, the second and so on; then always the last. Longer than a server
can hang, so that no other worker takes a message that is on its way."""


class EmailBackend(BaseEmailBackend):
    """Django's door to the table. settings.EMAIL_SENT_BY names what sends in truth."""

    def send_messages(self, messages):
        rows = [_row_of(message) for message in messages if message.recipients()]
        return len(Mail.objects.bulk_create(rows))


def _row_of(message):
    message.message()  # raises BadHeaderError for what no server takes
    html = [
        content
        for content, kind in getattr(message, "alternatives", ())
        if kind == "text/html"
    ]
    # Of the sender: the name of the machine is nobody's business.
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return Mail(
        sender=message.from_email,
        recipients=message.recipients(),
        subject=message.subject,
        text=message.body,
        html=html[0] if html else "",
        headers={"Message-ID": make_msgid(domain=domain)} | message.extra_headers,
    )


def send_next():
    """Tries to send the message that is due first; False where none is."""
    mail = _take()
    if mail is None:
        return False
    try:
        _send(mail)
    except Exception as error:  # whatever it was, the next one shall go out
        # A server's words may hold the address, so the kind must be enough.
        kind = type(error).__name__
        if timezone.now() - mail.written_at < Mail.KEPT_FOR:
            logger.error("A mail could not be sent, try %d: %s.", mail.tries, kind)
            return True
        logger.error("A mail is given up after %d tries: %s.", mail.tries, kind)
    mail.delete()
    return True


def _take():
    """The message that is due first, put off for all others; None where there is none."""
    if not Mail.objects.due().exists():
        return None  # most often, and without a lock
    with transaction.atomic():
        due = Mail.objects.due()
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        mail = due.first()
        if mail is not None:
            seconds = SECONDS_TO_NEXT_TRY[: mail.tries + 1][-1]
            mail.tries += 1
            mail.next_try = timezone.now() + timedelta(seconds=seconds)
            mail.save(update_fields=["tries", "next_try"])
        return mail


def _send(mail):
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        mail.sender,
        mail.recipients,
        headers=mail.headers,
        connection=get_connection(settings.EMAIL_SENT_BY),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()
