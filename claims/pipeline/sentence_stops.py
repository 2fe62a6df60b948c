"""The places in one paragraph at which a sentence could end, with what stands on both sides of each.

Offsets count characters of the paragraph, which is never rewritten. sentencex reads a copy of equal length in which
quotation marks and brackets are spaces and a full stop that stands apart (``Europe .``) touches its word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import sentencex

from claims.pipeline.language import primary_code
from claims.pipeline.sentence_marks import QUOTE, asides, quote_marks

OWN_SCRIPT_ENDS = "。！？｡؟۔।"
_TERMINATOR = re.compile(r"\.(?:\s\.){2,}|[.!?…]+|[。！？｡؟۔।]+")
_INITIALS = re.compile(r"(?<![\w.’'-])[^\W\d_]\s?\.(?:\s?[^\W\d_]\s?\.)*")  # "J. K.", "U.S.", "a. m."
_LOST_SPACE = re.compile(r"(?<=[a-z]{3})[.!?]+(?=[A-Z][a-z]+\s)")  # "he said.The minister"
_GOES_ON = re.compile(r"\s*[,;:]")
_LAST_WORD = re.compile(r"[^\s\"“”„«»(\[]+\Z")
_NEXT_WORD = re.compile(r"[^\w.!?…]*([^\W_][\w.’'-]{0,30})")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`](?=\w)")
_MARKS_ASIDE = re.compile(r"['’‘`()\[\]{}]")
_LONE_TERMINATOR = re.compile(r"(?<=[^\s.!?])\s([.!?])(?=\s|\Z)")
_REACH = 40  # how far back the last word is looked for


@dataclass(frozen=True, slots=True)
class Stop:
    """A possible end of a sentence: ``mark`` stands at ``start:end``, and what closes after it reaches to ``cut``."""

    mark: str
    start: int
    end: int
    cut: int
    word: str  # the word before the mark; "U.S" for "U. S."
    initials: bool
    next_word: str
    next_word_at: int

    @property
    def closed(self) -> bool:
        return self.cut > self.end


class Paragraph:
    """One line of a text, read for the places at which a sentence may end."""

    def __init__(self, line: str, language: str) -> None:
        self.line = line
        self.language = primary_code(language) or "en"
        self.english = self.language == "en"
        self.marks = quote_marks(line)
        self.openings = [at for at, opens in self.marks.items() if opens]

    @cached_property
    def asides(self) -> bytearray:
        """1 for each character inside a bracketed aside, which no sentence ends."""
        inside = bytearray(len(self.line))
        for start, end in asides(self.line):
            inside[start:end] = b"\x01" * (end - start)
        return inside

    @cached_property
    def initials(self) -> dict[int, tuple[int, str]]:
        """{place of the first full stop of a run of initials: (place after the run, the run without its spaces)}."""
        return {
            match.start() + match.group().index("."): (match.end(), "".join(match.group().split())[:-1])
            for match in _INITIALS.finditer(self.line)
        }

    @cached_property
    def proposals(self) -> list[int]:
        """Where sentencex begins a new sentence."""
        masked = QUOTE.sub(lambda mark: " " * len(mark.group()), self.line)
        masked = _MARKS_ASIDE.sub(" ", _APOSTROPHE.sub("x", masked))
        masked = _LONE_TERMINATOR.sub(r"\1 ", masked)
        return [found["end_index"] for found in sentencex.get_sentence_boundaries(self.language, masked)]

    def stops(self) -> Iterator[Stop]:
        """The possible ends, in order, save those that nothing follows."""
        at = 0
        while match := _TERMINATOR.search(self.line, at):
            start, end, mark = match.start(), match.end(), match.group()
            run_end, run = self.initials.get(start, (0, ""))
            if run_end:
                start, end, mark = run_end - 1, run_end, "."
            if self.asides[start]:
                at = end
                continue
            cut = at = self._after_closing_marks(end)
            follows = _NEXT_WORD.match(self.line, cut) if self._stands_apart(start, end, cut) else None
            if follows:
                word = run or self._word_before(start)
                yield Stop(mark, start, end, cut, word, bool(run), follows[1], follows.start(1))

    def _stands_apart(self, start: int, end: int, cut: int) -> bool:
        """Whether a sentence can end here at all, which "3.5", "example.org" and "at 5 p.m., when" rule out."""
        if cut == len(self.line) or _GOES_ON.match(self.line, cut):
            return False
        if cut > end or self.line[cut].isspace() or cut in self.marks or self.line[start] in OWN_SCRIPT_ENDS:
            return True
        return bool(_LOST_SPACE.match(self.line, start))

    def _word_before(self, place: int) -> str:
        found = _LAST_WORD.search(self.line[max(0, place - _REACH) : place].rstrip())
        return found.group() if found else ""

    def _after_closing_marks(self, end: int) -> int:
        """The place after the quotation marks and brackets that close the sentence that ends at ``end``."""
        line, length = self.line, len(self.line)
        while end < length:
            at = end
            while at < length and line[at].isspace():
                at += 1
            if at == length:
                break
            alone = at + 1 == length or line[at + 1].isspace() or self.marks.get(at + 1) is False
            if at in self.marks:
                if self.marks[at]:
                    break
                end = at + (2 if line[at] in "`'" else 1)
            elif (
                line[at] in ")]}"
                or (line[at] in "'’*_" and (alone if at > end else not line[at + 1 : at + 2].isalnum()))
                or (line[at] in ".!?…" and (at == end or alone))
            ):
                end = at + 1
            else:
                break
        return end

    def sentencex_agrees(self, stop: Stop) -> bool:
        """Whether sentencex, too, begins a sentence after ``stop``."""
        return bisect_right(self.proposals, stop.next_word_at) > bisect_left(self.proposals, stop.start)
