"""Review sessions: people who judge what one comparison proposes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils import timezone

from claims.policies import Role
from claims.review.chain import START, Break, append, find_break
from claims.review.dealing import LEASE, is_looking

from .comparison import Comparison
from .membership import Membership
from .newsroom import within_reach
from .review_audit import AuditEntry
from .story import Story


class Refused(Exception):
    """What was asked for cannot be done as the session stands; ``str(error)`` tells the reader why."""


class ReviewSessionQuerySet(models.QuerySet["ReviewSession"]):
    def visible_to(self, person: Any) -> ReviewSessionQuerySet:
        """Sessions of stories that ``person`` may see, with ``my_role``, ``my_membership`` and ``my_number``.

        For whoever judges in them, with ``my_participant`` and ``my_dealt``, how many items they have.
        """
        mine = "story__newsroom__memberships"
        seat = f"{mine}__reviews"
        return (
            within_reach(self, person, mine)
            .filter(story__deleted_at=None)
            .annotate(
                my_membership=F(f"{mine}__pk"),
                my_number=F(f"{mine}__number"),
                me=FilteredRelation(seat, condition=Q(**{f"{seat}__session": F("pk"), f"{seat}__left_at": None})),
                my_participant=F("me__pk"),
                my_dealt=F("me__dealt"),
            )
        )

    def with_dealt(self) -> ReviewSessionQuerySet:
        """Each with ``dealt``: how many answers are asked for in all."""
        people = Participant.objects.filter(session=OuterRef("pk")).order_by()
        return self.annotate(dealt=Subquery(people.values("session").annotate(total=Sum("dealt")).values("total")))


class ReviewSession(models.Model):
    class Rows(models.TextChoices):
        ALL = "all", "Everything that the comparison proposes"
        FILTER = "filter", "What fits a filter"
        SAMPLE = "sample", "A sample drawn at random"

    class Order(models.TextChoices):
        URGENT = "urgent", "What matters most and is least certain first"
        READING = "reading", "As the articles read"

    class State(models.TextChoices):
        JUDGING = "judging", "being judged"
        REVEALED = "revealed", "revealed, to be settled"
        SEALED = "sealed", "sealed"

    TITLE_LENGTH = 200
    QUESTION_LENGTH = 500
    MAX_JUDGES = 2

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="review_sessions")
    comparison = models.ForeignKey(Comparison, on_delete=models.RESTRICT, related_name="review_sessions")
    created_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    question = models.CharField(max_length=QUESTION_LENGTH, blank=True)
    due_on = models.DateField(null=True, blank=True)
    rows = models.CharField(max_length=8, choices=Rows, default=Rows.ALL)
    choice = models.JSONField(default=dict, blank=True)  # claims.review.proposals.Choice as a dict
    sample_size = models.PositiveIntegerField(null=True, blank=True)
    seed = models.PositiveIntegerField(default=0)
    order = models.CharField(max_length=8, choices=Order, default=Order.URGENT)
    is_blind = models.BooleanField(default=True)
    judges = models.PositiveSmallIntegerField(default=2)
    state = models.CharField(max_length=8, choices=State, default=State.JUDGING)
    revealed_at = models.DateTimeField(null=True, blank=True)  # the first time; what was seen stays seen
    sealed_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    reopened_because = models.CharField(max_length=QUESTION_LENGTH, blank=True)
    chain_length = models.PositiveIntegerField(default=0, editable=False)
    chain_head = models.CharField(max_length=64, default=START, editable=False)
    #: Each participant's "done", "unsure" and "own" (done of what was dealt to them), by primary key. Votes write it
    #: together with the chain's head, so that no page has to count thousands of rows.
    tally = models.JSONField(default=dict, editable=False)

    objects = ReviewSessionQuerySet.as_manager()
    #: Who asks, in rows that visible_to found; nobody of the newsroom in others.
    my_membership: int | None = None
    my_number: int | None = None
    my_participant: int | None = None
    my_dealt: int | None = None

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(judges__in=[1, 2]), name="review_by_one_or_two_judges"),
            models.CheckConstraint(
                condition=Q(rows="sample", sample_size__gt=0) | ~Q(rows="sample") & Q(sample_size=None),
                name="review_sample_has_a_size",
            ),
            models.CheckConstraint(
                condition=Q(state="sealed", sealed_at__isnull=False) | ~Q(state="sealed") & Q(sealed_at=None),
                name="review_sealed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="judging") | Q(revealed_at__isnull=False), name="review_revealed_before_settled"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.pk])

    @property
    def share_url(self) -> str:
        return reverse("review_share", args=[self.pk])

    @property
    def is_judging(self) -> bool:
        return self.state == self.State.JUDGING

    @property
    def is_sealed(self) -> bool:
        return self.state == self.State.SEALED

    @property
    def hides_votes(self) -> bool:
        """Whether nobody may see what others answered, nor who they are: a blind pass before its reveal."""
        return self.is_blind and self.revealed_at is None

    def check_judging(self) -> None:
        """Raises Refused when votes are no longer taken."""
        if self.is_sealed:
            raise Refused("This session is sealed: nothing in it can be changed. An editor can reopen it.")
        if not self.is_judging:
            raise Refused(
                "The votes of this session were revealed, so none is taken any more. An editor can reopen it."
            )

    def check_not_sealed(self) -> None:
        if self.is_sealed:
            raise Refused("This session is sealed: nothing in it can be changed. An editor can reopen it.")

    @property
    def answers(self) -> int:
        """How many answers count now, whoever gave them."""
        return sum(tally["done"] for tally in self.tally.values())

    def tally_of(self, participant_pk: int) -> dict[str, int]:
        return {"done": 0, "unsure": 0, "own": 0} | self.tally.get(str(participant_pk), {})

    def count(self, participant_pk: int, **steps: int) -> None:
        """Add to a participant's tally; saved by ``save_trail``."""
        tally = self.tally_of(participant_pk)
        self.tally[str(participant_pk)] = {name: tally[name] + steps.get(name, 0) for name in tally}

    def recount(self) -> None:
        """Make the tally anew from the votes; saved by ``save_trail``."""
        from .review_verdict import Verdict  # its table points to this one

        seats = Seat.objects.filter(item=OuterRef("item"), participant=OuterRef("participant"))
        votes = Verdict.objects.filter(item__session=self, item__retired_at=None, is_current=True)
        self.tally = {}
        for participant, answer, is_own in votes.annotate(is_own=Exists(seats)).values_list(
            "participant", "answer", "is_own"
        ):
            self.count(participant, done=1, unsure=int(answer == "unsure"), own=int(is_own))

    def log(self, by: int, action: str, **details: Any) -> AuditEntry:
        """Write an entry at the end of the audit trail. The session's row must be locked; ``save_trail`` follows."""
        payload = {"at": timezone.now().isoformat(), "by": by, "action": action, **details}
        link = append(payload, self.chain_length, self.chain_head)
        self.chain_length, self.chain_head = link.number, link.sha256
        return AuditEntry.objects.create(
            session=self, number=link.number, payload=payload, previous=link.previous, sha256=link.sha256
        )

    def save_trail(self, *fields: str) -> None:
        self.save(update_fields=["chain_length", "chain_head", "tally", *fields])

    def find_break(self) -> Break | None:
        """Where the audit trail was tampered with, if it was. Reads all of it."""
        return find_break(self.audit_entries.all().links(), length=self.chain_length, head=self.chain_head)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def there(self) -> ParticipantQuerySet:
        """Those whom no editor took out."""
        return self.filter(left_at=None)

    def able(self) -> ParticipantQuerySet:
        """Those of them whose role lets them judge now."""
        return self.there().filter(membership__in=Membership.objects.current().filter(role__gte=Role.REVIEWER))

    def on_record(self) -> ParticipantQuerySet:
        """Those who are there, or said something while they were."""
        from .review_verdict import Verdict  # its table points to this one

        return self.filter(Q(left_at=None) | Exists(Verdict.objects.filter(participant=OuterRef("pk"))))

    def in_order(self) -> ParticipantQuerySet:
        return self.select_related("membership__person").order_by("pk")

    def look_at(self, item_pk: int) -> None:
        """Hold the item for them for a while, so that others see that somebody is at it."""
        self.update(looks_at=item_pk, looks_until=timezone.now() + LEASE)


