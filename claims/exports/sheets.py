"""The record's tables: XLSX with a sheet for each, CSV with a file for each. No cell is ever run as a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime

import xlsxwriter
from django.utils.text import slugify

from claims.pipeline.output import inert
from claims.review.record import Record

from .tables import Cell, Table, make_tables
from .xml import legal

#: What a cell of an XLSX file may hold, after Microsoft's "Excel specifications and limits".
MOST_CHARACTERS = 32_767
CUT = " … (cut: the JSON file holds all of it)"
WIDE = {"sentence_a", "sentence_b", "differences", "reason", "note", "notes", "what", "is", "found_sentence"}


def as_csv(record: Record, made_at: datetime) -> bytes:
    """A zip of one CSV file a table: "items.csv", "audit-trail.csv". The same record makes the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in make_tables(record, made_at):
            entry = zipfile.ZipInfo(f"{slugify(table.name)}.csv", made_at.timetuple()[:6])
            archive.writestr(entry, csv_of(table), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def csv_of(table: Table) -> bytes:
    """In UTF-8 with the mark by which Excel knows it."""
    told = io.StringIO()
    writer = csv.writer(told)
    for row in (table.heads, *table.rows):
        writer.writerow(map(plain, row))
    return told.getvalue().encode("utf-8-sig", errors="replace")


def as_xlsx(record: Record, made_at: datetime) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {
                "title": legal(record.title)[:255],
                "author": legal(record.newsroom)[:255],
                "created": made_at.replace(tzinfo=None),
            }
        )
        head, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for table in make_tables(record, made_at):
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.heads):
                sheet.set_column(column, column, 60 if name in WIDE else 18, wrapped)
            for number, row in enumerate([table.heads, *table.rows]):
                for column, cell in enumerate(row):
                    _write(sheet, (number, column), cell, head if number == 0 else None)
    return file.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], cell: Cell, style: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(*place, within(plain(legal(cell))), style)
    elif cell is not None:
        sheet.write(*place, cell, style)


def plain(cell: Cell) -> str:
    """A cell as text that no spreadsheet runs. Numbers are numbers: one below zero is no formula."""
    if isinstance(cell, str):
        return inert(cell)
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def within(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT
