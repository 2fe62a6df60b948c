"""Sentences with the words that matter in them marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from claims.pipeline.types import Alignment, ClaimRow, Evidence, Sentence

from .snapshot import Snapshot

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    outlet: str
    text: SafeString


def quote(snapshot: Snapshot, sentence: Sentence, evidence: Evidence) -> Quote:
    return Quote(snapshot.outlets[sentence.article], marked(sentence, [(evidence.start, evidence.end)]))


def marked(sentence: Sentence, spans: Iterable[Span]) -> SafeString:
    """The sentence's text with ``spans`` of the article's text in it as ``<mark>``; spans outside it are left out."""
    parts, at = [], 0
    for start, end in _joined(spans):
        first, last = max(start - sentence.start, at), min(end - sentence.start, len(sentence.text))
        if first < last:
            parts.append(f"{escape(sentence.text[at:first])}<mark>{escape(sentence.text[first:last])}</mark>")
            at = last
    return mark_safe("".join(parts) + escape(sentence.text[at:]))  # noqa: S308 - all parts are escaped


def evidence_spans(snapshot: Snapshot, row: ClaimRow) -> dict[str, list[Span]]:
    """Where the words that diverge stand, by sentence of the row."""
    found: dict[str, list[Span]] = {id_: [] for id_ in row.sentences}
    for link in snapshot.links_of[row.id]:
        for side, evidence in _sides(link):
            found[side].append((evidence.start, evidence.end))
    return found


def _sides(link: Alignment) -> Iterable[tuple[str, Evidence]]:
    for divergence in link.divergences:
        yield link.a, divergence.a
        yield link.b, divergence.b


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, overlapping ones made one."""
    joined: list[Span] = []
    for start, end in sorted(set(spans)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
