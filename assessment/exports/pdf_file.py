"""A report as a PDF: the page itself, printed on the server by WeasyPrint.

A PDF takes seconds of a processor and 90 MB. So it is made once and kept, one is made at a
time, and in a process of its own: docs/decisions/0009-a-pdf-is-made-once.md says how, and
`make pdf-load` measures it. WeasyPrint is the extra `pdf`; half of the installations do
without it.
"""

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from assessment import actions
from assessment.busy import one_at_a_time
from assessment.exports import pdf_process, signs
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


class SignsLack(Exception):
    """No font that is installed draws some signs of the page: `signs`."""

    def __init__(self, lacking):
        super().__init__()
        self.signs = lacking


class PdfTooOften(Exception):
    """Whoever asks has had as many PDFs made as one may within a minute."""


class PdfFailed(Exception):
    """The process ended without a PDF, or was ended."""


@cache
def can_make_pdf() -> bool:
    """Whether WeasyPrint is installed, and what of the system it needs.

    Looked up once a process: that takes a tenth of a second.
    """
    of_system = find_library("pango-1.0") and shutil.which(signs.LIST)
    return bool(find_spec("weasyprint") and of_system)


def pdf_of_report(
    assessment,
    html: str,
    address: str,
    may_make,
    html_now,
    what=ReportPdf.What.REPORT,
    *,
    also_lacking=False,
) -> bytes:
    """A page of a submitted report as a PDF, made at the first time and kept.

    The page must be the same each time to be found again. `may_make` is asked before one
    is made, when it would be; `html_now` before one is kept: what it shows may be deleted
    by then. Where the fonts lack a sign of the page, there is a PDF only if it is wanted
    `also_lacking`, with a sign that says so in its place. Raises NoPdf, SignsLack, Busy,
    PdfTooOften and PdfFailed. One query for a kept one; making one holds no lock of the
    database.
    """
    if not can_make_pdf():
        raise NoPdf
    lacking = signs.lacking(html)
    if lacking and not also_lacking:
        raise SignsLack(lacking)
    page = signs.with_stand_ins(html, lacking)
    digest = digest_of(page, address)
    made = ReportPdf.objects.filter(assessment=assessment, what=what, digest=digest)
    if kept := made.first():
        return bytes(kept.content)
    content = make_pdf(page, address, may_make)
    try:
        actions.keep_pdf(
            assessment=assessment,
            what=what,
            digest=digest,
            content=content,
            is_unchanged=lambda: html_now() == html,
        )
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


def make_pdf(html: str, address: str, may_make=lambda: True) -> bytes:
    """The page as a PDF, by a process of its own. Raises what `pdf_of_report` does."""
    asked = {"html": html, "address": address, "static": settings.STATICFILES_DIRS}
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    with one_at_a_time("pdf") as turn:
        if not may_make():
            raise PdfTooOften
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
