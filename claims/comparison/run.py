"""Runs the pipeline over a story's articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from claims.models import Calibration, Comparison, Story
from claims.pipeline.types import ComparisonResult, Encoder, Progress, no_progress
from claims.vectors import DatabaseVectors

from .save import save_result

if TYPE_CHECKING:
    from claims.pipeline.pair_model import PairReader


def compare_story(story: Story, progress: Progress = no_progress) -> Comparison:
    """Compare the story's articles and save the result. Raises UnusableInput when they cannot be compared."""
    return save_result(story, compute(story, progress))


def compute(story: Story, progress: Progress = no_progress) -> ComparisonResult:
    """The result for the articles as they are now; nothing is saved but vectors. Raises UnusableInput."""
    # The pipeline's libraries take a second to import, which pages that only show results need not pay.
    from claims.pipeline.compare import compare_articles

    articles = story.articles.kept().select_related("outlet").prefetch_related("corrections")
    sources = [article.as_source() for article in articles]
    made = Calibration.objects.filter(newsroom=story.newsroom_id).first()
    calibration = made.as_value() if made else None
    return compare_articles(sources, encoder(), progress, reader(), story.threshold, calibration)


def encoder() -> Encoder:
    """The encoder that the settings name; it embeds only texts whose vectors are not in the database."""
    from claims.pipeline.encoder import CachedEncoder, load_encoder  # as above

    return CachedEncoder(load_encoder(settings.CLAIMS_ENCODER), DatabaseVectors())


def reader() -> PairReader:
    """The pair model that the settings name."""
    from claims.pipeline.pair_model import load_reader  # as above

    return load_reader(settings.CLAIMS_RELATION_MODEL)
