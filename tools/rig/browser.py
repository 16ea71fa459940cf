"""As much of a browser as the rating pages need: cookies, forms, redirects."""

import http.client
import http.cookies
import re
import time
import urllib.parse
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

TIMEOUT = 30  # seconds
REDIRECTS = 3


@dataclass(frozen=True)
class Sample:
    """One request: "page", "save" or "pdf", the status (0: no answer), when, and how long."""

    kind: str
    status: int
    begun: float
    seconds: float


class Away(Exception):
    """The server gave no whole answer."""


class Browser:
    """One visitor's cookies and connection. Keeps a sample of every request."""

    def __init__(self, port, tls=None):
        there = {"host": "127.0.0.1", "port": port, "timeout": TIMEOUT}
        self.connection = (
            http.client.HTTPSConnection(**there, context=tls)
            if tls
            else http.client.HTTPConnection(**there)
        )
        self.origin = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        self.cookies = {}
        self.samples = []

    def open(self, path, fields=None):
        """GET, or POST of a form's fields; follows redirects. (status, path, text)."""
        status, location, text = self._ask("page", path, fields)
        for _ in range(REDIRECTS):
            if status != 302:
                break
            path = urllib.parse.urlsplit(location).path
            status, location, text = self._ask("page", path, None)
        return status, path, text

    def save(self, path, fields):
        """POST as htmx does at a change. (status, text)."""
        status, _, text = self._ask("save", path, fields, {"HX-Request": "true"})
        return status, text

    def fetch(self, path):
        """GET of a PDF. (status, text), of which the beginning alone is text."""
        status, _, text = self._ask("pdf", path, None)
        return status, text

    def close(self):
        self.connection.close()

    def _ask(self, kind, path, fields, headers=()):
        headers = dict(headers, Origin=self.origin, Cookie=self._cookie_header())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun, status = time.perf_counter(), 0
        try:
            self.connection.request("POST" if body else "GET", path, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode(errors="replace")
            status = response.status
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise Away(f"{path}: {error!r}") from error
        finally:
            seconds = time.perf_counter() - begun
            self.samples.append(Sample(kind, status, begun, seconds))
        self._take_cookies(response)
        return status, response.headers.get("Location", ""), text

    def _cookie_header(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _take_cookies(self, response):
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in http.cookies.SimpleCookie(header).items():
                self.cookies[name] = morsel.value


# Forms
# ------------------------------------------------------------------------------------


class Form:
    """A form of a page: what it sends, what its radios offer, where its cards save."""

    def __init__(self, action):
        self.action = action
        self.fields = {}
        self.choices = {}
        self.saves = []


class _Forms(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.page = page
        self.forms = []
        self.inside = False
        self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = True
            self.forms.append(Form(attrs.get("action") or self.page))
        if not self.inside:
            return
        form = self.forms[-1]
        if "hx-post" in attrs:
            form.saves.append(attrs["hx-post"])
        if tag == "input" and "name" in attrs:
            self._input(form, attrs)
        if tag == "select" and "name" in attrs:
            form.fields[attrs["name"]] = ""
        if tag == "textarea":
            self.textarea = attrs["name"]
            form.fields[self.textarea] = ""

    def _input(self, form, attrs):
        name, value = attrs["name"], attrs.get("value") or ""
        if attrs.get("type") == "radio":
            form.choices.setdefault(name, []).append(value)
        if attrs.get("type") not in ("radio", "checkbox") or "checked" in attrs:
            form.fields[name] = value

    def handle_data(self, data):
        if self.textarea:
            self.forms[-1].fields[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.textarea = None
        if tag == "form":
            self.inside = False


def forms_of(text, page):
    """All forms of a page; what names no address is sent to that of the page."""
    parser = _Forms(page)
    parser.feed(text)
    return parser.forms


def form_of(text, action, page=""):
    """The form of `forms_of` whose address contains `action`, or None."""
    return next((form for form in forms_of(text, page) if action in form.action), None)


def targets_of(text):
    """The addresses of the start page, one for each target it offers."""
    return [
        unescape(each)
        for each in re.findall(r'href="(/assess/\?[^"]*target=[^"]*)"', text)
    ]
