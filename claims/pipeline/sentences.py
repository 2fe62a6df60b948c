"""Divides an article's text into sentences with exact offsets, and gives each its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from claims.pipeline.roles import assign_roles
from claims.pipeline.sentence_corrections import correct_roles, correct_spans
from claims.pipeline.sentence_ends import sentence_starts
from claims.pipeline.sentence_rebase import rebase
from claims.pipeline.types import Sentence, SourceArticle

__all__ = ["rebase", "split_article", "split_text"]

#: ``text[start:end]``, counted in code points.
Span = tuple[int, int]

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LETTER = re.compile(r"[^\W_]")
_WHOLE_WORD_LETTER = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def split_article(article: SourceArticle, index: int) -> list[Sentence]:
    """The sentences of ``article``, the ``index``-th of its story, in order; ``article.corrections`` are obeyed.

    Spans are disjoint, neither begin nor end with white space, and cover every other character of the text.
    """
    text = article.text
    spans = correct_spans(text, split_text(text, article.language), article.corrections)
    roles = correct_roles(spans, assign_roles(text, spans), article.corrections)
    return [
        Sentence(f"{index}.{number}", index, start, end, text[start:end], role)
        for number, ((start, end), role) in enumerate(zip(spans, roles, strict=True))
    ]


def split_text(text: str, language: str = "") -> list[Span]:
    """The spans of the sentences in ``text``, in order. A sentence never crosses the end of a line."""
    return [span for line in _LINE.finditer(text) for span in _line_spans(line.group(), line.start(), language)]


def _line_spans(line: str, offset: int, language: str) -> Iterator[Span]:
    cuts = [0, *sentence_starts(line, language), len(line)]
    pieces = [piece for start, end in pairwise(cuts) if (piece := _trim(line, start, end))]
    return ((offset + start, offset + end) for start, end in _attach_fragments(line, pieces))


def _trim(text: str, start: int, end: int) -> Span | None:
    """``start:end`` without the white space at its ends; None when nothing else is there."""
    piece = text[start:end]
    start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
    return (start, end) if start < end else None


def _attach_fragments(line: str, pieces: list[Span]) -> list[Span]:
    """``pieces`` with those that hold no word (a dash, one letter) joined to the piece before, or after when first."""
    whole: list[Span] = []
    waiting: int | None = None
    for start, end in pieces:
        if _is_fragment(line[start:end]):
            if whole:
                whole[-1] = (whole[-1][0], end)
            elif waiting is None:
                waiting = start
        else:
            whole.append((start if waiting is None else waiting, end))
            waiting = None
    return whole or ([(pieces[0][0], pieces[-1][1])] if pieces else [])


def _is_fragment(piece: str) -> bool:
    if len(piece) > 8:
        return not _LETTER.search(piece)
    return len(_LETTER.findall(piece)) < 2 and not _WHOLE_WORD_LETTER.search(piece)
