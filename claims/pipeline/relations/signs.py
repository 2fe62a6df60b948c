"""What a pair of aligned sentences shows of a divergence that no rule can pin down: the columns of the relation model.

Every column is the same whichever sentence comes first. "Shared words" are the content words that both sentences have;
a credit, a quotation or a hedge counts by the share of them that it covers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

import numpy as np

from claims.pipeline.relations.contradiction import is_negation
from claims.pipeline.relations.credits import Credit, covered, quoted_places, same_source
from claims.pipeline.relations.facts import Facts
from claims.pipeline.relations.opposites import OPPOSITES
from claims.pipeline.relations.tokens import is_content, is_word, stem, tokenise

#: The sorts of source, as columns; what is not named here is "other".
SORTS = {
    "police": "police",
    "officials": "officials fire ambulance hospital prosecutors court military government coroner",
    "paper": "paper",
    "document": "document",
    "unnamed": "unnamed",
    "body": "company union scientists opposition",
    "person": "person witnesses family lawyers",
    "named": "named",
    "pronoun": "pronoun",
}
_COLUMN = {sort: column for column, sorts in SORTS.items() for sort in sorts.split()}
_CREDITED = (
    "trailing", "according", "announced", "found", "claimed", "bare_quotation", "known_there", "near_there",
    "source_words", "other_side_quoted", "this_side_quoted", "other_side_credits", "other_side_hearsay",
)  # fmt: skip
_BOTH = ("one_source", "two_sources", "unknown_source", "two_sorts", "one_bare_quotation", "two_with_according")

#: The columns of ``describe``, in order.
NAMES = (
    "overlap", "shared_words", "headline", "shorter", "length_gap", "position", "figure_shared",
    "credit_gap", "credit_both", "hearsay_gap", "hearsay_both", "quoted_gap", "quoted_both",
    *(f"by_{column}" for column in (*SORTS, "other")), *_CREDITED, *_BOTH,
    "may_gap", "will_gap", "plan_gap", "doubt_gap", "doubt_both", "doubt_near_gap", "sure_gap", "will_against_soft",
    "soft_scope_flat", "denial_gap", "denial_both", "denial_near_gap", "opposite",
)  # fmt: skip

_MAY = frozenset("may might could".split())
_WILL = frozenset("will shall 'll".split())
_PLAN = frozenset(
    """expected expects expect plans plan planned planning considering considers consider hopes hope hoped aims intends
    seeks negotiations talks likely poised set about working promises promise""".split()
)
DOUBT = frozenset(
    """believed thought apparently possible possibly potential potentially perhaps probably unclear reportedly allegedly
    purportedly suspected alleged seems seem appears appear appeared seemed suggests suggest suggested likely unlikely
    uncertain whether accused could may might claims claimed rumored""".split()
)
_SURE = frozenset("certain sure confirmed definitely clearly determined proved proven guarantee certainly".split())
SOFT = _MAY | _PLAN | DOUBT
_OPEN = SOFT | frozenset("if whether would".split())
DENIALS = frozenset("no nobody none nothing neither nor cannot without refused declined failed denied".split())
_BREAKS = frozenset(', ; : . “ ” " — – ( ) but while although though because which who'.split())
_NEAR, _SCOPE = 5, 10
#: A sentence's surroundings, in characters: whoever is named there needs no credit in the sentence itself.
_BEFORE, _AFTER = 400, 250
_HEADLINE = 7
_FIRST_PERSON = frozenset("i we our my us me i'm we're i've we've".split())


@dataclass(frozen=True)
class Side:
    """One sentence of a pair as the columns need it."""

    facts: Facts

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stem of each token that is a word of content, "" for the others."""
        return tuple(stem(t.norm) if is_content(t) else "" for t in self.facts.tokens)

    @cached_property
    def norms(self) -> tuple[str, ...]:
        return tuple(t.norm for t in self.facts.tokens)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.stems) - {""}

    @cached_property
    def named(self) -> tuple[Credit, ...]:
        """The credits that hand the words to somebody."""
        return tuple(c for c in self.facts.credits if c.manner != "hearsay")

    @cached_property
    def hearsay(self) -> tuple[Credit, ...]:
        return tuple(c for c in self.facts.credits if c.manner == "hearsay")

    @cached_property
    def quoted(self) -> frozenset[int]:
        tokens = self.facts.tokens
        return quoted_places(self.facts.article.text, tokens, self.facts.quotations) if tokens else frozenset()

    @cached_property
    def surroundings(self) -> frozenset[str]:
        sentence = self.facts.sentence
        text = self.facts.article.text[max(0, sentence.start - _BEFORE) : sentence.end + _AFTER]
        return frozenset(stem(t.norm) for t in tokenise(text))

    @cached_property
    def is_headline(self) -> bool:
        tokens = self.facts.tokens
        return sum(is_word(t) for t in tokens) < _HEADLINE or tokens[-1].text[0].isalnum()

    @cached_property
    def denies(self) -> bool:
        return any(n in DENIALS or is_negation(n) for n in self.norms)

    def has(self, words: frozenset[str]) -> bool:
        return any(n in words for n in self.norms)

    @cached_property
    def speaks_of_itself(self) -> bool:
        """Whether it says "I" or "we"; "US" is no "us"."""
        return any(t.norm in _FIRST_PERSON and t.text != "US" for t in self.facts.tokens)

    def covers(self, credits: Sequence[Credit], shared: frozenset[str]) -> float:
        """The share of the shared words, or of all where hardly any are, that ``credits`` cover."""
        meant = shared if len(shared) > 1 else self.words
        return self.share(covered(credits, self.facts.tokens), meant)

    def share(self, places: frozenset[int], shared: frozenset[str]) -> float:
        return len({self.stems[i] for i in places} & shared) / max(1, len(shared))

    def main_credit(self, shared: frozenset[str]) -> Credit | None:
        """The credit that covers most of the shared words."""
        best = max(self.named, key=lambda c: self.covers([c], shared), default=None)
        return best if best and self.covers([best], shared) > 0 else None

    def near(self, words: frozenset[str], shared: frozenset[str]) -> bool:
        """Whether a shared word follows one of ``words`` closely."""
        return any(
            n in words and any(s in shared for s in self.stems[i + 1 : i + 1 + _NEAR]) for i, n in enumerate(self.norms)
        )

    def scope(self, words: frozenset[str], shared: frozenset[str]) -> float:
        """The share of the shared words that stand in one clause behind one of ``words``."""
        meant, hit = (shared if len(shared) > 1 else self.words), set()
        for i, norm in enumerate(self.norms):
            if norm not in words:
                continue
            for j in range(i + 1, min(i + 1 + _SCOPE, len(self.norms))):
                if self.norms[j] in _BREAKS:
                    break
                hit.add(self.stems[j])
        return len(hit & meant) / max(1, len(meant))


