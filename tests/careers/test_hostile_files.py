"""Odd and harmful files: none changes anything, none takes long, each is told its cure."""

import datetime
import io
import time
import tracemalloc
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from careers.admin.upload import UploadForm, read
from careers.files import MAX_BYTES, parse_framework, text_of
from careers.problems import errors
from careers.sheets import parse_tables, table_of_matrix, table_of_skills
from careers.tables import Table
from tests.careers.test_publishing import rows
from tests.careers.test_sheets import EMPTY, MATRIX, SKILLS, workbook
from tests.factories import make_framework, small_spec

pytestmark = pytest.mark.django_db

SKILL_ROWS = [line.split(";") for line in SKILLS.splitlines()]
MATRIX_ROWS = [line.split(";") for line in MATRIX.splitlines()]
YAML = text_of(small_spec(key="other"))
BOOK = workbook(Skills=SKILL_ROWS, Matrix=MATRIX_ROWS)


def changed(edit):
    """The bytes of the good workbook after something was done to it."""
    book = Workbook()
    book.active.title = "Skills"
    for row in SKILL_ROWS:
        book.active.append(row)
    matrix = book.create_sheet("Matrix")
    for row in MATRIX_ROWS:
        matrix.append(row)
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_value(cell, value, sheet="Matrix"):
    return changed(lambda book: book[sheet].__setitem__(cell, value))


