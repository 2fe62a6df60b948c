"""Where: two places for one event, told apart only where neither can lie within the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from claims.pipeline.relations.contradiction import around, slot_divergences
from claims.pipeline.relations.evidence import Stretch, divergence
from claims.pipeline.relations.names import Name
from claims.pipeline.relations.opposites import COMPASS
from claims.pipeline.relations.tokens import Token, is_content, overlap, stem
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

_BEFORE = frozenset("in at near from for to into on off outside inside across through along under over via".split())
#: What ends the names of places of one sort, of which none lies within another.
_SORTS = {
    word: word
    for word in "street lane road avenue square bridge county river lake hospital prison airport station park".split()
} | {"infirmary": "hospital", "clinic": "hospital"}
#: Countries whose names are nothing else.
_COUNTRIES = frozenset(
    """afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus
    belgium bolivia botswana brazil bulgaria cambodia cameroon canada chile colombia croatia cuba cyprus denmark ecuador
    egypt estonia ethiopia finland france germany ghana greece guatemala haiti honduras hungary iceland india indonesia
    iran iraq italy japan kazakhstan kenya kosovo kuwait latvia lebanon liberia libya lithuania luxembourg malaysia mali
    malta mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal nicaragua nigeria norway oman
    pakistan panama paraguay peru philippines poland portugal qatar romania russia rwanda senegal serbia singapore
    slovakia slovenia somalia spain sudan sweden switzerland syria tanzania thailand tunisia turkmenistan uganda ukraine
    uruguay uzbekistan venezuela vietnam yemen zambia zimbabwe""".split()
)
#: Parts of the world that hold many lands: a part of one is another claim, while "northern Spain" is Spain in passing.
_REGIONS = frozenset("europe asia africa atlantic pacific caribbean mediterranean".split())
_OF_REGIONS = frozenset("european asian african".split())
#: What names a part of them.
_PARTS = frozenset(
    """eastern western northern southern central east west north south southeast southwest northeast northwest
    southeastern southwestern northeastern northwestern""".split()
)
_JOINED = _BEFORE | {"of", "for", "throughout", "within"}
_MIN_OVERLAP, _MIN_SHARED = 0.4, 2
#: "St Anne’s Hospital": what stands between the name and the word.
_POSSESSIVE = len("’s ")
#: Parts of many names, by which none is known.
_SAINTS = frozenset({"st", "saint", "royal", "general"})
#: A sentence that names more regions is a list.
_MOST = 6


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Two countries, two streets or hospitals, two points of the compass, or a region and a part of it."""
    if overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return [*_narrowed(a, b)]
    return [*_narrowed(a, b), *_named(a, b), *slot_divergences(a, b, COMPASS, "place", "place.compass")]


def _named(a: Facts, b: Facts) -> Iterator[Divergence]:
    """Places of one sort that each article alone names."""
    theirs = dict(_places(b))
    for sort, x in _places(a):
        y = theirs.get(sort)
        if y is None or not _apart(a, x, b, y):
            continue
        explanation = f"{a.outlet} says {x.text}; {b.outlet} says {y.text}"
        yield divergence("place", "place.named", explanation, (x, x.text), (y, y.text))


def _places(facts: Facts) -> list[tuple[str, Name]]:
    """The places of a sentence with their sorts; none of a sort of which it names two."""
    found = [(sort, name) for name in _whole(facts) if (sort := _sort(facts, name))]
    sorts = [sort for sort, _ in found]
    return [(sort, name) for sort, name in found if sorts.count(sort) == 1]


def _sort(facts: Facts, name: Name) -> str:
    before = [t.norm for t in facts.article.tokens[max(0, name.first - 2) : name.first]]
    if not before or not (before[-1] in _BEFORE or (before[-1] == "the" and before[0] in _BEFORE)):
        return ""
    if len(name.parts) == 1:
        return "country" if name.parts[0] in _COUNTRIES else ""
    return _SORTS.get(name.parts[-1], "")


