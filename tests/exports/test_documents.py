"""Exports for reading: each opens again in a reader of its own, and states what it has to."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from claims.exports.formats import FORMATS
from claims.exports.xml import legal

from .conftest import FORMULA, NOW, REASON, SCRIPT, Room

Export = Callable[[str], bytes]


def must_state(room: Room) -> list[str]:
    """What every document says, whatever its format."""
    record = room.record
    return [
        *{article.text_sha256 for article in record.articles},
        record.chain_head,
        "test-encoder",
        "0" * 64,
        "alignment 0.5",
        "Claims 0.1.0",
        "Bea Lund",
        FORMULA,
        "unsure",
        "Edda Vik",
        REASON,
        "Is it one claim?",
        "Two sentences",
        "Daily Courier says 14",
    ]


class Reader(HTMLParser):
    """The elements of a page, its words, and the addresses in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def words_of(file: bytes) -> str:
    """All text of a DOCX, tables included."""
    document = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def missing(words: str, room: Room) -> list[str]:
    return [stated for stated in must_state(room) if stated not in words]


def test_the_page_states_everything(sealed: Room, export: Export):
    assert missing(Reader(export("html").decode()).words, sealed) == []


def test_the_page_opens_offline_and_runs_nothing(export: Export):
    page = export("html").decode()
    read = Reader(page)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(read.tags)
    assert not [name for name, _ in read.attributes if name.startswith("on") or name == "src"]
    links = {value for name, value in read.attributes if name == "href"}
    assert links == {f"https://outlet{n}.example/ferry" for n in (1, 2, 3)}
    assert "url(" not in page
    assert "@import" not in page


def test_what_people_wrote_is_escaped_in_pages(sealed: Room, export: Export):
    for name in ("html", "questions"):
        page = export(name).decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_address_that_would_run_as_a_script_is_no_link(sealed: Room):
    article = sealed.session.comparison.articles.all()[0]
    type(article).objects.filter(pk=article.pk).update(url="javascript:alert(1)")
    page = FORMATS["html"].make(sealed.record, NOW).decode()
    assert "javascript:" not in page


def test_the_document_states_everything(sealed: Room, export: Export):
    assert missing(words_of(export("docx")), sealed) == []


def test_the_document_marks_the_words_that_differ_and_keeps_out_what_xml_cannot_hold(export: Export):
    document = docx.Document(io.BytesIO(export("docx")))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert {"12", "14"} <= {run.text for run in runs if run.font.highlight_color is not None}
    assert any("See page 3.\ufffd" in run.text for run in runs)
    assert document.core_properties.author != "python-docx"
    assert legal("a\x00b\ud800c\ufffe\nd") == "a\ufffdb\ufffdc\ufffd\nd"


def test_libreoffice_opens_documents_and_spreadsheets(sealed: Room, export: Export, tmp_path: Path):
    soffice = shutil.which("soffice")
    if not soffice and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not here: apt install libreoffice-writer-nogui libreoffice-calc-nogui")
    assert soffice
    names = ("docx", "questions-docx", "xlsx")
    files = [tmp_path / f"{name}{FORMATS[name].extension}" for name in names]
    for name, file in zip(names, files, strict=True):
        file.write_bytes(export(name))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [soffice, "--headless", home, "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pages = [PdfReader(file.with_suffix(".pdf")).pages for file in files]
    for found, stated in zip(pages, ("Daily Courier says 14", "Whose figure is it", "test-encoder"), strict=True):
        words = "".join(page.extract_text() for page in found)
        assert re.sub(r"\s", "", stated) in re.sub(r"\s", "", words)
    assert len(pages[1]) == 1


def test_office_files_hold_no_macro_and_nothing_from_elsewhere(export: Export):
    for name in ("docx", "questions-docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(export(name))) as archive:
            assert archive.testzip() is None
            assert not [part for part in archive.namelist() if "vba" in part.lower()]
            for part in archive.namelist():
                if part.endswith(".rels"):
                    assert b'TargetMode="External"' not in archive.read(part)
