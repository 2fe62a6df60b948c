"""Fetches an article's page again: what it says by now becomes the next version, and nothing is lost."""

from __future__ import annotations

from claims.adding import read, web_page, what_it_says
from claims.ingest.feeds import IsFeed
from claims.models import Article, ArticleVersion, Membership
from claims.models.article_version import KEPT
from claims.pipeline.types import UnusableInput

NOW_A_FEED = "There is a feed at this address now, and no article."


def fetch_again(article: Article, by: Membership) -> ArticleVersion | None:
    """The new version; None if the page says what it said when it was last fetched, whatever was edited here since.

    Only what the outlet changed is taken over. Raises UnusableInput when the page cannot be read, EditedMeanwhile when
    the article was edited while it was.
    """
    try:
        extracted = read(web_page(article.url))
    except IsFeed:
        raise UnusableInput(NOW_A_FEED) from None
    before = article.versions.fetched().last() or article
    said = what_it_says(extracted)
    changed = {name: said[name] for name in KEPT if said[name] and said[name] != getattr(before, name)}
    if "text" in changed:
        changed |= {"corrections": extracted.corrections, "notices": list(extracted.notices)}
    elif changed:
        changed["text"] = article.text
    return article.edit(article.revision, by=by, came=ArticleVersion.Came.FETCH, **changed) if changed else None
