"""The whole comparison at a glance: a strip a column, a bar a sentence, as high as its share of the text shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .columns import CHANGES
from .snapshot import Snapshot

HEIGHT = 1000
STRIP, BETWEEN = 10, 3


@dataclass(frozen=True, slots=True)
class Minimap:
    width: int
    height: int
    bars: SafeString


def make_minimap(snapshot: Snapshot, positions: Sequence[int], *, changes_only: bool = False) -> Minimap:
    """``bars`` are rectangles with a class for each status; sentences without one leave a gap."""
    strips = (
        _bars(snapshot, position, column * (STRIP + BETWEEN), changes_only) for column, position in enumerate(positions)
    )
    width = len(positions) * (STRIP + BETWEEN) - BETWEEN
    bars = "".join(bar for strip in strips for bar in strip)
    return Minimap(width, HEIGHT, mark_safe(bars))  # noqa: S308 - numbers and our own words only


def _bars(snapshot: Snapshot, position: int, x: int, changes_only: bool) -> Iterator[str]:
    shown = [
        (status, s.end - s.start)
        for s in snapshot.by_article[position]
        if (status := snapshot.status(s.id)) in CHANGES or not changes_only
    ]
    scale = HEIGHT / (sum(length for _, length in shown) or 1)
    y = 0.0
    for status, length in shown:
        height = length * scale
        if status != "none":
            yield f'<rect class="m-{status}" x="{x}" y="{y:.0f}" width="{STRIP}" height="{max(height - 2, 2):.0f}"/>'
        y += height
