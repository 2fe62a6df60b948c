"""Which items wait for whom: dealt to the session's people, and handed on when somebody does not judge any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from claims.models import Participant, ReviewItem, ReviewSession, Seat, Verdict

from .dealing import deal


def deal_out(session: ReviewSession, items: Sequence[ReviewItem]) -> None:
    """Deal items that nobody has yet to the session's participants who still may judge."""
    people = session.participants.able().order_by("pk").values_list("pk", flat=True)
    by_pk = {item.pk: item for item in items}
    dealt = deal(list(by_pk), list(people), session.judges)
    seat_out((by_pk[seat.item], seat.person) for seat in dealt)


def seat_out(pairs: Iterable[tuple[ReviewItem, int]]) -> None:
    """Give each item to the participant with the primary key beside it, and count what everyone has."""
    seats = Seat.objects.bulk_create(
        Seat(item=item, participant_id=person, number=item.number) for item, person in pairs
    )
    count_seats({seat.participant_id for seat in seats})


def count_seats(participants: Iterable[int]) -> None:
    for pk in participants:
        dealt = Seat.objects.filter(participant=pk, item__retired_at=None).count()
        Participant.objects.filter(pk=pk).update(dealt=dealt)


def hand_on(session: ReviewSession) -> int:
    """Deal anew what waits for people who do not judge any more; how many places others took. The session is locked.

    What nobody else can take, because everyone who judges has it already, goes on waiting, for whoever joins next.
    """
    able = list(session.participants.able().order_by("pk").values_list("pk", flat=True))
    waiting = Seat.objects.waiting().filter(participant__session=session)
    left = list(waiting.exclude(participant__in=able).select_related("item"))
    if not left:
        return 0
    items = {seat.item_id: seat.item for seat in left}
    taken = _taken(items, able)
    load = Counter(waiting.filter(participant__in=able).order_by().values_list("participant", flat=True))
    dealt = deal(list(items), able, session.judges, taken=taken, load=load)
    _give_up(left, {pk: session.judges - len(taken[pk]) for pk in items}, Counter(seat.item for seat in dealt))
    seat_out((items[seat.item], seat.person) for seat in dealt)
    count_seats({seat.participant_id for seat in left})
    return len(dealt)


def _taken(items: Iterable[int], able: Sequence[int]) -> dict[int, set[int]]:
    """By item: who judged it, or is to and still can."""
    found: dict[int, set[int]] = defaultdict(set)
    pks = list(items)
    judged = Verdict.objects.filter(item__in=pks, is_current=True).values_list("item", "participant")
    seated = Seat.objects.filter(item__in=pks, participant__in=able).values_list("item", "participant")
    for item, participant in (*judged, *seated):
        found[item].add(participant)
    return found


def _give_up(left: Sequence[Seat], wanted: dict[int, int], filled: Counter[int]) -> None:
    """Remove the places that others took, or that the item does not need: as many stay as judges are ``wanted``."""
    missing = {pk: max(count - filled[pk], 0) for pk, count in wanted.items()}
    gone = []
    for seat in left:
        if missing[seat.item_id]:
            missing[seat.item_id] -= 1
        else:
            gone.append(seat.pk)
    Seat.objects.filter(pk__in=gone).delete()
