"""Notices an article that a story has already. It is for the reader to say whether it is wanted all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from claims.models import Article
from claims.models.article import text_sha256

#: Texts of one outlet that share this much of their five-word runs are one article in two versions.
NEARLY_EQUAL = 0.95
RUN_OF_WORDS = 5
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|cmpid|ns_\w+", re.I)


@dataclass(frozen=True)
class Duplicate:
    """What an article has in common with ``of``, in words. ``is_version``: it may be what ``of`` says by now."""

    of: Article
    shares: str
    is_version: bool

    @property
    def why(self) -> str:
        return f"It {self.shares} {self.of}, which is in this story already."


def find_duplicate(article: Article, others: Iterable[Article]) -> Duplicate | None:
    """The first of ``others`` that ``article`` is taken for."""
    return next(filter(None, (_compare(article, other) for other in others)), None)


def _compare(article: Article, other: Article) -> Duplicate | None:
    if other.text_sha256 == text_sha256(article.text):
        return Duplicate(other, "has exactly the same text as", is_version=False)
    is_there = bool(article.url) and canonical_url(article.url) == canonical_url(other.url)
    is_its_outlet = article.outlet_id == other.outlet_id
    if _words(other.text) == _words(article.text):
        return Duplicate(other, "has the very same words as", is_there or is_its_outlet)
    if is_there:
        return Duplicate(other, "has the same address as", is_version=True)
    if is_its_outlet and similarity(article.text, other.text) > NEARLY_EQUAL:
        return Duplicate(other, "is nearly word for word", is_version=True)
    return None


def canonical_url(url: str) -> str:
    """What stays of an address when scheme, "www.", fragment, tracking parameters and their order do not count."""
    parts = urlsplit(url.strip())
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(k))
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def similarity(a: str, b: str) -> float:
    """Jaccard similarity of the runs of five words in ``a`` and ``b``, 0 to 1."""
    if min(len(a), len(b)) < 0.8 * max(len(a), len(b)):
        return 0.0
    in_a, in_b = _runs(a), _runs(b)
    return len(in_a & in_b) / max(len(in_a | in_b), 1)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    size = min(RUN_OF_WORDS, len(words))
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)} if words else set()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
