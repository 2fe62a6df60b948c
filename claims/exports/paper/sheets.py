"""A PDF file that is written from top to bottom: headings, lines, points and tables, on pages of A4."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from claims import __version__

from .letters import Letters
from .lines import Line, Piece, break_lines
from .tags import Element, Tree

rl_config.useA85 = 0  # streams as they are: writing them in ASCII takes a quarter more room

WIDTH, HEIGHT = A4
LEFT, TOP, BOTTOM = 51.0, HEIGHT - 62, 62.0
ACROSS = WIDTH - 2 * LEFT
SIZE, SMALL, LEADING, GAP = 9.0, 7.5, 1.36, 10.0
#: Size and the space above, by level.
HEADINGS = ((19.0, 0.0), (12.5, 16.0), (10.0, 11.0))
QUIET, BLACK, RULE = 0.33, 0.0, 0.6


class Column(NamedTuple):
    lines: Sequence[Line]
    left: float
    element: Element


class Block(NamedTuple):
    """Columns side by side, line by line. ``above``: space before it, unless it begins a page."""

    columns: Sequence[Column]
    size: float
    above: float = 0.0
    is_ruled: bool = False
    bookmark: tuple[str, int] | None = None

    @property
    def leading(self) -> float:
        return self.size * LEADING

    @property
    def length(self) -> int:
        return max(len(column.lines) for column in self.columns)

    @property
    def height(self) -> float:
        return self.above + self.length * self.leading


class Paper:
    """Written like ``claims.exports.document.Paper``. ``pieces``: text with "", "b", "i" for quiet, or "mark"."""

    def __init__(self, title: str, author: str) -> None:
        self.file = io.BytesIO()
        self.letters = Letters()
        self.canvas = Canvas(
            self.file, pagesize=A4, pageCompression=1, pdfVersion=(1, 7), lang="en-GB", initialFontName="Inter"
        )
        self.canvas.setTitle(self.letters.drawable(title))
        self.canvas.setAuthor(self.letters.drawable(author))
        self.canvas.setSubject("")
        self.canvas.setCreator(f"Claims {__version__}")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        #: The title on every page, or as much of it as a line holds.
        self.running = self._lines([(title, "i")], ACROSS, SMALL)[:1]
        self.tree = Tree(self.canvas._doc)
        self.list: Element | None = None
        self.held: list[Block] = []
        self.table_head: Block | None = None
        self.y = TOP
        self.headings = 0

    # What can be written

    def heading(self, text: str, level: int) -> None:
        size, above = HEADINGS[level]
        self._write([(text, "b")], f"H{level + 1}", size, above, holds=True, bookmark=(text, level))

    def line(self, *pieces: Piece, keeps: bool = False) -> None:
        """``keeps``: on one page with what follows."""
        self._write(pieces, "P", SIZE, 3.0, holds=keeps)

    def point(self, *pieces: Piece) -> None:
        if self.list is None:
            self.list = self.tree.top.add("L")
        point = self.list.add("LI")
        dash = Column(self._lines([("–", "i")], GAP, SIZE), LEFT + GAP, point.add("Lbl"))
        text = Column(self._lines(pieces, ACROSS - 2 * GAP, SIZE), LEFT + 2 * GAP, point.add("LBody"))
        self._flow(Block([dash, text], SIZE, 1.5))

    def table(self, rows: Sequence[Sequence[str]], head: Sequence[str] = (), shares: Sequence[float] = ()) -> None:
        """The first of each row is bold. ``shares``: of the width, a column each."""
        self.list = None
        table = self.tree.top.add("Table")
        shares = shares or (1.0,) * max(len(row) for row in (head, *rows))
        first = self._row(head, shares, table, is_head=True) if head else None
        if first:
            self._hold(first)
        for row in rows:
            self._flow(self._row(row, shares, table))
            self.table_head = first
        self.table_head = None
        self.y -= GAP / 2

    def bytes(self) -> bytes:
        if self.letters.lost:
            self._tell_lost()
        self._let_go()
        self._end_page()
        self._write_total()
        self.tree.close()
        self.canvas.save()
        return self.file.getvalue()

    def _tell_lost(self) -> None:
        found = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(self.letters.lost)[:40])
        more = " and others" if len(self.letters.lost) > 40 else ""
        self.line(
            (f"\ufffd stands for characters that this file has no letters for ({found}{more}). ", "i"),
            ("The HTML, DOCX and JSON files hold them.", "i"),
        )

    # Blocks

    def _write(
        self,
        pieces: Sequence[Piece],
        kind: str,
        size: float,
        above: float,
        *,
        holds: bool,
        bookmark: tuple[str, int] | None = None,
    ) -> None:
        self.list = None
        column = Column(self._lines(pieces, ACROSS, size), LEFT, self.tree.top.add(kind))
        block = Block([column], size, above, bookmark=bookmark)
        if holds:
            self._hold(block)
        else:
            self._flow(block)

    def _row(self, cells: Sequence[str], shares: Sequence[float], table: Element, is_head: bool = False) -> Block:
        row, left, columns = table.add("TR"), LEFT, []
        for n, (cell, share) in enumerate(zip(cells, shares, strict=True)):
            width = (ACROSS + GAP) * share / sum(shares) - GAP
            style = "i" if is_head else "" if n else "b"
            element = row.add("TD") if n and not is_head else row.add("TH", "Column" if is_head else "Row")
            columns.append(Column(self._lines([(cell, style)], width, SMALL), left, element))
            left += width + GAP
        return Block(columns, SMALL, 3.0, is_ruled=True)

    def _lines(self, pieces: Sequence[Piece], width: float, size: float) -> list[Line]:
        return break_lines(pieces, width / size, self.letters)

    def _hold(self, block: Block) -> None:
        """Until something follows that it shall stand on one page with."""
        self.held.append(block)

    def _flow(self, block: Block) -> None:
        needed = sum(held.height for held in self.held) + (
            block.height if block.is_ruled else block.above + min(block.length, 2) * block.leading
        )
        if self.y - needed < BOTTOM and needed < TOP - BOTTOM:
            self._turn_page()
        self._let_go()
        self._draw(block)

    def _let_go(self) -> None:
        held, self.held = self.held, []
        for block in held:
            self._draw(block)

    # Drawing

    def _draw(self, block: Block) -> None:
        if self.y < TOP:
            self.y -= block.above
        if self.y - block.leading < BOTTOM:
            self._turn_page()
        if block.bookmark:
            self._bookmark(*block.bookmark)
        at = 0
        while at < block.length:
            fits = max(int((self.y - BOTTOM) // block.leading), 1)
            for column in block.columns:
                if shown := column.lines[at : at + fits]:
                    self._draw_column(shown, column, block)
            at += fits
            if at < block.length:
                self._turn_page()
            else:
                self.y -= (block.length - at + fits) * block.leading
        if block.is_ruled:
            self.y -= 3.0
            self._rule(self.y)

    def _draw_column(self, lines: Sequence[Line], column: Column, block: Block) -> None:
        number = self.tree.mark(column.element)
        self.canvas.addLiteral(f"/{column.element.kind} <</MCID {number}>> BDC")
        self._draw_lines(lines, column.left, self.y, block.size)
        self.canvas.addLiteral("EMC")

    def _draw_lines(self, lines: Sequence[Line], left: float, top: float, size: float) -> None:
        text = self.canvas.beginText()
        underlined = []
        for n, line in enumerate(lines):
            y = top - n * size * LEADING - size
            text.setTextOrigin(left, y)
            at = left
            for letters, style in line:
                text.setFillGray(QUIET if style == "i" else BLACK)
                text.setFont(letters.face, size)
                text.textOut(letters.text)
                if style == "mark":
                    underlined.append((at, y - 1.6, at + letters.width * size, y - 1.6))
                at += letters.width * size
        self.canvas.drawText(text)
        if underlined:
            self.canvas.setStrokeGray(BLACK)
            self.canvas.setLineWidth(0.7)
            self.canvas.lines(underlined)

    def _bookmark(self, title: str, level: int) -> None:
        self.headings += 1
        key = f"part-{self.headings}"
        self.canvas.bookmarkHorizontal(key, 0, self.y + 4)
        self.canvas.addOutlineEntry(self.letters.drawable(title), key, level, closed=level > 0)

    def _rule(self, y: float) -> None:
        self.canvas.addLiteral("/Artifact BMC")
        self.canvas.setStrokeGray(RULE)
        self.canvas.setLineWidth(0.4)
        self.canvas.line(LEFT, y, LEFT + ACROSS, y)
        self.canvas.addLiteral("EMC")

    # Pages

    def _turn_page(self) -> None:
        self._end_page()
        self.tree.turn_page()
        self.y = TOP
        if self.table_head:
            self._repeat(self.table_head)

    def _repeat(self, head: Block) -> None:
        """A table's head again, which a screen reader has read already."""
        self.canvas.addLiteral("/Artifact <</Type/Pagination/Subtype/Header>> BDC")
        for column in head.columns:
            self._draw_lines(column.lines, column.left, self.y, head.size)
        self.canvas.addLiteral("EMC")
        self.y -= head.length * head.leading + 3.0
        self._rule(self.y)

    def _end_page(self) -> None:
        """With the title above, and below the number of the page."""
        canvas = self.canvas
        canvas.addLiteral("/Artifact <</Type/Pagination>> BDC")
        self._draw_lines(self.running, LEFT, HEIGHT - 33, SMALL)
        canvas.setFillGray(QUIET)
        canvas.setFont("Inter", SMALL)
        told = f"Page {canvas.getPageNumber()} of "
        canvas.drawString(LEFT, 36, told)
        canvas.saveState()
        canvas.translate(LEFT + canvas.stringWidth(told, "Inter", SMALL), 36)
        canvas.doForm("total")
        canvas.restoreState()
        canvas.addLiteral("EMC")
        canvas.showPage()

    def _write_total(self) -> None:
        """How many pages there are, which every page shows and only the last one knows."""
        canvas = self.canvas
        canvas.beginForm("total", 0, -5, 60, 15)
        canvas.setFillGray(QUIET)
        canvas.setFont("Inter", SMALL)
        canvas.drawString(0, 0, str(len(self.tree.pages)))
        canvas.endForm()
