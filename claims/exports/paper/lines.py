"""Text in lines of a width. Lines break at spaces; what is wider than a line is cut where the line ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from .letters import Letters, Run

#: A piece of text with its style: "" plain, "b" bold, "i" quiet, "mark" words that differ.
Piece = tuple[str, str]
#: A letter with its style.
Sign = tuple[str, str]
BOLD = ("b", "mark")
_TOKENS = re.compile(r"\n|[ \t]+|[^ \t\n]+")
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Part(NamedTuple):
    """A run of one style on a line."""

    run: Run
    style: str


Line = list[Part]


def break_lines(pieces: Iterable[Piece], width: float, letters: Letters) -> list[Line]:
    """``width``: at size 1. At least one line, which may be empty."""
    lines: list[Line] = [[]]
    used = 0.0
    word: Line = []

    def start_line() -> None:
        nonlocal used
        lines.append([])
        used = 0.0

    def put(part: Part) -> None:
        nonlocal used
        lines[-1].append(part)
        used += part.run.width

    def put_word() -> None:
        needed = sum(part.run.width for part in word)
        if used and used + needed > width:
            start_line()
        for part in word if needed <= width else _cut(word, width, letters):
            if used and used + part.run.width > width:
                start_line()
            put(part)
        word.clear()

    for text, style in pieces:
        for found in _TOKENS.findall(letters.drawable(text)):
            if found == "\n":
                put_word()
                start_line()
            elif found[0] in " \t":
                put_word()
                put(_part(" " * len(found), style, letters))
            else:
                word += [Part(run, style) for run in letters.runs(found, weight(style))]
    put_word()
    return [_in_order(line, letters) for line in lines]


def weight(style: str) -> str:
    return "bold" if style in BOLD else "regular"


def _part(text: str, style: str, letters: Letters) -> Part:
    """Of letters that one font has."""
    [run] = letters.runs(text, weight(style))
    return Part(run, style)


def _cut(word: Line, width: float, letters: Letters) -> Iterable[Part]:
    """A word that is wider than a line, in parts that fill lines."""
    for run, style in word:
        text, filled = "", 0.0
        for letter in run.text:
            more = _part(letter, style, letters).run.width
            if text and filled + more > width:
                yield _part(text, style, letters)
                text, filled = "", 0.0
            text, filled = text + letter, filled + more
        yield _part(text, style, letters)


def _in_order(line: Line, letters: Letters) -> Line:
    """With what is read from right to left turned round, as a PDF has it; the line itself is read from the left."""
    if any(_FROM_RIGHT.search(part.run.text) for part in line):
        signs = turn_round([(letter, part.style) for part in line for letter in part.run.text])
        line = [_part(letter, style, letters) for letter, style in signs]
    return [_merged(list(alike)) for _, alike in groupby(line, key=lambda part: (part.style, part.run.face))]


def _merged(parts: Line) -> Part:
    """Neighbours of one style and font."""
    text = "".join(part.run.text for part in parts)
    return Part(Run(text, parts[0].run.face, sum(part.run.width for part in parts)), parts[0].style)


def turn_round(signs: Sequence[Sign]) -> list[Sign]:
    """Letters with their styles, in the order of the page: from a right-to-left letter to the last one before a
    left-to-right letter all stands in opposite order, but for numbers.

    What Unicode's algorithm (UAX 9) does in a paragraph that is read from the left, without embeddings.
    """
    found: list[Sign] = []
    at = 0
    while at < len(signs):
        end = at
        if _direction(signs[at]) in ("R", "AL"):
            for n in range(at, len(signs)):
                if _direction(signs[n]) == "L":
                    break
                if _direction(signs[n]) in ("R", "AL"):
                    end = n
        found += _reversed(signs[at : end + 1])
        at = end + 1
    return found


def _direction(sign: Sign) -> str:
    return unicodedata.bidirectional(sign[0])


#: European and Arabic digits, and what separates them or stands before them.
_IN_NUMBERS = ("EN", "AN", "CS", "ES")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def _reversed(signs: Sequence[Sign]) -> list[Sign]:
    """Numbers keep their order, and a mark stays behind its letter."""
    if len(signs) == 1:
        return list(signs)
    groups: list[list[Sign]] = []
    for letter, style in signs:
        kind = unicodedata.bidirectional(letter)
        goes_on_number = kind in _IN_NUMBERS and groups and _direction(groups[-1][-1]) in _IN_NUMBERS
        if groups and (kind == "NSM" or goes_on_number):
            groups[-1].append((letter, style))
        else:
            groups.append([(letter.translate(_MIRRORED), style)])
    return [sign for group in reversed(groups) for sign in group]
