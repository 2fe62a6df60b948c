"""Notices an article that a story has already. It is for the reader to say whether it is wanted all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from claims.models import Article
from claims.models.article import text_sha256

#: Texts of one outlet that share this much of their five-word runs are one article in two versions.
NEARLY_EQUAL = 0.95
RUN_OF_WORDS = 5
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|cmpid|ns_\w+", re.I)


def why_duplicate(article: Article, others: Iterable[Article]) -> str:
    """Why ``article`` is taken for one of ``others``, as a sentence for the reader; empty if it is for none."""
    for other in others:
        if other.text_sha256 == text_sha256(article.text):
            return f"It has exactly the same text as {other}, which is in this story already."
        if _words(other.text) == _words(article.text):
            return f"It has the very same words as {other}, which is in this story already."
        if article.url and canonical_url(article.url) == canonical_url(other.url):
            return f"It has the same address as {other}, which is in this story already."
        if article.outlet_id == other.outlet_id and similarity(article.text, other.text) > NEARLY_EQUAL:
            return f"It is nearly word for word {other}, which is in this story already."
    return ""


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
