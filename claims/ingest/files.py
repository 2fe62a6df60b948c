"""Files that a reader drops or names: text, Markdown, web pages, PDF and Word documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from claims.pipeline.types import UnusableInput

from .decode import decode, what_binary
from .extracted import Extracted
from .plain import looks_like_html, read_lines

LARGEST_FILE = 25_000_000  # bytes
ACCEPTED = ".txt, .md, .html, .pdf or .docx"


def read_file(name: str, data: bytes) -> Extracted:
    """The article in ``data``, a file called ``name``. Raises UnusableInput; naming the file is its caller's part."""
    if len(data) > LARGEST_FILE:
        raise UnusableInput(f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Paste the article's text.")
    if not data.strip():
        raise UnusableInput("The file is empty. Choose another one.")
    return reader_for(name)(data)


def reader_for(name: str) -> Callable[[bytes], Extracted]:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".doc":
        raise UnusableInput("Word's old format cannot be read. Save the document as .docx and try again.")
    if suffix not in READERS:
        raise UnusableInput(f"Files of this kind cannot be read. Use {ACCEPTED}, or paste the text.")
    return READERS[suffix]


def read_text_file(data: bytes) -> Extracted:
    text = text_of(data)
    return read_page_file(data) if looks_like_html(text) else read_lines(text)


def read_markdown_file(data: bytes) -> Extracted:
    from .markdown import read_markdown

    return read_markdown(text_of(data))


def text_of(data: bytes) -> str:
    if kind := what_binary(data):
        raise UnusableInput(f"The file holds {kind}, not text. Use {ACCEPTED}, each with the ending that it needs.")
    return decode(data)


def read_page_file(data: bytes) -> Extracted:
    from .html import extract_html

    if kind := what_binary(data):
        raise UnusableInput(f"The file holds {kind}, not a web page. Save the page as HTML, or paste its text.")
    return extract_html(data)


def read_pdf_file(data: bytes) -> Extracted:
    from .pdf import read_pdf

    if b"%PDF-" not in data[:1024]:
        raise UnusableInput("The file is not a PDF, whatever its name says. Save it again or paste its text.")
    return read_pdf(data)


def read_docx_file(data: bytes) -> Extracted:
    from .docx import read_docx

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnusableInput("The document is in Word's old format or has a password. Save it as .docx without one.")
    return read_docx(data)


READERS: dict[str, Callable[[bytes], Extracted]] = {
    ".txt": read_text_file,
    ".text": read_text_file,
    ".md": read_markdown_file,
    ".markdown": read_markdown_file,
    ".html": read_page_file,
    ".htm": read_page_file,
    ".xhtml": read_page_file,
    ".pdf": read_pdf_file,
    ".docx": read_docx_file,
}
