"""How two sentences on the same claim differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts


def find_divergences(a: Facts, b: Facts) -> tuple[Divergence, ...]:
    """The ways in which two sentences on the same claim differ, surest first."""
    from claims.pipeline.relations import attribution, certainty, contradiction, dates, names, numbers, quotations

    found = [
        d
        for kind in (numbers, dates, names, quotations, attribution, contradiction, certainty)
        for d in kind.compare(a, b)
    ]
    return tuple(sorted(found, key=lambda d: -d.probability))
