"""Which part of a long sentence states the claim that a sentence of another article states.

A part is told by the words that it shares with a part of the other sentence, the rarer in the story the weightier. What
shares hardly any tells of something else. Who said it does not count: a credit belongs to what it credits, and is never
a claim by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from .clauses import split_parts
from .relations.tokens import is_content, stem, tokenise
from .types import Alignment, Divergence, Evidence, Part, Sentence

#: A part belongs to the claim if it shares so many words with a part of the other sentence, or words as rare as this
#: share of what the two most alike parts have in common.
BELONGS_WORDS, BELONGS_SHARE = 2, 0.35


@dataclass(frozen=True, slots=True)
class _Read:
    """A part of a sentence, and the rarity of each word that stands in it and in no part inside it."""

    part: Part
    words: dict[str, float]


class PartFinder:
    """Reads the sentences of one comparison, each once."""

    def __init__(self, texts: Sequence[str]) -> None:
        """``texts``: every sentence compared, by which the rarity of words is told."""
        self._count = len(texts)
        self._frequency = Counter(word for text in texts for word in {word for _, word in _words(text)})
        self._read: dict[str, list[_Read]] = {}

    def find(self, a: Sentence, b: Sentence) -> SharedClaim:
        return SharedClaim(_Side(a, self._parts(a.text)), _Side(b, self._parts(b.text)))

    def _parts(self, text: str) -> list[_Read]:
        if text not in self._read:
            self._read[text] = list(self._read_parts(text))
        return self._read[text]

    def _read_parts(self, text: str) -> Iterator[_Read]:
        parts, words = split_parts(text), list(_words(text))
        owner = {at: _innermost(parts, at) for at, _ in words}
        for n, part in enumerate(parts):
            own = {word for at, word in words if owner[at] == n}
            yield _Read(part, {word: log((self._count + 1) / (self._frequency[word] + 0.5)) for word in own})


class _Side:
    """One of two sentences: its parts, and which of them state the claim."""

    def __init__(self, sentence: Sentence, read: Sequence[_Read]) -> None:
        self.sentence, self.read = sentence, read
        self.kept: set[int] = set()

    def at(self, evidence: Evidence) -> set[int]:
        """The parts in which a divergence's words stand."""
        start, end = evidence.start - self.sentence.start, evidence.end - self.sentence.start
        found = {n for n, x in enumerate(self.read) if x.part.start < end and start < x.part.end}
        inner = {n for n in found if self.read[n].part.start <= start and end <= self.read[n].part.end}
        return {min(inner, key=lambda n: self.read[n].part.end - self.read[n].part.start)} if inner else found

    def part(self) -> Part | None:
        """From the first to the last part that states the claim; None where that is the whole or cannot be told."""
        kept = [self.read[n].part for n in self.kept]
        kinds = {part.kind for part in kept}
        if not kinds - {"attribution"}:
            return None
        start, end = min(part.start for part in kept), max(part.end for part in kept)
        if all(start <= x.part.start and x.part.end <= end for x in self.read):
            return None
        at = self.sentence.start
        return Part(at + start, at + end, kinds.pop() if len(kinds) == 1 else "clause")


class SharedClaim:
    """What two sentences both state."""

    def __init__(self, a: _Side, b: _Side) -> None:
        self._a, self._b = a, b
        self._alike = {
            (i, j): alike for i, x in enumerate(a.read) for j, y in enumerate(b.read) if (alike := _shared(x, y))[1]
        }
        most = max((weight for weight, _ in self._alike.values()), default=0)
        for (i, j), (weight, words) in self._alike.items():
            if words >= BELONGS_WORDS or weight >= BELONGS_SHARE * most:
                a.kept.add(i)
                b.kept.add(j)

    @property
    def parts(self) -> tuple[Part | None, Part | None]:
        """The words of each sentence that state it, in the articles' coordinates; None: the whole sentence."""
        return self._a.part(), self._b.part()

    def concerns(self, divergence: Divergence) -> bool:
        """Whether a divergence is one of this claim: a number in another clause is none.

        It is if both sides' words stand in the claim, or in two clauses that have a word in common. Who vouches for a
        claim mostly stands beside it.
        """
        if divergence.kind == "attribution":
            return True
        here, there = self._a.at(divergence.a), self._b.at(divergence.b)
        is_inside = not here.isdisjoint(self._a.kept) and not there.isdisjoint(self._b.kept)
        return is_inside or not self._alike or any((i, j) in self._alike for i in here for j in there)

    def widen(self, divergences: Iterable[Divergence]) -> None:
        """What differs about the claim is part of it."""
        for divergence in divergences:
            if divergence.kind != "attribution" and self._alike:
                self._a.kept |= self._a.at(divergence.a)
                self._b.kept |= self._b.at(divergence.b)


def stating_words(sentence: Sentence, links: Iterable[Alignment]) -> slice:
    """The words of a sentence that state the claim of a row with ``links``: all of it where a link needs it all."""
    sides = [side for x in links for side in ((x.a, x.part_a), (x.b, x.part_b))]
    parts = [part for id_, part in sides if id_ == sentence.id]
    told = [part for part in parts if part is not None]
    if not told or len(told) < len(parts):
        return slice(0, len(sentence.text))
    return slice(min(part.start for part in told) - sentence.start, max(part.end for part in told) - sentence.start)


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words and figures that say something, as stems, each with its place."""
    return ((t.start, stem(t.norm)) for t in tokenise(text) if is_content(t) or t.text[0].isdigit())


def _innermost(parts: Sequence[Part], at: int) -> int | None:
    """The shortest of ``parts`` that a place lies in."""
    around = [n for n, part in enumerate(parts) if part.start <= at < part.end]
    return min(around, key=lambda n: parts[n].end - parts[n].start, default=None)


def _shared(a: _Read, b: _Read) -> tuple[float, int]:
    """The rarity and the number of the words that both have."""
    found = [weight for word, weight in a.words.items() if word in b.words]
    return sum(found), len(found)
