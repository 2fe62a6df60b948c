"""Which sentences of different articles state the same claim: a wide look at all candidates, a close one at the likely.

The wide look is a logistic regression over ``features.NAMES``. Pairs that it thinks possible are read by the pair model
(``pair_model.py``), and a second regression joins what both say. ``manage.py fit_alignment`` fits the two on annotated
stories, which calibrates the probabilities as well: a logistic regression's own loss is the log loss. docs/adr/0008 and
0009 tell what was tried instead.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import features
from .calibration import log_odds
from .candidates import Candidates, find_candidates
from .encoder import DEFAULT
from .pair_model import Pair, PairReader, Readings, Report
from .types import Sentence
from .words import read_words

WEIGHTS = Path(__file__).with_name("alignment_weights.json")
#: What the close look goes by: the reading, and the log-odds of the wide look. See ``reading_features``.
READING_NAMES = ("same", "implies", "excludes", "wide")
#: Pairs that are read, for each sentence: the cost grows with the sentences, not with the pairs. Reading 0.6 finds
#: hardly less than reading 2.5 does (cross-validated F1 on the training stories 0.619 and 0.620; 0.600 without).
READ_PER_SENTENCE = 0.6
#: Below this probability of the wide look a pair is not read even where there is time.
READ_FROM = 0.05


@dataclass(frozen=True, slots=True)
class Regression:
    """``probability = 1 / (1 + exp(-(x · weights + bias)))``; a pair at or above ``threshold`` is aligned."""

    weights: np.ndarray
    bias: float
    threshold: float

    def probabilities(self, x: np.ndarray) -> np.ndarray:
        """res[p] = P(same claim | x[p]), for ``x`` of shape (pairs, features)."""
        return 1 / (1 + np.exp(-(x @ self.weights + self.bias)))


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """``wide`` judges every candidate by its features, ``close`` those that were read because it was in doubt."""

    wide: Regression
    close: Regression

    def threshold(self, read: bool) -> float:
        """From which probability on a pair is aligned, with a reader or without."""
        return self.close.threshold if read else self.wide.threshold


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Candidates with the probability that they state the same claim; every field has shape (pairs,)."""

    a: np.ndarray
    b: np.ndarray
    cosine: np.ndarray
    probability: np.ndarray


@functools.cache
def load_alignment_model(encoder: str) -> AlignmentModel:
    """The weights that come with this version, for the vectors of the ``encoder`` of that name."""
    return AlignmentModel(
        load_regression(encoder, "wide", features.NAMES), load_regression(encoder, "close", READING_NAMES)
    )


@functools.cache
def weights_sha256() -> str:
    """Of the file that holds all regressions."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()


def load_regression(encoder: str, look: str, names: Sequence[str], path: Path = WEIGHTS) -> Regression:
    """The regression that ``path`` keeps as ``look`` of an encoder, its weights in the order of ``names``.

    An encoder that none was fitted for gets those of the default: cosines of other models are spread otherwise, so that
    its probabilities are a guess.
    """
    fitted = json.loads(path.read_text(encoding="utf-8"))
    stored = fitted.get(encoder, fitted[DEFAULT.name])[look]
    weights = np.array([stored["weights"][name] for name in names], np.float64)
    return Regression(weights, stored["bias"], stored["threshold"])


def describe_pairs(sentences: Sequence[Sentence], vectors: np.ndarray) -> tuple[Candidates, np.ndarray]:
    """Candidates among ``sentences`` and their features, shape (pairs, len(features.NAMES))."""
    articles = np.array([sentence.article for sentence in sentences], np.int64)
    pairs = find_candidates(vectors, articles)
    words = read_words([sentence.text for sentence in sentences])
    return pairs, features.pair_features(pairs, words, _positions(articles))


def score_pairs(
    sentences: Sequence[Sentence],
    vectors: np.ndarray,
    model: AlignmentModel,
    reader: PairReader | None = None,
    progress: Report | None = None,
) -> ScoredPairs:
    """Every candidate pair and its probability. ``vectors``: (sentences, dimensions), unit length.

    Without a ``reader`` the wide look decides alone.
    """
    pairs, x = describe_pairs(sentences, vectors)
    probability = model.wide.probabilities(x)
    if reader is not None:
        read = doubtful_pairs(probability, model.wide.threshold, len(sentences))
        texts = [(sentences[a].text, sentences[b].text) for a, b in zip(pairs.a[read], pairs.b[read], strict=True)]
        readings = reader.read([longer_first(*pair) for pair in texts], progress)
        probability[read] = model.close.probabilities(reading_features(readings, probability[read]))
    return ScoredPairs(pairs.a, pairs.b, pairs.cosine, probability)


def doubtful_pairs(probability: np.ndarray, threshold: float, sentences: int) -> np.ndarray:
    """Which pairs deserve a close look, as ascending indices: those nearest to ``threshold``, counted in log-odds.

    ``probability``, shape (pairs,): the wide look's. Pairs that are equally doubtful are read together or not at all.
    """
    possible = np.flatnonzero(probability >= READ_FROM)
    doubt = np.abs(log_odds(probability[possible]) - log_odds(threshold))
    budget = int(READ_PER_SENTENCE * sentences)
    if len(possible) <= budget:
        return possible
    furthest = np.partition(doubt, budget)[budget]
    return possible[doubt < furthest]


def longer_first(a: str, b: str) -> Pair:
    """The order in which two sentences are read: what the longer says may imply the shorter, seldom the reverse."""
    return (a, b) if (len(a), a) >= (len(b), b) else (b, a)


def reading_features(readings: Readings, wide: np.ndarray) -> np.ndarray:
    """The columns ``READING_NAMES``, shape (pairs, 4); ``wide``: what the wide look thinks of the pairs."""
    columns = (readings.same, readings.entailment[:, 0], readings.entailment[:, 2], log_odds(wide))
    return np.stack(columns, axis=1)


def _positions(articles: np.ndarray) -> np.ndarray:
    """Where each sentence stands in its article, 0 (first) to 1 (last)."""
    positions = np.zeros(len(articles))
    for article in np.unique(articles):
        at = np.flatnonzero(articles == article)
        positions[at] = np.linspace(0, 1, len(at)) if len(at) > 1 else 0.0
    return positions
