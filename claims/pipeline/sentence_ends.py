"""Where the sentences of one paragraph end: rules about news English first, and sentencex where they are silent."""

from __future__ import annotations

import re
from bisect import bisect_left

from claims.pipeline import sentence_words as words
from claims.pipeline.sentence_stops import OWN_SCRIPT_ENDS, Paragraph, Stop

_BULLET = re.compile(r"(?<=\s)[•▪●◦‣■](?=\s)")
_ITEM_NUMBER = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,4})\Z")
_SHORT_NUMBER = re.compile(r"(?<![\d,.])\d{1,3}\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")  # "U.S", "Ph.D"
_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z]")  # "D-Va", after a name
_SPEECH_TAG = re.compile(
    rf"[\s\"“”’']*(?:(?:[A-Z][\w.’'-]{{0,30}}|the|of|de|van|al)\s+){{1,6}}(?:{words.SPEECH_VERBS})\b(?!\s?:)"
)
_ITEM_LENGTH = 9
_TIME_PHRASE = 20  # "At about 5 p.m." is too short to be a sentence


def sentence_starts(line: str, language: str = "") -> list[int]:
    """The places in ``line`` (one paragraph) at which a new sentence begins, without the first, in order.

    ``language`` is an ISO 639-1 code; an empty or unknown one is read as English.
    """
    paragraph = Paragraph(line, language)
    starts, start = [bullet.start() for bullet in _BULLET.finditer(line)], 0
    for stop in paragraph.stops():
        if _ends(paragraph, stop, start):
            start = stop.cut
            starts.append(start)
    return sorted(set(starts))


def _ends(paragraph: Paragraph, stop: Stop, sentence_start: int) -> bool:
    """Whether the sentence that began at ``sentence_start`` ends at ``stop``."""
    if stop.mark[0] in OWN_SCRIPT_ENDS:
        return True
    if stop.mark == ".":
        return _full_stop_ends(paragraph, stop, sentence_start)
    if stop.next_word[0].islower() or stop.word.lower() in words.SHOUTED_NAMES:
        return False
    if stop.mark == "?" and stop.next_word[0].isdigit() and not stop.closed:
        return False  # "lend ?22 billion": a currency sign that the encoding lost
    return not (stop.closed and _speech_tag_follows(paragraph, stop, sentence_start))


def _full_stop_ends(paragraph: Paragraph, stop: Stop, sentence_start: int) -> bool:
    length, following = stop.start - sentence_start, stop.next_word
    if length < _ITEM_LENGTH and _ITEM_NUMBER.match(paragraph.line[sentence_start : stop.start]):
        return False
    if following[0].isdigit() and not stop.closed and _SHORT_NUMBER.search(stop.word):
        return False  # "magnitude 5. 9", from tokenised text
    if paragraph.english:
        decided = _english_full_stop(stop, paragraph.line[stop.cut : stop.next_word_at], length)
        if decided is not None:
            return decided
    if following[0].islower() and (stop.closed or stop.initials or not stop.word.islower() or len(stop.word) < 3):
        return False
    return (stop.closed and not stop.initials) or paragraph.sentencex_agrees(stop)


def _english_full_stop(stop: Stop, gap: str, length: int) -> bool | None:
    """Whether an English sentence ends at ``stop``, by the words on both sides; None where they do not tell.

    ``gap`` stands before the next word; ``length`` counts the sentence's characters up to here.
    """
    word, following = stop.word, stop.next_word
    lowered, upper, lower = word.lower(), following[0].isupper(), following[0].islower()
    if (
        lowered in words.BEFORE_A_NAME
        or (lowered in words.BEFORE_A_NUMBER and following[0].isdigit())
        or following in words.WEB_ENDINGS
    ):
        return False
    if lowered in words.TIMES:
        return upper and length >= _TIME_PHRASE and following.rstrip(".").title() not in words.AFTER_A_TIME
    if _PARTY_AND_STATE.match(word) or word.endswith((")", "]")):
        return not lower
    if _is_undecided(stop):
        opens_a_quotation = upper and not gap.isspace()
        return following in words.STARTERS or opens_a_quotation or (upper and stop.closed)
    if word in words.NOT_ABBREVIATED or following in words.STARTERS or (word.isupper() and len(word) > 1):
        return not lower
    return None


def _is_undecided(stop: Stop) -> bool:
    """Whether the word before ``stop`` is an abbreviation that stands in mid-sentence as well as at the end of one."""
    word = stop.word
    if stop.initials or _DOTTED.match(word) or word in words.UNDECIDED_IN_LOWER_CASE:
        return True
    return word[:1].isupper() and word.lower() in words.UNDECIDED


def _speech_tag_follows(paragraph: Paragraph, stop: Stop, sentence_start: int) -> bool:
    """Whether a tag (``"Why?" Mr. Field asked``) belongs to the quotation, which then began the sentence or earlier."""
    if not _SPEECH_TAG.match(paragraph.line, stop.cut):
        return False
    before = bisect_left(paragraph.openings, stop.start)
    opening = paragraph.openings[before - 1] if before else 0
    return not any(character.isalnum() for character in paragraph.line[sentence_start:opening])
