"""Where: two places for one event, told apart only where neither can lie within the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from claims.pipeline.relations.contradiction import around, slot_divergences
from claims.pipeline.relations.evidence import divergence
from claims.pipeline.relations.names import Name
from claims.pipeline.relations.opposites import COMPASS
from claims.pipeline.relations.tokens import overlap
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

_BEFORE = frozenset("in at near from to into on off outside inside across through along under over via".split())
#: What ends the names of places of one sort, of which none lies within another.
_SORTS = frozenset(
    "street lane road avenue square bridge county river lake hospital prison airport station park".split()
)
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
_MIN_OVERLAP, _MIN_SHARED = 0.5, 2


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Two countries, two streets or hospitals, or two points of the compass, where one thing happened."""
    if overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return []
    return [*_named(a, b), *slot_divergences(a, b, COMPASS, "place", "place.compass")]


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
    found = [(sort, name) for name in facts.names if (sort := _sort(facts, name))]
    sorts = [sort for sort, _ in found]
    return [(sort, name) for sort, name in found if sorts.count(sort) == 1]


def _sort(facts: Facts, name: Name) -> str:
    before = [t.norm for t in facts.article.tokens[max(0, name.first - 2) : name.first]]
    if not before or not (before[-1] in _BEFORE or (before[-1] == "the" and before[0] in _BEFORE)):
        return ""
    if len(name.parts) == 1:
        return "country" if name.parts[0] in _COUNTRIES else ""
    return name.parts[-1] if name.parts[-1] in _SORTS else ""


def _apart(a: Facts, x: Name, b: Facts, y: Name) -> bool:
    """Whether two places are told of one thing, and neither is known to the other article, however spelt."""
    mine, theirs = (frozenset(name.parts[:-1] or name.parts) for name in (x, y))
    if mine & b.article.name_parts or theirs & a.article.name_parts:
        return False
    if any(Levenshtein.distance(p, q) <= 2 for p in mine for q in theirs):
        return False
    i, j = (next(i for i, t in enumerate(f.tokens) if t.start >= n.start) for f, n in ((a, x), (b, y)))
    return len(around(a.tokens, i) & around(b.tokens, j)) >= _MIN_SHARED
