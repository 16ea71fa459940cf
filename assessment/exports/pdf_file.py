"""A report as a PDF: the page itself, printed on the server by WeasyPrint.

WeasyPrint is the extra `pdf`, and needs the system's library Pango. It is imported when
it is asked for: half of the installations do without it, and it takes a second.
"""

import importlib
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders

STYLES = ("css/app.css", "css/paper.css")
OURS = "https://static.invalid/"  # stands for our static files; no host has this name
WITHOUT = "bootstrap/"  # paper.css says the little of it that counts, in half the time


class NoPdf(Exception):
    """WeasyPrint or a library of the system that it needs is not there."""


def can_make_pdf() -> bool:
    """Whether WeasyPrint is installed; it may still miss a library of the system."""
    return find_spec("weasyprint") is not None


def pdf_of_page(html: str, address: str) -> bytes:
    """The page as a tagged PDF (PDF/UA-1) with its title, language and page numbers.

    Its links start from `address`. Loads our own static files and nothing else, whatever
    the page asks for. Raises NoPdf where WeasyPrint cannot run.
    """
    try:
        weasyprint = importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise NoPdf(str(error)) from error

    def load(url):
        return weasyprint.urls.URLFetcherResponse(url, _static_file(url))

    fonts = weasyprint.text.fonts.FontConfiguration()
    styles = [
        weasyprint.CSS(url=f"{OURS}{name}", url_fetcher=load, font_config=fonts)
        for name in STYLES
    ]
    page = weasyprint.HTML(string=html, base_url=address, url_fetcher=load)
    return page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")


def _static_file(url: str) -> bytes:
    """What the PDF may read: a static file of ours. Raises ValueError for all else."""
    if not url.startswith(OURS):
        raise ValueError(f"A PDF loads nothing but our own files, and not {url}.")
    name = unquote(url.removeprefix(OURS))
    if name.startswith(WITHOUT):
        return b""
    path = finders.find(name)
    if path is None:
        raise ValueError(f"There is no static file {name}.")
    return Path(path).read_bytes()
