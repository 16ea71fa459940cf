"""Does what answers leave to be done: reminders, mail, large files. Runs beside the server."""

import logging
import signal
import time
from threading import Event

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from assessment.downloads import make_next_download
from assessment.reminders import write_reminders
from tpmguide.mail import send_next

logger = logging.getLogger(__name__)

PAUSE = 1  # seconds between two looks into the table
REMIND_EVERY = 60  # seconds between two looks for who is to be reminded


class Command(BaseCommand):
    help = (
        "Write reminders, send the mail and make the files that wait, until it is told "
        "to end. As many of them as wanted can run side by side."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Do what is due now, then end."
        )

    def handle(self, *, once, **options):
        ended = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        remind_at = time.monotonic()
        while not ended.is_set():
            try:
                if time.monotonic() >= remind_at:
                    remind_at = time.monotonic() + REMIND_EVERY
                    write_reminders()
                if send_next() or make_next_download():
                    continue
            except (InterfaceError, OperationalError) as error:  # it may come back
                logger.error("The database is away: %s.", type(error).__name__)
            if once:
                return
            close_old_connections()
            ended.wait(PAUSE)
