"""Voting: one vote, many at once, taking votes back, notes, and what a person adds to a session or takes over."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from claims.models import Note, Participant, ReviewItem, ReviewSession, Seat, Verdict
from claims.models.review import Refused
from claims.models.review_verdict import columns
from claims.presentation.snapshot import load_snapshot

from .ballot import Ballot, check
from .dealing import take_over
from .opening import _row
from .proposals import Proposals
from .seating import count_seats, seat_out

TAKEN_OUT = "An editor took you out of this session, so this did not count. What you answered before stays and counts."
CHANGED = "This item changed since you opened it, so your answer was not counted. Here it is as it is now."


@dataclass(frozen=True, slots=True)
class Judge:
    """Whoever acts: as a participant of the session, a membership and the member's number in the newsroom."""

    participant: int
    membership: int
    number: int


def vote(
    session_pk: int, number: int, judge: Judge, read: Callable[[ReviewItem], Ballot], token: uuid.UUID, fingerprint: str
) -> Ballot:
    """Count the ballot that ``read`` makes of the item, in four queries; five where it changes an earlier one.

    The same form twice counts once. The same form with another answer (the page that the back button showed) is a
    change of mind. Raises Refused, or BallotError for a ballot that makes no sense.
    """
    try:
        with transaction.atomic():
            return _vote(_locked(session_pk, number, judge, token), judge, read, token, fingerprint)
    except IntegrityError:  # two votes of this judge on this item at once, each unaware of the other
        with transaction.atomic():
            return _vote(_locked(session_pk, number, judge, token), judge, read, token, fingerprint)


def _locked(session_pk: int, number: int, judge: Judge, token: uuid.UUID) -> Any:
    """The item with its session locked, and what this judge said of it before, in one query. Raises Refused."""
    mine = Q(verdicts__participant=judge.participant, verdicts__is_current=True)
    earlier = Verdict.objects.filter(item=OuterRef("pk"), participant=judge.participant).order_by("-version")
    found = (
        ReviewItem.objects.select_for_update(of=("session",))
        .select_related("session")
        .filter(session=session_pk, number=number)
        .annotate(
            mine=FilteredRelation("verdicts", condition=mine),
            mine_pk=F("mine__pk"),
            mine_gist=F("mine__gist"),
            mine_token=F("mine__token"),
            mine_unsure=Q(mine__answer="unsure"),
            versions=Subquery(earlier.values("version")[:1]),
            knows_token=Exists(Verdict.objects.filter(participant=judge.participant, token=token)),
            is_there=Exists(Participant.objects.there().filter(pk=judge.participant)),
            is_seated=Exists(Seat.objects.filter(item=OuterRef("pk"), participant=judge.participant)),
        )
        .first()
    )
    if found is None:
        raise Refused("This session has no such item.")
    return found


def _vote(item: Any, judge: Judge, read: Callable[[ReviewItem], Ballot], token: uuid.UUID, fingerprint: str) -> Ballot:
    item.session.check_judging()
    if not item.is_there:
        raise Refused(TAKEN_OUT)
    if item.retired_at or item.fingerprint != fingerprint:
        raise Refused(CHANGED)
    ballot = read(item)
    check(ballot, item.sort, item.a_text, item.b_text)
    if item.mine_gist == ballot.gist and item.mine_token == token:
        return ballot
    if item.mine_pk:
        Verdict.objects.filter(pk=item.mine_pk).update(is_current=False)
    version = (item.versions or 0) + 1
    _write(item, judge, ballot, uuid.uuid4() if item.knows_token else token, version)
    _count(item, judge, ballot)
    item.session.log(judge.number, "judged", **_entry(item, ballot, version))
    item.session.save_trail()
    return ballot


def _write(item: Any, judge: Judge, ballot: Ballot, token: uuid.UUID, version: int, **fields: Any) -> Verdict:
    return Verdict.objects.create(
        item=item,
        participant_id=judge.participant,
        version=version,
        token=token,
        gist=ballot.gist,
        **columns(ballot),
        **fields,
    )


