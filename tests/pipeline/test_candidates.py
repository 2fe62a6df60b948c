"""Candidates hold exactly the nearest sentences, found without sorting everything."""

from __future__ import annotations

import numpy as np
import pytest

from claims.pipeline.candidates import LOWEST_COSINE, PER_ARTICLE, find_candidates


def unit(rows: int, dimensions: int = 16, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def brute_force(vectors: np.ndarray, articles: np.ndarray) -> dict[tuple[int, int], tuple[int, int]]:
    """Ranks of every pair that the definition keeps, by sorting everything."""
    cosines = vectors @ vectors.T
    kept = {}
    for a in range(len(vectors)):
        for b in range(a + 1, len(vectors)):
            if articles[a] == articles[b] or cosines[a, b] < LOWEST_COSINE:
                continue
            rank_a = int((cosines[a, articles == articles[b]] > cosines[a, b]).sum())
            rank_b = int((cosines[b, articles == articles[a]] > cosines[a, b]).sum())
            if min(rank_a, rank_b) < PER_ARTICLE:
                kept[a, b] = (min(rank_a, PER_ARTICLE), min(rank_b, PER_ARTICLE))
    return kept


@pytest.mark.parametrize("sizes", [(1, 1), (3, 5), (40, 7, 90), (200, 150)])
def test_candidates_and_ranks_are_those_of_sorting_everything(sizes):
    articles = np.repeat(np.arange(len(sizes)), sizes)
    vectors = unit(len(articles))
    found = find_candidates(vectors, articles)
    columns = (c.tolist() for c in (found.a, found.b, found.rank_a, found.rank_b))
    told = {(a, b): (rank_a, rank_b) for a, b, rank_a, rank_b in zip(*columns, strict=True)}
    assert told == brute_force(vectors, articles)
    np.testing.assert_allclose(found.cosine, (vectors[found.a] * vectors[found.b]).sum(axis=1), atol=1e-5)


def test_neighbours_are_those_of_the_article():
    vectors = unit(9, seed=3)
    articles = np.array([0] * 4 + [1] * 5)
    cosines = np.pad((vectors[:4] @ vectors[4:].T), 1)
    found = find_candidates(vectors, articles)
    for a, b, beside, diagonal in zip(found.a, found.b, found.beside, found.diagonal, strict=True):
        i, j = a + 1, b - 4 + 1
        assert beside == pytest.approx(max(cosines[i - 1, j], cosines[i + 1, j], cosines[i, j - 1], cosines[i, j + 1]))
        assert diagonal == pytest.approx(max(cosines[i - 1, j - 1], cosines[i + 1, j + 1]))


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_one_article_has_no_candidates(rows):
    found = find_candidates(unit(rows) if rows else np.zeros((0, 16), np.float32), np.zeros(rows, np.int64))
    assert len(found) == 0
