"""A report as a PDF: the page itself, printed on the server by WeasyPrint.

A PDF takes seconds of a processor and 90 MB. So it is made once and kept, one is made at a
time, and in a process of its own: docs/decisions/0009-a-pdf-is-made-once.md says how, and
`make pdf-load` measures it. WeasyPrint is the extra `pdf`; half of the installations do
without it.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from assessment import actions
from assessment.exports import pdf_process
from assessment.models import ReportPdf

logger = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", pdf_process.__name__)
SECONDS = pdf_process.SECONDS
# What Pango and Python need to find their files. No secret is among it.
PASSED_ON = (
    "DYLD_FALLBACK_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "HOME",
    "LANG",
    "LD_LIBRARY_PATH",
    "PATH",
    "TMPDIR",
    "XDG_CACHE_HOME",
)


class NoPdf(Exception):
    """WeasyPrint or a library of the system that it needs is not there."""


class PdfBusy(Exception):
    """Another PDF is being made on this machine at this moment."""


class PdfFailed(Exception):
    """The process ended without a PDF, or was ended."""


def can_make_pdf() -> bool:
    """Whether WeasyPrint is installed; it may still miss a library of the system."""
    return find_spec("weasyprint") is not None


def pdf_of_report(assessment, html: str, address: str) -> bytes:
    """The page of a submitted report as a PDF, made at the first time and kept.

    The page must be the same each time to be found again. Raises NoPdf, PdfBusy and
    PdfFailed. One query for a kept one; making one holds no lock of the database.
    """
    if not can_make_pdf():
        raise NoPdf
    digest = digest_of(html, address)
    kept = ReportPdf.objects.filter(assessment=assessment, digest=digest).first()
    if kept:
        return bytes(kept.content)
    content = make_pdf(html, address)
    try:
        actions.keep_pdf(assessment=assessment, digest=digest, content=content)
    except DatabaseError:  # a full disk need not cost the person their file
        logger.exception("A PDF was made and could not be kept.")
    return content


def digest_of(html: str, address: str) -> str:
    """SHA-256 of all that a PDF depends on: the page, the styles, and what makes it."""
    maker = Path(pdf_process.__file__)
    styles = sorted((settings.BASE_DIR / "static" / "css").rglob("*.css"))
    digest = hashlib.sha256()
    for part in (version("weasyprint"), address, html):
        digest.update(f"{len(part)} {part}".encode())
    for path in (maker, *styles):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_pdf(html: str, address: str) -> bytes:
    """The page as a PDF, by a process of its own. Raises NoPdf, PdfBusy and PdfFailed."""
    asked = {"html": html, "address": address, "static": settings.STATICFILES_DIRS}
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    with one_at_a_time() as turn:
        try:
            done = subprocess.run(
                COMMAND,
                input=json.dumps(asked, default=str).encode(),
                capture_output=True,
                check=False,
                cwd=settings.BASE_DIR,
                env=environment,
                pass_fds=[turn],
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired as error:  # `run` has killed it
            raise PdfFailed(f"It took more than {SECONDS} seconds.") from error
    said = done.stderr.decode(errors="replace")
    if done.returncode == pdf_process.NO_WEASYPRINT:
        raise NoPdf(said)
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise PdfFailed(f"Status {done.returncode}, {len(done.stdout)} bytes. {said}")
    if said:
        logger.warning("A PDF was made without a part of it. %s", said)
    return done.stdout


@contextlib.contextmanager
def one_at_a_time():
    """A turn that nobody else on this machine has meanwhile; raises PdfBusy at once.

    Gives an open file. The turn lasts until each process that holds it has closed it or
    has ended, even by kill -9; so the file is never removed, and its being there means
    nothing. Nobody waits: four who wait are all the threads of a server.
    """
    path = Path(tempfile.gettempdir()) / f"tpmguide-pdf-{os.getuid()}.lock"
    turn = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PdfBusy from error
        yield turn
    finally:
        os.close(turn)
