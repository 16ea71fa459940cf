"""A page as a document (DOCX), by python-docx: headings, paragraphs, lists and tables.

Read from the page itself, so that each sentence stands once, in its template.
"""

import io

from docx import Document
from lxml import html

from careers.rules import CONTROL

BREAK = "\ue000"  # stands for <br> while white space is joined
LEFT_OUT = ("visually-hidden", "section--screen", "skip-link")
STYLES = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "li": "List Bullet"}
ROOM = "\n" * 3  # to write into, where the page has lines


def docx_of_page(page: str) -> bytes:
    """What stands in the `main` of a page."""
    root = html.fromstring(CONTROL.sub("", page))  # no document holds such signs
    document = Document()
    document.core_properties.title = root.findtext(".//title").strip()
    document.core_properties.author = ""
    document.core_properties.language = root.get("lang", "")
    _add(document, root.find(".//main"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document, element):
    for child in element:
        classes = (child.get("class") or "").split()
        if not isinstance(child.tag, str) or set(LEFT_OUT) & set(classes):
            continue
        if child.tag == "table":
            _add_table(document, child)
        elif child.tag in (*STYLES, "p"):
            document.add_paragraph(_words(child), style=STYLES.get(child.tag))
        elif "note-lines" in classes:
            document.add_paragraph(ROOM)
        else:
            _add(document, child)


def _add_table(document, element):
    rows = element.findall(".//tr")
    table = document.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, found in zip(row.cells, cells, strict=True):
            cell.text = _words(found)
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.bold = found.getparent().getparent().tag == "thead"


def _words(element) -> str:
    """The text with its line breaks; a box to tick is one, a paragraph a line."""
    for each in element.iter("br", "p"):
        if each is not element:
            each.text = BREAK + (each.text or "")
    for each in element.iter("span"):
        if "tick-box" in (each.get("class") or ""):
            each.text = "☐ "
    said = " ".join(element.text_content().split())
    return "\n".join(line.strip() for line in said.split(BREAK) if line.strip())
