"""Who judges what, in which order, and who looks at what right now."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: An open item is held for a person this long after they opened it; then others may take it up.
LEASE = timedelta(minutes=5)
#: What is lost if the machine was wrong about it: that outlets contradict each other is printed first, then that one
#: alone has something. So far apart that a contested pair waits for no lone sentence before the machine is nearly sure.
CONSEQUENCE = {"diverge": 12.0, "unique": 4.0, "agree": 1.0}
#: Even where the machine is sure, what matters more comes first: agreements last.
LEAST_DOUBT = 0.05


@dataclass(frozen=True, slots=True)
class Seat:
    """``person`` is to judge ``item``."""

    item: int
    person: int


def deal(
    items: Sequence[int],
    people: Sequence[int],
    judges: int,
    *,
    taken: Mapping[int, Collection[int]] | None = None,
    load: Mapping[int, int] | None = None,
) -> list[Seat]:
    """Each item to ``judges`` different people (to all, if there are fewer), in the order of ``items``.

    Everyone gets the same number, give or take one, spread over the whole order; and every two people get about as
    many items in common, so that agreement can be told for each pair. ``taken``: who has an item already, as one of
    its judges; ``load``: how many items wait for each of the people already.
    """
    taken, load = taken or {}, Counter(load or {})
    together: Counter[frozenset[int]] = Counter()
    rank = {person: n for n, person in enumerate(people)}
    seats = []
    for item in items:
        there = list(taken.get(item, ()))
        chosen: list[int] = []
        while len(there) < judges and (free := [person for person in people if person not in there]):
            chosen.append(min(free, key=lambda p: (load[p], _met(together, p, there), rank[p])))
            there.append(chosen[-1])
        seats += [Seat(item, person) for person in chosen]
        load.update(chosen)
        together.update(frozenset((a, b)) for n, a in enumerate(there) for b in there[:n])
    return seats


def _met(together: Counter[frozenset[int]], person: int, others: Collection[int]) -> int:
    return sum(together[frozenset((person, other))] for other in others)


def take_over(waiting: Sequence[int], *, mine: Collection[int], looked_at: Collection[int]) -> list[int]:
    """Which of another person's ``waiting`` items to hand over to me: the later half of what may be moved.

    Never one that somebody looks at, nor one that I judge as well: two judges must be two people.
    """
    free = [item for item in waiting if item not in mine and item not in looked_at]
    return free[len(free) // 2 :]


def sample(items: Sequence[int], size: int, seed: int) -> list[int]:
    """``size`` of the items, in their order; the same seed draws the same ones."""
    drawn = set(random.Random(seed).sample(range(len(items)), min(size, len(items))))  # noqa: S311 - no secret # nosec B311
    return [item for n, item in enumerate(items) if n in drawn]


def is_looking(until: datetime | None, now: datetime) -> bool:
    return until is not None and until > now


def urgency(relation: str, probability: float) -> float:
    """What to judge first: what is lost if the proposal is wrong, times how likely that is.

    ``probability``: that it is right, 0 to 1.
    """
    return CONSEQUENCE[relation] * max(1 - probability, LEAST_DOUBT)


def most_urgent_first(urgencies: Mapping[int, float]) -> list[int]:
    """The items of the mapping, the most urgent first; equal ones stay in its order."""
    return sorted(urgencies, key=lambda item: -urgencies[item])
