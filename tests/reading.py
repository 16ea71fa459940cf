"""Read a page as facts: the texts of its elements, its links, its fields."""

from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "img", "hr"}
RUNS_ON = {"a", "code", "em", "span", "strong"}  # a word may go on after these


class _Reader(HTMLParser):
    """Every element as [tag, attributes, the text in it]."""

    def __init__(self):
        super().__init__()
        self.elements = []
        self.open = []

    def handle_starttag(self, tag, attributes):
        element = [tag, dict(attributes), ""]
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.elements.append([tag, dict(attributes), ""])

    def handle_endtag(self, tag):
        if tag not in RUNS_ON:
            self.handle_data(" ")
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element[2] += data


def elements(response, tag, css_class=None):
    """[(attributes, text)] of all elements of a tag, in the page's order."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return [
        (attributes, " ".join(text.split()))
        for name, attributes, text in reader.elements
        if name == tag
        and (not css_class or css_class in (attributes.get("class") or "").split())
    ]


def texts(response, tag, css_class=None):
    return [text for _, text in elements(response, tag, css_class)]


def links(response):
    """{text: address} of all links; the last one of a text wins."""
    return {text: attributes["href"] for attributes, text in elements(response, "a")}


def section(response, key):
    """The text of the section with this id."""
    found = [t for a, t in elements(response, "section") if a.get("id") == key]
    return found[0] if found else None


def description(response):
    metas = [attributes for attributes, _ in elements(response, "meta")]
    return next(m["content"] for m in metas if m.get("name") == "description")
