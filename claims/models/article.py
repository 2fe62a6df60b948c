"""Outlets, their articles, and what readers corrected in an article's division into sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from claims.pipeline.text import one_line
from claims.pipeline.types import Correction, SourceArticle

from .membership import Membership
from .newsroom import within_reach
from .story import Story

if TYPE_CHECKING:
    from .article_version import ArticleVersion
    from .comparison import ComparedArticle


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


#: What articles hold wherever they are: as rows, as what was compared, and on their way through the pipeline.
DETAILS = ("text", "title", "url", "byline", "published_at", "language")


def details_of(article: Article | ComparedArticle | SourceArticle) -> dict[str, Any]:
    return {name: getattr(article, name) for name in DETAILS}


class OutletManager(models.Manager["Outlet"]):
    def known_to(self, newsroom: int) -> models.QuerySet[Outlet]:
        """Outlets whose articles this newsroom has: others' are none of its business."""
        return self.filter(pk__in=Article.objects.filter(story__newsroom=newsroom).values("outlet"))

    def named(self, name: str, newsroom: int) -> Outlet:
        """The outlet of this name, however the newsroom writes its letters' case; a new one if there is none."""
        return self.known_to(newsroom).filter(name__iexact=name).first() or self.get_or_create(name=name)[0]


class Outlet(models.Model):
    NAME_LENGTH = 120
    UNNAMED = "Unnamed outlet"  # where a source says nothing at all

    name = models.CharField(max_length=NAME_LENGTH, unique=True)

    objects = OutletManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class EditedMeanwhile(Exception):
    """The article is no longer as it was when the reader opened it."""


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, person: object) -> ArticleQuerySet:
        """Articles of stories that ``person`` may see, each with their role there as ``my_role``."""
        return within_reach(self, person, "story__newsroom__memberships")

    def kept(self) -> ArticleQuerySet:
        """Articles that nobody removed from their story."""
        return self.filter(deleted_at=None)

    def removed(self) -> ArticleQuerySet:
        return self.exclude(deleted_at=None)

    def reachable(self) -> ArticleQuerySet:
        """Articles that have a page: neither they nor their story were removed."""
        return self.kept().filter(story__deleted_at=None)

    def with_length(self) -> ArticleQuerySet:
        """Each with ``length`` in characters, in place of its text."""
        return self.annotate(length=Length("text")).defer("text")


