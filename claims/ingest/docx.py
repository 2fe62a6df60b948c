"""Word documents (.docx): paragraphs, lists and tables as lines."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from claims.pipeline.text import one_line
from claims.pipeline.types import UnusableInput

from .extracted import Extracted
from .paragraphs import Details, Paragraph, assemble
from .plain import byline_of, title_of
from .provenance import DATE_OF_FILE, plausible_name, plausible_time, plausible_title
from .strangers import refusing

if TYPE_CHECKING:
    from docx.document import Document

DAMAGED = "The file is damaged or not a Word document. Save it again or paste its text."
MOST_MEMBERS = 2_000
MOST_UNPACKED = 100_000_000  # bytes in all, pictures included
MOST_XML = 20_000_000  # bytes of one XML part, which is parsed into about ten times that in memory
HIGHEST_RATIO = 200  # Word's own XML packs 5 to 30 times
SMALL = 1_000_000  # below this, a high ratio does no harm
#: python-docx's template carries this date into every document made with it.
TEMPLATE_DATE = datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def read_docx(data: bytes) -> Extracted:
    """The article in a Word document. Raises UnusableInput for a broken, hostile or empty one."""
    check_archive(data)
    import docx

    with refusing(DAMAGED):
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(read_blocks(document))
        details = details_of(document, paragraphs)
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise UnusableInput("The file holds no text. Choose another file or paste its text.")
    return assemble(paragraphs, details, [DATE_OF_FILE] if details.published_at else [])


def check_archive(data: bytes) -> None:
    """Refuse, before anything is unpacked for reading, an archive that would unpack to too much or names entities.

    ``zipfile`` never unpacks more than the size that the archive's list declares, so a lying list gains nothing.
    """
    too_large = UnusableInput(
        "The file unpacks to far more than an article needs, so it was not opened. Paste its text."
    )
    with refusing(DAMAGED), zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
            raise too_large
        for member in members:
            if member.flag_bits & 1:
                raise UnusableInput("The file is protected by a password. Save a copy without it and try again.")
            ratio = member.file_size / max(member.compress_size, 1)
            if member.file_size > SMALL and ratio > HIGHEST_RATIO:
                raise too_large
            if member.filename.endswith((".xml", ".rels")):
                check_xml(archive, member, too_large)
        if "word/document.xml" not in archive.namelist():
            raise UnusableInput("The file is not a Word document. Save it as .docx and try again.")


def check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo, too_large: UnusableInput) -> None:
    with archive.open(member) as part:
        xml = part.read(MOST_XML + 1)
    if len(xml) > MOST_XML:
        raise too_large
    if DTD.search(xml.replace(b"\x00", b"")):  # the zeros of UTF-16 would hide it
        raise UnusableInput("The file defines XML entities, which no Word document does, so it was not opened.")


def read_blocks(document: Document) -> Iterator[Paragraph]:
    """The paragraphs and the table rows of ``document`` in their order; a row's cells are joined by a bar."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield Paragraph(" | ".join(cells_of(row)))
        else:
            style = (block.style.name or "") if block.style is not None else ""
            if style.startswith("Caption"):
                yield from (Paragraph(line, "boilerplate") for line in block.text.split("\n"))
            elif re.match(r"Heading \d", style):
                yield Paragraph(block.text, "heading")
            else:
                yield from (Paragraph(line) for line in block.text.split("\n"))


def cells_of(row) -> list[str]:
    """The texts of a row's cells; a cell that spans several columns is listed by python-docx once for each."""
    texts: list[str] = []
    seen: set[object] = set()
    for cell in row.cells:
        if cell._tc not in seen:
            seen.add(cell._tc)
            texts.append(one_line(cell.text))
    return [text for text in texts if text]


def details_of(document: Document, paragraphs: list[Paragraph]) -> Details:
    told = document.core_properties
    lines = [paragraph.text for paragraph in paragraphs]
    title = plausible_title(told.title) or title_of(lines)
    byline = byline_of(lines) or plausible_name(told.author)  # the properties may name who typed it
    created = told.created if told.created and told.created.replace(tzinfo=UTC) != TEMPLATE_DATE else None
    return Details(title=title, byline=byline, published_at=plausible_time(created))
