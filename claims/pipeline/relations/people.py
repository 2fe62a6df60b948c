"""A man or a woman: one side tells of the other sex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.pipeline.relations.contradiction import around
from claims.pipeline.relations.evidence import Stretch, divergence
from claims.pipeline.relations.tokens import overlap
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

_MALE = frozenset("man men boy boys he him his himself father husband son brother grandfather mr lord king".split())
_FEMALE = frozenset(
    "woman women girl girls she her hers herself mother wife daughter sister grandmother mrs ms lady queen".split()
)
_MEN, _WOMEN = frozenset({"man", "boy"}), frozenset({"woman", "girl"})
_MIN_OVERLAP, _MIN_SHARED = 0.5, 2


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Where one side tells of a man alone and the other of a woman alone."""
    return [*_other_sex(a, b, False), *_other_sex(b, a, True)]


def _other_sex(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    mine, theirs = frozenset(t.norm for t in a.tokens), frozenset(t.norm for t in b.tokens)
    if not (mine & _MEN and theirs & _WOMEN) or mine & _FEMALE or theirs & _MALE:
        return
    if a.denials or b.denials or overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return
    i = next(i for i, t in enumerate(a.tokens) if t.norm in _MEN)
    j = next(i for i, t in enumerate(b.tokens) if t.norm in _WOMEN)
    if len(around(a.tokens, i) & around(b.tokens, j)) < _MIN_SHARED:
        return
    man, woman = (Stretch(t.start, t.end, t.text) for t in (a.tokens[i], b.tokens[j]))
    explanation = f"{a.outlet} speaks of a {man.text.lower()}; {b.outlet} of a {woman.text.lower()}"
    sides = [(man, man.text), (woman, woman.text)]
    yield divergence("contradiction", "contradiction.person", explanation, *(reversed(sides) if swapped else sides))