def _count(item: Any, judge: Judge, ballot: Ballot) -> None:
    is_first = not item.mine_pk
    item.session.count(
        judge.participant,
        done=int(is_first),
        own=int(is_first and item.is_seated),
        unsure=int(ballot.answer == "unsure") - int(bool(item.mine_unsure)),
    )


def _entry(item: Any, ballot: Ballot, version: int) -> dict[str, Any]:
    """What the audit trail keeps of a vote."""
    return {"item": item.number, "fingerprint": item.fingerprint, "version": version, **columns(ballot)}


def _session(session_pk: int, judge: Judge) -> ReviewSession:
    """The session, locked. Raises Refused when it takes no votes, or none of this judge any more."""
    session = ReviewSession.objects.select_for_update().get(pk=session_pk)
    session.check_judging()
    if not session.participants.there().filter(pk=judge.participant).exists():
        raise Refused(TAKEN_OUT)
    return session


@transaction.atomic
def undo(session_pk: int, judge: Judge, *, item: int | None = None, bulk: uuid.UUID | None = None) -> list[int]:
    """Take back this judge's last vote, or all that were given at once with it; the numbers of their items.

    What the judge had said before counts again. Every version stays in the record. ``item``, ``bulk``: what is to be
    taken back, where a button is about it; pressed twice, it takes nothing else back. Raises Refused.
    """
    session = _session(session_pk, judge)
    mine = Verdict.objects.filter(participant=judge.participant, item__session=session, item__retired_at=None)
    last = mine.filter(is_current=True).select_related("item").order_by("-pk").first()
    if last is None:
        raise Refused("There is no answer of yours left to undo.")
    if (item and last.item.number != item) or (bulk and last.bulk != bulk):
        raise Refused("This was taken back already, or you answered something else since.")
    undone = list(mine.filter(bulk=last.bulk, is_current=True) if last.bulk else [last])
    Verdict.objects.filter(pk__in=[v.pk for v in undone]).update(is_current=False, undone_at=timezone.now())
    items = [verdict.item_id for verdict in undone]
    before = {v.item_id: v for v in mine.filter(item__in=items, undone_at=None).order_by("version")}
    Verdict.objects.filter(pk__in=[v.pk for v in before.values()]).update(is_current=True)
    seated = set(Seat.objects.filter(participant=judge.participant, item__in=items).values_list("item", flat=True))
    for verdict in undone:
        earlier = before.get(verdict.item_id)
        session.count(
            judge.participant,
            done=0 if earlier else -1,
            own=0 if earlier or verdict.item_id not in seated else -1,
            unsure=int(bool(earlier and earlier.answer == "unsure")) - int(verdict.answer == "unsure"),
        )
    numbers = list(ReviewItem.objects.filter(pk__in=items).order_by("number").values_list("number", flat=True))
    session.log(judge.number, "undid", items=numbers)
    session.save_trail()
    return numbers


@transaction.atomic
def accept_all(session_pk: int, judge: Judge, numbers: Sequence[int], least: float, token: uuid.UUID) -> int:
    """Vote for what the machine proposes on those of the items that reach ``least``; how many votes were given.

    Only pairs, never a sentence said to stand alone; only live items on which this judge has not voted.
    """
    session = _session(session_pk, judge)
    if Verdict.objects.filter(participant=judge.participant, bulk=token).exists():
        return 0
    items = list(acceptable(session, judge.participant, least).filter(number__in=numbers))
    versions = dict(
        Verdict.objects.filter(participant=judge.participant, item__in=items)
        .order_by("version")
        .values_list("item", "version")
    )
    ballots = [(item, item.accepting, versions.get(item.pk, 0) + 1) for item in items]
    Verdict.objects.bulk_create(
        Verdict(
            item=item,
            participant_id=judge.participant,
            version=version,
            token=uuid.uuid4(),
            bulk=token,
            gist=ballot.gist,
            **columns(ballot),
        )
        for item, ballot, version in ballots
    )
    seated = Seat.objects.filter(participant=judge.participant, item__in=items).count()
    session.count(judge.participant, done=len(items), own=seated)
    votes = [_entry(item, ballot, version) for item, ballot, version in ballots]
    session.log(judge.number, "accepted at once", least=f"{least:.2f}", votes=votes)
    session.save_trail()
    return len(items)


