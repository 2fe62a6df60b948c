"""Start a comparison and watch it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from claims.models import Job, Story

from .fragments import is_fragment_request, render_page

STOP_POLLING = 286


@require_POST
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    story = get_object_or_404(Story.objects.kept(), pk=pk)
    if story.articles.kept().count() < 2:
        messages.error(request, "A comparison needs two articles. Add at least one more article, then compare.")
        return redirect("story_articles", pk)
    return redirect(Job.objects.start(story))


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """A page that renews itself until the job is done, and then leads to the story."""
    Job.objects.requeue_lost()
    job = get_object_or_404(Job.objects.select_related("story"), pk=pk, story__deleted_at=None)
    is_polling = is_fragment_request(request)
    if job.state == Job.State.DONE:
        return HttpResponseClientRedirect(job.story.get_absolute_url()) if is_polling else redirect(job.story)
    response = render_page(request, "jobs/progress.html", {"job": job, "story": job.story}, partial="progress")
    if is_polling and job.is_finished:
        response.status_code = STOP_POLLING
    return response
