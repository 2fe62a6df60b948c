"""What one comparison found. Its rows are written once, in one transaction, and never changed afterwards."""

from __future__ import annotations

from django.db import models

from .article import Article
from .newsroom import within_reach
from .story import Story

RELATIONS = [("agree", "agree"), ("diverge", "diverge")]
ROW_RELATIONS = [*RELATIONS, ("unique", "only one outlet")]
KINDS = ["number", "date", "name", "place", "attribution", "quote", "contradiction", "certainty"]


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def visible_to(self, person: object) -> ComparisonQuerySet:
        """Comparisons of stories that ``person`` may see, each with their role there as ``my_role``."""
        return within_reach(self, person, "story__newsroom__memberships")


class Comparison(models.Model):
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="comparisons")
    created_at = models.DateTimeField(auto_now_add=True)
    run = models.JSONField()  # claims.pipeline.types.Run as a dict
    notices = models.JSONField(default=list)  # sentences for the reader

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.story}, compared {self.created_at:%Y-%m-%d %H:%M}"


class ConsideredPairs(models.Model):
    """What a comparison would show at other thresholds: ``pairs`` is a list of [a, b, probability, is it sure].

    ``a`` and ``b`` count the comparison's sentences from 0 in their order, the probability counts ten-thousandths.
    Comparisons saved before this was kept have none.
    """

    comparison = models.OneToOneField(Comparison, on_delete=models.CASCADE, related_name="considered")
    pairs = models.JSONField()

    def __str__(self) -> str:
        return f"{len(self.pairs)} pairs"


class ComparedArticle(models.Model):
    """An article as it was when it was compared; the article itself may have changed, or gone, since."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="articles")
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="compared")
    position = models.PositiveIntegerField()
    outlet = models.CharField(max_length=120)
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    corrections = models.JSONField(default=list)  # [action, start, end, role], in order

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "position"], name="compared_article_position_once")
        ]

    def __str__(self) -> str:
        return self.outlet


class Sentence(models.Model):
    """``article.text[start:end]``; ``number`` counts from 0 within the article."""

    article = models.ForeignKey(ComparedArticle, on_delete=models.CASCADE, related_name="sentences")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    role = models.CharField(max_length=12)
    status = models.CharField(max_length=8)

    class Meta:
        ordering = ["article__position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="sentence_number_once"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="sentence_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


class ClaimRow(models.Model):
    """One claim and the sentences that state it. ``number`` orders rows by importance, 1 first."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    relation = models.CharField(max_length=8, choices=ROW_RELATIONS)
    kinds = models.JSONField(default=list)
    origins = models.PositiveIntegerField()
    importance = models.FloatField()
    sentences: models.ManyToManyField[Sentence, models.Model] = models.ManyToManyField(Sentence, related_name="rows")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["comparison", "number"], name="claim_row_number_once")]

    def __str__(self) -> str:
        return f"claim {self.number} ({self.relation})"


class Alignment(models.Model):
    """Two sentences of different articles that state the same claim."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="alignments")
    a = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="+")
    similarity = models.FloatField()
    probability = models.FloatField()
    relation = models.CharField(max_length=8, choices=RELATIONS)
    relation_probability = models.FloatField()
    #: [start, end, kind] of the words of each sentence that state the claim, in the articles' texts; empty: all of them
    part_a = models.JSONField(default=list)
    part_b = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="alignment_once"),
            models.CheckConstraint(condition=~models.Q(a=models.F("b")), name="alignment_of_two_sentences"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} ↔ {self.b_id} ({self.relation}, {self.probability:.2f})"


class Divergence(models.Model):
    """One difference between the two sentences of an alignment, with the exact words on both sides.

    Spans count characters of the whole article's text, like a sentence's.
    """

    alignment = models.ForeignKey(Alignment, on_delete=models.CASCADE, related_name="divergences")
    kind = models.CharField(max_length=16, choices=[(k, k) for k in KINDS])
    probability = models.FloatField()
    rule = models.CharField(max_length=60)
    explanation = models.TextField()
    a_start = models.PositiveIntegerField()
    a_end = models.PositiveIntegerField()
    a_text = models.TextField()
    a_value = models.TextField(blank=True)
    b_start = models.PositiveIntegerField()
    b_end = models.PositiveIntegerField()
    b_text = models.TextField()
    b_value = models.TextField(blank=True)
    possible_update = models.BooleanField(default=False)  # the later-published side gives a later figure

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(a_start__lte=models.F("a_end"), b_start__lte=models.F("b_end")),
                name="divergence_spans_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.explanation


class Nearest(models.Model):
    """``other`` is what comes nearest to ``sentence`` in its article, and does not state the same claim."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="nearest")
    other = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="+")
    similarity = models.FloatField()
    probability = models.FloatField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sentence", "other"], name="nearest_once"),
            models.CheckConstraint(condition=~models.Q(sentence=models.F("other")), name="nearest_is_another_sentence"),
        ]

    def __str__(self) -> str:
        return f"{self.sentence_id} → {self.other_id} ({self.probability:.2f})"


class Origin(models.Model):
    """Compared articles that print the same source text."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="origins")
    agency = models.CharField(max_length=120, blank=True)
    shared_ratio = models.FloatField()
    articles: models.ManyToManyField[ComparedArticle, models.Model] = models.ManyToManyField(
        ComparedArticle, related_name="origins"
    )
    sentences: models.ManyToManyField[Sentence, models.Model] = models.ManyToManyField(Sentence, related_name="origins")

    def __str__(self) -> str:
        return self.agency or f"origin {self.pk}"
