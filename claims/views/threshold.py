"""The threshold of a story: what another one would show, and applying it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from claims.comparison import StoryStatus, status_of
from claims.comparison.load import load_considered
from claims.forms.threshold import ApplyForm, ThresholdForm
from claims.models import Comparison, Job, Membership, Story
from claims.models.story import StoryQuerySet
from claims.policies import Action
from claims.presentation.snapshot import load_snapshot
from claims.presentation.threshold import make_preview
from claims.review.confirmed import LEAST

from .access import asker, on
from .comparisons import tally_for
from .fragments import render_page
from .rows import kept_stories

OTHER_COMPARISON = (
    "The articles were compared again since you looked, so nothing was applied. This is what would change now."
)
RUNNING = "The articles are being compared right now, so nothing was applied. Wait until that is done, then apply it."


def stories_with_threshold() -> StoryQuerySet:
    return kept_stories().select_related("threshold_by__person")


@require_http_methods(["GET", "HEAD", "POST"])
@on(stories_with_threshold, Action.READ, post=Action.EDIT)
def story_threshold(request: HttpRequest, story: Story) -> HttpResponse:
    status = status_of(story)
    if status.comparison is None:
        return redirect(story)
    if request.method == "POST":
        return _apply(request, story, status, status.comparison)
    asked = ThresholdForm(request.GET) if "threshold" in request.GET else None
    return _show(request, story, status, status.comparison, asked)


def _apply(request: HttpRequest, story: Story, status: StoryStatus, comparison: Comparison) -> HttpResponse:
    form = ApplyForm(request.POST)
    if form.is_valid():
        if status.running and story.threshold == form.chosen():
            return redirect(status.running)  # the same form came twice
        if status.running:
            form.add_error(None, RUNNING)
        elif form.cleaned_data["comparison"] != comparison.pk:
            form.add_error(None, OTHER_COMPARISON)
        else:
            by = Membership.objects.of(asker(request), story.newsroom_id)
            story.choose_threshold(form.chosen(), by.pk)
            messages.success(request, "The threshold is set. The articles are compared with it.")
            return redirect(Job.objects.start(story))
    return _show(request, story, status, comparison, form)


def _show(
    request: HttpRequest, story: Story, status: StoryStatus, comparison: Comparison, asked: ThresholdForm | None
) -> HttpResponse:
    """``asked``: what somebody wants to see or to apply; None for what is shown now."""
    snapshot = load_snapshot(comparison)
    now = snapshot.result.run.thresholds["alignment"]
    considered = load_considered(comparison, snapshot.result.sentences)
    form = asked or ThresholdForm({"threshold": round(now * 100)})
    preview = None
    if considered is not None and "threshold" not in form.errors:
        wanted = form.value() if asked and form.cleaned_data.get("threshold") else now
        preview = make_preview(snapshot, considered, wanted, tally_for(request, story, comparison))
    has_errors = asked is not None and bool(asked.errors)
    context = {
        "story": story,
        "status": status,
        "comparison": comparison,
        "run": snapshot.result.run,
        "form": form,
        "preview": preview,
        "is_kept": considered is not None,
        "least": LEAST,
    }
    return render_page(
        request, "comparison/threshold.html", context, partial="preview", status=422 if has_errors else 200
    )
