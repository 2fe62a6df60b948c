"""Ways to decide which sentences state the same claim, from plain cosine to what is shipped, each judged fairly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from claims.evaluation.baseline import EVERY_PAIR
from claims.evaluation.fitting import fit_close, fit_wide, read_examples
from claims.evaluation.gold import GoldStory, Pair
from claims.evaluation.held_out import load_readings
from claims.pipeline import alignment, features
from claims.pipeline.alignment import AlignmentModel, Regression, ScoredPairs, describe_pairs
from claims.pipeline.pair_model import PairReader
from claims.pipeline.types import COMPARED_ROLES, Encoder, Sentence

FOLDS = 10
Scored = Callable[[GoldStory, Sequence[Sentence], np.ndarray], ScoredPairs]


@dataclass(frozen=True, slots=True)
class Aligner:
    """``score`` of a story's candidates by the vectors of ``encoder``; ``model`` has the threshold for that story."""

    encoder: Encoder
    score: Scored
    model: Callable[[GoldStory], AlignmentModel]


def plain_cosine(encoder: Encoder) -> Aligner:
    def score(story: GoldStory, sentences: Sequence[Sentence], vectors: np.ndarray) -> ScoredPairs:
        pairs, _ = describe_pairs(sentences, vectors)
        return ScoredPairs(pairs.a, pairs.b, pairs.cosine, np.clip(pairs.cosine, 0, 1))

    return Aligner(encoder, score, lambda story: _threshold_only(EVERY_PAIR))


def shipped(encoder: Encoder, reader: PairReader | None = None) -> Aligner:
    """As this version decides, with ``reader`` or without. On stories that it was fitted on it flatters itself."""
    model, score = alignment.load_alignment_model(encoder.name), alignment.score_pairs
    threshold = model.threshold(read=reader is not None)
    return Aligner(
        encoder,
        _once(lambda story, sentences, vectors: score(sentences, vectors, model, reader)),
        lambda story: _threshold_only(threshold),
    )


def regression(training: Sequence[GoldStory], encoder: Encoder) -> Aligner:
    """A logistic regression over ``features.NAMES``; a training story is judged by one fitted without its fold."""
    fold = {story.name: at % FOLDS for at, story in enumerate(training)}
    examples = [_examples(story, encoder) for story in training]
    models: dict[int | None, Regression] = {}
    for left_out in (None, *range(FOLDS)):
        kept = [one for at, one in enumerate(examples) if left_out is None or at % FOLDS != left_out]
        models[left_out] = _fit(*(np.concatenate(column) for column in zip(*kept, strict=True)))

    def score(story: GoldStory, sentences: Sequence[Sentence], vectors: np.ndarray) -> ScoredPairs:
        pairs, x = describe_pairs(sentences, vectors)
        return ScoredPairs(pairs.a, pairs.b, pairs.cosine, models[fold.get(story.name)].probabilities(x))

    return Aligner(encoder, _once(score), lambda story: _alone(models[fold.get(story.name)]))


def held_out(training: Sequence[GoldStory], encoder: Encoder) -> Aligner:
    """Regression and pair model, each story judged by networks and weights that were fitted without it.

    Needs what ``fit_pair_model`` leaves (``claims/evaluation/held_out.py``).
    """
    examples = read_examples(training, encoder, lambda _: None)
    _, wide = fit_wide(examples)
    fit, joined = fit_close(examples, wide, load_readings())
    known: dict[str, dict[Pair, float]] = defaultdict(dict)
    for pair, story, probability in zip(examples.ids, examples.story, joined, strict=True):
        known[examples.names[story]][pair] = float(probability)

    def score(story: GoldStory, sentences: Sequence[Sentence], vectors: np.ndarray) -> ScoredPairs:
        pairs, _ = describe_pairs(sentences, vectors)
        ids = [(sentences[a].id, sentences[b].id) for a, b in zip(pairs.a, pairs.b, strict=True)]
        found = np.array([known[story.name].get(pair, 0.0) for pair in ids])
        return ScoredPairs(pairs.a, pairs.b, pairs.cosine, found)

    return Aligner(encoder, _once(score), lambda story: _threshold_only(fit.threshold))


def _once(score: Scored) -> Scored:
    """Each story is scored once, since the variants that share an aligner differ in what comes after it."""
    known: dict[str, ScoredPairs] = {}

    def remembered(story: GoldStory, sentences: Sequence[Sentence], vectors: np.ndarray) -> ScoredPairs:
        if story.name not in known:
            known[story.name] = score(story, sentences, vectors)
        return known[story.name]

    return remembered


def _examples(story: GoldStory, encoder: Encoder) -> tuple[np.ndarray, np.ndarray]:
    sentences = [s for s in story.split() if s.role in COMPARED_ROLES]
    pairs, x = describe_pairs(sentences, encoder.encode([s.text for s in sentences]))
    ids = ((sentences[a].id, sentences[b].id) for a, b in zip(pairs.a, pairs.b, strict=True))
    return x, np.array([pair in story.same for pair in ids], bool)


def _fit(x: np.ndarray, same: np.ndarray) -> Regression:
    """Weights, and the threshold of the highest F1 on the very same stories: one number off a few thousand pairs."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(x)
    fitted = LogisticRegression(C=0.3, max_iter=3000).fit(scaler.transform(x), same)
    weights = fitted.coef_[0] / scaler.scale_
    model = Regression(weights, float(fitted.intercept_[0] - weights @ scaler.mean_), 0.0)
    p = model.probabilities(x)
    thresholds = np.arange(0.1, 0.9, 0.01)
    best = max(thresholds, key=lambda t: 2 * (same & (p >= t)).sum() / (same.sum() + (p >= t).sum()))
    return Regression(model.weights, model.bias, float(best))


def _threshold_only(threshold: float) -> AlignmentModel:
    return _alone(Regression(np.zeros(len(features.NAMES)), 0.0, threshold))


def _alone(regression: Regression) -> AlignmentModel:
    """A model that never reads a pair."""
    return AlignmentModel(regression, regression)
