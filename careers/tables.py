"""Tables from and to the files of spreadsheets, CSV and workbooks. Pure.

What a file could do to whoever reads it is refused here; what a table says of a ladder,
`careers.sheets` knows.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.xml.functions import iterparse

from careers.fields import plain_name
from careers.problems import first_few, quoted
from careers.rules import CONTROL

SKILLS, MATRIX = "Skills", "Matrix"

MOST_ROWS = 1_000
MOST_COLUMNS = 100
MOST_PARTS = 300  # files within a workbook
MOST_UNPACKED = 2 * 1024 * 1024  # bytes; a thousand statements take a tenth of it
LAST_ROW = 1_048_576  # of any spreadsheet
MOST_NAMED = 10  # places of one kind

CSV = "text/csv; charset=utf-8"  # types of content
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for something else

# What a spreadsheet may run instead of showing it: also behind spaces and quotes, which
# some drop, and as the wide signs of East Asian keyboards.
FORMULA = re.compile(
    r"""[\s"'\u2018-\u201f]*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n]"""
)

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{1,20})"')
_TABLE = re.compile(r"[^\s#\-{\[%&*!|>@`:;,\t][^:;,\t]*[;,\t]|[;,\t]")


class NotRead(ValueError):
    """A file that cannot be read at all; `sentences` say why, each with its cure."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class Table(NamedTuple):
    """One table: `rows` are (number, cells), the first one names the columns."""

    file: str
    sheet: str  # empty for a CSV
    rows: list[tuple[int, list[str]]]

    def cell(self, row: int, column: int) -> str:
        """What a spreadsheet calls a cell, `column` from 0: "Matrix!B3"."""
        name = f"{get_column_letter(column + 1)}{row}"
        return f"{self.sheet}!{name}" if self.sheet else name

    @property
    def header(self) -> list[str]:
        return self.rows[0][1]


# Text to tables
# --------------------------------------------------------------------------------------


def is_table(text: str) -> bool:
    """Whether a text is a CSV and no YAML: columns are parted before there is a colon."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    is_single = plain_name(first).strip('"') == "key"
    return is_single or bool(_TABLE.match(first.lstrip('"'))) or _parted_by(first) != ""


def _parted_by(line: str) -> str:
    """The sign of a first line such as "sep=;", which Excel writes; empty otherwise."""
    return line[4] if re.fullmatch(r"sep=[;,\t]\s*", line) else ""


def table_of_text(text: str, file: str) -> Table:
    """The table of a CSV. Raises NotRead."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    delimiter = _parted_by(lines[first])
    if delimiter:
        lines[first] = ""
    header = next((line for line in lines if line.strip()), "")
    delimiter = delimiter or max(";,\t", key=header.count)
    reader = csv.reader(
        (f"{line}\n" for line in lines), delimiter=delimiter, strict=True
    )
    rows, begun = [], 1
    try:
        for cells in reader:
            rows.append((begun, [_text_from_csv(cell) for cell in cells]))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise NotRead(
            f"The row that begins in line {begun} cannot be read: {error}. Close each "
            'quote, and write a quote within a text twice, as "".'
        ) from None
    return _within_limits(Table(file, "", _filled(rows)))


def _text_from_csv(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    text = cell[1:].strip()
    return text if as_text(text) == cell and text != cell else cell.strip()


def _filled(rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    return [(number, cells) for number, cells in rows if any(cells)]


def _within_limits(table: Table) -> Table:
    where = f"The sheet {quoted(table.sheet)}" if table.sheet else "The table"
    if not table.rows:
        raise NotRead(f"{where} is empty. Begin it with a row that names the columns.")
    if len(table.rows) > MOST_ROWS:
        place = table.cell(table.rows[MOST_ROWS][0], 0)
        raise NotRead(
            f"{place}: {where} has more than {MOST_ROWS:,} rows. Keep one for each skill."
        )
    for row, cells in table.rows:
        for column in range(MOST_COLUMNS, len(cells)):
            if cells[column]:
                raise _too_far(table.cell(row, column))
    return table


def _too_far(place: str) -> NotRead:
    return NotRead(
        f"{place}: There are more than {MOST_COLUMNS} columns. Empty this cell, and keep "
        "those that name a point of the scale or a rung."
    )


# Workbook to tables
# --------------------------------------------------------------------------------------


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a workbook. Raises NotRead for what neither table nor text is."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotRead(
            "This is an old Excel file, or one with a password. Save it as .xlsx, "
            "without a password."
        )
    if content.startswith(b"%PDF"):
        raise NotRead("This is a PDF. Choose the table that it was made from.")
    if content[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise NotRead(
            "This is a web page or XML. Open it in a spreadsheet and save it as .xlsx."
        )
    return content.startswith(b"PK")


def tables_of_workbook(content: bytes, file: str) -> list[Table]:
    """The tables of the sheets `Skills` and `Matrix`, or of the only sheet. Raises NotRead."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has and nobody reads
            _check_parts(parts)
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            found = [_table_of_sheet(sheet, parts, file) for sheet in _sheets_of(book)]
    except NotRead:
        raise
    except Exception as error:  # a harmful file fails in any way there is
        raise NotRead(
            "The workbook is damaged. Open it in a spreadsheet and save it anew as .xlsx."
        ) from error
    sentences = [
        f"{first_few(places, MOST_NAMED)}: {sentence}"
        for _, faults in found
        for sentence, places in faults.items()
    ]
    if sentences:
        raise NotRead(*sentences)
    return [_within_limits(table) for table, _ in found]


