"""Which sentence pairs are worth a look: each sentence's nearest sentences in every other article."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import combinations

import numpy as np

#: Nearest sentences kept for each sentence in each other article, and the cosine below which none is kept. Together
#: they keep 96 % of the pairs that readers aligned in the training stories; without the second, 97 % from many more.
PER_ARTICLE = 10
LOWEST_COSINE = 0.2
#: How many nearest sentences stand for a sentence's surroundings (CSLS, Conneau et al. 2018: 10 of 200,000 words).
NEAR = 5
#: Parts of a row whose maxima show where its highest entries begin.
PARTS = 64


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs ``a[p] < b[p]`` of sentences of different articles, each once. Every field has shape (pairs,).

    ``rank_a``: how many sentences of b's article are nearer to a than b is, counted to ``per_article``; ``rank_b``: of
    a's article, to b.
    ``near_a``: mean cosine of a's ``NEAR`` nearest sentences in b's article; ``near_b`` likewise.
    ``beside``: highest cosine of one of the two with a neighbour of the other; ``diagonal``: highest cosine of their
    predecessors or of their successors; both 0 at the ends of an article.
    """

    a: np.ndarray
    b: np.ndarray
    cosine: np.ndarray
    rank_a: np.ndarray
    rank_b: np.ndarray
    near_a: np.ndarray
    near_b: np.ndarray
    beside: np.ndarray
    diagonal: np.ndarray

    def __len__(self) -> int:
        return len(self.a)


def find_candidates(
    vectors: np.ndarray,
    articles: np.ndarray,
    per_article: int = PER_ARTICLE,
    lowest_cosine: float = LOWEST_COSINE,
) -> Candidates:
    """Candidates among ``vectors`` (sentences, dimensions), unit length; ``articles`` (sentences,) says whose each is.

    Sentences of one article are neighbours in the order given. Memory: one block of cosines, one article by another.
    """
    places = [np.flatnonzero(articles == article) for article in np.unique(articles)]
    blocks = [_of_two(vectors, left, right, per_article, lowest_cosine) for left, right in combinations(places, 2)]
    if not blocks:
        nowhere = np.zeros(0, np.int64)
        blocks = [_of_two(vectors, nowhere, nowhere, per_article, lowest_cosine)]
    return Candidates(*(np.concatenate([getattr(block, f.name) for block in blocks]) for f in fields(Candidates)))


def _of_two(vectors: np.ndarray, left: np.ndarray, right: np.ndarray, per_article: int, lowest: float) -> Candidates:
    cosines = vectors[left] @ vectors[right].T
    near_row = _entry(cosines, per_article, lowest)
    near_column = _entry_of_columns(cosines, per_article, lowest)
    found = np.flatnonzero((cosines >= near_row[:, None]) | (cosines >= near_column))
    i, j = np.divmod(found, max(1, cosines.shape[1]))
    cosine = cosines[i, j]
    rank_a, near_a = _ranks(i, cosine, near_row, per_article, lowest)
    rank_b, near_b = _ranks(j, cosine, near_column, per_article, lowest)
    kept = (rank_a < per_article) | (rank_b < per_article)
    i, j = i[kept], j[kept]
    beside, diagonal = _neighbours(cosines, i, j)
    return Candidates(
        a=left[i],
        b=right[j],
        cosine=cosine[kept],
        rank_a=rank_a[kept],
        rank_b=rank_b[kept],
        near_a=near_a[i],
        near_b=near_b[j],
        beside=beside,
        diagonal=diagonal,
    )


def _entry(cosines: np.ndarray, per_article: int, lowest: float) -> np.ndarray:
    """For each row, a cosine that at least its ``per_article`` highest entries reach, and few others; shape (rows,).

    The maxima of disjoint parts of a row are entries of it, so the k-th highest of them is at most the row's k-th
    highest. Finding them costs one pass over memory, a tenth of partitioning whole rows.
    """
    rows, columns = cosines.shape
    parts = max(1, min(columns, PARTS))
    in_parts = cosines[:, : columns // parts * parts].reshape(rows, columns // parts, parts)
    return _kth_highest(in_parts.max(axis=1, initial=lowest), per_article, lowest)


def _entry_of_columns(cosines: np.ndarray, per_article: int, lowest: float) -> np.ndarray:
    """``_entry(cosines.T, …)``, in the order in which memory lies."""
    rows, columns = cosines.shape
    parts = max(1, min(rows, PARTS))
    in_parts = cosines[: rows // parts * parts].reshape(rows // parts, parts, columns)
    return _kth_highest(in_parts.max(axis=0, initial=lowest).T, per_article, lowest)


def _kth_highest(maxima: np.ndarray, k: int, lowest: float) -> np.ndarray:
    parts = maxima.shape[1]
    if parts <= k:
        return np.full(len(maxima), lowest, maxima.dtype)
    return np.partition(maxima, parts - k, axis=1)[:, parts - k]


def _ranks(
    owner: np.ndarray, cosine: np.ndarray, entry: np.ndarray, per_article: int, lowest: float
) -> tuple[np.ndarray, np.ndarray]:
    """Rank of each entry among its owner's, highest cosine first, and each owner's mean of its ``NEAR`` highest."""
    order = np.argsort(owner * 4.0 - cosine, kind="stable")  # by owner, then by cosine: cosines lie within ±1
    counts = np.bincount(owner, minlength=len(entry))
    ranks = np.empty(len(owner), np.int64)
    ranks[order] = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    # Below its owner's entry a pair is here for the other side's sake, and those in between are missing.
    ranks = np.where(cosine >= entry[owner], np.minimum(ranks, per_article), per_article)
    nearest = ranks < NEAR
    above = np.bincount(owner[nearest], cosine[nearest] - lowest, minlength=len(entry))
    return ranks, lowest + above / NEAR


def _neighbours(cosines: np.ndarray, i: np.ndarray, j: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    framed = np.pad(cosines, 1)
    i, j = i + 1, j + 1
    sides = (framed[i - 1, j], framed[i + 1, j], framed[i, j - 1], framed[i, j + 1])
    return np.maximum.reduce(sides), np.maximum(framed[i - 1, j - 1], framed[i + 1, j + 1])
