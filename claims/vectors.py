"""The database as the store of sentence vectors (``claims.pipeline.encoder.VectorStore``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.models import CachedVector

#: Hashes a query: databases limit the parameters of one statement.
BATCH = 500


class DatabaseVectors:
    """Vectors by (hash of the encoder's weights, hash of the text): float32, little-endian."""

    def get_many(self, encoder_sha256: str, text_hashes: Iterable[str]) -> dict[str, bytes]:
        """The vectors that are known, by text hash."""
        hashes = list(text_hashes)
        found: dict[str, bytes] = {}
        for at in range(0, len(hashes), BATCH):
            rows = CachedVector.objects.filter(encoder_sha256=encoder_sha256, text_sha256__in=hashes[at : at + BATCH])
            # PostgreSQL's driver returns memoryview, SQLite's bytes.
            found |= {text: bytes(vector) for text, vector in rows.values_list("text_sha256", "vector")}
        return found

    def put_many(self, encoder_sha256: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors; one that another process kept meanwhile stays."""
        rows = [CachedVector(encoder_sha256=encoder_sha256, text_sha256=t, vector=v) for t, v in vectors.items()]
        CachedVector.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
