"""Mail leaves behind the answer: one thread sends it, and nobody waits for a mail server.

What is in the queue when the process is killed is lost; pages offer to send it again.
"""

import logging
from multiprocessing.util import Finalize
from queue import Full, Queue
from threading import Lock, Thread

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)

# As many as are sent while a code is good, if the server lets each run into its timeout.
MOST_WAITING = 120
PATIENCE_AT_EXIT = 3  # seconds


class Outbox:
    """A bounded queue of messages and the thread that sends them."""

    def __init__(self, size):
        self._queue = Queue(size)
        self._starting = Lock()
        self._thread = None

    def put(self, message):
        """Takes a message to be sent soon. A full outbox drops it and says so."""
        try:
            self._queue.put_nowait(message)
        except Full:
            logger.error("A mail was dropped: %d wait to be sent.", self._queue.maxsize)
            return False
        self._make_sure_that_it_runs()
        return True

    def flush(self, seconds):
        """Waits until all is sent or has failed, no longer than this; whether it is."""
        with self._queue.all_tasks_done:
            return self._queue.all_tasks_done.wait_for(
                lambda: not self._queue.unfinished_tasks, seconds
            )

    def _make_sure_that_it_runs(self):
        with self._starting:  # the process may have been forked since the last one
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="outbox", daemon=True)
                self._thread.start()
                # Unlike atexit's, it is called at the end of a forked worker, too.
                Finalize(None, self.flush, args=[PATIENCE_AT_EXIT], exitpriority=0)

    def _work(self):
        while True:
            message = self._queue.get()
            try:
                get_connection(settings.EMAIL_SENT_BY).send_messages([message])
            except Exception as error:  # whatever it was, the next one shall go out
                # A server's words may hold the address, so the kind must be enough.
                logger.error("A mail could not be sent: %s.", type(error).__name__)
            finally:
                self._queue.task_done()


outbox = Outbox(MOST_WAITING)


class EmailBackend(BaseEmailBackend):
    """Django's door to the outbox. settings.EMAIL_SENT_BY names what sends in truth."""

    def send_messages(self, messages):
        return sum(outbox.put(message) for message in messages)
