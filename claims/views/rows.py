"""The rows that addresses name, before it is asked who may see them (``claims.views.access.on``)."""

from __future__ import annotations

from claims.models import Article, Story
from claims.models.article import ArticleQuerySet
from claims.models.story import StoryQuerySet


def kept_stories() -> StoryQuerySet:
    return Story.objects.kept()


def deleted_stories_too() -> StoryQuerySet:
    return Story.objects.all()


def articles_with_story() -> ArticleQuerySet:
    return Article.objects.reachable().select_related("outlet", "story")


def removed_articles_too() -> ArticleQuerySet:
    return Article.objects.filter(story__deleted_at=None).select_related("outlet", "story")
