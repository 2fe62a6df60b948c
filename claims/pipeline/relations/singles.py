"""One or more: one side tells of a single person, the other counts several to whom the same was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.pipeline.relations.evidence import Stretch, divergence
from claims.pipeline.relations.number_words import PART_OF, TIME_STEMS
from claims.pipeline.relations.tokens import Token, overlap, stem
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts
    from claims.pipeline.relations.number_reader import Number

#: Several of them, by the word for one.
_PLURALS = {"men": "man", "women": "woman", "boys": "boy", "girls": "girl"} | {
    f"{word}s": word
    for word in """driver passenger pedestrian cyclist motorist officer worker student pupil soldier villager resident
    guard nurse miner suspect teenager protester firefighter sailor tourist person""".split()
}
_VERBS = frozenset(
    stem(w)
    for w in """arrested detained charged killed shot injured wounded rescued jailed convicted sentenced freed saved
    evacuated stabbed kidnapped""".split()
)
_AUXILIARIES = frozenset("was were has have had been is are being".split())
#: Words by which a side tells of but some of them, or of all so far.
_NOT_ALL = PART_OF | frozenset("also another second third fourth later since far total altogether all".split())
_JOINING = frozenset({"and", "or", ",", "&"})
_MIN_OVERLAP = 0.5


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Where "arrested three men" meets "arrested a man"."""
    return [*_one_of_many(a, b, False), *_one_of_many(b, a, True)]


def _one_of_many(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    """The count of ``a`` against the single person of ``b``."""
    if any(t.norm in _NOT_ALL for f in (a, b) for t in f.tokens) or overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return
    if a.dates and b.dates and {w.label for w in a.dates} != {w.label for w in b.dates}:
        return
    counted = [(n, noun) for n in a.numbers if (noun := _counted(a.tokens, n))]
    if len(counted) != 1 or any(not n.unit and not TIME_STEMS & set(n.nouns) for n in b.numbers):
        return
    number, noun = counted[0]
    if number.partial or number.amount.low < 2 or any(t.norm == noun for t in a.tokens):
        return
    single = _single(b.tokens, noun)
    verbs = _done(a.tokens, number.first, _after_noun(a.tokens, number))
    if single is None or not verbs & _done(b.tokens, *single):
        return
    start, end = b.tokens[single[0]].start, b.tokens[single[1] - 1].end
    one = Stretch(start, end, b.article.text[start:end])
    explanation = f"{a.outlet} says {number.wording}; {b.outlet} says “{one.text[0].lower()}{one.text[1:]}”"
    sides = [(number, number.value), (one, f"1 {noun}")]
    yield divergence("number", "number.single", explanation, *(reversed(sides) if swapped else sides))


def _counted(tokens: Sequence[Token], number: Number) -> str:
    """The word for one of those counted; empty when they are no people of a known sort."""
    end = _after_noun(tokens, number)
    return _PLURALS[tokens[end - 1].norm] if end else ""


def _after_noun(tokens: Sequence[Token], number: Number) -> int:
    """The token after the noun that is counted; 0 for none."""
    places = range(number.last, min(number.last + 3, len(tokens)))
    return next((i + 1 for i in places if tokens[i].norm in _PLURALS), 0)


def _single(tokens: Sequence[Token], noun: str) -> tuple[int, int] | None:
    """The first token and the one after the last of "a man", "one young man"; none when another person joins him."""
    places = [i for i, t in enumerate(tokens) if t.norm == noun]
    others = (_PLURALS.keys() | frozenset(_PLURALS.values())) - {noun}
    if len(places) != 1 or any(t.norm in others for t in tokens):
        return None
    at = places[0]
    first = next((i for i in range(at - 1, max(-1, at - 4), -1) if tokens[i].norm in ("a", "an", "one")), -1)
    joined = _JOINING & {t.norm for t in (*tokens[max(0, first - 1) : first], *tokens[at + 1 : at + 2])}
    return (first, at + 1) if first >= 0 and not joined else None


def _done(tokens: Sequence[Token], first: int, last: int) -> frozenset[str]:
    """The stems of the verbs that govern some words: "arrested" right before them, or "were arrested" right after."""
    verbs = {stem(t.norm) for t in tokens[max(0, first - 1) : first]}
    at = last
    while at < len(tokens) and tokens[at].norm in _AUXILIARIES:
        at += 1
    if at > last:
        verbs |= {stem(t.norm) for t in tokens[at : at + 1]}
    return frozenset(verbs) & _VERBS
