"""Every format that a session is exported in, with what it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.text import slugify

from claims.review.record import Record

from . import data, document, page, printed, questions, sheets, web_annotations

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Characters of a session's title that go into a file's name.
LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Format:
    """``name``: in addresses. ``label`` and ``purpose`` are for the reader who chooses one."""

    name: str
    label: str
    purpose: str
    extension: str
    content_type: str
    make: Callable[[Record, datetime], bytes]

    def file_name(self, title: str, number: int, made_at: datetime) -> str:
        """Of plain letters, figures and hyphens, whatever the title is made of."""
        about = slugify(title)[:LONGEST_TITLE].strip("-")
        words = [f"session-{number}", about, "questions" if self.name.startswith("questions") else ""]
        return "-".join(filter(None, [*words, f"{made_at.astimezone(UTC):%Y-%m-%d}"])) + self.extension


RECORD = (
    Format(
        "html",
        "Web page (HTML)",
        "To read, to send on or to print: one file that opens offline in any browser, without scripts.",
        ".html",
        "text/html; charset=utf-8",
        page.as_html,
    ),
    Format(
        "docx",
        "Word processor (DOCX)",
        "To edit, to comment on or to paste from, in Word, LibreOffice or Google Docs.",
        ".docx",
        WORD,
        document.as_docx,
    ),
    Format(
        "pdf",
        "PDF",
        "To file or to attach as it is, with the audit trail.",
        ".pdf",
        "application/pdf",
        printed.as_pdf,
    ),
    Format(
        "xlsx",
        "Spreadsheet (XLSX)",
        "To sort, to filter and to count: sheets of items, votes, decisions, notes, agreement, texts and audit trail.",
        ".xlsx",
        EXCEL,
        sheets.as_xlsx,
    ),
    Format(
        "csv",
        "Tables (CSV)",
        "For any other program that reads tables: the same ones as in the spreadsheet, each a file, in one zip.",
        ".zip",
        "application/zip",
        sheets.as_csv,
    ),
    Format(
        "json",
        "Data (JSON)",
        "For programs, and to check the audit trail without this one: everything, by a published schema.",
        ".json",
        "application/json",
        data.as_json,
    ),
    Format(
        "annotations",
        "Web annotations (JSON-LD)",
        "For annotation tools: each proposal, vote, decision and note on the sentences it is about (W3C standard).",
        ".jsonld",
        "application/ld+json",
        web_annotations.as_annotations,
    ),
)
QUESTIONS = (
    Format(
        "questions",
        "Questions (HTML)",
        "To print or to send: one page with room for answers.",
        ".html",
        "text/html; charset=utf-8",
        questions.as_questions_html,
    ),
    Format(
        "questions-docx",
        "Questions (DOCX)",
        "To change before it is sent.",
        ".docx",
        WORD,
        questions.as_questions_docx,
    ),
)
FORMATS = {made.name: made for made in (*RECORD, *QUESTIONS)}
