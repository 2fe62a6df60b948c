"""What carries people: two numbers of people on board are compared only where one vehicle may carry both."""

from __future__ import annotations

from collections.abc import Sequence

from claims.pipeline.relations.tokens import Token

#: Sorts of a vehicle by its medium; the first words of a line stand for any of the line.
_LINES = (
    ("ship ships vessel vessels boat boats craft", "ferry trawler barge tanker liner yacht dinghy canoe freighter tug"),
    ("plane planes aircraft flight", "airliner jet helicopter glider"),
    ("train trains", "tram metro"),
    ("bus buses coach coaches", "minibus trolleybus"),
    ("lorry truck car van taxi", ""),
)
_ANY = {word: any_of.split()[0] for any_of, _ in _LINES for word in any_of.split()}
_SORTS = {word: any_of.split()[0] for any_of, sorts in _LINES for word in sorts.split()}


def may_carry_both(a: Sequence[Token], at: int, b: Sequence[Token], other: int) -> bool:
    """Whether the vehicles nearest to a token on either side can be one; also where a side names none."""
    mine, theirs = _nearest(a, at), _nearest(b, other)
    if not mine or not theirs or mine == theirs:
        return True
    medium = {_ANY.get(word) or _SORTS[word] for word in (mine, theirs)}
    return len(medium) == 1 and (mine in _ANY or theirs in _ANY)


def _nearest(tokens: Sequence[Token], at: int) -> str:
    places = [i for i, t in enumerate(tokens) if t.norm in _ANY or t.norm in _SORTS]
    return tokens[min(places, key=lambda i: abs(i - at))].norm if places else ""
