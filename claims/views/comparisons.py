"""What the pages of a comparison have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from claims.comparison import StoryStatus, status_of
from claims.models import Comparison, Story
from claims.policies import Action
from claims.presentation.panel import NO_TALLY
from claims.presentation.snapshot import Snapshot, load_snapshot
from claims.review.confirmed import Tally
from claims.review.outcomes import load_tally

from .access import View, on
from .rows import kept_stories


@dataclass(frozen=True)
class ComparedStory:
    story: Story
    status: StoryStatus
    snapshot: Snapshot

    @property
    def context(self) -> dict[str, Any]:
        """For every template. Under ``cache_key`` they keep what they make of a comparison, which never changes."""
        return {"story": self.story, "status": self.status, "cache_key": cache_key(self.snapshot)}


def cache_key(snapshot: Snapshot) -> str:
    return f"{snapshot.pk} {snapshot.compared_at.isoformat()}"


def tally_for(request: HttpRequest, story: Story, comparison: Comparison) -> Tally:
    """What the newsroom's reviewers confirmed at which probability; nothing of it for people outside."""
    if getattr(request, "shared", None) is not None:
        return NO_TALLY
    return load_tally(story.newsroom_id, comparison.run)


def needs_comparison(view: View) -> View:
    """``view(request, compared, …)`` for the story of an address; one that was never compared leads to its overview."""

    @require_safe
    @on(kept_stories, Action.READ, link_to="story")
    @wraps(view)
    def answered(request: HttpRequest, story: Story, **kwargs: Any) -> HttpResponseBase:
        status = status_of(story)
        if status.comparison is None:
            return redirect(story)
        return view(request, ComparedStory(story, status, load_snapshot(status.comparison)), **kwargs)

    return answered
