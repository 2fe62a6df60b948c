"""What one sentence states that another may state otherwise: its numbers, dates, names, quotations and sources."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from claims.pipeline.agencies import agency
from claims.pipeline.relations import (
    absences,
    attribution,
    certainty,
    contradiction,
    credits,
    dates,
    names,
    numbers,
    quotations,
)
from claims.pipeline.relations.evidence import Span
from claims.pipeline.relations.tokens import Token, tokenise
from claims.pipeline.types import Sentence, SourceArticle

AnySpan = TypeVar("AnySpan", bound=Span)


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What a whole article tells, in the order of its text: its sentences are read against it.

    ``agency``: whose text it prints or draws on by its own word, or an empty string.
    """

    text: str
    tokens: tuple[Token, ...]
    dates: tuple[dates.When, ...]
    names: tuple[names.Name, ...]
    people: tuple[tuple[int, int, str], ...]
    name_parts: frozenset[str]
    quotations: tuple[quotations.Quotation, ...]
    agency: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one sentence; every place in them is an offset into the article's text."""

    sentence: Sentence
    outlet: str
    article: ArticleFacts
    tokens: tuple[Token, ...]
    dates: tuple[dates.When, ...]
    numbers: tuple[numbers.Number, ...]
    names: tuple[names.Name, ...]
    quotations: tuple[quotations.Quotation, ...]
    sources: tuple[attribution.Source, ...]
    credits: tuple[credits.Credit, ...]
    denials: tuple[contradiction.Denial, ...]
    hedges: tuple[certainty.Hedge, ...]
    nobody: tuple[absences.Absence, ...]
    victims: tuple[absences.Victim, ...]


@lru_cache(maxsize=24)  # articles of the comparison that runs; a long one weighs megabytes
def read_article(article: SourceArticle) -> ArticleFacts:
    """The facts of a whole article, read once."""
    tokens = tokenise(article.text)
    found = names.read(article.text, tokens)
    return ArticleFacts(
        text=article.text,
        tokens=tokens,
        dates=dates.read(article.text, article.published_at),
        names=found,
        people=tuple((name.start, name.end, name.parts[-1]) for name in found if name.is_person),
        name_parts=frozenset(part for name in found for part in name.parts),
        quotations=quotations.read(article.text),
        agency=agency(article),
    )


def read_facts(sentence: Sentence, article: SourceArticle) -> Facts:
    """The facts of ``sentence``, which stands in ``article``."""
    whole = read_article(article)
    tokens = _within(sentence, whole.tokens)
    times = _within(sentence, whole.dates)
    named = _within(sentence, whole.names)
    people = [(name.start, name.end, name.parts[-1]) for name in named if name.is_person]
    quoted = _comparable(quotations.clipped(whole.quotations, sentence.start, sentence.end))
    return Facts(
        sentence=sentence,
        outlet=article.outlet,
        article=whole,
        tokens=tokens,
        dates=_comparable(times),
        numbers=_comparable(numbers.read(article.text, tokens, times)),
        names=_comparable(named),
        quotations=quoted,
        sources=_comparable(attribution.read(article.text, tokens, people)),
        credits=_comparable(credits.read(whole.text, whole.tokens, tokens, whole.people, quoted)),
        denials=_comparable(contradiction.read(article.text, tokens)),
        hedges=_comparable(certainty.read(article.text, tokens)),
        nobody=_comparable(absences.read(article.text, tokens)),
        victims=_comparable(absences.victims(article.text, tokens)),
    )


#: A sentence with more facts of a kind is a table or a list: which of them answer each other cannot be told, and to try
#: would take the square of their number.
_MOST = 40


def _comparable(spans: tuple[AnySpan, ...]) -> tuple[AnySpan, ...]:
    return spans if len(spans) <= _MOST else ()


def _within(sentence: Sentence, spans: Sequence[AnySpan]) -> tuple[AnySpan, ...]:
    """Those of the article's ``spans``, which stand in order, that lie wholly in ``sentence``."""
    first = bisect_left(spans, sentence.start, key=lambda span: span.start)
    past = bisect_left(spans, sentence.end, key=lambda span: span.start)
    return tuple(span for span in spans[first:past] if span.end <= sentence.end)
