"""How far people agree: percent agreement and Krippendorff's alpha, always with the n that they rest on.

Alpha is the nominal one, for any number of people and with missing votes, after Krippendorff, "Computing
Krippendorff's Alpha-Reliability" (2011), section C: observed over expected disagreement among values that can be
paired.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

#: One item's votes: who voted → what. People who did not judge the item are left out.
Votes = Mapping[int, Hashable]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``items`` were judged by two people or more, which made ``pairs`` of votes. Without any, nothing is measured.

    ``percent``: the share of those pairs that are equal, 0 to 1. ``alpha``: 1 is perfect, 0 is chance; None where it
    is not defined, because all votes are the same.
    """

    items: int
    pairs: int
    percent: float | None
    alpha: float | None


def agreement(units: Iterable[Votes]) -> Agreement:
    """Agreement over items; those with fewer than two votes count for nothing."""
    found = _alike(sorted(votes.values(), key=str) for votes in units)
    pairs = sum(times * (len(unit) * (len(unit) - 1) // 2) for unit, times in found.items())
    equal = sum(times * sum(n * (n - 1) // 2 for n in Counter(unit).values()) for unit, times in found.items())
    return Agreement(found.total(), pairs, equal / pairs if pairs else None, _alpha(found))


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's nominal alpha of the values given to each unit; None where there is no variation to speak of.

    α = 1 − (n − 1) · Σ_u Σ_{c≠k} n_uc · n_uk / (m_u − 1)  ÷  Σ_{c≠k} n_c · n_k
    """
    return _alpha(_alike(units))


def _alike(units: Iterable[Sequence[Hashable]]) -> Counter[tuple[Hashable, ...]]:
    """How often each set of values was given, if it can be paired: of thousands of units, most are voted on alike."""
    return Counter(tuple(unit) for unit in units if len(unit) > 1)


def _alpha(found: Counter[tuple[Hashable, ...]]) -> float | None:
    totals: Counter[Hashable] = Counter()
    observed = 0.0
    for unit, times in found.items():
        counts = Counter(unit)
        observed += times * _unequal(counts) / (len(unit) - 1)
        for value, count in counts.items():
            totals[value] += times * count
    n = totals.total()
    expected = _unequal(totals)
    return 1 - (n - 1) * observed / expected if expected else None


def _unequal(counts: Counter[Hashable]) -> int:
    """Ordered pairs of unequal values."""
    return counts.total() ** 2 - sum(count * count for count in counts.values())


def by_pair(units: Sequence[Votes]) -> dict[tuple[int, int], Agreement]:
    """Agreement of every two people who judged something in common, the lower number first."""
    shared: dict[tuple[int, int], list[Votes]] = {}
    for votes in units:
        for a, b in combinations(sorted(votes), 2):
            shared.setdefault((a, b), []).append({a: votes[a], b: votes[b]})
    return {people: agreement(common) for people, common in sorted(shared.items())}


def by_label(units: Sequence[Mapping[int, frozenset[str]]], labels: Iterable[str]) -> dict[str, tuple[int, Agreement]]:
    """For each label that somebody gave: on how many items, and how far people agree on who has it and who has not.

    ``units``: the labels that each person gave to an item.
    """
    found = {}
    for label in labels:
        named = sum(any(label in given for given in unit.values()) for unit in units)
        if named:
            marked: list[Votes] = [{person: label in given for person, given in unit.items()} for unit in units]
            found[label] = named, agreement(marked)
    return found
