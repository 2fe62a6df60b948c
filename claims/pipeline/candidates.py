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


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs ``a[p] < b[p]`` of sentences of different articles, each once. Every field has shape (pairs,).

    ``rank_a``: how many sentences of b's article are nearer to a than b is; ``rank_b``: of a's article, to b.
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


def find_candidates(vectors: np.ndarray, articles: np.ndarray) -> Candidates:
    """Candidates among ``vectors`` (sentences, dimensions), unit length; ``articles`` (sentences,) says whose each is.

    Sentences of one article are neighbours in the order given. Memory: one block of cosines, one article by another.
    """
    places = [np.flatnonzero(articles == article) for article in np.unique(articles)]
    blocks = [_of_two(vectors[left], vectors[right], left, right) for left, right in combinations(places, 2)]
    if not blocks:
        blocks = [_of_two(vectors[:0], vectors[:0], places[0] if places else articles, articles[:0])]
    return Candidates(*(np.concatenate([getattr(block, f.name) for block in blocks]) for f in fields(Candidates)))


def _of_two(left: np.ndarray, right: np.ndarray, left_places: np.ndarray, right_places: np.ndarray) -> Candidates:
    cosines = left @ right.T
    # Whatever is nearer than a pair that is kept lies above the floor too, so ranks among those above it are exact.
    i, j = np.nonzero(cosines >= LOWEST_COSINE)
    cosine = cosines[i, j]
    rank_a, near_a = _ranks(i, cosine, len(left))
    rank_b, near_b = _ranks(j, cosine, len(right))
    kept = (rank_a < PER_ARTICLE) | (rank_b < PER_ARTICLE)
    i, j = i[kept], j[kept]
    beside, diagonal = _neighbours(cosines, i, j)
    return Candidates(
        a=left_places[i],
        b=right_places[j],
        cosine=cosine[kept],
        rank_a=rank_a[kept],
        rank_b=rank_b[kept],
        near_a=near_a[i],
        near_b=near_b[j],
        beside=beside,
        diagonal=diagonal,
    )


def _ranks(owner: np.ndarray, cosine: np.ndarray, owners: int) -> tuple[np.ndarray, np.ndarray]:
    """Rank of each entry among its owner's, highest cosine first, and each owner's mean of its ``NEAR`` highest."""
    order = np.lexsort((-cosine, owner))
    counts = np.bincount(owner, minlength=owners)
    firsts = np.cumsum(counts) - counts
    ranks = np.empty(len(owner), np.int64)
    ranks[order] = np.arange(len(owner)) - np.repeat(firsts, counts)
    nearest = ranks < NEAR
    above = np.bincount(owner[nearest], cosine[nearest] - LOWEST_COSINE, minlength=owners)
    return ranks, LOWEST_COSINE + above / NEAR


def _neighbours(cosines: np.ndarray, i: np.ndarray, j: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    framed = np.pad(cosines, 1)
    i, j = i + 1, j + 1
    sides = (framed[i - 1, j], framed[i + 1, j], framed[i, j - 1], framed[i, j + 1])
    return np.maximum.reduce(sides), np.maximum(framed[i - 1, j - 1], framed[i + 1, j + 1])
