"""Opening a review session on a comparison, and taking a later comparison of the same articles into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from claims.models import Comparison, Membership, Participant, ReviewItem, ReviewSession, Seat
from claims.models.review import Refused
from claims.models.review_item import fingerprint
from claims.presentation.snapshot import load_claims, load_snapshot

from .dealing import most_urgent_first, sample
from .matching import Judged, Matching, Standing, match
from .proposals import Choice, Proposals, Proposed
from .seating import count_seats, deal_out, hand_on, seat_out

#: A form that comes twice comes twice soon.
AT_ONCE = timedelta(minutes=1)
#: Sessions of which it is kept in memory what a later comparison would do to them.
KEPT = 32
NOTHING_TO_JUDGE = "Nothing that the comparison proposes fits this choice. Choose more rows."


@dataclass(frozen=True)
class Plan:
    """What an editor decides when a session is opened. ``people``: who judges."""

    title: str
    people: Sequence[Membership]
    question: str = ""
    due_on: date | None = None
    rows: str = ReviewSession.Rows.ALL
    choice: Choice = field(default_factory=Choice)
    sample_size: int | None = None
    seed: int = 0
    order: str = ReviewSession.Order.URGENT
    is_blind: bool = True
    judges: int = 2


@transaction.atomic
def open_session(comparison: Comparison, by: Membership, plan: Plan) -> ReviewSession:
    """A new session on what ``comparison`` proposes; the same plan twice within a minute is one session.

    Raises Refused when there is nothing to judge, or nobody to.
    """
    if not plan.people:
        raise Refused("Choose at least one person who judges.")
    Comparison.objects.select_for_update().get(pk=comparison.pk)  # the same form may come twice at once
    if there := _opened_just_now(comparison, by, plan):
        return there
    chosen = choose(Proposals(load_snapshot(comparison)).items, plan)
    if not chosen:
        raise Refused(NOTHING_TO_JUDGE)
    session = ReviewSession.objects.create(
        story_id=comparison.story_id,
        comparison=comparison,
        created_by=by,
        title=plan.title,
        question=plan.question,
        due_on=plan.due_on,
        rows=plan.rows,
        choice=asdict(plan.choice),
        sample_size=plan.sample_size if plan.rows == ReviewSession.Rows.SAMPLE else None,
        seed=plan.seed,
        order=plan.order,
        is_blind=plan.is_blind,
        judges=plan.judges,
    )
    Participant.objects.bulk_create(Participant(session=session, membership=member) for member in plan.people)
    items = ReviewItem.objects.bulk_create(_row(session, item, n) for n, item in enumerate(chosen, start=1))
    deal_out(session, items)
    session.log(
        by.number,
        "opened",
        comparison=comparison.pk,
        items=len(items),
        rows=plan.rows,
        choice=asdict(plan.choice),
        sample_size=session.sample_size,
        seed=plan.seed,
        blind=plan.is_blind,
        judges=plan.judges,
        people=[member.number for member in plan.people],
    )
    session.save_trail()
    return session


def _opened_just_now(comparison: Comparison, by: Membership, plan: Plan) -> ReviewSession | None:
    """The session that the same person opened with the same plan a moment ago. A seed that was drawn does not count."""
    names = ("title", "question", "due_on", "rows", "order", "is_blind", "judges")
    alike = {name: getattr(plan, name) for name in names}
    recent = comparison.review_sessions.filter(created_by=by, created_at__gt=timezone.now() - AT_ONCE, **alike)
    people = {member.pk for member in plan.people}
    return next((s for s in recent if _choice(s) == plan.choice and people == set(_members(s))), None)


def _choice(session: ReviewSession) -> Choice:
    return Choice(**session.choice | {"outlets": tuple(session.choice.get("outlets", ()))})


def _members(session: ReviewSession) -> Iterable[int]:
    return session.participants.values_list("membership", flat=True)


def choose(items: Sequence[Proposed], plan: Plan) -> list[Proposed]:
    """The items that the plan is about, in its order."""
    kept = list(range(len(items)))
    if plan.rows == ReviewSession.Rows.FILTER:
        kept = [n for n in kept if plan.choice.admits(items[n])]
    if plan.rows == ReviewSession.Rows.SAMPLE:
        kept = sample(kept, plan.sample_size or 0, plan.seed)
    if plan.order == ReviewSession.Order.URGENT:
        kept = most_urgent_first({n: items[n].urgency for n in kept})
    return [items[n] for n in kept]


def _row(session: ReviewSession, item: Proposed, number: int, **fields: object) -> ReviewItem:
    found = fields | _side("a", item, 0)
    if item.b is not None:
        found |= _side("b", item, 1)
    return ReviewItem(
        session=session,
        number=number,
        sort=item.sort,
        proposed_in=session.comparison,
        relation=item.relation,
        probability=item.probability,
        divergences=list(item.divergences),
        details=dict(item.details),
        fingerprint=fingerprint(item.judged),
        **found,
    )


def _side(name: str, item: Proposed, n: int) -> dict[str, object]:
    sentence, side = item.sentences[n], item.judged.sides[n]
    return {
        f"{name}_article_id": side.article,
        f"{name}_outlet": item.outlets[n],
        f"{name}_sha256": item.hashes[n],
        f"{name}_start": sentence.start,
        f"{name}_end": sentence.end,
        f"{name}_text": sentence.text,
        f"{name}_occurrence": side.occurrence,
        f"{name}_occurrences": side.occurrences,
        f"{name}_id": sentence.id,
    }


@dataclass(frozen=True)
class Outlook:
    """What a later comparison would do to a session: what stands, what asks for another look, what is gone or new."""

    comparison: Comparison
    proposals: Proposals
    items: Sequence[ReviewItem]
    matching: Matching

    def fates(self, fate: str) -> list[tuple[ReviewItem, Standing]]:
        pairs = zip(self.items, self.matching.standings, strict=True)
        return [(item, standing) for item, standing in pairs if standing.fate == fate]

    @property
    def changed(self) -> list[tuple[ReviewItem, Standing]]:
        return self.fates("changed")

    @property
    def gone(self) -> list[tuple[ReviewItem, Standing]]:
        return self.fates("gone")

    @property
    def standing(self) -> int:
        return len(self.fates("stands"))

    def new(self, session: ReviewSession) -> list[Proposed]:
        """What is proposed for the first time and belongs to what the session is about."""
        return _of_interest(session, self.proposals, self.matching)


def _of_interest(session: ReviewSession, proposals: Proposals, matching: Matching) -> list[Proposed]:
    """What is new and belongs to what the session is about; a sample stays as drawn."""
    if session.rows == ReviewSession.Rows.SAMPLE:
        return []
    found, choice = map(proposals.item, matching.new), _choice(session)
    return [item for item in found if session.rows == ReviewSession.Rows.ALL or choice.admits(item)]


def counts_ahead(session: ReviewSession, comparison: Comparison) -> Mapping[str, int]:
    """How many items would stand, need another look, be gone or be new under ``comparison``.

    Kept in memory for as long as it is true: comparisons never change, and a session gets other items only by taking
    one in, or one more that somebody adds.
    """
    now = (session.comparison_id, session.items.live().count())
    return _counts_ahead(session.pk, comparison.pk, comparison.created_at, now)


@lru_cache(maxsize=KEPT)
def _counts_ahead(session_pk: int, later: int, _at: datetime, _now: tuple[int, int]) -> Mapping[str, int]:
    session = ReviewSession.objects.get(pk=session_pk)
    proposals = Proposals(load_claims(Comparison.objects.get(pk=later)))  # no count asks how probable anything is
    matching = _match(session.items.live().judged(), proposals)
    fates = Counter(standing.fate for standing in matching.standings)
    counts = {"standing": fates["stands"], "changed": fates["changed"], "gone": fates["gone"]}
    return counts | {"new": len(_of_interest(session, proposals, matching))}


def _match(earlier: Sequence[Judged], proposals: Proposals) -> Matching:
    return match(earlier, proposals.judged, set(proposals.sides.values()))


def look_ahead(session: ReviewSession, comparison: Comparison) -> Outlook:
    """What would become of the session's items under ``comparison``. Changes nothing."""
    proposals = Proposals(load_snapshot(comparison))
    items = list(session.items.live())
    return Outlook(comparison, proposals, items, _match([item.judged for item in items], proposals))


