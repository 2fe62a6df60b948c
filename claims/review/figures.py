"""A session's figures of agreement: overall, by sort of item, by kind and by pair of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.models import ReviewItem, ReviewSession, Verdict
from claims.presentation.words import KINDS

from .agreement import Agreement, agreement, by_label, by_pair
from .words import alpha, percent


@dataclass(frozen=True)
class Line:
    """``named``: on how many items somebody named the kind; None for figures that are not about a kind."""

    name: str
    found: Agreement
    named: int | None = None

    @property
    def percent(self) -> str:
        return percent(self.found)

    @property
    def alpha(self) -> str:
        return alpha(self.found)


@dataclass(frozen=True)
class Figures:
    """``pairs``: by the two people's primary keys as participants."""

    overall: Sequence[Line]
    kinds: Sequence[Line]
    pairs: Sequence[tuple[tuple[int, int], Line]]


@dataclass(frozen=True, slots=True)
class Vote:
    item: int
    participant: int
    sort: str
    gist: str


#: Sessions whose figures are kept in memory, as of their latest audit entry: nothing changes without one.
KEPT = 32


def figures(session: ReviewSession, names: dict[int, str]) -> Figures:
    """Of the current votes on live items, in one query. ``names``: of the participants, by primary key."""
    return _figures(session.pk, session.chain_head, tuple(names.items()))


@lru_cache(maxsize=KEPT)
def _figures(session: int, chain_head: str, names: tuple[tuple[int, str], ...]) -> Figures:
    votes = Verdict.objects.filter(item__session=session, item__retired_at=None, is_current=True)
    fields = ("item", "participant", "item__sort", "gist")
    return make_figures([Vote(*row) for row in votes.order_by("item").values_list(*fields)], dict(names))


def outcome(session: ReviewSession) -> Mapping[str, int]:
    """How many live items were disputed, settled by a decision, or left open, in four queries."""
    return _outcome(session.pk, session.chain_head)


@lru_cache(maxsize=KEPT)
def _outcome(session: int, chain_head: str) -> Mapping[str, int]:
    items = ReviewItem.objects.filter(session=session)
    return {
        "disputed": items.disputed().count(),
        "settled": items.settled().count(),
        "undecided": items.undecided().count(),
        "unjudged": items.unjudged().count(),
    }


def make_figures(votes: Iterable[Vote], names: dict[int, str]) -> Figures:
    units: dict[int, dict[int, str]] = {}
    sorts: dict[int, str] = {}
    for vote in votes:
        units.setdefault(vote.item, {})[vote.participant] = vote.gist
        sorts[vote.item] = vote.sort
    pairs = [unit for item, unit in units.items() if sorts[item] != "lone"]
    lone = [unit for item, unit in units.items() if sorts[item] == "lone"]
    return Figures(
        overall=[
            Line("All items", agreement(map(categories, units.values()))),
            Line("Two sentences", agreement(map(categories, pairs))),
            Line("Only here", agreement(map(categories, lone))),
        ],
        kinds=[
            Line(KINDS[kind], found, named)  # type: ignore[index]
            for kind, (named, found) in by_label(
                [{p: _kinds(g) for p, g in unit.items()} for unit in pairs], KINDS
            ).items()
        ],
        pairs=[
            (two, Line(f"{names[two[0]]} and {names[two[1]]}", found))
            for two, found in by_pair([categories(unit) for unit in units.values()]).items()
        ],
    )


def categories(unit: dict[int, str]) -> dict[int, str]:
    return {person: category(gist) for person, gist in unit.items()}


@lru_cache(maxsize=1000)
def category(gist: str) -> str:
    """What counts as the same answer: agrees, diverges, not the same, only here, found, unsure; kinds count apart."""
    return " ".join(gist.split()[:2]) if gist.startswith("same") else gist.split()[0]


@lru_cache(maxsize=1000)
def _kinds(gist: str) -> frozenset[str]:
    answer, *rest = gist.split()
    return frozenset(rest[1:]) if answer == "same" else frozenset()
