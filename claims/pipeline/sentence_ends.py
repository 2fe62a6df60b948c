"""Where the sentences of one paragraph end: rules about news English first, and sentencex where they are silent.

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

from claims.pipeline import sentence_words as words
from claims.pipeline.sentence_marks import QUOTE, asides, quote_marks

_TERMINATOR = re.compile(r"\.(?:\s\.){2,}|[.!?…]+|[。！？｡؟۔।]+")
_OWN_SCRIPT_ENDS = "。！？｡؟۔।"
_BULLET = re.compile(r"(?<=\s)[•▪●◦‣■](?=\s)")
_INITIALS = re.compile(r"(?<![\w.’'-])[^\W\d_]\s?\.(?:\s?[^\W\d_]\s?\.)*")  # "J. K.", "U.S.", "a. m."
_LOST_SPACE = re.compile(r"(?<=[a-z]{3})[.!?]+(?=[A-Z][a-z]+\s)")  # "he said.The minister"
_GOES_ON = re.compile(r"\s*[,;:]")
_LAST_WORD = re.compile(r"[^\s\"“”„«»(\[]+\Z")
_NEXT_WORD = re.compile(r"[^\w.!?…]*([^\W_][\w.’'-]{0,30})")
_ITEM_NUMBER = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,4})\Z")
_SHORT_NUMBER = re.compile(r"(?<![\d,.])\d{1,3}\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")  # "U.S", "Ph.D"
_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z]")  # "D-Va", after a name
_SPEECH_TAG = re.compile(
    rf"[\s\"“”’']*(?:(?:[A-Z][\w.’'-]{{0,30}}|the|of|de|van|al)\s+){{1,6}}(?:{words.SPEECH_VERBS})\b(?!\s?:)"
)
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`](?=\w)")
_MARKS_ASIDE = re.compile(r"['’‘`()\[\]{}]")
_LONE_TERMINATOR = re.compile(r"(?<=[^\s.!?])\s([.!?])(?=\s|\Z)")
_REACH = 40  # how far back the last word is looked for


@dataclass(frozen=True, slots=True)
class _Stop:
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


class _Paragraph:
    def __init__(self, line: str, language: str) -> None:
        self.line = line
        self.language = language
        self.english = language in ("", "en")
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
        return [found["end_index"] for found in sentencex.get_sentence_boundaries(self.language or "en", masked)]

    def stops(self) -> Iterator[_Stop]:
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
                yield _Stop(mark, start, end, cut, word, bool(run), follows[1], follows.start(1))

    def _stands_apart(self, start: int, end: int, cut: int) -> bool:
        """Whether a sentence can end here at all, which "3.5", "example.org" and "at 5 p.m., when" rule out."""
        if cut == len(self.line) or _GOES_ON.match(self.line, cut):
            return False
        if cut > end or self.line[cut].isspace() or cut in self.marks or self.line[start] in _OWN_SCRIPT_ENDS:
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

    def ends(self, stop: _Stop, sentence_start: int) -> bool:
        """Whether the sentence that began at ``sentence_start`` ends at ``stop``."""
        if stop.mark[0] in _OWN_SCRIPT_ENDS:
            return True
        if stop.mark == ".":
            return self._full_stop_ends(stop, sentence_start)
        if stop.next_word[0].islower() or stop.word.lower() in words.SHOUTED_NAMES:
            return False
        if stop.mark == "?" and stop.next_word[0].isdigit() and not stop.closed:
            return False  # "lend ?22 billion": a currency sign that the encoding lost
        return not (stop.closed and self._speech_tag_follows(stop, sentence_start))

    def _full_stop_ends(self, stop: _Stop, sentence_start: int) -> bool:
        following = stop.next_word
        if (
            _ITEM_NUMBER.match(self.line[sentence_start : stop.start][: _REACH // 4])
            and stop.start - sentence_start < 9
        ):
            return False
        if following[0].isdigit() and not stop.closed and _SHORT_NUMBER.search(stop.word):
            return False  # "magnitude 5. 9", from tokenised text
        if stop.word.lower() in words.TIMES and stop.start - sentence_start < _REACH // 2:
            return False  # "At 5 p.m. Ms Field ..."
        if stop.word.endswith((")", "]")):
            return not following[0].islower()
        if self.english and (decided := _english_full_stop(stop, self.line[stop.cut : stop.next_word_at])) is not None:
            return decided
        if following[0].islower() and (stop.closed or stop.initials or not stop.word.islower() or len(stop.word) < 3):
            return False
        return (stop.closed and not stop.initials) or self._sentencex_agrees(stop)

    def _sentencex_agrees(self, stop: _Stop) -> bool:
        return bisect_right(self.proposals, stop.next_word_at) > bisect_left(self.proposals, stop.start)

    def _speech_tag_follows(self, stop: _Stop, sentence_start: int) -> bool:
        """Whether a tag (``"Why?" Mr. Field asked``) belongs to the quotation, which then began the sentence or earlier."""
        if not _SPEECH_TAG.match(self.line, stop.cut):
            return False
        before = bisect_left(self.openings, stop.start)
        opening = self.openings[before - 1] if before else 0
        return not any(character.isalnum() for character in self.line[sentence_start:opening])


def _english_full_stop(stop: _Stop, gap: str) -> bool | None:
    """Whether an English sentence ends at ``stop``; None where its words do not tell. ``gap`` precedes the next word."""
    word, following = stop.word, stop.next_word
    lowered = word.lower()
    if following.lower() in words.WEB_ENDINGS and following.islower():
        return False
    if lowered in words.TIMES:
        return following[0].isupper() and following.rstrip(".").title() not in words.AFTER_A_TIME
    if _PARTY_AND_STATE.match(word):
        return following[0].isupper()
    if lowered in words.BEFORE_A_NAME:
        return False
    if lowered in words.BEFORE_A_NUMBER and following[0].isdigit():
        return False
    if (
        stop.initials
        or _DOTTED.match(word)
        or (lowered in words.UNDECIDED and word[0].isupper())
        or word in words.UNDECIDED_IN_LOWER_CASE
    ):
        opens_a_quotation = not gap.isspace() and following[0].isupper()
        return following in words.STARTERS or opens_a_quotation or (stop.closed and following[0].isupper())
    if word in words.NOT_ABBREVIATED or following in words.STARTERS or (word.isupper() and len(word) > 1):
        return not following[0].islower()
    return None


def sentence_starts(line: str, language: str = "") -> list[int]:
    """The places in ``line`` (one paragraph) at which a new sentence begins, without the first, in order.

    ``language`` is an ISO 639-1 code; an empty or unknown one is read as English.
    """
    paragraph = _Paragraph(line, language)
    starts, start = [bullet.start() for bullet in _BULLET.finditer(line)], 0
    for stop in paragraph.stops():
        if paragraph.ends(stop, start):
            start = stop.cut
            starts.append(start)
    return sorted(set(starts))
