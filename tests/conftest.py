"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.pipeline.encoder import SentenceEncoder, load_encoder

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The real encoder, loaded once."""
    return load_encoder()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real articles and gold data that stand beside the project; tests that need them skip where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED
