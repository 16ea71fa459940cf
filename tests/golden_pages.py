"""An answer as lines that are the same in every run: its words and its structure.

Colours, classes, drawings and static files are left out; what is drawn by chance is
written as UID, TOKEN or HASH.
"""

import difflib
import re
from html.parser import HTMLParser

ATTRIBUTES = {  # of an element, what is said beside its name
    "a": ("href", "rel"),
    "button": ("type", "name", "value"),
    "form": ("method", "action"),
    "html": ("lang", "dir"),
    "img": ("alt",),
    "input": ("type", "name", "value", "checked", "disabled", "required"),
    "label": ("for",),
    "meta": ("name", "content"),
    "option": ("value", "selected"),
    "select": ("name",),
    "textarea": ("name",),
    "th": ("scope",),
}
OF_ALL = ("id", "lang", "role", "aria-label", "aria-current", "title", "hidden", "open")
WITHOUT_NAME = {"b", "br", "code", "div", "em", "span", "strong"}  # only their words
LEFT_OUT = {"link", "script", "path", "circle", "rect", "line", "g", "polyline", "use"}
BY_CHANCE = (
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "UID"),
    (re.compile(r"(?<=/shared/)[\w-]{43}"), "TOKEN"),
    (re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b"), "HASH"),
    # The admin names rows by their numbers.
    (re.compile(r"(?<=/)\d+(?=/)"), "PK"),
    (re.compile(r"(?<=framework=)\d+"), "PK"),
    (re.compile(r'(?<=<option> value=")\d+'), "PK"),
    (
        re.compile(
            r'(name="(?:\w+-\w+-(?:id|skill|needs|career_level)|_selected_action)" value=")\d+'
        ),
        r"\1PK",
    ),
    (re.compile(r"\b\d+-\d+(?=:\d\.\d\.\d)"), "PK-PK"),  # a cell of the matrix
    (
        re.compile(r'(?<=[ "#])([ilrs])\d+(-\d+)?(?=")'),
        r"\1PK",
    ),  # its head, its place and its fields
)


class _Lines(HTMLParser):
    """The elements and the words of a page, one a line, without white space between."""

    def __init__(self):
        super().__init__()
        self.lines, self.words = [], ""

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        shown = (*ATTRIBUTES.get(tag, ()), *OF_ALL)
        said = [
            name if attributes[name] is None else f'{name}="{attributes[name]}"'
            for name in dict.fromkeys(shown)
            if name in attributes
        ]
        if attributes.get("name") == "csrfmiddlewaretoken" or tag in LEFT_OUT:
            return
        if said or tag not in WITHOUT_NAME:
            self.flush()
            self.lines.append(" ".join([f"<{tag}>", *said]))

    def handle_endtag(self, tag):
        if tag not in WITHOUT_NAME or tag == "div":
            self.flush()

    def handle_data(self, data):
        self.words += data

    def flush(self):
        if words := " ".join(self.words.split()):
            self.lines.append(words)
        self.words = ""


def lines_of(response, *, with_frame):
    """A response as lines: status, kind, where it leads; then what stands in it.

    Of a page without its frame, only the title, the description and `main` are told.
    """
    kind = response.headers.get("Content-Type", "")
    first = f"{response.status_code} {kind} {response.headers.get('Location', '')}"
    lines = [first.strip()]
    if response.status_code == 200 and kind.startswith("text/html"):
        page = _Lines()
        page.feed(response.content.decode())
        page.flush()
        lines += page.lines if with_frame else _without_frame(page.lines)
    elif response.status_code == 200:
        lines += response.content.decode().splitlines()
    return [_without_chance(line) for line in lines]


def _without_frame(lines):
    start = next(n for n, line in enumerate(lines) if line.startswith("<main>"))
    footers = (n for n, line in enumerate(lines) if line == "<footer>" and n > start)
    title = lines.index("<title>") + 1
    told = [line for line in lines if line.startswith('<meta> name="description"')]
    return [lines[title], *told, *lines[start : next(footers, None)]]


def _without_chance(line):
    for pattern, word in BY_CHANCE:
        line = pattern.sub(word, line)
    return line


def written(lines_of_each):
    """{visitor: lines} as one text: the longest in full, the others by what differs."""
    longest = max(lines_of_each, key=lambda who: len(lines_of_each[who]))
    full = lines_of_each[longest]
    text = [f"== {longest}", *full]
    for who, lines in lines_of_each.items():
        if who == longest:
            continue
        if 2 * len(lines) < len(full):
            text += [f"== {who}", *lines]
            continue
        text.append(f"== {who}, where it differs from {longest}")
        changes = difflib.unified_diff(full, lines, n=0, lineterm="")
        text += [each for each in changes if not each.startswith(("---", "+++", "@@"))]
    return "\n".join(text) + "\n"
