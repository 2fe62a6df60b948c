"""Sentence vectors that were computed once and are reused."""

from django.db import models


class CachedVector(models.Model):
    """The vector of one text under one encoder: float32, little-endian, unit length."""

    encoder_sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["encoder_sha256", "text_sha256"], name="vector_once_an_encoder_and_text")
        ]

    def __str__(self) -> str:
        return self.text_sha256[:12]
