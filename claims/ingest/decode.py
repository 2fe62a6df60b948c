"""Bytes into characters, whatever encoding a page or a file came in."""

from __future__ import annotations

import codecs
import re

from claims.pipeline.types import UnusableInput

BOMS = (  # the four-byte marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What browsers read these labels as: pages that declare Latin-1 are written in its superset windows-1252.
SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "euc_kr": "cp949"}
#: Control characters that no text holds, NUL apart, which is repaired. Tab, line ends, form feed and escape may occur.
CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a sound, video or picture",
    b"OggS": "a sound",
    b"ID3": "a sound",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\x1f\x8b": "a compressed file",
    b"BZh": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"SQLite format 3": "a database",
    b"{\\rtf": "a rich-text document",
}


def what_binary(data: bytes) -> str:
    """What ``data`` holds instead of text ("a PDF"), or "" where it is text."""
    for mark, kind in MAGIC.items():
        if data.startswith(mark):
            return kind
    if any(data.startswith(bom) for bom, _ in BOMS) or wide_encoding(data):
        return ""
    head = data[:100_000]
    strange = len(CONTROLS.findall(head))
    return "binary data" if strange > len(head) // 50 or head.count(0) > len(head) // 10 else ""


def wide_encoding(data: bytes) -> str:
    """UTF-16's name where ``data`` is that without a byte-order mark: Latin text has a zero in every other byte."""
    head = data[:4000]
    half = len(head) // 2
    if half < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


def decode(data: bytes, declared: str = "") -> str:
    """The characters of ``data``.

    A byte-order mark wins; then UTF-8 where it fits, since other text hardly ever fits it by chance; then the
    ``declared`` encoding; then what the letters themselves suggest. Raises UnusableInput where nothing fits.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace")
    if wide := wide_encoding(data):
        return data.decode(wide, "replace")
    declared = known_encoding(declared)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if mostly_utf8(data):
        return data.decode("utf-8", "replace")
    if declared not in ("", "utf-8"):
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass
    return guess(data)


def known_encoding(label: str) -> str:
    """Python's name of the encoding that browsers use for ``label``, or "" for an unknown one."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
        "".encode(name)  # refuses codecs that are no encodings, such as "zlib"
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if name.startswith("utf-16") or name.startswith("utf-32") else SUPERSETS.get(name, name)


def mostly_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 with a few damaged bytes (cut in transit, or joined with another encoding's words)."""
    whole = data.decode("utf-8", "replace")
    damaged = whole.count("\ufffd")
    return damaged * 10 < sum(character > "\x7f" for character in whole)


def guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # costs 40 ms: only files that are not UTF-8 pay for it

    if best := from_bytes(data[:200_000], cp_exclusion=["utf_7"]).best():
        western = best.encoding.startswith(("cp125", "latin", "iso8859", "mac", "cp8", "cp4", "cp5", "cp1"))
        encoding = "cp1252" if western and reads_western(data) else best.encoding
        return data.decode(encoding, "replace")
    raise UnusableInput("The text's encoding could not be recognised. Save the file as UTF-8 and try again.")


def reads_western(data: bytes) -> bool:
    """Whether windows-1252 gives letters and punctuation that Western European text uses.

    The detector, which has little to go by in a text with few accents, then often prefers a rarer code page.
    """
    text = data.decode("cp1252", "replace")
    beyond = [character for character in text if character > "\x7f"]
    usual = sum(character in "‘’“”–—…€£«»°éèêëàâäáãåæçíìîïñóòôöõøœúùûüßÉÈÀÂÄÅÆÇÍÎÑÓÖØÜŒ•·" for character in beyond)
    return usual >= 0.9 * len(beyond)