def _check_parts(parts: zipfile.ZipFile) -> None:
    names = set(parts.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotRead("The workbook holds macros. Save it as .xlsx, which has none.")
    if "xl/workbook.xml" not in names:
        if "mimetype" in names or "xl/workbook.bin" in names:
            raise NotRead("This workbook has another format. Save it as .xlsx.")
        raise NotRead(
            "This is an archive and no workbook. Choose the .yaml, .csv or .xlsx file "
            "in it."
        )
    infos = parts.infolist()
    if len(infos) > MOST_PARTS:
        raise NotRead(
            f"The workbook has more than {MOST_PARTS} parts. Copy the sheets {SKILLS} "
            f"and {MATRIX} into a new one."
        )
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise NotRead(
            f"The workbook unpacks to more than {MOST_UNPACKED // 2**20} MB. Copy the "
            f"sheets {SKILLS} and {MATRIX} into a new one."
        )
    if any(info.flag_bits & 1 for info in infos):
        raise NotRead("The workbook has a password. Save it without one.")
    for info in infos:
        content = parts.read(info).replace(b"\0", b"")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise NotRead(
                "The workbook holds definitions that no spreadsheet writes. Copy the "
                f"sheets {SKILLS} and {MATRIX} into a new one."
            )


def _sheets_of(book: Any) -> list[Any]:
    wanted = {plain_name(SKILLS), plain_name(MATRIX)}
    found = [sheet for sheet in book.worksheets if plain_name(sheet.title) in wanted]
    if not found and len(book.worksheets) == 1:
        found = book.worksheets
    if not found:
        raise NotRead(
            f"No sheet is called {SKILLS} or {MATRIX}. Give the sheet that holds the "
            "table one of these names."
        )
    for sheet in found:
        if sheet.sheet_state != "visible":
            raise NotRead(
                f"The sheet {quoted(sheet.title)} is hidden. Show it, so that you see "
                "what comes in, or remove it."
            )
    return found


Faults = dict[str, list[str]]
"""{what is wrong, with its cure: the places where it is}."""


def _table_of_sheet(
    sheet: Any, parts: zipfile.ZipFile, file: str
) -> tuple[Table, Faults]:
    content = parts.read(sheet._worksheet_path)
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    rows: list[tuple[int, list[str]]] = []
    table = Table(file, sheet.title, rows)
    faults: Faults = {}
    if merged := [found.decode() for found in _MERGED.findall(content)]:
        sentence = (
            "These cells are merged. Split them, so that each holds its own value."
        )
        faults[sentence] = [f"{sheet.title}!{each}" for each in merged]
    if hidden := _hidden_in(content, table):
        named = first_few([*hidden], MOST_NAMED)
        sentence = (
            f"The sheet {quoted(table.sheet)} hides what it holds: {named}. "
            "Show it, by taking a filter off as well, so that you see what comes in, or "
            "remove it."
        )
        faults[sentence] = [next(iter(hidden.values()))]
    before = None
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > LAST_ROW or len(rows) > MOST_ROWS:
            break
        if row is not before:  # rows that are not there are one and the same
            for column, cell in enumerate(row):
                if fault := _fault_of_cell(cell):
                    faults.setdefault(fault, []).append(table.cell(number, column))
            rows += _filled([(number, [_text_of_cell(cell) for cell in row])])
        before = row
    return table, faults


def _hidden_in(content: bytes, table: Table) -> dict[str, str]:
    """{row or column that nobody sees: its first cell that holds something}.

    Raises NotRead where a cell lies so far out that it would not be read.
    """
    unseen_columns: set[int] = set()
    hidden: dict[str, str] = {}
    row = 0
    for _event, element in iterparse(io.BytesIO(content)):
        tag = _tag_of(element)
        if tag == "col" and _is_hidden(element):
            last = min(int(element.get("max")), MOST_COLUMNS)
            unseen_columns.update(range(int(element.get("min")), last + 1))
        elif tag == "row":
            row = int(element.get("r", row + 1))
            for column in _filled_columns(element):
                place = table.cell(row, column - 1)
                if column > MOST_COLUMNS:
                    raise _too_far(place)
                if row > LAST_ROW:
                    raise NotRead(
                        f"{place}: No spreadsheet has so many rows. Empty this cell."
                    )
                if _is_hidden(element):
                    hidden.setdefault(f"row {row}", place)
                elif column in unseen_columns:
                    hidden.setdefault(f"column {get_column_letter(column)}", place)
            element.clear()
    return hidden


def _filled_columns(row: Any) -> Iterator[int]:
    """The columns of a row, from 1, that hold anything."""
    column = 0
    for cell in row:
        name = cell.get("r")
        if name:
            column = column_index_from_string(coordinate_from_string(name)[0])
        else:
            column += 1
        if any(_tag_of(part) in ("v", "f", "is") for part in cell):
            yield column


def _tag_of(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") in ("1", "true")


def _fault_of_cell(cell: Any) -> str:
    """Why a cell is no value to read; empty where it is one."""
    if cell.data_type == "f":
        return "This is a formula. Copy the cells, and paste them as values."
    if cell.data_type == "e":
        return f"This is an error, {cell.value}. Mend it or empty it."
    if cell.data_type == "d":
        return (
            "The spreadsheet made a date of this. Give the cells the format Text and "
            "type it anew."
        )
    return ""


def _text_of_cell(cell: Any) -> str:
    if cell.value is None:
        return ""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Excel writes the first half of a line end of Windows so.
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()


# Tables to files
# --------------------------------------------------------------------------------------


def csv_of(table: Iterable[Sequence[Any]]) -> str:
    """A table as CSV; no text of it can be run by a spreadsheet."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(
        [as_text(cell) if isinstance(cell, str) else cell for cell in row]
        for row in table
    )
    return BYTE_ORDER_MARK + file.getvalue()


def workbook_of(tables: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """Tables, as {title: rows}, as a workbook; every text is a text."""
    book = Workbook()
    book.remove(book.active)
    for title, table in tables.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        for row, cells in enumerate(table, 1):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(row, column)
                if re.fullmatch(r"\d|10", text, re.ASCII):
                    cell.value = int(text)
                else:
                    put_text(cell, text)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = 24
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what might be.

    Source of the signs: OWASP, "CSV Injection".
    """
    return f"'{text}" if FORMULA.match(text) else text


def put_text(cell: Any, text: str) -> None:
    """A text stays one, also when somebody edits the cell: it is no formula, no error."""
    cell.value = CONTROL.sub("", text)
    if text:
        cell.data_type = "s"
    cell.quotePrefix = bool(FORMULA.match(text))
    cell.alignment = Alignment(vertical="top", wrap_text=True)
