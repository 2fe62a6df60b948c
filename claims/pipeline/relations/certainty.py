"""How sure: one side hedges the very word that the other states flatly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.pipeline.relations.evidence import Stretch, divergence
from claims.pipeline.relations.tokens import STOP_WORDS, Token, is_content, is_word, overlap
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

#: "May", "could" and "is expected to" hedge what is to come as often as what is doubted: left to the fitted model.
_HEDGES = frozenset(
    """reportedly allegedly apparently purportedly potentially possibly probably perhaps believed thought
    suspected""".split()
)
#: Words by which a sentence keeps its distance from all that it says.
_DISTANT = frozenset(
    """may might could would should if whether unclear possible reports reported alleged accused claim claims claimed
    suspects prosecutors charge testified""".split()
)
_MIN_OVERLAP = 0.4


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge and the word that it hedges, in article offsets."""

    start: int
    end: int
    text: str
    word: str  # in normal form


def read(text: str, tokens: Sequence[Token]) -> tuple[Hedge, ...]:
    """The words that a text hedges: the first of content after "may", "reportedly", "is believed to have"."""
    return tuple(
        hedge for i, token in enumerate(tokens) if token.norm in _HEDGES and (hedge := _hedge(text, tokens, i))
    )


def _hedge(text: str, tokens: Sequence[Token], i: int) -> Hedge | None:
    for token in tokens[i + 1 : i + 5]:
        if not is_word(token):
            return None
        if token.norm not in STOP_WORDS and token.norm not in _HEDGES:
            return Hedge(tokens[i].start, token.end, text[tokens[i].start : token.end], token.norm)
    return None


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """What one side hedges and the other states flatly."""
    if not (a.hedges or b.hedges) or overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return []
    return [*_hedged(a, b, False), *_hedged(b, a, True)]


def _hedged(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    if any(t.norm in _HEDGES or t.norm in _DISTANT for t in b.tokens):
        return
    for hedge in a.hedges:
        stated = [t for t in b.tokens if is_content(t) and t.norm == hedge.word]
        if len(stated) != 1:
            continue
        own = Stretch(stated[0].start, stated[0].end, stated[0].text)
        explanation = f"{a.outlet} hedges: “{hedge.text}”; {b.outlet} says “{own.text}” without a hedge."
        sides = [(hedge, hedge.text), (own, own.text)]
        yield divergence("certainty", "certainty.hedge", explanation, *(reversed(sides) if swapped else sides))
        return
