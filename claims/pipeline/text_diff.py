"""How one version of a text became another: sentence by sentence, and word by word within those that changed.

The division into sentences is a rough one, the same for all languages: it only has to be the same for both versions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Any, Literal

from rapidfuzz.distance import Indel

from claims.pipeline.diff import Change, diff_words
from claims.pipeline.relations.tokens import align

#: A weight, and the last pair with the chain before it.
_Chain = tuple[float, Any]
Fate = Literal["same", "tiny", "changed", "added", "removed", "moved away", "moved here"]

#: Versions of sentences share at least this much of their words; what shares less is one removed and one added.
LEAST_ALIKE = 0.5
#: Where whole stretches were rewritten, the partner of a sentence is sought among so many on either side of its place.
REACH = 30
#: Beyond so many pairs of sentences, or of characters of one, the one stretch is removed and the other added.
MOST_PAIRS = 100_000_000

_SPACE = re.compile(r"\s+")
_CLOSING = "\"'”’»)]"
_FORMS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "."}
)
_NO_MATTER = re.compile(r"[,.;:()]+(?!\d)(\b)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a text, with the white space behind it. ``essence``: without what a tiny edit changes."""

    start: int
    end: int
    text: str
    essence: str

    @property
    def ends_paragraph(self) -> bool:
        return "\n" in self.text[len(self.text.rstrip()) :]


@dataclass(frozen=True)
class Passage:
    """A sentence before and after; None where it is not there. Tiny: white space, forms of marks, commas, stops."""

    fate: Fate
    before: Piece | None
    after: Piece | None

    @cached_property
    def changes(self) -> list[Change]:
        """From the words before to those after; all at once where they are too many to be aligned."""
        before, after = (piece.text.strip() if piece else "" for piece in (self.before, self.after))
        if not before or not after or len(before) * len(after) > MOST_PAIRS:
            return [Change("replace", before, after)]
        return diff_words(before, after, is_exact=True)


def diff_texts(before: str, after: str) -> list[Passage]:
    """The sentences of both texts in order: their ``before`` make up the one, their ``after`` the other."""
    return _with_moves([*_align(_pieces(before), _pieces(after))])


def essence(text: str) -> str:
    """``text`` without what a tiny edit changes: white space, the forms of quotation marks and dashes, commas, stops.

    Adding quotation marks, a question mark, a sign or a capital letter is no tiny edit, nor is any within a figure.
    """
    return " ".join(_NO_MATTER.sub(_gap, text.translate(_FORMS)).split())


def _gap(mark: re.Match[str]) -> str:
    """A mark between words parts them; one before another mark or white space leaves nothing."""
    return "" if mark[1] is None else " "


def standing(spans: Sequence[tuple[int, int]], passages: Sequence[Passage]) -> list[bool]:
    """Which stretches of the first text are in the second word for word; moving along with a sentence is no change."""
    there = [passage for passage in passages if passage.before]
    ends = [passage.before.end for passage in there if passage.before]
    return [_stands(span, there[bisect_right(ends, span[0]) : bisect_left(ends, span[1]) + 1]) for span in spans]


def _stands(span: tuple[int, int], around: Sequence[Passage]) -> bool:
    if all(passage.fate in ("same", "moved away") for passage in around):
        return True
    first = around[0].before.start if around[0].before else 0
    words = "".join(p.before.text for p in around if p.before)[span[0] - first : span[1] - first]
    return words in "".join(passage.after.text for passage in around if passage.after)


def _pieces(text: str) -> list[Piece]:
    ends = [match.end() for match in _SPACE.finditer(text) if _is_end(text, match)]
    places = pairwise(dict.fromkeys([0, *ends, len(text)]))
    return [Piece(start, end, text[start:end], essence(text[start:end])) for start, end in places]


def _is_end(text: str, space: re.Match[str]) -> bool:
    """Whether a sentence ends before the white space: a line does, or there is a full stop, perhaps within marks."""
    if "\n" in space[0]:
        return True
    before = text[max(0, space.start() - 4) : space.start()].rstrip(_CLOSING)
    return before[-1:] in {*".!?…"}


