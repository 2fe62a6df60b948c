"""Documents for a word processor (DOCX): the record, with headings, tables and marked words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from claims.review.record import Record

from .report import Report
from .telling import tell
from .xml import legal

A4 = Mm(210), Mm(297)


def as_docx(record: Record, made_at: datetime) -> bytes:
    paper = Paper(record.title, record.newsroom, made_at)
    tell(Report(record, made_at), paper)
    return paper.bytes()


class Paper:
    """A document that is written from top to bottom. Pieces of a line: (text, "", "b" bold, "i" slanted or "mark")."""

    def __init__(self, title: str, author: str, made_at: datetime) -> None:
        self.document = Document()
        facts = self.document.core_properties
        facts.title, facts.author, facts.comments, facts.language = legal(title)[:255], legal(author)[:255], "", "en-GB"
        facts.created = facts.modified = made_at.replace(tzinfo=None)
        self.document.styles["Normal"].font.size = Pt(10)
        page = self.document.sections[0]
        page.page_width, page.page_height = A4
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
        self.style_ids = {style.name: style.style_id for style in self.document.styles}
        self.end = self.document.element.body.sectPr

    def heading(self, text: str, level: int) -> None:
        self._paragraph(f"Heading {level}" if level else "Title").add_run(legal(text))

    def line(self, *pieces: tuple[str, str], style: str = "", keeps: bool = False) -> None:
        """``keeps``: on one page with what follows."""
        paragraph = self._paragraph(style)
        paragraph.paragraph_format.space_after = Pt(3)
        if keeps:
            paragraph.paragraph_format.keep_with_next = True
        for text, kind in pieces:
            run = paragraph.add_run(legal(text))
            if kind in ("b", "mark"):
                run.bold = True
            if kind == "i":
                run.italic = True
            if kind == "mark":
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def _paragraph(self, style: str = "") -> Paragraph:
        """As ``Document.add_paragraph``, which looks through all that was written before each time."""
        element = OxmlElement("w:p")
        self.end.addprevious(element)
        if style:
            element.style = self.style_ids[style]
        return Paragraph(element, self.document._body)

    def point(self, *pieces: tuple[str, str]) -> None:
        self.line(*pieces, style="List Bullet")

    def table(self, rows: Sequence[Sequence[str]], head: Sequence[str] = (), shares: Sequence[float] = ()) -> None:
        """Cells as they come, as wide as the program that opens it finds good; the first of each row is bold."""
        rows = [head, *rows] if head else rows
        table = self.document.add_table(rows=0, cols=len(rows[0]) if rows else 1, style="Table Grid")
        for row in rows:
            for n, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
                cell.paragraphs[0].add_run(legal(text)).bold = n == 0
        self._paragraph()

    def bytes(self) -> bytes:
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()
