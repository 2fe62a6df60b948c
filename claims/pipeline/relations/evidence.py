"""How a divergence is put together: its evidence, its wording and how often its rule is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from claims.pipeline.types import Divergence, Evidence, Kind


class Span(Protocol):
    """A stretch of an article that a reader of facts found: ``article.text[start:end] == text``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span that is evidence only by what it holds or lacks."""

    start: int
    end: int
    text: str


#: The share of each rule's firings on the aligned pairs of the 60 training stories that the annotators marked with the
#: same kind, as (right + 1) / (fired + 2); the counts stand in the package's docstring. Where a rule never fired there,
#: a guess on the low side.
RULES: dict[str, float] = {
    "number.count": 0.94,
    "number.measure": 0.86,
    "number.limit": 0.8,
    "number.people": 0.75,
    "number.age": 0.7,
    "number.slot": 0.6,
    "date.calendar": 0.6,
    "date.clock": 0.67,
    "name.spelling": 0.83,
    "name.word": 0.75,
    "name.title": 0.67,
    "quote.altered": 0.88,
    "quote.shortened": 0.5,
    "quote.cut": 0.5,
    "attribution.speaker": 0.7,
    "attribution.source": 0.67,
    "attribution.flat": 0.77,
    "contradiction.negation": 0.6,
    "contradiction.opposite": 0.5,
    "contradiction.cause": 0.5,
    "certainty.hedge": 0.6,
}


def divergence(kind: Kind, rule: str, explanation: str, a: tuple[Span, str], b: tuple[Span, str]) -> Divergence:
    """A divergence by ``rule``; ``a`` and ``b`` are the spans on both sides with their normalised values."""
    left, right = (Evidence(span.start, span.end, span.text, value) for span, value in (a, b))
    return Divergence(kind, RULES[rule], rule, explanation, left, right)
