"""Which font has a letter, and how wide it is. A letter that none has becomes U+FFFD and is remembered."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from claims.exports.xml import legal

FOLDER = Path(__file__).parent / "fonts"
FILES = {
    "Inter": FOLDER / "inter-0.4.2" / "Inter_400Regular.ttf",
    "Inter-SemiBold": FOLDER / "inter-0.4.2" / "Inter_600SemiBold.ttf",
    "DejaVuSans": FOLDER / "dejavu-2.37.3" / "DejaVuSans.ttf",
}
#: The fonts of a style of writing, the first that has a letter counts.
FACES = {"regular": ("Inter", "DejaVuSans"), "bold": ("Inter-SemiBold", "DejaVuSans")}
LOST = "\ufffd"
#: Marks that only choose between forms of the letter before them.
_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


class Run(NamedTuple):
    """Letters of one font. ``width``: at size 1."""

    text: str
    face: str
    width: float


class Letters:
    """For one file: ``lost`` are the characters that it has no letter for."""

    def __init__(self) -> None:
        self.lost: set[str] = set()
        self._fonts = load()
        self._runs: dict[tuple[str, str], tuple[Run, ...]] = {}

    def runs(self, text: str, weight: str) -> tuple[Run, ...]:
        """``weight``: "regular" or "bold"."""
        known = self._runs.get((text, weight))
        if known is None:
            found = groupby(((self._face(letter, weight), letter) for letter in text), key=lambda pair: pair[0])
            known = tuple(self._run("".join(letter for _, letter in pairs), face) for face, pairs in found)
            self._runs[text, weight] = known
        return known

    def _face(self, letter: str, weight: str) -> str:
        return next(face for face in FACES[weight] if ord(letter) in self._fonts[face].face.charToGlyph)

    def _run(self, text: str, face: str) -> Run:
        return Run(text, face, self._fonts[face].stringWidth(text, 1))

    def drawable(self, text: str) -> str:
        """The text in letters that there are: composed, without invisible signs, U+FFFD for all others."""
        if text.isascii() and text.isprintable():
            return text
        composed = unicodedata.normalize("NFC", legal(text.replace("\r\n", "\n").replace("\r", "\n")))
        return "".join(filter(None, map(self._drawable, composed)))

    def _drawable(self, letter: str) -> str:
        if letter in "\n\t" or any(ord(letter) in self._fonts[face].face.charToGlyph for face in FACES["regular"]):
            return "" if unicodedata.category(letter) == "Cf" else letter
        if unicodedata.category(letter) in ("Cf", "Zl", "Zp") or ord(letter) in _SELECTORS:
            return ""
        if letter.isspace():
            return " "
        self.lost.add(letter)
        return LOST


@cache
def load() -> dict[str, TTFont]:
    """Read once, by the first file, and known to ReportLab by these names."""
    fonts = {name: TTFont(name, str(path)) for name, path in FILES.items()}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    return fonts