class Article(models.Model):
    class Source(models.TextChoices):
        PASTE = "paste", "Pasted"
        FILE = "file", "Uploaded file"
        URL = "url", "Web page"
        FEED = "feed", "Feed"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="articles")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="articles")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64, editable=False)
    source = models.CharField(max_length=8, choices=Source)
    source_name = models.CharField(max_length=2000, blank=True)  # the file's name or the address as it was given
    notices = models.JSONField(
        default=list, blank=True
    )  # what reading the source repaired, cut or doubted, for the reader
    revision = models.PositiveIntegerField(
        default=0, editable=False
    )  # counts edits, so that two of them cannot collide
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    #: For an article that was not added because the story has this one, whose next version it may be instead.
    set_aside_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title}" if self.title else str(self.outlet)

    def save(self, *args, by: Membership | None = None, **kwargs) -> None:
        """``by``: who adds the article, for its first version."""
        if kwargs.get("update_fields") is None or "text" in kwargs["update_fields"]:
            self.text_sha256 = text_sha256(self.text)
        if kwargs.get("update_fields") is not None and "text" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "text_sha256"}
        if not self._state.adding:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.versions.keep(self, self.source, by)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def is_named_after_file(self) -> bool:
        """Whether only the file's name said which outlet this is, so that a reader should look at it."""
        stem = one_line(PurePath(self.source_name).stem)[: Outlet.NAME_LENGTH].strip()
        return self.source == self.Source.FILE and self.outlet.name in (stem, Outlet.UNNAMED)

    def name_outlet(self, outlet: Outlet) -> None:
        with transaction.atomic():
            now = Article.objects.select_for_update().get(pk=self.pk)
            self.edit(now.revision, text=now.text, outlet=outlet)

    def remove(self) -> None:
        """Take the article out of its story, in a way that can be undone."""
        self.deleted_at = timezone.now()
        self.save(update_fields=["deleted_at", "updated_at"])

    def put_back(self) -> None:
        self.deleted_at = self.set_aside_for = None
        self.save(update_fields=["deleted_at", "set_aside_for", "updated_at"])

    def move(self, step: int) -> None:
        """Change places with the article before (-1) or after (1) this one in the story, if there is one."""
        with transaction.atomic():
            order = list(self.story.articles.kept().only("pk"))
            at = [article.pk for article in order].index(self.pk)
            to = min(max(at + step, 0), len(order) - 1)
            order.insert(to, order.pop(at))
            for position, article in enumerate(order):
                article.position = position
            Article.objects.bulk_update(order, ["position"])

    def edit(
        self,
        revision: int,
        *,
        text: str,
        by: Membership | None = None,
        came: str = "edit",
        corrections: Sequence[Correction] | None = None,
        **fields: object,
    ) -> ArticleVersion | None:
        """Change the article as read at ``revision``; the new version, if what it says became another.

        Corrections of sentences move along with the text; ``corrections`` are the extraction's of a text that was read
        anew, in place of its earlier ones. ``came``: an ``ArticleVersion.Came``. Raises EditedMeanwhile when the
        article was edited since then; nothing is changed in that case.
        """
        from .article_version import KEPT  # its table points to this one

        with transaction.atomic():
            was = Article.objects.select_for_update().get(pk=self.pk)
            if was.revision != revision:
                raise EditedMeanwhile
            fields |= {"text": text, "revision": revision + 1}
            for name, value in fields.items():
                setattr(self, name, value)
            self.save(update_fields={*fields, "updated_at"})
            self.story.touch()
            if was.text != text or corrections is not None:
                self._move_corrections(was.text, corrections)
            is_same = all(getattr(was, name) == getattr(self, name) for name in KEPT)
            return None if is_same else self.versions.keep(self, came, by)

    def restore(self, version: ArticleVersion, by: Membership | None) -> ArticleVersion | None:
        """Let the article say again what it said in an earlier version: as its next one, so that none is lost."""
        return self._take_over(by, "restore", **version.kept)

    def take_in(self, other: Article, by: Membership | None) -> ArticleVersion | None:
        """Make what ``other`` says, which was set aside for this article, its next version. ``other`` goes for good.

        None where it says that already, or where ``other`` went meanwhile: a button is pressed twice.
        """
        made = SentenceCorrection.Maker.EXTRACTION
        named = {name: getattr(other, name) or getattr(self, name) for name in ("title", "byline", "published_at")}
        said = named | {"text": other.text, "notices": other.notices, "url": self.url or other.url}
        with transaction.atomic():
            if not Article.objects.select_for_update().filter(pk=other.pk).exists():
                return None
            corrections = [c.as_correction() for c in other.corrections.filter(maker=made)]
            version = self._take_over(by, other.source, corrections=corrections, **said)
            other.delete()
        return version

    def _take_over(self, by: Membership | None, came: str, **fields: Any) -> ArticleVersion | None:
        with transaction.atomic():
            now = Article.objects.select_for_update().get(pk=self.pk)
            return self.edit(now.revision, by=by, came=came, **fields)

    def _move_corrections(self, old_text: str, read_anew: Sequence[Correction] | None) -> None:
        from claims.pipeline.sentences import rebase  # what splits sentences is slow to import

        moved = []
        for maker in SentenceCorrection.Maker.values:
            made = [c.as_correction() for c in self.corrections.filter(maker=maker)]
            is_anew = read_anew is not None and maker == SentenceCorrection.Maker.EXTRACTION
            placed = read_anew if is_anew else rebase(made, old_text, self.text)
            moved += [SentenceCorrection.of(self, c, maker) for c in placed or ()]
        self.corrections.all().delete()
        SentenceCorrection.objects.bulk_create(moved)

    def correct(self, correction: Correction, text_sha256: str) -> None:
        """Add a reader's correction, whose offsets count in the text with this hash.

        Raises EditedMeanwhile when the article's text is another by now.
        """
        with transaction.atomic():
            self._check_text(text_sha256)
            SentenceCorrection.of(self, correction, SentenceCorrection.Maker.READER).save()

    def undo_correction(self) -> bool:
        """Take back the reader's last correction; whether there was one."""
        last = self.corrections.by_readers().last()
        if last:
            last.delete()
        return last is not None

    def _check_text(self, text_sha256: str) -> None:
        if not Article.objects.select_for_update().filter(pk=self.pk, text_sha256=text_sha256).exists():
            raise EditedMeanwhile

    def as_source(self) -> SourceArticle:
        """The article as the pipeline reads it, with the corrections of readers and of the extraction."""
        return SourceArticle(
            id=str(self.pk),
            outlet=self.outlet.name,
            corrections=tuple(c.as_correction() for c in self.corrections.all()),
            **details_of(self),
        )


class SentenceCorrectionQuerySet(models.QuerySet["SentenceCorrection"]):
    def by_readers(self) -> SentenceCorrectionQuerySet:
        return self.filter(maker=SentenceCorrection.Maker.READER)


class SentenceCorrection(models.Model):
    """One correction of an article's sentences (see ``claims.pipeline.types.Correction``), in the order of ``pk``."""

    class Maker(models.TextChoices):
        EXTRACTION = "extraction"
        READER = "reader"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    action = models.CharField(max_length=8, choices=[(a, a) for a in ("split", "join", "role")])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    role = models.CharField(max_length=12, blank=True)
    maker = models.CharField(max_length=12, choices=Maker, default=Maker.READER)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SentenceCorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(start__lte=models.F("end")), name="correction_span_in_order"),
            models.CheckConstraint(
                condition=models.Q(action="role") ^ models.Q(role=""), name="correction_role_only_with_role_action"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.start}–{self.end}"

    @classmethod
    def of(cls, article: Article, correction: Correction, maker: str) -> SentenceCorrection:
        """An unsaved row for ``correction``."""
        span = {"start": correction.start, "end": correction.end}
        return cls(article=article, action=correction.action, role=correction.role or "", maker=maker, **span)

    def as_correction(self) -> Correction:
        return Correction(self.action, self.start, self.end, self.role or None)  # type: ignore[arg-type]
