"""RSS and Atom feeds: their entries, for a reader to choose articles from."""

from __future__ import annotations

import io
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims.pipeline.text import one_line
from claims.pipeline.types import UnusableInput

from .addresses import check_url, join_url

MOST_ENTRIES = 100
LARGEST_FEED = 5_000_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    url: str
    title: str
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's articles in its own order, at most ``MOST_ENTRIES`` of them."""

    title: str
    url: str
    entries: tuple[FeedEntry, ...]


class IsFeed(UnusableInput):
    """The address of a feed was given where an article's was expected; ``feed`` has the articles to choose from."""

    def __init__(self, feed: Feed) -> None:
        named = f" ({feed.title})" if feed.title else ""
        super().__init__(f"This is a feed{named} and not an article. Choose articles from it and give their addresses.")
        self.feed = feed


def read_feed(data: bytes, url: str = "") -> Feed:
    """The feed in ``data``, which came from ``url``. Raises UnusableInput for a hostile or empty one."""
    import feedparser

    if len(data) > LARGEST_FEED:
        raise UnusableInput("This feed is larger than 5 MB. Give the address of a single article.")
    refuse_entities(data)
    told = feedparser.parse(io.BytesIO(data))  # never the address: feedparser would open it unguarded
    entries = [entry for item in told.entries[:MOST_ENTRIES] if (entry := read_entry(item, url))]
    if not entries:
        raise UnusableInput("This is a feed without articles. Give the address of a single article.")
    return Feed(one_line(str(told.feed.get("title", "")))[:200], url, tuple(entries))


def refuse_entities(data: bytes) -> None:
    """Refuse a feed that defines entities; one that is merely not well-formed passes, since many are."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        fromstring(data)
    except DefusedXmlException:
        raise UnusableInput("This feed defines XML entities, so it was not read. Give an article's address.") from None
    except (ParseError, ValueError, LookupError):
        return


def read_entry(item: Any, base: str) -> FeedEntry | None:
    """One entry; None for one without an address that could be opened."""
    try:
        address = check_url(join_url(base, str(item.get("link", ""))))
    except UnusableInput:
        return None
    moment = item.get("published_parsed") or item.get("updated_parsed")
    try:
        published_at = datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    except (ValueError, TypeError, OverflowError):
        published_at = None
    return FeedEntry(address, one_line(str(item.get("title", "")))[:500] or address, published_at)
