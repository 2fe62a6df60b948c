"""CSV and XLSX: they open again, hold every item and vote, and no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from defusedxml import ElementTree

from claims.exports.formats import FORMATS
from claims.exports.sheets import MOST_CHARACTERS, plain, within

from .conftest import FORMULA, NOW, REASON, Room

Export = Callable[[str], bytes]
SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read_csv(file: bytes) -> dict[str, list[list[str]]]:
    """Rows by file of the zip."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        told = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in told.items()}


def items_of(file: bytes) -> list[dict[str, str]]:
    heads, *rows = read_csv(file)["items.csv"]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def read_xlsx(file: bytes) -> dict[str, list[list[Any]]]:
    """Rows by sheet, straight from the file's XML. Fails on a formula."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        strings = ["".join(t.text or "" for t in si.iter(f"{{{SPACE['x']}}}t")) for si in shared.findall("x:si", SPACE)]
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        sheets = {}
        for n, sheet in enumerate(book.findall("x:sheets/x:sheet", SPACE), start=1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{n}.xml"))
            assert root.findall(".//x:f", SPACE) == []
            sheets[sheet.attrib["name"]] = [_cells(row, strings) for row in root.findall(".//x:row", SPACE)]
    return sheets


def _cells(row: Any, strings: list[str]) -> list[Any]:
    found: list[Any] = []
    for cell in row.findall("x:c", SPACE):
        letters = re.sub(r"\d", "", cell.attrib["r"])
        column = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters))) - 1
        value = cell.findtext("x:v", namespaces=SPACE)
        found += [None] * (column - len(found))
        found.append(strings[int(value)] if cell.attrib.get("t") == "s" else value)
    return found


def test_the_csv_has_a_file_for_each_table_of_the_spreadsheet_with_the_same_cells(export: Export):
    files, sheets = read_csv(export("csv")), read_xlsx(export("xlsx"))
    assert [name.lower().replace(" ", "-") + ".csv" for name in sheets] == list(files)
    assert [len(rows) for rows in sheets.values()] == [len(rows) for rows in files.values()]
    assert [rows[0] for rows in sheets.values()] == [rows[0] for rows in files.values()]
    assert files["agreement.csv"][1][0] == sheets["Agreement"][1][0] == "All items"


def test_the_items_of_the_csv_come_with_votes_decisions_and_hashes(sealed: Room, export: Export):
    lines = items_of(export("csv"))
    record = sealed.record
    assert len(lines) == len(record.items)
    line = next(line for line in lines if line["item"] == str(sealed.number))
    assert line["sentence_a"] == "The blaze left 12 passengers in hospital."
    assert line["text_sha256_a"] in {article.text_sha256 for article in record.articles}
    assert line["vote: Bea Lund"] == "same claim, diverges: number"
    assert line[f"vote: {FORMULA}"] == "unsure"
    assert (line["decision"], line["decided_by"]) == ("same claim, diverges: number", "Edda Vik")
    facts = dict(read_csv(export("csv"))["session.csv"])
    assert facts[f"Run {line['run']}: Thresholds"] == "alignment 0.5, candidates 10"
    assert facts["Audit trail ends in"] == record.chain_head


def test_an_item_names_the_run_that_proposed_it(sealed: Room):
    record = sealed.record
    pk, run = next(iter(record.runs.items()))
    later = {**run, "encoder": "later-encoder"}
    followed = replace(record.items[0], comparison=pk + 1)
    runs = {pk: run, pk + 1: later, pk + 2: {**later, "seconds": {"total": 9}}}
    file = FORMATS["csv"].make(replace(record, runs=runs, items=[followed, *record.items[1:]]), NOW)
    assert [line["run"] for line in items_of(file)[:2]] == ["2", "1"]
    facts = dict(read_csv(file)["session.csv"])
    assert (facts["Run 1: Encoder"], facts["Run 2: Encoder"]) == ("test-encoder", "later-encoder")
    assert "Run 3: Encoder" not in facts


def test_no_cell_of_a_spreadsheet_begins_like_a_formula(sealed: Room, export: Export):
    assert items_of(export("csv"))[sealed.number - 1]["reason"] == f"'{REASON}"
    cells = [cell for rows in read_csv(export("csv")).values() for row in rows for cell in row]
    for rows in read_xlsx(export("xlsx")).values():
        cells += [cell for row in rows for cell in row if isinstance(cell, str)]
    assert f"'{FORMULA}" in cells
    dangerous = [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert dangerous == []
    assert [cell for cell in cells if cell.startswith("-") and not re.fullmatch(r"-[\d.]+", cell)] == []


def test_a_number_below_zero_stays_a_number():
    assert plain(-0.03) == "-0.03"
    assert plain("-0.03") == "'-0.03"


def test_the_xlsx_has_a_sheet_for_each_table(sealed: Room, export: Export):
    sheets = read_xlsx(export("xlsx"))
    record = sealed.record
    wanted = ["Session", "Items", "Votes", "Decisions", "Notes", "Agreement", "Texts", "Audit trail"]
    assert list(sheets) == wanted
    assert len(sheets["Items"]) == 1 + len(record.items)
    assert len(sheets["Votes"]) == 1 + sum(len(item.votes) for item in record.items)
    assert [row[1] for row in sheets["Decisions"]] == ["by", "Edda Vik"]
    assert {row[-1] for row in sheets["Texts"][1:]} == {article.text_sha256 for article in record.articles}
    assert sheets["Audit trail"][-1][-1] == record.chain_head
    facts = {row[0]: row[1] for row in sheets["Session"]}
    assert facts["Audit trail ends in"] == record.chain_head
    assert (facts["Run 1: Encoder"], facts["Run 1: Encoder, SHA-256"]) == ("test-encoder", "0" * 64)
    assert sheets["Agreement"][1][:1] + sheets["Agreement"][1][3:4] == ["All items", str(len(record.items))]


def test_a_cell_longer_than_a_spreadsheet_takes_is_cut_and_says_so():
    assert within("a" * MOST_CHARACTERS) == "a" * MOST_CHARACTERS
    cut = within("a" * (MOST_CHARACTERS + 1))
    assert len(cut) == MOST_CHARACTERS
    assert cut.endswith("(cut: the JSON file holds all of it)")


def test_votes_that_no_longer_count_are_there_and_marked(sealed: Room, export: Export):
    heads, *rows = read_xlsx(export("xlsx"))["Votes"]
    carls = [dict(zip(heads, row, strict=False)) for row in rows if row[:2] == [str(sealed.number), f"'{FORMULA}"]]
    assert [(vote["answer"], vote["counts"]) for vote in carls] == [("unsure", "0"), ("apart", "0"), ("unsure", "1")]


def test_file_names_are_safe_whatever_the_title():
    csv_format, sheet = FORMATS["csv"], FORMATS["questions"]
    assert csv_format.file_name("../../etc/pass\r\nwd: “Über” 火", 7, NOW) == "session-7-etcpass-wd-uber-2026-11-26.zip"
    assert csv_format.file_name("火", 7, NOW) == "session-7-2026-11-26.zip"
    assert sheet.file_name("a" * 300, 7, NOW) == f"session-7-{'a' * 60}-questions-2026-11-26.html"
