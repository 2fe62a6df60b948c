"""What the search for a counterpart found where none counts as one: the proof behind "only in one outlet".

A row that does not reach an article claims that the article does not say so. For every such row and article, the pair
of sentences that comes nearest to the contrary is kept, with the alignment model's own probability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .types import ClaimRow, ComparisonResult, Nearest, Sentence

if TYPE_CHECKING:
    from .alignment import ScoredPairs

#: From this share of the alignment threshold on, a missing counterpart is told as unsure: "check this". On the 60
#: training stories, cross-validated with the pair model reading, this points at 360 of the 1,726 claims that are left
#: alone; readers saw a counterpart for 42 % of those, and for 13 % of the others. A share of 0.4 would point at 145
#: more, and be right about 29 % of them, when 19 % of all have a counterpart.
UNSURE_SHARE = 0.5
#: Sentences whose cosines are held in memory at once.
BLOCK = 1024
#: Probabilities and cosines are kept, and compared, to this many digits: what lies beyond depends on the machine.
DIGITS = 4


def find_nearest(
    sentences: Sequence[Sentence], vectors: np.ndarray, scored: ScoredPairs, rows: Sequence[ClaimRow]
) -> tuple[Nearest, ...]:
    """What comes nearest to each row in each article that it does not reach, in the order of rows, then of articles.

    ``sentences``: those that were compared; ``vectors``: theirs, (sentences, dimensions), unit length. A pair that was
    too unlike to be scored has the probability 0, every other pair more. A pair at or above the alignment threshold
    stands in another row.
    """
    if not sentences:
        return ()
    best = _nearest_in_articles(sentences, vectors, scored)
    index = {sentence.id: n for n, sentence in enumerate(sentences)}
    found: dict[tuple[str, str], Nearest] = {}
    for row in rows:
        members = [index[id_] for id_ in row.sentences]
        reached = {sentences[m].article for m in members}
        for article in range(best.other.shape[1]):
            if article in reached or best.other[members[0], article] < 0:
                continue
            closest = max(members, key=lambda m: (*best.figures(m, article), sentences[m].text))
            pair = sentences[closest].id, sentences[best.other[closest, article]].id
            probability, cosine = best.figures(closest, article)
            found[pair] = Nearest(*pair, similarity=cosine, probability=probability)
    return tuple(found.values())


def nearest_by_row(result: ComparisonResult) -> dict[str, dict[int, Nearest]]:
    """For each row's id, what came nearest in each article that it does not reach, by the article's number."""
    article = {sentence.id: sentence.article for sentence in result.sentences}
    of_sentence: dict[str, list[Nearest]] = defaultdict(list)
    for nearest in result.nearest:
        of_sentence[nearest.sentence].append(nearest)
    found: dict[str, dict[int, Nearest]] = {}
    for row in result.rows:
        reached = {article[id_] for id_ in row.sentences}
        all_of_row = [nearest for id_ in row.sentences for nearest in of_sentence[id_]]
        all_of_row.sort(key=lambda nearest: (nearest.probability, nearest.similarity))
        in_article = {
            article[nearest.other]: nearest for nearest in all_of_row
        }  # the last, which is the nearest, stays
        found[row.id] = {k: in_article[k] for k in sorted(in_article.keys() - reached)}
    return found


def is_unsure(nearest: Nearest, thresholds: Mapping[str, float]) -> bool:
    """Whether a reader should look at the pair before believing that the article does not state the claim."""
    return nearest.probability >= UNSURE_SHARE * thresholds.get("alignment", np.inf)


def percent(probability: float) -> str:
    """ "31%"; never nothing, and never certainty."""
    return "less than 1%" if probability < 0.01 else f"{min(probability, 0.99):.0%}"


@dataclass(frozen=True, slots=True)
class _Best:
    """The nearest sentence's index, its probability and its cosine, by sentence and article: shape (n, articles).

    The index is -1 in a sentence's own article, and in one of which nothing was compared.
    """

    other: np.ndarray
    probability: np.ndarray
    cosine: np.ndarray

    def figures(self, sentence: int, article: int) -> tuple[float, float]:
        return float(self.probability[sentence, article]), float(self.cosine[sentence, article])


def _nearest_in_articles(sentences: Sequence[Sentence], vectors: np.ndarray, scored: ScoredPairs) -> _Best:
    articles = np.array([sentence.article for sentence in sentences], np.int64)
    shape = len(sentences), int(articles.max()) + 1
    best = _Best(np.full(shape, -1, np.int64), np.zeros(shape), np.zeros(shape))
    _fill_scored(best, articles, scored)
    for article in np.unique(articles):
        _fill_unscored(best, articles, vectors, article)
    return best


def _fill_scored(best: _Best, articles: np.ndarray, scored: ScoredPairs) -> None:
    """Of the candidates, the most probable; of equals the one with the higher cosine, then the earlier."""
    a, b = np.concatenate((scored.a, scored.b)), np.concatenate((scored.b, scored.a))
    cosine = np.round(np.tile(scored.cosine, 2).astype(np.float64), DIGITS)
    probability = np.maximum(np.round(np.tile(scored.probability, 2).astype(np.float64), DIGITS), 10**-DIGITS)
    cell = a * best.other.shape[1] + articles[b]
    order = np.lexsort((b, -cosine, -probability, cell))
    first = order[np.unique(cell[order], return_index=True)[1]]
    at = a[first], articles[b[first]]
    best.other[at], best.probability[at], best.cosine[at] = b[first], probability[first], cosine[first]


def _fill_unscored(best: _Best, articles: np.ndarray, vectors: np.ndarray, article: int) -> None:
    """For sentences that have no candidate in ``article``, what is most alike there."""
    places = np.flatnonzero(articles == article)
    left = np.flatnonzero((best.other[:, article] < 0) & (articles != article))
    for start in range(0, len(left), BLOCK):
        block = left[start : start + BLOCK]
        cosine = np.round((vectors[block] @ vectors[places].T).astype(np.float64), DIGITS)
        best.other[block, article] = places[cosine.argmax(axis=1)]
        best.cosine[block, article] = cosine.max(axis=1)
