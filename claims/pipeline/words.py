"""Which words sentences share, counted by their rarity in the story: sparse matrices, one row a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Truncation instead of a stemmer (McNamee & Mayfield 2004, "Character N-Gram Tokenization"): quick, and as good here.
STEM = 6
#: Words that say nothing about what a sentence claims.
STOP = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he her hers him his i if in into is"
    " it its me more my no nor not of on or our out over s said say says she so than that the their them then there"
    " these they this those to told up us was we were what when where which while who whom why will with would you your"
    " mr mrs ms".split()
)


@dataclass(frozen=True, slots=True)
class WordTable:
    """``words``, ``numbers``: (sentences, stems) rarity weights, zero where a stem is absent.

    ``present``: 1 where ``words`` is not zero. ``pairs``: (sentences, word pairs) 1 where two words follow each other.
    ``counts``: words a sentence, stop words included.
    """

    words: sparse.csr_array
    present: sparse.csr_array
    numbers: sparse.csr_array
    pairs: sparse.csr_array
    counts: np.ndarray


def stem(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s")
    return word[:-1] if 3 < len(word) <= STEM and word.endswith("s") and not word.endswith("ss") else word[:STEM]


def read_words(texts: Sequence[str]) -> WordTable:
    """The words of each text, weighted by log((n + 1) / (df + ½)): how few of the n texts have them."""
    tokens = [WORD.findall(text) for text in texts]
    counts = np.array([len(row) for row in tokens], np.int64)
    rows = np.repeat(np.arange(len(texts)), counts)
    flat = list(chain.from_iterable(tokens))
    stem_of_word = {word: stem(word) for word in set(flat)}
    number_of_stem = {s: n for n, s in enumerate(sorted(set(stem_of_word.values())))}
    number_of_word = {word: number_of_stem[s] for word, s in stem_of_word.items()}
    columns = np.fromiter((number_of_word[word] for word in flat), np.int64, len(flat))
    stems = list(number_of_stem)

    says_something = np.array([s not in STOP for s in stems], bool)
    content = says_something[columns]
    present = _incidence(rows[content], columns[content], (len(texts), len(stems)))
    rarity = np.log((len(texts) + 1) / (np.bincount(present.indices, minlength=len(stems)) + 0.5))
    words = _weighted(present, rarity)
    is_number = np.array([s[:1].isdigit() for s in stems], bool)
    following = rows[1:] == rows[:-1]
    pair_ids, pairs = np.unique((columns[:-1] * len(stems) + columns[1:])[following], return_inverse=True)
    return WordTable(
        words=words,
        present=present,
        numbers=_weighted(present, rarity * is_number),
        pairs=_incidence(rows[1:][following], pairs, (len(texts), len(pair_ids))),
        counts=counts.astype(np.float32),
    )


def shared(left: sparse.csr_array, right: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """res[p] = left[a[p]] · right[b[p]], shape (pairs,)."""
    return np.asarray(left[a].multiply(right[b]).sum(axis=1)).ravel()


def _incidence(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    """1 at each (row, column) named, however often."""
    matrix = sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _weighted(present: sparse.csr_array, weights: np.ndarray) -> sparse.csr_array:
    """``present`` with each column times its weight; zeros are dropped."""
    data = weights[present.indices].astype(np.float32)
    matrix = sparse.csr_array((data, present.indices.copy(), present.indptr.copy()), shape=present.shape)
    matrix.eliminate_zeros()
    return matrix
