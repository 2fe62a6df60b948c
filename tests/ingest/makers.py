"""Small files and pages for tests, made from their text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

FIRST_SENTENCE = "Mayor Ann Lee said on Tuesday that the old bridge at Karsund would close for repairs until spring."
PARAGRAPHS = (
    FIRST_SENTENCE,
    "The council voted 14 to 3 for the work, which will cost 2.4 million crowns and take seven months to finish.",
    "Shopkeepers on the east bank fear for their trade, and some asked for a ferry while the bridge is closed.",
    "A spokesman for the road office said that traffic would be led over the new bridge at Stenvik instead.",
)
ARTICLE_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Old bridge to close</title></head><body><article>'
    "<h1>Old bridge to close</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</article></body></html>"
)


def pdf_bytes(pages: Iterable[Sequence[str]], metadata: dict[str, str] | None = None, password: str = "") -> bytes:
    """A PDF with these lines on its pages, in Helvetica; an empty line leaves space."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(page_content(lines))
        page[NameObject("/Contents")] = writer._add_object(content)
    if metadata:
        writer.add_metadata(metadata)
    if password:
        writer.encrypt(password)
    return written(writer)


def scan_bytes() -> bytes:
    """A PDF of one page that shows a picture and holds no text."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    picture = DecodedStreamObject()
    picture.set_data(b"\xff" * 100)
    for key, value in {"/Width": 10, "/Height": 10, "/BitsPerComponent": 8}.items():
        picture[NameObject(key)] = NumberObject(value)
    for key, name in {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceGray"}.items():
        picture[NameObject(key)] = NameObject(name)
    pictures = DictionaryObject({NameObject("/Im1"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    content = DecodedStreamObject()
    content.set_data(b"q 595 0 0 842 0 0 cm /Im1 Do Q")
    page[NameObject("/Contents")] = writer._add_object(content)
    return written(writer)


def page_content(lines: Sequence[str]) -> bytes:
    shown = b"BT /F1 11 Tf 14 TL 60 780 Td\n"
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown += b"(" + escaped.encode("cp1252") + b") Tj T*\n" if line else b"T* T*\n"
    return shown + b"ET"


def written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def docx_bytes(paragraphs: Iterable[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_member(archive: bytes, name: str, content: bytes) -> bytes:
    """The ZIP ``archive`` with its member ``name`` replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return made.getvalue()
