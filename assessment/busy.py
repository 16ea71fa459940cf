"""Costly work that one process at a time does on a machine."""

import contextlib
import fcntl
import os
import tempfile
from pathlib import Path


class Busy(Exception):
    """Such work is being done on this machine at this moment."""


@contextlib.contextmanager
def one_at_a_time(work):
    """A turn that nobody else on this machine has meanwhile; raises Busy at once.

    Gives an open file. The turn lasts until each process that holds it has closed it or
    has ended, even by kill -9; so the file is never removed, and its being there means
    nothing. Nobody waits: four who wait are all the threads of a server.
    """
    path = Path(tempfile.gettempdir()) / f"tpmguide-{work}-{os.getuid()}.lock"
    turn = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield turn
    finally:
        os.close(turn)
