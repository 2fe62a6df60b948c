"""Stories: the articles of several outlets on one event."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from claims.pipeline.thresholds import HIGHEST, LOWEST
from claims.policies import Can

from .newsroom import Newsroom, within_reach


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, person: object) -> StoryQuerySet:
        """Stories of the newsrooms of which ``person`` is a member, each with their role there as ``my_role``."""
        return within_reach(self, person, "newsroom__memberships")

    def kept(self) -> StoryQuerySet:
        """Stories that nobody deleted."""
        return self.filter(deleted_at=None)

    def active(self) -> StoryQuerySet:
        return self.kept().filter(archived_at=None)

    def archived(self) -> StoryQuerySet:
        return self.kept().exclude(archived_at=None)

    def search(self, words: str) -> StoryQuerySet:
        """Stories in whose title, or in one of whose articles' titles, texts or outlets, every word occurs."""
        from .article import Article  # its table points to this one

        found = self
        for word in words.split():
            articles = Article.objects.kept().filter(
                models.Q(title__icontains=word)
                | models.Q(text__icontains=word)
                | models.Q(outlet__name__icontains=word),
                story=models.OuterRef("pk"),
            )
            found = found.filter(models.Q(title__icontains=word) | models.Exists(articles))
        return found

    def with_counts(self) -> StoryQuerySet:
        """Each with ``article_count``, ``compared_at`` and ``job_state`` (of its latest job), in one query."""
        from .comparison import Comparison  # these tables point to this one
        from .job import Job

        latest = {"story": models.OuterRef("pk")}
        # Counting makes the database forget the model's own order.
        return self.order_by("-updated_at", "-pk").annotate(
            article_count=models.Count("articles", filter=models.Q(articles__deleted_at=None)),
            compared_at=models.Subquery(Comparison.objects.filter(**latest).order_by("-pk").values("created_at")[:1]),
            job_state=models.Subquery(Job.objects.filter(**latest).order_by("-pk").values("state")[:1]),
        )

    def with_run(self) -> StoryQuerySet:
        """Each with ``run``, the latest comparison's; None before there is one."""
        from .comparison import Comparison  # its table points to this one

        latest = Comparison.objects.filter(story=models.OuterRef("pk")).order_by("-pk")
        return self.annotate(run=models.Subquery(latest.values("run")[:1]))


class Story(models.Model):
    newsroom = models.ForeignKey(Newsroom, on_delete=models.CASCADE, related_name="stories")
    title = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)  # kept, so that a deletion can be undone
    #: From which probability on two sentences are one claim in this story; None: from the model's own.
    threshold = models.FloatField(null=True, blank=True)
    threshold_by = models.ForeignKey(
        "claims.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    threshold_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(threshold=None) | models.Q(threshold__gte=LOWEST, threshold__lte=HIGHEST),
                name="story_threshold_can_be_chosen",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk])

    @property
    def share_url(self) -> str:
        return reverse("story_share", args=[self.pk])

    @property
    def can(self) -> Can:
        """What the one for whom this story was read (``visible_to``) may do with it."""
        return Can(getattr(self, "my_role", None))

    def rename(self, title: str) -> None:
        self.title = title
        self.save(update_fields=["title", "updated_at"])

    def choose_threshold(self, value: float | None, by: int) -> None:
        """Compare with this threshold from now on, None for the model's own. ``by``: the member's primary key."""
        self.threshold, self.threshold_by_id, self.threshold_at = value, by, timezone.now()
        self.save(update_fields=["threshold", "threshold_by", "threshold_at", "updated_at"])

    def touch(self) -> None:
        """Bring the story to the top of the list: something in it changed."""
        self.save(update_fields=["updated_at"])

    def next_position(self) -> int:
        """The place for one more article, after all that the story has or had."""
        last = self.articles.aggregate(last=models.Max("position"))["last"]
        return 0 if last is None else last + 1

    def archive(self) -> None:
        self._mark("archived_at", True)

    def unarchive(self) -> None:
        self._mark("archived_at", False)

    def delete_softly(self) -> None:
        self._mark("deleted_at", True)

    def undelete(self) -> None:
        self._mark("deleted_at", False)

    def _mark(self, field: str, on: bool) -> None:
        setattr(self, field, timezone.now() if on else None)
        self.save(update_fields=[field, "updated_at"])
