"""What a reader of a story must know about its comparison: there is none yet, it runs, it failed, it is out of date."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from django.db import connection

from claims.models import Comparison, Job, Story
from claims.presentation.words import threshold

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
    """``stale`` holds the reasons why ``comparison`` no longer shows the articles as they are, in plain words.

    ``threshold``: why it was not made with the story's threshold, if it was not.
    """

    article_count: int
    job: Job | None  # the latest
    comparison: Comparison | None  # the latest
    stale: tuple[str, ...]
    threshold: str = ""
    changed: Sequence[tuple[int, str]] = ()  # articles whose text is not what was compared: primary key and outlet

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
        return "stale" if self.stale or self.threshold else "fresh"


def status_of(story: Story) -> StoryStatus:
    """Four queries, whatever the number of articles; no texts are loaded."""
    comparison = story.comparisons.order_by("-pk").first()
    rows = _rows(ARTICLES, story.pk)
    articles = list(dict.fromkeys(_Read(*row[:WIDTH]) for row in rows))
    stale: tuple[str, ...] = ()
    other_threshold = ""
    changed: list[tuple[int, str]] = []
    if comparison:
        compared = [(_Read(*row[:-1]), json.loads(row[-1])) for row in _rows(COMPARED, comparison.pk)]
        corrections: dict[int, list[list]] = defaultdict(list)
        for row in rows:
            action, *rest = row[WIDTH:]
            if action:
                corrections[row[0]].append([action, *rest])
        stale = tuple(stale_reasons(compared, articles, corrections))
        other_threshold = threshold_reason(comparison.run, story.threshold)
        texts = {article.pk: article.text_sha256 for article, _ in compared}
        changed = [(a.pk, a.outlet) for a in articles if a.pk and texts.get(a.pk, a.text_sha256) != a.text_sha256]
    return StoryStatus(len(articles), story.jobs.order_by("-pk").first(), comparison, stale, other_threshold, changed)


def threshold_reason(run: Mapping[str, Any], chosen: float | None) -> str:
    """What the story's threshold is if a run was made with another; ``chosen``: None for the model's own."""
    used, own = run["thresholds"]["alignment"], run.get("model_threshold")
    if chosen is not None and used != chosen:
        return (
            f"Two sentences are to count as one claim from {threshold(chosen)} on. It was made with {threshold(used)}."
        )
    if chosen is None and own is not None and used != own:
        return f"The threshold is to be the model’s own again, {threshold(own)}. It was made with {threshold(used)}."
    return ""


def model_threshold(run: Mapping[str, Any]) -> float:
    """The model's own. Runs from before another could be chosen say it only as what they used."""
    own: float | None = run.get("model_threshold")
    return run["thresholds"]["alignment"] if own is None else own


# Every page asks these. Written out, they cost a tenth of what it takes to have them put together each time, which was
# more than the rest of a page together (benchmarks/README.md). Values are only compared with each other, as stored.
ARTICLES = """
SELECT a.id, o.name, a.text_sha256, a.title, a.byline, a.published_at, a.language, a.url,
    c.action, c.start, c."end", c.role
FROM claims_article a JOIN claims_outlet o ON o.id = a.outlet_id
LEFT JOIN claims_sentencecorrection c ON c.article_id = a.id
WHERE a.story_id = %s AND a.deleted_at IS NULL ORDER BY a.position, a.id, c.id
"""
COMPARED = """
SELECT article_id, outlet, text_sha256, title, byline, published_at, language, url, corrections
FROM claims_comparedarticle WHERE comparison_id = %s ORDER BY position
"""


class _Read(NamedTuple):
    """What a comparison reads or shows of an article; the fields after ``text_sha256`` are ``SHOWN_FIELDS``."""

    pk: int | None  # None: the article is gone for good
    outlet: str
    text_sha256: str
    title: str
    byline: str
    published_at: object  # as the database stores it
    language: str
    url: str


#: Columns of a row that are the article's; the others are those of one of its corrections, or empty.
WIDTH = len(_Read._fields)


def _rows(query: str, pk: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, [pk])
        return cursor.fetchall()


def stale_reasons(
    compared: Sequence[tuple[_Read, list[list]]], articles: Sequence[_Read], corrections: Mapping[int, list[list]]
) -> Iterator[str]:
    """One sentence for every way in which ``articles`` are not what was ``compared``, corrections included."""
    now = {article.pk for article in articles}
    before = {c.pk: (c, corrected) for c, corrected in compared if c.pk in now}
    for c, _ in compared:
        if c.pk not in now:
            yield f"{c.outlet} was removed."
    for article in articles:
        if article.pk not in before:
            yield f"{article.outlet} was added."
        else:
            was, corrected = before[article.pk]
            yield from _changes(was, article)
            if was.text_sha256 == article.text_sha256:
                yield from _corrections(article.outlet, corrected, corrections.get(article.pk or 0, []))
    if list(before) != [article.pk for article in articles if article.pk in before]:
        yield "The order of the articles was changed."


def _changes(was: _Read, article: _Read) -> Iterator[str]:
    outlet = article.outlet
    if was.outlet != outlet:
        yield f"{was.outlet} was renamed {outlet}."
    for field, name in SHOWN_FIELDS.items():
        if getattr(was, field) != getattr(article, field):
            yield f"The {name} of {outlet} was changed."
    if was.text_sha256 != article.text_sha256:
        yield f"The text of {outlet} was changed."


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
