"""Adds articles to a story from text, files and addresses; each source has an outcome of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from claims.duplicates import find_duplicate
from claims.ingest.extracted import Extracted
from claims.ingest.feeds import Feed, IsFeed
from claims.models import Article, Membership, Outlet, SentenceCorrection, Story
from claims.pipeline.text import check_length, one_line, repair
from claims.pipeline.types import UnusableInput

logger = logging.getLogger(__name__)

#: Sources are read side by side, since most of the time is waiting for other people's servers.
READERS = 10
READ_SECONDS = 60.0
TOO_SLOW = "Reading it took more than a minute. Try again later, or paste the text."


@dataclass(frozen=True)
class Source:
    """``name`` is what the reader knows it by; ``outlet`` and ``title`` are theirs and outdo what ``read`` finds."""

    kind: Article.Source
    name: str
    read: Callable[[], Extracted]
    outlet: str = ""
    title: str = ""
    default_outlet: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a source: an article; an article set aside for ``duplicate``'s reason; an error; a feed."""

    source: Source
    article: Article | None = None
    duplicate: str = ""
    error: str = ""
    feed: Feed | None = None

    @property
    def wants_answer(self) -> bool:
        """Whether the reader must see more of it than that an article was added."""
        return bool(self.duplicate or self.error or self.feed or (self.article and self.article.notices))


# The readers' libraries are heavy, so they are imported when something is read.
def pasted(text: str, outlet: str, title: str) -> Source:
    def read() -> Extracted:
        from claims.ingest.plain import read_plain

        return read_plain(text)

    return Source(Article.Source.PASTE, "The pasted text", read, outlet, title)


def uploaded(file: UploadedFile) -> Source:
    name = repair(file.name or "file")

    def read() -> Extracted:
        from claims.ingest.files import read_file

        megabytes = (file.size or 0) / 2**20
        if megabytes > settings.CLAIMS_MAX_UPLOAD_MB:
            raise UnusableInput(
                f"The file has {megabytes:.1f} MB; up to {settings.CLAIMS_MAX_UPLOAD_MB} MB can be read. "
                "Take out its pictures, or paste its text."
            )
        return read_file(name, file.read())

    return Source(Article.Source.FILE, name, read, default_outlet=PurePath(name).stem)


def web_page(url: str, kind: Article.Source = Article.Source.URL) -> Source:
    def read() -> Extracted:
        from claims.ingest.fetch import fetch_article

        return fetch_article(url)

    return Source(kind, url, read, default_outlet=(urlsplit(url).hostname or "").removeprefix("www."))


def add_articles(story: Story, sources: Sequence[Source], by: Membership | None) -> list[Outcome]:
    """Read every source and add what could be read, in the order given. One that fails stops no other."""
    readings = zip(sources, _read_all(sources), strict=True)
    outcomes = [_add(story, source, reading, by) for source, reading in readings]
    if any(outcome.article for outcome in outcomes):
        story.touch()
    return outcomes


def _read_all(sources: Sequence[Source]) -> list[Future[Extracted]]:
    pool = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="read")
    readings = [pool.submit(source.read) for source in sources]
    wait(readings, timeout=READ_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    return readings


def _add(story: Story, source: Source, reading: Future[Extracted], by: Membership | None) -> Outcome:
    try:
        extracted = _result(source, reading)
    except IsFeed as found:
        return Outcome(source, feed=found.feed)
    except UnusableInput as error:
        return Outcome(source, error=str(error))
    return _keep(story, source, extracted, by)


def read(source: Source) -> Extracted:
    """What one source holds. Raises UnusableInput when it cannot be read, whatever the reason; IsFeed."""
    [reading] = _read_all([source])
    return _result(source, reading)


def _result(source: Source, reading: Future[Extracted]) -> Extracted:
    try:
        extracted = reading.result(timeout=0)
        check_length(extracted.text)
    except TimeoutError:
        raise UnusableInput(TOO_SLOW) from None
    except (IsFeed, UnusableInput):
        raise
    except Exception as error:
        logger.exception("Could not read %s", source.name)
        told = f"It could not be read ({type(error).__name__}). Paste its text instead."
        raise UnusableInput(told) from error
    return extracted


@transaction.atomic
def _keep(story: Story, source: Source, extracted: Extracted, by: Membership | None) -> Outcome:
    """Save the article. A duplicate is saved as a removed one: adding it anyway is putting it back."""
    article = _article(story, source, extracted)
    duplicate = find_duplicate(article, story.articles.kept().select_related("outlet"))
    if duplicate:
        article.deleted_at = timezone.now()
        article.set_aside_for = duplicate.of if duplicate.is_version else None
    article.save(by=by)
    SentenceCorrection.objects.bulk_create(
        SentenceCorrection.of(article, correction, SentenceCorrection.Maker.EXTRACTION)
        for correction in extracted.corrections
    )
    return Outcome(source, article=article, duplicate=duplicate.why if duplicate else "")


def _article(story: Story, source: Source, extracted: Extracted) -> Article:
    outlet = source.outlet or extracted.outlet or source.default_outlet
    said = what_it_says(extracted)
    return Article(
        story=story,
        outlet=Outlet.objects.named(_line(outlet, Outlet.NAME_LENGTH) or Outlet.UNNAMED, story.newsroom_id),
        position=story.next_position(),
        url=_address(extracted.url),
        language=_line(extracted.language, 12),
        source=source.kind,
        source_name=source.name[:2000],
        notices=list(extracted.notices),
        **said | {"title": _line(source.title, 500) or said["title"]},
    )


def what_it_says(extracted: Extracted) -> dict[str, Any]:
    """What versions of an article keep (``claims.models.article_version.KEPT``), as it fits into their fields."""
    published_at = extracted.published_at
    if published_at and timezone.is_naive(published_at):
        published_at = timezone.make_aware(published_at)
    return {
        "text": extracted.text,
        "title": _line(extracted.title, 500),
        "byline": _line(extracted.byline, 300),
        "published_at": published_at and published_at.replace(microsecond=0),  # forms tell times to the second
    }


def _line(text: str, length: int) -> str:
    return one_line(text)[:length].strip()


def _address(url: str) -> str:
    """``url`` if a page can link to it: a source may claim any address, ``javascript:`` ones included."""
    url = _line(url, 2001)
    return url if url.lower().startswith(("http://", "https://")) and len(url) <= 2000 else ""
