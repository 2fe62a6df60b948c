"""Facts and divergences of bare sentences, for the tests of every kind."""

from __future__ import annotations

from datetime import UTC, datetime

from claims.pipeline.relations import find_divergences
from claims.pipeline.relations.facts import Facts, read_facts
from claims.pipeline.types import Divergence, Sentence, SourceArticle

TUESDAY = datetime(2019, 3, 5, 9, 0, tzinfo=UTC)


def facts(
    text: str,
    outlet: str = "Harbour Post",
    published_at: datetime | None = TUESDAY,
    before: str = "",
    after: str = "",
) -> Facts:
    """The facts of ``text``, which stands in an article between the paragraphs ``before`` and ``after``."""
    lead = f"{before}\n" if before else ""
    whole = f"{lead}{text}\n{after}" if after else lead + text
    article = SourceArticle("0", outlet, whole, published_at=published_at)
    sentence = Sentence("0.0", 0, len(lead), len(lead) + len(text), text, "claim")
    return read_facts(sentence, article)


def divergences(a: str, b: str, published_at: datetime | None = TUESDAY) -> tuple[Divergence, ...]:
    return find_divergences(facts(a, "Harbour Post", published_at), facts(b, "Daily Courier", published_at))


def kinds(a: str, b: str, published_at: datetime | None = TUESDAY) -> set[str]:
    return {d.kind for d in divergences(a, b, published_at)}
