"""What a newsroom's verdicts taught about probabilities: how often what was proposed at each was right."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.pipeline import calibration as pipeline

from .comparison import KINDS
from .newsroom import Newsroom
from .review_item import ReviewItem

ABOUT = [("same", "same claim"), ("lone", "only here"), *((kind, kind) for kind in KINDS)]


class Outcome(models.Model):
    """Whether people confirmed one thing that was proposed: one claim, "only here", or a kind of difference.

    Only of items whose votes have ended; a pair that several sessions judged counts once, as the last one found it.
    ``probability`` is the models' own, whatever scale it was told on. ``models_sha256`` names them all.
    """

    newsroom = models.ForeignKey(Newsroom, on_delete=models.CASCADE, related_name="outcomes")
    item = models.ForeignKey(ReviewItem, on_delete=models.CASCADE, related_name="outcomes")
    fingerprint = models.CharField(max_length=64)  # the item's
    about = models.CharField(max_length=16, choices=ABOUT)
    models_sha256 = models.CharField(max_length=64)
    probability = models.FloatField()
    percent = models.PositiveSmallIntegerField()  # of the probability, rounded down
    is_confirmed = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newsroom", "fingerprint", "about"], name="outcome_once_a_newsroom"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="outcome_percent"),
        ]
        indexes = [
            models.Index(
                fields=["newsroom", "models_sha256", "about", "percent", "is_confirmed"], name="outcomes_by_probability"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} at {self.probability:.2f}: {'confirmed' if self.is_confirmed else 'not confirmed'}"


class Calibration(models.Model):
    """The scale on which a newsroom's comparisons tell probabilities. ``figures``: on verdicts held back."""

    newsroom = models.OneToOneField(Newsroom, on_delete=models.CASCADE, related_name="calibration")
    slope = models.FloatField()
    intercept = models.FloatField()
    n = models.PositiveIntegerField()
    encoder_sha256 = models.CharField(max_length=64)
    relation_model_sha256 = models.CharField(max_length=64, blank=True)
    alignment_sha256 = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(slope__gt=0), name="calibration_keeps_the_order")]

    def __str__(self) -> str:
        return f"{self.newsroom}: {self.slope:.3f} · log-odds {self.intercept:+.3f}"

    def as_value(self) -> pipeline.Calibration:
        models_ = pipeline.Models(self.encoder_sha256, self.relation_model_sha256, self.alignment_sha256)
        return pipeline.Calibration(
            pipeline.Scale(self.slope, self.intercept), models_, self.n, self.made_at.isoformat(timespec="seconds")
        )
