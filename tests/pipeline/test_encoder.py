"""Vectors are right, come in order, and are computed once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from claims.pipeline import encoder as encoding
from claims.pipeline.encoder import DEFAULT, CachedEncoder, load_encoder
from claims.pipeline.types import UnusableInput

TEXTS = [
    "The dam at Skellan held through the night.",
    "Skellan's dam survived the night.",
    "Tomatoes like warm soil and morning sun, and a stake to climb on when they grow taller than the gardener's knee.",
    "",
]


class Memory:
    """A store in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def get_many(self, encoder_sha256, text_hashes):
        return {h: self.kept[encoder_sha256, h] for h in text_hashes if (encoder_sha256, h) in self.kept}

    def put_many(self, encoder_sha256, vectors):
        self.kept |= {(encoder_sha256, h): vector for h, vector in vectors.items()}


class Counting:
    """An encoder that remembers what it was asked."""

    name, sha256 = "counting", "c" * 64

    def __init__(self) -> None:
        self.asked: list[str] = []

    def load(self) -> None: ...

    def encode(self, texts, progress=None):
        self.asked += texts
        if progress:
            progress(len(texts), len(texts))
        return np.array([[len(text), 1.0] for text in texts], np.float32).reshape(-1, 2)


@pytest.mark.model
def test_vectors_have_unit_length_and_keep_the_order_of_their_texts(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (4, 768)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.6
    assert vectors[0] @ vectors[2] < 0.2
    np.testing.assert_allclose(encoder.encode(TEXTS[::-1])[::-1], vectors, atol=0.02)


@pytest.mark.model
def test_lower_precision_gives_the_same_vectors_as_full_precision(encoder):
    from sentence_transformers import SentenceTransformer

    full = SentenceTransformer(str(DEFAULT.folder()), device="cpu").encode(TEXTS[:3])
    assert (encoder.encode(TEXTS[:3]) * full).sum(axis=1).min() >= 0.999


@pytest.mark.model
def test_progress_ends_at_the_number_of_texts(encoder):
    told = []
    encoder.encode(["A short line."] * 70, lambda done, total: told.append((done, total)))
    assert told == [(64, 70), (70, 70)]


def test_a_text_is_embedded_once_however_often_it_is_asked():
    counting, store = Counting(), Memory()
    first = CachedEncoder(counting, store).encode(["one", "three", "one"])
    again = CachedEncoder(counting, store).encode(["three", "seven", "one"])
    assert counting.asked == ["one", "three", "seven"]
    assert first[:, 0].tolist() == [3, 5, 3]
    assert again[:, 0].tolist() == [5, 5, 3]


def test_progress_counts_what_the_store_knew():
    counting, store, told = Counting(), Memory(), []
    CachedEncoder(counting, store).encode(["one"])
    CachedEncoder(counting, store).encode(["one", "two"], lambda *at: told.append(at))
    CachedEncoder(counting, store).encode(["one", "two"], lambda *at: told.append(at))
    assert told == [(2, 2), (2, 2)]


def test_another_encoder_shares_no_vectors():
    counting, store = Counting(), Memory()
    CachedEncoder(counting, store).encode(["one"])
    counting.sha256 = "d" * 64
    CachedEncoder(counting, store).encode(["one"])
    assert counting.asked == ["one", "one"]


def test_damaged_weights_are_refused(tmp_path, monkeypatch):
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.setitem(encoding.PACKAGED, DEFAULT.name, replace(DEFAULT, find=lambda: tmp_path))
    load_encoder.cache_clear()
    with pytest.raises(UnusableInput, match="damaged"):
        load_encoder()
    load_encoder.cache_clear()


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(UnusableInput, match=r"no \*\.safetensors"):
        load_encoder(str(tmp_path))


def test_a_folder_that_is_not_there_is_refused():
    with pytest.raises(UnusableInput, match="no such folder"):
        load_encoder("/nowhere/at/all")


def test_the_engine_imports_neither_torch_nor_django():
    code = (
        "import sys, claims.pipeline.compare, claims.pipeline.encoder, claims.pipeline.output;"
        "print(sorted({'torch', 'django', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
