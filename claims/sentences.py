"""An article's sentences as the sentences page lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.models import Article
from claims.pipeline.sentences import split_article
from claims.pipeline.types import Role

WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Word:
    start: int
    text: str


@dataclass(frozen=True)
class ListedSentence:
    """A sentence and its place in the text. ``next_end``: where the next one ends; None for the last."""

    number: int
    start: int
    end: int
    text: str
    role: Role
    next_end: int | None
    is_being_split: bool

    @property
    def words(self) -> list[Word]:
        """Its words; a split can be made before each but the first."""
        return [Word(self.start + found.start(), found.group()) for found in WORD.finditer(self.text)]


def listed_sentences(article: Article, splitting: int | None = None) -> list[ListedSentence]:
    """The sentences that a comparison would see now. The one that starts at ``splitting`` is being split."""
    sentences = split_article(article.as_source(), 0)
    next_ends = [s.end for s in sentences[1:]] + [None]
    return [
        ListedSentence(number, s.start, s.end, s.text, s.role, next_end, s.start == splitting)
        for number, (s, next_end) in enumerate(zip(sentences, next_ends, strict=True), start=1)
    ]
