"""Percent against points: one figure by which something changed, in two measures of which only one can be right.

A share that rises from 10 percent by 3.5 percentage points is 13.5 percent; one that rises by 3.5 percent is 10.35.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.pipeline.relations.evidence import divergence
from claims.pipeline.relations.number_reader import Number
from claims.pipeline.relations.tokens import Token, content_stems, stem
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

#: Words of a change: only of changes do percent and points tell two amounts. A share of "45 percent" is no change.
_CHANGES = frozenset(
    stem(word)
    for word in """rose risen rise rises rising raised raise raises raising increased increase increases increasing up
    upwards higher grew grown grow grows growth climbed climb climbs climbing jumped jump jumps soared surged surge
    gained gain gains advanced fell fallen fall falls falling down lower lowered lowers dropped drop drops dropping
    declined decline declines slipped slid shrank shrunk cut cuts cutting reduced reduction sank dipped dip plunged
    plunge hike hiked eased improved worsened widened narrowed lost shed""".split()
)
#: Leads and margins of error are told in percent and in points alike.
_LEADS = frozenset(stem(word) for word in "lead leads led leading ahead behind margin advantage edge gap error".split())
_OF_FIGURES = frozenset(stem(word) for word in "percent percentage cent point points basis per".split())
_BEFORE, _AFTER, _AROUND = 7, 3, 9


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Where one side tells a change in percent and the other the same figure in percentage points."""
    return [*_mistaken(a, b)] or [*_mistaken(b, a, swapped=True)]


def _mistaken(a: Facts, b: Facts, *, swapped: bool = False) -> Iterator[Divergence]:
    for x in a.numbers:
        for y in b.numbers:
            if x.unit != "%" or not y.of_percent or not _one_figure(x, y) or not _of_one_change(a, x, b, y):
                continue
            if _gives(a, "points", y) or _gives(b, "%", x):
                continue  # that side has both measures, each for its own
            told = [(a.outlet, x), (b.outlet, y)]
            (first, mine), (other, theirs) = reversed(told) if swapped else told
            explanation = f"{first} says {mine.wording}; {other} says {theirs.wording}, which is another measure"
            yield divergence("number", "number.unit", explanation, (mine, mine.value), (theirs, theirs.value))
            return


def _one_figure(x: Number, y: Number) -> bool:
    return (x.amount.low, x.amount.high) == (y.amount.low, y.amount.high)


def _gives(facts: Facts, unit: str, number: Number) -> bool:
    return any(n.unit == unit and n.amount.agrees(number.amount) for n in facts.numbers)


def _of_one_change(a: Facts, x: Number, b: Facts, y: Number) -> bool:
    """Whether both figures tell a change, and words around them, which are no words of change, agree."""
    if not (_tells_change(a.tokens, x) and _tells_change(b.tokens, y)):
        return False
    mine, theirs = _around(a.tokens, x), _around(b.tokens, y)
    return not (mine | theirs) & _LEADS and bool((mine & theirs) - _CHANGES - _OF_FIGURES)


def _tells_change(tokens: Sequence[Token], number: Number) -> bool:
    before, after = number.first, number.last
    if before and tokens[before - 1].norm in ("to", "at", "from"):
        return False
    beside = (*tokens[max(0, before - _BEFORE) : before], *tokens[after : after + _AFTER])
    return any(stem(token.norm) in _CHANGES for token in beside)


def _around(tokens: Sequence[Token], number: Number) -> frozenset[str]:
    near = (*tokens[max(0, number.first - _AROUND) : number.first], *tokens[number.last : number.last + _AROUND])
    return content_stems(near) | {stem(t.norm) for t in near if stem(t.norm) in _CHANGES | _LEADS}
