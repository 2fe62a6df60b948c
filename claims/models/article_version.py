"""Every version that an article ever had: what its outlet changed after publishing, and what readers corrected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from .article import Article
from .membership import Membership

if TYPE_CHECKING:
    from .comparison import Comparison

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

    def with_length(self) -> ArticleVersionQuerySet:
        """Each with ``length`` in characters, in place of its text."""
        return self.annotate(length=models.functions.Length("text")).defer("text")


def read_by(versions: Iterable[ArticleVersion], comparison: Comparison, text_sha256: str) -> ArticleVersion | None:
    """Of one article's versions in order, the one that a comparison read when it read a text with this hash."""
    there = [v for v in versions if v.text_sha256 == text_sha256 and v.created_at <= comparison.created_at]
    return there[-1] if there else None


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
