"""Damage by scraping: signs that a text has lost or gained words on its way from the page."""

from __future__ import annotations

import re

#: "commitments . We stand , therefore": a space before a mark, so often that no hand put it there.
_TORN_MARK = re.compile(r"(?<=\w) +[.,](?=\s|$|[\"”’])")
_MANY = 3
_DOUBLED = re.compile(r"\b([a-z]{2,})\s+\1\b")
#: Words that good prose may write twice.
_MAY_DOUBLE = frozenset("had that very no really never so is do bye".split())
#: "To NATO a conflict", "the Holm our duty": a name between a word that wants a noun of its own and the next article.
_STRAY_NAME = re.compile(
    r"\b(?:to|of|a|an|the|is|are|was|were|will|would|can|we|they|and)\s+[A-Z]\w+\s+(?:a|an|the|our|their|its|this)\s+[a-z]"
)


def is_damaged(text: str) -> bool:
    """Whether ``text`` looks scraped badly: its words are then no proof of what the outlet wrote."""
    if sum(1 for _ in _TORN_MARK.finditer(text)) >= _MANY or _STRAY_NAME.search(text):
        return True
    return any(m[1] not in _MAY_DOUBLE for m in _DOUBLED.finditer(text))
