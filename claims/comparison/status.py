"""What a reader of a story must know about its comparison: there is none yet, it runs, it failed, it is out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.models import Article, ComparedArticle, Comparison, Job, Story

#: What a comparison shows of an article besides its text, and how to name it to a reader.
SHOWN_FIELDS = {
    "title": "title",
    "byline": "byline",
    "published_at": "publication time",
    "language": "language",
    "url": "address",
}


@dataclass(frozen=True)
class StoryStatus:
    """``stale`` holds the reasons why ``comparison`` no longer shows the articles as they are, in plain words."""

    article_count: int
    job: Job | None  # the latest
    comparison: Comparison | None  # the latest
    stale: tuple[str, ...]

    @property
    def running(self) -> Job | None:
        return self.job if self.job and not self.job.is_finished else None

    @property
    def failed(self) -> Job | None:
        """The latest job, if it failed and nothing was compared since."""
        if self.job is None or self.job.state != Job.State.FAILED or self.job.finished_at is None:
            return None
        is_overtaken = self.comparison is not None and self.comparison.created_at > self.job.finished_at
        return None if is_overtaken else self.job

    @property
    def can_compare(self) -> bool:
        return self.article_count >= 2

    @property
    def name(self) -> Literal["running", "failed", "few", "ready", "stale", "fresh"]:
        """``few``: too few articles to compare. ``ready``: never compared. A failure goes first, unless a job runs."""
        if self.running:
            return "running"
        if self.failed:
            return "failed"
        if self.comparison is None:
            return "ready" if self.can_compare else "few"
        return "stale" if self.stale else "fresh"


def status_of(story: Story) -> StoryStatus:
    """Four queries, whatever the number of articles; texts are not loaded."""
    articles = list(story.articles.kept().select_related("outlet").prefetch_related("corrections").defer("text"))
    latest = story.comparisons.order_by("-pk").values("pk")[:1]
    compared = list(ComparedArticle.objects.filter(comparison__in=latest).select_related("comparison").defer("text"))
    return StoryStatus(
        article_count=len(articles),
        job=story.jobs.order_by("-pk").first(),
        comparison=compared[0].comparison if compared else None,
        stale=tuple(stale_reasons(compared, articles)) if compared else (),
    )


def stale_reasons(compared: Sequence[ComparedArticle], articles: Sequence[Article]) -> Iterator[str]:
    """One sentence for every way in which ``articles`` are not what was ``compared``."""
    now = {article.pk: article for article in articles}
    before = {c.article_id: c for c in compared if c.article_id in now}
    for c in compared:
        if c.article_id not in now:
            yield f"{c.outlet} was removed."
    for article in articles:
        if article.pk not in before:
            yield f"{article.outlet.name} was added."
        else:
            yield from _changes(before[article.pk], article)
    if list(before) != [pk for pk in now if pk in before]:
        yield "The order of the articles was changed."


def _changes(compared: ComparedArticle, article: Article) -> Iterator[str]:
    outlet = article.outlet.name
    if compared.outlet != outlet:
        yield f"{compared.outlet} was renamed {outlet}."
    for field, name in SHOWN_FIELDS.items():
        if getattr(compared, field) != getattr(article, field):
            yield f"The {name} of {outlet} was changed."
    if compared.text_sha256 != article.text_sha256:
        yield f"The text of {outlet} was corrected."
    else:
        yield from _corrections(outlet, compared.corrections, [c.as_list() for c in article.corrections.all()])


def _corrections(outlet: str, before: list[list], now: list[list]) -> Iterable[str]:
    said = {"split": f"A sentence of {outlet} was split.", "join": f"Two sentences of {outlet} were joined."}
    reasons = [
        said.get(action) or f"A sentence of {outlet} was marked as {role}."
        for action, start, end, role in now
        if [action, start, end, role] not in before
    ]
    if not reasons and before != now:
        reasons = [f"A correction of the sentences of {outlet} was undone."]
    return dict.fromkeys(reasons)
