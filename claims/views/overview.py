"""A story's first screen."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.comparison import status_of
from claims.models import Story
from claims.policies import Action
from claims.presentation.overview import make_overview
from claims.presentation.snapshot import load_snapshot

from .access import on
from .comparisons import cache_key
from .rows import kept_stories


@require_safe
@on(kept_stories, Action.READ, link_to="story")
def story(request: HttpRequest, story: Story) -> HttpResponse:
    status = status_of(story)
    context = {"story": story, "status": status, "tab": "overview"}
    if status.comparison is None:
        return render(request, "comparison/not_compared.html", context)
    snapshot = load_snapshot(status.comparison)
    context |= {
        "overview": partial(make_overview, snapshot),
        "snapshot": snapshot,
        "cache_key": cache_key(snapshot),
    }
    return render(request, "comparison/overview.html", context)
