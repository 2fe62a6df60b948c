"""What reviewers made of what was proposed: "At 60–70%, reviewers here confirmed 31 of 40"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from claims.pipeline.calibration import OWN, Scale

from .ballot import KINDS

#: What is confirmed: that two sentences are one claim, that one stands alone, or that there is a kind of difference.
SAME, LONE = "same", "lone"
ABOUT = (SAME, LONE, *KINDS)
#: Shares of fewer items are not told: with nine, even if all were confirmed, the 95 % interval begins at 70 %, and one
#: item more or less moves the share by eleven points.
LEAST = 10
#: Probabilities are told in so many steps of equal width.
BINS = 10
_Z = 1.959964  # of the normal distribution, 95 % in the middle


@dataclass(frozen=True, slots=True)
class Share:
    """Of ``n`` items that were proposed at a probability of ``low`` to ``high``, people confirmed so many."""

    confirmed: int
    n: int
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        return self.n >= LEAST

    @property
    def share(self) -> float:
        return self.confirmed / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share lies with 95 % confidence, were the items independent (Wilson 1927)."""
        return wilson(self.confirmed, self.n)

    @property
    def at(self) -> str:
        """ "60–70%"."""
        return f"{self.low * 100:.4g}–{self.high * 100:.4g}%"

    @property
    def says(self) -> str:
        return f"At {self.at}, reviewers here confirmed {self.confirmed} of {self.n}"

    @property
    def sure(self) -> str:
        """ "95% interval 62% to 88%"."""
        low, high = self.interval
        return f"95% interval {low:.0%} to {high:.0%}"


def wilson(confirmed: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); everything where there is nothing to go by."""
    if not n:
        return 0.0, 1.0
    share, z2 = confirmed / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True)
class Tally:
    """``cells``: by what is confirmed, then by percent of the models' own probability, rounded down: confirmed, n.

    ``scale``: on which probabilities are told where the tally is shown.
    """

    cells: Mapping[str, Mapping[int, tuple[int, int]]] = field(default_factory=dict)
    scale: Scale = OWN

    def between(self, about: str, low: float, high: float) -> Share:
        """Of what was proposed from ``low`` on and below ``high``, as told on the scale."""
        found = self._inside(about, low, high).values()
        return Share(sum(right for right, _ in found), sum(n for _, n in found), low, high)

    def near(self, about: str, probability: float) -> Share | None:
        """The share at this probability; None where there are too few."""
        step = min(int(round(probability, 4) * BINS), BINS - 1)
        found = self.between(about, step / BINS, (step + 1) / BINS)
        return found if found.is_enough else None

    def steps(self, about: str) -> list[Share]:
        """From the highest probability down, where anything was judged."""
        each = (self.between(about, step / BINS, (step + 1) / BINS) for step in reversed(range(BINS)))
        return [found for found in each if found.n]

    def total(self, about: str) -> Share:
        return self.between(about, 0.0, 1.0)

    def gap(self, about: str) -> float:
        """How far probability and share lie apart, on average over the items (expected calibration error)."""
        error, total = 0.0, 0
        for step in range(BINS):
            inside = self._inside(about, step / BINS, (step + 1) / BINS)
            expected = sum(n * self._told(about, percent) for percent, (_, n) in inside.items())
            error += abs(expected - sum(right for right, _ in inside.values()))
            total += sum(n for _, n in inside.values())
        return error / total if total else 0.0

    def _inside(self, about: str, low: float, high: float) -> dict[int, tuple[int, int]]:
        cells = self.cells.get(about, {})
        return {percent: cell for percent, cell in cells.items() if low <= self._told(about, percent) < high}

    def _told(self, about: str, percent: int) -> float:
        """The middle of a percent of the models' own, as it is told."""
        middle = (percent + 0.5) / 100
        if about == SAME:
            return float(self.scale.tell(middle))
        return 1 - float(self.scale.tell(1 - middle)) if about == LONE else middle


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing that an item proposed, at the models' own probability."""

    about: str
    probability: float

    @property
    def percent(self) -> int:
        return min(round(self.probability * 10_000) // 100, 99)


def proposed_by(
    sort: str, probability: float, details: Mapping[str, float], kinds: Iterable[tuple[str, float]], scale: Scale
) -> list[Proposed]:
    """What an item proposes. ``probability`` and ``details``: the item's, told on ``scale``; ``kinds``: with theirs.

    Nothing for a pair that a person put there.
    """
    if sort == "lone":
        return [Proposed(LONE, 1 - float(scale.own(1 - probability)))]
    if sort == "added" or "probability" not in details:
        return []
    surest: dict[str, float] = {}
    for kind, certainty in kinds:
        surest[kind] = max(certainty, surest.get(kind, 0.0))
    return [
        Proposed(SAME, float(scale.own(details["probability"]))),
        *(Proposed(kind, certainty) for kind, certainty in surest.items()),
    ]


def outcome(decision: str, votes: Iterable[tuple[str, bool]]) -> str:
    """The gist of what holds: the decision, else what all votes say alike; nothing where that is open.

    ``votes``: each one's gist, and whether it was given at once with others. Such votes dispute what others say, but
    alone they settle nothing: nobody looked.
    """
    votes = list(votes)
    gists = {gist for gist, _ in votes}
    if decision or len(gists) != 1 or "unsure" in gists or all(is_bulk for _, is_bulk in votes):
        return decision
    return gists.pop()


def is_confirmed(about: str, gist: str) -> bool:
    answer, *rest = gist.split()
    if about == LONE:
        return answer == "absent"
    return answer == "same" and (about == SAME or about in rest[1:])
