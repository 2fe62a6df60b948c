"""Whatever the format: each export states the texts' hashes, model, thresholds, votes, decisions and agreement."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from claims.exports.formats import RECORD
from claims.review.figures import Line

from .conftest import FORMULA, REASON, Room
from .test_sheets import read_csv, read_xlsx

Export = Callable[[str], bytes]
Rows = list[list[str]]
#: Lines that the cells of a table's row come as where a PDF is read.
CELLS = 5


def rows_of(name: str, file: bytes) -> Rows:
    """The lines of an export's tables, cell by cell; of JSON each object, of a PDF some lines at a time."""
    match name:
        case "html":
            rows = re.findall(r"<tr>(.*?)</tr>", file.decode(), re.DOTALL)
            return [[html.unescape(re.sub("<[^>]+>", "", c)) for c in re.split("</t[hd]>", row)] for row in rows]
        case "docx":
            return [[c.text for c in row.cells] for t in docx.Document(io.BytesIO(file)).tables for row in t.rows]
        case "pdf":
            lines = [n for page in PdfReader(io.BytesIO(file)).pages for n in page.extract_text().splitlines()]
            return [lines[at : at + CELLS] for at in range(len(lines))]
        case "xlsx":
            return [list(map(str, row)) for rows in read_xlsx(file).values() for row in rows]
        case "csv":
            return [row for rows in read_csv(file).values() for row in rows]
    return objects(json.loads(file))


def objects(found: Any) -> Rows:
    """Each object of a JSON file, with the names and values that stand in it directly."""
    named = list(found.items()) if isinstance(found, dict) else list(enumerate(found))
    own = [f"{name} {value}" for name, value in named if not isinstance(value, dict | list)]
    return [own, *(row for _, value in named if isinstance(value, dict | list) for row in objects(value))]


def words_of(name: str, file: bytes) -> str:
    """All that a file says, without its spaces: a PDF breaks lines where it likes."""
    if name == "pdf":
        return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages))
    beside = ""
    if name == "docx":
        beside = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs)
    if name == "html":
        beside = html.unescape(re.sub("<[^>]+>", "", file.decode()))
    return re.sub(r"\s", "", beside + "".join(cell for row in rows_of(name, file) for cell in row))


def states(rows: Rows, line: Line) -> bool:
    """Whether one of the rows gives the figures of this line of agreement: on what, how far, and n."""
    assert line.found.percent is not None
    ways = [line.percent, str(round(line.found.percent, 4)), f"{line.found.percent:g}"]
    told = [" ".join(row) for row in rows if line.name in " ".join(row)]
    figures = [words.replace(line.name, "").split() for words in told]
    return any(str(line.found.items) in row and any(way in row for way in ways) for row in figures)


@pytest.fixture(params=[made.name for made in RECORD])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def test_every_format_states_texts_model_thresholds_votes_and_decisions(sealed: Room, export: Export, name: str):
    words = words_of(name, export(name))
    record = sealed.record
    wanted = [
        *{article.text_sha256 for article in record.articles},
        "test-encoder",
        "0" * 64,
        record.chain_head,
        "Bea Lund",
        FORMULA,
        "Edda Vik",
        REASON,
        "alignment 0.5",
        "unsure",
    ]
    assert [said for said in wanted if re.sub(r"\s", "", said) not in words] == []


def test_every_format_states_agreement_overall_by_kind_and_by_pair_with_n(sealed: Room, export: Export, name: str):
    figures, rows = sealed.record.figures, rows_of(name, export(name))
    lines = [*figures.overall, *figures.kinds, *(line for _, line in figures.pairs)]
    assert {"All items", f"Bea Lund and {FORMULA}"} <= {line.name for line in lines}
    assert figures.kinds
    assert [line.name for line in lines if not states(rows, line)] == []
