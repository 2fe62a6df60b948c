"""Which sentences of different articles state the same claim: a logistic regression over ``features.NAMES``.

Its weights are fitted by ``manage.py fit_alignment`` on annotated stories, which calibrates the probability as well: a
logistic regression's own loss is the log loss. docs/pipeline.md tells what was tried instead.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import features
from .candidates import Candidates, find_candidates
from .types import Sentence
from .words import read_words

WEIGHTS = Path(__file__).with_name("alignment_weights.json")


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """``probability = 1 / (1 + exp(-(x · weights + bias)))``; a pair at or above ``threshold`` is aligned."""

    weights: np.ndarray
    bias: float
    threshold: float

    def probabilities(self, x: np.ndarray) -> np.ndarray:
        """res[p] = P(same claim | x[p]), for ``x`` of shape (pairs, features)."""
        return 1 / (1 + np.exp(-(x @ self.weights + self.bias)))


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Candidates with the probability that they state the same claim; every field has shape (pairs,)."""

    a: np.ndarray
    b: np.ndarray
    cosine: np.ndarray
    probability: np.ndarray


@functools.cache
def load_alignment_model() -> AlignmentModel:
    """The weights that come with this version."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights = np.array([stored["weights"][name] for name in features.NAMES], np.float64)
    return AlignmentModel(weights, stored["bias"], stored["threshold"])


def describe_pairs(sentences: Sequence[Sentence], vectors: np.ndarray) -> tuple[Candidates, np.ndarray]:
    """Candidates among ``sentences`` and their features, shape (pairs, len(features.NAMES))."""
    articles = np.array([sentence.article for sentence in sentences], np.int64)
    pairs = find_candidates(vectors, articles)
    words = read_words([sentence.text for sentence in sentences])
    return pairs, features.pair_features(pairs, words, _positions(articles))


def score_pairs(sentences: Sequence[Sentence], vectors: np.ndarray, model: AlignmentModel) -> ScoredPairs:
    """Every candidate pair and its probability. ``vectors``: (sentences, dimensions), unit length."""
    pairs, x = describe_pairs(sentences, vectors)
    return ScoredPairs(pairs.a, pairs.b, pairs.cosine, model.probabilities(x))


def _positions(articles: np.ndarray) -> np.ndarray:
    """Where each sentence stands in its article, 0 (first) to 1 (last)."""
    positions = np.zeros(len(articles))
    for article in np.unique(articles):
        at = np.flatnonzero(articles == article)
        positions[at] = np.linspace(0, 1, len(at)) if len(at) > 1 else 0.0
    return positions
