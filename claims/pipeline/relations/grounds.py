"""The words that show a divergence which the relation model found: without such words on both sides none is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claims.pipeline.relations.contradiction import is_negation
from claims.pipeline.relations.credits import Credit, same_source
from claims.pipeline.relations.damage import is_damaged
from claims.pipeline.relations.evidence import Stretch
from claims.pipeline.relations.opposites import OPPOSITES
from claims.pipeline.relations.signs import DENIALS, SOFT, Side
from claims.pipeline.relations.tokens import is_word, normal, stem
from claims.pipeline.types import Kind

_OPENERS = frozenset(
    """the a an police officials prosecutors several some two three many witnesses authorities experts sources
    according reports residents doctors investigators lawyers""".split()
)
_AUXILIARIES = frozenset("did does do has have had is are was were will would be been".split())
_ENDS = frozenset(', ; : . “ ” " — – ( ) but while although'.split())
#: Who announces or finds something is no mere source of it.
_OWN_ACTS = frozenset({"announced", "found"})
_PRONOUNS = frozenset("he she they it".split())
_NO_SOURCE = frozenset("i we you who for in of at with as to".split())
#: Whoever stands among so many words at the beginning acts in the sentence.
_SUBJECT = 3
#: Words for somebody whom his article names elsewhere, with one of them close to the name.
_STAND_INS = frozenset(
    """governor mayor judge minister president premier chancellor senator chief sheriff coach manager captain director
    chairman chairwoman secretary commissioner superintendent ambassador professor lawyer attorney prosecutor leader
    owner boss author he she""".split()
)
_ARTICLES = frozenset("the a an".split())
_ANY_BODY = frozenset(
    """the group company firm agency organization network team campaign charity body panel committee commission
    newspaper paper broadcaster""".split()
)
_SPOKESMEN = frozenset("spokesman spokeswoman spokesperson".split())
#: An office stands so many words from the name of its holder at most.
_BESIDE = 5
_SHORTEST, _LONGEST_HEDGE = 2, 6
#: A credit that covers less of what both sentences say is about something else.
_MIN_COVERED, _MAX_OTHER = 0.5, 0.4


@dataclass(frozen=True, slots=True)
class Grounds:
    """The evidence on both sides with the values that it was read as, and the sentence for a reader."""

    a: tuple[Stretch, str]
    b: tuple[Stretch, str]
    explanation: str


def find_grounds(kind: Kind, a: Side, b: Side) -> Grounds | None:
    """What shows that ``a`` and ``b`` diverge by ``kind``; none when nothing does."""
    readers: dict[Kind, Callable[[Side, Side], Grounds | None]] = {
        "attribution": _attribution,
        "certainty": _certainty,
        "contradiction": _contradiction,
    }
    return readers[kind](a, b) if a.facts.tokens and b.facts.tokens else None


def _attribution(a: Side, b: Side) -> Grounds | None:
    if any(is_damaged(side.facts.sentence.text) for side in (a, b)):
        return None  # whom a text with lost words credits cannot be read
    shared = a.words & b.words
    covered = [side.covers(side.named, shared) for side in (a, b)]
    if min(side.share(side.quoted, shared) for side in (a, b)) >= _MIN_COVERED:
        return None  # one utterance: who said it is a matter for the rules
    if min(covered) >= _MIN_COVERED:
        return _two_sources(a, b, shared)
    if max(covered) >= _MIN_COVERED and min(covered) <= _MAX_OTHER:
        return _credited(a, b, shared) if covered[0] > covered[1] else _turned(_credited(b, a, shared))
    if max(covered) < _MIN_COVERED:
        return _hearsay(a, b, shared) or _turned(_hearsay(b, a, shared))
    return None


def _turned(grounds: Grounds | None) -> Grounds | None:
    return Grounds(grounds.b, grounds.a, grounds.explanation) if grounds else None


def _two_sources(a: Side, b: Side, shared: frozenset[str]) -> Grounds | None:
    mine, theirs = a.main_credit(shared), b.main_credit(shared)
    if mine is None or theirs is None or _may_be_one(a, mine, b, theirs):
        return None
    if "announced" in (mine.manner, theirs.manner):
        return None
    if not (mine.who and theirs.who) or not (_is_source(mine) and _is_source(theirs)):
        return None
    if "pronoun" in (mine.sort, theirs.sort):
        return None
    explanation = f"{a.facts.outlet} has it from {_named(mine)}; {b.facts.outlet} from {_named(theirs)}"
    return Grounds((_span(mine), mine.source), (_span(theirs), theirs.source), explanation)


def _may_be_one(a: Side, mine: Credit, b: Side, theirs: Credit) -> bool:
    """Whether one source may go by two names, "the governor" and Holm, whom an article calls governor, or "the group".

    Also where a side has it from both: "Holm said …, according to Sky".
    """
    if any(same_source(mine, credit) for credit in b.named) or any(same_source(theirs, credit) for credit in a.named):
        return True
    words = [frozenset(normal(word) for word in credit.source.split()) for credit in (mine, theirs)]
    if all(own & _SPOKESMEN for own in words):
        return True
    return any(
        own <= _ANY_BODY or (own <= _STAND_INS | _ARTICLES and _is_called(own & _STAND_INS, other.who, (a, b)))
        for own, other in zip(words, (theirs, mine), strict=True)
    )


def _is_called(words: frozenset[str], who: frozenset[str], sides: Sequence[Side]) -> bool:
    """Whether either article puts one of ``words`` beside a name out of ``who``."""
    for side in sides:
        tokens = side.facts.article.tokens
        for at in (at for at, token in enumerate(tokens) if token.norm in words):
            near = tokens[max(0, at - _BESIDE) : at + _BESIDE + 1]
            if any(t.text[0].isupper() and stem(t.norm) in who for t in near):
                return True
    return False


def _credited(a: Side, b: Side, shared: frozenset[str]) -> Grounds | None:
    """What ``a`` credits to somebody and ``b`` does not."""
    credit = a.main_credit(shared)
    if credit is None or credit.manner == "quoted":
        return None  # of a quotation whose speaker stands elsewhere, one in eight is marked
    if not _is_source(credit) or credit.who & set(b.stems[:_SUBJECT]):
        return None  # "Holm said she had no idea" and "Holm had no idea" tell the same
    if credit.manner in _OWN_ACTS or b.is_headline or b.share(b.quoted, shared) > 0 or b.speaks_of_itself:
        return None
    if _is_outlet(credit, a, b):
        return None
    if b.named and any(same_source(credit, other) for other in b.named):
        return None
    if credit.source.lower() in _PRONOUNS:
        told = f"{a.facts.outlet} credits this to somebody: “{credit.text}”"
    else:
        told = f"{a.facts.outlet} credits this to {_named(credit)}"
    own = _stretch(b, shared)
    hearsay = next((c for c in b.hearsay if b.covers([c], shared) >= _MIN_COVERED), None)
    ending = f"says “{hearsay.text}”, without a source" if hearsay else "states it in its own voice"
    return Grounds((_span(credit), credit.source), (own, "no source named"), f"{told}; {b.facts.outlet} {ending}")


def _is_outlet(credit: Credit, *sides: Side) -> bool:
    """Whether an outlet credits itself or the other one: "Sky has learned"."""
    names = [word for word in credit.source.split() if normal(word) not in _ARTICLES]
    stems = {stem(normal(word)) for word in names if word[0].isupper()}
    outlets = ({stem(normal(word)) for word in side.facts.outlet.split()} for side in sides)
    return 0 < len(names) == len(stems) and any(stems <= outlet for outlet in outlets)


def _hearsay(a: Side, b: Side, shared: frozenset[str]) -> Grounds | None:
    """What ``a`` has by hearsay and ``b`` states."""
    hearsay = max(a.hearsay, key=lambda c: a.covers([c], shared), default=None)
    if hearsay is None or a.covers([hearsay], shared) < _MIN_COVERED or b.facts.credits or b.is_headline or b.quoted:
        return None
    explanation = f"{a.facts.outlet} says “{hearsay.text}”; {b.facts.outlet} states it in its own voice"
    return Grounds((_span(hearsay), hearsay.text), (_stretch(b, shared), "no source named"), explanation)


def _is_source(credit: Credit) -> bool:
    """Whether the words name somebody for a reader: not "I", and no stretch of a clause."""
    first, *others = credit.source.lower().split() or [""]
    return bool(first) and first not in _NO_SOURCE and (bool(others) or not credit.source.endswith("ed"))


def _named(credit: Credit) -> str:
    """A source within a sentence for a reader: "the police" where "The police" opened one."""
    word, _, rest = credit.source.partition(" ")
    return f"{word.lower()} {rest}".strip() if word.lower() in _OPENERS else credit.source


def _span(credit: Credit) -> Stretch:
    return Stretch(credit.start, credit.end, credit.text)


def _stretch(side: Side, shared: frozenset[str]) -> Stretch:
    """The words of ``side`` from the first to the last that both sentences have; all of them where few are shared."""
    places = [i for i, s in enumerate(side.stems) if s and s in shared]
    tokens = side.facts.tokens
    if len(places) < _SHORTEST:
        places = [i for i, t in enumerate(tokens) if is_word(t)] or [0]
    return _between(side, places[0], places[-1] + 1)


def _between(side: Side, first: int, last: int) -> Stretch:
    start, end = side.facts.tokens[first].start, side.facts.tokens[last - 1].end
    return Stretch(start, end, side.facts.article.text[start:end])


def _certainty(a: Side, b: Side) -> Grounds | None:
    shared = a.words & b.words
    return _hedged(a, b, shared) or _turned(_hedged(b, a, shared))


def _hedged(a: Side, b: Side, shared: frozenset[str]) -> Grounds | None:
    """A shared word that ``a`` hedges and ``b`` does not."""
    if b.has(SOFT):
        return None
    for first, at in _hedges(a, shared):
        there = next(i for i, s in enumerate(b.stems) if s == a.stems[at])
        hedge, flat = _between(a, first, at + 1), _with_auxiliaries(b, there)
        explanation = f"{a.facts.outlet} says “{hedge.text}”; {b.facts.outlet} says “{flat.text}”, without a hedge"
        return Grounds((hedge, hedge.text), (flat, flat.text), explanation)
    return None


def _hedges(side: Side, shared: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The place of a hedge and of the first shared word behind it, in its clause."""
    for i, norm in enumerate(side.norms):
        if norm in SOFT:
            for at in range(i + 1, min(i + 1 + _LONGEST_HEDGE, len(side.norms))):
                if side.norms[at] in _ENDS:
                    break
                if side.stems[at] in shared:
                    yield i, at
                    break


