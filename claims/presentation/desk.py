"""All that the side-by-side page shows of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .columns import Column, make_columns
from .minimap import Minimap, make_minimap
from .snapshot import Snapshot, number_of


@dataclass(frozen=True, slots=True)
class Desk:
    """``divergences``: the numbers of the rows to step through, in reading order."""

    columns: list[Column]
    minimap: Minimap
    divergences: list[int]


def make_desk(snapshot: Snapshot, story_pk: int, positions: Sequence[int], *, changes_only: bool) -> Desk:
    return Desk(
        columns=make_columns(snapshot, story_pk, positions, changes_only=changes_only),
        minimap=make_minimap(snapshot, positions, changes_only=changes_only),
        divergences=diverging_rows(snapshot, positions),
    )


def diverging_rows(snapshot: Snapshot, positions: Sequence[int]) -> list[int]:
    """The numbers of the diverging rows that two of the shown articles or more state, in reading order."""
    lengths = [len(sentences) or 1 for sentences in snapshot.by_article]
    places: dict[int, float] = {}
    for row in snapshot.result.rows:
        shown = [s for s in snapshot.members(row) if s.article in positions]
        if row.relation == "diverge" and len({s.article for s in shown}) > 1:
            places[number_of(row)] = min(int(s.id.partition(".")[2]) / lengths[s.article] for s in shown)
    return sorted(places, key=places.__getitem__)
