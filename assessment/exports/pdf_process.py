"""The process that makes one PDF, and ends.

`python -m assessment.exports.pdf_process` reads JSON with `html`, `address` and `static`
(as STATICFILES_DIRS) from its standard input, and writes the PDF to its standard output.
It needs no database, no settings and no secret. Before it reads anything it bounds itself,
so that the bounds hold where the process that started it is gone.
"""

import importlib
import json
import logging
import os
import re
import resource
import signal
import sys
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders

STYLES = ("css/app.css", "css/paper.css")
TOKENS, MARKS = "css/tokens.css", "css/marks.css"
OURS = "https://static.invalid/"  # stands for our static files; no host has this name
# paper.css says the little of it that counts, in half the time
WITHOUT = ("bootstrap/", "css/ground.css")

LOWER = 5  # nice: a quarter of a processor that another process wants all of
SECONDS = (
    60  # a long report takes 2 of an idle processor, on a busy machine ten times that
)
MEMORY = 1024 * 1024 * 1024  # bytes of addresses; a long report takes a third of it
NO_WEASYPRINT = 3  # the exit status where WeasyPrint or Pango is missing


def main():
    stay_within_bounds()
    logging.basicConfig(level=logging.ERROR)  # not what a style sheet says to screens
    try:
        weasyprint = importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        sys.stderr.write(str(error))
        sys.exit(NO_WEASYPRINT)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    asked = json.load(sys.stdin)
    settings.configure(
        STATICFILES_DIRS=asked["static"],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
    )
    sys.stdout.buffer.write(pdf_of_page(weasyprint, asked["html"], asked["address"]))


def stay_within_bounds():
    """Lets others go first, and ends itself when it takes too long or too much."""
    os.nice(LOWER)
    signal.alarm(SECONDS)
    if sys.platform == "linux":  # macOS refuses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def pdf_of_page(weasyprint, html, address):
    """The page as a tagged PDF (PDF/UA-1) with its title, language and page numbers.

    Its links start from `address`. Loads our own static files and nothing else, whatever
    the page asks for.
    """

    def load(url):
        return weasyprint.urls.URLFetcherResponse(url, static_file(url))

    fonts = weasyprint.text.fonts.FontConfiguration()
    styles = [
        weasyprint.CSS(url=f"{OURS}{name}", url_fetcher=load, font_config=fonts)
        for name in STYLES
    ]
    page = weasyprint.HTML(
        string=with_colours(html), base_url=address, url_fetcher=load
    )
    return page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")


def with_colours(html):
    """The page with its colours in each drawing: WeasyPrint applies no sheet to them."""
    tokens, marks = (static_file(f"{OURS}{name}").decode() for name in (TOKENS, MARKS))
    light = dict(re.findall(r"(--color-[\w-]+): light-dark\((#\w+),", tokens))
    marks = re.sub(r"var\((--color-[\w-]+)\)", lambda name: light[name[1]], marks)
    return re.sub(r"<svg\b[^>]*>", lambda svg: f"{svg[0]}<style>{marks}</style>", html)


def static_file(url):
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


if __name__ == "__main__":
    main()