def _whole(facts: Facts) -> list[Name]:
    """The names of a sentence, each "St Anne’s" put before its "Hospital"."""
    whole: list[Name] = []
    for name in facts.names:
        before = whole[-1] if whole else None
        if before and name.parts[0] in _SORTS and name.first == before.last and name.start - before.end == _POSSESSIVE:
            parts, words = (*before.parts, *name.parts), facts.article.text[before.start : name.end]
            whole[-1] = Name(before.start, name.end, words, parts, before.first, name.last)
        else:
            whole.append(name)
    return whole


def _apart(a: Facts, x: Name, b: Facts, y: Name) -> bool:
    """Whether two places are told of one thing, and neither is known to the other article, however spelt."""
    mine, theirs = (frozenset(name.parts[:-1] or name.parts) - _SAINTS for name in (x, y))
    if mine & b.article.name_parts or theirs & a.article.name_parts:
        return False
    if any(Levenshtein.distance(p, q) <= 2 for p in mine for q in theirs):
        return False
    i, j = (next(i for i, t in enumerate(f.tokens) if t.start >= n.start) for f, n in ((a, x), (b, y)))
    return len(around(a.tokens, i) & around(b.tokens, j)) >= _MIN_SHARED


class _Region(NamedTuple):
    """A region in a sentence: its tokens, the part that is named, and the words beside it where they make a phrase."""

    first: int
    last: int
    part: str
    name: str
    slot: tuple[str, ...]


def _narrowed(a: Facts, b: Facts) -> Iterator[Divergence]:
    """A region on one side, and on the other a part of it in the same slot: a shield in Europe, in eastern Europe.

    The side with the whole never names the part, nor does a side name both.
    """
    mine, theirs = _regions(a.tokens), _regions(b.tokens)
    if max(len(mine), len(theirs)) > _MOST:
        return
    for x in mine:
        for y in theirs:
            if not x.slot or x.name != y.name or x.slot != y.slot or bool(x.part) == bool(y.part):
                continue
            whole, part = (b, x) if x.part else (a, y)
            if _names_part(whole.article.tokens, part) or len({r.part for r in mine if r.name == x.name}) > 1:
                continue
            if len({r.part for r in theirs if r.name == x.name}) > 1:
                continue
            left, right = _stretch(a, x), _stretch(b, y)
            explanation = f"{a.outlet} says “{left.text}”; {b.outlet} says “{right.text}”"
            yield divergence("place", "place.part", explanation, (left, left.text), (right, right.text))
            return


def _regions(tokens: Sequence[Token]) -> list[_Region]:
    found = []
    for at, token in enumerate(tokens):
        if token.norm not in _REGIONS | _OF_REGIONS or not token.text[0].isupper():
            continue
        first = at - (at > 0 and tokens[at - 1].norm in _PARTS)
        if first and tokens[first - 1].text == "-":
            continue
        slot = _slot_after(tokens, at) if token.norm in _OF_REGIONS else _slot_before(tokens, first)
        part = tokens[first].norm.removesuffix("ern") if first < at else ""
        found.append(_Region(first, at + 1, part, token.norm, slot))
    return found


def _slot_before(tokens: Sequence[Token], first: int) -> tuple[str, ...]:
    """The two words of content and the preposition right before a region: "missile shield in"."""
    at = first - 1 - (first > 0 and tokens[first - 1].norm == "the")
    if at < 2 or tokens[at].norm not in _JOINED or not (is_content(tokens[at - 1]) and is_content(tokens[at - 2])):
        return ()
    return stem(tokens[at - 2].norm), stem(tokens[at - 1].norm), tokens[at].norm


def _slot_after(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The two words of content right after the adjective of a region: "gas buyers" in "eastern European gas buyers"."""
    following = tokens[at + 1 : at + 3]
    if len(following) < 2 or not all(is_content(t) and t.text[0].islower() for t in following):
        return ()
    return tuple(stem(t.norm) for t in following)


def _names_part(tokens: Sequence[Token], part: _Region) -> bool:
    """Whether an article speaks of that part of the region anywhere."""
    return any(
        first.norm.removesuffix("ern") == part.part and second.norm[:4] == part.name[:4]
        for first, second in pairwise(tokens)
    )


def _stretch(facts: Facts, region: _Region) -> Stretch:
    start, end = facts.tokens[region.first].start, facts.tokens[region.last - 1].end
    return Stretch(start, end, facts.article.text[start:end])