def acceptable(session: ReviewSession, participant: int, least: float) -> Any:
    """The pairs of the session at or above a probability on which this participant has not voted."""
    voted = Verdict.objects.filter(item=OuterRef("pk"), participant=participant, is_current=True)
    return session.items.live().filter(~Exists(voted), sort=ReviewItem.Sort.PAIR, probability__gte=least)


@transaction.atomic
def write_note(session_pk: int, number: int, by: int, by_number: int, text: str, token: uuid.UUID) -> bool:
    """Put a remark beside the votes; whether it is a new one. Raises Refused when the session is sealed."""
    session = ReviewSession.objects.select_for_update().get(pk=session_pk)
    session.check_not_sealed()
    item = session.items.filter(number=number).first()
    if item is None:
        raise Refused("This session has no such item.")
    note, is_new = Note.objects.get_or_create(by_id=by, token=token, defaults={"item": item, "text": text})
    if is_new:
        session.log(by_number, "noted", item=number, note=note.pk, text=text)
        session.save_trail()
    return is_new


@transaction.atomic
def add_pair(session_pk: int, judge: Judge, a_id: str, b_id: str, comparison_pk: int) -> ReviewItem:
    """Put a pair that the machine missed to the judges. The same pair twice is one item.

    ``comparison_pk``: the comparison in which the sentences have these ids. Raises Refused.
    """
    session = _session(session_pk, judge)
    if session.comparison_id != comparison_pk:
        raise Refused("The articles were compared again since you opened this page. Choose the two sentences again.")
    proposals = Proposals(load_snapshot(session.comparison))
    a, b = (proposals.snapshot.sentences.get(id_) for id_ in sorted((a_id, b_id), key=_place))
    if a is None or b is None or a.article == b.article:
        raise Refused("Choose two sentences of two different articles.")
    there = session.items.live().filter(a_id=a.id, b_id=b.id).first()
    if there:
        return there
    number = (session.items.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    item = _row(session, proposals.added(a, b), number, added_by_id=judge.membership)
    item.save()
    people = {judge.participant}
    others = session.participants.able().exclude(pk=judge.participant).order_by("dealt", "pk")
    people.update(others.values_list("pk", flat=True)[: session.judges - 1])
    seat_out((item, person) for person in people)
    session.log(judge.number, "added", item=number, fingerprint=item.fingerprint)
    session.save_trail()
    return item


def _place(id_: str) -> tuple[int, ...]:
    return tuple(int(part) for part in id_.split(".") if part.isdecimal())


@transaction.atomic
def take_over_from(session_pk: int, judge: Judge, other_pk: int) -> int:
    """Move to this judge, for whom nothing waits, the later half of what waits for another one; how many items."""
    session = _session(session_pk, judge)
    other = session.participants.filter(pk=other_pk).exclude(pk=judge.participant).first()
    if other is None:
        raise Refused("This person does not judge in this session.")
    if Seat.objects.filter(participant=judge.participant).waiting().exists():
        raise Refused("There are items that wait for you. Judge those first.")
    mine = set(Seat.objects.filter(participant=judge.participant).values_list("item", flat=True))
    mine |= set(Verdict.objects.filter(participant=judge.participant).values_list("item", flat=True))
    now = timezone.now()
    looked_at = {p.looks_at_id or 0 for p in session.participants.all() if p.is_looking(now)}
    waiting = list(other.seats.waiting().values_list("item", flat=True))
    items = take_over(waiting, mine=mine, looked_at=looked_at)
    Seat.objects.filter(participant=other, item__in=items).update(participant=judge.participant)
    count_seats([judge.participant, other.pk])
    session.log(judge.number, "took over", items=len(items), other=_number(other))
    session.save_trail()
    return len(items)


def _number(participant: Participant) -> int:
    return participant.membership.number
