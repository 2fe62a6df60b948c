"""What a pair model that was not fitted on a story says of the story's candidate pairs, kept between two commands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from claims.pipeline.pair_model import OUTPUTS
from claims.pipeline.types import UnusableInput

from .gold import Pair

#: By story and pair, outputs of shape (2, len(OUTPUTS)): of (a, b), and of (b, a).
Readings = Mapping[str, Mapping[Pair, np.ndarray]]
#: Where ``fit_pair_model`` leaves them: names and figures, no text. It is kept, for to make it anew takes an hour.
PATH = Path(__file__).with_name("readings.npz")


def save_readings(readings: Readings, path: Path = PATH) -> None:
    rows = [(story, a, b, outputs) for story, pairs in readings.items() for (a, b), outputs in pairs.items()]
    story, a, b, outputs = zip(*rows, strict=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, story=story, a=a, b=b, outputs=np.stack(outputs).astype(np.float32))


def load_readings(path: Path = PATH) -> Readings:
    """Raises UnusableInput when ``fit_pair_model`` has not left any, or left those of another version."""
    if not path.exists():
        raise UnusableInput(f"{path} is missing. Run manage.py fit_pair_model first, or fit without readings.")
    stored = np.load(path)
    if stored["outputs"].shape[1:] != (2, len(OUTPUTS)):
        raise UnusableInput(f"{path} comes from another version. Run manage.py fit_pair_model again.")
    found: dict[str, dict[Pair, np.ndarray]] = defaultdict(dict)
    for story, a, b, outputs in zip(stored["story"], stored["a"], stored["b"], stored["outputs"], strict=True):
        found[str(story)][str(a), str(b)] = outputs
    return found
