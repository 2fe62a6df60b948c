"""The encoder with what it has made kept in memory, so that the same sentences are not embedded for every measure."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from claims.pipeline.encoder import CachedEncoder, load_encoder


class _Memory:
    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get_many(self, encoder_sha256: str, text_hashes: Iterable[str]) -> Mapping[str, bytes]:
        return {h: self._kept[h] for h in text_hashes if h in self._kept}

    def put_many(self, encoder_sha256: str, vectors: Mapping[str, bytes]) -> None:
        self._kept.update(vectors)


@functools.cache
def remembering_encoder(name: str = "") -> CachedEncoder:
    """The encoder that ``name`` means (empty: the default)."""
    return CachedEncoder(load_encoder(name), _Memory())