def describe(a: Facts, b: Facts) -> np.ndarray:
    """The columns of two sentences, shape (len(NAMES),), float64; the same for (b, a)."""
    return describe_sides(Side(a), Side(b))


def describe_sides(a: Side, b: Side) -> np.ndarray:
    shared = a.words & b.words
    columns = dict.fromkeys(NAMES, 0.0)
    columns |= _plain(a, b, shared) | _credits(a, b, shared) | _sureness(a, b, shared) | _denials(a, b, shared)
    return np.array([columns[name] for name in NAMES], np.float64)


def _plain(a: Side, b: Side, shared: frozenset[str]) -> dict[str, float]:
    lengths = [log1p(len(side.norms)) for side in (a, b)]
    figures = [{(n.amount.low, n.amount.high) for n in side.facts.numbers} for side in (a, b)]
    return {
        "overlap": len(shared) / max(1, min(len(a.words), len(b.words))),
        "shared_words": log1p(len(shared)),
        "headline": float(a.is_headline or b.is_headline),
        "shorter": min(lengths),
        "length_gap": abs(lengths[0] - lengths[1]),
        "position": min(side.facts.sentence.start / max(1, len(side.facts.article.text)) for side in (a, b)),
        "figure_shared": float(bool(figures[0] & figures[1])),
    }


