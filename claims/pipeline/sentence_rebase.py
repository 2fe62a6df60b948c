"""Moves corrections along with their place when an article's text is edited.

A correction stays only where the words that it was made about are still there, among words that stand once in both
texts and in the same order. So it is dropped rather than moved to a place that merely looks alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.pipeline.types import Correction

Span = tuple[int, int]

_WORD = re.compile(r"\w+|[^\w\s]")
_ANCHOR_WORDS = 3
_BESIDE = 2  # words on each side of a split that have to be the same
_SAME = 0.75  # the part of a stretch's words that has to be the same
_GONE = -1


def rebase(corrections: Sequence[Correction], old_text: str, new_text: str) -> tuple[Correction, ...]:
    """``corrections`` of ``old_text`` at their places in ``new_text``, in order, without those whose place is gone."""
    if old_text == new_text or not corrections:
        return tuple(corrections)
    moves = _Moves(old_text, new_text)
    moved = (moves.split(each) if each.action == "split" else moves.stretch(each) for each in corrections)
    return tuple(correction for correction in moved if correction)


class _Moves:
    """Which word of the new text each word of the old one became."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old = [match.span() for match in _WORD.finditer(old_text)]
        self.new = [match.span() for match in _WORD.finditer(new_text)]
        self.became = _match(
            [old_text[start:end] for start, end in self.old], [new_text[start:end] for start, end in self.new]
        )

    def split(self, correction: Correction) -> Correction | None:
        """The split between the same words; None when one of them changed or another came between."""
        right = bisect_left(self.old, correction.start, key=lambda span: span[0])
        beside = self.became[max(0, right - _BESIDE) : right + _BESIDE]
        if not 0 < right < len(self.old) or self.old[right - 1][1] > correction.start:
            return None
        if _GONE in beside or beside[-1] - beside[0] != len(beside) - 1:
            return None
        left_end = self.new[self.became[right] - 1][1]
        gap = self.new[self.became[right]][0] - left_end
        place = left_end + min(correction.start - self.old[right - 1][1], gap)
        return replace(correction, start=place, end=place)

    def stretch(self, correction: Correction) -> Correction | None:
        """The join or role over the same stretch; None when its ends or too many of its words changed."""
        first = bisect_left(self.old, correction.start, key=lambda span: span[0])
        last = bisect_right(self.old, correction.end, key=lambda span: span[1]) - 1
        words = self.became[first : last + 1]
        if not words or _GONE in (words[0], words[-1]):
            return None
        kept = len(words) - words.count(_GONE)
        if kept < _SAME * max(len(words), words[-1] - words[0] + 1):
            return None
        return replace(correction, start=self.new[words[0]][0], end=self.new[words[-1]][1])


def _match(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each word of ``old`` the number of the same word in ``new``, rising, or -1 where it is gone or in doubt.

    Runs of words that stand once in each text are the anchors (as in a patience diff); equal words beside them follow.
    """
    became, taken = [_GONE] * len(old), bytearray(len(new))

    def follow(a: int, b: int, step: int, most: int) -> None:
        while most and 0 <= a < len(old) and 0 <= b < len(new) and old[a] == new[b]:
            if became[a] != _GONE or taken[b]:
                break
            became[a], taken[b] = b, 1
            a, b, most = a + step, b + step, most - 1

    anchors = _rising(_anchors(old, new))
    for a, b in anchors:
        for step in range(_ANCHOR_WORDS):
            follow(a + step, b + step, 1, 1)
    longest = len(old)
    for a, b in [(-1, -1), *((a + _ANCHOR_WORDS - 1, b + _ANCHOR_WORDS - 1) for a, b in anchors)]:
        follow(a + 1, b + 1, 1, longest)
    for a, b in [*anchors, (len(old), len(new))]:
        follow(a - 1, b - 1, -1, longest)
    return became


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs of words that stand exactly once in each text begin in both, in the order of ``old``."""
    old_runs = list(zip(*(old[step:] for step in range(_ANCHOR_WORDS)), strict=False))
    new_runs = list(zip(*(new[step:] for step in range(_ANCHOR_WORDS)), strict=False))
    once_in_old = _once(old_runs)
    once_in_new = _once(new_runs)
    place = {run: b for b, run in enumerate(new_runs) if run in once_in_new}
    return [(a, place[run]) for a, run in enumerate(old_runs) if run in once_in_old and run in place]


def _once(runs: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {run for run, count in Counter(runs).items() if count == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` (rising in the first number) that rises in the second one too."""
    tails: list[int] = []  # the smallest last number of a rising part, by its length
    numbers: list[int] = []  # the pair that this last number belongs to
    before: list[int] = []  # for each pair, the one that precedes it
    for number, (_, b) in enumerate(pairs):
        length = bisect_left(tails, b)
        before.append(numbers[length - 1] if length else _GONE)
        tails[length : length + 1] = [b]
        numbers[length : length + 1] = [number]
    chain, number = [], numbers[-1] if numbers else _GONE
    while number != _GONE:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
