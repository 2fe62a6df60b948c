"""What reviewers confirmed, as tables with a picture in each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from claims.pipeline.types import Kind
from claims.review.confirmed import ABOUT, LONE, SAME, Share, Tally

from .words import KINDS

TITLES = {SAME: "Same claim", LONE: "Only here"}


@dataclass(frozen=True, slots=True)
class Line:
    """A step of probability. The picture's positions count from 0 to 100."""

    share: Share

    @property
    def begins(self) -> float:
        return self.share.low * 100

    @property
    def width(self) -> float:
        return (self.share.high - self.share.low) * 100

    @property
    def least(self) -> float:
        return self.share.interval[0] * 100

    @property
    def most(self) -> float:
        return self.share.interval[1] * 100

    @property
    def at(self) -> float:
        return self.share.share * 100


@dataclass(frozen=True, slots=True)
class Table:
    """``gap``: how many points probability and share lie apart, on average."""

    about: str
    title: str
    total: Share
    gap: float
    lines: Sequence[Line]

    @property
    def is_told(self) -> bool:
        """Whether any step has enough of them."""
        return any(line.share.is_enough for line in self.lines)


def make_tables(tally: Tally) -> list[Table]:
    """One for each thing of which anything was judged."""
    return [
        Table(
            about,
            TITLES.get(about) or KINDS[cast(Kind, about)],
            tally.total(about),
            tally.gap(about) * 100,
            [Line(share) for share in tally.steps(about)],
        )
        for about in ABOUT
        if tally.total(about).n
    ]
