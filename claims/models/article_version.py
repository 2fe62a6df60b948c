"""Every version that an article ever had: what its outlet changed after publishing, and what readers corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from .article import Article
from .membership import Membership

#: What an article's versions keep. Outlet, address and language are about the article and not what it says.
KEPT = ("text", "title", "byline", "published_at")


class ArticleVersionQuerySet(models.QuerySet["ArticleVersion"]):
    def keep(self, article: Article, came: str, by: Membership | None) -> ArticleVersion:
        """The article as it is now, as its next version. Its row is new or locked, so that no number comes twice."""
        last = self.filter(article=article).aggregate(last=models.Max("number"))["last"] or 0
        kept = {name: getattr(article, name) for name in KEPT}
        return self.create(article=article, number=last + 1, came=came, by=by, text_sha256=article.text_sha256, **kept)

    def fetched(self) -> ArticleVersionQuerySet:
        """Versions that are what stood at the article's address."""
        came = ArticleVersion.Came
        return self.filter(came__in=(came.URL, came.FEED, came.FETCH))

    def compared(self, text_sha256: str, at: datetime) -> ArticleVersion | None:
        """Of one article's versions, the one with this text that a comparison made at this time read."""
        return self.filter(text_sha256=text_sha256, created_at__lte=at).last()

    def with_length(self) -> ArticleVersionQuerySet:
        """Each with ``length`` in characters, in place of its text."""
        return self.annotate(length=models.functions.Length("text")).defer("text")


class ArticleVersion(models.Model):
    """What an article said from ``created_at`` on; never changed afterwards. ``number`` counts from 1.

    ``by``: who brought it in; None where no member of the newsroom did, or from before there were versions.
    """

    class Came(models.TextChoices):
        """Those of ``Article.Source``, and what happens to an article later."""

        PASTE = "paste", "Pasted"
        FILE = "file", "Uploaded file"
        URL = "url", "Web page"
        FEED = "feed", "Feed"
        FETCH = "fetch", "Fetched again"
        EDIT = "edit", "Edited"
        RESTORE = "restore", "Restored"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    came = models.CharField(max_length=8, choices=Came)
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="article_version_number_once")]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def kept(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in KEPT}