def _align(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Passage]:
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    yield from map(_kept, before[:start], after)
    if len(left) * len(right) > MOST_PAIRS:
        yield from _rewritten(left, right, [])
    else:
        for block in align([piece.essence for piece in left], [piece.essence for piece in right]):
            here, there = left[block.a_start : block.a_end], right[block.b_start : block.b_end]
            yield from map(_kept, here, there) if block.equal else _rewritten(here, there, _pairs(here, there))
    yield from map(_kept, before[len(before) - end :], after[len(after) - end :])


def _common(before: Sequence[Piece], after: Sequence[Piece]) -> int:
    """How many pieces are alike from the start."""
    alike = (a.essence == b.essence for a, b in zip(before, after, strict=False))
    return next((n for n, is_alike in enumerate(alike) if not is_alike), min(len(before), len(after)))


def _kept(before: Piece, after: Piece) -> Passage:
    return Passage("same" if before.text.strip() == after.text.strip() else "tiny", before, after)


def _rewritten(before: Sequence[Piece], after: Sequence[Piece], pairs: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """What went goes before what came, between the sentences that are versions of each other."""
    i = j = 0
    for a, b in [*pairs, (len(before), len(after))]:
        yield from (Passage("removed", piece, None) for piece in before[i:a])
        yield from (Passage("added", None, piece) for piece in after[j:b])
        if a < len(before):
            yield Passage("changed", before[a], after[b])
        i, j = a + 1, b + 1


def _pairs(before: Sequence[Piece], after: Sequence[Piece]) -> list[tuple[int, int]]:
    """The places of sentences that are versions of each other, rising in both: those that are most alike in sum."""
    here, there = ([piece.essence.split() for piece in pieces] for pieces in (before, after))
    heaviest = _Heaviest(len(after))
    for a, words in enumerate(here):
        middle = a * len(there) // len(here)
        found = []
        for b in range(max(0, middle - REACH), min(len(there), middle + REACH + 1)):
            alike = Indel.normalized_similarity(words, there[b], score_cutoff=LEAST_ALIKE)
            if alike:
                found.append((b, alike))
        heaviest.add(a, found)
    return heaviest.chain()


class _Heaviest:
    """The heaviest chain of pairs that rises in both numbers; a Fenwick tree knows the heaviest up to each place."""

    def __init__(self, size: int) -> None:
        self.best: list[_Chain] = [(0.0, None)] * (size + 1)

    def add(self, a: int, found: Sequence[tuple[int, float]]) -> None:
        """The pairs of the next ``a``, each with its weight."""
        longer = [(b, (self._up_to(b)[0] + alike, (a, b, self._up_to(b)))) for b, alike in found]
        for b, chain in longer:
            at = b + 1
            while at < len(self.best):
                self.best[at] = max(self.best[at], chain, key=itemgetter(0))
                at += at & -at

    def _up_to(self, b: int) -> _Chain:
        """The heaviest that ends before ``b``."""
        heaviest: _Chain = (0.0, None)
        while b:
            heaviest = max(heaviest, self.best[b], key=itemgetter(0))
            b -= b & -b
        return heaviest

    def chain(self) -> list[tuple[int, int]]:
        pairs = []
        link = self._up_to(len(self.best) - 1)[1]
        while link:
            a, b, (_, link) = link
            pairs.append((a, b))
        return pairs[::-1]


def _with_moves(passages: Sequence[Passage]) -> list[Passage]:
    """What went in one place and came in another, word for word, was moved."""
    went, came = (
        Counter(piece.essence for piece in pieces if piece and piece.essence)
        for pieces in (
            [p.before for p in passages if p.fate == "removed"],
            [p.after for p in passages if p.fate == "added"],
        )
    )
    moved = went & came
    left: dict[Fate, Counter[str]] = {"removed": moved.copy(), "added": moved.copy()}
    return [_moved(passage, left[passage.fate]) if passage.fate in left else passage for passage in passages]


def _moved(passage: Passage, left: Counter[str]) -> Passage:
    piece = passage.before or passage.after
    if piece is None or not left[piece.essence]:
        return passage
    left[piece.essence] -= 1
    return replace(passage, fate="moved away" if passage.before else "moved here")