@transaction.atomic
def catch_up(session_pk: int, comparison: Comparison, by: Membership) -> Outlook:
    """Take a later comparison in. Items that stand keep their votes; changed ones are put to their judges anew.

    Raises Refused when no votes are taken, or when this comparison is not a later one of the same story.
    """
    session = ReviewSession.objects.select_for_update().get(pk=session_pk)
    session.check_judging()
    if comparison.story_id != session.story_id or comparison.pk <= session.comparison_id:
        raise Refused("The session is about this comparison already.")
    outlook = look_ahead(session, comparison)
    session.comparison = comparison
    _keep(outlook)
    judges = _retire([*outlook.changed, *outlook.gone])
    number = session.items.order_by("-number").values_list("number", flat=True)[0]
    again = [
        _row(session, outlook.proposals.item(standing.now or 0), number + n, follows=item, look_again=standing.reason)
        for n, (item, standing) in enumerate(outlook.changed, start=1)
    ]
    ReviewItem.objects.bulk_create(again)
    seat_out((item, person) for item in again for person in judges[item.follows_id or 0])
    number += len(again)
    new = [_row(session, item, number + n) for n, item in enumerate(outlook.new(session), start=1)]
    ReviewItem.objects.bulk_create(new)
    deal_out(session, [item for item in again if not judges[item.follows_id or 0]] + new)
    hand_on(session)
    count_seats(session.participants.values_list("pk", flat=True))
    session.recount()
    session.log(
        by.number,
        "compared again",
        comparison=comparison.pk,
        stand=outlook.standing,
        again=[[item.number, standing.reason] for item, standing in outlook.changed],
        gone=[[item.number, standing.reason] for item, standing in outlook.gone],
        new=len(new),
    )
    session.save_trail("comparison")
    return outlook


def _keep(outlook: Outlook) -> None:
    """Point the items that stand to their sentences in the new comparison."""
    ids = {side: id_ for id_, side in outlook.proposals.sides.items()}
    kept = [item for item, _ in outlook.fates("stands")]
    for item in kept:
        judged = item.judged
        item.a_id = ids[judged.a]
        item.b_id = ids[judged.b] if judged.b else ""
    ReviewItem.objects.bulk_update(kept, ["a_id", "b_id"], batch_size=500)


def _retire(standings: Sequence[tuple[ReviewItem, Standing]]) -> dict[int, list[int]]:
    """Take items out of the session, votes and all kept; the participants who had each, by the item's primary key."""
    judges: dict[int, list[int]] = {item.pk: [] for item, _ in standings}
    for pk, participant in Seat.objects.filter(item__in=judges).values_list("item", "participant"):
        judges[pk].append(participant)
    now = timezone.now()
    for item, standing in standings:
        item.retired_at, item.retired_because = now, standing.reason
    ReviewItem.objects.bulk_update([item for item, _ in standings], ["retired_at", "retired_because"], batch_size=500)
    return judges
