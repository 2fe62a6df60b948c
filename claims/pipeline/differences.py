"""Differences as an editor counts and sorts them: by fact, and those of the event before those of its telling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from .types import Alignment, Divergence, Kind

#: What is at odds in these kinds is the event itself; the others tell on whose word, or how surely, it is told.
OF_THE_EVENT: frozenset[Kind] = frozenset({"number", "date", "name", "place", "quote", "contradiction"})
#: Kinds whose values name the fact wherever it stands; "no source named" says nothing of what is credited.
_TOLD_BY_VALUES: frozenset[Kind] = frozenset({"number", "date", "name", "place"})

Weight = Literal[0, 1, 2]
Found = tuple[Alignment, Divergence]


def weight(divergence: Divergence) -> Weight:
    """2 for a difference in what happened, 1 where a later report may only have brought it up to date, else 0."""
    if divergence.kind not in OF_THE_EVENT:
        return 0
    return 1 if divergence.possible_update else 2


def gravest_first(found: Iterable[Found]) -> list[Found]:
    """By ``weight``, then the surest first."""
    return sorted(found, key=lambda pair: (-weight(pair[1]), -pair[1].probability))


def group_by_fact(found: Iterable[Found]) -> list[list[Found]]:
    """The divergences by the one difference that they show, in the order of their first.

    Divergences of one kind are one difference where they have the words of a side in common (12 dead in one outlet, 14
    in another and 15 in a third), or the same two values, as where a headline repeats a toll of the text.
    """
    groups: dict[int, list[Found]] = {}
    home: dict[tuple, int] = {}
    for at, pair in enumerate(found):
        own = list(_marks(*pair))
        meeting = sorted({home[mark] for mark in own if mark in home})
        joined = [told for n in meeting[1:] for told in groups.pop(n)]
        first = meeting[0] if meeting else at
        groups.setdefault(first, []).extend((*joined, pair))
        home |= dict.fromkeys((mark for told in (*joined, pair) for mark in _marks(*told)), first)
    return [groups[first] for first in sorted(groups)]


def _marks(link: Alignment, divergence: Divergence) -> Iterator[tuple]:
    """What two divergences have in common when they show one difference."""
    sides = ((link.a, divergence.a), (link.b, divergence.b))
    for sentence, evidence in sides:
        yield divergence.kind, sentence, evidence.start, evidence.end
    if divergence.kind in _TOLD_BY_VALUES:
        yield divergence.kind, frozenset((e.value or e.text).casefold() for _, e in sides)
