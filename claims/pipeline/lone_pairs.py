"""Do two sentences state the same claim, where their articles are not at hand? Nothing of ranks, neighbours or places.

A regression over the pair model's reading of both orders, the cosine and shared words, fitted with the alignment model
on the same stories; a comparison, which has the articles, uses ``alignment.py``.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from .alignment import Regression, load_regression
from .pair_model import Pair, PairReader
from .relations.tokens import content_stems, tokenise
from .types import Encoder

#: The columns of ``describe_lone``, in order.
NAMES = ("same", "cosine", "shared_of_shorter", "shared_of_union", "shared_stems")


@functools.cache
def load_lone_model(encoder: str) -> Regression:
    """The weights that come with this version, for the cosines of the ``encoder`` of that name."""
    return load_regression(encoder, "lone", NAMES)


def same_claim(pairs: Sequence[Pair], encoder: Encoder, reader: PairReader) -> np.ndarray:
    """P(same claim) of each pair, shape (pairs,)."""
    texts = {text: n for n, text in enumerate(dict.fromkeys(text for pair in pairs for text in pair))}
    vectors = encoder.encode(list(texts))
    cosine = np.array([vectors[texts[a]] @ vectors[texts[b]] for a, b in pairs])
    there, back = reader.read(pairs), reader.read([(b, a) for a, b in pairs])
    return load_lone_model(encoder.name).probabilities(describe_lone(pairs, cosine, (there.same + back.same) / 2))


def describe_lone(pairs: Sequence[Pair], cosine: np.ndarray, same: np.ndarray) -> np.ndarray:
    """The columns ``NAMES``, shape (pairs, len(NAMES)). ``same``: log-odds of the reader, the mean of both orders."""
    stems = {text: content_stems(tokenise(text)) for text in {text for pair in pairs for text in pair}}
    shared = np.array([len(stems[a] & stems[b]) for a, b in pairs])
    shorter = np.array([min(len(stems[a]), len(stems[b])) for a, b in pairs])
    union = np.array([len(stems[a] | stems[b]) for a, b in pairs])
    columns = (same, cosine, shared / np.maximum(shorter, 1), shared / np.maximum(union, 1), np.log1p(shared))
    return np.stack(columns, axis=1) if len(pairs) else np.zeros((0, len(NAMES)))
