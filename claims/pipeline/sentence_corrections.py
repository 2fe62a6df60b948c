"""Obeys the corrections of an article: a reader's, or the extraction's, word on how its text divides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from claims.pipeline.types import Correction, Role

Span = tuple[int, int]


def correct_spans(text: str, spans: Sequence[Span], corrections: Sequence[Correction]) -> list[Span]:
    """``spans`` (in order, disjoint) after the splits and joins of ``corrections``, of which a later one overrides."""
    corrected = list(spans)
    for correction in corrections:
        if correction.action == "split":
            _split(text, corrected, correction.start)
        elif correction.action == "join":
            _join(corrected, correction.start, correction.end)
    return corrected


def correct_roles(spans: Sequence[Span], roles: Sequence[Role], corrections: Sequence[Correction]) -> list[Role]:
    """``roles`` with those that ``corrections`` give to the sentences lying mostly within their span."""
    corrected = list(roles)
    for correction in corrections:
        if correction.action == "role" and correction.role:
            for number in _touched(spans, correction.start, correction.end):
                start, end = spans[number]
                if 2 * (min(end, correction.end) - max(start, correction.start)) > end - start:
                    corrected[number] = correction.role
    return corrected


def _touched(spans: Sequence[Span], start: int, end: int) -> range:
    """The numbers of the spans that share a character with ``start:end``."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return range(first, max(first, bisect_left(spans, end, key=lambda span: span[0])))


def _split(text: str, spans: list[Span], place: int) -> None:
    for number in _touched(spans, place, place + 1):
        start, end = spans[number]
        left, right = text[start:place].rstrip(), text[place:end].lstrip()
        if left and right:
            spans[number : number + 1] = [(start, start + len(left)), (end - len(right), end)]


def _join(spans: list[Span], start: int, end: int) -> None:
    touched = _touched(spans, start, end)
    if len(touched) > 1:
        spans[touched.start : touched.stop] = [(spans[touched.start][0], spans[touched.stop - 1][1])]
