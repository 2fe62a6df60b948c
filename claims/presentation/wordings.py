"""One outlet's wording of an utterance, with the words marked in which it differs from the fullest one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from claims.pipeline.relations import quotations
from claims.pipeline.relations.quotations import Quotation, Word
from claims.pipeline.relations.tokens import Block, tokenise
from claims.pipeline.types import Wording
from claims.pipeline.wordings import changes

from .changes import hidden

#: Missing words are shown as they are up to so many; of longer stretches the first and the last are.
LONGEST_MISSING = 14
FIRST_WORDS, LAST_WORDS = 6, 3
#: What a screen reader says of marked words, whose look alone would not be heard.
MISSING, ADDED, END = "[left out: ", "[only here: ", "]"


@dataclass(frozen=True, slots=True)
class Part:
    """A wording with the words that it quotes, as they were said; ``text`` is the text of its article.

    ``gaps``: the places in ``words`` before which it openly leaves something out.
    """

    wording: Wording
    text: str
    spans: tuple[Quotation, ...]
    words: tuple[Word, ...]
    gaps: frozenset[int]


_read = lru_cache(maxsize=32)(quotations.read)  # every wording of an article asks for the same


def read_part(wording: Wording, text: str) -> Part:
    """``wording`` read again in the text of its article; a paraphrase quotes nothing that counts."""
    found = () if wording.rendering == "paraphrased" else _read(text)
    spans = quotations.clipped(found, wording.start, wording.end)
    tokens = tokenise(wording.text)
    placed = [t._replace(start=t.start + wording.start, end=t.end + wording.start) for t in tokens]
    words: list[Word] = []
    gaps = {0}
    for span in spans:
        gaps.add(len(words))
        for word in quotations.spoken(placed, span):
            if word.norm == "…":
                gaps.add(len(words))
            else:
                words.append(word)
    return Part(wording, text, spans, tuple(words), frozenset(gaps | {len(words)}))


def said(parts: Sequence[Part]) -> tuple[str, ...]:
    """The words of an outlet's parts in normal form: equal for two outlets that print the same."""
    return tuple(word.norm for part in parts for word in part.words)


def plain(part: Part) -> SafeString:
    """The wording without marks, in quotation marks, what interrupts the quotation set apart."""
    return _written(part, (), 0, [])


def marked(reference: Sequence[Part], parts: Sequence[Part]) -> list[SafeString]:
    """The parts of one outlet with ``<ins>`` around what ``reference`` lacks and ``<del>`` for what they lack."""
    full = [word for part in reference for word in part.words]
    starts = list(accumulate((len(part.words) for part in parts), initial=0))
    gaps = {start + gap for start, part in zip(starts, parts, strict=False) for gap in part.gaps}
    blocks = [b for b in changes(said(reference), said(parts), gaps) if not _same(b, full, parts)]
    written, at = [], 0
    for part in parts:
        written.append(_written(part, blocks, at, full, is_last=part is parts[-1]))
        at += len(part.words)
    return written


def _same(block: Block, full: Sequence[Word], parts: Sequence[Part]) -> bool:
    """Whether a block holds the same words, be it in another spelling: "ceasefire", "cease-fire"."""
    words = [word for part in parts for word in part.words]
    left = "".join(w.norm for w in full[block.a_start : block.a_end])
    return block.equal or left == "".join(w.norm for w in words[block.b_start : block.b_end])


def _written(
    part: Part, blocks: Sequence[Block], first: int, full: Sequence[Word], *, is_last: bool = False
) -> SafeString:
    """The part's text; ``first`` is the place of its first word among all of the outlet's words."""
    last = first + len(part.words)
    here = [b for b in blocks if first <= b.b_start < last or (is_last and b.b_start == last)]
    pieces, at = [_opening(part)], part.wording.start
    for block in here:
        start, end = _place(part, block.b_start - first, block.b_end - first)
        deleted = _deleted(full[block.a_start : block.a_end])
        is_at_end = block.b_start == last
        pieces.append(_between(part, at, start))
        pieces.append(f" {deleted}" if is_at_end else f"{deleted} ")
        if start < end:
            pieces += _inserted(part, start, end)
        at = end
    pieces.append(_between(part, at, part.wording.end))
    pieces.append("" if part.wording.rendering == "paraphrased" else "”")
    return mark_safe("".join(pieces))  # noqa: S308 - all pieces are escaped


def _opening(part: Part) -> str:
    return "" if part.wording.rendering == "paraphrased" else "“"


def _place(part: Part, first: int, last: int) -> tuple[int, int]:
    """Where in the article the words ``first..last`` of the part stand; between two words where there are none."""
    if first < last:
        inside = part.words[first : min(last, len(part.words))]
        return inside[0].token.start, inside[-1].token.end
    at = part.words[first].token.start if first < len(part.words) else part.words[-1].token.end
    return at, at


def _between(part: Part, start: int, end: int) -> str:
    """A stretch of the article, what stands outside quotation marks as an interruption."""
    if part.wording.rendering == "paraphrased":
        return escape(part.text[start:end])
    told = quotations.stretches(part.text, part.spans, start, end)
    return "".join(escape(text) if is_said else _interruption(text) for text, is_said in told)


def _inserted(part: Part, start: int, end: int) -> Iterator[str]:
    """A stretch that only this wording has; what interrupts the quotation in it was not said."""
    for text, is_said in quotations.stretches(part.text, part.spans, start, end):
        yield f"<ins>{hidden(ADDED)}{escape(text)}{hidden(END)}</ins>" if is_said else _interruption(text)


def _interruption(text: str) -> str:
    return f'<span class="interruption">{escape(text)}</span>' if text.strip() else escape(text)


def _deleted(words: Sequence[Word]) -> str:
    """Words that the outlet lacks, as the fullest wording spells them."""
    tokens = list(dict.fromkeys(word.token for word in words))
    if not tokens:
        return ""
    told = [token.text for token in tokens]
    if len(told) > LONGEST_MISSING:
        told = [*told[:FIRST_WORDS], f"… {len(told) - FIRST_WORDS - LAST_WORDS} words …", *told[-LAST_WORDS:]]
    return f"<del>{hidden(MISSING)}{escape(' '.join(told))}{hidden(END)}</del>"
