"""Stories to be found again from their shuffled articles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

from claims.pipeline.grouping import OPENING, article_vectors, group_articles
from claims.pipeline.types import Encoder

from .metrics import Counts, count


def evaluate_grouping(stories: Sequence[dict], encoder: Encoder, seed: int = 0) -> tuple[Counts, int]:
    """Counts over pairs of articles put into one group, and the number of articles."""
    shuffled = [(n, article) for n, story in enumerate(stories) for article in story["articles"]]
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret # nosec B311
    openings = [[t for t in (a.get("title"), *a["sentences"]) if t and t.strip()][:OPENING] for _, a in shuffled]
    vectors = encoder.encode([sentence for opening in openings for sentence in opening])
    parts, at = [], 0
    for opening in openings:
        parts.append(vectors[at : at + len(opening)])
        at += len(opening)
    found = group_articles(article_vectors(parts))
    return count(_together(found.tolist()), _together([story for story, _ in shuffled])), len(shuffled)


def _together(groups: Sequence[int]) -> set[tuple[int, int]]:
    return {(i, j) for i, j in combinations(range(len(groups)), 2) if groups[i] == groups[j]}
