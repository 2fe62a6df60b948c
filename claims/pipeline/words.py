"""Which words sentences share, counted by their rarity in the story: sparse matrices, one row a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
    """``words``, ``names``, ``numbers``: (sentences, vocabulary) rarity weights, zero where a word is absent.

    ``runs``: (sentences, word pairs and fours) 1 where a run of two or four words occurs; ``present`` is 1 where
    ``words`` is not zero. ``counts``: words a sentence, stop words included.
    """

    words: sparse.csr_array
    present: sparse.csr_array
    names: sparse.csr_array
    numbers: sparse.csr_array
    pairs: sparse.csr_array
    fours: sparse.csr_array
    counts: np.ndarray


def stem(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s")
    return word[:-1] if 3 < len(word) <= STEM and word.endswith("s") and not word.endswith("ss") else word[:STEM]


def read_words(texts: Sequence[str]) -> WordTable:
    """The words of each text, weighted by log((n + 1) / (df + ½)): how few of the n texts have them."""
    tokens = [WORD.findall(text) for text in texts]
    stems = [[stem(word) for word in row] for row in tokens]
    content = [[s for s in row if s not in STOP] for row in stems]
    present, vocabulary = _incidence(content)
    n = len(texts)
    rarity = np.log((n + 1) / (np.asarray(present.sum(axis=0)).ravel() + 0.5))
    words = (present @ sparse.diags_array(rarity)).tocsr() if vocabulary else present
    named = _named(tokens, stems)
    is_name = np.array([s in named for s in vocabulary], bool)
    is_number = np.array([s[0].isdigit() for s in vocabulary], bool)
    return WordTable(
        words=words,
        present=present,
        names=_keep(words, is_name & ~is_number),
        numbers=_keep(words, is_number),
        pairs=_incidence([list(pairwise(row)) for row in stems])[0],
        fours=_incidence([list(zip(row, row[1:], row[2:], row[3:], strict=False)) for row in stems])[0],
        counts=np.array([len(row) for row in tokens], np.float32),
    )


def _incidence(rows: Sequence[Sequence]) -> tuple[sparse.csr_array, dict]:
    """A 0/1 matrix of which row has which item, and the column of each item."""
    vocabulary: dict = {}
    columns, starts = [], [0]
    for row in rows:
        columns += sorted({vocabulary.setdefault(item, len(vocabulary)) for item in row})
        starts.append(len(columns))
    shape = (len(rows), len(vocabulary))
    return sparse.csr_array((np.ones(len(columns), np.float32), columns, starts), shape=shape), vocabulary


def _named(tokens: Sequence[Sequence[str]], stems: Sequence[Sequence[str]]) -> set[str]:
    """Stems that are written with a capital inside sentences more often than without: names, mostly."""
    balance: dict[str, int] = {}
    for words, row in zip(tokens, stems, strict=True):
        for word, s in zip(words[1:], row[1:], strict=True):
            balance[s] = balance.get(s, 0) + (1 if word[0].isupper() else -1)
    return {s for s, more in balance.items() if more > 0 and s not in STOP}


def _keep(matrix: sparse.csr_array, columns: np.ndarray) -> sparse.csr_array:
    return (matrix @ sparse.diags_array(columns.astype(np.float32))).tocsr() if len(columns) else matrix


def shared(left: sparse.csr_array, right: sparse.csr_array, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """res[p] = left[a[p]] · right[b[p]], shape (pairs,)."""
    return np.asarray(left[a].multiply(right[b]).sum(axis=1)).ravel()
