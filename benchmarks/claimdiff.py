"""Why ClaimDiff's figure is out of reach: what the engine's signs give when they are fitted on ClaimDiff itself.

ClaimDiff labels a pair when one claim strengthens or weakens the other. A third of its topics is fitted on and the
other two are measured, three times in turn. Nothing that is fitted here is shipped.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from claims.evaluation.baseline import cosines_of
from claims.evaluation.items import Item, read_items
from claims.evaluation.metrics import area_under_curve
from claims.pipeline.lone_pairs import same_claim
from claims.pipeline.packaged import MINILM
from claims.pipeline.pair_model import load_reader
from claims.pipeline.stance import describe

from .known import remembering_encoder
from .quality import PAIRS
from .timing import table

SOURCE, THIRDS = "claimdiff", 3
#: Inverse penalties: each regression is given the one that serves it best on the very pairs that it reports on.
INVERSE_PENALTIES = (0.0003, 0.003, 0.03, 0.3)


def measure() -> str:
    if not PAIRS.exists():
        return "Not measured, since ../shared is not here."
    items = [item for item in read_items([PAIRS], a=str, b=str, aligned=bool) if item["source"] == SOURCE]
    encoder, reader = remembering_encoder(), load_reader()
    pairs = [(item["a"], item["b"]) for item in items]
    probability = same_claim(pairs, encoder, reader)
    signs = np.column_stack((probability, cosines_of(items, encoder), describe(pairs, reader)))
    vectors = _vectors(pairs)
    rows = [
        ("cosine of all-MiniLM-L6-v2", _apart(items, np.array(cosines_of(items, remembering_encoder(MINILM.name))))),
        ("cosine of all-mpnet-base-v2", _apart(items, signs[:, 1])),
        ("the engine: P(same claim)", _apart(items, probability)),
        ("fitted here: its probability, cosine and the stance model's signs", _fitted(items, signs)),
        ("fitted here: differences and products of the two vectors", _fitted(items, vectors)),
        ("fitted here: all of these", _fitted(items, np.hstack((signs, vectors)))),
    ]
    heads = (f"ClaimDiff, {len(items)} pairs, fitted on a third of the topics, measured on two", "AUC (asked: 0.82)")
    return table(heads, [(name, f"{auc:.3f}") for name, auc in rows])


def _vectors(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """|a - b| and a * b of both sentences' vectors, shape (pairs, 2 * dimensions)."""
    encoder = remembering_encoder()
    a, b = (encoder.encode([pair[side] for pair in pairs]) for side in (0, 1))
    return np.hstack((np.abs(a - b), a * b))


def _thirds(items: Sequence[Item]) -> list[np.ndarray]:
    topics = {topic: n % THIRDS for n, topic in enumerate(sorted({item["topic"] for item in items}))}
    of = np.array([topics[item["topic"]] for item in items])
    return [of == third for third in range(THIRDS)]


def _apart(items: Sequence[Item], scores: np.ndarray) -> float:
    """Mean over the thirds of the area under the curve on the other two."""
    labels = np.array([item["aligned"] for item in items])
    return float(np.mean([area_under_curve(scores[~seen], labels[~seen]) for seen in _thirds(items)]))


def _fitted(items: Sequence[Item], x: np.ndarray) -> float:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    labels = np.array([item["aligned"] for item in items])
    best = 0.0
    for penalty in INVERSE_PENALTIES:
        areas = []
        for seen in _thirds(items):
            scaler = StandardScaler().fit(x[seen])
            model = LogisticRegression(C=penalty, max_iter=3000).fit(scaler.transform(x[seen]), labels[seen])
            areas.append(area_under_curve(model.decision_function(scaler.transform(x[~seen])), labels[~seen]))
        best = max(best, float(np.mean(areas)))
    return best