class Participant(models.Model):
    """Someone who judges in a session. ``looks_at`` is the item they opened last, theirs until ``looks_until``.

    ``left_at``: when an editor took them out. What they said stays and counts.
    """

    session = models.ForeignKey(ReviewSession, on_delete=models.CASCADE, related_name="participants")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="reviews")
    dealt = models.PositiveIntegerField(default=0)
    looks_at = models.ForeignKey("claims.ReviewItem", null=True, on_delete=models.SET_NULL, related_name="+")
    looks_until = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "membership"], name="participant_once_a_session")]

    def __str__(self) -> str:
        return self.membership.label

    def is_looking(self, now: datetime) -> bool:
        return is_looking(self.looks_until, now)

    def next_number(self, after: int) -> int | None:
        """The number of the item that waits for this judge next after ``after``, from the start if none does."""
        waiting = self.seats.waiting().values_list("number", flat=True)
        return waiting.filter(number__gt=after).first() or (waiting.first() if after else None)


class SeatQuerySet(models.QuerySet["Seat"]):
    def waiting(self) -> SeatQuerySet:
        """Seats whose judge has not voted on a live item yet, in their order."""
        from .review_verdict import Verdict  # its table points to this one

        votes = Verdict.objects.filter(item=OuterRef("item"), participant=OuterRef("participant"), is_current=True)
        return self.filter(~Exists(votes), item__retired_at=None).order_by("number")


class Seat(models.Model):
    """An item that was dealt to a participant. ``number`` is the item's."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="seats")
    item = models.ForeignKey("claims.ReviewItem", on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField()

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "participant"], name="seat_once_an_item_and_judge"),
            models.UniqueConstraint(fields=["participant", "number"], name="seat_number_once_a_judge"),
        ]

    def __str__(self) -> str:
        return f"item {self.number} of {self.participant_id}"