def _with_auxiliaries(side: Side, at: int) -> Stretch:
    first = at
    while first and side.norms[first - 1] in _AUXILIARIES:
        first -= 1
    return _between(side, first, at + 1)


def _contradiction(a: Side, b: Side) -> Grounds | None:
    shared = a.words & b.words
    return _opposed(a, b) or _denied(a, b, shared) or _turned(_denied(b, a, shared))


def _opposed(a: Side, b: Side) -> Grounds | None:
    for word in sorted(a.words - b.words):
        for opposite in sorted(OPPOSITES.get(word, frozenset()) & (b.words - a.words)):
            mine, theirs = (_with_auxiliaries(s, s.stems.index(w)) for s, w in ((a, word), (b, opposite)))
            explanation = f"{a.facts.outlet} says “{mine.text}”; {b.facts.outlet} says “{theirs.text}”"
            return Grounds((mine, mine.text), (theirs, theirs.text), explanation)
    return None


def _denied(a: Side, b: Side, shared: frozenset[str]) -> Grounds | None:
    """A shared word that ``a`` denies and ``b`` does not."""
    if b.denies:
        return None
    for i, norm in enumerate(a.norms):
        if norm not in DENIALS and not is_negation(norm):
            continue
        for at in range(i + 1, min(i + 1 + _LONGEST_HEDGE, len(a.norms))):
            if a.norms[at] in _ENDS:
                break
            if a.stems[at] in shared:
                there = next(j for j, s in enumerate(b.stems) if s == a.stems[at])
                first = i - 1 if i and a.norms[i - 1] in _AUXILIARIES else i
                denial, stated = _between(a, first, at + 1), _with_auxiliaries(b, there)
                explanation = f"{a.facts.outlet} says “{denial.text}”; {b.facts.outlet} says “{stated.text}”"
                return Grounds((denial, denial.text), (stated, stated.text), explanation)
    return None
