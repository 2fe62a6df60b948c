"""What a sentence pair looks like to the alignment model: cosines, ranks, shared words, numbers, place, length."""

from __future__ import annotations

import numpy as np

from .candidates import Candidates
from .words import WordTable, shared

#: The columns of ``pair_features``, in order; the fitted weights carry the same names.
NAMES = (
    "cosine",
    "cosine_squared",
    "hubness_corrected",
    "rank_worst",
    "shared_rarity",
    "shared_of_shorter",
    "shared_of_union",
    "tfidf_cosine",
    "both_have_numbers",
    "lone_numbers",
    "shared_pairs",
    "shorter",
    "longer",
    "distance",
    "earlier",
    "beside",
    "diagonal",
)


def pair_features(pairs: Candidates, words: WordTable, positions: np.ndarray) -> np.ndarray:
    """Features of shape (pairs, len(NAMES)), float32.

    ``positions``, shape (sentences,): where in its article a sentence stands, 0 (first) to 1 (last).
    """
    a, b = pairs.a, pairs.b
    common = shared(words.words, words.present, a, b)
    total = np.asarray(words.words.sum(axis=1)).ravel()
    lone_numbers, numbers_in_both = _lone_numbers(words, a, b)
    length = np.log1p(words.counts)
    columns = (
        pairs.cosine,
        pairs.cosine**2,
        2 * pairs.cosine - pairs.near_a - pairs.near_b,  # CSLS, Conneau et al. 2018
        1 / (1 + np.maximum(pairs.rank_a, pairs.rank_b)),
        np.log1p(common),
        common / (np.minimum(total[a], total[b]) + 1),
        common / (total[a] + total[b] - common + 1),
        _tfidf_cosine(words, a, b),
        numbers_in_both,
        np.log1p(lone_numbers),
        np.log1p(shared(words.pairs, words.pairs, a, b)),
        np.minimum(length[a], length[b]),
        np.maximum(length[a], length[b]),
        np.abs(positions[a] - positions[b]),
        np.minimum(positions[a], positions[b]),
        pairs.beside,
        pairs.diagonal,
    )
    return np.stack(columns, axis=1).astype(np.float32) if len(pairs) else np.zeros((0, len(NAMES)), np.float32)


def _tfidf_cosine(words: WordTable, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    norms = np.sqrt(np.asarray(words.words.multiply(words.words).sum(axis=1)).ravel())
    return shared(words.words, words.words, a, b) / (norms[a] * norms[b] + 1e-6)


def _lone_numbers(words: WordTable, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rarity of the numbers that the side with fewer of them does not share; 1 where both sides have any."""
    total = np.asarray(words.numbers.sum(axis=1)).ravel()
    fewer = np.minimum(total[a], total[b])
    lone = np.maximum(fewer - shared(words.numbers, words.present, a, b), 0)
    return lone, (fewer > 0).astype(np.float32)
