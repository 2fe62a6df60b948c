"""PDF files: the text of their pages as paragraphs."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.pipeline.types import UnusableInput

from .browser_print import without_print_marks
from .extracted import Extracted
from .paragraphs import Details, Paragraph, assemble
from .plain import byline_of, title_of
from .provenance import DATE_OF_FILE, plausible_name, plausible_time, plausible_title
from .strangers import refusing

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 60
MOST_SECONDS = 20.0
MOST_CHARACTERS = 1_000_000
PAGE_NUMBER = re.compile(r"\W*(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von|–|-)\s*\d{1,4})?\W*", re.I)
NUMBER_BESIDE = re.compile(
    r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W+|\W+(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I
)
SENTENCE_END = re.compile(r"[.!?…:]['\"’”»)\]]*$")
HYPHENATED = re.compile(r"\w[-\u00ad\u2010]$")


def read_pdf(data: bytes) -> Extracted:
    """The article in a PDF file. Raises UnusableInput for one without readable text."""
    from pypdf.errors import DependencyError

    with refusing("The file is damaged or not a PDF. Save it again or paste its text."):
        try:
            return read_text(data)
        except DependencyError:
            raise UnusableInput(
                "The file is encrypted in a way that cannot be read here. Save an unprotected copy and try again."
            ) from None


def read_text(data: bytes) -> Extracted:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnusableInput("The file is protected by a password. Save a copy without the password and try again.")
    pages, notices = read_pages(reader)
    pages, url = without_print_marks(pages)
    lines = paragraphs_of(without_running_heads(pages))
    if not any(re.search(r"\w{2}", line) for line in lines):
        raise UnusableInput(no_text(reader))
    details = replace(details_of(reader, lines), url=url)
    notices += [DATE_OF_FILE] if details.published_at else []
    return assemble((Paragraph(line) for line in lines), details, notices)


def no_text(reader: PdfReader) -> str:
    if not len(reader.pages):
        return "The file has no pages. Choose another file or paste its text."
    if any("/XObject" in (page.get("/Resources") or {}) for page in list(reader.pages)[:5]):
        return (
            "The file holds pictures of pages and no text: it needs OCR. Run text recognition on it or paste its text."
        )
    return "The file holds no text. If its pages are scanned it needs OCR; otherwise paste its text."


def read_pages(reader: PdfReader) -> tuple[list[list[str]], list[str]]:
    """The lines of each page, an empty one where the page leaves space; and what a reader should know of it."""
    until = time.monotonic() + MOST_SECONDS
    pages: list[list[str]] = []
    characters = 0
    total = len(reader.pages)
    for page in reader.pages:
        if len(pages) == MOST_PAGES or time.monotonic() > until or characters > MOST_CHARACTERS:
            return pages, [f"Only the first {len(pages)} of {total} pages were read."]
        text = page.extract_text()
        characters += len(text)
        pages.append([" ".join(line.split()) for line in text.split("\n")])
    return pages, []


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and without what stands at the head or foot of most of them."""
    edges = Counter(key for page in pages for key in {edge_key(page[i]) for i in edge_lines(page)})
    running = {key for key, pages_with in edges.items() if pages_with >= max(2, (len(pages) + 1) // 2)}
    kept = [
        [line for i, line in enumerate(page) if i not in edge_lines(page) or not is_running(line, running)]
        for page in pages
    ]
    return ["\n".join(page).strip("\n").split("\n") for page in kept]  # space at a page's edges says nothing


def edge_lines(page: list[str]) -> set[int]:
    """The places of the first two and the last two lines that hold something."""
    filled = [i for i, line in enumerate(page) if line]
    return {*filled[:2], *filled[-2:]}


def edge_key(line: str) -> str:
    """The same for a head on every page, whatever the page's number before or after it."""
    return NUMBER_BESIDE.sub("", line)


def is_running(line: str, running: set[str]) -> bool:
    return PAGE_NUMBER.fullmatch(line) is not None or edge_key(line) in running


def paragraphs_of(pages: list[list[str]]) -> list[str]:
    """The pages' lines joined into paragraphs.

    A paragraph ends at an empty line, and after a line that ends a sentence well short of the usual width. It runs on
    over a page's end where its sentence does. A hyphen at a line's end is dropped before a small letter.
    """
    width = usual_width([line for page in pages for line in page if line])
    paragraphs: list[str] = []
    open_ = False
    for page in pages:
        for number, line in enumerate(page):
            if not line:
                open_ = False
                continue
            if open_:
                paragraphs[-1] = joined(paragraphs[-1], line)
            else:
                paragraphs.append(line)
            is_last = SENTENCE_END.search(line) is not None and len(line) < 0.85 * width
            open_ = not is_last and not is_heading(line, page, number, width)
        open_ = open_ and SENTENCE_END.search(paragraphs[-1]) is None
    return paragraphs


def usual_width(lines: list[str]) -> int:
    """The length that lines of running text have: the upper quartile."""
    lengths = sorted(map(len, lines)) or [0]
    return lengths[(3 * len(lengths)) // 4 - (len(lengths) > 1 and 3 * len(lengths) % 4 == 0)]


def is_heading(line: str, page: list[str], number: int, width: int) -> bool:
    """A short line without a full stop, and the next one starts anew with a capital."""
    if HYPHENATED.search(line):
        return False
    following = page[number + 1] if number + 1 < len(page) else ""
    return len(line) < 0.6 * width and not SENTENCE_END.search(line) and following[:1].isupper() and line[-1:] != ","


def joined(text: str, line: str) -> str:
    if HYPHENATED.search(text) and line[:1].islower():
        return text[:-1] + line
    if HYPHENATED.search(text):
        return text + line  # a name such as "Jean-Luc" keeps its hyphen
    return f"{text} {line}"


def details_of(reader: PdfReader, lines: list[str]) -> Details:
    """Title, author and day from the file's properties, where a person and not a program wrote them."""
    told = reader.metadata
    if told is None:
        return Details(title=title_of(lines), byline=byline_of(lines))
    try:
        created = told.creation_date
    except (ValueError, TypeError):
        created = None
    return Details(
        title=plausible_title(told.title) or title_of(lines),
        byline=byline_of(lines) or plausible_name(told.author),  # properties may name who made the file
        published_at=plausible_time(created),
    )
