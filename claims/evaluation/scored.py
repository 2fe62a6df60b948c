"""What the engine makes of the annotators' own sentences: its candidate pairs and their probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claims.pipeline.alignment import load_alignment_model, score_pairs
from claims.pipeline.types import COMPARED_ROLES, Encoder, Sentence

from .gold import GoldStory, Pair

if TYPE_CHECKING:
    from claims.pipeline.pair_model import PairReader

#: As many nearest sentences in each other article as the recall of plain cosine is measured at.
AT = 10


@dataclass(frozen=True, slots=True)
class ScoredStory:
    """``pairs`` are the engine's candidates; ``probability`` and ``same`` (as annotated) have shape (pairs,).

    ``nearest``: the pairs of which one is among the ``AT`` nearest of the other by cosine alone. ``cosines``, shape
    (sentences, sentences).
    """

    sentences: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    probability: np.ndarray
    same: np.ndarray
    nearest: frozenset[Pair]
    cosines: np.ndarray


def score_gold(story: GoldStory, encoder: Encoder, reader: PairReader | None = None) -> ScoredStory:
    """Candidates and probabilities of ``story``; what the roles set aside is compared with nothing."""
    sentences = tuple(s for s in story.split() if s.role in COMPARED_ROLES)
    vectors = encoder.encode([s.text for s in sentences])
    scored = score_pairs(sentences, vectors, load_alignment_model(encoder.name), reader)
    pairs = tuple((sentences[a].id, sentences[b].id) for a, b in zip(scored.a, scored.b, strict=True))
    cosines = vectors @ vectors.T
    return ScoredStory(
        sentences=sentences,
        pairs=pairs,
        probability=np.asarray(scored.probability, np.float64),
        same=np.array([pair in story.same for pair in pairs], bool),
        nearest=_nearest(sentences, cosines),
        cosines=cosines,
    )


def _nearest(sentences: tuple[Sentence, ...], cosines: np.ndarray) -> frozenset[Pair]:
    articles = np.array([s.article for s in sentences])
    found = set()
    for at, sentence in enumerate(sentences):
        for other in np.unique(articles[articles != sentence.article]):
            there = np.flatnonzero(articles == other)
            for near in there[np.argsort(-cosines[at, there], kind="stable")[:AT]]:
                low, high = sorted((at, int(near)))
                found.add((sentences[low].id, sentences[high].id))
    return frozenset(found)
