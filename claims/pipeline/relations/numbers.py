"""How many: counts, sums, shares and measures, compared only where they count the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.pipeline.relations.ages import of_one_person
from claims.pipeline.relations.contradiction import slot_divergences
from claims.pipeline.relations.evidence import as_sentence, divergence
from claims.pipeline.relations.number_reader import Number, read
from claims.pipeline.relations.number_words import (
    DOLLARS,
    MONEY,
    ON_BOARD,
    PEOPLE,
    SEXES,
    SYNONYMS,
    TIME_STEMS,
)
from claims.pipeline.relations.opposites import ORDINALS
from claims.pipeline.relations.tokens import Token, is_content, normal, stem
from claims.pipeline.relations.units import convertible, may_be_one
from claims.pipeline.relations.vehicles import may_carry_both
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

__all__ = ["Number", "compare", "find_differing", "read", "share_head"]

#: In a sentence of so few tokens, such as a headline, one shared word tells what a measure is of.
_SHORT = 14

_DOLLARS = frozenset({"USD", *DOLLARS.values()})

#: Before a figure that another is held against.
_HELD_AGAINST = {("compared", "to"), ("compared", "with"), ("up", "from"), ("down", "from")}
#: Words of a total that runs on.
_RUNNING = {("so", "far"), ("thus", "far"), ("to", "date"), ("until", "now")}
_MUCH_MORE = 20
_PLURALS = frozenset("people men women children police troops cattle fish sheep aircraft staff crew personnel".split())
#: Before the word for one who is told of by himself, and the plurals of such words that have no "s".
_ONE_MORE = frozenset("another one a third fourth fifth other".split())
_SINGLE = {"man": stem("men"), "woman": stem("women"), "child": stem("kids")}

#: So many words around both numbers tell which of several counts of one thing answers the other.
_MIN_ALIKE = 3

Differing = tuple[Number, Number, str]


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """The numbers that count the same thing on both sides and cannot both be true."""
    counts = [
        divergence(
            "number", rule, _tell(a.outlet, mine, b.outlet, theirs, rule), (mine, mine.value), (theirs, theirs.value)
        )
        for mine, theirs, rule in find_differing(a.numbers, a.tokens, b.numbers, b.tokens)
    ]
    return [*counts, *slot_divergences(a, b, ORDINALS, "number", "number.ordinal")]


def find_differing(
    a: Sequence[Number], a_tokens: Sequence[Token], b: Sequence[Number], b_tokens: Sequence[Token]
) -> list[Differing]:
    """The pairs of numbers of one thing that disagree, where no other number of either side explains them."""
    if not a or not b:
        return []
    units = {n.unit for n in a} & {n.unit for n in b}
    mine = [x for x in a if not _settled(x, b)]
    theirs = [y for y in b if not _settled(y, a)]
    pairs = [
        (x, y, _rule(x, y, rule))
        for x in mine
        for y in theirs
        if (rule := _same_thing(x, a_tokens, y, b_tokens))
        and not _told_apart(x, a_tokens, y, b_tokens)
        and _is_yardstick(x, a_tokens) == _is_yardstick(y, b_tokens)
        and (x.unit == y.unit or units.isdisjoint({x.unit, y.unit}))  # 60 miles (97 km): each has its own to answer
        and not (rule == "number.count" and _is_running_total(x, a_tokens, y, b_tokens))
    ]
    alike = [len(_context(x, a_tokens) & _context(y, b_tokens)) for x, y, _ in pairs]
    return [pair for at, pair in enumerate(pairs) if _is_sole(at, pairs, alike)]


def _is_sole(at: int, pairs: Sequence[Differing], alike: Sequence[int]) -> bool:
    """Whether no other pair has either number, or each that does has fewer words around its numbers in common."""
    x, y, _ = pairs[at]
    rivals = [n for n, pair in enumerate(pairs) if n != at and (pair[0] is x or pair[1] is y)]
    return all(alike[n] < alike[at] >= _MIN_ALIKE for n in rivals)


def _rule(x: Number, y: Number, rule: str) -> str:
    return "number.limit" if x.amount.is_limit or y.amount.is_limit else rule


def _told_apart(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> bool:
    """Whether one side counts one more by itself: "two men and another man" are "three men"."""
    fewer, told, more = (x, a, y) if x.amount.high < y.amount.low else (y, b, x)
    if more.amount.low - fewer.amount.high != 1 or not share_head(x, y):
        return False
    heads = {word for n in (x, y) for word in n.nouns[-1:]}
    single = (stem(second.norm) for first, second in pairwise(told) if first.norm in _ONE_MORE)
    plural = {_SINGLE.get(word) or SYNONYMS.get(word, word) for word in single}
    return bool(plural & heads)


def _is_running_total(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> bool:
    """Whether the greater of two counts is of all "so far", and the other of one occasion."""
    part, whole = (a, b) if x.amount.high < y.amount.low else (b, a)
    least, most = sorted((x.amount.high, y.amount.high))
    return most < _MUCH_MORE * least and _tells_total(whole) and not _tells_total(part)


def _tells_total(tokens: Sequence[Token]) -> bool:
    words = {(first.norm, second.norm) for first, second in pairwise(tokens)}
    return not words.isdisjoint(_RUNNING)


def _settled(x: Number, others: Sequence[Number]) -> bool:
    """Whether the other side gives the figure of ``x``, whatever it is said of, at once or as a sum of two."""
    same = [y for y in others if x.unit == y.unit and not _fates_clash(x, y) and not _vaguely_other(x, y)]
    sums = (y.amount.plus(z.amount) for y, z in pairwise(same) if _add_up(y, z))
    if any(x.amount.agrees(amount) for amount in (*(y.amount for y in same), *sums)):
        return True
    converted = (y for y in others if convertible(x.unit, y.unit))
    return not same and any(may_be_one(x.amount, x.unit, y.amount, y.unit) for y in converted)


def _add_up(y: Number, z: Number) -> bool:
    """Whether two numbers can be parts of one sum: "two presidents" and "three hours" are no five."""
    times = [bool(n.nouns) and n.nouns[-1] in TIME_STEMS for n in (y, z)]
    return times[0] == times[1]


def _vaguely_other(x: Number, y: Number) -> bool:
    """Whether ``y`` is but a vague number ("hundreds of shops") of something else."""
    return y.amount.bound == "vague" and bool(x.nouns and y.nouns) and not share_head(x, y)


def _fates_clash(x: Number, y: Number) -> bool:
    """Whether other things befell them; whoever was on board may have met any fate."""
    return bool(x.fate and y.fate and x.fate != y.fate) and ON_BOARD not in (x.fate, y.fate)


def _same_thing(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> str:
    """The rule by which two numbers are about the same thing; empty when none says so."""
    if x.unit or y.unit:
        return _same_measure(x, a, y, b)
    if x.partial or y.partial or (x.fate and y.fate and x.fate != y.fate):
        return ""
    shared = len(_context(x, a) & _context(y, b))
    head = x.nouns[-1] if share_head(x, y) else ""
    carried = ON_BOARD in (x.fate, y.fate)
    if carried and not _one_load(x, a, y, b):
        return ""
    if x.fate and x.fate == y.fate and (head or _all_people(x, y) or _part_passes_whole(x, y)):
        vaguely = "vague" in (x.amount.bound, y.amount.bound) and (x.nouns or y.nouns) and not head
        return "" if vaguely else "number.people"
    if head and head not in PEOPLE and (carried or x.fate == y.fate) and (head not in TIME_STEMS or shared >= 2):
        return "number.count"
    return "number.slot" if _same_slot(x, a, y, b) else ""


def _same_measure(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> str:
    """The rule for two numbers with units: ages of one person, sums, shares, distances of one thing."""
    if x.unit != y.unit and not convertible(x.unit, y.unit) and not _one_figure_in_two_currencies(x, y):
        return ""
    if x.partial or y.partial:
        return ""
    if x.unit == "age":
        return "number.age" if of_one_person(x, a, y, b) else ""
    # In a headline one shared word tells what a measure is of.
    needed = 0 if x.unit == "magnitude" else 1 if max(len(a), len(b)) <= _SHORT else 2
    return "number.measure" if len(_context(x, a) & _context(y, b)) >= needed else ""


def _all_people(x: Number, y: Number) -> bool:
    """Whether one side counts people of whatever sort, and the other no mere part of them, such as its women."""
    heads = [n.nouns[-1] if n.nouns else "" for n in (x, y)]
    return any(head == "" or head in PEOPLE for head in heads) and not any(head in SEXES for head in heads)


def _part_passes_whole(x: Number, y: Number) -> bool:
    """Whether more women, say, met a fate on one side than people did on the other."""
    part, whole = (x, y) if x.nouns and x.nouns[-1] in SEXES else (y, x)
    if not part.nouns or part.nouns[-1] not in SEXES or (whole.nouns and whole.nouns[-1] not in PEOPLE):
        return False
    exact = not (part.amount.bound or whole.amount.bound)
    return exact and part.amount.low > whole.amount.high


def share_head(x: Number, y: Number) -> bool:
    """Whether both count the same, by the last word of what either counts."""
    return bool(x.nouns and y.nouns) and (_counts(x, y.nouns[-1]) or _counts(y, x.nouns[-1]))


def _counts(number: Number, noun: str) -> bool:
    """Whether a number counts what ``noun`` names: "60-seat majority" counts no seats, "60 seats remain" does."""
    if noun not in number.nouns or noun == number.nouns[-1] or number.amount.high == 1:
        return noun in number.nouns
    words = (normal(word) for word in number.noun_text.replace("-", " ").split())
    return any(word.endswith("s") or word in _PLURALS for word in words if SYNONYMS.get(stem(word), stem(word)) == noun)


def _one_figure_in_two_currencies(x: Number, y: Number) -> bool:
    """£2.5bn against $2.5bn; dollars of two lands may be one, where each outlet writes its own plainly."""
    currencies = {x.unit, y.unit}
    return (
        len(currencies) == 2
        and currencies <= MONEY
        and not currencies <= _DOLLARS
        and (x.amount.low, x.amount.high) == (y.amount.low, y.amount.high)
        and not any(n.unit == "GBP" and "£" not in n.text for n in (x, y))  # pounds may be a weight
    )


def _one_load(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> bool:
    """Whether one vehicle may carry both; passengers are but a part of the people on board, crew being the rest."""
    if not may_carry_both(a, x.first, b, y.first):
        return False
    part, whole = (y, x) if _are_people(x) else (x, y)
    return _are_people(part) == _are_people(whole) or part.amount.low > whole.amount.high


def _is_yardstick(x: Number, tokens: Sequence[Token]) -> bool:
    """Whether a figure only tells what another is held against: "36 percent, compared with 19 percent"."""
    before = tuple(token.norm for token in tokens[max(0, x.first - 2) : x.first])
    return before in _HELD_AGAINST


def _are_people(x: Number) -> bool:
    return not x.nouns or x.nouns[-1] in PEOPLE


def _context(x: Number, tokens: Sequence[Token]) -> frozenset[str]:
    around = (*tokens[max(0, x.first - 7) : x.first], *tokens[x.last : x.last + 7])
    return frozenset(stem(t.norm) for t in around if is_content(t))


def _same_slot(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> bool:
    """Whether the same words stand directly before and after both numbers, or two bare ones have the same verb."""
    if not x.nouns and not y.nouns and x.first and y.first and is_content(a[x.first - 1]):
        return stem(a[x.first - 1].norm) == stem(b[y.first - 1].norm)
    before = x.first > 0 and y.first > 0 and a[x.first - 1].norm == b[y.first - 1].norm
    after = x.last < len(a) and y.last < len(b) and a[x.last].norm == b[y.last].norm
    return before and after and (is_content(a[x.first - 1]) or is_content(a[x.last]))


def _tell(a_outlet: str, mine: Number, b_outlet: str, theirs: Number, rule: str) -> str:
    limit = ""
    if rule == "number.age":
        return f"{a_outlet} gives the age as {mine.wording}; {b_outlet} as {theirs.wording}"
    if rule == "number.limit" and mine.amount.is_limit != theirs.amount.is_limit:
        bound, other = (mine, theirs) if mine.amount.is_limit else (theirs, mine)
        limit = f" “{bound.text}” is a limit, but {other.text} lies far beyond it"
    said = f"{mine.told if rule == 'number.people' else mine.wording}; {b_outlet} says {theirs.wording}"
    return f"{as_sentence(f'{a_outlet} says {said}')}{limit}"
