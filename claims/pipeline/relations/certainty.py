"""How sure: one side hedges the very word that the other states flatly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from claims.pipeline.relations.contradiction import around, is_denied
from claims.pipeline.relations.evidence import Stretch, divergence
from claims.pipeline.relations.tokens import STOP_WORDS, Token, is_content, is_word, overlap
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

#: What a hedge leaves open: whether something is so, or whether it will be.
Open = Literal["fact", "future"]

_HEDGES = frozenset(
    """reportedly allegedly apparently purportedly potentially possibly probably perhaps believed thought
    suspected""".split()
)
#: They doubt what was or is only as "may have sunk" and "may be linked": "may file", "may sail" permit and foresee.
_MODALS = frozenset({"may", "might", "could"})
_SEEMING = frozenset("appears appear appeared seems seem seemed".split())
_HOPED = frozenset(
    """expected expects expect likely hopes hope hoping plans plan planned planning intends intend intended aims aim
    aimed wants want""".split()
)
_WILL = frozenset({"will", "shall", "'ll"})
#: Words by which a sentence keeps its distance from all that it says.
_DISTANT = frozenset(
    """may might could would should if whether unclear possible reports reported alleged accused claim claims claimed
    suspects prosecutors charge testified appears seems likely unlikely expected""".split()
)
#: "May not open", "may be too close".
_NO_HEDGE_BEFORE = frozenset("not never too as more less most".split())
_MIN_OVERLAP, _MIN_SHARED = 0.4, 2
_REACH = 6


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge and the word that it hedges, in article offsets; ``at`` is the place of that word among the tokens.

    ``weak``: the hedge is one only in like company, as modal verbs are.
    """

    start: int
    end: int
    text: str
    word: str  # in normal form
    at: int
    opens: Open = "fact"
    weak: bool = False


def read(text: str, tokens: Sequence[Token]) -> tuple[Hedge, ...]:
    """What a text hedges: the first word of content after "reportedly", "may have", "is expected to"."""
    return tuple(hedge for i in range(len(tokens)) if (hedge := _hedge(text, tokens, i)))


def _hedge(text: str, tokens: Sequence[Token], i: int) -> Hedge | None:
    word = tokens[i].norm
    modal = tokens[i].text in _MODALS  # as written: the month and "May I" have capitals
    with_to = word in _SEEMING or word in _HOPED
    if not (modal or with_to or word in _HEDGES) or (with_to and not _followed_by(tokens, i, "to")):
        return None
    at = _hedged_word(tokens, i)
    if at is None:
        return None
    between = {t.norm for t in tokens[i + 1 : at]}
    opens: Open = "future" if word in _HOPED or (modal and not between & {"have", "be"}) else "fact"
    start, end = tokens[i].start, tokens[at].end
    return Hedge(start, end, text[start:end], tokens[at].norm, at, opens, modal or with_to)


def _followed_by(tokens: Sequence[Token], i: int, word: str) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].norm == word


def _hedged_word(tokens: Sequence[Token], i: int) -> int | None:
    """The place of the first word of content after a hedge; none behind a mark or a denial."""
    for at in range(i + 1, min(i + _REACH, len(tokens))):
        norm = tokens[at].norm
        if not is_word(tokens[at]) or norm in _NO_HEDGE_BEFORE:
            return None
        if norm not in STOP_WORDS and norm not in _HEDGES and not norm.endswith("ly"):
            return at
    return None


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """What one side hedges and the other states flatly."""
    if not (a.hedges or b.hedges) or overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return []
    return [*_hedged(a, b, False), *_hedged(b, a, True)]


def _hedged(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    if any((t.norm in _HEDGES or t.norm in _DISTANT) and not _as_possible(b.tokens, i) for i, t in enumerate(b.tokens)):
        return
    for hedge in a.hedges:
        own = _stated(hedge, a, b)
        if own is None:
            continue
        explanation = f"{a.outlet} says “{hedge.text}”; {b.outlet} says “{own.text}”, without a hedge"
        sides = [(hedge, hedge.text), (own, own.text)]
        yield divergence("certainty", "certainty.hedge", explanation, *(reversed(sides) if swapped else sides))
        return


def _as_possible(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is the "possible" of "as soon as possible"."""
    return tokens[i].norm == "possible" and i > 0 and tokens[i - 1].norm == "as"


def _stated(hedge: Hedge, a: Facts, b: Facts) -> Stretch | None:
    """Where ``b`` states what ``a`` hedges: what is so with the same word, what is to come with "will" before it."""
    forms = {hedge.word, *_foretold(hedge)}
    places = [i for i, t in enumerate(b.tokens) if is_content(t) and t.norm in forms]
    if len(places) != 1:
        return None
    at = first = places[0]
    if hedge.weak and len(around(a.tokens, hedge.at) & around(b.tokens, at)) < _MIN_SHARED:
        return None
    if hedge.weak and is_denied(b.tokens, at):
        return None
    if hedge.opens == "future" and b.tokens[at].norm == hedge.word:
        first = next((i for i in range(at - 1, max(-1, at - 4), -1) if b.tokens[i].norm in _WILL), -1)
        if first < 0:
            return None
    start, end = b.tokens[first].start, b.tokens[at].end
    return Stretch(start, end, b.article.text[start:end])


def _foretold(hedge: Hedge) -> tuple[str, ...]:
    """The forms by which what is to come is told as settled: "may begin", "begins on Thursday"."""
    return (f"{hedge.word}s", f"{hedge.word}es") if hedge.opens == "future" else ()
