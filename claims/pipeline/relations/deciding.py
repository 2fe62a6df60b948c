"""What is shown of two sentences taken for one claim: what rules find, what the fitted model finds, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from claims.pipeline.agencies import named_agency
from claims.pipeline.relations import find_divergences
from claims.pipeline.relations.facts import Facts
from claims.pipeline.relations.fitted import find_fitted
from claims.pipeline.types import Divergence

#: A rule that is right less often than this is not shown: a false "contradiction" costs more trust than a missed one.
DIVERGENCE_THRESHOLD = 0.5
#: Where figures or days clash, the two sentences mostly tell of two things: in the training stories in 33 of the 42
#: such pairs that the regression of ADR 8 aligned, and in 22 of the 25 below this probability of one claim. Those are
#: left apart, which costs one true pair in a thousand.
DOUBTED = 0.6
#: The kinds that do so.
CLASHING = frozenset({"number", "date"})


def decide(
    a: Facts, b: Facts, same: float, concerns: Callable[[Divergence], bool] = lambda divergence: True
) -> tuple[Divergence, ...] | None:
    """The divergences of two sentences that state one claim with probability ``same``, surest first.

    ``concerns``: whether a divergence is one of that claim, and not of something else that a long sentence tells. None
    when they clash in a way that speaks against one claim.
    """
    told = (d for d in find_divergences(a, b) if d.probability >= DIVERGENCE_THRESHOLD)
    found = tuple(d for d in told if concerns(d))
    if same < DOUBTED and any(d.kind in CLASHING for d in found):
        return None
    shown = (*found, *(d for d in find_fitted(a, b, same, found) if concerns(d)))
    return tuple(d for d in shown if not (d.kind == "attribution" and _is_own_agency(a, b, d)))


def _is_own_agency(a: Facts, b: Facts, divergence: Divergence) -> bool:
    """Whether one side credits the agency whose text the other prints: both have it from there."""
    sides = ((divergence.a, b), (divergence.b, a))
    return any(other.article.agency and named_agency(side.value) == other.article.agency for side, other in sides)
