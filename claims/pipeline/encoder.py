"""Sentences to unit vectors, by sentence-transformers, with a cache so that only new text is ever embedded."""

from __future__ import annotations

import functools
import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from .packaged import MINILM, MPNET, ModelMissing, weights_sha256
from .types import Encoder, UnusableInput

log = logging.getLogger(__name__)

#: The encoders that come with the requirements, by name: the better one, which is the default, and the quicker one.
PACKAGED = {model.name: model for model in (MPNET, MINILM)}
DEFAULT = MPNET
#: What each encoder reads; an encoder that is not listed is taken to read every language.
LANGUAGES = {name: frozenset({"en"}) for name in PACKAGED}

#: Texts a call of the model, between two reports of progress.
CHUNK = 64


class SentenceEncoder:
    """A sentence-transformers model. Import of torch and loading of weights wait for the first ``encode``."""

    def __init__(self, name: str, folder: str | Path, sha256: str) -> None:
        self.name = name
        self.sha256 = sha256
        self._folder = str(folder)

    @functools.cached_property
    def model(self) -> Any:
        # A model on disk never needs the network; without this, a hub client would try it first.
        if Path(self._folder).is_dir():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import torch  # most of a cold start, so paid only by those who embed
        import transformers

        transformers.utils.logging.disable_progress_bar()
        from sentence_transformers import SentenceTransformer

        dtype = torch.bfloat16 if computes_bf16(torch) else torch.float32
        try:
            return SentenceTransformer(self._folder, device="cpu", model_kwargs={"dtype": dtype})
        except (OSError, ValueError, KeyError) as error:
            raise UnusableInput(
                f"The encoder {self.name} cannot be loaded ({str(error).splitlines()[0][:200]}). "
                "Set CLAIMS_ENCODER to a sentence-transformers model or folder, or leave it empty."
            ) from error

    def load(self) -> None:
        self.model  # noqa: B018 - a cached property: reading it loads it

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """Vectors of shape (len(texts), dimensions), float32, unit length, in the order of ``texts``.

        Texts are sorted by length, so that a batch pads little: the order in which they are computed is not theirs.
        """
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        made: list[np.ndarray] = []
        for at in range(0, len(order), CHUNK):
            part = [texts[i] for i in order[at : at + CHUNK]]
            vectors = self.model.encode(part, batch_size=16, convert_to_tensor=True, show_progress_bar=False)
            made.append(vectors.float().numpy())
            if progress:
                progress(min(at + CHUNK, len(order)), len(order))
        if not made:
            return np.zeros((0, self.model.get_embedding_dimension()), np.float32)
        result = np.empty((len(order), made[0].shape[1]), np.float32)
        result[order] = np.concatenate(made)
        return result / np.linalg.norm(result, axis=1, keepdims=True).clip(1e-12)


class VectorStore(Protocol):
    """Where vectors wait to be used again. Keys are SHA-256 of a text's UTF-8; values are float32, little-endian."""

    def get_many(self, encoder_sha256: str, text_hashes: Iterable[str]) -> Mapping[str, bytes]: ...

    def put_many(self, encoder_sha256: str, vectors: Mapping[str, bytes]) -> None: ...


class CachedEncoder:
    """An encoder that asks a store first, and embeds each missing text once."""

    def __init__(self, encoder: Encoder, store: VectorStore) -> None:
        self.name, self.sha256 = encoder.name, encoder.sha256
        self._encoder, self._store = encoder, store

    def load(self) -> None:
        """Nothing: where every vector is in the store, the model is never needed."""

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """As ``Encoder.encode``; ``progress`` counts known texts as done."""
        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        known = dict(self._store.get_many(self.sha256, set(hashes)))
        missing = {h: text for h, text in zip(hashes, texts, strict=True) if h not in known}
        if missing:
            before = len(hashes) - len(missing)

            def report(done: int, _total: int) -> None:
                if progress:
                    progress(before + done, len(hashes))

            vectors = self._encoder.encode(list(missing.values()), report).astype("<f4")
            fresh = {h: vector.tobytes() for h, vector in zip(missing, vectors, strict=True)}
            self._store.put_many(self.sha256, fresh)
            known |= fresh
        elif progress:
            progress(len(hashes), len(hashes))
        if not texts:
            return self._encoder.encode(texts)
        return np.stack([np.frombuffer(known[h], "<f4") for h in hashes]).astype(np.float32)


@functools.cache
def load_encoder(name: str = "") -> SentenceEncoder:
    """The encoder that ``name`` (a sentence-transformers name or folder; empty: the default) means; one a process.

    Raises UnusableInput when the folder holds no model, or a packaged one's weights are not the published ones.
    """
    if packaged := PACKAGED.get(name or _best_installed()):
        return SentenceEncoder(packaged.name, packaged.folder(), packaged.sha256)
    if Path(name).is_dir():
        return SentenceEncoder(Path(name).name, name, weights_sha256(Path(name)))
    if name.startswith((".", "/")) or name.count("/") > 1:
        raise UnusableInput(f"CLAIMS_ENCODER names {name}, and no such folder exists.")
    # A name on a model hub: its weights are not known before they are fetched, so its name stands for them.
    return SentenceEncoder(name, name, hashlib.sha256(name.encode()).hexdigest())


def _best_installed() -> str:
    """The default; where whoever installed left out its packages, the quicker one, which the requirements bring."""
    try:
        PACKAGED[DEFAULT.name].find()
    except ModelMissing as error:
        log.warning("%s Until then %s compares, and finds a little less.", error, MINILM.name)
        return MINILM.name
    return DEFAULT.name


def computes_bf16(torch: Any) -> bool:
    """Whether the processor multiplies bfloat16 in hardware; elsewhere it would be slower than float32, not faster."""
    checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, check, lambda: False)() for check in checks)