def _credits(a: Side, b: Side, shared: frozenset[str]) -> dict[str, float]:
    credit, hearsay = ([s.covers(credits, shared) for s, credits in pairs] for pairs in (
        ((a, a.named), (b, b.named)), ((a, a.hearsay), (b, b.hearsay)),
    ))  # fmt: skip
    quoted = [side.share(side.quoted, shared) for side in (a, b)]
    columns = {
        "credit_gap": abs(credit[0] - credit[1]), "credit_both": min(credit),
        "hearsay_gap": abs(hearsay[0] - hearsay[1]), "hearsay_both": min(hearsay),
        "quoted_gap": abs(quoted[0] - quoted[1]), "quoted_both": min(quoted),
    }  # fmt: skip
    credited, other = (a, b) if credit[0] >= credit[1] else (b, a)
    columns |= _one_credited(credited, other, shared, columns["credit_gap"])
    return columns | _both_credited(a, b, shared, columns["credit_both"])


def _one_credited(credited: Side, other: Side, shared: frozenset[str], gap: float) -> dict[str, float]:
    """The columns of a credit that only one side has, each weighed by what it covers."""
    credit = credited.main_credit(shared)
    if credit is None or not gap:
        return {}
    known = bool(credit.who & (frozenset(stem(n) for n in other.norms)))
    signs = {
        f"by_{_COLUMN.get(credit.sort, 'other')}": 1.0,
        "trailing": credit.trails,
        "according": credit.manner == "according",
        "announced": credit.manner == "announced",
        "found": credit.manner == "found",
        "claimed": credit.manner == "claimed",
        "bare_quotation": credit.manner == "quoted",
        "known_there": known,
        "near_there": not known and bool(credit.who & other.surroundings),
        "source_words": log1p(len(credit.source.split())),
        "other_side_quoted": other.share(other.quoted, shared),
        "this_side_quoted": credited.share(credited.quoted, shared),
        "other_side_credits": bool(other.named),
        "other_side_hearsay": bool(other.hearsay),
    }
    return {name: gap * value for name, value in signs.items()}


def _both_credited(a: Side, b: Side, shared: frozenset[str], both: float) -> dict[str, float]:
    mine, theirs = a.main_credit(shared), b.main_credit(shared)
    if mine is None or theirs is None:
        return {}
    one, unknown = same_source(mine, theirs), not (mine.who and theirs.who)
    apart = not one and not unknown
    signs = {
        "one_source": one,
        "unknown_source": unknown,
        "two_sources": apart,
        "two_sorts": apart and _COLUMN.get(mine.sort) != _COLUMN.get(theirs.sort),
        "one_bare_quotation": "quoted" in (mine.manner, theirs.manner),
        "two_with_according": not one and "according" in (mine.manner, theirs.manner),
    }
    return {name: both * value for name, value in signs.items()}


def _sureness(a: Side, b: Side, shared: frozenset[str]) -> dict[str, float]:
    def gap(words: frozenset[str]) -> float:
        return float(a.has(words) != b.has(words))

    scopes = [side.scope(SOFT, shared) for side in (a, b)]
    flatter = b if scopes[0] >= scopes[1] else a
    return {
        "may_gap": gap(_MAY),
        "will_gap": gap(_WILL),
        "plan_gap": gap(_PLAN),
        "doubt_gap": gap(DOUBT),
        "sure_gap": gap(_SURE),
        "doubt_both": float(a.has(DOUBT) and b.has(DOUBT)),
        "doubt_near_gap": float(a.near(DOUBT, shared) != b.near(DOUBT, shared)),
        "will_against_soft": float(any(x.has(_WILL) and y.has(SOFT) and not y.has(_WILL) for x, y in ((a, b), (b, a)))),
        "soft_scope_flat": abs(scopes[0] - scopes[1]) * (not flatter.has(_OPEN)),
    }


def _denials(a: Side, b: Side, shared: frozenset[str]) -> dict[str, float]:
    mine, theirs = a.words - b.words, b.words - a.words
    return {
        "denial_gap": float(a.denies != b.denies),
        "denial_both": float(a.denies and b.denies),
        "denial_near_gap": float(a.near(DENIALS, shared) != b.near(DENIALS, shared)),
        "opposite": float(any(OPPOSITES.get(word, frozenset()) & theirs for word in mine)),
    }
