"""Background work on a story, and how far it is."""

from __future__ import annotations

from django.db import models

from .comparison import Comparison
from .story import Story


class Job(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", "Waiting for the worker"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="jobs")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    task_id = models.CharField(max_length=64, blank=True)  # what the queue calls it; empty until it is queued
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)  # for the reader: what failed and what to do
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    comparison = models.OneToOneField(Comparison, null=True, blank=True, on_delete=models.SET_NULL, related_name="job")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story"],
                condition=models.Q(state__in=["queued", "running"]),
                name="one_unfinished_job_a_story",
            )
        ]

    def __str__(self) -> str:
        return f"job {self.pk} ({self.state})"
