"""The whole comparison at a glance: a strip a column, a bar a sentence, as high as its share of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .snapshot import Snapshot

HEIGHT = 1000
STRIP, BETWEEN = 10, 3


@dataclass(frozen=True, slots=True)
class Minimap:
    width: int
    height: int
    bars: SafeString


def make_minimap(snapshot: Snapshot, positions: Sequence[int]) -> Minimap:
    """``bars`` are rectangles with a class for each status; sentences without one leave a gap."""
    bars = [
        bar
        for column, position in enumerate(positions)
        for bar in _bars(snapshot, position, column * (STRIP + BETWEEN))
    ]
    width = len(positions) * (STRIP + BETWEEN) - BETWEEN
    return Minimap(width, HEIGHT, mark_safe("".join(bars)))  # noqa: S308 - numbers and our own words only


def _bars(snapshot: Snapshot, position: int, x: int) -> list[str]:
    scale = HEIGHT / (len(snapshot.result.articles[position].text) or 1)
    return [
        f'<rect class="m-{status}" x="{x}" y="{s.start * scale:.0f}" width="{STRIP}"'
        f' height="{max((s.end - s.start) * scale - 2, 2):.0f}"/>'
        for s in snapshot.by_article[position]
        if (status := snapshot.status(s.id)) != "none"
    ]
