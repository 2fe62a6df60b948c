"""A story's first screen."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.comparison import status_of
from claims.models import ReviewSession
from claims.models.story import StoryQuerySet
from claims.policies import Action
from claims.presentation.overview import make_overview
from claims.presentation.snapshot import load_snapshot
from claims.review.progress import standing_of

from .access import on
from .comparisons import cache_key
from .rows import kept_stories


def stories() -> StoryQuerySet:
    """Each with ``is_reviewed``: most stories have no review session, and need no query for how far it is."""
    return kept_stories().annotate(is_reviewed=Exists(ReviewSession.objects.filter(story=OuterRef("pk"))))


@require_safe
@on(stories, Action.READ, link_to="story")
def story(request: HttpRequest, story: Any) -> HttpResponse:
    status = status_of(story)
    context = {"story": story, "status": status, "tab": "overview"}
    if status.comparison is None:
        return render(request, "comparison/not_compared.html", context)
    snapshot = load_snapshot(status.comparison)
    context |= {
        "overview": partial(make_overview, snapshot),
        "snapshot": snapshot,
        "cache_key": cache_key(snapshot),
        "reviews": standing_of(story, request.user) if story.is_reviewed else (),
    }
    return render(request, "comparison/overview.html", context)