def repacked(edit=lambda name, content: content, more=()):
    """The good workbook with other parts: `edit` gives the new content, None for none."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(BOOK)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = edit(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in more:
            new.writestr(name, content)
    return file.getvalue()


def with_sheet(xml):
    """The good workbook with other XML between the tags of its matrix."""
    head, tail = b"<sheetData>", b"</sheetData>"

    def edit(name, content):
        if name != "xl/worksheets/sheet2.xml":
            return content
        before, after = content.split(head)[0], content.split(tail)[1]
        return before + head + xml + tail + after

    return repacked(edit)


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def marked_as_encrypted(content):
    """The archive with the sign of a password at each of its parts."""
    marked = bytearray(content)
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := marked.find(signature, at + 1)) >= 0:
            marked[at + place] |= 1
    return bytes(marked)


def hide_columns(book):
    """Of which B holds something in row 2 and C in row 3, which is hidden itself."""
    book["Matrix"].column_dimensions["B"].hidden = True
    book["Matrix"].row_dimensions[3].hidden = True


def hide_what_is_empty(book):
    """What a spreadsheet does to all that lies beyond a table."""
    sheet = book["Matrix"]
    for letter in ("Z", "AA"):
        sheet.column_dimensions[letter].hidden = True
    sheet.row_dimensions[90].hidden = True
    sheet["DA1"].font = Font(bold=True)
    sheet["A90"].font = Font(bold=True)


def hide(title):
    return changed(lambda book: setattr(book[title], "sheet_state", "hidden"))


MOST_MEMORY = 100 * 1024 * 1024  # bytes
MANY_CELLS = b'<row r="2">' + b"<c><v>1</v></c>" * 120_000 + b"</row>"
MANY_ROWS = "\n".join(f"s{n};1;2" for n in range(2_000))
XML = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"

HOSTILE = {  # what it is: (name, content, part of what is said)
    # No text and no table
    "nothing": ("a.yaml", b"", "The submitted file is empty."),
    "spaces": ("a.yaml", b"  \n\n ", "The file is empty. Fill it or remove it."),
    "noise": ("a.yaml", bytes(range(256)), "This is no text. Save the file as text"),
    "picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), "This is no text."),
    "PDF": ("a.pdf", b"%PDF-1.7 ...", "This is a PDF. Choose the table"),
    "web page": ("a.xls", b"<html><table><tr><td>key", "save it as .xlsx"),
    "XML": ("a.csv", XML, "save it as .xlsx"),
    "too large": ("a.csv", b"a" * (MAX_BYTES + 1), "larger than 2 MB. Split it or"),
    "half of UTF-16": ("a.csv", b"\xff\xfek\x00e", "Save the file as text"),
    "UTF-32": ("a.csv", "key;name".encode("utf-32"), "Save the file as text"),
    "NUL in text": ("a.csv", b"key;name\n" + b"a" * 1000 + b"\0", "This is no text."),
    # YAML
    "aliases": (
        "a.yaml",
        b"a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]",
        "Write the text out, or put it in quotes.",
    ),
    "tag": ("a.yaml", b"key: !!python/object:os.system x", "Put the text in quotes."),
    "deep": ("a.yaml", b"[" * 5_000, "Check the indents and the brackets."),
    "unclosed": ("a.yaml", b"key: 'a", "This is not YAML"),
    "many values": ("a.yaml", b"- 1\n" * 40_000, "Split the file."),
    "many skills": (
        "a.yaml",
        b"skills:\n" + b"- key: a\n" * 14_000,
        "Mend these first",
    ),
    "no sections": ("a.txt", b"Dear all, here is", "The first row names the columns"),
    "list": ("a.yaml", b"- key: a", "Begin with one, such as 'sources:'."),
    "points in YAML": (
        "a.yaml",
        YAML.replace(
            "  order: 1\n  title: Junior", "  points: 9\n  title: Junior", 1
        ).encode(),
        "Write what each rung requires of each skill",
    ),
    # CSV
    "only a head": ("a.csv", b"key;name;group;1 A;2 B", "Choose the matrix"),
    "unclosed quote": ("a.csv", b'key;Baker\n"dough;1', "Close each quote"),
    "long cell": ("a.csv", b"key;Baker\n" + b"x" * 200_000 + b";1", "cannot be read"),
    "many rows": (
        "a.csv",
        b"key;A;B\n" + MANY_ROWS.encode(),
        "A1001: The table has more than 1,000 rows. Keep one for each skill.",
    ),
    "many columns": (
        "a.csv",
        ("key" + "".join(f";r{n}" for n in range(150)) + "\na").encode(),
        "CW1: There are more than 100 columns. Empty this cell, and keep those",
    ),
    "duplicate heads": ("a.csv", b"key;A;a\ndough;1;1", "Keep one."),
    "nameless column": ("a.csv", b"key;A;\ndough;1;1", "Name it, or empty it."),
    "duplicate rows": ("a.csv", b"key;A\ndough;1\ndough;2", "Keep one of them."),
    "formula in a matrix": ("a.csv", b"key;A\ndough;=1+1", "such as '3 M 5'"),
    "date in a matrix": ("a.csv", b"key;A\ndough;03.05.2026", "such as '3 M 5'"),
    "huge number": ("a.csv", b"key;A\ndough;" + b"9" * 5_000, "such as '3 M 5'"),
    "matrix of nothing": ("a.csv", MATRIX.encode(), "Correct it, or add the skill."),
    "skills alone": ("a.csv", SKILLS.encode(), "Choose the matrix with it"),
    # Workbooks
    "old workbook": ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "Save it as .xlsx"),
    "password": ("a.xlsx", marked_as_encrypted(BOOK), "Save it without one."),
    "macros": (
        "a.xlsx",
        repacked(more=[("xl/vbaProject.bin", b"x")]),
        "Save it as .xlsx, which has none.",
    ),
    "half a workbook": ("a.xlsx", BOOK[: len(BOOK) // 2], "save it anew as .xlsx"),
    "damaged part": (
        "a.xlsx",
        repacked(lambda name, content: content[:200] if "sheet2" in name else content),
        "save it anew as .xlsx",
    ),
    "no content types": (
        "a.xlsx",
        repacked(lambda name, content: None if "Content" in name else content),
        "save it anew as .xlsx",
    ),
    "entities": (
        "a.xlsx",
        repacked(lambda name, content: XML if "theme" in name else content),
        "into a new one",
    ),
    "zip bomb": (
        "a.xlsx",
        repacked(more=[("xl/media/a.xml", b"0" * 60_000_000)]),
        "unpacks to more than 2 MB",
    ),
    "many parts": (
        "a.xlsx",
        repacked(more=[(f"xl/media/{n}.xml", b"") for n in range(400)]),
        "more than 300 parts",
    ),
    "archive": (
        "a.xlsx",
        archive(a="x"),
        "Choose the .yaml, .csv or .xlsx file in it.",
    ),
    "other format": ("a.ods", archive(mimetype="x", content="x"), "Save it as .xlsx."),
    "binary workbook": ("a.xlsb", archive(**{"xl__workbook.bin": "x"}), "Save it as"),
    "other sheets": (
        "a.xlsx",
        workbook(Tabelle1=MATRIX_ROWS, Tabelle2=SKILL_ROWS),
        "one of these names",
    ),
    "empty sheet": ("a.xlsx", workbook(Skills=[]), "Begin it with a row that names"),
    "hidden sheet": ("a.xlsx", hide("Matrix"), "Show it, so that you see"),
    "hidden row": (
        "a.xlsx",
        changed(lambda book: setattr(book["Skills"].row_dimensions[3], "hidden", True)),
        "Skills!A3: The sheet 'Skills' hides what it holds: row 3. Show it, by taking a "
        "filter off as well, so that you see what comes in, or remove it.",
    ),
    "hidden columns": (
        "a.xlsx",
        changed(hide_columns),
        "what it holds: column B, row 3.",
    ),
    "far to the right": (
        "a.xlsx",
        with_value("XFD2", 1),
        "Matrix!XFD2: There are more than 100 columns. Empty this cell",
    ),
    "merged cells": (
        "a.xlsx",
        changed(lambda book: book["Matrix"].merge_cells("B2:C2")),
        "Matrix!B2:C2: These cells are merged. Split them",
    ),
    "formula": ("a.xlsx", with_value("B2", "=1+1"), "Matrix!B2: This is a formula."),
    "link": (
        "a.xlsx",
        with_value("B2", '=HYPERLINK("http://example.org","1")', "Skills"),
        "Skills!B2: This is a formula. Copy the cells, and paste them as values.",
    ),
    "array formula": (
        "a.xlsx",
        with_value("B2", ArrayFormula("B2:B3", "=C2:C3")),
        "paste them as values",
    ),
    "error": ("a.xlsx", with_value("B2", "#REF!"), "Mend it or empty it."),
    "date": (
        "a.xlsx",
        with_value("B2", datetime.date(2026, 5, 3)),
        "Give the cells the format Text",
    ),
    "true": ("a.xlsx", with_value("B2", True), "such as '3 M 5'"),
    "two and a half": ("a.xlsx", with_value("B2", 2.5), "such as '3 M 5'"),
    "row far below": (
        "a.xlsx",
        with_sheet(b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>'),
        "A999999999: No spreadsheet has so many rows. Empty this cell.",
    ),
    "very many cells": ("a.xlsx", with_sheet(MANY_CELLS), "more than 100 columns"),
    "text far too long": (
        "a.xlsx",
        with_value("B2", "x" * 30_000, "Skills"),
        "Use at most 60",
    ),
}


def test_there_are_at_least_fifty():
    assert len(HOSTILE) >= 50


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_file_is_refused_in_time_with_its_cure(what):
    name, content, cure = HOSTILE[what]
    form = UploadForm(
        {"title": "Bakery"}, {"file": [SimpleUploadedFile(name, content)]}
    )

    start = time.process_time()
    said = " ".join(form.errors["file"])
    seconds = time.process_time() - start

    assert cure in said
    assert seconds <= 5


def test_all_that_keeps_a_workbook_from_being_read_is_told_at_once():
    def draw(book):
        skills, matrix = book["Skills"], book["Matrix"]
        for row in range(2, 14):
            skills[f"E{row}"] = "=D2"
        skills["D3"] = datetime.date(2026, 5, 3)
        matrix.merge_cells("A1:B1")
        matrix.merge_cells("B2:B3")
        matrix.column_dimensions["A"].hidden = True

    uploads = [
        SimpleUploadedFile("a.xlsx", changed(draw)),
        SimpleUploadedFile("b.pdf", b"%PDF-1.7"),
    ]

    form = UploadForm({"title": "Bakery"}, {"file": uploads})

    formulas = ", ".join(f"Skills!E{row}" for row in range(2, 12))
    said = [  # openpyxl writes merged cells in any order
        each.replace("Matrix!B2:B3, Matrix!A1:B1", "Matrix!A1:B1, Matrix!B2:B3")
        for each in form.errors["file"]
    ]
    assert said == [
        f"a.xlsx: {formulas} and 2 more: This is a formula. Copy the cells, and paste "
        "them as values.",
        "a.xlsx: Skills!D3: The spreadsheet made a date of this. Give the cells the "
        "format Text and type it anew.",
        "a.xlsx: Matrix!A1:B1, Matrix!B2:B3: These cells are merged. Split them, so that "
        "each holds its own value.",
        "a.xlsx: Matrix!A1: The sheet 'Matrix' hides what it holds: column A. Show it, "
        "by taking a filter off as well, so that you see what comes in, or remove it.",
        "b.pdf: This is a PDF. Choose the table that it was made from.",
    ]


@pytest.mark.slow
def test_no_hostile_file_takes_much_memory():
    most = {}
    for what, (name, content, _cure) in HOSTILE.items():
        upload = SimpleUploadedFile(name, content)
        tracemalloc.start()
        assert not UploadForm({"title": "Bakery"}, {"file": [upload]}).is_valid()
        most[what] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert {what for what, size in most.items() if size > MOST_MEMORY} == set()


@pytest.mark.parametrize("what", ["nothing", "aliases", "only a head", "zip bomb"])
def test_refused_file_changes_nothing_and_its_cure_stands_on_the_page(
    editor_client, what
):
    make_framework()
    before = rows()
    name, content, cure = HOSTILE[what]
    sent = {"file": SimpleUploadedFile(name, content), "title": "Bakery"}

    answer = editor_client.post(reverse("admin:careers_framework_import"), sent)

    assert cure in unescape(answer.content.decode())
    assert rows() == before


def harmless(content):
    """Whether bytes are read, or refused with a sentence; anything else is a fault."""
    texts, tables = {}, []
    try:
        read(content, "a", texts, tables)
    except ValueError as refused:
        return bool(str(refused))
    return all(parse_tables(EMPTY, [table]) for table in tables)


@settings(max_examples=100, deadline=None)
@given(
    at=st.integers(0, len(BOOK) - 1), more=st.binary(max_size=9), cut=st.integers(0, 99)
)
def test_any_change_of_a_workbook_is_read_or_refused(at, more, cut):
    assert harmless(BOOK[:at] + more + BOOK[at + cut :])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text().map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_read_or_refused(content):
    assert harmless(content)


cells = st.sampled_from(
    ["", "key", "name", "group", "1 A", "2", "0 B", "3 M 5", "dough"]
)
table_rows = st.lists(st.lists(cells | st.text(), max_size=6), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(table_rows)
@example([["", "group", "key", "name"], ["", "\x1f"]])
@example([["", "group", "key", "name"], ["", "", "a", "A"]])
def test_any_table_is_read_to_problems_or_to_a_sound_framework(table):
    base = small_spec()
    found = [(number, cells) for number, cells in enumerate(table, 1) if any(cells)]
    if not found:
        return

    spec, problems = parse_tables(base, [Table("a", "", found)])

    assert errors(problems) or parse_framework({"a": text_of(spec)}).spec == spec


ODD = {  # what looks wrong and is not: (name, content)
    "wrong ending": ("a.pdf", BOOK),
    "no ending": ("a", BOOK),
    "rows between": (
        "a.xlsx",
        workbook(
            Skills=[[], SKILL_ROWS[0], [], *SKILL_ROWS[1:], []],
            Matrix=[[], *MATRIX_ROWS],
        ),
    ),
    "styled rows": (
        "a.xlsx",
        changed(lambda book: book["Matrix"].row_dimensions.__getitem__(5000)),
    ),
    "other sheets beside": ("a.xlsx", changed(lambda book: book.create_sheet("Notes"))),
    "hidden and empty": ("a.xlsx", changed(hide_what_is_empty)),
    "hidden notes": (
        "a.xlsx",
        changed(lambda book: setattr(book.create_sheet("N"), "sheet_state", "hidden")),
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_odd_file_is_read_all_the_same(editor_client, what):
    name, content = ODD[what]
    sent = {"file": SimpleUploadedFile(name, content), "title": "Bakery"}

    answer = editor_client.post(reverse("admin:careers_framework_import"), sent)

    spec = answer.context["plan"].spec
    assert table_of_matrix(spec) == MATRIX_ROWS
    assert table_of_skills(spec) == SKILL_ROWS
