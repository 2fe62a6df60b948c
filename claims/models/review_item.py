"""What is judged in a review session: a pair of sentences, or one that is said to stand alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse

from claims.review.ballot import Ballot
from claims.review.chain import canonical, entry_hash
from claims.review.matching import Judged, Proposal, Side

from .article import Article
from .comparison import Comparison
from .review import ReviewSession

LONE = Q(sort="lone", b_text="", b_outlet="")
PAIR = ~Q(sort="lone") & ~Q(b_text="")
#: The fields of an item's two sides, in the order of those of ``Side``.
SIDES = [f"{side}_{name}" for side in "ab" for name in ("article_id", "text", "occurrence", "occurrences")]


#: What is to be judged before and after an item; and what waits for a participant besides it, from a number on.
BEFORE = """(SELECT MAX(o.number) FROM claims_reviewitem o
WHERE o.session_id = claims_reviewitem.session_id AND o.retired_at IS NULL AND o.number < claims_reviewitem.number)"""
AFTER = BEFORE.replace("MAX", "MIN").replace("<", ">")
WAITING = """(SELECT s.number FROM claims_seat s JOIN claims_reviewitem o ON o.id = s.item_id
WHERE s.participant_id = %s AND s.item_id <> claims_reviewitem.id AND s.number > {} AND o.retired_at IS NULL
AND NOT EXISTS (SELECT 1 FROM claims_verdict v
    WHERE v.item_id = s.item_id AND v.participant_id = s.participant_id AND v.is_current)
ORDER BY s.number LIMIT 1)"""
NEXT = f"COALESCE({WAITING.format('claims_reviewitem.number')}, {WAITING.format('0')})"


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def in_place(self, participant: int | None) -> ReviewItemQuerySet:
        """Each with ``previous`` and ``next``, the numbers of its live neighbours, and ``then``, that of the item that
        waits next for the participant, from the start if none does after it.

        In SQL, as it is asked at every step: Django takes several times as long to put it together as all the rest of
        the query.
        """
        number = models.IntegerField()
        return self.annotate(
            previous=RawSQL(BEFORE, [], number),  # noqa: S611 - no part comes from outside # nosec B611
            next=RawSQL(AFTER, [], number),  # noqa: S611 # nosec B611
            then=RawSQL(NEXT, [participant, participant], number),  # noqa: S611 # nosec B611
        )

    def live(self) -> ReviewItemQuerySet:
        """Items that are still put to the judges."""
        return self.filter(retired_at=None)

    def judged(self) -> list[Judged]:
        """What votes on each item hang on, without the rest of it. One query."""
        read = lru_cache(maxsize=None)(lambda text: _others(json.loads(text)))  # an article's lone sentences have one
        rows = self.annotate(others=KeyTextTransform("others", "details"))
        found = rows.values_list("sort", "relation", "divergences", "others", *SIDES)
        return [_judged(*row[:3], read(row[3] or "{}"), *row[4:]) for row in found]

    def with_votes(self) -> ReviewItemQuerySet:
        """Each with ``votes``, the number of current votes, and whether these are ``low`` to ``high`` the same."""
        current = Q(verdicts__is_current=True)
        return self.annotate(
            votes=models.Count("verdicts", filter=current),
            low=models.Min("verdicts__gist", filter=current),
            high=models.Max("verdicts__gist", filter=current),
        )

    def unjudged(self) -> ReviewItemQuerySet:
        """Live items on which nobody voted, and which nobody decided."""
        current = self.filter(Q(verdicts__is_current=True) | Q(adjudications__is_current=True)).values("pk")
        return self.live().exclude(pk__in=current)

    def settled(self) -> ReviewItemQuerySet:
        """Live items that somebody decided."""
        return self.live().filter(adjudications__is_current=True)

    def undecided(self) -> ReviewItemQuerySet:
        """Disputed items that nobody decided yet."""
        return self.disputed().exclude(pk__in=self.settled().values("pk"))

    def disputed(self) -> ReviewItemQuerySet:
        """Live items on which votes differ, or of which somebody is unsure; also those that were settled since."""
        unsure = self.filter(verdicts__is_current=True, verdicts__answer="unsure").values("pk")
        return self.live().with_votes().filter(Q(low__lt=models.F("high")) | Q(pk__in=unsure))


class ReviewItem(models.Model):
    """The sentences and the proposal are copied here as they were put to the judges, and never changed.

    Only ``a_id`` and ``b_id`` follow the session to a later comparison in which the item stands: they are the ids of
    the same words there. Positions count characters of the article's text whose hash stands beside them.
    """

    class Sort(models.TextChoices):
        PAIR = "pair", "Two sentences"
        ADDED = "added", "Two sentences that a person put together"
        LONE = "lone", "A sentence that stands alone"

    session = models.ForeignKey(ReviewSession, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    sort = models.CharField(max_length=8, choices=Sort)
    proposed_in = models.ForeignKey(Comparison, on_delete=models.RESTRICT, related_name="+")
    relation = models.CharField(max_length=8, choices=[(r, r) for r in ("agree", "diverge", "unique")])
    probability = models.FloatField()  # that the proposal is right, by the machine; 0 where a person added it
    divergences = models.JSONField(default=list)  # as claims.review.proposals makes them
    details = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)  # of the words, their articles and what is proposed
    a_article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    a_outlet = models.CharField(max_length=130)
    a_sha256 = models.CharField(max_length=64)
    a_start = models.PositiveIntegerField()
    a_end = models.PositiveIntegerField()
    a_text = models.TextField()
    a_occurrence = models.PositiveIntegerField(default=1)
    a_occurrences = models.PositiveIntegerField(default=1)
    a_id = models.CharField(max_length=24)
    b_article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    b_outlet = models.CharField(max_length=130, blank=True)
    b_sha256 = models.CharField(max_length=64, blank=True)
    b_start = models.PositiveIntegerField(default=0)
    b_end = models.PositiveIntegerField(default=0)
    b_text = models.TextField(blank=True)
    b_occurrence = models.PositiveIntegerField(default=1)
    b_occurrences = models.PositiveIntegerField(default=1)
    b_id = models.CharField(max_length=24, blank=True)
    added_by = models.ForeignKey("claims.Membership", null=True, on_delete=models.CASCADE, related_name="+")
    #: The earlier item whose words or proposal changed; its votes stay with it and are shown beside this one.
    follows = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")
    look_again = models.CharField(max_length=200, blank=True)  # why it needs another look
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.CharField(max_length=200, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="review_item_number_once"),
            models.UniqueConstraint(
                fields=["session", "fingerprint"], condition=Q(retired_at=None), name="review_item_once_a_session"
            ),
            models.CheckConstraint(condition=LONE | PAIR, name="review_item_one_sentence_or_two"),
            models.CheckConstraint(
                condition=Q(a_start__lt=models.F("a_end"), b_start__lte=models.F("b_end")),
                name="review_item_spans_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("review_item", args=[self.session_id, self.number])

    @property
    def is_lone(self) -> bool:
        return self.sort == self.Sort.LONE

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(divergence["kind"] for divergence in self.divergences))

    @property
    def judged(self) -> Judged:
        """What votes on this item hang on."""
        others = _others(self.details.get("others", {}))
        sides = (getattr(self, name) for name in SIDES)
        return _judged(self.sort, self.relation, self.divergences, others, *sides)

    @property
    def accepting(self) -> Ballot:
        """The ballot of someone to whom the machine's proposal is right."""
        if self.is_lone:
            return Ballot("absent")
        if self.relation == "agree":
            return Ballot("same", "agree")
        spans = [(d["a"]["start"], d["a"]["end"], d["b"]["start"], d["b"]["end"]) for d in self.divergences]
        a_start, a_end, b_start, b_end = spans[0] if spans else (0, 0, 0, 0)
        return Ballot(
            "same",
            "diverge",
            tuple(self.kinds),
            (a_start, a_end) if a_start < a_end else None,
            (b_start, b_end) if b_start < b_end else None,
        )


def _others(details: Mapping[str, str]) -> dict[int | None, str]:
    return {int(pk) if pk.isdigit() else None: sha for pk, sha in details.items()}


def _judged(sort: str, relation: str, divergences: list[Any], others: dict[int | None, str], *sides: Any) -> Judged:
    """``sides``: the values of the fields in ``SIDES``."""
    differences = frozenset((d["kind"], d["a"]["text"], d["b"]["text"]) for d in divergences)
    half = len(SIDES) // 2
    a, b = Side(*sides[:half]), None if sort == ReviewItem.Sort.LONE else Side(*sides[half:])
    return Judged(a, b, Proposal(relation, differences, sort == ReviewItem.Sort.ADDED), others)


def fingerprint(judged: Judged) -> str:
    """SHA-256 of what votes hang on: the same for the same words in the same articles with the same proposal."""
    judged = judged.ordered()
    sides = [[s.article, s.text, s.occurrence, s.occurrences] for s in judged.sides]
    payload: dict[str, Any] = {
        "sides": sides,
        "relation": judged.proposal.relation,
        "differences": sorted(map(list, judged.proposal.differences)),
        "others": {str(pk): sha for pk, sha in judged.others.items()},
    }
    return entry_hash(0, {"item": canonical(payload)}, "")
